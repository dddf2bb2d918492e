"""What a contributor is told about the state of a story, and what they may do with it."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy
from casestudies.vocabulary import SHOWN, Status
from casestudies.workflow import WITHDRAWABLE
from foundation.bilingual.languages import Language
from foundation.correspondence.models import Message
from foundation.record.actors import Role
from foundation.record.models import Event, Note

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Told:
    """A state in plain words: what it is, and what happens next."""

    title: Words
    text: Words
    has_date: bool = False  # an answer is due


_WITH_EDITORS = Told(
    _("Your story is with the editors"),
    _("Nobody has started to read it yet. We will write to you as soon as an editor has read it."),
    has_date=True,
)
TOLD: dict[str, Told] = {
    Status.AWAITING_CONFIRMATION: Told(
        _("Confirm your email address"),
        _("We have sent you a message with a link. Follow it, and your story goes to the editors."),
    ),
    Status.HELD: _WITH_EDITORS,
    Status.SUBMITTED: _WITH_EDITORS,
    Status.IN_REVIEW: Told(
        _("An editor is reading your story"), _("We will write to you when the editor has read it."), has_date=True
    ),
    Status.CHANGES_REQUESTED: Told(
        _("An editor has asked you for changes"),
        _("Change your story, then send it again. It goes back to the same editor first."),
    ),
    Status.EDITING: Told(
        _("Your story has been accepted"),
        _(
            "We are preparing it in both languages. We will send you the finished text, and publish nothing before you have seen it."
        ),
    ),
    Status.WITH_CONTRIBUTOR: Told(
        _("Your story is ready for you to read"),
        _("Read it in both languages as it will be published. Then agree to it, or ask for changes."),
    ),
    Status.APPROVED: Told(
        _("Your story will be published"), _("The text is agreed. We will write to you when it is published.")
    ),
    Status.PUBLISHED: Told(_("Your story is published"), _("Thank you. Everybody can read it, in both languages.")),
    Status.ARCHIVED: Told(
        _("Your story is in the archive"),
        _("It is no longer on the public list. We will write to you if that changes."),
    ),
    Status.WITHDRAWN: Told(
        _("You have withdrawn your story"),
        _("We do not publish it, and we work on it no further. You can offer it again if you change your mind."),
    ),
    Status.DECLINED: Told(
        _("We will not publish this story"),
        _("Thank you for sending it. Our reasons are below, or in our message to you."),
    ),
}
LAPSED = Told(
    _("Your story is waiting for you"),
    _(
        "We asked you for changes and did not hear from you, so we have put your story aside. You can take it up again at any time."
    ),
)


@dataclass(frozen=True, slots=True)
class EditorsWords:
    """What an editor wrote to the contributor, in the languages to show it in."""

    texts: list[tuple[str, str]] = field(default_factory=list)  # language, text
    being_translated: bool = False


#: What is told where the state alone does not say it: by what brought the story there.
TOLD_AFTER: dict[tuple[str, str], Told] = {
    (Status.EDITING, "come_back"): Told(_("Your story is with the editors again"), TOLD[Status.EDITING].text),
    (Status.APPROVED, "approve_without_contributor"): Told(
        TOLD[Status.APPROVED].title,
        _("We did not hear from you, so the editors answer for the text. We will write to you when it is published."),
    ),
    (Status.DECLINED, "decline_quietly"): Told(TOLD[Status.DECLINED].title, _("Thank you for sending it.")),
}
WITHDRAWN_BY_HEADTEACHER = Told(
    _("The headteacher has withdrawn your story"),
    _(
        "We do not publish it, and we work on it no further. Speak to the headteacher first if you want to offer it again."
    ),
)


def told(case: CaseStudy) -> Told:
    """One query, where it depends on what happened last."""
    if case.status == Status.DECLINED and case.lapsed_at:
        return LAPSED
    if case.status not in (Status.WITHDRAWN, *(state for state, _code in TOLD_AFTER)):
        return TOLD[case.status]
    last = Event.objects.about(case.uuid).arriving_at(case.status).last()
    if last is None:
        return TOLD[case.status]
    if case.status == Status.WITHDRAWN and last.role == Role.HEADTEACHER:
        return WITHDRAWN_BY_HEADTEACHER
    return TOLD_AFTER.get((case.status, last.code), TOLD[case.status])


def due(case: CaseStudy) -> date | None:
    """The day by which an editor answers, where one owes an answer."""
    return case.answer_by if TOLD[case.status].has_date else None


_WRITTEN_WITH: dict[str, str] = {Status.CHANGES_REQUESTED: "request_changes", Status.DECLINED: "decline"}


def editors_words(case: CaseStudy) -> EditorsWords:
    """What the editor wrote with the last request or refusal: in the contributor's language, or in both where that is unknown.

    Words that wait to be translated are shown as they were written, and that is said.
    """
    code = _WRITTEN_WITH.get(case.status)
    if case.lapsed_at:
        code = "request_changes"
    event = Event.objects.about(case.uuid).filter(code=code).select_related("note").last() if code else None
    if event is None:
        return EditorsWords()
    return in_languages(_texts(event), wanted_languages(case))


def wanted_languages(case: CaseStudy) -> list[str]:
    """The contributor's language, or both where that is unknown."""
    contributor = case.contributor_or_none
    return [contributor.language] if contributor and contributor.language else list(Language.values)


def in_languages(texts: dict[str, str], wanted: list[str]) -> EditorsWords:
    """The texts in the languages that are wanted; where there is none, as they were written."""
    there = [(language, texts[language]) for language in wanted if texts[language]]
    return EditorsWords(there or [(language, text) for language, text in texts.items() if text], not there)


def _texts(event: Event) -> dict[str, str]:
    """The words of the event's note; a translation made since stands with the message."""
    note: Note | None = getattr(event, "note", None)
    message: Message | None = event.messages.first()
    sources = [source for source in (message, note) if source is not None]
    found = {}
    for language in Language.values:
        names = (f"note_{language}", f"text_{language}")
        found[language] = next((text for one in sources for name in names if (text := getattr(one, name, ""))), "")
    return found


def withdrawal(case: CaseStudy) -> str:
    """The move that withdraws the story from where it is, or "" where there is none."""
    if case.status in WITHDRAWABLE:
        return "withdraw"
    return "withdraw_permission" if case.status in SHOWN else ""
