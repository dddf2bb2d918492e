"""Carrying out the plan of an import: the working edition, its rows, and what the import remembers of them."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.bilingual.languages import Language
from foundation.publishing.from_files import last_written, remember
from foundation.publishing.models import Stage
from foundation.publishing.prose import clean_text
from foundation.publishing.services import keep_rows, save_words, start_working
from foundation.record.actors import Actor, Role
from foundation.record.services import write
from hallmarks.import_plan import Listed, Plan, link_key, said
from hallmarks.importing import is_untouched
from hallmarks.models import Connection, Hallmark, HallmarkEdition, HallmarkReference
from references.models import Identity, Work
from references.services import save_work

ACTOR = Actor(Role.ADMINISTRATOR)


@transaction.atomic
def carry_out(made: Plan) -> HallmarkEdition:
    """Write what was planned into the working edition, and remember it."""
    hallmark = Hallmark.objects.get_or_create(number=made.number)[0]
    other = made.language.other
    other_untouched = is_untouched(made.edition, made.number, other)
    edition = _working(hallmark, made.edition)
    for name in ("title", "lead_in", "body"):
        setattr(edition, f"{name}_{made.language}", getattr(made.after, name))
    _add_works(made.listed)
    edition.source = Work.objects.filter(key=made.after.source).first()
    save_words(edition=edition, version=edition.version, by=None)
    if made.listed:
        _write_references(edition, made)
    if made.links:
        _write_connections(edition, made)
    keep_rows(edition)
    edition = HallmarkEdition.objects.select_related("content", "source").get(pk=edition.pk)
    _remember(edition, made.number, made.language, made.file_hash)
    if other_untouched:  # rows that both languages share have moved: that is no edit of the other language
        last = last_written(source="import", kind="hallmark", key=str(made.number), language=other)
        _remember(edition, made.number, other, last.file_hash if last else "")
    write(actor=ACTOR, kind=hallmark.kind, subject=hallmark.uuid, code="import", to_state=edition.stage)
    return edition


def _working(hallmark: Hallmark, edition: HallmarkEdition | None) -> HallmarkEdition:
    if edition is None:
        return HallmarkEdition.objects.create(content=hallmark)
    return edition if edition.stage == Stage.WORKING else start_working(live=edition, by=None)


def _remember(edition: HallmarkEdition, number: int, language: str, file_hash: str) -> None:
    remember(
        source="import",
        kind="hallmark",
        key=str(number),
        language=language,
        file_hash=file_hash,
        written_hash=said(edition, language).hash,
    )


def _add_works(listed: Sequence[Listed]) -> None:
    for one in listed:
        if one.item is not None:
            save_work(
                key=one.key, csl=one.item, identity=Identity.STATED, is_verified=False, note=_("From an imported page.")
            )


def _write_references(edition: HallmarkEdition, made: Plan) -> None:
    works = {work.key: work for work in Work.objects.filter(key__in=[one.key for one in made.listed])}
    rows = {row.work.key: row for row in edition.references.select_related("work")}
    for one in made.listed:
        work = works[one.key]
        rows.setdefault(one.key, HallmarkReference(edition=edition, work=work))
        _name_cover(work, made.language, one.entry.alternative)
    _write_rows(rows, made.reference_order, {one.key: one.printed for one in made.listed}, made.language)


def _write_connections(edition: HallmarkEdition, made: Plan) -> None:
    existing = edition.connections.select_related("framework", "strand")
    rows = {link_key(row.framework, row.strand): row for row in existing}
    printed: dict[str, str] = {}
    for link in made.links:
        key = link_key(link.framework, link.strand)
        rows.setdefault(key, Connection(edition=edition, framework=link.framework, strand=link.strand))
        printed[key] = link.printed[:300]
    _write_rows(rows, made.connection_order, printed, made.language)


def _write_rows(
    rows: Mapping[str, HallmarkReference | Connection],
    order: Sequence[str],
    printed: Mapping[str, str],
    language: Language,
) -> None:
    """Give the rows their order and what is printed. A row that neither language has any more goes."""
    for key in rows.keys() - set(order):
        rows[key].delete()
    for position, key in enumerate(key for key in order if key in rows):
        row = rows[key]
        row.position = position
        setattr(row, f"printed_{language}", printed.get(key, ""))
        row.save()


def _name_cover(work: Work, language: str, alternative: str | None) -> None:
    """The text for a picture goes to the work's cover, where there is a cover without one."""
    if alternative and work.cover_id and not getattr(work, f"cover_alt_{language}"):
        setattr(work, f"cover_alt_{language}", clean_text(alternative)[:250])
        work.save(update_fields=[f"cover_alt_{language}"])
