"""How long things are kept: one list of periods, filled by the rooms above, kept once a night, and shown on the desk."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Period:
    """So many days after `since`, a row of `rows()` goes.

    `setting` names the setting that holds the days. `forget` lets one row go, in a transaction of its own; None where it is
    done elsewhere (a draft is removed by a move, after a warning). `address` and `query` are where staff see the rows.
    """

    name: str
    label: str | Promise
    setting: str
    rows: Callable[[], QuerySet[Any]]
    since: str
    forget: Callable[[Any, datetime], None] | None = None
    address: str = ""
    query: str = ""

    @property
    def days(self) -> int:
        return int(getattr(settings, self.setting))

    def due(self, now: datetime) -> QuerySet[Any]:
        """The rows whose time is over."""
        return self.rows().filter(**{f"{self.since}__lte": now - timedelta(days=self.days)})

    def forecast(self, now: datetime) -> "Forecast":
        """How many there are, how many of them are due, and when the next goes. Two queries."""
        span = self.rows().aggregate(first=Min(self.since), last=Max(self.since))
        count, due = self.rows().count(), self.due(now).count()
        next_day = _day(span["first"], self.days)
        return Forecast(self, count, due, next_day, _day(span["last"], self.days))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What will become of the rows of a period."""

    period: Period
    count: int
    due: int
    first: date | None
    last: date | None


def _day(since: datetime | None, days: int) -> date | None:
    return timezone.localtime(since + timedelta(days=days)).date() if since else None


_periods: dict[str, Period] = {}


def register_period(period: Period) -> None:
    """Add a period; called from an app's `ready()`."""
    _periods[period.name] = period


def periods() -> list[Period]:
    """Every period, in the order in which the rooms stand."""
    return list(_periods.values())


def forget_what_is_over(now: datetime) -> None:
    """Let go of every row whose time is over. One that fails is logged and stops no other; then the job fails."""
    failed: Exception | None = None
    for period in periods():
        if period.forget is None:
            continue
        for key in list(period.due(now).values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    row = period.due(now).select_for_update(of=("self",)).filter(pk=key).first()
                    if row is not None:
                        period.forget(row, now)
            except Exception as error:  # whatever is wrong with one row, the others go on time
                logger.exception("%s %s", period.name, key)
                failed = error
    Session.objects.filter(expire_date__lt=now).delete()
    if failed is not None:
        raise failed
