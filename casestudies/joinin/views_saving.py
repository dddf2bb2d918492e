"""Saving a page as somebody types, asked for by a script: a short answer, no judgement, and nothing of anybody's replaced."""

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from casestudies.joinin import limits
from casestudies.joinin.access import is_closed
from casestudies.joinin.journey import EDITABLE, changing
from casestudies.joinin.limits import TooOften
from casestudies.joinin.pages import know_languages
from casestudies.joinin.saving import take_in, write_marks
from casestudies.joinin.steps import Step
from casestudies.models import CaseStudy
from foundation.people.public_forms import trapped


def is_typing(request: HttpRequest) -> bool:
    """Whether this came from the script, and not from a button."""
    return "typing" in request.POST


def save_typing(request: HttpRequest, step: Step, case: CaseStudy | None) -> JsonResponse:
    """Keep what is typed so far. About ten queries, whatever the page; files stay where they are until a button is pressed.

    `made_from` in the answer is what the page knows from here on. Only "saved" says that something was kept.
    """
    if case is None or is_closed(request, step.key):
        return _answer("closed", closed_words(), 409)
    try:
        limits.take(limits.TYPING, str(case.uuid))
    except TooOften as problem:
        words = _("Not saved: try again after %(time)s. Keep this page open.") % {"time": problem.clock_time}
        return _answer("later", words, 429)
    try:
        with transaction.atomic():
            return _kept(request, step, case)
    except CaseStudy.DoesNotExist:  # it was discarded in another tab since this request began
        return _answer("closed", closed_words(), 409)


def _kept(request: HttpRequest, step: Step, case: CaseStudy) -> JsonResponse:
    journey = changing(case)
    if journey.case.status not in EDITABLE:
        return _answer("closed", _("Not saved: this story has been sent already. Copy what you want to keep."), 409)
    know_languages(request, step, journey)
    taken = take_in(journey, step, request.POST, typing=True)
    if taken.both:
        words = _(
            "Not saved: somebody else has changed this page. Press “Save and continue” to see both; nothing is overwritten."
        )
        return _answer("both", words, 409)
    if trapped(request):
        journey.remember(trapped=True)
    journey.keep_typing()
    return _answer("saved", saved_words(), 200, made_from=write_marks(taken.marks))


def saved_words() -> str:
    return _("Saved %(time)s") % {"time": f"{timezone.localtime():%H:%M}"}


def closed_words() -> str:
    return _("Not saved: this story is no longer open in this browser. Copy what you want to keep.")


def not_kept(words: str) -> JsonResponse:
    """It cannot be kept, and trying again will not help."""
    return _answer("closed", words, 409)


def _answer(state: str, words: str, status: int, **more: str) -> JsonResponse:
    return JsonResponse({"state": state, "words": words, **more}, status=status)
