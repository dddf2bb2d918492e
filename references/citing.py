"""Where works are cited. This room does not know which texts have lists: the rooms above register theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Choosing:
    """A filter of the public bibliography: one choice for each published text of a kind, the works in its list.

    `choices` gives value, name and language of the name; `path` leads from a row of `references` to the value.
    """

    name: str
    label: str | Promise
    choices: Callable[[], Iterable[tuple[str, str, str]]]
    references: Callable[[], QuerySet[Any]]
    path: str


@dataclass(frozen=True, slots=True)
class Citing:
    """One kind of text with a reference list.

    `references` gives the rows of *published* texts only, with `edition.content` at hand: whoever shows them shows no draft.
    """

    label: str | Promise
    references: Callable[[], QuerySet[Any]]
    choosing: Choosing | None = None


_citing: list[Citing] = []


def register_citing(citing: Citing) -> None:
    """Add a kind of text; called from the `ready()` of its app."""
    _citing.append(citing)


def choosings() -> list[Choosing]:
    """The filters of the public bibliography that the rooms above give it."""
    return [kind.choosing for kind in _citing if kind.choosing]


def citing_querysets() -> list[QuerySet[Any]]:
    """For each kind of text, the places of works in the lists of its published texts."""
    return [kind.references() for kind in _citing]


def where_cited(work: Any) -> list[tuple[str | Promise, list[Any]]]:
    """The published texts that list `work`: a label and its editions for each kind of text with any. One query a kind."""
    found = []
    for kind in _citing:
        editions = [row.edition for row in kind.references().filter(work=work)]
        if editions:
            found.append((kind.label, editions))
    return found
