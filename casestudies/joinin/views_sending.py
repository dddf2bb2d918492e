"""The end of the form: checking the answers, sending the story, or throwing it away."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casestudies.joinin import limits
from casestudies.joinin.access import OWN_PAGES, case_of, close_in_browser, is_colleague, keep_open, writer_of
from casestudies.joinin.journey import EDITABLE, Journey
from casestudies.joinin.limits import TooOften, take_for
from casestudies.joinin.open_story import about_story
from casestudies.joinin.pages import day_in_words, none_open, note_trap, page, private, say, version_of
from casestudies.joinin.personal import questions_about, unanswered
from casestudies.joinin.sending import print_of, send
from casestudies.models import CaseStudy
from casestudies.services import MoveRefused, perform
from casestudies.vocabulary import UNSENT
from foundation.bilingual.addresses import twin_address
from foundation.bilingual.languages import current
from foundation.people.public_forms import trapped
from foundation.publishing.services import ChangedSince
from foundation.record.actors import CONTRIBUTOR


def reader_of(request: HttpRequest) -> CaseStudy | None:
    """A colleague reads the answers, and only the contributor sends them."""
    return case_of(request) if request.method == "POST" else writer_of(request)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story(whose=reader_of, closed=none_open)
def check(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Everything that was answered, each with a link to change it; and sending it, which only the contributor does."""
    if case.status not in EDITABLE:
        return redirect("joinin:sent" if request.method == "POST" else "joinin:status")
    return (
        _send(request, case) if request.method == "POST" else _check_page(request, case, judged="judged" in request.GET)
    )


def _check_page(
    request: HttpRequest, case: CaseStudy, *, notice: str = "", judged: bool = False, status: int = 200
) -> HttpResponse:
    journey = Journey(case)
    sections = [
        (task, journey.form(task.step).rows() if not task.step.in_story_languages or journey.languages else [])
        for task in journey.tasks
    ]
    missing = [task for task in journey.tasks if task.blocks]
    context = {"case": case, "sections": sections, "missing": missing, "notice": notice}
    context |= {"judged": judged, "checked": print_of(journey)}
    if judged:
        context["other_address"] = f"{twin_address(request, current().other)}?judged=1"
    context |= {"is_colleague": is_colleague(request), "own_pages": OWN_PAGES}
    context["asked"] = unanswered(questions_about(journey))
    return page(request, "check", context, status=status)


def _send(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    try:
        take_for(request, limits.SEND)
    except TooOften as problem:
        words = _("There have been very many requests from your network. Your story is kept: send it after %(time)s.")
        return _check_page(request, case, notice=words % {"time": problem.clock_time}, status=429)
    if trapped(request):
        note_trap(case)
    try:
        keep_open(request, send(case, version=version_of(request), checked=request.POST.get("checked", "")))
    except MoveRefused as refused:
        if refused.code != "guard":
            return redirect("joinin:sent")
        return _check_page(request, cast(CaseStudy, case_of(request)), judged=True)
    except ChangedSince:
        words = _("This has changed since you opened it. Look at your answers again, then send them.")
        return _check_page(request, cast(CaseStudy, case_of(request)), notice=words)
    return redirect("joinin:sent")


@require_safe
@private
def sent(request: HttpRequest) -> HttpResponse:
    """The story has been sent: its number, what happens next and when, and whom to ask."""
    case = case_of(request)
    if case is None or case.status in EDITABLE:
        return redirect("joinin:start")
    context = {
        "case": case,
        "contributor": case.contributor_or_none,
        "answer_by": day_in_words(case.answer_by),
        "confirm_by": day_in_words(timezone.localtime(case.expires_at).date()),
    }
    return page(request, "sent", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story(closed=none_open)
def discard(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Throw away a story that was not sent, with everything about the person."""
    if case.status not in UNSENT:
        return redirect("joinin:status")
    if request.method != "POST":
        return page(request, "discard", {"case": case})
    take_for(request, limits.SEND)
    try:
        perform("discard", case_id=case.pk, actor=CONTRIBUTOR, version=version_of(request))
    except (MoveRefused, ChangedSince, CaseStudy.DoesNotExist):
        say(request, _("This has changed since you opened it. Look again before you discard it."))
        return redirect("joinin:status")
    close_in_browser(request)
    return page(request, "discarded")
