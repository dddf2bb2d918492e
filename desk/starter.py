"""Putting the starter content into the database, and live: once, and without ever overwriting what people wrote since.

All of it is one transaction. Of each thing the hash of what stands in the database after writing is kept: while it still is
that, a changed file is written again; once somebody has edited it, it is left alone unless `replace` is asked for.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casestudies.models import (
    CaseStudy,
    CaseStudyEdition,
    CaseStudyReference,
    EditionHallmark,
    EditionPicture,
    ReadyReason,
)
from casestudies.services import MoveRefused, Words, perform, write_directly
from casestudies.vocabulary import Origin, Status
from desk import starter_files as files
from desk.starter_files import (
    CaseStudyFile,
    FrameworkFile,
    HallmarkFile,
    PageFile,
    PictureFile,
    ReasonFile,
    Source,
    StarterProblem,
    TextFile,
    WorkFile,
)
from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.files.models import Picture
from foundation.files.services import add_picture, remove_picture
from foundation.publishing.from_files import digest, last_written, remember
from foundation.publishing.gate import Obstacle
from foundation.publishing.models import Content, Edition, Override, Stage
from foundation.publishing.services import GateClosed, former, put_live, set_override, set_slug, start_working
from foundation.record.actors import Actor, Role
from hallmarks.models import Connection, Framework, Hallmark, HallmarkEdition, HallmarkReference, Strand
from pages.models import Page, PageEdition
from references.models import Work
from references.services import save_work

E = TypeVar("E", bound=Edition)

ACTOR = Actor(Role.ADMINISTRATOR)
REASON = Words(
    cy="Cynnwys cychwynnol: heb ei wirio eto gan siaradwr.", en="Starter content: not yet checked by a speaker."
)


class Outcome(StrEnum):
    """What became of one thing."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # edited since, so left as it is


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the report."""

    kind: str
    key: str
    file: str
    outcome: Outcome


@dataclass(slots=True)
class Load:
    """One run: what was asked, what became of each thing, and the picture files to take back should it fail."""

    replace: bool
    tell: Callable[[Line], None]
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def settle(
        self,
        kind: str,
        source: Source,
        *,
        stored: Callable[[], Any],
        write: Callable[[], None],
        also: Sequence[str] = (),
    ) -> None:
        """Write one thing if it is new, or if its file has changed and nobody has edited it, or if `replace` is asked.

        `stored` gives what stands in the database, or None; `also` are hashes of other files that belong to it.
        """
        before, last = stored(), last_written(source="starter", kind=kind, key=source.key)
        file_hash = digest([source.data, *also])
        untouched = last is not None and before is not None and last.written_hash == digest(before)
        if before is not None and last is not None and last.file_hash == file_hash and (untouched or not self.replace):
            outcome = Outcome.UNCHANGED if untouched else Outcome.KEPT
        elif before is None or untouched or self.replace:
            write()
            remember(source="starter", kind=kind, key=source.key, file_hash=file_hash, written_hash=digest(stored()))
            outcome = Outcome.ADDED if before is None else Outcome.UPDATED
        else:
            outcome = Outcome.KEPT
        self.note(kind, source, outcome)

    def note(self, kind: str, source: Source, outcome: Outcome) -> None:
        self.lines.append(Line(kind, source.key, source.file, outcome))
        self.tell(self.lines[-1])


def load(
    *, root: Path, only: Collection[str] = (), replace: bool = False, tell: Callable[[Line], None] = lambda line: None
) -> list[Line]:
    """Read `root` and write what it holds (the kinds named in `only`, or all). Raises `StarterProblem` and writes nothing."""
    kinds = {kind: reader(root) for kind, (reader, _writer) in KINDS.items() if not only or kind in only}
    run = Load(replace, tell)
    try:
        with transaction.atomic():
            for kind, sources in kinds.items():
                for source in sources:
                    KINDS[kind][1](run, source)
    except BaseException:
        for picture in run.pictures:
            for stored in (picture.full, picture.small):
                stored.storage.delete(str(stored.name))
        raise
    return run.lines


# --- one function for each kind -------------------------------------------------------------------------------------------


def load_work(run: Load, source: WorkFile) -> None:
    names = ("csl", "welsh_title", "welsh_url", "welsh_author", "identity", "is_verified", "note")

    def stored() -> Any:
        return Work.objects.filter(key=source.key).values(*names).first()

    run.settle("work", source, stored=stored, write=lambda: _save_work(source))


def _save_work(source: WorkFile) -> None:
    try:
        save_work(key=source.key, csl=source.data)
    except ValueError as error:
        raise StarterProblem(source.file, source.key, str(error)) from error


def load_framework(run: Load, source: FrameworkFile) -> None:
    names = list(source.columns)

    def stored() -> Any:
        framework = Framework.objects.filter(key=source.key)
        rows = framework.values(*names).first()
        return rows and [rows, list(Strand.objects.filter(framework__in=framework).values("number", *names))]

    def write_it() -> None:
        framework, _new = Framework.objects.update_or_create(key=source.key, defaults=dict(source.columns))
        for strand in source.strands:
            Strand.objects.update_or_create(framework=framework, number=strand["number"], defaults=dict(strand))

    run.settle("framework", source, stored=stored, write=write_it)


def load_reason(run: Load, source: ReasonFile) -> None:
    rows = ReadyReason.objects.filter(key=source.key)
    if not rows.exists() and last_written(source="starter", kind="reason", key=source.key) is not None:
        run.note("reason", source, Outcome.KEPT)  # editors have taken it away
        return

    def write_it() -> None:
        own = {"move": source.move, "position": source.position, **source.words}
        reason, _new = ReadyReason.objects.update_or_create(key=source.key, defaults=own)
        agree_all(obj=reason, how=How.STARTER)

    def stored() -> Any:
        return rows.values("move", "position", *source.words).first()

    run.settle("reason", source, stored=stored, write=write_it)


def load_hallmark(run: Load, source: HallmarkFile) -> None:
    def write_it() -> None:
        hallmark, _new = Hallmark.objects.get_or_create(number=source.number)
        edition = _working(hallmark, HallmarkEdition)
        edition.source = _work(source, "source", source.source) if source.source else None
        _list_works(HallmarkReference, edition, source, source.references)
        edition.connections.all().delete()
        for position, (key, number) in enumerate(source.connections):
            framework, strand = _strand(source, key, number)
            Connection.objects.create(edition=edition, framework=framework, strand=strand, position=position)
        _publish(edition, source)

    run.settle(
        "hallmark",
        source,
        stored=lambda: _stored(Hallmark.objects.filter(number=source.number).first()),
        write=write_it,
    )


def load_page(run: Load, source: PageFile) -> None:
    def write_it() -> None:
        page, _new = Page.objects.update_or_create(key=source.key, defaults={"order": source.order})
        _publish(_working(page, PageEdition), source)

    run.settle("page", source, stored=lambda: _stored(Page.objects.filter(key=source.key).first()), write=write_it)


def load_case_study(run: Load, source: CaseStudyFile) -> None:
    case = _case_study(source.slugs["en"])
    if case is not None and case.status != Status.PUBLISHED:
        run.note("case-study", source, Outcome.KEPT)  # archived, withdrawn: people have decided
        return

    def write_it() -> None:
        if case is None:
            _first_publication(run, source)
            return
        edition = _working(case, CaseStudyEdition)
        _fill_case_study(run, edition, source)
        _publish(edition, source)

    pictures = [digest(picture.path.read_bytes().hex()) for picture in source.pictures]
    run.settle(
        "case-study", source, stored=lambda: _stored(_case_study(source.slugs["en"])), write=write_it, also=pictures
    )


def _case_study(slug: str) -> CaseStudy | None:
    """The case study that has, or once had, this address in English."""
    return CaseStudy.objects.filter(Q(slug_en=slug) | Q(pk=former(CaseStudy, language="en", slug=slug))).first()


def _first_publication(run: Load, source: CaseStudyFile) -> None:
    """By the moves that an editor makes for a story of the editors' own. The file's date is that of its publication."""
    case = write_directly(actor=ACTOR, origin=Origin.ILLUSTRATION)
    edition = case.editions.get(stage=Stage.WORKING)
    _fill_case_study(run, edition, source)
    _settle_words(edition, source)
    try:
        perform("approve_without_contributor", case_id=case.pk, actor=ACTOR, reason=REASON)
        perform("publish", case_id=case.pk, actor=ACTOR)
    except MoveRefused as refused:
        raise _closed(source, refused.obstacles) from refused
    day = datetime.combine(source.published, time(12), tzinfo=UTC)
    CaseStudy.objects.filter(pk=case.pk).update(first_published_at=day)
    CaseStudyEdition.objects.filter(content=case, stage=Stage.LIVE).update(live_since=day)


def _fill_case_study(run: Load, edition: CaseStudyEdition, source: CaseStudyFile) -> None:
    edition.first_language = source.first_language
    for name, value in source.facts.items():
        setattr(edition, name, value)
    edition.hallmarks.all().delete()
    for position, number in enumerate(source.hallmarks):
        hallmark = Hallmark.objects.filter(number=number).first()
        if hallmark is None:
            raise StarterProblem(source.file, "hallmarks", _("there is no hallmark %(number)d") % {"number": number})
        EditionHallmark.objects.create(edition=edition, hallmark=hallmark, position=position)
    _list_works(CaseStudyReference, edition, source, source.references)
    _show_pictures(run, edition, source)


def _show_pictures(run: Load, edition: CaseStudyEdition, source: CaseStudyFile) -> None:
    """The pictures of the file; one that stands there already is not stored twice."""
    there = {row.picture.sha256: row.picture for row in edition.pictures.select_related("picture")}
    for row in edition.pictures.all():
        row.delete()
    for position, item in enumerate(source.pictures):
        picture = _add_picture(run, source, item)
        if picture.sha256 in there:
            remove_picture(picture)
            picture = there[picture.sha256]
        row = EditionPicture(edition=edition, picture=picture, shows_people=False, position=position)
        row.alt_cy, row.alt_en = item.alt_cy, item.alt_en
        row.save()


def _add_picture(run: Load, source: CaseStudyFile, item: PictureFile) -> Picture:
    try:
        with item.path.open("rb") as upload:
            picture = add_picture(upload, size=item.path.stat().st_size)
    except ValidationError as error:
        raise StarterProblem(source.file, "pictures.file", f"{item.path.name}: {' '.join(error.messages)}") from error
    run.pictures.append(picture)
    return picture


# --- what they share ------------------------------------------------------------------------------------------------------


def _working(content: Content, model: type[E]) -> E:
    """The working edition of `content`: the one there is, one begun from what is live, or an empty one."""
    editions = model._base_manager.filter(content=content)
    live = editions.filter(stage=Stage.LIVE).first()
    if live is not None:
        return start_working(live=live, by=None)
    return editions.filter(stage=Stage.WORKING).first() or model._base_manager.create(content=content)


def _settle_words(edition: Edition, source: TextFile) -> None:
    """The words and addresses of the file, said to match by the starter content and not yet checked by a speaker."""
    for name, text in source.words.items():
        setattr(edition, name, text)
    edition.save()
    for language, slug in source.slugs.items():
        _address(edition.content, language, slug, source)
    for obj in (edition, *(row for child in edition.children for row in getattr(edition, child).all())):
        agree_all(obj=obj, how=How.STARTER)
    set_override(edition=edition, override=Override.UNCHECKED, actor=ACTOR, reason=REASON.en)


def _address(content: Content, language: str, slug: str, source: TextFile) -> None:
    others = type(content)._base_manager.exclude(pk=content.pk)
    if others.filter(**{f"slug_{language}": slug}).exists() or former(
        type(content), language=language, slug=slug
    ) not in (None, content.pk):
        raise StarterProblem(source.file, f"{language}.slug", _("another text has this address, or had it once"))
    set_slug(content=content, language=language, slug=slug)


def _publish(edition: Edition, source: TextFile) -> None:
    _settle_words(edition, source)
    try:
        put_live(working=edition, actor=ACTOR)
    except GateClosed as closed:
        raise _closed(source, closed.obstacles) from closed


def _closed(source: Source, obstacles: Sequence[Obstacle]) -> StarterProblem:
    first = obstacles[0] if obstacles else None
    return StarterProblem(
        source.file, first.field if first else "", str(first.message if first else _("cannot be published"))
    )


def _list_works(
    model: type[HallmarkReference] | type[CaseStudyReference], edition: Edition, source: Source, keys: Sequence[str]
) -> None:
    rows: Any = model._base_manager
    rows.filter(edition=edition).delete()
    for position, key in enumerate(keys):
        rows.create(edition=edition, work=_work(source, "references", key), position=position)


def _work(source: Source, where: str, key: str) -> Work:
    work = Work.objects.filter(key=key).first()
    if work is None:
        raise StarterProblem(source.file, where, _("there is no work %(key)s") % {"key": key})
    return work


def _strand(source: Source, key: str, number: int | None) -> tuple[Framework, Strand | None]:
    framework = Framework.objects.filter(key=key).first()
    if framework is None:
        raise StarterProblem(source.file, "connections.framework", _("there is no framework %(key)s") % {"key": key})
    strand = framework.strands.filter(number=number).first() if number is not None else None
    if strand is None and number is not None:
        raise StarterProblem(source.file, "connections.strand", _("there is no strand %(number)d") % {"number": number})
    return framework, strand


_PASSING = {"id", "edition", "content", "version", "updated_at", "updated_by", "live_since", "override_at"}


def _stored(content: Content | None) -> Any:
    """Everything that stands in the editions of `content` and the rows that belong to them; None where there is none."""
    if content is None:
        return None
    editions = [
        {"own": _columns(edition)}
        | {child: [_columns(row) for row in getattr(edition, child).all()] for child in edition.children}
        for edition in content.editions.all()  # type: ignore[attr-defined]
    ]
    return [content.slug_cy, content.slug_en, editions] if editions else None


def _columns(row: models.Model) -> Mapping[str, Any]:
    """What people write of a row: its own columns, but for keys that a copy changes and times."""
    return {
        item.attname: getattr(row, item.attname)
        for item in row._meta.concrete_fields
        if item.name not in _PASSING and not hasattr(row, f"{item.name}_cy")
    }


#: In the order in which they need one another.
KINDS: dict[str, tuple[Callable[[Path], Sequence[Any]], Callable[[Load, Any], None]]] = {
    "references": (files.read_works, load_work),
    "frameworks": (files.read_frameworks, load_framework),
    "hallmarks": (files.read_hallmarks, load_hallmark),
    "pages": (files.read_pages, load_page),
    "reasons": (files.read_reasons, load_reason),
    "case-studies": (files.read_case_studies, load_case_study),
}
