"""Mail that comes back: reading a delivery status notification (RFC 3464), and marking the message it is about."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import Message as Mail
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from foundation.correspondence.models import Attempt, Message, State
from foundation.record.actors import CLOCK
from foundation.record.models import Event
from foundation.record.services import write

#: The Message-ID that we give: the key of the message, at our host.
_OUR_ID = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^\s<>]+>?", re.IGNORECASE)
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class NotABounce(Exception):
    """What came is not a notification about a message of ours. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail server says has become of one message: given up, or delayed. `status` is as in RFC 3463, such as 5.1.1.

    `address` is checked where it is given. A notification does not: a forwarded message comes back from another address, and
    each of ours went to one person.
    """

    message_id: UUID
    status: str
    is_for_good: bool
    address: str = ""
    answer: str = ""


def our_id(text: str) -> UUID | None:
    """The message whose Message-ID stands in `text`; None where there is none of ours."""
    found = _OUR_ID.search(text)
    return UUID(found[1]) if found else None


def read_bounce(raw: bytes) -> Bounce:
    """The bounce in a delivery status notification. Raises `NotABounce`."""
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    fields = _recipient_fields(mail)
    message_id = _original_id(mail)
    if message_id is None:
        raise NotABounce("no-message-id")
    action, status = fields.get("action", "").lower(), STATUS.search(fields.get("status", ""))
    if status is None or action not in {"failed", "delayed"}:
        raise NotABounce("not-a-failure")
    return Bounce(message_id, status[0], action == "failed", answer=fields.get("diagnostic-code", ""))


def _recipient_fields(mail: Mail) -> dict[str, str]:
    """The fields about the first recipient that it failed for, else about the first: our messages have one."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            groups = [_fields(block) for block in blocks if isinstance(block, Mail)] if isinstance(blocks, list) else []
            groups = [group for group in groups if "final-recipient" in group]
            if groups:
                return next((group for group in groups if group.get("action", "").lower() == "failed"), groups[0])
    raise NotABounce("no-report")


def _fields(block: Mail) -> dict[str, str]:
    return {name.lower(): " ".join(str(value).split()).replace("\0", "") for name, value in block.items()}


def _original_id(mail: Mail) -> UUID | None:
    """From the message that came back with the notification, or from what the notification says it answers."""
    for part in mail.walk():
        if part is mail:
            continue
        headers = part
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            headers = email.message_from_bytes(payload if isinstance(payload, bytes) else b"")
        if found := our_id(str(headers.get("Message-ID", ""))):
            return found
    return our_id(f"{mail.get('In-Reply-To', '')} {mail.get('References', '')}")


@transaction.atomic
def record_bounce(bounce: Bounce) -> tuple[Message, bool]:
    """Mark the message as come back, with a line in its history and in the log. Whether that changed anything.

    Of a delay only the history tells. Raises `NotABounce` where there is no such message, it never left, or `bounce.address`
    is not the one that it went to.
    """
    message = Message.objects.select_for_update().filter(pk=bounce.message_id).first()
    if message is None:
        raise NotABounce("unknown-message")
    last = message.history.last()
    if last is None:
        raise NotABounce("never-sent")
    if bounce.address and bounce.address.casefold() != message.recipient.casefold():
        raise NotABounce("other-address")
    answer = f"{bounce.status} {bounce.answer}".strip()[:1000]
    if not bounce.is_for_good:
        _line, is_new = Attempt.objects.get_or_create(message=message, outcome=Attempt.Outcome.DELAYED, answer=answer)
        return message, is_new
    if last.outcome in (Attempt.Outcome.BOUNCED, Attempt.Outcome.REFUSED):
        return message, False  # known, also where it is to be sent again
    message.state, message.error = State.BOUNCED, answer
    message.sent_at, message.lease_until = message.sent_at or timezone.now(), None
    message.save(update_fields=["state", "error", "sent_at", "lease_until"])
    Attempt.objects.create(message=message, outcome=Attempt.Outcome.BOUNCED, answer=answer)
    about = Event.objects.about(message.about).first()
    if about is not None:
        write(actor=CLOCK, kind=about.kind, subject=message.about, code="message-bounced")
    return message, True
