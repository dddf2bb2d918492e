"""Objects for tests: each satisfies every constraint, has both languages written out, and can be published.

`CaseStudyFactory(status=…)` makes a case study as it is in that state, with all that belongs to it. What is written after
two underscores goes to the part: `CaseStudyFactory(status="published", edition__title_en="…", contributor__language="cy")`.
"""

import hashlib
import io
from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from casestudies.models import (
    CaseStudy,
    CaseStudyEdition,
    Comment,
    Contributor,
    Document,
    DocumentCopy,
    Draft,
    EditionHallmark,
    EditionPicture,
    Permission,
    Snapshot,
)
from casestudies.vocabulary import CLAIMABLE, UNSENT, Authority, Kind, Medium, Origin, Phase, Status
from foundation.bilingual.models import How
from foundation.bilingual.policies import columns
from foundation.bilingual.services import agree_all
from foundation.files.models import Picture
from foundation.files.services import add_picture
from foundation.people.models import User
from foundation.publishing.models import Edition, Stage
from hallmarks.models import Connection, Framework, Hallmark, HallmarkEdition, HallmarkReference, Strand
from pages.models import Page, PageEdition
from references.models import Link, Work
from references.services import save_work

PASSWORD = "pedwar ceffyl gwyn a chi"


# --- people ---------------------------------------------------------------------------------------------------------------


class UserFactory(DjangoModelFactory[User]):
    """A member of staff without a group: `UserFactory(group="Editors")` puts them in one."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return User.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)

    @factory.post_generation
    def group(self: User, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))


def editor(**fields: Any) -> User:
    return UserFactory.create(group="Editors", **fields)


def translator(**fields: Any) -> User:
    return UserFactory.create(group="Translators", **fields)


def administrator(**fields: Any) -> User:
    return UserFactory.create(group="Administrators", **fields)


# --- files ----------------------------------------------------------------------------------------------------------------


def png(width: int = 8, height: int = 6, colour: str = "teal") -> io.BytesIO:
    """A real, small PNG file."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    out.seek(0)
    return out


class PictureFactory(DjangoModelFactory[Picture]):
    """A picture that came in by the front door: `PictureFactory(width=40, height=30, colour="red")`."""

    class Meta:
        model = Picture

    @classmethod
    def _create(cls, model_class: type[Picture], *args: Any, **kwargs: Any) -> Picture:
        upload = png(**kwargs)
        return add_picture(upload, size=len(upload.getvalue()))


# --- the bibliography -----------------------------------------------------------------------------------------------------


class WorkFactory(DjangoModelFactory[Work]):
    """A work, written by its service: `WorkFactory(title="…", family="Jones", year=2019, identity="inferred-weak")`."""

    class Meta:
        model = Work

    key = factory.Sequence(lambda n: f"author-{n}")
    title = factory.Sequence(lambda n: f"A study of professional learning, part {n}")
    family = factory.Sequence(lambda n: f"Author{n}")
    year = 2019

    @classmethod
    def _create(cls, model_class: type[Work], *args: Any, **kwargs: Any) -> Work:
        key, title, family, year = (kwargs.pop(name) for name in ("key", "title", "family", "year"))
        csl = kwargs.pop("csl", None) or {
            "id": key,
            "type": "book",
            "title": title,
            "author": [{"family": family, "given": "Ann"}],
            "issued": {"date-parts": [[year]]},
            "publisher": "Gwasg Enghraifft",
        }
        return save_work(key=key, csl=csl, **kwargs)


class LinkFactory(DjangoModelFactory[Link]):
    """An address that works at `leads_to`; `failures=3` makes one that has failed for weeks, `accepted=True` one that works
    for a person, `works=1` one that a published hallmark's work names."""

    class Meta:
        model = Link
        skip_postgeneration_save = True

    class Params:
        accepted = False

    address = factory.Sequence(lambda n: f"https://example.org/work/{n}")
    verdict = factory.LazyAttribute(lambda made: "fails" if made.failures else "works")
    problem = factory.LazyAttribute(lambda made: "status" if made.failures else "")
    status = factory.LazyAttribute(lambda made: 404 if made.failures else 200)
    failures = 0
    checked_at = factory.LazyFunction(timezone.now)
    next_at = factory.LazyAttribute(lambda made: made.checked_at + timedelta(days=7))
    failing_since = factory.LazyAttribute(
        lambda made: made.checked_at - timedelta(days=7 * (made.failures - 1)) if made.failures else None
    )
    accepted_at = factory.LazyAttribute(lambda made: made.checked_at if made.accepted else None)
    accepted_by = factory.LazyAttribute(lambda made: editor() if made.accepted else None)

    @factory.post_generation
    def works(self: Link, create: bool, extracted: int | None, **kwargs: Any) -> None:
        if extracted:
            csl = {"type": "webpage", "title": f"A page at {self.address}", "URL": self.address}
            listed = [WorkFactory.create(csl=csl) for _time in range(extracted)]
            hallmark = HallmarkFactory.create()
            for work in listed:
                HallmarkReference.objects.create(edition=hallmark.editions.get(stage=Stage.LIVE), work=work)


# --- editions -------------------------------------------------------------------------------------------------------------


class EditionFactory(DjangoModelFactory[Edition]):
    """An edition at a stage, its two languages in step unless `agreed=False`. Write both columns of a text you change."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    stage = Stage.LIVE
    live_since = factory.LazyAttribute(lambda made: timezone.now() if made.stage == Stage.LIVE else None)

    @factory.post_generation
    def agreed(self: Edition, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted is not False:
            agree_all(obj=self, how=How.SPEAKER)


class HallmarkEditionFactory(EditionFactory):
    """What a hallmark says; part of `HallmarkFactory`. A second edition: `HallmarkEditionFactory(content=…, stage="working")`."""

    class Meta:
        model = HallmarkEdition

    content = factory.SubFactory("tests.factories.HallmarkFactory", edition=False)
    title_cy = factory.LazyAttribute(lambda made: f"Nodwedd rhif {made.content.number}")
    title_en = factory.LazyAttribute(lambda made: f"Hallmark number {made.content.number}")
    lead_in_cy = "Mae dysgu proffesiynol sy’n cael ei arwain yn dda"
    lead_in_en = "Well-led professional learning is"
    short_name_cy = factory.LazyAttribute(lambda made: f"Nodwedd {made.content.number}")
    short_name_en = factory.LazyAttribute(lambda made: f"Hallmark {made.content.number}")
    summary_cy = "Crynodeb byr."
    summary_en = "A short summary."
    body_cy = "<p>Mae arweinwyr yn dysgu gyda’i gilydd.</p>"
    body_en = "<p>Leaders learn together.</p>"

    @factory.post_generation
    def works(self: HallmarkEdition, create: bool, extracted: int | list[Work] | None, **kwargs: Any) -> None:
        """`works=3` or `works=[work, …]`: its reference list, with the entries as printed."""
        listed = [WorkFactory.create() for _ in range(extracted)] if isinstance(extracted, int) else extracted or []
        for position, work in enumerate(listed):
            printed = f"{work.creators} ({work.year})\n{work.title}"
            HallmarkReference.objects.create(
                edition=self, work=work, position=position, printed_cy=printed, printed_en=printed
            )


class HallmarkFactory(DjangoModelFactory[Hallmark]):
    """A hallmark with a live edition (`edition=False`: without; `edition__stage="working"`: not published yet)."""

    class Meta:
        model = Hallmark
        django_get_or_create = ("number",)
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: n % 8 + 1)
    slug_cy = factory.LazyAttribute(lambda made: f"nodwedd-{made.number}")
    slug_en = factory.LazyAttribute(lambda made: f"hallmark-{made.number}")

    @factory.post_generation
    def edition(self: Hallmark, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted is not False and not self.editions.filter(stage=kwargs.get("stage", Stage.LIVE)).exists():
            HallmarkEditionFactory.create(content=self, **kwargs)


class FrameworkFactory(DjangoModelFactory[Framework]):
    """A framework whose official name is known in both languages."""

    class Meta:
        model = Framework

    key = factory.Sequence(lambda n: f"framework-{n}")
    name_cy = factory.LazyAttribute(lambda made: f"Fframwaith {made.key}")
    name_en = factory.LazyAttribute(lambda made: f"Framework {made.key}")
    url_cy = "https://example.org/cy/"
    url_en = "https://example.org/en/"


class StrandFactory(DjangoModelFactory[Strand]):
    """A strand with an English name only, as most have."""

    class Meta:
        model = Strand

    framework = factory.SubFactory(FrameworkFactory)
    number = factory.Sequence(lambda n: n + 1)
    name_cy = ""
    name_en = factory.LazyAttribute(lambda made: f"Strand {made.number}")
    url_cy = ""
    url_en = ""


class ConnectionFactory(DjangoModelFactory[Connection]):
    """A line under "Make the Connection" of a hallmark's edition."""

    class Meta:
        model = Connection

    edition = factory.SubFactory(HallmarkEditionFactory)
    strand = factory.SubFactory(StrandFactory)
    framework = factory.SelfAttribute("strand.framework")


class PageEditionFactory(EditionFactory):
    """What a standing page says; part of `PageFactory`."""

    class Meta:
        model = PageEdition

    content = factory.SubFactory("tests.factories.PageFactory", edition=False)
    title_cy = factory.LazyAttribute(lambda made: f"Teitl {made.content.key}")
    title_en = factory.LazyAttribute(lambda made: f"Title {made.content.key}")
    body_cy = "<p>Croeso cynnes i bawb.</p>"
    body_en = "<p>A warm welcome to all.</p>"


class PageFactory(DjangoModelFactory[Page]):
    """A standing page with a live edition (`edition=False`: without; `edition__stage="working"`: not published yet)."""

    class Meta:
        model = Page
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"page-{n}")
    slug_cy = factory.LazyAttribute(lambda made: f"{made.key}-cy")
    slug_en = factory.LazyAttribute(lambda made: f"{made.key}-en")

    @factory.post_generation
    def edition(self: Page, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted is not False:
            PageEditionFactory.create(content=self, **kwargs)


# --- case studies ---------------------------------------------------------------------------------------------------------

PUBLIC_ONCE = (Status.PUBLISHED, Status.ARCHIVED)


class CaseStudyEditionFactory(EditionFactory):
    """The words and facts of a case study; part of `CaseStudyFactory`."""

    class Meta:
        model = CaseStudyEdition

    stage = Stage.WORKING
    content = factory.SubFactory("tests.factories.CaseStudyFactory", edition=False)
    title_cy = factory.Sequence(lambda n: f"Darllen gyda’n gilydd {n}")
    title_en = factory.Sequence(lambda n: f"Reading together {n}")
    setting_name_cy = "Ysgol Cwm Enghraifft"
    setting_name_en = "Ysgol Cwm Enghraifft"
    summary_cy = "Crynodeb o’r stori."
    summary_en = "A summary of the story."
    about_cy = "<p>Ysgol fach mewn cwm.</p>"
    about_en = "<p>A small school in a valley.</p>"
    context_cy = "<p>Roedd y staff am ddarllen mwy.</p>"
    context_en = "<p>The staff wanted to read more.</p>"
    activity_cy = "<p>Darllenodd pawb bob wythnos.</p>"
    activity_en = "<p>Everyone read every week.</p>"
    impact_cy = "<p>Mae’r disgyblion yn darllen mwy.</p>"
    impact_en = "<p>Pupils read more.</p>"
    sharing_cy = "<p>Cafodd y clwstwr glywed amdano.</p>"
    sharing_en = "<p>The cluster heard about it.</p>"
    kind = Kind.SCHOOL
    phase = Phase.PRIMARY
    medium = Medium.WELSH
    authority = Authority.GWYNEDD

    @factory.post_generation
    def hallmarks(self: CaseStudyEdition, create: bool, extracted: list[Hallmark] | None, **kwargs: Any) -> None:
        """`hallmarks=[…]`: which it shows; the first hallmark where nothing is said."""
        shown = [HallmarkFactory.create(number=1)] if extracted is None else extracted
        for position, hallmark in enumerate(shown):
            EditionHallmark.objects.create(edition=self, hallmark=hallmark, position=position)

    @factory.post_generation
    def pictures(self: CaseStudyEdition, create: bool, extracted: int | None, **kwargs: Any) -> None:
        """`pictures=2`: with so many pictures without people."""
        for position in range(extracted or 0):
            EditionPictureFactory.create(edition=self, position=position)


class EditionPictureFactory(DjangoModelFactory[EditionPicture]):
    """A picture in a case study, its two descriptions in step. `shows_people=True` needs a permission of its own."""

    class Meta:
        model = EditionPicture
        skip_postgeneration_save = True

    edition = factory.SubFactory(CaseStudyEditionFactory)
    picture = factory.SubFactory(PictureFactory)
    alt_cy = "Silff o lyfrau"
    alt_en = "A shelf of books"
    shows_people = False

    @factory.post_generation
    def agreed(self: EditionPicture, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted is not False:
            agree_all(obj=self, how=How.SPEAKER)


class ContributorFactory(DjangoModelFactory[Contributor]):
    """Who sends a case study; part of `CaseStudyFactory`."""

    class Meta:
        model = Contributor

    case_study = factory.SubFactory("tests.factories.CaseStudyFactory", contributor=False)
    name = factory.Sequence(lambda n: f"Contributor Unique{n}")
    role = "Headteacher"
    email = factory.Sequence(lambda n: f"contributor{n}@example.org")
    language = "cy"
    address_confirmed_at = factory.LazyAttribute(
        lambda made: None if made.case_study.status in UNSENT else made.case_study.created_at
    )


class PermissionFactory(DjangoModelFactory[Permission]):
    """An agreement that stands: `PermissionFactory(case_study=…, kind="licence")`."""

    class Meta:
        model = Permission

    case_study = factory.SubFactory("tests.factories.CaseStudyFactory", permissions=False)
    kind = "licence"
    text_version = "1"
    text_language = "en"
    text = "The words that were agreed to."
    person = "Contributor"
    given_at = factory.LazyFunction(timezone.now)


def story_of(edition: Edition) -> dict[str, Any]:
    """What a snapshot of this edition holds: its words and facts."""
    return {
        name: getattr(edition, name) for name in [*columns(CaseStudyEdition), "kind", "phase", "medium", "authority"]
    }


class CaseStudyFactory(DjangoModelFactory[CaseStudy]):
    """A case study in any status, with all that belongs to it there: contributor, draft, snapshot, edition, permissions.

    `origin="editors"` leaves out what only a contributor brings. `edition=False`, `contributor=False`, `permissions=False`
    leave out that part. `correction=True` gives a published one a working edition beside the live one.
    """

    class Meta:
        model = CaseStudy
        skip_postgeneration_save = True

    status = Status.SUBMITTED
    origin = Origin.CONTRIBUTOR
    claimed_by = factory.LazyAttribute(lambda made: editor() if made.status in CLAIMABLE else None)
    started_by = factory.LazyAttribute(lambda made: editor() if made.origin == Origin.EDITORS else None)
    submitted_at = factory.LazyAttribute(
        lambda made: None if made.status in UNSENT or made.origin != Origin.CONTRIBUTOR else timezone.now()
    )
    first_published_at = factory.LazyAttribute(lambda made: timezone.now() if made.status in PUBLIC_ONCE else None)
    # No address that publishing gives: those end with a number where the first is taken.
    slug_cy = factory.Sequence(lambda n: f"darllen-gydan-gilydd-s{n}")
    slug_en = factory.Sequence(lambda n: f"reading-together-s{n}")

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        """Before it is published a case study has no address, unless a test gives it one."""
        if kwargs["first_published_at"] is None:
            for name in ("slug_cy", "slug_en"):
                if str(kwargs[name]).startswith(("darllen-gydan-gilydd-", "reading-together-")):
                    kwargs[name] = ""
        return kwargs

    @factory.post_generation
    def contributor(self: CaseStudy, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted is not False and self.origin == Origin.CONTRIBUTOR:
            ContributorFactory.create(case_study=self, **kwargs)

    @factory.post_generation
    def draft(self: CaseStudy, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """What was typed is kept until an editor accepts the story."""
        kept = (*UNSENT, Status.HELD, Status.SUBMITTED, Status.IN_REVIEW, Status.CHANGES_REQUESTED)
        if extracted is not False and self.origin == Origin.CONTRIBUTOR and self.status in kept:
            complete = kwargs.pop("is_complete", self.status != Status.DRAFT)
            Draft.objects.create(case_study=self, is_complete=complete, **kwargs)

    @factory.post_generation
    def edition(self: CaseStudy, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """A draft has no edition yet, unless words are given for it."""
        if extracted is False or (self.status in UNSENT and not kwargs and not extracted):
            return
        kwargs.setdefault("stage", Stage.LIVE if self.status in PUBLIC_ONCE else Stage.WORKING)
        made = CaseStudyEditionFactory.create(content=self, **kwargs)
        if self.origin == Origin.CONTRIBUTOR and self.status not in UNSENT:
            sent = self.submitted_at or timezone.now()
            Snapshot.objects.create(case_study=self, number=1, made_at=sent, story=story_of(made))

    @factory.post_generation
    def correction(self: CaseStudy, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted or kwargs:
            CaseStudyEditionFactory.create(content=self, stage=Stage.WORKING, **kwargs)

    @factory.post_generation
    def permissions(self: CaseStudy, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted is False or self.origin != Origin.CONTRIBUTOR or self.status in UNSENT:
            return
        ended = {"withdrawn_at": timezone.now()} if self.status == Status.WITHDRAWN else {}
        for kind in ("headteacher", "licence", "privacy"):
            PermissionFactory.create(case_study=self, kind=kind, **ended, **kwargs)


def overdue(case: CaseStudy, days: int) -> CaseStudy:
    """`case` as it is after two reminders and so many days in its state."""
    CaseStudy.objects.filter(pk=case.pk).update(reminders=2, status_since=timezone.now() - timedelta(days=days))
    return CaseStudy.objects.get(pk=case.pk)


# --- documents ------------------------------------------------------------------------------------------------------------


class DocumentFactory(DjangoModelFactory[Document]):
    """A document that came with a story, as if it had come in by the front door: `DocumentFactory(text="…", name="…")`."""

    class Meta:
        model = Document

    case_study = factory.SubFactory(CaseStudyFactory)
    name = factory.Sequence(lambda n: f"cynllun-{n}.pdf")
    kind = "pdf"
    text = "Cynllun gwella."

    @classmethod
    def _create(cls, model_class: type[Document], *args: Any, **kwargs: Any) -> Document:
        data = kwargs.pop("data", f"%PDF-1.7 {kwargs['name']}".encode())
        document = Document(size=len(data), sha256=hashlib.sha256(data).hexdigest(), **kwargs)
        document.file.save("evidence", ContentFile(data), save=False)
        document.save()
        return document


class DocumentCopyFactory(DjangoModelFactory[DocumentCopy]):
    """The cleaned copy of a document, chosen to be published unless `published_at=None`."""

    class Meta:
        model = DocumentCopy

    document = factory.SubFactory(DocumentFactory)
    title_cy = "Cynllun gwella"
    title_en = "Improvement plan"
    written_in = "cy"
    published_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class: type[DocumentCopy], *args: Any, **kwargs: Any) -> DocumentCopy:
        data = kwargs.pop("data", b"%PDF-1.7 copi")
        copy = DocumentCopy(size=len(data), **kwargs)
        copy.file.save("copy", ContentFile(data), save=False)
        copy.save()
        agree_all(obj=copy, how=How.SPEAKER)
        return copy


# --- questions ------------------------------------------------------------------------------------------------------------


class CommentFactory(DjangoModelFactory[Comment]):
    """A question about a whole text; `is_sent=True`: the contributor has it; `is_answered=True`: with `answer=` too."""

    class Meta:
        model = Comment

    class Params:
        is_sent = False
        is_answered = False

    case_study = factory.SubFactory(CaseStudyFactory, status="in_review")
    field = "impact"
    language = "en"
    text_en = "How do you know?"
    asked_by = factory.LazyFunction(lambda: editor())
    sent_at = factory.LazyAttribute(lambda made: timezone.now() if made.is_sent or made.is_answered else None)
    answered_at = factory.LazyAttribute(lambda made: timezone.now() if made.is_answered else None)
    answer_language = factory.LazyAttribute(lambda made: "cy" if made.is_answered else "")
