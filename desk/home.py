"""The first page of the desk, put together for one person."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from casestudies.admin.periods import YEAR
from desk.charts import charts
from desk.figures import Figures, kept_figures
from desk.next import steps_for
from desk.stories import stories_of
from desk.waiting import waiting_for
from foundation.bilingual.languages import Language


def context(request: HttpRequest) -> dict[str, Any]:
    """What its template shows. Figures on the whole work are for those who moderate."""
    now = timezone.now()
    moderates = request.user.has_perm("casestudies.moderate_casestudy")
    everything = kept_figures()
    kept = everything.figures if moderates else None
    waiting = waiting_for(request, everything, now)
    return {
        "waiting": waiting.lines,
        "stories": waiting.stories,
        "others": waiting.others,
        "worker": waiting.worker,
        "steps": steps_for(request, waiting),
        "moderates": moderates,
        "figures": kept,
        "medians": medians(kept) if kept else [],
        "charts": partial(charts, kept) if kept else [],  # drawn where the template has not kept them
    }


def medians(kept: Figures) -> list[tuple[str, float | None, str]]:
    """For each language: its code, the median of working days (None where nothing was answered), and whose answers those are."""
    found = []
    for code in Language.values:
        days = kept.median.get(code)
        whole = int(days) if days is not None and days == int(days) else days
        found.append((code, whole, stories_of(code, "answered", YEAR)))
    return found
