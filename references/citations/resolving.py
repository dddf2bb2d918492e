"""Which work a citation means: in the text's own list first, then by an editor's own link, then in the bibliography."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from references.citations.matching import Entry, Fit, fit, may_be_another_year
from references.citations.names import Names, key_of, read_names, year_and_letter
from references.citations.shapes import MENTION, Citation
from references.models import Work
from references.models.citations import Form, WorkName

_ABBREVIATION = re.compile(r"[(\[][^\W\d_]{2,10}[)\]]")


class How(StrEnum):
    """Where the work of a citation was found."""

    LIST = "list"
    LINK = "link"
    BIBLIOGRAPHY = "bibliography"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


class Note(StrEnum):
    """In what a citation differs from the entry or the work that it means."""

    YEAR_MISMATCH = "year_mismatch"
    NAME_FORM = "name_form"
    ABBREVIATION = "abbreviation"
    CASE = "case"
    SPELLING = "spelling"
    WITHOUT_YEAR = "without_year"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a text's own list: its work, where known, and the entry as printed in the language of the text.

    `letter` is the year letter that the list gives it; `is_source` that it is the publication the text draws on.
    """

    work: Work | None
    printed: str = ""
    letter: str = ""
    is_source: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """A citation and what it means. `listed` is its entry, `is_published` whether readers can see a page of its work."""

    citation: Citation
    work: Work | None = None
    how: How = How.NONE
    candidates: tuple[Work, ...] = ()
    notes: tuple[Note, ...] = ()
    listed: Listed | None = None
    is_published: bool = False


#: (citation as printed, occurrence from 1) → the work that an editor said it means.
Links = Mapping[tuple[str, int], Work]


@dataclass(frozen=True, slots=True)
class Asked:
    """A citation, and the entries of the text's own list that fit it best."""

    citation: Citation
    names: Names
    year: str
    found: Sequence[Fit] = ()

    @property
    def is_open(self) -> bool:
        """Whether the list alone does not say what it means."""
        return len(self.found) != 1

    @property
    def key(self) -> str:
        return key_of(self.names.key, self.year) if self.names.surnames else ""


#: The names of works of the bibliography, by key.
Bibliography = Mapping[str, list[WorkName]]


def resolve(
    citations: Sequence[Citation],
    listed: Sequence[Listed],
    language: str,
    *,
    links: Links | None = None,
) -> list[Resolved]:
    """What each citation means. One query at most, and only when the list does not answer them all."""
    own_list = OwnList(listed, language)
    asked = own_list.ask(citations)
    return own_list.answer(asked, links or {}, bibliography_of(asked))


class OwnList:
    """The list of a text, which is read once for all its citations: first it is asked, then the rest is looked up."""

    def __init__(self, listed: Iterable[Listed], language: str) -> None:
        self._entries = [Entry.of(one, language) for one in listed]
        self._by_year: dict[str, list[Entry]] = {}
        for entry in self._entries:
            self._by_year.setdefault(entry.year, []).append(entry)

    def ask(self, citations: Iterable[Citation]) -> list[Asked]:
        """What the list says; a citation with a year is compared with the entries of that year only."""
        asked = []
        for citation in citations:
            names = _names_in(citation)
            year, letter = year_and_letter(citation.year)
            entries = self._entries if citation.kind == MENTION else self._by_year.get(year, ())
            asked.append(Asked(citation, names, year, fit(names, year, letter, entries)))
        return asked

    def answer(self, asked: Sequence[Asked], links: Links, bibliography: Bibliography) -> list[Resolved]:
        """What the citations of one field mean; links and bibliography may be empty where the list answers them all."""
        taken = {id(one.found[0].entry) for one in asked if not one.is_open}
        free = [entry for entry in self._entries if id(entry) not in taken and not entry.listed.is_source]
        counted: Counter[str] = Counter()
        results = []
        for one in asked:
            printed = one.citation.as_printed
            counted[printed] += 1
            work = links.get((printed, counted[printed]))
            results.append(_from_list(one) or _from_link(one, work) or _otherwise(one, free, bibliography))
        return results


def _names_in(citation: Citation) -> Names:
    """Its authors, with the abbreviation that it prints itself: "Society of Wise Leaders (SWL), 2018"."""
    bracket = _ABBREVIATION.search(citation.as_printed)
    return read_names(f"{citation.authors_as_printed} {bracket[0]}" if bracket else citation.authors_as_printed)


def _from_list(one: Asked) -> Resolved | None:
    """By its one entry; two that fit alike are for an editor's link, or ambiguous."""
    if one.is_open:
        return None
    best = one.found[0]
    notes = tuple(Note(note) for note in best.notes)
    if one.citation.kind == MENTION:
        notes = (*notes, Note.WITHOUT_YEAR)
    entry = best.entry.listed
    return Resolved(one.citation, entry.work, How.LIST, (), notes, entry, entry.work is not None)


def _from_link(one: Asked, work: Work | None) -> Resolved | None:
    if work is None:
        return None
    entry = next((found.entry.listed for found in one.found if found.entry.listed.work == work), None)
    return Resolved(one.citation, work, How.LINK, listed=entry, is_published=True)


def _otherwise(one: Asked, free: Sequence[Entry], bibliography: Bibliography) -> Resolved:
    """Two entries that fit alike; or a work of the bibliography; or an entry of the same authors under another year."""
    if one.found:
        return Resolved(one.citation, None, How.AMBIGUOUS, _once(found.entry.listed.work for found in one.found))
    names = bibliography.get(one.key, [])
    another = _another_year(one, free, {name.work_id for name in names})
    if another is not None:
        entry = another.entry.listed
        notes = (Note.YEAR_MISMATCH, *(Note(note) for note in another.notes))
        return Resolved(one.citation, entry.work, How.LIST, (), notes, entry, entry.work is not None)
    if len(names) == 1:
        name = names[0]
        notes = (Note.ABBREVIATION,) if name.form == Form.ABBREVIATION else ()
        return Resolved(one.citation, name.work, How.BIBLIOGRAPHY, (), notes, None, bool(name.is_shown))  # type: ignore[attr-defined]
    if names:
        return Resolved(one.citation, None, How.AMBIGUOUS, tuple(name.work for name in names))
    return Resolved(one.citation)


def _another_year(one: Asked, free: Sequence[Entry], known: set[int]) -> Fit | None:
    """The one entry of these authors that no other citation means, under a year that this one may be a slip of.

    A work of the bibliography under exactly these authors and this year decides: only its own entry is then meant.
    """
    if not one.key or not one.year or one.citation.kind == MENTION:
        return None
    near = [
        entry
        for entry in free
        if may_be_another_year(one.year, entry.year)
        and (not known or (entry.listed.work is not None and entry.listed.work.pk in known))
    ]
    found = [close for close in fit(one.names, "", "", near) if close.is_exact]
    return found[0] if len(found) == 1 else None


def _once(works: Iterable[Work | None]) -> tuple[Work, ...]:
    return tuple({work.pk: work for work in works if work is not None}.values())


# --- the bibliography ---------------------------------------------------------------------------------------------------------


def bibliography_of(asked: Iterable[Asked]) -> Bibliography:
    """The names that the citations of any number of texts may be, where no entry of their lists fits. One query, or none."""
    keys = {one.key for one in asked if one.key and not one.found}
    found: dict[str, list[WorkName]] = {}
    for name in _all_names().filter(key__in=keys) if keys else ():
        found.setdefault(name.key, []).append(name)
    return found


@cache
def _all_names() -> QuerySet[WorkName]:
    """Every name with its work, and whether readers see this. Built once: that takes longer than asking the database."""
    shown = ExpressionWrapper(Q(work__in=Work.objects.published().values("pk")), output_field=BooleanField())
    return WorkName.objects.select_related("work").annotate(is_shown=shown).order_by("pk")
