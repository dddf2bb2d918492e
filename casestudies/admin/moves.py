"""The moves as buttons: what each asks of the person who makes it, and making it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casestudies import guards
from casestudies.admin.letters import takes_words
from casestudies.models import CaseStudy
from casestudies.services import Words
from casestudies.vocabulary import Status
from casestudies.workflow import Rule, rules
from foundation.bilingual.languages import Language
from foundation.people.models import User
from foundation.problems.models import State
from foundation.publishing.admin.forms import words_box
from foundation.publishing.admin.planning import MomentField, SuccessorField
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
    "plan": pgettext_lazy("log", "time of publication set"),
    "plan-cleared": pgettext_lazy("log", "time of publication taken away"),
    "plan-failed": pgettext_lazy("log", "not published at the time that was set"),
    "correction-started": pgettext_lazy("log", "correction started"),
    "correction-discarded": pgettext_lazy("log", "correction given up"),
    "correction-sent": pgettext_lazy("log", "correction sent to the contributor"),
    "correction-taken-back": pgettext_lazy("log", "correction taken back"),
    "correction-agreed": pgettext_lazy("log", "correction agreed to"),
    "correction-changes": pgettext_lazy("log", "changes to the correction asked for"),
    "correction-not-asked": pgettext_lazy("log", "correction agreed without the contributor"),
    "feature": pgettext_lazy("log", "featured"),
    "feature-ended": pgettext_lazy("log", "no longer featured"),
    "override-unchecked": pgettext_lazy("log", "override: not yet checked by a speaker"),
    "override-one-language": pgettext_lazy("log", "override: one language only"),
    "override-removed": pgettext_lazy("log", "override taken away"),
    "restore": pgettext_lazy("log", "earlier words put back"),
    "redact": pgettext_lazy("log", "passages redacted"),
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
    "invite": pgettext_lazy("log", "invitation sent"),
    "revoke": pgettext_lazy("log", "invitation revoked"),
    "accept-invitation": pgettext_lazy("log", "invitation accepted"),
    "end-sessions": pgettext_lazy("log", "sessions ended"),
    "reset-second-step": pgettext_lazy("log", "second step of signing in reset"),
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
    return User.objects.filter(is_active=True, is_staff=True, groups__name__in=["Editors", "Administrators"]).distinct()


class MoveForm(forms.Form):
    """What a move asks: a reason in either language or both, an editor, a time, a contributor. Prefixed with the move."""

    reason_cy = words_box(_("Reason, in Welsh"), "cy", rows=3, most=5000)
    reason_en = words_box(_("Reason, in English"), "en", rows=3, most=5000)
    to = forms.ModelChoiceField(
        label=_("Editor"), queryset=User.objects.none(), required=False, empty_label=_("nobody")
    )
    publish_at = MomentField()
    leads_to = SuccessorField()
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
        "archive": ("leads_to",),
        "change_contributor": ("name", "email", "language"),
    }

    def __init__(
        self,
        *args: Any,
        move: str,
        asks_reason: bool,
        takes_words: bool = False,
        case: CaseStudy | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{**kwargs, "prefix": move})
        self.asks_reason = asks_reason
        self.says_enough = False  # what goes with the move says why
        self.own = self.BY_MOVE.get(move, ())
        wanted = {*self.own, *(("reason_cy", "reason_en") if asks_reason or takes_words else ())}
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if takes_words and not asks_reason:
            self.fields["reason_cy"].label = _("Your words in Welsh, if you want to add some")
            self.fields["reason_en"].label = _("Your words in English, if you want to add some")
        if "leads_to" in self.fields:
            self.fields["leads_to"].but = case  # type: ignore[attr-defined]
        if "to" in self.fields:
            self.fields["to"].queryset = editors()  # type: ignore[attr-defined]

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


def asks_reason(rule: Rule, case: CaseStudy, actor: Actor) -> bool:
    """Where the rule says so, and where somebody decides on a story of their own because nobody else can."""
    return rule.reason or (rule.decides and guards.is_own(case, actor) and rule.may(case, actor))


def form_of(name: str, case: CaseStudy, actor: Actor, data: Any = None, **kwargs: Any) -> MoveForm:
    """The form of a move, for this person."""
    rule = rules()[name]
    why, words = asks_reason(rule, case, actor), takes_words(rule, case, actor)
    return MoveForm(data, move=name, asks_reason=why, takes_words=words, case=case, **kwargs)


def typed(request: HttpRequest, move: str) -> dict[str, str]:
    """What was typed into the form of a move, when this page is shown again."""
    start = f"{move}-"
    return {key.removeprefix(start): str(value) for key, value in request.POST.items() if key.startswith(start)}
