"""What waits for the person who looks at the desk: a short list, in as many queries whatever it holds."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casestudies.models import CaseStudy
from casestudies.vocabulary import UNSENT, Status
from desk import citations
from desk.messages import shown_messages
from foundation.clock.models import Job
from foundation.correspondence.models import UNDELIVERED, WORDS_WITHIN, State, working_days_before
from foundation.problems.models import Problem
from references.models import Link

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
    """So many of something, and where they are."""

    label: str | Promise
    count: int
    address: str
    is_trouble: bool = False


def waiting_for(request: HttpRequest) -> list[Line]:
    """The lines that the person may follow."""
    lines: list[Line] = []
    if request.user.has_perm("casestudies.view_casestudy"):
        lines += _case_studies(request)
    if request.user.has_perm("correspondence.view_message"):
        lines += _messages(request)
    if request.user.has_perm("problems.view_problem"):
        lines += _problems()
    if request.user.has_perm("references.view_link"):
        broken, links = Link.objects.broken().count(), reverse("admin:references_link_changelist")
        lines.append(Line(_("links that no longer work"), broken, f"{links}?state=broken", bool(broken)))
    if citations.visible(request):
        lines.append(Line(_("citation findings"), citations.count_for(request), reverse("admin:citations")))
    if request.user.has_perm("clock.view_job"):
        failing = Job.objects.exclude(error="").count()
        lines.append(Line(_("Failing jobs"), failing, reverse("admin:clock_job_changelist"), bool(failing)))
    return lines


def _case_studies(request: HttpRequest) -> list[Line]:
    counts = dict(CaseStudy.objects.order_by().values_list("status").annotate(Count("pk")))
    address = reverse("admin:casestudies_casestudy_changelist")
    lines = [Line(status.label, counts.get(status, 0), f"{address}?state={status.value}") for status in OPEN]
    if request.user.has_perm("casestudies.moderate_casestudy"):
        drafts = sum(counts.get(status, 0) for status in UNSENT)
        lines.append(Line(_("drafts that are not sent yet"), drafts, f"{address}?state=unsent"))
        unsure = CaseStudy.objects.to_confirm(timezone.now()).count()
        lines.append(
            Line(_("published stories nobody has confirmed for a year"), unsure, f"{address}?state=to-confirm")
        )
    return lines


def _problems() -> list[Line]:
    today = timezone.localdate()
    waiting = list(Problem.objects.waiting().values_list("due_on", flat=True))
    address = reverse("admin:problems_problem_changelist")
    late = any(day < today for day in waiting)
    return [Line(_("problems that readers reported"), len(waiting), f"{address}?state=waiting", late)]


def _messages(request: HttpRequest) -> list[Line]:
    counted = shown_messages(request).order_by().values_list("state").annotate(Count("pk"), Min("created_at"))
    found: dict[Any, tuple[int, Any]] = {state: (count, oldest) for state, count, oldest in counted}
    address = reverse("admin:correspondence_message_changelist")
    waiting, oldest = found.get(State.WAITING, (0, None))
    overdue = oldest is not None and oldest < working_days_before(timezone.now(), WORDS_WITHIN)
    label = pgettext_lazy("desk", "messages waiting for a translation")
    lines = [Line(label, waiting, f"{address}?state=waiting", overdue)]
    if request.user.has_perm("casestudies.moderate_casestudy"):
        lost = sum(found.get(state, (0, None))[0] for state in UNDELIVERED)
        lines.append(Line(_("messages that were not delivered"), lost, f"{address}?state=undelivered", bool(lost)))
    return lines
