"""The register of periodic jobs, and running those that are due."""

import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation.clock.models import Job

_Key = TypeVar("_Key")
logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
TASKS_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A function that the clock calls every `every`, with the time. Whoever runs it has it for `lease`."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]
    lease: timedelta = LEASE


_jobs: dict[str, Periodic] = {}


def register(name: str, *, every: timedelta, run: Callable[[datetime], None], lease: timedelta = LEASE) -> None:
    """Have `run(now)` called every `every`; called from an app's `ready()`.

    A job whose worker died, or that failed, is due again after `lease`. A shorter one than the job can take is right only
    where two workers may run the job at once.
    """
    _jobs[name] = Periodic(name, every, run, lease)


def run_due(now: datetime | None = None) -> list[str]:
    """Run each registered job whose time has come, and give the names of those run here.

    A job is claimed first: of several workers one runs it. A job that fails, or whose worker dies, is due again when its
    lease ends; a job that was missed while no worker ran is due at once, once.
    """
    now = now or timezone.now()
    _ensure_rows(now)
    ran = []
    for job in Job.objects.due(now).filter(name__in=_jobs):
        if Job.objects.claim(job, now=now, lease=_jobs[job.name].lease):
            _run(_jobs[job.name], now)
            ran.append(job.name)
    return ran


def _ensure_rows(now: datetime) -> None:
    missing = set(_jobs) - set(Job.objects.values_list("name", flat=True))
    Job.objects.bulk_create([Job(name=name, next_at=now) for name in sorted(missing)], ignore_conflicts=True)


def _run(periodic: Periodic, now: datetime) -> None:
    row = Job.objects.filter(name=periodic.name)
    try:
        periodic.run(now)
    except Exception:  # one job's failure stops neither the others nor the worker; it is logged and shown in the admin
        logger.exception("job %s failed", periodic.name)
        row.update(error=traceback.format_exc(limit=5), next_at=now + periodic.lease)
    else:
        row.update(error="", done_at=timezone.now(), next_at=now + periodic.every)


def each(keys: Iterable[_Key], act: Callable[[_Key], None], *, what: str) -> None:
    """Act on each in a transaction of its own. One that fails is logged and does not stop the others; then the job fails."""
    failed: Exception | None = None
    for key in keys:
        try:
            with transaction.atomic():
                act(key)
        except Exception as error:  # whatever is wrong with one, the others are done on time
            logger.exception("%s %s", what, key)
            failed = error
    if failed is not None:
        raise failed


def forget_old_tasks(now: datetime) -> None:
    """Delete the rows of tasks that were stored long ago: done, failed, or left behind by a worker that died."""
    DBTaskResult.objects.filter(enqueued_at__lt=now - TASKS_KEPT).exclude(status=TaskResultStatus.READY).delete()
