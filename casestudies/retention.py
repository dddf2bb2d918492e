"""How long what belongs to case studies is kept. Drafts end by a move of their own, after a warning (see `clock`)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casestudies.documents import remove_document
from casestudies.forgetting import forget_story
from casestudies.models import AccessLink, CaseStudy, CaseStudyEdition, Contributor, Document, Draft, Permission
from casestudies.vocabulary import SHOWN, UNSENT, Status
from foundation.clock.retention import Period, register_period
from foundation.record.actors import CLOCK
from foundation.record.services import write

QUEUE = "admin:casestudies_casestudy_changelist"


def register() -> None:
    """Register the periods, in the order in which a story passes them."""
    for period in (
        Period(
            name="drafts-without-address", label=_("Drafts without an address"), rows=drafts_without_address,
            setting="DRAFT_DAYS_WITHOUT_ADDRESS", since="touched_at", address=QUEUE, query="state=unsent",
        ),
        Period(
            name="drafts", label=_("Drafts, after a warning"), rows=drafts_with_address, setting="DRAFT_DAYS",
            since="touched_at", address=QUEUE, query="state=unsent",
        ),
        Period(
            name="declined", label=_("Stories that were declined"), rows=lambda: _over(Status.DECLINED),
            setting="DECLINED_DAYS", since="status_since", forget=_forget, address=QUEUE, query="state=declined",
        ),
        Period(
            name="withdrawn", label=_("Stories that were withdrawn"), rows=lambda: _over(Status.WITHDRAWN),
            setting="WITHDRAWN_DAYS", since="status_since", forget=_forget, address=QUEUE, query="state=withdrawn",
        ),
        Period(
            name="documents", label=_("Documents of published stories that readers do not see"), rows=documents,
            setting="DOCUMENT_DAYS", since="case_study__first_published_at",
            forget=lambda document, now: remove_document(document),
        ),
        Period(
            name="links", label=_("Links, after they have run out"), rows=old_links, setting="OLD_LINK_DAYS",
            since="expires_at", forget=lambda link, now: link.delete(),
        ),
        Period(
            name="permissions", label=_("Permissions that have ended, kept as proof"), rows=ended_permissions,
            setting="PERMISSION_DAYS", since="withdrawn_at", forget=lambda permission, now: permission.delete(),
        ),
    ):  # fmt: skip
        register_period(period)


def old_links() -> QuerySet[AccessLink]:
    """All, but those by which somebody may withdraw or decline at any time: of a story that is shown they can be renewed."""
    lasting = (AccessLink.Purpose.HEADTEACHER, AccessLink.Purpose.CREDIT)
    return AccessLink.objects.exclude(purpose__in=lasting, case_study__status__in=SHOWN)


def drafts_with_address() -> QuerySet[Draft]:
    return Draft.objects.filter(case_study__status__in=UNSENT, case_study__contributor__email__gt="")


def drafts_without_address() -> QuerySet[Draft]:
    nobody = Q(case_study__contributor__isnull=True) | Q(case_study__contributor__email="")
    return Draft.objects.filter(nobody, case_study__status__in=UNSENT)


def documents() -> QuerySet[Document]:
    return Document.objects.filter(case_study__status__in=SHOWN, copy__published_at__isnull=True)


def ended_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(withdrawn_at__isnull=False)


def _over(status: Status) -> QuerySet[CaseStudy]:
    """Stories in this state of which there is still something."""
    words = Exists(CaseStudyEdition.objects.filter(content=OuterRef("pk")))
    person = Exists(Contributor.objects.filter(case_study=OuterRef("pk")))
    return CaseStudy.objects.filter(words | person, status=status)


def _forget(case: CaseStudy, now: datetime) -> None:
    """The log keeps a line; the list of erasures another, for the day on which a backup is restored."""
    to_state = case.status if case.first_published_at else Status.REMOVED
    write(
        actor=CLOCK, kind=case.kind, subject=case.uuid, code="forget", from_state=case.status, to_state=to_state, at=now
    )
    forget_story(case)
