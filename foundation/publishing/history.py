"""The earlier words of a content: who wrote them and when, what became of them, and putting some of them back.

A version is read, and never reverted: `Version.revert()` would write a row behind the back of everything that goes with it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from reversion.models import Version

from foundation.bilingual.languages import Language
from foundation.bilingual.policies import columns, policies_of
from foundation.people.models import User
from foundation.publishing.difference import Kind, Piece, difference
from foundation.publishing.models import Content, Edition, Stage
from foundation.publishing.prose import text_from_prose
from foundation.publishing.row_words import label_of_row, put_row_text, row_words
from foundation.publishing.services import keep_rows, save_words
from foundation.record.actors import Actor
from foundation.record.services import write

E = TypeVar("E", bound=Edition)
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """The words of an edition as they once stood. `changed`: the columns that are not as in `before`, the version before it."""

    key: int
    at: datetime
    by: User | None
    stage: str
    texts: Texts
    before: "Kept | None"
    changed: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        return self.stage == Stage.LIVE


def history(content: Content, model: type[Edition]) -> list[Kept]:
    """Every version of the words of `content`, the newest first. One query.

    What was public is compared with what was public before it, and what was being written with whatever stood before. The public
    words are kept once more when others take their place: that is no news, and left out.
    """
    found: list[Kept] = []
    live: Kept | None = None
    for version in _versions(content):
        stage = version.revision.provenance.stage
        before = live if stage == Stage.LIVE else (found[-1] if found else None)
        kept = _kept(version, model, before)
        if stage == Stage.LIVE:
            if live is not None and not kept.changed:
                continue
            live = kept
        found.append(kept)
    return found[::-1]


def _versions(content: Content) -> QuerySet[Version]:
    of = Version.objects.filter(revision__provenance__subject=content.uuid, revision__provenance__kind=content.kind)
    found: QuerySet[Version] = of.select_related("revision__user", "revision__provenance").order_by("pk")
    return found


def _kept(version: Any, model: type[Edition], before: Kept | None) -> Kept:
    stored = json.loads(version.serialized_data)[0]["fields"]
    texts = {column: stored.get(column) or "" for column in columns(model)} | version.revision.provenance.rows
    was = before.texts if before else {}
    changed = tuple(name for name in dict.fromkeys([*texts, *was]) if texts.get(name, "") != was.get(name, ""))
    revision = version.revision
    return Kept(version.pk, revision.date_created, revision.user, revision.provenance.stage, texts, before, changed)


def texts_of(edition: Edition) -> Texts:
    """The words as they stand now."""
    return {column: edition.__dict__[column] or "" for column in columns(type(edition))} | row_words(edition)


# --- comparing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a field, as it was and as it became. No pieces where only the mark-up is another."""

    language: str
    column: str
    before: str
    after: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def was(self) -> list[Piece]:
        """Without what was put in."""
        return [piece for piece in self.pieces if piece.kind != Kind.ADDED]

    @property
    def became(self) -> list[Piece]:
        """Without what was taken out."""
        return [piece for piece in self.pieces if piece.kind != Kind.REMOVED]


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of which a text is another, in both languages."""

    field: str
    label: str | Promise
    sides: tuple[Side, ...]


def compare(model: type[Edition], before: Texts, after: Texts, prose: Sequence[str]) -> list[Compared]:
    """The fields that are not alike, in the order of the page, then those of the rows."""
    found = []
    rows = {name.rpartition("_")[0]: None for name in sorted([*before, *after]) if is_row(name)}
    for field in [*policies_of(model), *rows]:
        sides = tuple(_side(field, language, before, after, field in prose) for language in Language.values)
        if any(side.is_changed for side in sides):
            found.append(Compared(field, label_of(model, field), sides))
    return found


def label_of(model: type[Edition], field: str) -> str | Promise:
    """What a field of an edition, or of a row of it, is called."""
    return label_of_row(model, field) if is_row(field) else model._meta.get_field(field).verbose_name  # type: ignore[union-attr]


def is_row(name: str) -> bool:
    """Whether words of this name are those of a row."""
    return "." in name


def _side(field: str, language: str, before: Texts, after: Texts, is_prose: bool) -> Side:
    column = f"{field}_{language}"
    old, new = before.get(column, ""), after.get(column, "")
    read = text_from_prose if is_prose else str
    pieces = difference(read(old), read(new)) if read(old) != read(new) else []
    return Side(language, column, old, new, pieces)


# --- putting back ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def restore(*, edition: E, version: int, texts: Texts, chosen: Collection[str], actor: Actor) -> E:
    """Give the `chosen` columns of a working edition the words of an earlier version, as if somebody had typed them.

    Raises as `save_words` does, and `RowGone`, and changes nothing then. How the two languages stand to each other follows
    from the words.
    """
    for name in chosen:
        if not is_row(name):
            setattr(edition, name, texts[name])
    saved = save_words(edition=edition, version=version, by=actor.user)
    for name in filter(is_row, chosen):
        put_row_text(saved, name, texts.get(name, ""))
    keep_rows(saved)
    write(actor=actor, kind=saved.content.kind, subject=saved.content.uuid, code="restore")
    return saved
