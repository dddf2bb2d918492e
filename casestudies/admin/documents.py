"""The documents of a story on the workbench: read as evidence, and one published as a cleaned copy."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from casestudies import guards
from casestudies.documents import OPEN_TO_COPIES, make_copy, publish_copy, take_back
from casestudies.models import CaseStudy, Document, DocumentCheck, DocumentCopy
from foundation.people.admin import key_of, signed_in
from foundation.publishing.prose import clean_text
from foundation.record.actors import Actor
from foundation.record.services import write


def do_with_document(request: HttpRequest, case: CaseStudy, actor: Actor, *, name: str) -> bool:
    """`name`: the key of the document and what to do with it: copy, publish or take-back. False, with a message, if not."""
    pk, _colon, what = name.partition(":")
    document = case.documents.filter(pk=key_of(pk)).first()
    doing = {"copy": _copy, "publish": _publish, "take-back": _take_back}.get(what)
    if document is None or doing is None:
        raise Http404
    if case.status not in OPEN_TO_COPIES and what != "take-back":
        messages.error(request, _("This cannot be done from the state it is in now."))
        return False
    if not guards.may_decide(case, actor):
        messages.error(request, _("You may not do this."))
        return False
    copy = document.copy_or_none
    if request.POST.get(f"document-{document.pk}-copy", "") != (copy.token if copy else ""):
        messages.error(request, _("This has changed since you opened it. Look at the copy again."))
        return False
    try:
        messages.success(request, doing(request, document, actor))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


def _copy(request: HttpRequest, document: Document, actor: Actor) -> str:
    given = typed(request, document)
    make_copy(document, by=signed_in(request), **{name: clean_text(text).strip() for name, text in given.items()})
    return _("The cleaned copy is made. Open it, and look at it as a reader would.")


def _publish(request: HttpRequest, document: Document, actor: Actor) -> str:
    copy = document.copy_or_none
    if copy is None:
        raise ValidationError(_("Make a cleaned copy first."))
    publish_copy(
        copy, actor=actor, by=signed_in(request), checked=request.POST.getlist(f"document-{document.pk}-checked")
    )
    return _("The copy is chosen: it is shown with the story for as long as that is published.")


def _take_back(request: HttpRequest, document: Document, actor: Actor) -> str:
    case = document.case_study
    if take_back(document):
        write(actor=actor, kind=case.kind, subject=case.uuid, code="document-taken-back")
    return _("The copy is gone, and its address with it.")


def typed(request: HttpRequest, document: Document) -> dict[str, str]:
    """What was typed about a document, or what its copy says."""
    copy = document.copy_or_none
    return {
        name: request.POST.get(f"document-{document.pk}-{name}", (getattr(copy, name) or "") if copy else "")
        for name in ("title_cy", "title_en", "written_in")
    }


def documents_context(request: HttpRequest, case: CaseStudy) -> dict[str, Any]:
    """Each document with its copy, who checked that, and what had been typed."""
    rows = case.documents.select_related("copy").prefetch_related("copy__checks__by")
    return {
        "documents": [(document, typed(request, document)) for document in rows],
        "copies_are_open": case.status in OPEN_TO_COPIES,
        "document_checks": DocumentCheck.What.choices,
        "document_languages": DocumentCopy.Written.choices,
    }
