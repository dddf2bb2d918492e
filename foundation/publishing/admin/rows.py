"""What the pages of editions show of each translated field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.forms import BoundField
from django.utils.functional import Promise

from foundation.bilingual.agreement import BOTH_THERE
from foundation.bilingual.policies import IN_STEP, policies_of
from foundation.bilingual.services import FieldState, states_of
from foundation.publishing.admin.forms import PairForm
from foundation.publishing.admin.since import Since, agreements_of, since
from foundation.publishing.gate import Obstacle
from foundation.publishing.models import Edition


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a field: its text, and its input where it is being written."""

    language: str
    text: str
    words: int
    input: BoundField | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One translated field: both sides, how they stand to each other, and what has changed since they last matched."""

    field: str
    label: str | Promise
    state: FieldState
    is_prose: bool
    sides: tuple[Side, Side]
    tick: BoundField | None = None
    since: Since | None = None

    @property
    def shows_state(self) -> bool:
        """Texts that may be the same, and those that others wrote, are only ever missing, never out of step."""
        return self.state.policy in IN_STEP or self.state.state not in BOTH_THERE


def rows_of(obj: models.Model, prose: Sequence[str], form: PairForm | None = None) -> list[Row]:
    """A row for every translated field of `obj`, with its inputs where there is a form. One query."""
    stored = _as_stored(obj, form)
    agreed = agreements_of([stored]).get(obj.pk, {})
    states = states_of(stored, {field: agreement.pair for field, agreement in agreed.items()})
    rows = [_row(obj, field, states[field], field in prose, form) for field in policies_of(type(obj))]
    return [replace(row, since=since(stored, row.field, agreed.get(row.field), is_prose=row.is_prose)) for row in rows]


def _as_stored(obj: models.Model, form: PairForm | None) -> models.Model:
    """An invalid form has put what was typed on the object: the states are those of the stored texts."""
    if form is not None:
        for column, text in form.stored.items():
            obj.__dict__[column] = text
    return obj


def _row(obj: models.Model, field: str, state: FieldState, is_prose: bool, form: PairForm | None) -> Row:
    label = type(obj)._meta.get_field(field).verbose_name  # type: ignore[union-attr]
    sides = (
        _side(obj, field, "cy", state.words_cy, form),
        _side(obj, field, "en", state.words_en, form),
    )
    tick = form[f"agree_{field}"] if form is not None and f"agree_{field}" in form.fields else None
    return Row(field, label, state, is_prose, sides, tick)


def _side(obj: models.Model, field: str, language: str, words: int, form: PairForm | None) -> Side:
    column = f"{field}_{language}"
    text = obj.__dict__[column] or ""
    if form is None or column not in form.fields:
        return Side(language, text, words)
    return Side(language, text, words, form[column])


def with_labels(edition: Edition, found: list[Obstacle]) -> list[tuple[str | Promise, Obstacle]]:
    """Each obstacle with the name of the field that it is about ("" for none)."""
    return [(label_of(edition, obstacle.field), obstacle) for obstacle in found]


def label_of(edition: Edition, field: str) -> str | Promise:
    related: list[Any] = [edition._meta.get_field(child).related_model for child in edition.children]
    for model in (type(edition), *related):
        if field in {each.name for each in model._meta.get_fields()}:
            found = model._meta.get_field(field)
            return str(getattr(found, "verbose_name", "") or found.related_model._meta.verbose_name_plural)
    return ""
