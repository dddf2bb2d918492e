"""What we hold about a contributor, to take away; and having it erased."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.forgetting import erase_details
from casestudies.joinin import limits
from casestudies.joinin.access import case_of, close_in_browser
from casestudies.joinin.holding import packed
from casestudies.joinin.limits import take_for
from casestudies.joinin.pages import changed_words, page, private, version_of
from casestudies.models import CaseStudy
from casestudies.vocabulary import SHOWN, UNSENT
from foundation.bilingual.languages import current


@require_http_methods(["GET", "HEAD", "POST"])
@private
def held(request: HttpRequest) -> HttpResponse:
    """What there is, and one button that gives all of it as a file. Only to whoever has the story open."""
    case = case_of(request)
    if case is None:
        return redirect("joinin:ask")
    if request.method != "POST":
        return page(request, "held", {"case": case, "is_sent": case.status not in UNSENT})
    take_for(request, limits.HELD)
    response = HttpResponse(packed(case, current().value), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
def erase(request: HttpRequest) -> HttpResponse:
    """What erasing means, said before it is done. A draft is discarded instead."""
    case = case_of(request)
    if case is None:
        return redirect("joinin:ask")
    if case.status in UNSENT:
        return redirect("joinin:discard")
    if request.method != "POST":
        return _ask(request, case)
    take_for(request, limits.SEND)
    chosen = request.POST.get("text", "")
    if case.status in SHOWN and chosen not in ("stays", "goes"):
        return _ask(request, case, wrong=_("Choose what becomes of the text"))
    with transaction.atomic():
        stored = CaseStudy.objects.select_for_update().get(pk=case.pk)
        if stored.version != version_of(request):
            return _ask(request, case_of(request) or case, notice=changed_words(), status=409)
        what = erase_details(stored, withdraw=chosen == "goes")
    close_in_browser(request)
    return page(request, "erased", {"what": what, "reference": case.reference})


def _ask(request: HttpRequest, case: CaseStudy, wrong: str = "", notice: str = "", status: int = 200) -> HttpResponse:
    context = {
        "case": case,
        "chooses": case.status in SHOWN,
        "was_public": case.first_published_at is not None,
        "summary": [("id_text_0", wrong)] if wrong else [],
        "wrong": wrong,
        "notice": notice,
    }
    return page(request, "erase", context, status=status)
