"""Year letters: "2020a" and "2020b", for works of one list that would be cited alike."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from references.models import Work

_YEAR = re.compile(r'<span class="year">([^<]*)</span>')


def year_letters(works: Iterable["Work"]) -> dict[int, str]:
    """The letter of each work of one list that shares its printed authors and its year with another; in the order of titles.

    They follow the entries in English, and so are the same on both pages of a text: a citation in one language and its twin in
    the other carry the same letter.
    """
    alike: defaultdict[str, dict[int, Work]] = defaultdict(dict)
    for work in works:
        alike[_authors_and_year(work.entry("en"))][work.pk] = work
    letters: dict[int, str] = {}
    for same in alike.values():
        if len(same) > 1:
            in_order = sorted(same.values(), key=lambda work: (work.title.casefold(), work.key))
            letters |= {work.pk: _letter(place) for place, work in enumerate(in_order)}
    return letters


def _authors_and_year(entry: str) -> str:
    found = _YEAR.search(entry)
    return entry[: found.end()] if found else entry


def _letter(place: int) -> str:
    """a … z, then aa, ab …, as spreadsheets count."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)


def with_letter(entry: str, letter: str) -> SafeString:
    """The stored entry with a letter after its year: "2020a", "n.d. a"."""
    if letter:
        entry = _YEAR.sub(lambda year: _lettered(year[1], letter), entry, count=1)
    return mark_safe(entry)  # as `entry_html` made it, and a letter of our own


def split_at_year(entry: str) -> tuple[SafeString, SafeString]:
    """An entry in two: its authors and year, and what follows; all in the first where it shows no year."""
    found = re.search(_YEAR.pattern + r"\)", entry)
    end = found.end() if found else len(entry)
    return mark_safe(entry[:end]), mark_safe(entry[end:])  # cut outside of elements


def _lettered(year: str, letter: str) -> str:
    return f'<span class="year">{year}{"" if year[-1:].isdigit() else " "}{letter}</span>'
