"""How well the authors of a citation fit those of an entry in the text's own list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from references.citations.names import YEAR, Names, fold, is_abbreviation, read_names
from references.csl import creators_of, family_of
from references.models import Work

if TYPE_CHECKING:
    from references.citations.resolving import Listed

YEARS_APART = 2  # online and in print, or an edition
_UNDATED = re.compile(
    r"[(\[]\s*(?:[nd]\.?\s?d\.?|no date|undated|in press|forthcoming|yn y wasg|heb ddyddiad)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: its authors and year, as printed there or else as the work has them."""

    listed: Listed
    names: tuple[Names, ...]
    year: str
    letter: str

    @classmethod
    def of(cls, listed: Listed, language: str) -> Entry:
        heading = listed.printed.strip().partition("\n")[0]
        dated = _dated(heading)
        if dated is not None:
            authors, year, letter = dated
            return cls(listed, (read_names(authors), *_known_abbreviation(listed.work)), year, letter or listed.letter)
        if listed.work is None:
            return cls(listed, (read_names(heading),), "", listed.letter)
        return cls(listed, _names_of(listed.work, language), str(listed.work.year or ""), listed.letter)


def _dated(heading: str) -> tuple[str, str, str] | None:
    """Authors, year and letter of "Woods, P. and Roberts, A. (2018)"; None where there is no year."""
    match = re.search(rf"[(\[]\s*{YEAR.pattern}", heading, re.IGNORECASE) or YEAR.search(heading)
    if match:
        return heading[: match.start()].strip(" (["), match[1], (match[2] or "").lower()
    undated = _UNDATED.search(heading)
    return (heading[: undated.start()], "", "") if undated else None


def _known_abbreviation(work: Work | None) -> tuple[Names, ...]:
    given = ((work.csl.get("custom") or {}).get("abbreviation") if work else "") or ""
    return (Names((), (), abbreviations=frozenset({fold(str(given))})),) if given else ()


def _names_of(work: Work, language: str) -> tuple[Names, ...]:
    """The authors of a work, in either language; those of the language of the text first."""
    creators = creators_of(work.csl)
    if len(creators) == 1 and "literal" in creators[0]:
        english = read_names(creators[0]["literal"])
    elif creators:
        printed = tuple(family_of(name) for name in creators)
        is_cut = bool((work.csl.get("custom") or {}).get("authors_incomplete"))
        english = Names(tuple(map(fold, printed)), printed, has_et_al=is_cut)
    else:
        english = read_names(work.title)
    welsh = (read_names(work.welsh_author),) if work.welsh_author else ()
    in_order = (*welsh, english) if language == "cy" else (english, *welsh)
    return (*in_order, *_known_abbreviation(work))


@dataclass(frozen=True, slots=True)
class Fit:
    """An entry that a citation may mean: the lower the rank the better, and in what it differs."""

    entry: Entry
    rank: int
    notes: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        return self.rank <= _RANK_ABBREVIATION


_RANK_SAME, _RANK_ABBREVIATION, _RANK_FORM, _RANK_SPELLING = 0, 1, 2, 3


def fit(names: Names, year: str, letter: str, entries: Sequence[Entry]) -> list[Fit]:
    """The entries that fit best, all of one rank. More than one: the citation is ambiguous."""
    found = [close for entry in entries if (close := _fit(names, entry)) is not None]
    if not found:
        return []
    best = min(close.rank for close in found)
    found = [close for close in found if close.rank == best]
    if letter and any(close.entry.letter for close in found):
        found = [close for close in found if close.entry.letter == letter]
    works = {id(close.entry.listed.work or close.entry): close for close in found}
    return list(works.values())


def _fit(names: Names, entry: Entry) -> Fit | None:
    found = [close for printed in entry.names if (close := _compare(names, printed)) is not None]
    if not found:
        return None
    rank, notes = min(found)
    return Fit(entry, rank, notes)


def _compare(cited: Names, listed: Names) -> tuple[int, tuple[str, ...]] | None:
    """Rank and notes of authors as cited against authors as listed; None when they are others."""
    if not cited.surnames:
        return None
    if not listed.surnames:
        return (_RANK_ABBREVIATION, ("abbreviation",)) if cited.whole in listed.abbreviations else None
    if _are_same(cited, listed):
        return _RANK_SAME, (*_initials(cited), *_case(cited, listed))
    if is_abbreviation(cited) and cited.whole in listed.abbreviations:
        return _RANK_ABBREVIATION, ("abbreviation",)
    if is_abbreviation(listed) and listed.whole in cited.abbreviations:
        return _RANK_ABBREVIATION, ("abbreviation",)
    if _are_alike(cited, listed):
        return _RANK_FORM, ("name_form",)
    if len(cited.surnames) == len(listed.surnames) and all(map(_is_slip, cited.surnames, listed.surnames)):
        return _RANK_SPELLING, ("spelling",)
    return None


def _are_same(cited: Names, listed: Names) -> bool:
    if cited.has_et_al:
        enough = listed.has_et_al or len(listed.surnames) > 2
        return enough and cited.surnames == listed.surnames[: len(cited.surnames)]
    return not listed.has_et_al and (cited.surnames == listed.surnames or cited.whole == listed.whole)


def _initials(cited: Names) -> tuple[str, ...]:
    return ("name_form",) if cited.has_initials else ()


def _case(cited: Names, listed: Names) -> tuple[str, ...]:
    """Whether the same letters are printed in other case: "MacDonald" and "Macdonald"."""
    pairs = zip(cited.printed, listed.printed, strict=False)
    return ("case",) if any(a != b and a.casefold() == b.casefold() for a, b in pairs) else ()


def _are_alike(cited: Names, listed: Names) -> bool:
    """The same first author, and the others told in another way: "Jones" for "Jones et al.", first names, another order."""
    if set(cited.surnames) == set(listed.surnames):
        return True
    first = _is_surname_of(cited.surnames[0], listed.surnames[0], cited.printed[0])
    if not first:
        return False
    if len(cited.surnames) == 1 or len(listed.surnames) == 1:
        return cited.has_et_al or listed.has_et_al or len(cited.surnames) == 1
    rest = zip(cited.surnames[1:], listed.surnames[1:], strict=False)
    return all(_is_surname_of(a, b, printed) for (a, b), printed in zip(rest, cited.printed[1:], strict=False))


def _is_surname_of(cited: str, listed: str, printed: str) -> bool:
    """Also with a first name before it: "Philip Woods"."""
    return cited == listed or (" " in printed and len(listed) > 2 and cited.endswith(listed))


def _is_slip(first: str, second: str) -> bool:
    """Whether two names of some length differ in one letter, left out, put in, changed or exchanged with its neighbour."""
    if first == second:
        return True
    if min(len(first), len(second)) < 5 or abs(len(first) - len(second)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    a, b = first[start:], second[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


@lru_cache(maxsize=4096)
def may_be_another_year(cited: str, listed: str) -> bool:
    """Whether one year may be a slip of the other: near it, or with one figure changed or two exchanged."""
    if not cited or not listed or cited == listed:
        return False
    differ = [place for place in range(4) if cited[place] != listed[place]]
    exchanged = len(differ) == 2 and sorted(cited) == sorted(listed)
    return abs(int(cited) - int(listed)) <= YEARS_APART or len(differ) == 1 or exchanged
