"""What the views of Join In have in common: rendering, saying things once, and the limits."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casestudies.joinin import limits
from casestudies.joinin.asking import Typed
from casestudies.joinin.forms import StepForm, whole_number
from casestudies.joinin.journey import EDITABLE, Journey, changing
from casestudies.joinin.limits import TooOften, take_for
from casestudies.joinin.steps import BY_KEY, Step
from casestudies.models import CaseStudy
from foundation.bilingual.languages import Language, current
from foundation.bilingual.words import format_date
from foundation.people.public_forms import TRAP, is_answer

P = ParamSpec("P")
T = TypeVar("T")


def private(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """No cache that others share keeps this page; the browser asks again each time, and Back works all the same.

    A limit that is reached on the way is told in words, with what was typed.
    """

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except TooOften as problem:
            response = too_often(request, problem)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return answered


def page(request: HttpRequest, name: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """Render a template of Join In."""
    return render(request, f"joinin/{name}.html", {"trap": TRAP, **(context or {})}, status=status)


def say(request: HttpRequest, text: str | Promise) -> None:
    """Have the next page say `text`, once."""
    messages.info(request, str(text))


def none_open(request: HttpRequest) -> HttpResponse:
    """To the start, and why: there is no story to write in."""
    say(request, _("No story is open in this browser. Start one here, or follow the link in our last message to you."))
    return redirect("joinin:start")


def language_first(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the language(s) of the story, which this page depends on."""
    say(request, _("First choose the language you will write your story in."))
    return redirect(BY_KEY["writing"])


def other_story_words() -> str:
    return _("Another story is open in this browser by now, so this was not saved. Copy what you want to keep.")


def changed_words() -> str:
    return _("This has changed since you opened it. What you see now is how it stands.")


def gone_words() -> str:
    return _("That is no longer possible. What you see now is how it stands.")


def spent(request: HttpRequest, old: T | None, renew: Callable[[T], object], **whose: bool) -> HttpResponse:
    """For a link that does not work: one that only became too old (`old`) is renewed from here, to the same address."""
    if request.method != "POST" or old is None:
        return page(request, "link_spent", {"old": old, **whose}, status=404 if old is None else 410)
    take_for(request, limits.ASK)
    renew(old)
    return page(request, "asked")


def too_often(request: HttpRequest, problem: TooOften) -> HttpResponse:
    """A page of its own for a limit that was reached: it holds what was typed, to be sent again from there."""
    typed = [(name, one) for name, given in request.POST.lists() for one in given if name != "csrfmiddlewaretoken"]
    return page(request, "too_often", {"again_at": problem.clock_time, "typed": typed}, status=429)


def too_often_words(problem: TooOften) -> str:
    return _(
        "There have been very many requests from your network, so this was not saved yet. What you typed is still here: "
        "try again after %(time)s."
    ) % {"time": problem.clock_time}


F = TypeVar("F", bound=StepForm)


def small_form(request: HttpRequest, form: type[F], initial: Typed, case: CaseStudy | None = None, **options: Any) -> F:
    """A form that stands alone: fresh, sent, or carried over from the other language with its errors if it showed any."""
    journey = Journey(case or CaseStudy())
    fresh = form(journey=journey, typed=initial, **options)
    if request.method != "POST":
        return fresh
    judged = "judged" in request.POST or is_answer(request)
    return form(journey=journey, typed=fresh.take(request.POST, {}), judged=judged, **options)


def note_trap(case: CaseStudy) -> None:
    """Remember with a story that something filled in the box that people do not see."""
    with transaction.atomic():
        journey = changing(case)
        if journey.case.status in EDITABLE:
            journey.remember(trapped=True)
            journey.keep()


def day_in_words(day: date | None) -> str:
    """The day in the reader's language, or nothing."""
    return format_date(day, current().value) if day else ""


def know_languages(request: HttpRequest, step: Step, journey: Journey) -> None:
    """A page of the story that comes in before its languages were chosen brings them along in the names of its fields."""
    if not step.in_story_languages or journey.languages:
        return
    stems = [name.split("-")[0] for name in request.POST]
    found = [one.value for one in Language if any(stem.endswith(f"_{one.value}") for stem in stems)]
    if found:
        journey.draft.answers["writing"] = {"writing": "both" if len(found) == 2 else found[0]}


def version_of(request: HttpRequest) -> int:
    """The version the person was looking at; what cannot be one is an old one."""
    return whole_number(request.POST.get("version", ""))
