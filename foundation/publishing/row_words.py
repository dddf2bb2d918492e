"""The words of the rows that belong to an edition, by name: `hallmarks.3.how_cy` is how hallmark 3 shows, in Welsh.

A row is known by what it is about (`named_by` of its model), which is the same in every edition: its key is not.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst

from foundation.bilingual.policies import columns
from foundation.publishing.models import Edition


class RowGone(Exception):
    """The edition has no such row any more."""


def row_words(edition: Edition) -> dict[str, str]:
    """The words of its rows, without those that are empty. One query for each kind of row that has words."""
    found: dict[str, str] = {}
    for child, model in _kinds(type(edition)):
        names, own = model.named_by, columns(model)
        for row in getattr(edition, child).values_list(*names, *own):
            key = _key(row[: len(names)])
            texts = zip(own, row[len(names) :], strict=True)
            found |= {f"{child}.{key}.{column}": text for column, text in texts if text}
    return found


def put_row_text(edition: Edition, name: str, text: str) -> None:
    """Write one of them into the row it is of. Raises `RowGone`."""
    child, key, column = _parts(name)
    for row in getattr(edition, child).all():
        parts = type(row).objects.filter(pk=row.pk).values_list(*row.named_by)
        if _key(parts[0]) == key:
            setattr(row, column, text)
            row.save()
            return
    raise RowGone(name)


def label_of_row(model: type[Edition], stem: str) -> str:
    """`stem` is a name without its language: "Hallmark shown 3: how it shows"."""
    child, key, field = _parts(stem)
    row: Any = dict(_kinds(model))[child]
    which = "" if row.named_by == ("picture__token",) else f" {key}"
    return f"{capfirst(row._meta.verbose_name)}{which}: {row._meta.get_field(field).verbose_name}"


def _parts(name: str) -> tuple[str, str, str]:
    child, _dot, rest = name.partition(".")
    key, _dot, column = rest.rpartition(".")
    return child, key, column


def _kinds(model: type[Edition]) -> Iterator[tuple[str, Any]]:
    """The related names of rows with words, and their models."""
    for child in model.children:
        related: Any = model._meta.get_field(child)
        if columns(related.related_model):
            yield child, related.related_model


def _key(parts: tuple[Any, ...]) -> str:
    return "-".join(str(part) for part in parts if part is not None)
