"""The people whom a story names are told before it is published, each with a link to decline by; they can at any time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casestudies.messages import write_to_credited
from casestudies.models import CaseStudy, CreditedPerson
from casestudies.vocabulary import Status
from foundation.record.actors import ANYONE, Actor
from foundation.record.services import write

KIND = "credit-told"
#: From the proof on, who is named next is told at once.
TOLD_IN = (Status.WITH_CONTRIBUTOR, Status.APPROVED, Status.PUBLISHED)


def tell_people(case: CaseStudy, *, actor: Actor, now: datetime | None = None) -> int:
    """Tell everybody who is to be named and does not know it yet. How many."""
    if case.status not in TOLD_IN:
        return 0
    untold = list(case.credits.untold())
    for person in untold:
        tell(person, actor=actor, now=now)
    return len(untold)


def tell(person: CreditedPerson, *, actor: Actor, now: datetime | None = None) -> None:
    """Write to one person how they are named, with the link to decline by."""
    person.told_at = now or timezone.now()
    person.save(update_fields=["told_at"])
    case = person.case_study
    event = write(actor=actor, kind=case.kind, subject=case.uuid, code="credit-told", at=person.told_at)
    write_to_credited(person=person, kind=KIND, event=event)


@transaction.atomic
def answer(person: CreditedPerson, *, declines: bool) -> None:
    """Somebody does not want to be named, or after all does. The public page says so at once."""
    found = CreditedPerson.objects.select_for_update().get(pk=person.pk)
    if (found.declined_at is not None) == declines:
        return
    found.declined_at = timezone.now() if declines else None
    found.save(update_fields=["declined_at"])
    _record(found.case_study, code="credit-declined" if declines else "credit-accepted")


@transaction.atomic
def keep_address_private(person: CreditedPerson) -> None:
    """Somebody is named, but other schools are not to write to them."""
    if CreditedPerson.objects.filter(pk=person.pk, is_contact=True).update(is_contact=False):
        _record(person.case_study, code="contact-declined")


def _record(case: CaseStudy, *, code: str) -> None:
    write(actor=ANYONE, kind=case.kind, subject=case.uuid, code=code)
