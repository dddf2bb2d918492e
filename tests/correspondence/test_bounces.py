"""What comes back: notifications as mail servers write them, told once or twice, and what is none of ours."""

import json
import sys
import uuid
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from foundation.correspondence.models import Message, State
from foundation.correspondence.services import deliver, send_again
from foundation.record.actors import CLOCK
from foundation.record.models import Event
from foundation.record.services import write

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Trial = Callable[..., Message]

NOTIFICATION = """From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: editors@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Sun, 1 Mar 2026 10:00:00 +0000

Final-Recipient: rfc822; ysgol@example.org
Original-Recipient: rfc822;ysgol@example.org
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <ysgol@example.org>:
    no such person

--b1
Content-Type: {returned}

From: editors@example.org
To: ysgol@example.org
Subject: Subject in cy
Message-ID: <{key}@testserver>

--b1--
"""


def notification(key: Any, *, action: str = "failed", status: str = "5.1.1", returned: str = "message/rfc822") -> bytes:
    return NOTIFICATION.format(key=key, action=action, status=status, returned=returned).encode()


@pytest.fixture
def sent(trial: Trial) -> Message:
    """One that the mail server took, about something that the log knows."""
    message = trial()
    write(actor=CLOCK, kind="case-study", subject=message.about, code="start")
    deliver(message.pk)
    return message


def record(tmp_path: Path, raw: bytes) -> dict[str, Any]:
    file = tmp_path / "notification.eml"
    file.write_bytes(raw)
    out = StringIO()
    call_command("record_bounce", str(file), "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def codes(message: Message) -> list[str]:
    return [event.code for event in Event.objects.about(message.about)]


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_notification_marks_its_message_once(tmp_path: Path, sent: Message, returned: str) -> None:
    first = record(tmp_path, notification(sent.pk, returned=returned))
    answer = "5.1.1 smtp; 550 5.1.1 <ysgol@example.org>: no such person"
    assert first == {"message": str(sent.pk), "state": "bounced", "changed": True, "answer": answer}
    assert record(tmp_path, notification(sent.pk, returned=returned)) == first | {"changed": False}
    sent.refresh_from_db()
    assert (sent.state, sent.error, sent.sent_at is not None) == (State.BOUNCED, answer, True)
    assert list(sent.history.values_list("outcome", "answer")) == [("sent", ""), ("bounced", answer)]
    assert codes(sent) == ["start", "message-bounced"]


def test_given_up_after_days_is_given_up_whatever_the_status_says(tmp_path: Path, sent: Message) -> None:
    assert record(tmp_path, notification(sent.pk, status="4.4.7"))["state"] == "bounced"


def test_a_delay_is_noted_and_the_message_stays_sent(tmp_path: Path, sent: Message) -> None:
    raw = notification(sent.pk, action="delayed", status="4.4.1")
    assert [record(tmp_path, raw)["changed"] for _time in range(2)] == [True, False]
    sent.refresh_from_db()
    assert (sent.state, [line.outcome for line in sent.history.all()]) == (State.SENT, ["sent", "delayed"])
    assert codes(sent) == ["start"]


def test_from_standard_input(monkeypatch: pytest.MonkeyPatch, sent: Message) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(notification(sent.pk))))
    out = StringIO()
    call_command("record_bounce", stdout=out)
    assert str(sent.pk) in out.getvalue()
    assert Message.objects.get().state == State.BOUNCED


def test_without_a_notification(sent: Message) -> None:
    given = ["--message-id", f"<{sent.pk}@testserver>", "--address", "Ysgol@Example.org", "--status", "5.7.1"]
    call_command("record_bounce", *given, stdout=StringIO())
    sent.refresh_from_db()
    assert (sent.state, sent.error) == (State.BOUNCED, "5.7.1")


def test_one_that_came_back_can_be_sent_again_and_come_back_again(tmp_path: Path, sent: Message) -> None:
    record(tmp_path, notification(sent.pk))
    sent.refresh_from_db()
    assert send_again(sent)
    assert not send_again(sent)  # it is in the queue
    assert record(tmp_path, notification(sent.pk))["state"] == "queued"  # the same news once more
    assert deliver(sent.pk)
    assert record(tmp_path, notification(sent.pk))["changed"] is True
    assert [line.outcome for line in sent.history.all()] == ["sent", "bounced", "sent", "bounced"]


BAD = {
    "empty": lambda key: b"",
    "not mail": lambda key: b"\x00\xff\xfe" * 500,
    "a letter": lambda key: b"From: a@b.example\nSubject: Hello\n\nHello <%s@testserver>" % str(key).encode(),
    "no report in it": lambda key: notification(key).replace(b"message/delivery-status", b"text/plain"),
    "no recipient": lambda key: notification(key).replace(b"Final-Recipient", b"X-Recipient"),
    "no status": lambda key: notification(key, status="unwell"),
    "delivered": lambda key: notification(key, action="delivered", status="2.0.0"),
    "somebody else's": lambda key: notification("not-one-of-ours"),
    "unknown": lambda key: notification(uuid.UUID(int=7)),
    "cut short": lambda key: notification(key)[:700],
    "huge": lambda key: b"x" * (5 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_changes_nothing_and_fails(tmp_path: Path, sent: Message, name: str) -> None:
    with pytest.raises(CommandError) as refused:
        record(tmp_path, BAD[name](sent.pk))
    assert (refused.value.returncode, len(str(refused.value)) > 20) == (1, True)
    sent.refresh_from_db()
    assert (sent.state, sent.error, sent.history.count(), codes(sent)) == (State.SENT, "", 1, ["start"])


@pytest.mark.parametrize(
    "given",
    [
        ["--message-id", "nonsense"],
        ["--message-id", "<{key}@testserver>", "--status", "2.0.0"],
        ["--message-id", "<{key}@testserver>", "--status", "five"],
        ["--message-id", "<{key}@testserver>", "--address", "arall@example.org"],
        ["no-such-file.eml"],
    ],
)
def test_bad_arguments_change_nothing_and_fail(sent: Message, given: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("record_bounce", *[one.format(key=sent.pk) for one in given])
    assert Message.objects.get().state == State.SENT


@pytest.mark.parametrize("note", ["", "In English only."])
def test_what_has_never_left_cannot_come_back(tmp_path: Path, trial: Trial, note: str) -> None:
    message = trial(note_en=note)
    with pytest.raises(CommandError, match="has not been sent"):
        record(tmp_path, notification(message.pk))
    assert Message.objects.get().state == (State.WAITING if note else State.QUEUED)
