"""What following a link does.

A link can be followed as often as one likes until it expires. Following one ends those made before it for the same person
(those of the same hour stay: they came in one message): the newest link that somebody has used is the one that counts.
Asking for a new link ends none, or a stranger could shut somebody out by asking.
"""

from datetime import datetime, timedelta

from django.db import transaction

from casestudies.joinin.journey import EDITABLE, changing
from casestudies.joinin.sending import why_held
from casestudies.models import AccessLink, CaseStudy, Contributor, hash_token
from casestudies.services import follow, perform
from casestudies.vocabulary import Status
from foundation.record.actors import CONTRIBUTOR

Purpose = AccessLink.Purpose
ONE_MESSAGE = timedelta(hours=1)


def good_link(token: str) -> AccessLink | None:
    """The link with this token, if it may be followed: it still works, and went to the address the contributor has now."""
    link = follow(token)
    return link if link is not None and _is_for(link, link.case_study) else None


def _is_for(link: AccessLink, case: CaseStudy) -> bool:
    if link.purpose == Purpose.WRITE:
        return bool(case.status == Status.DRAFT)
    contributor = case.contributor_or_none
    opens = link.purpose in (Purpose.CONFIRM, Purpose.OPEN)
    return opens and contributor is not None and contributor.email.casefold() == link.email.casefold()


@transaction.atomic
def use_link(link: AccessLink, *, now: datetime) -> CaseStudy | None:
    """Follow a link. Whoever holds it reads the mail of the address it went to, so that address is confirmed.

    A colleague's only opens the draft.

    A story that waits for this goes on to the editors; following it again does nothing new. Gives the case study as it is
    now; None, and changes nothing, where its contributor has another address by now.
    """
    case = CaseStudy.objects.select_for_update().get(pk=link.case_study_id)
    if not _is_for(link, case) or not AccessLink.objects.standing().filter(pk=link.pk).exists():
        return None
    _mark_used(link, now)
    if link.purpose == Purpose.WRITE:
        return case
    unconfirmed = Contributor.objects.filter(pk=case.contributor.pk, address_confirmed_at__isnull=True)
    is_new = bool(unconfirmed.update(address_confirmed_at=now))
    if is_new and case.status in EDITABLE:
        changing(case).keep()
    if case.status != Status.AWAITING_CONFIRMATION:
        return case
    journey = changing(case)
    return perform("confirm", case_id=case.pk, actor=CONTRIBUTOR, now=now, junk=why_held(journey, journey.edition()))


def _mark_used(link: AccessLink, now: datetime) -> None:
    AccessLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now)
    same = AccessLink.objects.standing().filter(case_study=link.case_study, email__iexact=link.email)
    older = same.filter(purpose__in=_same_door(link), made_at__lt=link.made_at - ONE_MESSAGE)
    older.update(revoked_at=now)


def _same_door(link: AccessLink) -> list[str]:
    return [Purpose.WRITE] if link.purpose == Purpose.WRITE else [Purpose.CONFIRM, Purpose.OPEN]


def old_link(token: str) -> AccessLink | None:
    """A link that ran out and can be renewed: it was not revoked, and its address is still the contributor's."""
    link = AccessLink.objects.standing().filter(token_hash=hash_token(token))
    found = link.select_related("case_study__contributor").first()
    if found is None:
        return None
    return found if found.purpose != Purpose.WRITE and _is_for(found, found.case_study) else None
