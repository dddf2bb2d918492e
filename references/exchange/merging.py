"""Two works that are one: everything that names the one is made to name the other, and the address of the one leads there."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.http import Http404

from foundation.record.actors import Actor
from foundation.record.services import write
from references.csl import BESIDE
from references.models import Excuse, FormerKey, ListedReference, Work, WorkName
from references.models.checking import PRINTED_LENGTH
from references.services import save_work

#: What the editors keep with a work beside its item: taken over where the work that stays has nothing there.
KEPT = ("welsh_title", "welsh_url", "welsh_author", "note")


@dataclass(slots=True)
class Merged:
    """What a merge did: how many rows of each model now name the work that stays, and how many it named already."""

    moved: Counter[str] = field(default_factory=Counter)
    double: Counter[str] = field(default_factory=Counter)

    def count(self, row: models.Model, *, is_moved: bool) -> None:
        (self.moved if is_moved else self.double)[str(row._meta.verbose_name)] += 1


def find_work(works: QuerySet[Work], key: str) -> Work:
    """The work of this key, or the one that it was merged into. Raises `Http404`."""
    found = works.filter(key=key).first()
    if found is None:
        former = FormerKey.objects.filter(key=key).values_list("work", flat=True).first()
        found = works.filter(pk=former).first() if former else None
    if found is None:
        raise Http404
    return found


def naming_rows(work: Work) -> Sequence[tuple[models.ForeignKey[Any, Any], QuerySet[Any]]]:
    """Every foreign key to works in the database, and its rows that name this one, hidden relations too.

    Not the names under which it is cited: they follow from the item, and go with the work.
    """
    found = []
    for relation in Work._meta.get_fields(include_hidden=True):
        # One-to-one relations are a kind of these.
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model is WorkName:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: work}).order_by("pk")
        found.append((relation.field, rows))
    return found


@transaction.atomic
def merge_works(*, gone: Work, stays: Work, actor: Actor) -> Merged:
    """Make `gone` and `stays` one work, `stays`. Raises `ValueError` for a work and itself."""
    if gone.pk == stays.pk:
        raise ValueError("a work is not merged into itself")
    locked = {
        work.pk: work for work in Work.objects.select_for_update().filter(pk__in=(gone.pk, stays.pk)).order_by("pk")
    }
    gone, stays = locked[gone.pk], locked[stays.pk]
    done = Merged()
    for foreign_key, rows in naming_rows(gone):
        for row in rows:
            done.count(row, is_moved=_move(row, **{foreign_key.name: stays}))
    for excuse in Excuse.objects.filter(work_key=gone.key).order_by("pk"):  # known by the key, not by a foreign key
        printed = str(stays) if excuse.as_printed == str(gone) else excuse.as_printed
        done.count(excuse, is_moved=_move(excuse, work_key=stays.key, as_printed=printed[:PRINTED_LENGTH]))
    _take_over(gone, stays)
    if any(rows.exists() for _foreign_key, rows in naming_rows(gone)):
        raise RuntimeError("something still names the work")  # deleting it would delete that too
    key, item = gone.key, gone.csl
    gone.delete()
    FormerKey.objects.create(key=key, work=stays, csl=item)
    write(
        actor=actor, kind="work", subject=uuid.uuid5(uuid.NAMESPACE_URL, f"work:{stays.key}"), code="work-merged",
        note_cy=f"{key} → {stays.key}", note_en=f"{key} → {stays.key}",
    )  # fmt: skip
    return done


def _move(row: Any, **named: Any) -> bool:
    """Let a row name the work that stays. Where another row says that already, only what was printed there is kept."""
    try:
        with transaction.atomic():
            for name, value in named.items():
                setattr(row, name, value)
            row.save(update_fields=list(named))
    except IntegrityError:
        if isinstance(row, ListedReference):
            _keep_printed(row, type(row)._base_manager.get(edition=row.edition, work=row.work))  # type: ignore[misc]
        row.delete()
        return False
    return True


def _keep_printed(row: Any, other: Any) -> None:
    """Two places in one list become one: the earlier, with the entry as it was printed in each language."""
    for name in ("printed_cy", "printed_en"):
        setattr(other, name, getattr(other, name) or getattr(row, name))
    other.position = min(other.position, row.position)
    other.save(update_fields=["printed_cy", "printed_en", "position"])


def _take_over(gone: Work, stays: Work) -> None:
    """The cover, and what the editors noted, where the work that stays has none; and all that follows from the work anew."""
    kept = {name: getattr(stays, name) for name in BESIDE.values()}
    kept |= {name: getattr(gone, name) for name in KEPT if not kept[name]}
    if gone.cover_id and not stays.cover_id:
        kept |= {name: getattr(gone, name) for name in ("cover", "cover_alt_cy", "cover_alt_en")}
    save_work(key=stays.key, csl=stays.csl, **kept)
