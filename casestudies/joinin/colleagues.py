"""Letting a colleague go on with a draft. The contributor stays who they are, and can take the link back."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.joinin.fields import Address, Line
from casestudies.joinin.forms import StepForm
from casestudies.models import AccessLink, CaseStudy
from casestudies.models.people import AccessLinkQuerySet
from casestudies.vocabulary import Status
from foundation.correspondence.services import cancel_all, write_message

#: How many people a draft may be shared with at one time.
MOST_COLLEAGUES = 5
KIND = "hand-over"


class ColleagueForm(StepForm):
    name = Line(
        label=_("Your colleague’s name (optional)"),
        limit=150,
        too_long=_("Shorten the name to %(limit)s characters or fewer"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = Address(
        label=_("Your colleague’s email address"),
        help_text=_("We send one message with a link to it, and keep it with the draft for as long as the link works."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who was let in: the address, and when the link was asked for and first followed."""

    email: str
    made_at: datetime
    used_at: datetime | None


class Reader(NamedTuple):
    """Whom the message greets."""

    name: str


def colleagues(case: CaseStudy) -> list[Colleague]:
    """Those whose links stand, the first first."""
    found: dict[str, Colleague] = {}
    for link in _links(case).order_by("pk"):
        before = found.get(link.email)
        used = [at for at in (before and before.used_at, link.used_at) if at]
        found[link.email] = Colleague(link.email, before.made_at if before else link.made_at, min(used, default=None))
    return list(found.values())


def _links(case: CaseStudy) -> AccessLinkQuerySet:
    return AccessLink.objects.standing().filter(case_study=case, purpose=AccessLink.Purpose.WRITE)


def may_let_in(case: CaseStudy) -> bool:
    """Only who has shown that their own address is theirs has mail sent to another."""
    contributor = case.contributor_or_none
    return bool(case.status == Status.DRAFT and contributor and contributor.address_confirmed_at)


@transaction.atomic
def let_in(case: CaseStudy, *, name: str, email: str) -> None:
    """Send a colleague a link to the draft.

    The row made here says that the colleague may come in, and is nobody's link: its token is thrown away. Those in messages
    are made when they are sent, as long as such a row stands.
    """
    AccessLink.mint(case, AccessLink.Purpose.WRITE, email.lower())
    write_message(
        kind=KIND,
        recipient=email.lower(),
        language="",
        about=case.uuid,
        context={"about": case, "reader": Reader(name)},
    )


@transaction.atomic
def shut_out(case: CaseStudy, email: str) -> bool:
    """Take a colleague's links back: at once, also where the draft is open in their browser. Whether there were any."""
    CaseStudy.objects.select_for_update().get(pk=case.pk)  # a message on its way makes no link after this
    cancel_all(about=case.uuid, recipient=email, kind=KIND)
    return bool(_links(case).filter(email__iexact=email).update(revoked_at=timezone.now()))
