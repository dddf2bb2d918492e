"""What the clock counts for the desk: a page would wait too long for it when there are many stories."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from casestudies.models import CaseStudy, CaseStudyEdition
from desk.citations import open_findings
from foundation.clock.days import months_before, working_days_between
from foundation.clock.models import Figure
from foundation.publishing.admin.step import FIGURE as OUT_OF_STEP
from foundation.publishing.admin.step import count_out_of_step
from foundation.publishing.gate import one_language_over
from foundation.publishing.models import Edition
from hallmarks.models import Hallmark, HallmarkEdition
from pages.models import Page, PageEdition
from references.checking.registry import checked_kinds

FIGURE, CITATIONS = "desk", "citations"
TEXTS: tuple[tuple[type[Any], type[Edition]], ...] = (
    (CaseStudy, CaseStudyEdition),
    (Hallmark, HallmarkEdition),
    (Page, PageEdition),
)
#: In this order: by the language in which its contributor is written to. "": both, or not known.
LANGUAGES = ("cy", "en", "")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted last: stories by state; by month those received and published, and quarter for quarter the answers."""

    counted_at: datetime
    states: Mapping[str, int]
    to_confirm: int
    expiring: int
    answered: int
    corrected: int
    one_language: Mapping[str, int]  # kind of text → overrides whose days are over
    received: Mapping[str, Mapping[str, int]]  # the first day of a month → language → stories
    published: Mapping[str, Mapping[str, int]]
    answers: Mapping[str, Mapping[str, float]]  # the first day of a quarter → language → median of working days
    median: Mapping[str, float]  # language → median of working days, of the whole year


#: What was counted by another version of the site is not read: the clock counts anew in a few minutes.
COUNTED = {one.name for one in fields(Figures)} - {"counted_at"}


@dataclass(frozen=True, slots=True)
class Kept:
    """What the clock has counted; None where it has not yet. By kind of text: `steps` those out of step, `citations` open findings."""

    figures: Figures | None
    steps: Mapping[str, int] | None
    citations: Mapping[str, int] | None
    steps_at: datetime | None


def kept_figures() -> Kept:
    """What was counted last. One query."""
    rows = {row.name: row for row in Figure.objects.filter(name__in=(FIGURE, OUT_OF_STEP, CITATIONS))}
    found, steps, citations = rows.get(FIGURE), rows.get(OUT_OF_STEP), rows.get(CITATIONS)
    return Kept(
        Figures(counted_at=found.counted_at, **found.value) if found and found.value.keys() == COUNTED else None,
        steps.value if steps else None,
        citations.value if citations else None,
        steps.counted_at if steps else None,
    )


def count_figures(now: datetime) -> None:
    """What the clock does every few minutes."""
    months = months_before(timezone.localdate(now))
    languages = languages_of_stories()
    received, answered = first_times()
    value = {
        "states": dict(CaseStudy.objects.order_by().values_list("status").annotate(Count("pk"))),
        "to_confirm": CaseStudy.objects.to_confirm(now).count(),
        "answered": CaseStudy.objects.answered().count(),
        "corrected": CaseStudy.objects.being_corrected().count(),
        "expiring": CaseStudy.objects.expiring(now).count(),
        "one_language": {model._meta.label_lower: len(one_language_over(editions, now)) for model, editions in TEXTS},
        "received": _by_month(months, received.items(), languages),
        "published": _by_month(months, _published(months[0]), languages),
        **_medians(months, received, answered, languages),
    }
    Figure.keep(FIGURE, value, now)
    Figure.keep(CITATIONS, {kind.model._meta.label_lower: open_findings([kind]) for kind in checked_kinds()}, now)


def count_steps(now: datetime) -> None:
    """What the clock does every hour: go over all the texts that are worked on or published, in both languages."""
    count_out_of_step([kind.editions() for kind in checked_kinds()], now)


def languages_of_stories() -> dict[UUID, str]:
    """The language in which the contributor of each story is written to, or else that of its words."""
    return dict(CaseStudy.objects.order_by().with_language().values_list("uuid", "language"))


def first_times() -> tuple[dict[UUID, datetime], dict[UUID, datetime]]:
    """When each story came in first, and when it was first answered after that."""
    rows = CaseStudy.objects.order_by().with_first_times().filter(first_received_at__isnull=False)
    times = list(rows.values_list("uuid", "first_received_at", "first_answered_at"))
    return {uuid: received for uuid, received, _ in times}, {uuid: at for uuid, _, at in times if at}


def _published(since: date) -> Iterable[tuple[UUID, datetime]]:
    cases = CaseStudy.objects.filter(first_published_at__date__gte=since).order_by()
    return cases.values_list("uuid", "first_published_at").iterator()  # type: ignore[return-value]


def _by_month(
    months: list[date], found: Iterable[tuple[UUID, datetime]], languages: Mapping[UUID, str]
) -> dict[str, dict[str, int]]:
    counts: Counter[tuple[date, str]] = Counter()
    for subject, at in found:
        counts[timezone.localdate(at).replace(day=1), languages.get(subject, "")] += 1
    return {str(month): {language: counts[month, language] for language in LANGUAGES} for month in months}


def _medians(
    months: list[date],
    received: Mapping[UUID, datetime],
    answered: Mapping[UUID, datetime],
    languages: Mapping[UUID, str],
) -> dict[str, Any]:
    """How many working days the first answers of these months took: the median of each language, and of each quarter."""
    quarters = months[::3]
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for subject, at in answered.items():
        day = timezone.localdate(at)
        begun = [quarter for quarter in quarters if quarter <= day]
        if begun and languages[subject]:
            took = working_days_between(timezone.localdate(received[subject]), day)
            days[str(begun[-1]), languages[subject]].append(took)
            days["", languages[subject]].append(took)
    halves = {key: float(median(took)) for key, took in days.items()}
    return {
        "answers": {
            str(quarter): {code: halves[str(quarter), code] for code in LANGUAGES if (str(quarter), code) in halves}
            for quarter in quarters
        },
        "median": {code: halves["", code] for code in LANGUAGES if ("", code) in halves},
    }
