"""Messages: stored before they are sent, leased, retried, and never lost."""

import smtplib
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from foundation.correspondence import kinds
from foundation.correspondence.models import Message, State
from foundation.correspondence.services import PAUSES, add_words, cancel, deliver, send_again, sweep, write_message
from foundation.record.actors import CLOCK
from foundation.record.services import write

pytestmark = pytest.mark.django_db
Trial = Callable[..., Message]


class RefusingBackend(EmailBackend):
    """A mail server that answers with `RefusingBackend.error`."""

    error: Exception = smtplib.SMTPServerDisconnected("gone away")

    def send_messages(self, email_messages: Any) -> int:
        raise self.error


def test_a_message_is_stored_with_its_placeholders_and_its_task(trial: Trial) -> None:
    message = trial()
    assert message.subject == "Subject in cy"
    assert message.body == "Helo\n\n[[trial-link:cy]]\n"
    assert message.state == State.QUEUED
    task = DBTaskResult.objects.get()
    assert task.args_kwargs == {"args": [str(message.pk)], "kwargs": {}}
    assert mail.outbox == []


def test_it_goes_once_with_links_made_at_that_moment(trial: Trial) -> None:
    message = trial(note_cy="Gair", note_en="Word")
    assert deliver(message.pk)
    assert not deliver(message.pk)
    [sent] = mail.outbox
    assert sent.body == "Helo\n\nGair\n\nhttps://example.org/cy/0\n"
    assert sent.extra_headers["Message-ID"] == f"<{message.pk}@testserver>"
    assert sent.extra_headers["Content-Language"] == "cy"
    stored = Message.objects.get()
    assert (stored.state, stored.attempts, stored.lease_until) == (State.SENT, 1, None)
    assert "[[trial-link:cy]]" in stored.body


def test_where_the_language_is_unknown_it_comes_in_both(trial: Trial) -> None:
    message = trial(language="", note_cy="Gair", note_en="Word")
    assert (message.language, message.subject) == ("both", "Subject in cy / Subject in en")
    deliver(message.pk)
    [sent] = mail.outbox
    welsh, english = str(sent.body).split("—" * 20)
    assert "Gair" in welsh and "/cy/" in welsh and "Word" not in welsh
    assert "Word" in english and "/en/" in english


def test_it_waits_for_the_recipients_language_and_goes_when_the_words_are_there(trial: Trial) -> None:
    message = trial(note_en="Please say more")
    assert message.state == State.WAITING
    assert not deliver(message.pk)
    assert not DBTaskResult.objects.exists()
    add_words(message=message, note_cy="Dywedwch fwy", note_en="Please say more")
    assert deliver(message.pk)
    assert "Dywedwch fwy" in str(mail.outbox[0].body)


def test_a_note_in_the_recipients_language_is_enough(trial: Trial) -> None:
    assert trial(note_cy="Dywedwch fwy").state == State.QUEUED
    assert trial(language="", note_cy="Dywedwch fwy").state == State.WAITING


def test_after_a_refusal_it_is_tried_again_with_growing_pauses_and_then_fails(trial: Trial, settings: Settings) -> None:
    message = trial()
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    services_now = timezone.now()
    for number, pause in enumerate(PAUSES, start=1):
        assert not deliver(message.pk)
        message.refresh_from_db()
        assert (message.state, message.attempts, message.lease_until) == (State.QUEUED, number, None)
        assert timedelta(minutes=pause - 1) < message.next_try - services_now < timedelta(minutes=pause + 1)
        assert "gone away" in message.error
        Message.objects.update(next_try=services_now)
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert message.state == State.FAILED


def test_an_address_refused_for_good_is_not_tried_again(
    trial: Trial, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    refused = smtplib.SMTPRecipientsRefused({"ysgol@example.org": (550, b"no such person")})
    monkeypatch.setattr(RefusingBackend, "error", refused)
    message = trial()
    deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.FAILED, 1)
    send_again(message)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (State.QUEUED, 0, "")


def test_the_sweep_takes_back_what_a_dead_worker_held_and_only_then(trial: Trial) -> None:
    message = trial()
    now = timezone.now()
    assert Message.objects.lease(message.pk, now=now, seconds=120)
    assert sweep(now) == 0
    Message.objects.update(lease_until=now - timedelta(seconds=1))
    assert sweep(now) == 1
    assert len(mail.outbox) == 1


def test_a_message_that_cannot_be_made_says_why_and_holds_up_no_other(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = trial(), trial()

    def mint(message: Message, language: str) -> str:
        if message.pk != whole.pk:
            raise KeyError("no such link")
        return "https://example.org/"

    monkeypatch.setitem(kinds._links, "trial-link", mint)
    assert sweep(timezone.now()) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{whole.pk}@testserver>"
    broken.refresh_from_db()
    assert (broken.state, broken.attempts, broken.lease_until) == (State.QUEUED, 1, None)
    assert "no such link" in broken.error
    assert broken.next_try > timezone.now()


def test_a_worker_that_dies_leaves_a_trace_and_the_message_goes_after_all(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = trial()

    def mint(message: Message, language: str) -> str:
        raise SystemExit

    with monkeypatch.context() as dying, pytest.raises(SystemExit):
        dying.setitem(kinds._links, "trial-link", mint)
        deliver(message.pk)
    assert [line.outcome for line in message.history.all()] == ["begun"]
    assert sweep(timezone.now()) == 0  # it is held until the lease is over
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sweep(timezone.now()) == 1
    assert [line.outcome for line in message.history.all()] == ["begun", "sent"]


def test_of_two_workers_one_gets_the_lease(trial: Trial) -> None:
    message = trial()
    now = timezone.now()
    assert [Message.objects.lease(message.pk, now=now, seconds=120) for _worker in range(2)] == [True, False]


def test_a_cancelled_message_does_not_go_and_a_leased_one_cannot_be_cancelled(trial: Trial) -> None:
    message = trial()
    assert cancel(message)
    assert not deliver(message.pk)
    send_again(message)
    Message.objects.lease(message.pk, now=timezone.now(), seconds=120)
    assert not cancel(message)


def test_one_event_sends_one_message_of_a_kind_to_a_person(trial: Trial) -> None:
    event = write(actor=CLOCK, kind="case-study", subject=uuid.uuid4(), code="lapse")
    trial(event=event)
    with pytest.raises(IntegrityError), transaction.atomic():
        trial(event=event)
    assert Message.objects.count() == 1


def test_an_unknown_kind_stores_nothing() -> None:
    with pytest.raises(KeyError):
        write_message(kind="unheard-of", recipient="a@example.org", language="cy", about=uuid.uuid4(), context={})
    assert not Message.objects.exists()
    assert kinds.kinds() == {"trial": "A trial"}


def test_brackets_that_somebody_typed_go_out_as_they_are() -> None:
    message = write_message(
        kind="trial",
        recipient="ysgol@example.org",
        language="en",
        about=uuid.uuid4(),
        context={"greeting": "Nia [[x]]"},
    )
    assert deliver(message.pk)
    assert "Nia [[x]]" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("cy", "Eich stori / eich ysgol", [("cy", "Eich stori / eich ysgol")]),
        ("both", "Eich stori / Your story", [("cy", "Eich stori"), ("en", "Your story")]),
        ("both", "A / b / A / b", [("cy", "A / b"), ("en", "A / b")]),
        ("both", "Eich stori, a dorrwyd", [("", "Eich stori, a dorrwyd")]),
    ],
)
def test_a_subject_is_told_apart_by_language(language: str, subject: str, said: list[tuple[str, str]]) -> None:
    assert Message(language=language, subject=subject).subjects == said
