"""The lists of choices by which readers narrow a list, as `components/filters.html` shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from foundation.bilingual.alphabet import sort_key
from foundation.bilingual.languages import current


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its value in the address, its name and language, and how much it would show."""

    value: str
    name: str
    language: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One list of choices."""

    name: str
    label: str | Promise
    options: list[Option]


def by_name(options: Iterable[Option]) -> list[Option]:
    """In the order of the reader's alphabet."""
    return sorted(options, key=lambda option: sort_key(option.name, current()))
