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
from casestudies.joinin.open_story import about_story
from casestudies.joinin.pages import changed_words, page, private, version_of
from casestudies.models import CaseStudy
from casestudies.vocabulary import SHOWN, UNSENT
from foundation.bilingual.languages import current
from foundation.people.public_forms import is_answer


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story()
def held(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """What there is, and one button that gives all of it as a file. Only to whoever has the story open."""
    if request.method != "POST":
        return page(request, "held", {"case": case, "is_sent": case.status not in UNSENT})
    take_for(request, limits.HELD)
    response = HttpResponse(packed(case, current().value), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story()
def erase(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """What erasing means, said before it is done. A draft is discarded instead."""
    if case.status in UNSENT:
        return redirect("joinin:discard")
    chosen = request.POST.get("text", "")
    undecided = case.status in SHOWN and chosen not in ("stays", "goes")
    if not is_answer(request):
        return _ask(request, case, is_wrong=undecided and "judged" in request.POST)
    take_for(request, limits.SEND)
    if undecided:
        return _ask(request, case, is_wrong=True)
    with transaction.atomic():
        stored = CaseStudy.objects.select_for_update().get(pk=case.pk)
        if stored.version != version_of(request):
            return _ask(request, case_of(request) or case, notice=changed_words(), status=409)
        what = erase_details(stored, withdraw=chosen == "goes")
    close_in_browser(request)
    return page(request, "erased", {"what": what, "reference": case.reference})


def _ask(
    request: HttpRequest, case: CaseStudy, *, is_wrong: bool = False, notice: str = "", status: int = 200
) -> HttpResponse:
    wrong = _("Choose what becomes of the text") if is_wrong else ""
    context = {
        "case": case,
        "chooses": case.status in SHOWN,
        "was_public": case.first_published_at is not None,
        "summary": [("id_text_0", wrong)] if wrong else [],
        "wrong": wrong,
        "chosen": request.POST.get("text", ""),
        "switches": "stay",
        "notice": notice,
    }
    return page(request, "erase", context, status=status)
