"""Which work of the bibliography, and which strand of which framework, a printed line means.

An entry matches a work when its author is the work's and enough of the title stands in it; a year that differs a little is
matched and reported. Among several that match, the year and then the share of the title decide. An entry under a title in
another language than the work's is probably that work when no other has its author and year.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.text import slugify

from hallmarks.models import Framework, NamedElsewhere, Strand
from hallmarks.page_text import Connection, ReferenceEntry, guess_language, normalise_title
from references.csl import creators_of, family_of
from references.models import Work

YEARS_APART = 2  # an edition, or online and in print
_SMALL_WORDS = frozenset(
    re.findall(r"\w+", "a an and as at by for from how in is it of on or the to with y yr yn ac ar i o am gan ei eu")
)
_ROLE = re.compile(r"\s*\([^()]*\)\s*$")


def _tokens(text: str) -> frozenset[str]:
    return frozenset(normalise_title(text).split()) - _SMALL_WORDS


class Score(NamedTuple):
    """How well an entry fits a work; the greater the better."""

    same_year: bool
    share: float


def score(entry: ReferenceEntry, work: Work) -> Score | None:
    """How well `entry` fits `work`, or None when it means another work."""
    if not _has_author(entry, work):
        return None
    same_year = entry.year[:4] == str(work.year or "")
    share = max(_share(title, f"{entry.heading} {entry.body}") for title in (work.title, work.welsh_title) if title)
    if share >= (0.35 if same_year else 0.8) and (same_year or _may_differ(entry.year, work)):
        return Score(same_year, share)
    return None


def _share(title: str, text: str) -> float:
    """How much of the words of `title` stand in `text`."""
    wanted = _tokens(title)
    return len(wanted & _tokens(text)) / len(wanted) if wanted else 0.0


def _may_differ(year: str, work: Work) -> bool:
    known = {str(value) for value in ((work.csl.get("custom") or {}).get("year_conflict") or {}).values()}
    digits = year[:4]
    near = digits.isdigit() and work.year is not None and abs(int(digits) - work.year) <= YEARS_APART
    return year[:4] in known or near or not digits.isdigit() or work.year is None


def _has_author(entry: ReferenceEntry, work: Work) -> bool:
    """Whether the first author of `work`, under any of the names it is known by, opens the entry."""
    custom: Mapping[str, Any] = work.csl.get("custom") or {}
    creators = creators_of(work.csl)
    names = [family_of(creators[0])] if creators else []
    names += [work.welsh_author, custom.get("abbreviation") or "", work.title]
    opening = f" {normalise_title(entry.authors or entry.heading)} "
    return any(opening.startswith(f" {key} ") for name in names if name and (key := normalise_title(name)))


def best_work(entry: ReferenceEntry, works: Iterable[Work], taken: Collection[int]) -> Work | None:
    """The work of `works` that `entry` means, none of those `taken` by an entry above it; None when it is a new one."""
    found = [(fit, -work.pk, work) for work in works if work.pk not in taken and (fit := score(entry, work))]
    return max(found)[2] if found else None


# --- a work under its title in the other language -------------------------------------------------------------------------

_SURE = 0.3  # a title is short: little evidence, but little against it


def probable_work(entry: ReferenceEntry, works: Iterable[Work]) -> Work | None:
    """The one work of `works` with the author and year of `entry`, when their titles are in different languages."""
    found = [work for work in works if entry.year[:4] == str(work.year or "") and _is_by(entry, work)]
    if len(found) != 1 or (spoken := _language_of(_title(entry))) is None:
        return None
    [work] = found
    has_a_title_in_it = spoken == _title_language(work) or (spoken == "cy" and work.welsh_title)
    return None if has_a_title_in_it else work


def _is_by(entry: ReferenceEntry, work: Work) -> bool:
    """Whether the authors of `entry` are those of `work`, whole, under any of the names these are known by."""
    custom: Mapping[str, Any] = work.csl.get("custom") or {}
    names = (work.creators, work.welsh_author, custom.get("author_cy") or "", custom.get("abbreviation") or "")
    wanted = normalise_title(entry.authors)
    return bool(wanted) and wanted in {normalise_title(name) for name in names}


def _language_of(title: str) -> str | None:
    language, sure = guess_language(title)
    return language if sure >= _SURE else None


def _title_language(work: Work) -> str:
    """As the item says; many do not, and then the title tells."""
    stated = work.title_language[:2]
    return stated if work.csl.get("language") else _language_of(work.title) or stated


# --- the works of a list ----------------------------------------------------------------------------------------------------


def works_meant(
    entries: Sequence[ReferenceEntry], works: Collection[Work], *, before: Mapping[int, Work] | None = None
) -> tuple[dict[int, Work], dict[int, Work]]:
    """The works that the entries of one list mean, by line: those that are certain, and those that are probable.

    No work is meant twice. `before` says what an entry, by line, meant where it was printed before: it means the same again.
    """
    certain: dict[int, Work] = {}
    taken: set[int] = set()
    for entry in entries:
        work = (before or {}).get(entry.line)
        if work is None or work.pk in taken:
            work = best_work(entry, works, taken)
        if work is not None:
            taken.add(work.pk)
            certain[entry.line] = work
    unclear = [entry for entry in entries if entry.line not in certain]
    found = {entry.line: work for entry in unclear if (work := probable_work(entry, works))}
    count = Counter(work.pk for work in found.values())
    probable = {line: work for line, work in found.items() if work.pk not in taken and count[work.pk] == 1}
    return certain, probable


# --- a work that is not in the bibliography yet -----------------------------------------------------------------------------

_AND = re.compile(r"\s*(?:;|&|\band\b|\bac?\b)\s*")
_PERSON = re.compile(r"^(?P<family>[^\W\d_][\w'’ -]*?),?\s+(?P<given>(?:[^\W\d_]\.?[ -]?){1,4})$")
_ET_AL = re.compile(r",?\s*\bet\.? al\b\.?.*$", re.IGNORECASE)
_TITLE_END = re.compile(r"(?<=[\w’'\")][.?!])\s+(?=[^\W\d_])")


def new_item(entry: ReferenceEntry) -> dict[str, Any]:
    """The CSL item of an entry, as far as it is certain: authors, year, and the title up to its first full stop."""
    item: dict[str, Any] = {"type": "document", "title": _title(entry), "author": _authors(entry.authors)}
    if entry.year[:4].isdigit():
        item["issued"] = {"date-parts": [[int(entry.year[:4])]]}
    return item


def _title(entry: ReferenceEntry) -> str:
    first = _TITLE_END.split(entry.body, maxsplit=1)[0]
    title = first if len(first.split()) >= 3 else entry.body
    title = title.strip().strip("'‘’\"“”").rstrip(".,").strip()
    return title or entry.heading


def _authors(printed: str) -> list[dict[str, str]]:
    """People where every part of the line is one; otherwise the line is the name of a body."""
    line = _ET_AL.sub("", printed).strip().rstrip(",")
    people: list[dict[str, str]] = []
    for part in _AND.split(line):
        for name in re.split(r"(?<=\.),\s*|(?<=\b[A-Z]{1}),\s*|(?<=\b[A-Z]{2}),\s*", part):
            person = _PERSON.match(name.strip())
            if name.strip() and (person is None or not person["given"].replace(".", "").strip().isupper()):
                return [{"literal": line}]
            if person:
                people.append({"family": person["family"], "given": person["given"].strip()})
    return people or [{"literal": line}]


def new_key(item: Mapping[str, Any], taken: Collection[str]) -> str:
    """A key of the first author's name and the year, with a letter where that is taken."""
    year = (item.get("issued") or {}).get("date-parts", [["n-d"]])[0][0]
    stem = slugify(f"{family_of(item['author'][0])[:60]} {year}") or f"work-{year}"
    return next(key for suffix in ("", *(f"-{n}" for n in range(2, 1000))) if (key := f"{stem}{suffix}") not in taken)


# --- frameworks and strands -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A printed line under "Make the Connection", and what it means."""

    framework: Framework
    strand: Strand | None
    printed: str


class Frameworks:
    """All frameworks and strands, by their names in either language and their other wordings. Two queries."""

    def __init__(self) -> None:
        self.all = list(Framework.objects.prefetch_related("strands"))

    @property
    def names(self) -> list[str]:
        """Every name and wording, for the parser."""
        every: list[NamedElsewhere] = [
            *self.all,
            *(strand for framework in self.all for strand in framework.strands.all()),
        ]
        return [name for thing in every for name in _wordings(thing)]

    def find(self, connection: Connection) -> tuple[list[Link], list[str]]:
        """What a block of the page connects to, and the lines that mean nothing known."""
        framework = next(
            (one for one in self.all if connection.framework and _is_called(one, connection.framework)), None
        )
        if connection.framework and framework is None:
            return [], [connection.framework, *connection.strands]
        if framework is not None and not connection.strands:
            return [Link(framework, None, connection.framework or "")], []
        links, unknown = [], []
        for printed in connection.strands:
            strand = self._strand(printed, [framework] if framework else self.all)
            if strand is not None:
                links.append(Link(strand.framework, strand, printed))
            else:
                unknown.append(printed)
        return links, unknown

    def _strand(self, printed: str, frameworks: Sequence[Framework]) -> Strand | None:
        strands = [strand for framework in frameworks for strand in framework.strands.all()]
        return next((strand for strand in strands if _is_called(strand, printed)), None)


def _wordings(thing: NamedElsewhere) -> list[str]:
    return [name for name in (thing.name_cy, thing.name_en, thing.candidate_cy, *thing.variants) if name]


def _is_called(thing: NamedElsewhere, printed: str) -> bool:
    """Whether `printed` is one of its names: case, spelling, and a role or abbreviation in brackets after it do not count."""
    wanted = {_key(printed), _key(_ROLE.sub("", printed))}
    return any(wanted & {_key(name), _key(_ROLE.sub("", name))} for name in _wordings(thing))


def _key(text: str) -> str:
    return normalise_title(text).replace(" ", "")
