"""Redaction: named passages are replaced by a mark wherever words stand, all at once, and what is kept is only that it was done.

Each room says which of its columns hold words (`register_words`). What cannot have a hole goes altogether: an address of mail
is emptied, or its row goes where one is needed; so does what `goes_with` names.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import EmailField, Model, QuerySet, SlugField
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import Promise

from foundation.record.actors import CLOCK, Actor
from foundation.record.models import Redaction
from foundation.record.passages import Named, Passages
from foundation.record.services import write

KIND = "redaction"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Columns of a model in which words stand, each with its two languages where it is translated.

    `goes_with`: a row of which one of these columns holds a passage goes altogether, by `let_go`. `as_json`: texts that hold
    JSON, or what `parse` makes of them. `also`: what else is written with the new values of a row. `settle`: told the keys of what was written, when all is done.
    `stays`: counted, so that somebody can see to it, and not touched.
    """

    model: type[Model]
    columns: tuple[str, ...]
    goes_with: tuple[str, ...] = ()
    as_json: tuple[str, ...] = ()
    parse: Callable[[str], Any] = json.loads
    also: Callable[[Row], Row] = lambda row: {}
    let_go: Callable[[Any], Any] | None = None
    settle: Callable[[list[Any]], None] = lambda keys: None
    stays: bool = False
    label: str | Promise = ""  # what such rows are called where their model is not ours and has no words in Welsh

    @property
    def called(self) -> str | Promise:
        return self.label or self.model._meta.verbose_name_plural or ""

    @property
    def names(self) -> list[str]:
        """The columns as the database has them. A translated one has a third column, which holds one of the two texts."""
        there = {column.attname for column in self.model._meta.concrete_fields}
        wanted = {name for column in self.columns for name in (column, f"{column}_cy", f"{column}_en")}
        return sorted(wanted & there)

    @property
    def rows(self) -> QuerySet[Any]:
        """Every row. Not through a manager of the model: one of a translated model asks for another column than is named."""
        return QuerySet(self.model).order_by("pk")


@dataclass(slots=True)
class Found:
    """In one place: how many rows hold a passage, how often, and how many of them go altogether."""

    words: Words
    times: int = 0
    rows: int = 0
    going: int = 0
    columns: set[str] = field(default_factory=set)


_registered: list[Words] = []


def register_words(model: type[Model], *columns: str, **how: Any) -> None:
    """Say that words stand in these columns of a model; called from an app's `ready()`. `how` as in `Words`."""
    _registered.append(Words(model=model, columns=columns, **how))


def all_words() -> list[Words]:
    return list(_registered)


# --- looking --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that holds a passage: its new values, or that it goes."""

    key: Any
    new: Row
    times: int
    goes: bool


def find_passages(passages: Passages) -> list[Found]:
    """Where they stand now, and how often: one line a model, and none for a place where they do not. Changes nothing."""
    return [found for words in _registered if (found := _counted(words, _hits(words, passages))).rows]


def _counted(words: Words, hits: Iterable[Hit]) -> Found:
    found = Found(words)
    for hit in hits:
        found.times += hit.times
        found.rows += 1
        found.going += hit.goes
        found.columns |= hit.new.keys()
    return found


def _hits(words: Words, passages: Passages) -> Iterator[Hit]:
    names = words.names
    for key, *values in words.rows.values_list("pk", *names).iterator(500):
        hit = _hit(words, passages, key, dict(zip(names, values, strict=True)))
        if hit is not None:
            yield hit


def _hit(words: Words, passages: Passages, key: Any, row: Row) -> Hit | None:
    new, times, goes = {}, 0, False
    for name, value in row.items():
        replaced, count = _replaced(words, passages, name, value)
        if not count:
            continue
        column: Any = words.model._meta.get_field(name)
        is_address = isinstance(column, EmailField)
        times += count
        goes = goes or name in words.goes_with or (is_address and not column.blank)
        new[name] = "" if is_address else _fitting(column, replaced)
    return Hit(key, new, times, goes) if times else None


def _replaced(words: Words, passages: Passages, name: str, value: Any) -> tuple[Any, int]:
    if name in words.as_json and value:
        try:
            replaced, count = passages.replace(words.parse(value))
        except ValueError:
            return passages.replace(value)
        return json.dumps(replaced, cls=DjangoJSONEncoder, ensure_ascii=False), count
    if isinstance(words.model._meta.get_field(name), SlugField):
        return passages.replace(
            value, get_random_string(6, "bcdfghjkmnpqrstvwxz")
        )  # stays an address, and one of its own
    return passages.replace(value)


def _fitting(column: Any, value: Any) -> Any:
    return value[: column.max_length] if isinstance(value, str) and column.max_length else value


# --- acting ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def redact(*, passages: Named, actor: Actor, now: datetime | None = None) -> Redaction:
    """Replace the passages everywhere. The log and the list of redactions say that it was done, where, and by whom."""
    now = now or timezone.now()
    places = _redact_everywhere(passages)
    redaction = Redaction.objects.create(at=now, actor=actor.key, marks=passages.marks, places=places)
    write(actor=actor, kind=KIND, subject=redaction.uuid, code="redact", at=now)
    return redaction


@transaction.atomic
def redact_again(redaction: Redaction, *, actor: Actor = CLOCK, now: datetime | None = None) -> Mapping[str, int]:
    """Do it again to what a backup has brought back. Says in how many rows of which places something was found."""
    places = _redact_everywhere(Passages.marked(redaction.marks))
    if places:
        write(actor=actor, kind=KIND, subject=redaction.uuid, code="redact", at=now)
    return places


def _redact_everywhere(passages: Passages) -> dict[str, int]:
    places: Counter[str] = Counter()
    settling = []
    for words in [words for words in _registered if not words.stays]:
        keys = [hit.key for hit in _hits(words, passages)]
        written = [key for key in keys if _redact_row(words, passages, key)]
        if keys:
            places[words.model._meta.label] += len(keys)
        if written:
            settling.append((words, written))
    for words, written in settling:
        words.settle(written)
    return dict(places)


def _redact_row(words: Words, passages: Passages, key: Any) -> bool:
    """Write one row anew, as it stands now that nobody else can write it; or let it go. Whether it is still there."""
    rows = words.rows.filter(pk=key)
    stored = rows.select_for_update().values(*[column.attname for column in words.model._meta.concrete_fields]).first()
    hit = _hit(words, passages, key, {name: stored[name] for name in words.names}) if stored else None
    if hit is None:
        return False  # it went along with another
    if hit.goes:
        row = rows.get()
        (words.let_go or type(row).delete)(row)
        return False
    rows.update(**hit.new, **words.also({**(stored or {}), **hit.new}))
    return True
