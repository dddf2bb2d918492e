"""The messages that case studies send, and the links in them."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casestudies.models import AccessLink, CaseStudy
from casestudies.vocabulary import Status
from foundation.bilingual.addresses import absolute, address_in
from foundation.bilingual.languages import speaking
from foundation.correspondence.kinds import register_kind, register_link
from foundation.correspondence.models import Message

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
    "withdrawn": _("Withdrawn"),
    "contributor-changed": _("You look after a story now"),
    "draft-link": _("Link to a draft"),
    "draft-expiring": _("A draft that expires soon"),
    "new-link": _("Link asked for"),
    "reminder-changes": _("Reminder of changes asked for"),
    "reminder-proof": _("Reminder of a proof"),
    "schedule-failed": _("Not published as planned (to the editor)"),
}


def register() -> None:
    """Register the kinds, and what stands for each link when a message is sent."""
    for code, label in KINDS.items():
        register_kind(code, label)
    register_link("confirm-link", _minting(AccessLink.Purpose.CONFIRM))
    register_link("draft-link", _minting(AccessLink.Purpose.OPEN))
    register_link("status-link", _minting(AccessLink.Purpose.OPEN))
    register_link("case-study-link", _public_address)
    register_link("desk-link", _desk_address)


def _minting(purpose: AccessLink.Purpose) -> Callable[[Message, str], str]:
    """A link that opens the story for whoever the message goes to.

    Where the story is gone, or the address is no longer its contributor's, the address given opens nothing.
    """

    def mint(message: Message, language: str) -> str:
        case = CaseStudy.objects.select_related("contributor").filter(uuid=message.about).first()
        contributor = case.contributor_or_none if case else None
        with speaking(language):
            if case is None or contributor is None or contributor.email.casefold() != message.recipient.casefold():
                return absolute(reverse("joinin:start"), language)
            token = AccessLink.mint(case, purpose, message.recipient)
            return absolute(reverse("joinin:link", kwargs={"token": token}), language)

    return mint


def _public_address(message: Message, language: str) -> str:
    case = CaseStudy.objects.filter(uuid=message.about, status=Status.PUBLISHED).first()
    with speaking(language):
        path = address_in(language, case) if case else reverse("casestudies:case_studies")
    return absolute(path, language)


def _desk_address(message: Message, language: str) -> str:
    case = CaseStudy.objects.filter(uuid=message.about).first()
    path = reverse("admin:casestudies_casestudy_change", args=[case.pk]) if case else reverse("admin:index")
    return absolute(path, language)
