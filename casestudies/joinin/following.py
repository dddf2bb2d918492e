"""What following a link does."""

from datetime import datetime

from django.db import transaction

from casestudies.joinin.journey import EDITABLE, changing
from casestudies.joinin.sending import is_junk
from casestudies.models import AccessLink, CaseStudy, Contributor, hash_token
from casestudies.services import follow, perform
from casestudies.vocabulary import Status
from foundation.record.actors import CONTRIBUTOR


def good_link(token: str) -> AccessLink | None:
    """The link with this token, if it may be followed: it still works, and went to the address the contributor has now."""
    link = follow(token)
    return link if link is not None and _is_for(link, link.case_study) else None


def _is_for(link: AccessLink, case: CaseStudy) -> bool:
    contributor = case.contributor_or_none
    return contributor is not None and contributor.email.casefold() == link.email.casefold()


@transaction.atomic
def use_link(link: AccessLink, *, now: datetime) -> CaseStudy | None:
    """Follow a link. Whoever holds it reads the mail of the address it went to, so that address is confirmed.

    A story that waits for this goes on to the editors; following it again does nothing new. Gives the case study as it is
    now; None, and changes nothing, where its contributor has another address by now.
    """
    case = CaseStudy.objects.select_for_update().get(pk=link.case_study_id)
    if not _is_for(link, case):
        return None
    AccessLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now)
    unconfirmed = Contributor.objects.filter(pk=case.contributor.pk, address_confirmed_at__isnull=True)
    is_new = bool(unconfirmed.update(address_confirmed_at=now))
    if is_new and case.status in EDITABLE:
        changing(case).keep()
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
    return found if _is_for(found, found.case_study) else None
