"""Handing out documents: as they came only to editors and to whom they came from, cleaned copies to readers."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from casestudies.joinin.access import writer_of
from casestudies.models import CaseStudy, Document, DocumentCopy
from casestudies.vocabulary import UNSENT
from foundation.files.documents.kinds import Kind
from foundation.files.views import serve

_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def evidence(request: HttpRequest, token: str) -> HttpResponseBase:
    """A document as it came. One that may not be had does not exist."""
    found = get_object_or_404(Document.objects.select_related("case_study"), token=token)
    if not (_moderates(request, found.case_study) or writer_of(request) == found.case_study):
        raise Http404
    return serve(
        request, found.file, is_public=False, etag="", content_type="application/octet-stream", save_as=found.name
    )


@require_safe
def document(request: HttpRequest, token: str) -> HttpResponseBase:
    """A cleaned copy: for readers while its story is published and an editor has chosen it, before that for editors."""
    found = get_object_or_404(DocumentCopy.objects.select_related("document__case_study"), token=token)
    if not (found.is_public or _moderates(request, found.document.case_study)):
        raise Http404
    return serve(
        request,
        found.file,
        is_public=found.is_public,
        etag=found.token,
        content_type=_TYPES[Kind(found.document.kind)],
        save_as=found.file_name,
    )


def _moderates(request: HttpRequest, case: CaseStudy) -> bool:
    """Of what was not sent, editors see nothing."""
    return case.status not in UNSENT and request.user.has_perm("casestudies.moderate_casestudy")
