"""`manage.py record_bounce`: for the mail host, which hands us what comes back."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.correspondence.bounces import STATUS, Bounce, NotABounce, our_id, read_bounce, record_bounce
from foundation.correspondence.models import Message

#: A notification brings at most the message back, and ours are short.
MOST_BYTES = 5 * 1024 * 1024
REFUSALS: dict[str, str | Promise] = {
    "no-report": gettext_lazy("This is not a delivery status notification (RFC 3464)."),
    "no-message-id": gettext_lazy("It does not say which message of ours it is about (no Message-ID that we gave)."),
    "not-a-failure": gettext_lazy("It does not report a failure or a delay."),
    "unknown-message": gettext_lazy("There is no such message."),
    "never-sent": gettext_lazy("This message has not been sent, so it cannot have come back."),
    "other-address": gettext_lazy("The message did not go to this address."),
    "status": gettext_lazy("Give the status as in RFC 3463, such as 5.1.1 for an unknown mailbox."),
    "too-large": gettext_lazy("This is too large for a notification."),
    "unreadable": gettext_lazy("The file cannot be read."),
}


class Command(BaseCommand):
    help = (
        "Record that a message came back. Reads a delivery status notification (RFC 3464) from a file or from standard "
        "input, or takes --message-id and --status. Saying it twice changes nothing; what cannot be read changes nothing "
        "and ends with status 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="the notification; - or nothing for standard input")
        parser.add_argument(
            "--message-id", help="the Message-ID of the message that came back, instead of a notification"
        )
        parser.add_argument("--address", default="", help="with --message-id: the address that refused it")
        parser.add_argument("--status", default="5.0.0", help="with --message-id: the status as in RFC 3463 (5.0.0)")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON, and nothing else")

    def handle(self, **options: Any) -> None:
        try:
            message, is_new = record_bounce(self.bounce(options))
        except NotABounce as refused:
            raise CommandError(str(REFUSALS[refused.code])) from None
        if options["json"]:
            self.stdout.write(json.dumps(outcome(message, is_new)))
        elif is_new:
            self.stdout.write(_("Recorded: message %(key)s, %(state)s.") % named(message))
        else:
            self.stdout.write(_("This was known already: message %(key)s, %(state)s.") % named(message))

    def bounce(self, options: dict[str, Any]) -> Bounce:
        if not options["message_id"]:
            return read_bounce(self.notification(options["file"]))
        message_id = our_id(options["message_id"])
        if message_id is None:
            raise NotABounce("no-message-id")
        status = options["status"]
        if not STATUS.fullmatch(status) or status.startswith("2"):
            raise NotABounce("status")
        return Bounce(message_id, status, status.startswith("5"), address=options["address"].strip())

    def notification(self, name: str) -> bytes:
        try:
            if name == "-":
                raw = sys.stdin.buffer.read(MOST_BYTES + 1)
            else:
                with Path(name).open("rb") as file:
                    raw = file.read(MOST_BYTES + 1)
        except OSError:
            raise NotABounce("unreadable") from None
        if len(raw) > MOST_BYTES:
            raise NotABounce("too-large")
        return raw


def named(message: Message) -> dict[str, str]:
    return {"key": str(message.pk), "state": message.get_state_display()}


def outcome(message: Message, is_new: bool) -> dict[str, Any]:
    return {"message": str(message.pk), "state": message.state, "changed": is_new, "answer": message.error}
