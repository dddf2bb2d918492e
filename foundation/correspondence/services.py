"""Writing messages, and sending them."""

import logging
import re
import smtplib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from foundation.correspondence.kinds import kinds, links
from foundation.correspondence.models import Message, MessageLanguage, State
from foundation.record.models import Event

logger = logging.getLogger(__name__)
#: Minutes until the next attempt, after each attempt that failed; then the message has failed.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
_PLACEHOLDER = re.compile(r"\[\[([a-z-]+)(?::(cy|en))?\]\]")


def write_message(
    *,
    kind: str,
    recipient: str,
    language: str,
    about: UUID,
    context: Mapping[str, Any],
    event: Event | None = None,
    note_cy: str = "",
    note_en: str = "",
) -> Message:
    """Store a message and the task that sends it, in the caller's transaction.

    `language` is the recipient's ("cy", "en", or "" where unknown: then both). `note_cy` and `note_en` are what an editor
    wrote; where that is not there in the recipient's language the message waits for a translator. Raises `KeyError` for a
    kind that nobody has registered.
    """
    kinds()[kind]
    message = Message(
        kind=kind,
        about=about,
        event=event,
        recipient=recipient,
        language=language or MessageLanguage.BOTH,
        note_cy=note_cy,
        note_en=note_en,
        next_try=timezone.now(),
    )
    message.subject, message.body = _compose(message, context)
    message.state = State.WAITING if message.lacks_words else State.QUEUED
    message.save(force_insert=True)
    if message.state == State.QUEUED:
        _enqueue(message)
    return message


def add_words(*, message: Message, note_cy: str, note_en: str) -> None:
    """Give a waiting message the editor's words in the language they were missing in; it goes once they are all there."""
    message.note_cy, message.note_en = note_cy, note_en
    if message.state == State.WAITING and not message.lacks_words:
        message.state, message.next_try = State.QUEUED, timezone.now()
    message.save()
    if message.state == State.QUEUED:
        _enqueue(message)


def send_again(message: Message) -> None:
    """Put a failed, cancelled or sent message back into the queue, now."""
    message.state, message.next_try, message.attempts = State.QUEUED, timezone.now(), 0
    message.sent_at = message.lease_until = None
    message.error = ""
    message.save()
    _enqueue(message)


def cancel(message: Message) -> bool:
    """Take a message that has not gone out of the queue; False when it has gone, or is going."""
    waiting = Message.objects.filter(pk=message.pk, state__in=[State.QUEUED, State.WAITING], lease_until__isnull=True)
    return bool(waiting.update(state=State.CANCELLED))


def cancel_all(*, about: UUID, recipient: str) -> None:
    """Take every message about something to one person out of the queue."""
    for message in Message.objects.filter(about=about, recipient__iexact=recipient):
        cancel(message)


def forget_messages(about: UUID) -> None:
    """Delete every message about something that is removed with its personal data."""
    Message.objects.filter(about=about).delete()


def _compose(message: Message, context: Mapping[str, Any]) -> tuple[str, str]:
    parts = []
    for language in message.languages:
        with translation.override(language):
            text = render_to_string(
                f"correspondence/{message.kind}.txt",
                {
                    **context,
                    "language": language,
                    "has_note": bool(message.note_cy or message.note_en),
                    "contact_email": settings.CONTACT_EMAIL,
                },
            )
        parts.append(text.strip().split("\n", 1))
    subject = " / ".join(part[0].strip() for part in parts)
    body = f"\n\n{'—' * 20}\n\n".join(_tidy(part[1]) for part in parts)
    return subject[:250], body + "\n"


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _enqueue(message: Message) -> None:
    from foundation.correspondence.tasks import deliver_message

    deliver_message.enqueue(str(message.pk))


def render_body(message: Message) -> str:
    """The body as it goes out now: notes in their language, links freshly made."""
    notes = {"cy": message.note_cy, "en": message.note_en}
    mints = links()

    def fill(match: re.Match[str]) -> str:
        name, language = match[1], match[2] or message.languages[0]
        if name == "note":
            return notes[language]
        return mints[name](message, language) if name in mints else match[0]  # brackets that somebody typed

    return _PLACEHOLDER.sub(fill, message.body)


def deliver(message_id: UUID) -> bool:
    """Try to send a message that is due. True when it went; False when it was not due, is another's, or failed."""
    if not Message.objects.lease(message_id, now=timezone.now(), seconds=settings.MESSAGE_LEASE_SECONDS):
        return False
    message = Message.objects.get(pk=message_id)
    try:
        _email(message).send()
    except Exception as error:  # whatever is wrong with one message, it is noted there, and the others behind it go
        _record_failure(message, error)
        return False
    Message.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=timezone.now(), lease_until=None, error="")
    return True


def sweep(now: Any = None) -> int:
    """Send every message that is due, also those whose worker died holding them. How many went."""
    due = Message.objects.due(now or timezone.now()).order_by("next_try").values_list("pk", flat=True)[:100]
    return sum(deliver(message_id) for message_id in due)


def _email(message: Message) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject=message.subject,
        body=render_body(message),
        to=[message.recipient],
        headers={
            "Message-ID": f"<{message.pk}@{host}>",
            "Content-Language": ", ".join(message.languages),
            "Auto-Submitted": "auto-generated",
        },
    )


def _record_failure(message: Message, error: Exception) -> None:
    refused_for_good = isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _answer in error.recipients.values()
    )
    last = refused_for_good or message.attempts > len(PAUSES)
    logger.warning("message %s was not sent (attempt %d): %s", message.pk, message.attempts, type(error).__name__)
    Message.objects.filter(pk=message.pk).update(
        state=State.FAILED if last else State.QUEUED,
        next_try=timezone.now() + timedelta(minutes=0 if last else PAUSES[message.attempts - 1]),
        lease_until=None,
        error=str(error)[:1000],
    )
