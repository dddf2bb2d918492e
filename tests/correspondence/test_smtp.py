"""Against a real mail server: it accepts, delays, refuses for now or for good, hangs up, and talks nonsense."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from foundation.correspondence.models import Message, State
from foundation.correspondence.services import PAUSES, deliver, sweep
from tests.correspondence.mailhost import MailHost

pytestmark = pytest.mark.django_db
Trial = Callable[..., Message]


def history(message: Message) -> list[tuple[str, str]]:
    return list(message.history.values_list("outcome", "answer"))


def due(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(next_try=timezone.now() - timedelta(seconds=1))


def test_it_accepts_plain_text_and_html_of_both_languages(mailhost: MailHost, trial: Trial) -> None:
    message = trial("", greeting="Nia <b>Ŵyn</b> & Cwm", note_cy="Gair\n\nArall", note_en="Word")
    assert deliver(message.pk)
    [mail] = mailhost.got
    assert mail.get_content_type() == "multipart/alternative"
    assert mail["To"] == "ysgol@example.org"
    plain, html = [part.get_content() for part in mail.iter_parts()]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Nia <b>Ŵyn</b> & Cwm\n\nGair\n\nArall\n\nhttps://example.org/cy/0\n" in plain.replace("\r\n", "\n")
    assert html.count("Nia &lt;b&gt;Ŵyn&lt;/b&gt; &amp; Cwm") == 2
    assert (
        html.index('<div lang="cy">') < html.index("<p>Gair</p>") < html.index('<div lang="en">') < html.index("Word")
    )
    # One link a language, the same in both alternatives; and nothing that is fetched from anywhere.
    assert html.count('<a href="https://example.org/cy/0">https://example.org/cy/0</a>') == 1
    assert html.count('<a href="https://example.org/en/1">https://example.org/en/1</a>') == 1
    assert [word for word in ("<img", "<link", "<style", "<script", " src=", "url(") if word in html] == []
    assert Message.objects.get().state == State.SENT
    assert history(message) == [("sent", "")]
    assert mailhost.connections == 1


def test_it_delays_and_is_waited_for(mailhost: MailHost, trial: Trial) -> None:
    mailhost.answers = [("data", 0.3)]
    assert deliver(trial().pk)
    assert len(mailhost.got) == 1


def test_it_delays_for_too_long(mailhost: MailHost, trial: Trial, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    mailhost.answers = [("data", 0.8)]
    message, began = trial(), time.monotonic()
    assert not deliver(message.pk)
    assert time.monotonic() - began < 0.8
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    [(outcome, answer)] = history(message)
    assert (outcome, "timed out" in answer) == ("put-off", True)


def test_it_refuses_for_now_and_takes_it_later(mailhost: MailHost, trial: Trial) -> None:
    mailhost.answers = [("rcpt", "450 4.2.0 greylisted, come back"), ("data", "452 4.3.1 disk full")]
    message = trial()
    for attempt in (1, 2):
        assert sweep(timezone.now()) == 0
        message.refresh_from_db()
        pause = message.next_try - timezone.now()
        minutes = timedelta(minutes=PAUSES[attempt - 1])
        assert minutes - timedelta(seconds=5) < pause <= minutes
        assert sweep(timezone.now()) == 0  # not before its time
        assert message.attempts == attempt
        due(message)
    assert sweep(timezone.now()) == 1
    assert [outcome for outcome, _answer in history(message)] == ["put-off", "put-off", "sent"]
    assert [answer for _outcome, answer in history(message)] == [
        "450 4.2.0 greylisted, come back", "452 4.3.1 disk full", "",
    ]  # fmt: skip
    assert len(mailhost.got) == 1
    message.refresh_from_db()
    assert (message.state, message.error) == (State.SENT, "")


@pytest.mark.parametrize(
    ("at", "answer"), [("rcpt", "550 5.1.1 no such person"), ("data", "554 5.7.1 we do not want this")]
)
def test_it_refuses_for_good(mailhost: MailHost, trial: Trial, at: str, answer: str) -> None:
    mailhost.answers = [(at, answer)]
    message = trial()
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (State.FAILED, 1, answer)
    assert history(message) == [("refused", answer)]
    due(message)
    assert sweep(timezone.now()) == 0
    assert mailhost.got == []


def test_it_hangs_up_after_accepting_and_the_second_copy_has_the_same_id(mailhost: MailHost, trial: Trial) -> None:
    mailhost.answers = [("data", "accept, drop")]
    message = trial()
    assert not deliver(message.pk)
    due(message)
    assert sweep(timezone.now()) == 1
    # The one case in which a message comes twice; whoever reads it can tell, and so can we.
    assert [mail["Message-ID"] for mail in mailhost.got] == [f"<{message.pk}@testserver>"] * 2
    assert [outcome for outcome, _answer in history(message)] == ["put-off", "sent"]
    assert "Connection unexpectedly closed" in history(message)[0][1]


def test_it_hangs_up_where_we_take_our_leave_and_has_the_message_once(mailhost: MailHost, trial: Trial) -> None:
    mailhost.answers = [("quit", "drop")]
    message = trial()
    assert deliver(message.pk)
    due(message)
    assert sweep(timezone.now()) == 0
    assert (len(mailhost.got), history(message)) == (1, [("sent", "")])


@pytest.mark.parametrize("at", ["rcpt", "data"])
def test_it_hangs_up_in_the_middle(mailhost: MailHost, trial: Trial, at: str) -> None:
    mailhost.answers = [(at, "drop")]
    message = trial()
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, mailhost.got) == (State.QUEUED, [])
    due(message)
    assert sweep(timezone.now()) == 1
    assert len(mailhost.got) == 1


@pytest.mark.parametrize("answer", ["Shwmae?", "999", "250", "abc def"])
def test_it_talks_nonsense(mailhost: MailHost, trial: Trial, answer: str) -> None:
    mailhost.answers = [("rcpt", answer)]
    message = trial()
    went = deliver(message.pk)
    message.refresh_from_db()
    # A bare 250 is a yes. Of anything else nothing is believed, and it is tried again.
    assert (went, message.state) == ((True, State.SENT) if answer == "250" else (False, State.QUEUED))
    assert history(message)[0][0] == ("sent" if went else "put-off")


def test_nobody_is_there(mailhost: MailHost, trial: Trial) -> None:
    mailhost.stop()
    message = trial()
    assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    assert "ConnectionRefusedError" in message.error
