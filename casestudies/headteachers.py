"""Asking the headteacher, where somebody else sends the story: by mail, with a link, and again after a silence."""

from datetime import datetime

from django.utils import timezone

from casestudies.messages import write_to_headteacher
from casestudies.models import AccessLink, CaseStudy, Headteacher
from casestudies.vocabulary import CLAIMABLE, Status
from foundation.correspondence.services import cancel_all
from foundation.record.actors import CLOCK, Actor
from foundation.record.services import write

#: Where a headteacher is asked: the story is with the editors, and nobody has set it aside as junk.
ASKED_IN = (Status.SUBMITTED, *CLAIMABLE)
#: Days of silence after which a headteacher is reminded.
REMINDED_AFTER = (7, 14)


def ask(case: CaseStudy, *, actor: Actor, now: datetime | None = None) -> bool:
    """Send the headteacher the link to read the story and answer. False where nobody is to be asked, or not yet."""
    head = case.headteacher_or_none
    if head is None or head.agreed_at is not None or case.status not in ASKED_IN:
        return False
    now = now or timezone.now()
    head.asked_at, head.refused_at, head.reminders, head.reminded_at = now, None, 0, None
    head.save(update_fields=["asked_at", "refused_at", "reminders", "reminded_at"])
    event = write(actor=actor, kind=case.kind, subject=case.uuid, code="headteacher-asked", at=now)
    write_to_headteacher(case=case, kind="headteacher-asked", event=event)
    return True


def ask_who_was_not(case: CaseStudy, *, actor: Actor, now: datetime) -> None:
    """What follows when a story has come to the editors: its headteacher is asked, once."""
    head = case.headteacher_or_none
    if head is not None and head.asked_at is None:
        ask(case, actor=actor, now=now)


def remind(case: CaseStudy, *, now: datetime) -> None:
    """Write to a headteacher who has not answered once more."""
    head = case.headteacher
    head.reminders, head.reminded_at = head.reminders + 1, now
    head.save(update_fields=["reminders", "reminded_at"])
    event = write(actor=CLOCK, kind=case.kind, subject=case.uuid, code="headteacher-reminded", at=now)
    write_to_headteacher(case=case, kind="headteacher-reminder", event=event)


def name_headteacher(case: CaseStudy, *, name: str, email: str) -> Headteacher:
    """Write down whom to ask. Another address is another person: what the one before was sent opens nothing any more, and what
    they agreed to ends."""
    head = case.headteacher_or_none or Headteacher(case_study=case)
    if head.pk and head.email.casefold() != email.casefold():
        forget_headteacher(case)
        head = Headteacher(case_study=case)
    if head.pk is None or head.agreed_at is None:
        _end_agreement(case)
    head.name, head.email = name, email
    head.save()
    case.headteacher = head
    return head


def forget_headteacher(case: CaseStudy) -> None:
    """Nobody else is to be asked any more: their links and messages go, and their name."""
    head = case.headteacher_or_none
    if head is None:
        return
    cancel_all(about=case.uuid, recipient=head.email)
    case.links.filter(purpose=AccessLink.Purpose.HEADTEACHER).standing().update(revoked_at=timezone.now())
    if head.agreed_at is not None:
        _end_agreement(case)
    head.delete()
    case._state.fields_cache.pop("headteacher", None)


def _end_agreement(case: CaseStudy) -> None:
    case.permissions.filter(kind="headteacher").withdraw(timezone.now())
