"""The moves as buttons: what each asks of the person who makes it, and making it."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casestudies import guards
from casestudies.models import CaseStudy
from casestudies.services import Words, actor_for, moves_for
from casestudies.vocabulary import Status
from casestudies.workflow import Rule, rules
from foundation.bilingual.languages import Language
from foundation.people.admin import signed_in
from foundation.people.models import User
from foundation.problems.models import State
from foundation.publishing.admin.rows import with_labels
from foundation.publishing.gate import Obstacle
from foundation.publishing.models import Stage
from foundation.publishing.prose import clean_text
from foundation.record.actors import Actor

#: Codes of the log that are no moves.
OTHER_CODES: dict[str, str | Promise] = {
    "start": pgettext_lazy("log", "started"),
    "write": pgettext_lazy("log", "written by an editor"),
    "go-live": pgettext_lazy("log", "went live"),
    "finding": pgettext_lazy("log", "safeguarding finding added"),
    "finding-cleared": pgettext_lazy("log", "safeguarding finding cleared"),
    "finding-justified": pgettext_lazy("log", "safeguarding finding justified"),
    "override-unchecked": pgettext_lazy("log", "override: not yet checked by a speaker"),
    "override-one-language": pgettext_lazy("log", "override: one language only"),
    "override-removed": pgettext_lazy("log", "override taken away"),
    "remind": pgettext_lazy("log", "contributor reminded"),
    "comment": pgettext_lazy("log", "question or note written"),
    "comment-taken-away": pgettext_lazy("log", "question or note taken away"),
    "questions-sent": pgettext_lazy("log", "questions sent to the contributor"),
    "answer": pgettext_lazy("log", "questions answered"),
    "ask-if-true": pgettext_lazy("log", "contributor asked whether it is still true"),
    "confirm-true": pgettext_lazy("log", "confirmed as still true"),
    "has-changed": pgettext_lazy("log", "reported as no longer true"),
    "headteacher-asked": pgettext_lazy("log", "headteacher asked"),
    "headteacher-reminded": pgettext_lazy("log", "headteacher reminded"),
    "headteacher-agreed": pgettext_lazy("log", "headteacher agreed"),
    "headteacher-refused": pgettext_lazy("log", "headteacher did not agree"),
    "credit-told": pgettext_lazy("log", "somebody who is named was told"),
    "credit-declined": pgettext_lazy("log", "somebody declined to be named"),
    "credit-accepted": pgettext_lazy("log", "somebody who had declined may be named"),
    "contact-declined": pgettext_lazy("log", "somebody who is named does not show their address"),
    "picture-withdrawn": pgettext_lazy("log", "picture withdrawn"),
    "document-published": pgettext_lazy("log", "copy of a document chosen to be published"),
    "document-taken-back": pgettext_lazy("log", "copy of a document taken back"),
    "hide": pgettext_lazy("log", "part of the story hidden from readers"),
    "show-again": pgettext_lazy("log", "hidden part shown again"),
    "erase-people": pgettext_lazy("log", "people erased; the text stays"),
    "erase-words": pgettext_lazy("log", "people and words erased"),
    "erase-all": pgettext_lazy("log", "everything erased"),
    "forget": pgettext_lazy("log", "let go after its time"),
    "problem-reported": pgettext_lazy("log", "problem reported"),
    "problem-let-in": pgettext_lazy("log", "no junk after all"),
    "problem-answered": pgettext_lazy("log", "problem answered"),
    "problem-closed": pgettext_lazy("log", "problem closed"),
    "problem-reopened": pgettext_lazy("log", "problem opened again"),
    "message-bounced": pgettext_lazy("log", "a message came back"),
    "work-merged": pgettext_lazy("log", "two works made one"),
    "citation-excused": pgettext_lazy("log", "citation finding excused"),
    "citation-excuse-taken-back": pgettext_lazy("log", "excuse of a citation finding taken back"),
    "citation-linked": pgettext_lazy("log", "citation linked to a work"),
    "citation-link-taken-back": pgettext_lazy("log", "link of a citation taken back"),
    "citation-listed": pgettext_lazy("log", "work added to the reference list"),
    "import": pgettext_lazy("log", "imported from a document"),
    "translation-import": pgettext_lazy("log", "translation file brought in"),
    "add": pgettext_lazy("log", "person added"),
    "activate": pgettext_lazy("log", "person activated"),
    "deactivate": pgettext_lazy("log", "person deactivated"),
}


def label_of_code(code: str) -> str:
    """What a code of the log means, in words; the code itself where nobody has given it any."""
    rule = rules().get(code)
    return str(rule.label if rule else OTHER_CODES.get(code, code))


def label_of_state(state: str) -> str:
    """A status of a case study, a stage of an edition, or how far a problem has come, in words."""
    for states in (Status, Stage, State):
        if state in states.values:
            return str(states(state).label)
    return state


def editors() -> QuerySet[User]:
    """Those who may hold a case study."""
    return User.objects.filter(is_active=True, groups__name__in=["Editors", "Administrators"]).distinct()


class MoveForm(forms.Form):
    """What a move asks: a reason in either language or both, an editor, a time, a contributor. Prefixed with the move."""

    reason_cy = forms.CharField(
        label=_("Reason, in Welsh"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "cy"}),
    )
    reason_en = forms.CharField(
        label=_("Reason, in English"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )
    to = forms.ModelChoiceField(
        label=_("Editor"), queryset=User.objects.none(), required=False, empty_label=_("nobody")
    )
    publish_at = forms.DateTimeField(
        label=_("Date and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Enter the date and time of publication."),
            "invalid": _("Enter a date and a time, such as 2027-03-01T09:00."),
        },
    )
    name = forms.CharField(
        label=_("New contributor’s name"), max_length=150, error_messages={"required": _("Enter the name.")}
    )
    email = forms.EmailField(
        label=_("New contributor’s email address"),
        max_length=254,
        error_messages={
            "required": _("Enter the email address."),
            "invalid": _("Enter an email address, like name@example.org."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of correspondence"), required=False, choices=[("", _("not known")), *Language.choices]
    )

    BY_MOVE = {
        "assign": ("to",),
        "schedule": ("publish_at",),
        "change_contributor": ("name", "email", "language"),
    }

    def __init__(self, *args: Any, move: str, asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": move})
        self.asks_reason = asks_reason
        self.says_enough = False  # what goes with the move says why
        self.own = self.BY_MOVE.get(move, ())
        wanted = {*self.own, *(("reason_cy", "reason_en") if asks_reason else ())}
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if "to" in self.fields:
            self.fields["to"].queryset = editors()  # type: ignore[attr-defined]

    def clean_publish_at(self) -> Any:
        moment = self.cleaned_data["publish_at"]
        if moment <= timezone.now():
            raise ValidationError(_("Choose a time that is still to come, or publish now."), code="past")
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("reason_cy", "reason_en", "name"):
            if name in cleaned:
                cleaned[name] = clean_text(cleaned[name]).strip()
        if self.asks_reason and not self.says_enough and not (cleaned.get("reason_cy") or cleaned.get("reason_en")):
            first = "reason_cy" if "reason_cy" in self.fields else None
            self.add_error(
                first, ValidationError(_("Say why, in Welsh, in English or in both."), code="reason-missing")
            )
        return cleaned

    @property
    def reason(self) -> Words:
        return Words(cy=self.cleaned_data.get("reason_cy", ""), en=self.cleaned_data.get("reason_en", ""))

    @property
    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.own}


@dataclass(frozen=True, slots=True)
class Offered:
    """One move that the person may make from here, with its form and what stands in the way now."""

    name: str
    label: str | Promise
    form: MoveForm
    obstacles: list[tuple[str | Promise, Obstacle]] = field(default_factory=list)  # each with the name of its field

    @property
    def is_open(self) -> bool:
        """Whether its form is shown unfolded: something was typed into it, or is wrong with it."""
        return bool(self.form.is_bound or any(self.form.initial.values()))


def asks_reason(rule: Rule, case: CaseStudy, actor: Actor) -> bool:
    """Where the rule says so, and where somebody decides on a story of their own because nobody else can."""
    return rule.reason or (rule.decides and guards.is_own(case, actor) and rule.may(case, actor))


def offered(request: HttpRequest, case: CaseStudy) -> list[Offered]:
    """The moves for the person who looks. What they had typed before stands in the forms again."""
    actor = actor_for(signed_in(request))
    refused: MoveForm | None = getattr(request, "move_form", None)
    found = []
    for name, rule, obstacles in moves_for(case, actor):
        form = refused if refused is not None and refused.prefix == name else None
        form = form or MoveForm(move=name, asks_reason=asks_reason(rule, case, actor), initial=typed(request, name))
        found.append(Offered(name, rule.label, form, named(case, obstacles)))
    return found


def named(case: CaseStudy, obstacles: list[Obstacle]) -> list[tuple[str | Promise, Obstacle]]:
    edition = case.working or case.live
    return with_labels(edition, obstacles) if edition else [("", obstacle) for obstacle in obstacles]


def typed(request: HttpRequest, move: str) -> dict[str, str]:
    """What was typed into the form of a move, when this page is shown again."""
    start = f"{move}-"
    return {key.removeprefix(start): str(value) for key, value in request.POST.items() if key.startswith(start)}


def kept(request: HttpRequest, moves: list[Offered], *, overrides: bool) -> list[tuple[str, str]]:
    """What was typed for moves, or for an override, that are no longer there: it stays on the page, to be copied.

    `overrides`: whether the page has the form of an override. Gives the names of the boxes with their texts.
    """
    shown = {move.name for move in moves}
    return [
        (key, str(text))
        for key, text in request.POST.items()
        if str(text).strip()
        and (("-reason_" in key and key.split("-")[0] not in shown) or (key == "override_reason" and not overrides))
    ]
