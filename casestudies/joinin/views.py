"""The form: its start and task list, and its pages."""

from typing import Any, cast
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.joinin import letters, limits, uploads
from casestudies.joinin.access import is_closed, is_colleague, keep_open, open_in_browser, writer_of
from casestudies.joinin.asking import Pressed
from casestudies.joinin.forms import StepForm, limit_of_file
from casestudies.joinin.journey import ABOUT_THE_DRAFT, EDITABLE, Journey, changing, open_draft
from casestudies.joinin.limits import TooOften, take_for
from casestudies.joinin.pages import (
    know_languages,
    language_first,
    none_open,
    note_trap,
    other_story_words,
    page,
    private,
    say,
    too_often_words,
)
from casestudies.joinin.personal import questions_about
from casestudies.joinin.saving import belongs, carried, decide, put_in_the_box, take_in, versions
from casestudies.joinin.steps import STEPS, Step, after, before, step_at, steps_of
from casestudies.joinin.views_colleagues import shared_with
from casestudies.joinin.views_saving import closed_words, is_typing, not_kept, save_typing
from casestudies.models import CaseStudy
from casestudies.vocabulary import Status
from foundation.bilingual.languages import current
from foundation.people.models import User
from foundation.people.public_forms import trapped


@require_http_methods(["GET", "HEAD", "POST"])
@private
def start(request: HttpRequest) -> HttpResponse:
    """What Join In is and needs; or, while a draft is open in this browser, what is done and what is left."""
    case = writer_of(request)
    drafting = case is not None and case.status == Status.DRAFT
    if request.method == "POST":
        return redirect("joinin:start") if drafting else _begin(request)
    if case is not None and drafting:
        return page(request, "tasks", {"journey": Journey(case), "case": case, **shared_with(request, case)})
    return page(request, "start", {"case": case, "limit": limit_of_file()})


def _begin(request: HttpRequest) -> HttpResponse:
    take_for(request, limits.START)
    case = open_draft(started_by=_staff(request))
    if trapped(request):
        note_trap(case)
    open_in_browser(request, case)
    return redirect(STEPS[0])


def _staff(request: HttpRequest) -> User | None:
    """Who is signed in. Asked only when a story is started: readers have no session to look in."""
    return request.user if request.user.is_authenticated else None


# --- a page of the form ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@private
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the form."""
    found = step_at(slug)
    if found is None:
        raise Http404
    if slug != found.slug(current()):
        return HttpResponsePermanentRedirect(found.address())
    cast(Any, request).page_kwargs = found.kwargs_by_language
    case = writer_of(request)
    if request.method == "POST":
        return _posted(request, found, case)
    if case is None:
        return none_open(request)
    if is_closed(request, found.key):
        say(request, _("Only the person who started the story answers that page."))
        return redirect("joinin:start")
    if case.status not in EDITABLE:
        return redirect("joinin:status")
    journey = Journey(case)
    if found.in_story_languages and not journey.languages:
        return language_first(request)
    if not found.form.applies(journey):
        return redirect(before(found, journey) or STEPS[0])
    return _show(request, found, journey, journey.form(found))


def _show(
    request: HttpRequest, step: Step, journey: Journey, form: StepForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    refused = more.pop("refused", None) or (
        {} if request.POST else uploads.read_refused(request.GET.get("refused", ""))
    )
    upload_errors = uploads.errors_of(step, refused)
    asked = steps_of(journey)
    context = {
        "step": step,
        "switches": "save",
        "refused": uploads.write_refused(refused),
        "upload_error": upload_errors[0][1] if upload_errors else "",
        "journey": journey,
        "case": journey.case,
        "form": form,
        "summary": [*upload_errors, *(form.summary if form.is_bound else [])],
        "number": asked.index(step) + 1 if step in asked else 1,
        "total": len(asked),
        "previous": before(step, journey),
        "changing": _changing(request),
        "limit_of_file": limit_of_file(),
        "carried": carried(journey, step, None if status == 200 else request.POST),
        "versions": versions(journey, step),
        **form.beside(request.GET),
        **more,
    }
    name = step.template.removeprefix("joinin/").removesuffix(".html")
    return page(request, name, context, status=status)


def _posted(request: HttpRequest, step: Step, case: CaseStudy | None) -> HttpResponse:
    if case is not None and not belongs(request.POST, case):
        words = other_story_words()
        return not_kept(words) if is_typing(request) else _unsaved(request, step, None, words, status=409)
    if is_typing(request):
        return save_typing(request, step, case)
    if is_closed(request, step.key):
        return _unsaved(request, step, None, closed_words(), status=409)
    if case is None and is_colleague(request):
        words = _("Not saved: the story has been sent, or your link was taken back. Copy what you want to keep.")
        return _unsaved(request, step, None, words, status=409)
    try:
        take_for(request, limits.SAVE)
        if request.FILES:
            take_for(request, limits.UPLOAD)
        if case is None:
            take_for(request, limits.START)
    except TooOften as problem:
        return _unsaved(request, step, case, too_often_words(problem), status=429)
    uploads.receive(request, step)
    try:
        return _saved_or_kept_on_the_page(request, step, case or _begin_with_what_was_typed(request))
    except CaseStudy.DoesNotExist:  # it was discarded in another tab since this request began
        return _saved_or_kept_on_the_page(request, step, _begin_with_what_was_typed(request))


def _saved_or_kept_on_the_page(request: HttpRequest, step: Step, case: CaseStudy) -> HttpResponse:
    with transaction.atomic():
        journey = changing(case)
        if journey.case.status in EDITABLE:
            return _saved(request, step, journey)
    words = _("This story has been sent already, so what you typed here was not saved. Copy what you want to keep.")
    return _unsaved(request, step, journey.case, words, status=409)


def _unsaved(request: HttpRequest, step: Step, case: CaseStudy | None, words: str, *, status: int) -> HttpResponse:
    """The page again with what was typed, and why it could not be kept."""
    journey = Journey(case or CaseStudy())
    know_languages(request, step, journey)
    journey.take(step, request.POST)
    return _show(
        request, step, journey, step.form(journey=journey, typed=journey.typed(step.key)), notice=words, status=status
    )


def _begin_with_what_was_typed(request: HttpRequest) -> CaseStudy:
    """A page came in without an open story (its session is over): a new draft keeps what was typed, and says so."""
    case = open_draft(started_by=_staff(request))
    case.draft.answers[ABOUT_THE_DRAFT] = {"instead_of": request.POST.get("story", "")[:12]}
    case.draft.save(update_fields=["answers"])
    open_in_browser(request, case)
    say(
        request,
        _(
            "The story you had open here was closed after a long pause. What you typed on the last page is kept in a new "
            "draft. If we have sent you a link, follow it to go on with the earlier one."
        ),
    )
    return case


def _saved(request: HttpRequest, step: Step, journey: Journey) -> HttpResponse:
    """Keep what was typed, then do what the button asks."""
    request.session.modified = True
    know_languages(request, step, journey)
    both = take_in(journey, step, request.POST).both
    if trapped(request):
        journey.remember(trapped=True)
    refused = uploads.keep(request, step, journey)
    swapped = put_in_the_box(journey, step, request.POST.get("take", ""))
    if (both or swapped) and not refused:
        journey.keep()
        return redirect(f"{_same_page(request, step)}#both")
    switched, later = "switch" in request.POST, "later" in request.POST
    pressed = None if switched or later else journey.press(step, request.POST)
    if pressed is not None:
        journey.keep()
        return _go_on(request, step, pressed)
    if switched or later or refused or "add" in request.POST or "remove" in request.POST:
        journey.keep()
        if refused:
            return _show(request, step, journey, journey.form(step), refused=refused)
        return _leave(request, step, journey)
    decide(journey, step, request.POST)
    form = journey.judge(step)
    journey.keep()
    if step.key in ("language", "you"):
        keep_open(request, journey.case)
    if not form.is_valid():
        return _show(request, step, journey, form)
    _offer_link(request, step, journey)
    return _next(request, step, journey)


def _leave(request: HttpRequest, step: Step, journey: Journey) -> HttpResponse:
    """To the same page in the other language, to the task list, or to this page again."""
    if "switch" in request.POST:
        return redirect(_same_page(request, step))
    if "later" in request.POST:
        say(request, _("What you typed is saved.") if is_colleague(request) else _said_of_the_way_back(journey))
        return redirect("joinin:start" if journey.case.status == Status.DRAFT else "joinin:check")
    return redirect(f"{_same_page(request, step)}#{step.key}")


def _said_of_the_way_back(journey: Journey) -> str:
    """Where the link is by which the person who began it comes back; it is sent again if need be."""
    letters.write_draft_link(journey.case, again=True)
    contributor = journey.case.contributor_or_none
    if contributor is None or not contributor.email:
        return _("What you typed is saved.")
    words = _("What you typed is saved. The link to come back by is in our last message to %(email)s.")
    return words % {"email": contributor.email}


def _same_page(request: HttpRequest, step: Step) -> str:
    """This page again, in the other language where that was asked for."""
    switched = "switch" in request.POST
    query = {"change": _changing(request), "refused": request.POST.get("refused", "") if switched else ""}
    told = urlencode({name: value for name, value in query.items() if value})
    return f"{step.address(current().other) if switched else step.address()}{'?' if told else ''}{told}"


def _changing(request: HttpRequest) -> str:
    """Where a page that was opened to change something goes back to: "personal", "1" for the answers, or "" for neither."""
    return ("personal" if request.GET["change"] == "personal" else "1") if "change" in request.GET else ""


def _go_on(request: HttpRequest, step: Step, pressed: Pressed) -> HttpResponse:
    """The same page again, at the place that the button was about."""
    query = {**({"change": _changing(request)} if _changing(request) else {}), **pressed.query}
    return redirect(f"{step.address()}{'?' if query else ''}{urlencode(query)}#{pressed.place}")


def _offer_link(request: HttpRequest, step: Step, journey: Journey) -> None:
    if step.key in ("language", "you") and letters.write_draft_link(journey.case):
        email = journey.case.contributor.email
        say(request, _("We have sent a link to %(email)s, so that you can come back to your story.") % {"email": email})


def _next(request: HttpRequest, step: Step, journey: Journey) -> HttpResponse:
    following = after(step, journey)
    if _changing(request) == "personal":
        return redirect("joinin:personal")
    if _changing(request):
        return redirect("joinin:check")
    if following is None:
        return redirect("joinin:personal" if questions_about(journey) else "joinin:check")
    return redirect(following)
