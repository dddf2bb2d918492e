"""`manage.py work`: what is stored is done, and a database that is away is waited for."""

import logging
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from foundation.clock import jobs
from foundation.clock.jobs import TASKS_KEPT, forget_old_tasks
from foundation.clock.management.commands.work import take_a_turn
from foundation.correspondence.tasks import deliver_message
from foundation.people.models import User

NOBODYS = "00000000-0000-0000-0000-000000000000"


@pytest.mark.django_db(transaction=True)
def test_stored_tasks_and_due_jobs_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_jobs", {})

    def tidy(now: datetime) -> None:
        User.objects.filter(name="A").delete()

    jobs.register("tidy", every=timedelta(hours=1), run=tidy)
    User.objects.create_user("a@example.org", name="A")
    deliver_message.enqueue(NOBODYS)
    call_command("work", "--once")
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert not User.objects.exists()


class AwayWorker:
    """A worker whose database does not answer."""

    def run(self) -> None:
        raise OperationalError("the server closed the connection")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_does_not_end_the_worker(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert take_a_turn(AwayWorker()) == []  # type: ignore[arg-type]
    assert "the database did not answer" in caplog.text


@pytest.mark.django_db
def test_rows_of_old_tasks_go_and_those_still_to_do_stay() -> None:
    now = timezone.now()
    for status in ("READY", "RUNNING", "SUCCESSFUL", "FAILED"):
        deliver_message.enqueue(NOBODYS)
        DBTaskResult.objects.filter(pk=DBTaskResult.objects.latest("enqueued_at").pk).update(status=status)
    forget_old_tasks(now + TASKS_KEPT - timedelta(hours=1))
    assert DBTaskResult.objects.count() == 4
    forget_old_tasks(now + TASKS_KEPT + timedelta(hours=1))
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["READY"]
