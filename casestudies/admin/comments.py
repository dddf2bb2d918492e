"""Questions about passages on the workbench: written for the contributor or as a note among editors, sent, taken away."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casestudies.admin.letters import QUESTIONS, letters_of
from casestudies.admin.moves import typed
from casestudies.models import COMMENTED, CaseStudy, CaseStudyEdition, Comment
from casestudies.passages import Passage, passage, plain
from casestudies.questions import ANSWERABLE, SENDABLE, NoCommonLanguage, send_questions
from casestudies.services import MoveRefused
from casestudies.vocabulary import CLAIMABLE, Status
from foundation.bilingual.languages import Language
from foundation.people.admin import key_of, signed_in
from foundation.publishing.admin.forms import words_box
from foundation.publishing.prose import clean_text
from foundation.record.actors import Actor
from foundation.record.services import write

MIXED = gettext_lazy(
    "Nothing is sent yet: there is no language that all of it is written in. Write the reason and every question in one "
    "language, or in both."
)
#: Answers are looked for where an editor works, or is to begin.
IN_HAND = (Status.SUBMITTED, *CLAIMABLE)


def _texts() -> list[tuple[str, Any]]:
    """Each text in each language, as `field_language`, the two languages of a text together."""
    names = {field: CaseStudyEdition._meta.get_field(field).verbose_name for field in COMMENTED}  # type: ignore[union-attr]
    return [(f"{field}_{one}", f"{names[field]} – {one.label}") for field in COMMENTED for one in Language]


class CommentForm(forms.Form):
    """A question about a passage. The passage is pasted, or taken over by a script from what is selected on the page."""

    about = forms.ChoiceField(label=gettext_lazy("Text"), choices=_texts)
    quote = forms.CharField(
        label=gettext_lazy("Passage"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Copy it from the text above, or select it there. Empty: the whole text."),
    )
    text_cy = words_box(gettext_lazy("Question, in Welsh"), "cy", rows=2, most=2000)
    text_en = words_box(gettext_lazy("Question, in English"), "en", rows=2, most=2000)
    is_internal = forms.BooleanField(label=gettext_lazy("A note for editors only"), required=False)

    prefix = "comment"

    def __init__(self, *args: Any, edition: CaseStudyEdition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("quote", "text_cy", "text_en"):
            cleaned[name] = clean_text(cleaned.get(name, "")).strip()
        if not (cleaned["text_cy"] or cleaned["text_en"]):
            self.add_error("text_cy", ValidationError(_("Write the question, in Welsh, in English or in both.")))
        quote, about = cleaned["quote"], cleaned.get("about")
        if quote and about and " ".join(quote.split()) not in " ".join(plain(self.edition, about).split()):
            self.add_error("quote", ValidationError(_("This passage is not in that text. Copy it word for word.")))
        return cleaned


@dataclass(frozen=True, slots=True)
class Shown:
    """One comment on the workbench."""

    comment: Comment
    label: Any
    passage: Passage
    is_new: bool  # answered, and no editor has done anything about the story since


def comments_context(
    request: HttpRequest,
    case: CaseStudy,
    edition: CaseStudyEdition | None,
    comments: Sequence[Comment],
    acted_at: datetime | None,
) -> dict[str, Any]:
    """For the template; what was typed and refused stands in the form again.

    `acted_at`: when an editor last did something about the story.
    """
    labels = dict(_texts())
    shown = [
        Shown(one, labels[one.column], passage(one, edition), _is_new(one, acted_at) and case.status in IN_HAND)
        for one in comments
    ]
    form = getattr(request, "comment_form", None) or CommentForm(edition=edition, initial=typed(request, "comment"))
    waiting = to_send(comments)
    sends = bool(waiting) and case.status in SENDABLE and has_address(case)
    return {
        "comments": shown,
        "new_answers": [one for one in shown if one.is_new],
        "comment_form": form,
        "may_comment": case.status in ANSWERABLE,
        "questions_to_send": marks_of(waiting),
        "sends_questions": bool(waiting) and case.status in SENDABLE,
        "question_letters": letters_of(QUESTIONS, case, form=None, asked=waiting, new=False) if sends else [],
    }


def has_address(case: CaseStudy) -> bool:
    contributor = case.contributor_or_none
    return bool(contributor and contributor.email)


def to_send(comments: Sequence[Comment]) -> list[Comment]:
    """The questions that have not gone to the contributor."""
    return [comment for comment in comments if not comment.is_internal and comment.sent_at is None]


def marks_of(comments: Iterable[Comment]) -> str:
    """Which questions a page showed as waiting to be sent: what comes back with a button that sends them."""
    return " ".join(str(pk) for pk in sorted(comment.pk for comment in comments))


def shows_all_questions(request: HttpRequest, case: CaseStudy) -> bool:
    """Whether the page that was sent showed the questions that wait now: a colleague may have asked, or sent, others."""
    return request.POST.get("seen_questions", "") == marks_of(case.comments.to_send())


def _is_new(comment: Comment, acted_at: datetime | None) -> bool:
    """As `CaseStudyQuerySet.answered` counts them for the desk."""
    return comment.answered_at is not None and (acted_at is None or comment.answered_at >= acted_at)


def do_with_comments(request: HttpRequest, case: CaseStudy, actor: Actor, *, name: str) -> bool:
    """What a button of the comments asks for; False, with a message, where it is not done."""
    verb, _colon, key = name.partition(":")
    doing: Callable[..., bool] | None = {"add": _add, "send": _send, "remove": _remove}.get(verb)
    if doing is None:
        raise Http404
    return doing(request, case, actor, key)


def _add(request: HttpRequest, case: CaseStudy, actor: Actor, key: str) -> bool:
    form = CommentForm(request.POST, edition=case.working or case.live)
    request.comment_form = form  # type: ignore[attr-defined]
    if not form.is_valid():
        messages.error(request, _("Something is missing. Nothing has been done yet."))
        return False
    given = dict(form.cleaned_data)
    field, _underscore, language = given.pop("about").rpartition("_")
    with transaction.atomic():
        if CaseStudy.objects.select_for_update().filter(pk=case.pk, status__in=ANSWERABLE).first() is None:
            messages.error(request, _("Nobody is working on this story, so nothing can be asked about it now."))
            return False
        asked_by = signed_in(request)
        Comment.objects.create(case_study=case, field=field, language=language, asked_by=asked_by, **given)
        write(actor=actor, kind=case.kind, subject=case.uuid, code="comment")
    messages.success(
        request, _("The note is kept.") if given["is_internal"] else _("The question is kept, to be sent.")
    )
    return True


def _remove(request: HttpRequest, case: CaseStudy, actor: Actor, key: str) -> bool:
    """Take away what the contributor has not seen."""
    mine = case.comments.filter(pk=key_of(key), sent_at__isnull=True)
    with transaction.atomic():
        if not mine.delete()[0]:
            messages.error(request, _("This has changed since you opened it. Look at it again, then decide."))
            return False
        write(actor=actor, kind=case.kind, subject=case.uuid, code="comment-taken-away")
    messages.success(request, _("It is taken away."))
    return True


def _send(request: HttpRequest, case: CaseStudy, actor: Actor, key: str) -> bool:
    if not shows_all_questions(request, case):
        messages.error(request, _("This has changed since you opened it. Look at it again, then decide."))
        return False
    try:
        count = send_questions(case_id=case.pk, actor=actor)
    except NoCommonLanguage:
        messages.error(request, MIXED)
        return False
    except MoveRefused:
        messages.error(request, _("This cannot be done from the state it is in now."))
        return False
    text = ngettext(
        "%(count)d question is sent to the contributor.", "%(count)d questions are sent to the contributor.", count
    )
    messages.success(request, text % {"count": count})
    return True
