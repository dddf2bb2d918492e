"""Writing messages, and sending them."""

import contextlib
import logging
import smtplib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone

from foundation.bilingual.languages import speaking
from foundation.correspondence.kinds import kinds
from foundation.correspondence.models import Attempt, Message, MessageLanguage, State
from foundation.correspondence.rendering import compose, joined, render
from foundation.correspondence.wordings import in_force, takes_note
from foundation.record.models import Event

logger = logging.getLogger(__name__)
#: Minutes until the next attempt, after each attempt that failed; then the message has failed.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
#: The codes with which a mail server says never.
FOR_GOOD = range(500, 600)
REPEATABLE = (State.FAILED, State.BOUNCED, State.CANCELLED, State.SENT)
CANCELLABLE = (State.QUEUED, State.WAITING)


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
    wrote; where that is not there in the recipient's language the message waits for a translator. A kind that has no place
    for it goes without it. Raises `KeyError` for a kind that nobody has registered.
    """
    kinds()[kind]
    if not takes_note(kind):
        note_cy = note_en = ""
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
    wordings, has_note = in_force(kind), bool(note_cy or note_en)
    texts = []
    for each in message.languages:
        with speaking(each):
            texts.append(compose(kind, each, wordings[each], context, has_note=has_note))
    message.subject, message.body = joined(texts)
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


def send_again(message: Message) -> bool:
    """Put a message that failed, came back, was cancelled or was sent into the queue again, now. False where it is there.

    One that was cancelled while it lacked words waits for them again.
    """
    state = State.WAITING if message.lacks_words else State.QUEUED
    done = Message.objects.filter(pk=message.pk, state__in=REPEATABLE).update(
        state=state, next_try=timezone.now(), attempts=0, sent_at=None, lease_until=None, error=""
    )
    if done and state == State.QUEUED:
        _enqueue(message)
    return bool(done)


def cancel(message: Message) -> bool:
    """Take a message that has not gone out of the queue; False when it has gone, or is going."""
    waiting = Message.objects.filter(pk=message.pk, state__in=CANCELLABLE, lease_until__isnull=True)
    return bool(waiting.update(state=State.CANCELLED))


def cancel_all(*, about: UUID, recipient: str, **only: str) -> None:
    """Take every message about something to one person out of the queue; with `kind`, those of that kind only."""
    for message in Message.objects.filter(about=about, recipient__iexact=recipient, **only):
        cancel(message)


def forget_messages(about: UUID) -> None:
    """Delete every message about something that is removed with its personal data."""
    Message.objects.filter(about=about).delete()


def _enqueue(message: Message) -> None:
    from foundation.correspondence.tasks import deliver_message

    deliver_message.enqueue(str(message.pk))


def deliver(message_id: UUID) -> bool:
    """Try to send a message that is due. True when it went; False when it was not due, is another's, or failed."""
    if not Message.objects.lease(message_id, now=timezone.now(), seconds=settings.MESSAGE_LEASE_SECONDS):
        return False
    message = Message.objects.get(pk=message_id)
    attempt = Attempt.objects.create(message=message)
    connection = get_connection()
    try:
        # Opened here, so that what goes wrong after the server's yes, when we take our leave, is not taken for a no.
        connection.open()
        connection.send_messages([_email(message)])
    except Exception as error:  # whatever is wrong with one message, it is noted there, and the others behind it go
        _record_failure(message, attempt, error)
        return False
    else:
        Message.objects.filter(pk=message.pk).update(
            state=State.SENT, sent_at=timezone.now(), lease_until=None, error=""
        )
        Attempt.objects.filter(pk=attempt.pk).update(outcome=Attempt.Outcome.SENT)
    finally:
        with contextlib.suppress(Exception):
            connection.close()
    return True


def sweep(now: Any = None) -> int:
    """Send every message that is due, also those whose worker died holding them. How many went."""
    due = Message.objects.due(now or timezone.now()).order_by("next_try").values_list("pk", flat=True)[:100]
    return sum(deliver(message_id) for message_id in due)


def _email(message: Message) -> EmailMultiAlternatives:
    """Plain text and simple HTML: nothing in it is fetched from anywhere."""
    host = urlsplit(settings.SITE_URL).hostname
    rendered = render(message)
    email = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        to=[message.recipient],
        headers={
            "Message-ID": f"<{message.pk}@{host}>",
            "Content-Language": ", ".join(message.languages),
            "Auto-Submitted": "auto-generated",
        },
    )
    email.attach_alternative(rendered.html, "text/html")
    return email


def _is_for_good(error: Exception) -> bool:
    """Whether the server will never take this message for this address. A sender it refuses is our mistake, to be mended."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in FOR_GOOD for code, _answer in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code in FOR_GOOD


def _answer(error: Exception) -> str:
    """The server's own words where it had any, else what went wrong here."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_said(code, answer) for code, answer in error.recipients.values())[:1000]
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)[:1000]
    return f"{type(error).__name__}: {error}"[:1000]


def _said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {text}".replace("\0", "")


def _record_failure(message: Message, attempt: Attempt, error: Exception) -> None:
    last = _is_for_good(error) or message.attempts > len(PAUSES)
    logger.warning("message %s was not sent (attempt %d): %s", message.pk, message.attempts, type(error).__name__)
    answer = _answer(error)
    Message.objects.filter(pk=message.pk).update(
        state=State.FAILED if last else State.QUEUED,
        next_try=timezone.now() + timedelta(minutes=0 if last else PAUSES[message.attempts - 1]),
        lease_until=None,
        error=answer,
    )
    outcome = Attempt.Outcome.REFUSED if last else Attempt.Outcome.PUT_OFF
    Attempt.objects.filter(pk=attempt.pk).update(outcome=outcome, answer=answer)
