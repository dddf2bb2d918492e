"""The messages with links that a contributor gets without a move being made."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casestudies import credited
from casestudies.joinin import headteacher
from casestudies.joinin.limits import LINKS_TO, MAIL_TO, may
from casestudies.messages import write_to_contributor, write_to_credited
from casestudies.models import AccessLink, CaseStudy, CreditedPerson, Headteacher, LinkRequest
from casestudies.vocabulary import SHOWN, UNSENT, Status
from foundation.correspondence.models import Message, State

DRAFT_LINK = "draft-link"
#: Who comes back later is sent the link again when the last is older.
RECENTLY = timedelta(hours=1)
#: Of what anybody can begin in somebody's name, the links that go when they ask for theirs.
MOST_UNCONFIRMED = 5


def write_draft_link(case: CaseStudy, *, again: bool = False) -> bool:
    """Send the link to come back by: once to each address, while a link that went there opens the draft. Whether it was sent now.

    `again`: the person is about to leave, and the last message is no longer at the top of their mail.
    """
    contributor = case.contributor_or_none
    if contributor is None or not contributor.email:
        return False
    written = Message.objects.filter(about=case.uuid, kind=DRAFT_LINK, recipient__iexact=contributor.email)
    last = written.exclude(state=State.CANCELLED).order_by("-created_at").first()
    if last is not None and not _is_shut(case, last):
        is_recent = last.created_at > timezone.now() - RECENTLY
        if is_recent or not again:
            return False
    return may(MAIL_TO, contributor.email.casefold()) and _write(case, DRAFT_LINK)


def _is_shut(case: CaseStudy, message: Message) -> bool:
    """Whether the links that went out in a message open nothing: they were revoked, with another address in between."""
    went = case.links.filter(
        purpose=AccessLink.Purpose.OPEN, email__iexact=message.recipient, made_at__gte=message.created_at
    )
    return went.exists() and not went.standing().exists()


def write_new_link(case: CaseStudy) -> bool:
    """Send a link again because somebody asked for one; False where the address has had many today."""
    contributor = case.contributor_or_none
    return contributor is not None and may(LINKS_TO, contributor.email.casefold()) and _write_link(case)


def _write_link(case: CaseStudy) -> bool:
    contributor = case.contributor_or_none
    if contributor is None or not contributor.email or case.status == Status.REMOVED:
        return False
    kinds = {Status.DRAFT.value: DRAFT_LINK, Status.AWAITING_CONFIRMATION.value: "confirm-address"}
    return _write(case, kinds.get(case.status, "new-link"))


def ask_for_links(email: str) -> None:
    """Somebody asks for the links to the stories of an address: the worker answers, so that this takes as long for each."""
    LinkRequest.objects.create(email=email)


def answer_requests(now: datetime) -> None:
    """Send the links that were asked for, each request once."""
    for asked in list(LinkRequest.objects.order_by("pk")[:200]):
        with transaction.atomic():
            if LinkRequest.objects.filter(pk=asked.pk).delete()[0]:
                _send_links(asked.email)


def _send_links(email: str) -> None:
    """To every story that the address is known to belong to, whatever others begin in its name; once for each request."""
    if not may(LINKS_TO, email.casefold()):
        return
    stories = CaseStudy.objects.filter(contributor__email__iexact=email).select_related("contributor")
    for story in _known_first(stories, Q(contributor__address_confirmed_at__isnull=False) | ~Q(status__in=UNSENT)):
        _write_link(story)
    heads = Headteacher.objects.filter(email__iexact=email, asked_at__isnull=False).select_related("case_study")
    for head in _known_first(heads, Q(agreed_at__isnull=False)):
        headteacher.write_link(head.case_study)
    people = CreditedPerson.objects.filter(email__iexact=email, told_at__isnull=False).select_related("case_study")
    for person in _known_first(people, Q(case_study__status__in=SHOWN)):
        write_to_credited(person=person, kind=credited.KIND)


def _known_first(rows: QuerySet[Any], is_known: Q) -> list[Any]:
    rows = rows.order_by("-pk")
    return [*rows.filter(is_known), *rows.exclude(is_known)[:MOST_UNCONFIRMED]]


def _write(case: CaseStudy, kind: str) -> bool:
    write_to_contributor(case=case, kind=kind)
    return True
