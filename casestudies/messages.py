"""The messages that case studies send, and what may stand in them.

A new kind: a line in `KINDS`, its standard wording in `templates/correspondence/<kind>.txt` (write it like the others there: a
subject and paragraphs with `{placeholders}`, and no other variables), and where it needs a value or a link that is not there
yet, a line in `VALUES` or `_links`. Editors can then reword it in the admin.
"""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.models import AccessLink, CaseStudy, Contributor, CreditedPerson, Headteacher
from casestudies.vocabulary import Status
from foundation.bilingual.addresses import absolute
from foundation.bilingual.languages import current, speaking, words
from foundation.bilingual.words import format_date
from foundation.correspondence.kinds import Context, register_kind, register_link, register_value
from foundation.correspondence.models import Message
from foundation.correspondence.services import write_message
from foundation.people.models import User
from foundation.record.models import Event

#: Every kind, with what the desk calls it. The words are in `templates/correspondence/<kind>.txt`.
KINDS = {
    "confirm-address": _("Please confirm your address"),
    "received": _("We have your story"),
    "changes-requested": _("Changes asked for"),
    "lapsed": _("Put aside without an answer"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "proof": _("The proof to read"),
    "agreed": _("Thank you for agreeing"),
    "proof-taken-back": _("Proof taken back"),
    "published": _("Published"),
    "archived": _("Archived"),
    "correction-proof": _("A correction to read"),
    "reminder-correction": _("Reminder of a correction"),
    "correction-given-up": _("A correction was given up"),
    "corrected": _("Corrected"),
    "withdrawn": _("Withdrawn"),
    "contributor-changed": _("You look after a story now"),
    "draft-link": _("Link to a draft"),
    "hand-over": _("Link to a draft, for a colleague"),
    "draft-expiring": _("A draft that expires soon"),
    "new-link": _("Link asked for"),
    "reminder-changes": _("Reminder of changes asked for"),
    "reminder-proof": _("Reminder of a proof"),
    "schedule-failed": _("Not published as planned (to the editor)"),
    "answer": _("An answer from the contributor (to the editor)"),
    "questions": _("Questions about passages"),
    "still-true": _("Is it still true?"),
    "has-changed": _("Something in a published story has changed (to the editor)"),
    "headteacher-asked": _("The headteacher is asked to agree"),
    "headteacher-reminder": _("Reminder to the headteacher"),
    "headteacher-agreed": _("Thanks to the headteacher, with the link to withdraw"),
    "headteacher-refused": _("The headteacher has not agreed"),
    "withdrawn-by-headteacher": _("Withdrawn by the headteacher"),
    "credit-told": _("You are named in a story"),
    "picture-withdrawn": _("A picture was withdrawn"),
    "editor-headteacher-refused": _("The headteacher has not agreed (to the editor)"),
    "editor-story-withdrawn": _("A story was withdrawn (to the editor)"),
    "editor-picture-withdrawn": _("A picture was withdrawn (to the editor)"),
    "editor-erased": _("Details were erased (to the editor)"),
}


#: The kinds that go to editors: around their words there is only a greeting.
TO_EDITORS = {
    "schedule-failed", "answer", "has-changed", "editor-headteacher-refused", "editor-story-withdrawn", "editor-picture-withdrawn",
    "editor-erased",
}  # fmt: skip


def _case(context: Context) -> CaseStudy:
    return cast(CaseStudy, context["about"])


def _contributor_name(context: Context) -> str:
    """Never nothing: a paragraph whose value is missing is left out, and what names the contributor has to be said."""
    return getattr(_case(context).contributor_or_none, "name", "") or str(_("a colleague"))


def _answer_date(context: Context) -> str:
    """The day by which an editor answers; none for a story that is being edited already."""
    case = _case(context)
    owes = case.answer_by is not None and case.status != Status.EDITING
    return format_date(case.answer_by, current()) if owes and case.answer_by else ""


def _story_title(context: Context) -> str:
    """The title of the story in the language spoken, or in the one it has."""
    case = _case(context)
    edition = (case.working or case.live) if case.pk else None
    if edition is None:
        return str(_("Reading together")) if not case.pk else case.reference
    here = current()
    return words(edition, "title", here) or words(edition, "title", here.other) or case.reference


def _expiry_date(context: Context) -> str:
    return format_date(timezone.localtime(_case(context).expires_at).date(), current())


#: What may stand in the words of messages, beside links: how it is read, and what editors are told that it is.
VALUES: dict[str, tuple[Callable[[Context], str], str | Promise]] = {
    "contributor-name": (_contributor_name, _("the name of the contributor")),
    "story-title": (_story_title, _("the title of the story")),
    "answer-date": (_answer_date, _("the day by which an editor answers")),
    "expiry-date": (_expiry_date, _("the day on which the draft is deleted")),
}


def made_up() -> dict[str, Any]:
    """A story that nobody sent, to show what a message will look like."""
    now = timezone.now()
    case = CaseStudy(reference="LPL-ABC234", status=Status.SUBMITTED, submitted_at=now, created_at=now)
    contributor = Contributor(case_study=case, name="Mari Enghraifft", email="mari@example.org")
    return {"about": case, "reader": contributor}


def register() -> None:
    """Register the kinds, and what stands for each placeholder."""
    for code, label in KINDS.items():
        register_kind(code, label, frame="editor" if code in TO_EDITORS else "letter")
    for name, (read, meaning) in VALUES.items():
        register_value(name, read, meaning)
    register_link("confirm-link", _minting(AccessLink.Purpose.CONFIRM), _("the link to confirm an address"))
    register_link("draft-link", _minting(AccessLink.Purpose.OPEN), _("the link to go on with a draft"))
    register_link("colleague-link", _for_colleague, _("the link for a colleague to go on with a draft"))
    register_link("status-link", _minting(AccessLink.Purpose.OPEN), _("the link to where the story stands"))
    register_link("headteacher-link", _for_headteacher, _("the link for the headteacher to agree, or to withdraw that"))
    register_link("credit-link", _for_credited, _("the link to see how one is named, and to decline"))
    register_link("case-study-link", _public_address, _("the address of the published case study"))
    register_link("desk-link", _desk_address, _("the address of the case study on the desk"))


def _minting(purpose: AccessLink.Purpose) -> Callable[[Message, str], str]:
    """A link that opens the story for whoever the message goes to.

    Where the story is gone, or the address is no longer its contributor's, the address given opens nothing.
    """

    def mint(message: Message, language: str) -> str:
        case = CaseStudy.objects.select_related("contributor").filter(uuid=message.about).first()
        contributor = case.contributor_or_none if case else None
        is_theirs = contributor is not None and contributor.email.casefold() == message.recipient.casefold()
        return _door(language, case if is_theirs else None, purpose, message.recipient)

    return mint


@transaction.atomic
def _for_colleague(message: Message, language: str) -> str:
    """A link to write in the draft, as long as the contributor has not taken the colleague's back."""
    case = CaseStudy.objects.select_for_update().filter(uuid=message.about).first()
    purpose, email = AccessLink.Purpose.WRITE, message.recipient
    let_in = case and case.links.standing().filter(purpose=purpose, email__iexact=email).exists()
    return _door(language, case if let_in else None, purpose, email)


def _for_headteacher(message: Message, language: str) -> str:
    """A link for the headteacher whom the story names now, if this is their address."""
    head = Headteacher.objects.filter(case_study__uuid=message.about, email__iexact=message.recipient).first()
    purpose = AccessLink.Purpose.HEADTEACHER
    return _door(language, head.case_study if head else None, purpose, message.recipient, view="joinin:headteacher")


def _for_credited(message: Message, language: str) -> str:
    """A link for somebody whom the story names, if this is their address."""
    people = CreditedPerson.objects.filter(case_study__uuid=message.about, email__iexact=message.recipient)
    person = people.select_related("case_study").first()
    case, purpose = person.case_study if person else None, AccessLink.Purpose.CREDIT
    return _door(language, case, purpose, message.recipient, view="joinin:credit", person=person)


def _door(
    language: str,
    case: CaseStudy | None,
    purpose: AccessLink.Purpose,
    email: str,
    *,
    view: str = "joinin:link",
    person: CreditedPerson | None = None,
) -> str:
    """The address of a new link into a story; where it is None, of a page that opens nothing."""
    with speaking(language):
        if case is None:
            return absolute(reverse("joinin:start"), language)
        token = AccessLink.mint(case, purpose, email, person)
        return absolute(reverse(view, kwargs={"token": token}), language)


def _public_address(message: Message, language: str) -> str:
    case = CaseStudy.objects.filter(uuid=message.about, status=Status.PUBLISHED).first()
    with speaking(language):
        path = case.get_absolute_url() if case else reverse("casestudies:case_studies")
    return absolute(path, language)


def _desk_address(message: Message, language: str) -> str:
    case = CaseStudy.objects.filter(uuid=message.about).first()
    path = reverse("admin:casestudies_casestudy_change", args=[case.pk]) if case else reverse("admin:index")
    return absolute(path, language)


def write_to_contributor(
    *, case: CaseStudy, kind: str, event: Event | None = None, note_cy: str = "", note_en: str = ""
) -> Message | None:
    """Write to the contributor in their language; None where there is no address.

    `note_cy` and `note_en` are what an editor wrote, in either language or both. Where it is not there in the contributor's
    language the message waits in the translators' queue, and goes by itself once they have given it the words.
    """
    contributor = case.contributor_or_none
    if contributor is None or not contributor.email:
        return None
    return write_message(
        kind=kind,
        recipient=contributor.email,
        language=contributor.language,
        about=case.uuid,
        event=event,
        context={"about": case, "reader": contributor},
        note_cy=note_cy,
        note_en=note_en,
    )


def write_to_headteacher(*, case: CaseStudy, kind: str, event: Event | None = None) -> Message:
    """Write to the headteacher in the language they answered in; in both before that."""
    return _write_to_person(case, case.headteacher, kind, case.headteacher.language, event)


def write_to_credited(*, person: CreditedPerson, kind: str, event: Event | None = None) -> Message:
    """Write to somebody whom the story names. Nobody has asked which language they read: it goes in both."""
    return _write_to_person(person.case_study, person, kind, "", event)


def _write_to_person(
    case: CaseStudy, person: Headteacher | CreditedPerson, kind: str, language: str, event: Event | None
) -> Message:
    return write_message(
        kind=kind,
        recipient=person.email,
        language=language,
        about=case.uuid,
        event=event,
        context={"about": case, "reader": person},
    )


def write_to_editor(
    *,
    case: CaseStudy,
    kind: str,
    event: Event | None = None,
    note_cy: str = "",
    note_en: str = "",
    editor: User | None = None,
) -> Message:
    """Write to the editor who holds the case study, in their language; to all editors, in both, where nobody holds it.

    `editor`: who held it until now, where a move has just taken it from them.

    `note_cy` and `note_en` are what somebody outside wrote. An answer in Welsh to an editor who reads English takes the same
    road as what editors write: to the translators first. It stands on the workbench as it was written meanwhile.
    """
    editor = case.claimed_by or editor
    return write_message(
        kind=kind,
        recipient=editor.email if editor else settings.CONTACT_EMAIL,
        language=editor.language if editor else "",
        about=case.uuid,
        event=event,
        context={"about": case},
        note_cy=note_cy,
        note_en=note_en,
    )
