"""Safeguarding findings: places that may say too much about somebody. Noted, cleared or justified on the workbench."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casestudies.models import COMMENTED, CaseStudy, CaseStudyEdition, Finding
from casestudies.safeguarding.scanning import DOCUMENT
from foundation.people.admin import key_of
from foundation.publishing.prose import clean_text
from foundation.record.actors import Actor
from foundation.record.services import write


def add_finding(request: HttpRequest, case: CaseStudy, actor: Actor) -> bool:
    """Note a place; False, with a message, when nothing says which."""
    what = clean_text(request.POST.get("finding-what", "")).strip()
    if not what or len(what) > 250:
        messages.error(request, _("Say in at most 250 characters where a child could be recognised."))
        return False
    with transaction.atomic():
        Finding.objects.create(case_study=case, what=what)
        write(actor=actor, kind=case.kind, subject=case.uuid, code="finding")
    messages.success(request, _("The finding is noted."))
    return True


@transaction.atomic
def settle_finding(request: HttpRequest, case: CaseStudy, actor: Actor, *, pk: str, verdict: str) -> bool:
    """Clear a finding, or justify it with a reason; False, with a message, when the reason is missing."""
    finding = case.findings.select_for_update().filter(pk=key_of(pk)).first()  # of two who settle it one is told
    if not pk.isdecimal() or verdict not in (Finding.Verdict.CLEARED, Finding.Verdict.JUSTIFIED):
        raise Http404
    if (
        finding is None or finding.is_settled
    ):  # its words were taken out of the story meanwhile, or somebody else settled it
        messages.error(request, _("This has changed since you opened it. Look at it again, then decide."))
        return False
    reason = clean_text(request.POST.get(f"finding-{finding.pk}-reason", "")).strip()
    if verdict == Finding.Verdict.JUSTIFIED and not reason:
        messages.error(request, _("Say why this may stand."))
        return False
    finding.verdict, finding.reason, finding.decided_by_id = verdict, reason, _pk(actor)
    finding.save()
    write(actor=actor, kind=case.kind, subject=case.uuid, code=f"finding-{verdict}")
    messages.success(request, _("The finding is settled."))
    return True


def _pk(actor: Actor) -> Any:
    return actor.user.pk if actor.user else None


# --- showing them -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding, where it stands, and what had been typed beside it."""

    finding: Finding
    where: str | Promise
    reason: str

    @property
    def is_below_its_text(self) -> bool:
        """Whether the workbench shows its text, as it was sent and as it will be published."""
        return self.finding.field in COMMENTED


def shown_findings(request: HttpRequest, case: CaseStudy) -> list[Shown]:
    """The open ones first, then as they came."""
    found = sorted(case.findings.all(), key=lambda finding: finding.is_settled)
    numbers = _picture_numbers(case) if any("-" in finding.field for finding in found) else {}
    names = _document_names(case) if any(finding.field.startswith(DOCUMENT) for finding in found) else {}
    return [
        Shown(
            finding, _where(finding, numbers | names), request.POST.get(f"finding-{finding.pk}-reason", finding.reason)
        )
        for finding in found
    ]


def _where(finding: Finding, names: dict[str, str]) -> str | Promise:
    kind, _dash, rest = finding.field.partition("-")
    if kind == "how":
        return _("Hallmark %(number)s") % {"number": rest}
    if rest:
        return names.get(rest, "")
    if kind == "credits":
        return _("People credited")
    if kind == "typed_references":
        return pgettext("the list under a text", "References")
    return CaseStudyEdition._meta.get_field(kind).verbose_name if kind else ""  # type: ignore[union-attr]


def _picture_numbers(case: CaseStudy) -> dict[str, str]:
    edition = case.working or case.live
    tokens = edition.pictures.values_list("picture__token", flat=True) if edition else ()
    return {token: _("Picture %(number)s") % {"number": place} for place, token in enumerate(tokens, start=1)}


def _document_names(case: CaseStudy) -> dict[str, str]:
    return dict(case.documents.values_list("token", "name"))
