"""The stories that wait, state by state: whose they are, how long they have waited, and what was promised."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casestudies.admin.periods import NO_LANGUAGE
from casestudies.models import CaseStudy
from casestudies.vocabulary import OWED, UNSENT, Status
from foundation.bilingual.templatetags.bilingual import long_date
from foundation.clock.days import promised_since, working_day_after

#: The states in which a case study waits for somebody here, or for an answer, in the order of the work.
OPEN = (
    Status.SUBMITTED,
    Status.HELD,
    Status.IN_REVIEW,
    Status.EDITING,
    Status.APPROVED,
    Status.CHANGES_REQUESTED,
    Status.WITH_CONTRIBUTOR,
)


@dataclass(frozen=True, slots=True)
class Line:
    """So many of something, and where they are. `is_trouble` is said in the words of `note` too: not by colour alone."""

    label: str | Promise
    count: int
    address: str
    is_trouble: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class StateLine(Line):
    """The stories in one state: the person's own, those of nobody, and all."""

    mine: int = 0
    unclaimed: int = 0


@dataclass(frozen=True, slots=True)
class Stories:
    """What was counted: one query, over stories that are not done."""

    by_state: dict[str, dict[str, Any]]
    late: int
    late_mine: int
    offered: int

    def of(self, *states: Status, what: str = "all") -> int:
        return sum(self.by_state.get(state, {}).get(what, 0) for state in states)

    @classmethod
    def counted_for(cls, request: HttpRequest, now: datetime) -> "Stories":
        mine = Q(claimed_by=request.user.pk)
        late = Q(
            status__in=OWED, submitted_at__lt=promised_since(timezone.localdate(now), settings.ANSWER_WORKING_DAYS)
        )
        rows = CaseStudy.objects.filter(status__in=(*OPEN, *UNSENT)).order_by().values("status")
        found = rows.annotate(
            all=Count("pk"),
            mine=Count("pk", filter=mine),
            unclaimed=Count("pk", filter=Q(claimed_by__isnull=True)),
            late=Count("pk", filter=late),
            late_mine=Count("pk", filter=late & mine),
            offered=Count("pk", filter=Q(offered_to=request.user.pk, status=Status.SUBMITTED)),
            since=Min("status_since"),
            sent=Min("submitted_at"),
        )
        by_state: dict[str, Any] = {row["status"]: row for row in found}
        late_all, late_mine, offered = (
            sum(row[what] for row in by_state.values()) for what in ("late", "late_mine", "offered")
        )
        return cls(by_state, late_all, late_mine, offered)


def changelist() -> str:
    return reverse("admin:casestudies_casestudy_changelist")


def stories_of(language: str, what: str, period: str) -> str:
    """The list of those about which we write in `language`, and which were "received", "answered" or "published" then."""
    asked = {"state": "all", "language": language or NO_LANGUAGE, what: period}
    return f"{changelist()}?{urlencode(asked)}"


def state_lines(stories: Stories, now: datetime) -> list[Line]:
    """A line a state, in the order of the work."""
    today = timezone.localdate(now)
    return [_state_line(status, stories.by_state.get(status, {}), today) for status in OPEN]


def _state_line(status: Status, row: dict[str, Any], today: date) -> StateLine:
    owed = status in OWED
    since: datetime | None = (row.get("sent") if owed else None) or row.get("since")
    notes = [age(since, today), promised(since, today) if owed else ""]
    return StateLine(
        status.label,
        row.get("all", 0),
        f"{changelist()}?state={status.value}",
        is_trouble=bool(row.get("late")),
        note=" ".join(note for note in notes if note),
        mine=row.get("mine", 0),
        unclaimed=row.get("unclaimed", 0),
    )


def age(since: datetime | None, today: date) -> str:
    """For how long the oldest has waited, in a sentence; "" for none."""
    if since is None:
        return ""
    days = (today - timezone.localdate(since)).days
    if days < 1:
        return _("The oldest came today.")
    words = ngettext("The oldest has waited for %(days)d day.", "The oldest has waited for %(days)d days.", days)
    return words % {"days": days}


def promised(since: datetime | None, today: date) -> str:
    """By when whoever sent it was told to expect an answer."""
    if since is None:
        return ""
    day = working_day_after(timezone.localdate(since), settings.ANSWER_WORKING_DAYS)
    words = _("Late: an answer was promised by %(day)s.") if day < today else _("An answer is promised by %(day)s.")
    return words % {"day": long_date(day)}


def editors_lines(stories: Stories, now: datetime) -> list[Line]:
    """What only those who moderate are told of. No query."""
    today, address = timezone.localdate(now), changelist()
    drafts = stories.of(*UNSENT)
    oldest = min((stories.by_state[status]["since"] for status in UNSENT if status in stories.by_state), default=None)
    return [
        Line(_("stories late for the promised answer"), stories.late, f"{address}?state=late", bool(stories.late),
             _("Late.") if stories.late else ""),
        Line(_("drafts that are not sent yet"), drafts, f"{address}?state=unsent", note=age(oldest, today)),
    ]  # fmt: skip
