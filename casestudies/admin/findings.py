"""Safeguarding findings: places where a child could be recognised. Added, cleared or justified on the workbench."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from casestudies.models import CaseStudy, Finding
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


def settle_finding(request: HttpRequest, case: CaseStudy, actor: Actor, *, pk: str, verdict: str) -> bool:
    """Clear a finding, or justify it with a reason; False, with a message, when the reason is missing."""
    finding = case.findings.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None
    if finding is None or verdict not in (Finding.Verdict.CLEARED, Finding.Verdict.JUSTIFIED):
        raise Http404
    reason = clean_text(request.POST.get(f"finding-{finding.pk}-reason", "")).strip()
    if verdict == Finding.Verdict.JUSTIFIED and not reason:
        messages.error(request, _("Say why this may stand."))
        return False
    finding.verdict, finding.reason, finding.decided_by_id = verdict, reason, _pk(actor)
    with transaction.atomic():
        finding.save()
        write(actor=actor, kind=case.kind, subject=case.uuid, code=f"finding-{verdict}")
    messages.success(request, _("The finding is settled."))
    return True


def _pk(actor: Actor) -> Any:
    return actor.user.pk if actor.user else None


def with_typed(request: HttpRequest, case: CaseStudy) -> list[tuple[Finding, str]]:
    """Each finding with what had been typed beside it."""
    return [
        (finding, request.POST.get(f"finding-{finding.pk}-reason", finding.reason)) for finding in case.findings.all()
    ]
