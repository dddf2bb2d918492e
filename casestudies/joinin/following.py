"""What following a link does."""

from datetime import datetime

from django.db import transaction

from casestudies.joinin.journey import changing
from casestudies.joinin.sending import is_junk
from casestudies.models import AccessLink, CaseStudy, Contributor, hash_token
from casestudies.services import perform
from casestudies.vocabulary import Status
from foundation.record.actors import CONTRIBUTOR


@transaction.atomic
def use_link(link: AccessLink, *, now: datetime) -> CaseStudy:
    """Follow a link. Whoever holds it reads the mail of the address it went to, so that address is confirmed.

    A story that waits for this goes on to the editors; following it again does nothing new. Gives the case study as it is now.
    """
    case = CaseStudy.objects.select_for_update().get(pk=link.case_study_id)
    AccessLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now)
    contributor = case.contributor_or_none
    if contributor is None or contributor.email.casefold() != link.email.casefold():
        return case
    Contributor.objects.filter(pk=contributor.pk, address_confirmed_at__isnull=True).update(address_confirmed_at=now)
    if case.status != Status.AWAITING_CONFIRMATION:
        return case
    journey = changing(case)
    return perform("confirm", case_id=case.pk, actor=CONTRIBUTOR, now=now, junk=is_junk(journey, journey.edition()))


def old_link(token: str) -> AccessLink | None:
    """A link that ran out and can be renewed: it was not revoked, and its address is still the contributor's."""
    link = AccessLink.objects.filter(token_hash=hash_token(token), revoked_at__isnull=True)
    found = link.select_related("case_study__contributor").first()
    if found is None:
        return None
    contributor = found.case_study.contributor_or_none
    return found if contributor is not None and contributor.email.casefold() == found.email.casefold() else None
