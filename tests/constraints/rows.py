"""For every model of ours two rows that stand in the database side by side, made so that one change brings them to blows."""

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from reversion.models import Revision

from casestudies.models import (
    AccessLink,
    CaseStudy,
    CaseStudyEdition,
    CaseStudyReference,
    Comment,
    Contributor,
    CreditedPerson,
    Document,
    DocumentCheck,
    DocumentCopy,
    Draft,
    EditionHallmark,
    EditionPicture,
    Erasure,
    Finding,
    Headteacher,
    LinkRequest,
    Permission,
    ReadyReason,
    Snapshot,
    Tag,
    TypedReference,
)
from foundation.bilingual.models import Agreement
from foundation.clock.models import Figure, Job
from foundation.correspondence.models import Attempt, Message, Wording
from foundation.files.models import Picture
from foundation.people.models import OpenPage, RateLimit, User
from foundation.problems.models import Problem, ProblemNote
from foundation.problems.services import report
from foundation.publishing.models import FormerSlug, Provenance, Successor, WrittenFromFile
from foundation.record.actors import CLOCK
from foundation.record.models import Event, Note, Redaction
from foundation.record.services import write
from foundation.signin.models import Invitation, InvitationLink
from hallmarks.models import Connection, Framework, Hallmark, HallmarkEdition, HallmarkReference, Strand
from pages.models import Page, PageEdition
from references.citations import link_citation
from references.models import CitationLink, Excuse, FindingCount, FormerKey, Link, LinkCheck, Work, WorkName
from tests.factories import (
    CaseStudyEditionFactory,
    CaseStudyFactory,
    CommentFactory,
    ConnectionFactory,
    DocumentCopyFactory,
    DocumentFactory,
    EditionPictureFactory,
    FrameworkFactory,
    HallmarkFactory,
    LinkFactory,
    PageEditionFactory,
    PageFactory,
    PermissionFactory,
    PictureFactory,
    StrandFactory,
    UserFactory,
    WorkFactory,
)

Pair = tuple[Any, Any]
LATER = timezone.now() + timedelta(days=1)


def two(found: Iterable[Any]) -> Pair:
    one, other = found
    return one, other


def event() -> Event:
    return write(actor=CLOCK, kind="case-study", subject=uuid.uuid4(), code="remind", note_en="why")


def events() -> Pair:
    return event(), event()


def messages() -> Pair:
    """Of one event and kind, to two people."""
    row = {"kind": "received", "about": uuid.uuid4(), "event": event(), "language": "cy", "next_try": LATER}
    return two(Message.objects.create(recipient=f"{name}@example.org", **row) for name in "ab")


def problems() -> Pair:
    """Two that nobody has answered yet."""
    return two(report(Problem(asked_as=key, kind="error", text="Why?", language="cy")) for key in "ab")


def hallmarks() -> Pair:
    return HallmarkFactory.create(number=1, edition__works=2), HallmarkFactory.create(number=2)


def hallmark_references() -> Pair:
    hallmarks()
    return two(HallmarkReference.objects.order_by("pk"))


def connections() -> Pair:
    """Of one edition: to two strands of one framework."""
    first = ConnectionFactory.create()
    strand = StrandFactory.create(framework=first.framework)
    return first, ConnectionFactory.create(edition=first.edition, strand=strand)


def strands() -> Pair:
    framework = FrameworkFactory.create()
    return StrandFactory.create(framework=framework), StrandFactory.create(framework=framework)


def case_studies(status: str = "published", **given: Any) -> Pair:
    return CaseStudyFactory.create(status=status, **given), CaseStudyFactory.create(status=status, **given)


def case_study_editions(status: str = "published") -> Pair:
    one, other = case_studies(status)
    return one.editions.get(), other.editions.get()


def case_study_references() -> Pair:
    edition = CaseStudyEditionFactory.create()
    works = WorkFactory.create_batch(2)
    return two(CaseStudyReference.objects.create(edition=edition, work=work) for work in works)


def shown_hallmarks() -> Pair:
    edition = CaseStudyEditionFactory.create(hallmarks=list(hallmarks()))
    return two(edition.hallmarks.all())


def shown_pictures() -> Pair:
    edition = CaseStudyEditionFactory.create()
    return EditionPictureFactory.create(edition=edition), EditionPictureFactory.create(edition=edition)


def document_checks() -> Pair:
    """Of one copy."""
    row = {"copy": DocumentCopyFactory.create(), "by": UserFactory.create(), "at": timezone.now()}
    return two(DocumentCheck.objects.create(what=what, **row) for what in ("names", "language"))


def credited_people() -> Pair:
    """Of one case study."""
    case = CaseStudyFactory.create()
    return two(CreditedPerson.objects.create(case_study=case, name=name, email=f"{name}@example.org") for name in "ab")


def snapshots() -> Pair:
    case = CaseStudyFactory.create()
    later = Snapshot.objects.create(case_study=case, number=2, made_at=timezone.now(), story={})
    return case.snapshots.get(number=1), later


def permissions() -> Pair:
    """Two that stand, of different kinds."""
    case = CaseStudyFactory.create()
    return case.permissions.get(kind="headteacher"), case.permissions.get(kind="licence")


def picture_permissions() -> Pair:
    """Two that stand, for two pictures."""
    case, pictures = CaseStudyFactory.create(), [PictureFactory.create(), PictureFactory.create()]
    return two(PermissionFactory.create(case_study=case, kind="pictures", picture=picture) for picture in pictures)


def findings_in_a_text() -> Pair:
    case = CaseStudyFactory.create()
    first, second = (
        Finding.objects.create(case_study=case, kind="pupil", field="activity", language="cy", quote=quote)
        for quote in ("Cai (8 oed)", "Elan, Bl. 2")
    )
    return first, second


def findings() -> Pair:
    case = CaseStudyFactory.create()
    return Finding.objects.create(case_study=case, what="a"), Finding.objects.create(case_study=case, what="b")


def links() -> Pair:
    case = CaseStudyFactory.create()
    for _time in range(2):
        AccessLink.mint(case, AccessLink.Purpose.OPEN, "nia@ysgol.example")
    return two(AccessLink.objects.order_by("pk"))


def headteachers() -> Pair:
    row = {"name": "Huw Tegid", "email": "huw@ysgol.example"}
    return two(Headteacher.objects.create(case_study=CaseStudyFactory.create(), **row) for _time in range(2))


def agreements() -> Pair:
    """On two fields of one text."""
    PageFactory.create()
    return two(Agreement.objects.order_by("pk"))


def former_slugs() -> Pair:
    row = {
        "content_type": ContentType.objects.get_for_model(Page),
        "object_id": 1,
        "language": "cy",
        "until": LATER,
    }
    return FormerSlug.objects.create(slug="a", **row), FormerSlug.objects.create(slug="b", **row)


def successors() -> Pair:
    pages = ContentType.objects.get_for_model(Page)
    to = {"content_type": pages, "to_type": pages, "to_id": 9}
    return Successor.objects.create(object_id=1, **to), Successor.objects.create(object_id=2, **to)


def files_read() -> Pair:
    row = {"source": "starter", "kind": "page", "language": "", "file_hash": "", "written_hash": ""}
    return WrittenFromFile.objects.create(key="a", **row), WrittenFromFile.objects.create(key="b", **row)


def origins() -> Pair:
    one, other = (
        Provenance.objects.create(
            revision=Revision.objects.create(date_created=LATER), kind="page", subject=uuid.uuid4()
        )
        for _time in range(2)
    )
    return one, other


def _of_two(name: str) -> Callable[[], Pair]:
    """What belongs to each of two case studies that were sent."""

    def make() -> Pair:
        one, other = case_studies("submitted")
        return getattr(one, name), getattr(other, name)

    return make


MAKE: dict[type[Model], Callable[[], Pair]] = {
    Agreement: agreements,
    User: lambda: (UserFactory.create(), UserFactory.create()),
    LinkRequest: lambda: two(LinkRequest.objects.create(email=f"{key}@example.org") for key in "ab"),
    Invitation: lambda: two(Invitation.objects.create(email=f"{name}@example.org") for name in "ab"),
    InvitationLink: lambda: two(
        InvitationLink.objects.create(invitation=Invitation.objects.create(email=f"{key}@c.example"), token_hash=key)
        for key in "ab"
    ),
    OpenPage: lambda: two(
        OpenPage.objects.create(item="a.b:1", user=UserFactory.create(), since=LATER, seen_at=LATER) for _key in "ab"
    ),
    RateLimit: lambda: two(RateLimit.objects.create(key=key, until=LATER) for key in "ab"),
    Picture: lambda: (PictureFactory.create(), PictureFactory.create()),
    Figure: lambda: two(Figure.objects.create(name=name, counted_at=LATER) for name in "ab"),
    Job: lambda: two(Job.objects.create(name=name, next_at=LATER) for name in "ab"),
    Event: events,
    Note: lambda: (event().note, event().note),
    FormerSlug: former_slugs,
    Successor: successors,
    Provenance: origins,
    WrittenFromFile: files_read,
    Message: messages,
    Attempt: lambda: two(Attempt.objects.create(message=message) for message in messages()),
    Wording: lambda: two(
        Wording.objects.create(kind=kind, subject_cy="a", subject_en="b", body_cy="c", body_en="d") for kind in "ab"
    ),
    Page: lambda: (PageFactory.create(), PageFactory.create()),
    PageEdition: lambda: (PageEditionFactory.create(), PageEditionFactory.create()),
    Excuse: lambda: two(
        Excuse.objects.create(
            subject=uuid.uuid4(), kind="ambiguous", language="cy", field="body", as_printed="Jones, 2019", reason="Why."
        )
        for _time in range(2)
    ),
    FindingCount: lambda: two(
        FindingCount.objects.create(
            content_type=ContentType.objects.get_for_model(Hallmark),
            object_id=number,
            language="cy",
            kind="ambiguous",
            state="open",
            count=1,
        )
        for number in (1, 2)
    ),
    FormerKey: lambda: two(FormerKey.objects.create(key=key, work=WorkFactory.create()) for key in "ab"),
    CitationLink: lambda: two(
        link_citation(
            content=HallmarkFactory.create(number=number),
            field="body",
            language="cy",
            as_printed="Jones, 2019",
            occurrence=1,
            work=WorkFactory.create(),
            by=None,
        )
        for number in (1, 2)
    ),
    WorkName: lambda: two(WorkFactory.create().names.get() for _time in range(2)),
    Link: lambda: (LinkFactory.create(), LinkFactory.create()),
    LinkCheck: lambda: two(
        LinkCheck.objects.create(link=LinkFactory.create(), at=LATER, verdict="works", status=200, seconds=0.1)
        for _time in range(2)
    ),
    Work: lambda: (WorkFactory.create(), WorkFactory.create()),
    Hallmark: hallmarks,
    HallmarkEdition: lambda: two(row.editions.get() for row in hallmarks()),
    HallmarkReference: hallmark_references,
    Framework: lambda: (FrameworkFactory.create(), FrameworkFactory.create()),
    Strand: strands,
    Connection: connections,
    CaseStudy: case_studies,
    CaseStudyEdition: case_study_editions,
    EditionHallmark: shown_hallmarks,
    CaseStudyReference: case_study_references,
    EditionPicture: shown_pictures,
    TypedReference: lambda: two(
        TypedReference.objects.create(edition=CaseStudyEditionFactory.create(), text="Estyn (2017)")
        for _time in range(2)
    ),
    CreditedPerson: credited_people,
    Document: lambda: two(DocumentFactory.create() for _time in range(2)),
    DocumentCopy: lambda: two(DocumentCopyFactory.create() for _time in range(2)),
    DocumentCheck: document_checks,
    Contributor: _of_two("contributor"),
    Draft: _of_two("draft"),
    Snapshot: snapshots,
    Permission: permissions,
    Comment: lambda: (CommentFactory.create(), CommentFactory.create()),
    Finding: findings,
    ReadyReason: lambda: two(
        ReadyReason.objects.create(key=key, move="decline", title_cy="a", title_en="b", text_cy="c", text_en="d")
        for key in "ab"
    ),
    Tag: lambda: two(Tag.objects.create(name_cy=key, name_en=key) for key in "ab"),
    AccessLink: links,
    Redaction: lambda: two(Redaction.objects.create(at=timezone.now(), marks=[]) for _time in range(2)),
    Erasure: lambda: two(
        Erasure.objects.create(subject=uuid.uuid4(), what="all", at=timezone.now()) for _time in range(2)
    ),
    Problem: problems,
    ProblemNote: lambda: two(
        ProblemNote.objects.create(problem=problem, text="Why.", by=UserFactory.create()) for problem in problems()
    ),
    Headteacher: headteachers,
}
