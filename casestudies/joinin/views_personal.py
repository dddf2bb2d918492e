"""The page before the last one: gentle questions about places that may say too much about somebody."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from casestudies.joinin import limits
from casestudies.joinin.access import writer_of
from casestudies.joinin.journey import EDITABLE, Journey, changing
from casestudies.joinin.limits import take_for
from casestudies.joinin.open_story import about_story, not_open, written_in
from casestudies.joinin.pages import gone_words, none_open, page, private
from casestudies.joinin.personal import BOXES, Answered, answers_to, keep_answers, questions_about
from casestudies.models import CaseStudy
from foundation.bilingual.languages import current, speaking
from foundation.people.public_forms import trapped


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story(BOXES, whose=writer_of, closed=none_open)
def personal(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Each place, with a link to change it and a box to explain it. Neither has to be done."""
    if case.status not in EDITABLE:
        return _sent_already(request)
    if request.method != "POST":
        return _show(request, case, answers_to(questions_about(Journey(case))))
    take_for(request, limits.SAVE)
    return _keep(request, case)


def _sent_already(request: HttpRequest) -> HttpResponse:
    return not_open(request, *written_in(request, BOXES), notice=gone_words()) or redirect("joinin:status")


def _show(request: HttpRequest, case: CaseStudy, answers: list[Answered]) -> HttpResponse:
    context = {
        "case": case,
        "answers": answers,
        "summary": [(f"id_{one.box}", one.error) for one in answers if one.error],
        "switches": "save" if answers else "",
    }
    return page(request, "personal", context)


@transaction.atomic
def _keep(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    journey = changing(case)
    if journey.case.status not in EDITABLE:
        return _sent_already(request)
    answers = answers_to(questions_about(journey), request.POST)
    if any(one.error for one in answers):
        return _show(request, journey.case, answers)
    if trapped(request):
        journey.remember(trapped=True)
    keep_answers(journey, answers, request.POST)
    if "switch" in request.POST:
        with speaking(current().other):
            return redirect(reverse("joinin:personal"))
    return redirect("joinin:check")
