"""How long things are kept: one list of periods, filled by the rooms above, kept once a night, and shown on the desk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from foundation.clock.jobs import each


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

    def _is_due(self, now: datetime) -> Q:
        return Q(**{f"{self.since}__lte": now - timedelta(days=self.days)})

    def due(self, now: datetime) -> QuerySet[Any]:
        """The rows whose time is over."""
        return self.rows().filter(self._is_due(now))

    def forecast(self, now: datetime) -> "Forecast":
        """How many there are, how many of them are due, and when the next goes. One query."""
        found = self.rows().aggregate(
            count=Count("pk"), due=Count("pk", filter=self._is_due(now)), first=Min(self.since), last=Max(self.since)
        )
        first, last = _day(found["first"], self.days), _day(found["last"], self.days)
        return Forecast(self, found["count"], found["due"], first, last)


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
    Session.objects.filter(expire_date__lt=now).delete()
    each(_over(now), lambda row: _forget(*row, now), what="forgetting")


def _over(now: datetime) -> Iterator[tuple[str, Any]]:
    """The keys of the rows whose time is over, each with the name of its period; looked for when the period's turn comes."""
    for period in periods():
        if period.forget is not None:
            yield from [(period.name, key) for key in period.due(now).values_list("pk", flat=True)]


def _forget(name: str, key: Any, now: datetime) -> None:
    period = _periods[name]
    row = period.due(now).select_for_update(of=("self",)).filter(pk=key).first()
    if row is not None and period.forget is not None:
        period.forget(row, now)
