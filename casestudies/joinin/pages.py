"""What the views of Join In have in common: rendering, saying things once, and the limits."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casestudies.joinin.asking import Typed
from casestudies.joinin.forms import StepForm
from casestudies.joinin.journey import Journey
from casestudies.joinin.limits import TooOften
from casestudies.joinin.steps import Step
from casestudies.models import CaseStudy
from foundation.bilingual.languages import Language, current
from foundation.bilingual.words import format_date

P = ParamSpec("P")
#: The name of the box that people do not see.
TRAP = "website"


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


def too_often(request: HttpRequest, problem: TooOften) -> HttpResponse:
    """A page of its own for a limit that was reached: it holds what was typed, to be sent again from there."""
    typed = [(name, one) for name, given in request.POST.lists() for one in given if name != "csrfmiddlewaretoken"]
    return page(request, "too_often", {"again_at": clock_time(problem), "typed": typed}, status=429)


def clock_time(problem: TooOften) -> str:
    """When it may be tried again, by the clock on the wall; a full minute later, so that it is true."""
    return f"{timezone.localtime(problem.until) + timedelta(minutes=1):%H:%M}"


def too_often_words(problem: TooOften) -> str:
    return _(
        "There have been very many requests from your network, so this was not saved yet. What you typed is still here: "
        "try again after %(time)s."
    ) % {"time": clock_time(problem)}


def is_answer(request: HttpRequest) -> bool:
    """Whether a form was sent to be acted on: not looked at, and not carried over to the page in the other language."""
    return request.method == "POST" and "switch" not in request.POST


F = TypeVar("F", bound=StepForm)


def small_form(request: HttpRequest, form: type[F], initial: Typed, case: CaseStudy | None = None, **options: Any) -> F:
    """A form that stands alone: fresh, sent, or carried over from the other language with its errors if it showed any."""
    journey = Journey(case or CaseStudy())
    fresh = form(journey=journey, typed=initial, **options)
    if request.method != "POST":
        return fresh
    judged = "judged" in request.POST or is_answer(request)
    return form(journey=journey, typed=fresh.take(request.POST, {}), judged=judged, **options)


def trapped(request: HttpRequest) -> bool:
    """Whether something filled in the box that people do not see."""
    return bool(request.POST.get(TRAP))


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
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0
