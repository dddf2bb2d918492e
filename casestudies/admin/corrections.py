"""The correction of a published story on the workbench, and its place among the featured."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies import corrections, guards
from casestudies.admin.letters import Letter, letters_of
from casestudies.admin.moves import typed
from casestudies.admin.offers import named
from casestudies.featured import ListChanged, ListFull, feature, featured, mark
from casestudies.models import CaseStudy, CaseStudyEdition
from casestudies.models.cases import FEATURED_MOST
from casestudies.services import MoveRefused, Words, actor_for
from casestudies.vocabulary import Correction, Status
from casestudies.workflow import rules
from foundation.people.admin import signed_in
from foundation.publishing.admin.doings import PlanningDoings, seen_edition
from foundation.publishing.admin.forms import words_box
from foundation.publishing.gate import Obstacle
from foundation.publishing.prose import clean_text
from foundation.publishing.services import ChangedSince, GateClosed, NotWorking

#: The buttons, and from which states of the correction each leads.
BUTTONS = {
    "send": (Correction.EDITING,),
    "without": (Correction.EDITING, Correction.WITH_CONTRIBUTOR),
    "take-back": (Correction.WITH_CONTRIBUTOR, Correction.AGREED),
}


#: What the contributor is written with each button, while the correction is in that state.
LETTERS = {
    "send": (Correction.EDITING, "correction-proof"),
    "take-back": (Correction.WITH_CONTRIBUTOR, "proof-taken-back"),
    "publish": (Correction.AGREED, "corrected"),
}

#: The forms that ask for a reason: why the contributor is not asked, or not waited for; why one decides on a story of one's own.
WITHOUT, OWN = "without", "own"


class ReasonForm(forms.Form):
    """Why something is done, in either language or both."""

    reason_cy = words_box(gettext_lazy("Reason, in Welsh"), "cy", rows=2, most=2000)
    reason_en = words_box(gettext_lazy("Reason, in English"), "en", rows=2, most=2000)

    @property
    def words(self) -> Words:
        data = {name: clean_text(text).strip() for name, text in self.cleaned_data.items()}
        return Words(cy=data["reason_cy"], en=data["reason_en"])


class WordsForm(ReasonForm):
    """What an editor adds to the message of a button, where it has a place for that."""

    reason_cy = words_box(gettext_lazy("Your words in Welsh, if you want to add some"), "cy", rows=3, most=5000)
    reason_en = words_box(gettext_lazy("Your words in English, if you want to add some"), "en", rows=3, most=5000)


@dataclass(frozen=True, slots=True)
class Going:
    """The message that goes with a button, in each language it goes in, with the boxes in it; and the box that is in none."""

    letters: list[Letter]
    form: WordsForm

    @property
    def other_boxes(self) -> list[BoundField]:
        inside = {letter.box.name for letter in self.letters if letter.box}
        return [box for box in self.form if inside and box.name not in inside]

    @property
    def is_open(self) -> bool:
        return self.form.is_bound or any(self.form.initial.values())


class CorrectionDoings(PlanningDoings):
    """For `CaseStudyAdmin`: what is done with a correction, instead of what `ContentAdmin` does with other texts."""

    def find_correcting(self, kind: str, rest: str) -> Callable[[HttpRequest, Any], bool] | None:
        if kind == "correction" and rest in BUTTONS:
            return partial(self.move_correction, name=rest)
        if kind == "feature":
            return self.feature
        return None

    def correct(self, request: HttpRequest, case: CaseStudy) -> bool:
        return self._do(request, lambda: corrections.start_correction(case_id=case.pk, actor=self.actor(request)))

    def move_correction(self, request: HttpRequest, case: CaseStudy, *, name: str) -> bool:
        if request.POST.get("seen_case") != str(case.version) or request.POST.get("seen_edition") != str(
            getattr(case.working, "version", "")
        ):
            self.tell_clash(request)
            return False
        reason = _reason(request, WITHOUT) if name == "without" else Words()
        if name == "without" and not reason:
            return False
        words = _words(request, name)
        if words is None:
            return False
        about: dict[str, Any] = {"case_id": case.pk, "actor": self.actor(request), "version": case.version}
        acts: dict[str, Callable[[], object]] = {
            "send": lambda: corrections.send_correction(**about, words=words),
            "without": lambda: corrections.agree_without_contributor(**about, reason=reason),
            "take-back": lambda: corrections.take_back_correction(**about, words=words),
        }
        return self._do(request, acts[name])

    def publish(self, request: HttpRequest, case: CaseStudy) -> bool:
        """The correction in the place of what readers see: all that a first publication asks, asked again."""
        working = case.working
        if working is None:
            self.tell_clash(request)
            return False
        actor, seen = self.actor(request), seen_edition(request)
        if not rules()["publish"].may(case, actor):
            raise PermissionDenied
        is_own = guards.is_own(case, actor)
        reason = _reason(request, OWN) if is_own else Words()
        words = _words(request, "publish")
        if (is_own and not reason) or words is None:
            return False
        if self._do(
            request,
            lambda: corrections.publish_correction(
                correction=working, actor=actor, version=seen, reason=reason, words=words
            ),
        ):
            messages.success(request, _("It is published, in both languages at once."))
            return True
        return False

    def plan(self, request: HttpRequest, case: CaseStudy) -> bool:
        """At a set time: only what could be published now."""
        if not rules()["publish"].may(case, self.actor(request)):
            raise PermissionDenied
        if case.working is None:
            self.tell_clash(request)
            return False
        if found := corrections.obstacles_of(case.working):
            return _tell(request, found)
        if guards.is_own(case, self.actor(request)):  # the clock gives no reason
            messages.error(request, _("Publish the correction of a story of your own yourself, and say why."))
            return False
        return super().plan(request, case)

    def discard(self, request: HttpRequest, case: CaseStudy) -> bool:
        """Give up the correction."""
        about: dict[str, Any] = {"case_id": case.pk, "actor": self.actor(request), "version": seen_edition(request)}
        if self._do(request, lambda: corrections.discard_correction(**about)):
            messages.success(request, _("The correction is given up. Readers see what they saw before."))
            return True
        return False

    def _do(self, request: HttpRequest, act: Callable[[], object]) -> bool:
        try:
            act()
        except (ChangedSince, NotWorking):
            self.tell_clash(request)
        except GateClosed as closed:
            return _tell(request, closed.obstacles)
        except MoveRefused as refused:
            if refused.code == "not-allowed":
                raise PermissionDenied from None
            return _tell(request, refused.obstacles)
        else:
            return True
        return False

    def feature(self, request: HttpRequest, case: CaseStudy) -> bool:
        """Give the story a place among the featured, or none."""
        place = request.POST.get("featured", "")
        if place not in {"", *map(str, range(1, FEATURED_MOST + 1))}:
            raise Http404
        try:
            done = self._do(
                request,
                lambda: feature(
                    case_id=case.pk,
                    place=int(place) if place else None,
                    actor=self.actor(request),
                    seen=request.POST.get("seen_featured", ""),
                ),
            )
        except ListChanged:
            messages.error(
                request, _("The list of the featured has changed since you opened it. Look at it again, then decide.")
            )
            return False
        except ListFull:
            messages.error(request, _("So many are featured already: take one of them away first."))
            return False
        if done:
            messages.success(request, _("It is stored which case studies are featured."))
        return done


def _reason(request: HttpRequest, prefix: str) -> Words:
    """What was typed into the boxes of a reason; where that is nothing, or too much, the page says so and shows them open."""
    form = ReasonForm(request.POST, prefix=prefix)
    if form.is_valid() and form.words:
        return form.words
    request.reason_form = form  # type: ignore[attr-defined]
    messages.error(request, _("Say why, in Welsh, in English or in both."))
    return Words()


def _reason_form(request: HttpRequest, prefix: str) -> ReasonForm:
    """The boxes of a reason, as they were refused, or with what was typed while something else was done."""
    refused: ReasonForm | None = getattr(request, "reason_form", None)
    return (
        refused if refused and refused.prefix == prefix else ReasonForm(initial=typed(request, prefix), prefix=prefix)
    )


def _prefix(button: str) -> str:
    return f"correction-{button}"


def _words(request: HttpRequest, button: str) -> Words | None:
    """What was added to the message of a button; None, and said, where it is too long."""
    form = WordsForm(request.POST, prefix=_prefix(button))
    if form.is_valid():
        return form.words
    request.words_form = form  # type: ignore[attr-defined]
    messages.error(request, _("Something is missing. Nothing has been done yet."))
    return None


def _words_form(request: HttpRequest, button: str) -> WordsForm:
    """The boxes in a message, as they were refused, or with what was typed while something else was done."""
    refused: WordsForm | None = getattr(request, "words_form", None)
    prefix = _prefix(button)
    return refused if refused and refused.prefix == prefix else WordsForm(initial=typed(request, prefix), prefix=prefix)


def _tell(request: HttpRequest, found: list[Obstacle]) -> bool:
    words = _("This cannot be done yet: something stands in the way.")
    messages.error(request, " ".join([words, *dict.fromkeys(str(obstacle.message) for obstacle in found)]))
    return False


def correction_context(request: HttpRequest, case: CaseStudy) -> dict[str, Any]:
    """What the workbench shows of the correction of a published story, and of the featured. Nothing of any other."""
    if case.status != Status.PUBLISHED:
        return {}
    correction = corrections.correction_of(case)
    actor = actor_for(signed_in(request))
    may_decide, is_own = rules()["publish"].may(case, actor), guards.is_own(case, actor)
    context: dict[str, Any] = {"featured": featured() if may_decide else [], "may_feature": may_decide}
    context["featured_places"] = [str(place) for place in range(1, FEATURED_MOST + 1)]
    context["seen_featured"] = mark(context["featured"])
    context["featured_place"] = request.POST.get("featured", str(case.featured or ""))
    if correction is None:
        return context
    asks = corrections.asks_contributor(case)
    return context | {
        "correction": correction,
        "correction_obstacles": named(case, corrections.obstacles_of(correction)),
        "correction_asks": asks,
        "correction_letters": _letters(request, case, correction) if asks else {},
        "correction_buttons": [name for name, states in BUTTONS.items() if asks and correction.correction in states],
        "without_form": _reason_form(request, WITHOUT),
        "own_form": _reason_form(request, OWN) if is_own else None,
        "may_publish_correction": may_decide,
        "may_plan_correction": may_decide and not is_own,
    }


def _letters(request: HttpRequest, case: CaseStudy, correction: CaseStudyEdition) -> dict[str, Going]:
    """By button, the message as it would go now."""
    found = {}
    for button, (state, kind) in LETTERS.items():
        if correction.correction == state:
            form = _words_form(request, button)
            letters = letters_of(kind, case, form=form, asked=(), new=False)
            found[button.replace("-", "_")] = Going(letters, form)
    return found


def reasons_asked(context: dict[str, Any]) -> set[str]:
    """The prefixes of the forms of a reason that the page of `correction_context` has."""
    decides = bool(context.get("may_publish_correction"))
    found = {WITHOUT} if decides and WITHOUT in context["correction_buttons"] else set()
    found |= {going.form.prefix or "" for going in context.get("correction_letters", {}).values()}
    return found | ({OWN} if decides and context["own_form"] and not context["correction_obstacles"] else set())
