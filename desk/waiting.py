"""What waits for the person who looks at the desk, in as many queries whatever it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casestudies.models import CaseStudy
from desk import citations
from desk.figures import Figures, Kept
from desk.messages import shown_messages
from desk.stories import Line, Stories, changelist, editors_lines, state_lines
from foundation.bilingual.templatetags.bilingual import long_date
from foundation.clock.days import working_days_before
from foundation.clock.models import Job
from foundation.correspondence.models import UNDELIVERED, WORDS_WITHIN, State
from foundation.problems.models import Problem
from hallmarks.models import Hallmark
from pages.models import Page
from references.models import Link

#: A worker that has begun nothing for so long is not running: it has something to do every few seconds.
SILENT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Worker:
    """When the worker last did something, and whether it still runs."""

    seen_at: datetime | None
    is_running: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the person may see of it: stories by state, all else, and the worker."""

    stories: list[Line]
    others: list[Line]
    worker: Worker | None
    counted: Stories | None

    @property
    def lines(self) -> list[Line]:
        return self.stories + self.others


def waiting_for(request: HttpRequest, kept: Kept, now: datetime) -> Waiting:
    """The lines that the person may follow."""
    may, moderates = request.user.has_perm, request.user.has_perm("casestudies.moderate_casestudy")
    counted = Stories.counted_for(request, now) if may("casestudies.view_casestudy") else None
    others = editors_lines(counted, now) if counted and moderates else []
    if moderates and kept.figures:
        others += _by_the_clock(kept.figures)
    if may("problems.view_problem"):
        others.append(_problems(now))
    if may("correspondence.view_message"):
        others += _messages(request, now, moderates)
    others += _languages(request, kept, moderates)
    if may("references.view_link"):
        broken, links = Link.objects.broken().count(), reverse("admin:references_link_changelist")
        others.append(Line(_("links that no longer work"), broken, f"{links}?state=broken", bool(broken)))
    if kept.citations is not None:
        others += _citations(request, kept.citations)
    worker = None
    if may("clock.view_job"):
        failing, worker = _clock(now)
        others.append(failing)
    return Waiting(state_lines(counted, now) if counted else [], others, worker, counted)


def _by_the_clock(figures: Figures) -> list[Line]:
    """Numbers that change as time goes by, or that a page could not wait for."""
    note, address = _as_of(figures.counted_at), changelist()
    unsure = _("published stories nobody has confirmed for a year")
    return [
        Line(
            _("stories with new answers to editors’ questions"),
            figures.answered,
            f"{address}?state=answered",
            note=note,
        ),
        Line(
            _("published stories that are being corrected"),
            figures.corrected,
            f"{address}?state=corrected",
            note=note,
        ),
        Line(_("drafts that are about to expire"), figures.expiring, f"{address}?state=expiring", note=note),
        Line(unsure, figures.to_confirm, f"{address}?state=to-confirm", note=note),
    ]


def _as_of(moment: datetime) -> str:
    """What is said of a number that the clock counted."""
    local = timezone.localtime(moment)
    return _("Counted on %(day)s at %(time)s.") % {"day": long_date(local), "time": f"{local:%H:%M}"}


def _problems(now: datetime) -> Line:
    today = timezone.localdate(now)
    waiting = Problem.objects.waiting().aggregate(
        count=Count("pk"), first=Min("due_on"), late=Count("pk", filter=Q(due_on__lt=today))
    )
    note = ""
    if waiting["first"] is not None:
        words = (
            _("Late: an answer was promised by %(day)s.") if waiting["late"] else _("An answer is promised by %(day)s.")
        )
        note = words % {"day": long_date(waiting["first"])}
    address = reverse("admin:problems_problem_changelist")
    label = _("problems that readers reported")
    return Line(label, waiting["count"], f"{address}?state=waiting", bool(waiting["late"]), note)


def _messages(request: HttpRequest, now: datetime, moderates: bool) -> list[Line]:
    shown = shown_messages(request).filter(state__in=(State.WAITING, *UNDELIVERED))
    counted = shown.order_by().values_list("state").annotate(Count("pk"), Min("created_at"))
    found: dict[Any, tuple[int, Any]] = {state: (count, oldest) for state, count, oldest in counted}
    address = reverse("admin:correspondence_message_changelist")
    waiting, oldest = found.get(State.WAITING, (0, None))
    overdue = oldest is not None and oldest < working_days_before(now, WORDS_WITHIN)
    since = _("Late: the oldest has waited since %(day)s.") if overdue else _("The oldest has waited since %(day)s.")
    note = since % {"day": long_date(oldest)} if oldest else ""
    label = pgettext("desk", "messages waiting for a translation")
    lines = [Line(label, waiting, f"{address}?state=waiting", overdue, note)]
    if moderates:
        lost = sum(found.get(state, (0, None))[0] for state in UNDELIVERED)
        lines.append(Line(_("messages that were not delivered"), lost, f"{address}?state=undelivered", bool(lost)))
    return lines


def _languages(request: HttpRequest, kept: Kept, moderates: bool) -> list[Line]:
    """Texts out of step, and overrides whose days are over: a line for each kind of text."""
    labels = {
        CaseStudy: (_("case studies out of step"), _("case studies in one language for too long")),
        Hallmark: (_("hallmarks out of step"), _("hallmarks in one language for too long")),
        Page: (_("standing pages out of step"), _("standing pages in one language for too long")),
    }
    lines = []
    for content, (step, over) in labels.items():
        if not citations.may_see(request, content):
            continue
        name = content._meta.label_lower
        address = reverse(f"admin:{name.replace('.', '_')}_changelist")
        is_story = content is CaseStudy
        if kept.steps is not None and kept.steps_at:
            query = "state=out-of-step" if is_story else "step=out"
            lines.append(Line(step, kept.steps.get(name, 0), f"{address}?{query}", note=_as_of(kept.steps_at)))
        if moderates and kept.figures:
            expired = kept.figures.one_language.get(name, 0)
            query = "state=expired" if is_story else "override=expired"
            note = _("The days of the override are over.") if expired else ""
            lines.append(Line(over, expired, f"{address}?{query}", bool(expired), note))
    return lines


def _citations(request: HttpRequest, counted: Mapping[str, int]) -> list[Line]:
    """Of those texts whose words the person may read."""
    seen = [count for name, count in counted.items() if citations.may_see(request, apps.get_model(name))]
    return [Line(_("citation findings"), sum(seen), reverse("admin:citations"))] if seen else []


def _clock(now: datetime) -> tuple[Line, Worker]:
    jobs = Job.objects.aggregate(failing=Count("pk", filter=~Q(error="")), seen=Max("claimed_at"))
    failing, seen = jobs["failing"], jobs["seen"]
    line = Line(_("Failing jobs"), failing, reverse("admin:clock_job_changelist"), bool(failing))
    return line, Worker(seen, seen is not None and seen >= now - SILENT)
