"""Periodic jobs: each once, whoever runs them, and a missed night is made up."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.clock import jobs
from foundation.clock.models import Job

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A register with one job in it, and the list of its runs."""
    runs: list[str] = []
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register("count", every=HOUR, run=lambda now: runs.append(now.isoformat()))
    yield runs


def test_a_job_runs_when_it_is_due_and_not_before(ran: list[str]) -> None:
    now = timezone.now()
    assert jobs.run_due(now) == ["count"]
    assert jobs.run_due(now + HOUR / 2) == []
    assert jobs.run_due(now + HOUR) == ["count"]
    assert ran == [now.isoformat(), (now + HOUR).isoformat()]


def test_a_missed_night_is_made_up_once(ran: list[str]) -> None:
    now = timezone.now()
    jobs.run_due(now)
    assert jobs.run_due(now + 9 * HOUR) == ["count"]
    assert jobs.run_due(now + 9 * HOUR) == []


def test_of_two_workers_that_saw_the_same_row_one_claims_it(ran: list[str]) -> None:
    now = timezone.now()
    Job.objects.create(name="count", next_at=now)
    first, second = Job.objects.get(name="count"), Job.objects.get(name="count")
    assert Job.objects.claim(first, now=now, lease=jobs.LEASE)
    assert not Job.objects.claim(second, now=now, lease=jobs.LEASE)


def test_a_job_whose_worker_died_is_due_again_when_its_lease_ends(ran: list[str]) -> None:
    now = timezone.now()
    Job.objects.create(name="count", next_at=now)
    Job.objects.claim(Job.objects.get(), now=now, lease=jobs.LEASE)
    assert jobs.run_due(now + jobs.LEASE / 2) == []
    assert jobs.run_due(now + jobs.LEASE) == ["count"]


def test_a_job_may_have_a_lease_of_its_own(ran: list[str]) -> None:
    short = timedelta(seconds=5)
    jobs.register("quick", every=timedelta(seconds=2), run=lambda now: ran.append("quick"), lease=short)
    now = timezone.now()
    for name in ("quick", "count"):
        Job.objects.create(name=name, next_at=now)
    for job in Job.objects.all():  # a worker claims both, and dies
        Job.objects.claim(job, now=now, lease=jobs._jobs[job.name].lease)
    assert jobs.run_due(now + short) == ["quick"]
    assert ran == ["quick"]


def test_a_job_that_fails_is_tried_again_says_why_and_stops_no_other(
    ran: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken(now: object) -> None:
        raise RuntimeError("the disk is full")

    jobs.register("broken", every=HOUR, run=broken)
    now = timezone.now()
    assert sorted(jobs.run_due(now)) == ["broken", "count"]
    row = Job.objects.get(name="broken")
    assert "the disk is full" in row.error
    assert row.done_at is None
    assert row.next_at == now + jobs.LEASE
    assert len(ran) == 1
