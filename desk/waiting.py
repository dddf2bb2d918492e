"""What waits for the person who looks at the desk: a short list, in as many queries whatever it holds."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casestudies.models import CaseStudy
from casestudies.vocabulary import UNSENT, Status
from desk import citations
from desk.messages import shown_messages
from foundation.clock.models import Job
from foundation.correspondence.models import State
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
    return lines


def _messages(request: HttpRequest) -> list[Line]:
    counts: dict[Any, int] = dict(shown_messages(request).order_by().values_list("state").annotate(Count("pk")))
    address = reverse("admin:correspondence_message_changelist")
    waiting, failed = counts.get(State.WAITING, 0), counts.get(State.FAILED, 0)
    lines = [Line(pgettext_lazy("desk", "messages waiting for a translation"), waiting, f"{address}?state=waiting")]
    if request.user.has_perm("casestudies.moderate_casestudy"):
        lines.append(Line(_("messages that were not delivered"), failed, f"{address}?state=failed", bool(failed)))
    return lines
