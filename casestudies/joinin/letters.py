"""The messages with links that a contributor gets without a move being made."""

from datetime import datetime

from django.db import transaction

from casestudies.joinin.headteacher import send_link_again
from casestudies.joinin.limits import MAIL_TO, may
from casestudies.messages import write_to_contributor
from casestudies.models import CaseStudy, Headteacher, LinkRequest
from casestudies.vocabulary import Status
from foundation.correspondence.models import Message

DRAFT_LINK = "draft-link"


def write_draft_link(case: CaseStudy) -> bool:
    """Send the link to come back by, once to each address. Whether it was sent now."""
    contributor = case.contributor_or_none
    if contributor is None or not contributor.email:
        return False
    sent = Message.objects.filter(about=case.uuid, kind=DRAFT_LINK, recipient__iexact=contributor.email)
    return not sent.exists() and _write(case, DRAFT_LINK)


def write_new_link(case: CaseStudy) -> bool:
    """Send a link again because somebody asked for one; False where the address has had many today."""
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
    stories = CaseStudy.objects.filter(contributor__email__iexact=email).select_related("contributor")
    for story in stories.order_by("-pk")[:5]:
        write_new_link(story)
    for head in Headteacher.objects.filter(email__iexact=email, asked_at__isnull=False).order_by("-pk")[:5]:
        send_link_again(head.case_study)


def _write(case: CaseStudy, kind: str) -> bool:
    if not may(MAIL_TO, case.contributor.email.casefold()):
        return False
    write_to_contributor(case=case, kind=kind)
    return True
