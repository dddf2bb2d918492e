"""The form: its start and task list, its pages, checking and sending."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casestudies.joinin import letters, limits
from casestudies.joinin.access import case_of, close_in_browser, keep_open, open_in_browser
from casestudies.joinin.forms import StepForm, limit_of_file
from casestudies.joinin.journey import EDITABLE, Journey, changing, open_draft
from casestudies.joinin.last_forms import MOST_PICTURES
from casestudies.joinin.limits import TooOften, take_for
from casestudies.joinin.pages import (
    clock_time,
    day_in_words,
    page,
    private,
    say,
    too_often,
    too_often_words,
    trapped,
    version_of,
)
from casestudies.joinin.sending import send
from casestudies.joinin.steps import BY_KEY, STEPS, Step, after, before, step_at
from casestudies.models import CaseStudy
from casestudies.services import MoveRefused, perform
from casestudies.vocabulary import Status
from foundation.bilingual.languages import Language, current
from foundation.people.models import User
from foundation.publishing.services import ChangedSince
from foundation.record.actors import CONTRIBUTOR


@require_http_methods(["GET", "HEAD", "POST"])
@private
def start(request: HttpRequest) -> HttpResponse:
    """What Join In is and needs; or, while a draft is open in this browser, what is done and what is left."""
    case = case_of(request)
    drafting = case is not None and case.status == Status.DRAFT
    if request.method == "POST":
        return redirect("joinin:start") if drafting else _begin(request)
    if case is not None and drafting:
        return page(request, "tasks", {"journey": Journey(case), "case": case})
    return page(request, "start", {"case": case, "limit": limit_of_file()})


def _begin(request: HttpRequest) -> HttpResponse:
    try:
        take_for(request, limits.START)
    except TooOften as problem:
        return too_often(request, problem)
    case = open_draft(started_by=_staff(request))
    if trapped(request):
        _note_trap(case)
    open_in_browser(request, case)
    return redirect(STEPS[0])


def _staff(request: HttpRequest) -> User | None:
    """Who is signed in. Asked only when a story is started: readers have no session to look in."""
    return request.user if request.user.is_authenticated else None


def _note_trap(case: CaseStudy) -> None:
    with transaction.atomic():
        journey = changing(case)
        if journey.case.status in EDITABLE:
            journey.remember(trapped=True)
            journey.keep()


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
    case = case_of(request)
    if request.method == "POST":
        return _posted(request, found, case)
    if case is None:
        say(
            request,
            _("No story is open in this browser. Start one here, or follow the link in our last message to you."),
        )
        return redirect("joinin:start")
    if case.status not in EDITABLE:
        return redirect("joinin:status")
    journey = Journey(case)
    if found.in_story_languages and not journey.languages:
        say(request, _("First choose the language you will write your story in."))
        return redirect(BY_KEY["writing"])
    return _show(request, found, journey, journey.form(found))


def _show(
    request: HttpRequest, step: Step, journey: Journey, form: StepForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    picture_errors = more.pop("picture_errors", [])
    context = {
        "step": step,
        "switches": "save",
        "picture_error": picture_errors[0][1] if picture_errors else "",
        "journey": journey,
        "case": journey.case,
        "form": form,
        "summary": [*picture_errors, *(form.summary if form.is_bound else [])],
        "number": STEPS.index(step) + 1,
        "total": len(STEPS),
        "previous": before(step),
        "changing": "change" in request.GET,
        "most_pictures": MOST_PICTURES,
        "limit_of_file": limit_of_file(),
        **more,
    }
    name = step.template.removeprefix("joinin/").removesuffix(".html")
    return page(request, name, context, status=status)


def _posted(request: HttpRequest, step: Step, case: CaseStudy | None) -> HttpResponse:
    try:
        take_for(request, limits.SAVE)
        if request.FILES:
            take_for(request, limits.UPLOAD)
        if case is None:
            take_for(request, limits.START)
    except TooOften as problem:
        return _unsaved(request, step, case, too_often_words(problem), status=429)
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
    _know_languages(request, step, journey)
    journey.take(step, request.POST)
    return _show(
        request, step, journey, step.form(journey=journey, typed=journey.typed(step.key)), notice=words, status=status
    )


def _begin_with_what_was_typed(request: HttpRequest) -> CaseStudy:
    """A page came in without an open story (its session is over): a new draft keeps what was typed, and says so."""
    case = open_draft(started_by=_staff(request))
    open_in_browser(request, case)
    say(
        request,
        _(
            "The story you had open here was closed after a long pause. What you typed on the last page is kept in a new "
            "draft. If we have sent you a link, follow it to go on with the earlier one."
        ),
    )
    return case


def _know_languages(request: HttpRequest, step: Step, journey: Journey) -> None:
    """A page of the story that comes in before its languages were chosen brings them along in the names of its fields."""
    if not step.in_story_languages or journey.languages:
        return
    stems = [name.split("-")[0] for name in request.POST]
    found = [one.value for one in Language if any(stem.endswith(f"_{one.value}") for stem in stems)]
    if found:
        journey.draft.answers["writing"] = {"writing": "both" if len(found) == 2 else found[0]}


def _saved(request: HttpRequest, step: Step, journey: Journey) -> HttpResponse:
    """Keep what was typed, then do what the button asks."""
    request.session.modified = True
    _know_languages(request, step, journey)
    journey.take(step, request.POST)
    if trapped(request):
        journey.remember(trapped=True)
    if "remove" in request.POST and step.key == "pictures":
        journey.remove_picture(request.POST["remove"])
    errors = _take_picture(request, step, journey)
    switched, later = "switch" in request.POST, "later" in request.POST
    if switched or later or errors or "add" in request.POST or "remove" in request.POST:
        journey.keep()
        if errors:
            return _show(request, step, journey, journey.form(step), picture_errors=errors)
        return _leave(request, step, journey)
    form = journey.judge(step)
    journey.keep()
    if step.key in ("language", "you"):
        keep_open(request, journey.case)
    if not form.is_valid():
        return _show(request, step, journey, form)
    _offer_link(request, step, journey)
    return _next(request, step)


def _take_picture(request: HttpRequest, step: Step, journey: Journey) -> list[tuple[str, str]]:
    """The picture that came with the page, if one did; the errors to show when it was refused."""
    if step.key != "pictures":
        return []
    upload = request.FILES.get("picture")
    if upload is None:
        if "add" in request.POST:
            return [("id_picture", _("Choose a picture to add"))]
        return []
    try:
        journey.add_picture(upload)
    except ValidationError as error:
        return [("id_picture", message) for message in error.messages]
    return []


def _leave(request: HttpRequest, step: Step, journey: Journey) -> HttpResponse:
    """To the same page in the other language, to the task list, or to this page again."""
    query = "?change=1" if "change" in request.GET else ""
    if "switch" in request.POST:
        return redirect(f"{step.address(current().other)}{query}")
    if "later" in request.POST:
        letters.write_draft_link(journey.case)
        say(request, _("What you typed is saved."))
        return redirect("joinin:start" if journey.case.status == Status.DRAFT else "joinin:check")
    return redirect(f"{step.address()}{query}#pictures")


def _offer_link(request: HttpRequest, step: Step, journey: Journey) -> None:
    if step.key in ("language", "you") and letters.write_draft_link(journey.case):
        email = journey.case.contributor.email
        say(request, _("We have sent a link to %(email)s, so that you can come back to your story.") % {"email": email})


def _next(request: HttpRequest, step: Step) -> HttpResponse:
    following = after(step)
    if "change" in request.GET or following is None:
        return redirect("joinin:check")
    return redirect(following)


# --- the end of the form --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@private
def check(request: HttpRequest) -> HttpResponse:
    """Everything that was answered, each with a link to change it; and sending it."""
    case = case_of(request)
    if case is None:
        return redirect("joinin:start")
    if case.status not in EDITABLE:
        return redirect("joinin:sent" if request.method == "POST" else "joinin:status")
    return _send(request, case) if request.method == "POST" else _check_page(request, case)


def _check_page(request: HttpRequest, case: CaseStudy, *, notice: str = "", judged: bool = False) -> HttpResponse:
    journey = Journey(case)
    sections = [
        (task, journey.form(task.step).rows() if not task.step.in_story_languages or journey.languages else [])
        for task in journey.tasks
    ]
    missing = [task for task in journey.tasks if task.blocks]
    context = {"case": case, "sections": sections, "missing": missing, "judged": judged, "notice": notice}
    return page(request, "check", context)


def _send(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    try:
        take_for(request, limits.SEND)
    except TooOften as problem:
        words = _("There have been very many requests from your network. Your story is kept: send it after %(time)s.")
        return _check_page(request, case, notice=words % {"time": clock_time(problem)})
    if trapped(request):
        _note_trap(case)
    try:
        keep_open(request, send(case, version=version_of(request)))
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
def discard(request: HttpRequest) -> HttpResponse:
    """Throw away a story that was not sent, with everything about the person."""
    case = case_of(request)
    if case is None or case.status not in (Status.DRAFT, Status.AWAITING_CONFIRMATION):
        return redirect("joinin:start" if case is None else "joinin:status")
    if request.method != "POST":
        return page(request, "discard", {"case": case})
    try:
        perform("discard", case_id=case.pk, actor=CONTRIBUTOR, version=version_of(request))
    except (MoveRefused, ChangedSince, CaseStudy.DoesNotExist):
        say(request, _("This has changed since you opened it. Look again before you discard it."))
        return redirect("joinin:status")
    close_in_browser(request)
    return page(request, "discarded")
