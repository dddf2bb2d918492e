"""Which work a citation means: in the text's own list first, then by an editor's own link, then in the bibliography."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import BooleanField, ExpressionWrapper, Q

from references.citations.matching import Entry, Fit, fit, may_be_another_year
from references.citations.names import Names, key_of, read_names, year_and_letter
from references.citations.shapes import MENTION, Citation
from references.models import Work
from references.models.citations import WorkName


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


@dataclass(slots=True)
class _Asked:
    """A citation on its way to a work."""

    citation: Citation
    names: Names
    year: str
    letter: str
    found: list[Fit] = field(default_factory=list)


#: The names of works of the bibliography, by key.
Bibliography = Mapping[str, list[WorkName]]


def bibliography_for(citations: Iterable[Citation]) -> Bibliography:
    """The names that these citations of any number of texts may be, to resolve them with. One query."""
    return _in_bibliography([_ask(citation) for citation in citations])


def resolve(
    citations: Sequence[Citation],
    listed: Sequence[Listed],
    language: str,
    *,
    links: Links | None = None,
    bibliography: Bibliography | None = None,
) -> list[Resolved]:
    """What each citation means. One query at most, and only when the list and the links do not answer them all.

    None with `bibliography`, which whoever resolves many texts asks for once.
    """
    asked = [_ask(citation) for citation in citations]
    entries = [Entry.of(one, language) for one in listed]
    by_year = _by_year(entries)
    for one in asked:
        one.found = fit(one.names, one.year, one.letter, _possible(one, entries, by_year))
    taken = {id(one.found[0].entry) for one in asked if len(one.found) == 1}
    linked = _linked(asked, links or {})
    results = [
        _from_list(one) or (_from_link(one, work) if work else None) for one, work in zip(asked, linked, strict=True)
    ]
    open_ = [one for one, result in zip(asked, results, strict=True) if result is None]
    works = _in_bibliography(open_) if bibliography is None else bibliography
    return [result or _otherwise(one, entries, taken, works) for one, result in zip(asked, results, strict=True)]


def _ask(citation: Citation) -> _Asked:
    year, letter = year_and_letter(citation.year)
    return _Asked(citation, read_names(citation.authors_as_printed), year, letter)


def _by_year(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Entries by their year: a citation is compared with those of its own year only."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.year, []).append(entry)
    return found


def _possible(one: _Asked, entries: Sequence[Entry], by_year: Mapping[str, list[Entry]]) -> Sequence[Entry]:
    return entries if one.citation.kind == MENTION else by_year.get(one.year, ())


def _from_list(one: _Asked) -> Resolved | None:
    """By its one entry; two that fit alike are for an editor's link, or ambiguous."""
    if len(one.found) != 1:
        return None
    best = one.found[0]
    notes = tuple(Note(note) for note in best.notes)
    if one.citation.kind == MENTION:
        notes = (*notes, Note.WITHOUT_YEAR)
    entry = best.entry.listed
    return Resolved(one.citation, entry.work, How.LIST, (), notes, entry, entry.work is not None)


def _linked(asked: Sequence[_Asked], links: Links) -> list[Work | None]:
    counted: Counter[str] = Counter()
    found: list[Work | None] = []
    for one in asked:
        printed = one.citation.as_printed
        counted[printed] += 1
        found.append(links.get((printed, counted[printed])))
    return found


def _from_link(one: _Asked, work: Work) -> Resolved:
    entry = next((found.entry.listed for found in one.found if found.entry.listed.work == work), None)
    return Resolved(one.citation, work, How.LINK, listed=entry, is_published=True)


def _in_bibliography(asked: Iterable[_Asked]) -> dict[str, list[WorkName]]:
    """The names that these citations may be, by key. One query, or none."""
    keys = {key for one in asked if not one.found for key in _keys(one)}
    if not keys:
        return {}
    shown = ExpressionWrapper(Q(work__in=Work.objects.published().values("pk")), output_field=BooleanField())
    found: dict[str, list[WorkName]] = {}
    for name in WorkName.objects.filter(key__in=keys).select_related("work").annotate(is_shown=shown).order_by("pk"):
        found.setdefault(name.key, []).append(name)
    return found


def _keys(one: _Asked) -> list[str]:
    if not one.names.surnames:
        return []
    return [key_of(one.names.key, one.year)]


def _otherwise(one: _Asked, entries: Sequence[Entry], taken: set[int], works: Mapping[str, list[WorkName]]) -> Resolved:
    """Two entries that fit alike; or a work of the bibliography; or an entry of the same authors under another year."""
    if one.found:
        candidates = _once(found.entry.listed.work for found in one.found)
        return Resolved(one.citation, None, How.AMBIGUOUS, candidates, listed=None)
    names = {name.work_id: name for key in _keys(one) for name in works.get(key, ())}
    another = _another_year(one, entries, taken, set(names))
    if another is not None:
        entry = another.entry.listed
        notes = (Note.YEAR_MISMATCH, *(Note(note) for note in another.notes))
        return Resolved(one.citation, entry.work, How.LIST, (), notes, entry, entry.work is not None)
    found = list(names.values())
    if len(found) == 1:
        name = found[0]
        notes = (Note.ABBREVIATION,) if name.form == "abbreviation" else ()
        return Resolved(one.citation, name.work, How.BIBLIOGRAPHY, (), notes, None, bool(name.is_shown))  # type: ignore[attr-defined]
    if found:
        return Resolved(one.citation, None, How.AMBIGUOUS, tuple(name.work for name in found))
    return Resolved(one.citation)


def _another_year(one: _Asked, entries: Sequence[Entry], taken: set[int], known: set[int]) -> Fit | None:
    """The one entry of these authors that no other citation means, under a year that this one may be a slip of.

    A work of the bibliography under exactly these authors and this year decides: only its own entry is then meant.
    """
    if not one.year or not one.names.surnames or one.citation.kind == MENTION:
        return None
    free = [
        entry
        for entry in entries
        if id(entry) not in taken
        and not entry.listed.is_source
        and may_be_another_year(one.year, entry.year)
        and (not known or (entry.listed.work is not None and entry.listed.work.pk in known))
    ]
    found = [close for close in fit(one.names, "", "", free) if close.is_exact]
    return found[0] if len(found) == 1 else None


def _once(works: Iterable[Work | None]) -> tuple[Work, ...]:
    return tuple({work.pk: work for work in works if work is not None}.values())
