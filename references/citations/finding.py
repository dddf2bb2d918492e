"""Finding the citations of a plain text.

A citation is told by its year: inside brackets after its authors ("(Estyn, 2017; OECD 2018)"), or in brackets of its own
after them ("Porritt et al. (2017)"). Every bracket is looked at once, and no more than a bounded stretch before it, so the
cost grows with the length of the text and with nothing else. Whatever the text is, nothing is raised.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from references.citations.authors import are_authors, authors_before, strip_leads
from references.citations.shapes import MENTION, NARRATIVE, PARENTHETICAL, Citation
from references.citations.vocabulary import AND, BEFORE_AUTHORS, SEE, SERIES

_LONGEST_GROUP = 600
_DEEPEST = 3
_BRACKET = re.compile(r"[()\[\]]|\n[ \t\r]*\n")
_YEAR = re.compile(
    r"(?<![\w/£$€#.:@–—-])(?:c\.\s?|circa\s)?(?:1[5-9]|20)\d\d(?:/(?:(?:1[5-9]|20)\d\d|\d\d))?[a-z]?"
    r"(?![\w%€]|\s?[–—-]\s?\d|/\w|\.\d|,\d{3}(?!\d))"
    r"|(?<!\w)(?:[nd]\.\s?d(?!\w)\.?|no\s+date|undated|heb\s+ddyddiad|dim\s+dyddiad"
    r"|(?-i:[nd]d)|in\s+press|forthcoming|yn\s+y\s+wasg|(?:i|ar)\s+ddod)(?!\w)",
    re.IGNORECASE,
)
_LOCATOR = re.compile(
    r"\s*[,:]\s*(?:(?:pp?|tt?|tud|tudn|tudalen(?:nau)?|pages?|paras?|paragraffau|paragraff|ch|chap|chapters?|pennod|penodau|s|sections?|adran"
    r"|vol|cyf|fig|figure|ffig|ffigur|table|tabl|no|rhif)\.?\s*)?\d{1,5}(?:\.\d{1,2}){0,3}(?:\s*[–—-]\s*\d{1,5})?(?:\s*(?:,|a|ac|and|&)\s*\d{1,4}(?:\s*[–-]\s*\d{1,4})?(?!\d))*"
    r"(?![\w])",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?:\s*(?:,|&|\band\b|\bac?\b)\s*)([a-z])(?=\s*(?:[,;&]|$|and\b|ac?\b))")
_AFTER = re.compile(
    r"\s*(?:$|[;,:.]|(?:and|ac?|&|or|neu|cited|quoted|dyfynnwyd|in|yn|see|gweler)(?!\w)|[–—]\s)", re.IGNORECASE
)
_TRIM = " \t\r\n,;:.–—&+/"
_ABBREVIATION = re.compile(r"[\s]*\(?[A-Z][A-Za-z]{0,2}[A-Z]{1,6}\)?\s*")


@dataclass(frozen=True, slots=True)
class _Group:
    """A bracket: where its inside begins and ends, and its inside with nested brackets blanked, so that places stay."""

    start: int
    end: int
    inside: str


def find_citations(text: str) -> list[Citation]:
    """The citations of `text`, in their order."""
    found: list[Citation] = []
    number = 0
    for group in sorted(_groups(text), key=lambda one: one.start):
        citations = _read_group(text, group, number + 1)
        if citations:
            number += 1
            found += citations
    found.sort(key=lambda citation: (citation.char_start, citation.char_end))
    return _apart(found)


def _apart(citations: list[Citation]) -> list[Citation]:
    """Without those that overlap one before them: a nested bracket may be read twice."""
    kept: list[Citation] = []
    for citation in citations:
        if not kept or citation.char_start >= kept[-1].char_end:
            kept.append(citation)
    return kept


def _groups(text: str) -> Iterator[_Group]:
    """Every bracket that is not too long or too deep; one left open ends with its paragraph."""
    opened: list[tuple[int, list[tuple[int, int]], int]] = []
    for match in _BRACKET.finditer(text):
        sign = match[0]
        if sign in "([":
            opened.append((match.end(), [], 0))
            del opened[:-40]
        elif sign not in ")]":
            opened.clear()
        elif opened:
            start, nested, height = opened.pop()
            if opened:
                above = opened[-1]
                opened[-1] = (
                    above[0],
                    above[1] if height else [*above[1][-20:], (start - 1, match.end())],
                    max(above[2], height + 1),
                )
            if 2 <= match.start() - start <= _LONGEST_GROUP and height < _DEEPEST:
                yield _Group(start, match.start(), _blank(text[start : match.start()], start, nested))


def _blank(inside: str, start: int, nested: list[tuple[int, int]]) -> str:
    for begin, end in nested:
        if begin >= start:
            inside = inside[: begin - start] + " " * (end - begin) + inside[end - start :]
    return inside


def _read_group(text: str, group: _Group, number: int) -> list[Citation]:
    first = _YEAR.search(group.inside)
    if first is None:
        mention = _mention(text, group, number)
        return [mention] if mention else []
    if not group.inside[: first.start()].strip():
        return _narrative(text, group, number)
    return _parenthetical(text, group, number)


# --- in brackets ------------------------------------------------------------------------------------------------------------


def _parenthetical(text: str, group: _Group, number: int) -> list[Citation]:
    """The citations of "(see Estyn, 2017; Jones et al. 2019, 2020)"."""
    inside = group.inside
    found: list[Citation] = []
    authors = ""
    at = 0
    for match in _YEAR.finditer(inside):
        if match.start() < at or not _AFTER.match(inside, _end(inside, match.end())):
            at, authors = max(at, match.end()), ""
            continue
        begin = max(at, inside.rfind(";", at, match.start()) + 1)
        end = _end(inside, match.end())
        separated = begin == at or not found or not inside[at : begin - 1].strip(_TRIM)
        made = _one(text, group, (begin, match.start(), end), match[0], authors if separated else "", number)
        at = end
        authors = made.authors_as_printed if made else ""
        if made:
            found.append(made)
            found += _letters(text, group, made, end, number)
    return found


def _end(inside: str, end: int) -> int:
    """Where a citation ends: after its pages, where it has any."""
    match = _LOCATOR.match(inside, end)
    return match.end() if match and not _YEAR.fullmatch(match[0].strip(" ,:")) else end


def _one(
    text: str, group: _Group, where: tuple[int, int, int], year: str, carried: str, number: int
) -> Citation | None:
    """The citation whose year stands in a bracket, with its own authors or those carried over."""
    begin, year_at, end = where
    inside = group.inside
    before = inside[begin:year_at]
    if not _without_and(before.strip(_TRIM)):
        if not carried:
            return None
        return _citation(text, (group.start + year_at, group.start + end), carried, year, PARENTHETICAL, number, True)
    begin += len(before) - len(before.lstrip(_TRIM))
    begin = _past_and(inside, begin) if carried else begin
    rest = inside[begin:year_at].rstrip()
    stop = begin + len(rest.rstrip(_TRIM.replace(".", "")))
    with_comma = rest.endswith(",")
    start = strip_leads(inside, begin, stop)
    named = inside[start:stop]
    if not are_authors(named, with_comma=with_comma):
        found = _last_authors(inside, begin, stop) if with_comma else None
        if found is None:
            return None
        begin = start = found
        named = inside[start:stop]
    authors = text[group.start + start : group.start + stop].strip()
    if "(" in authors or "[" in authors:
        authors = authors if authors.count("(") == authors.count(")") else named.strip()
    return _citation(text, (group.start + begin, group.start + end), authors, year, PARENTHETICAL, number)


def _past_and(inside: str, begin: int) -> int:
    """ "OECD" of ", and OECD, 2018": what joins two citations belongs to neither."""
    word = re.compile(r"\S+\s+").match(inside, begin)
    return word.end() if word and word[0].strip().casefold() in AND else begin


def _without_and(between: str) -> str:
    return "" if between.casefold() in AND else between


def _last_authors(inside: str, begin: int, stop: int) -> int | None:
    """The authors at the end of a clause: "(building on the ideas of Fullan, 2011)"."""
    found = authors_before(inside, stop, floor=begin)
    if found is None or not are_authors(inside[found[0] : stop], with_comma=True):
        return None
    before = inside[begin : found[0]].split()
    if before and before[-1].strip(",.:").casefold() not in BEFORE_AUTHORS and not before[-1].endswith(":"):
        return None
    return found[0]


def _letters(text: str, group: _Group, made: Citation, end: int, number: int) -> list[Citation]:
    """The "b" of "2020a, b": another work of the same year."""
    found: list[Citation] = []
    year = made.year or ""
    while year[-1:].isalpha() and year[:4].isdigit() and (match := _LETTER.match(group.inside, end)):
        where = (group.start + match.start(1), group.start + match.end(1))
        if match[1] <= year[-1]:
            break
        year = year[:-1] + match[1]
        found.append(_citation(text, where, made.authors_as_printed, year, made.kind, number, True))
        end = match.end()
    return found


# --- before brackets --------------------------------------------------------------------------------------------------------


def _narrative(text: str, group: _Group, number: int) -> list[Citation]:
    """The citations of "Kennedy (2005; 2014)": nothing but years and pages stands in the bracket."""
    years: list[tuple[re.Match[str], int]] = []
    at = 0
    for match in _YEAR.finditer(group.inside):
        if match.start() < at or _without_and(group.inside[at : match.start()].strip(_TRIM)):
            return []
        at = _end(group.inside, match.end())
        years.append((match, at))
    rest = _LETTER.sub("", group.inside[at:])
    if rest.strip(_TRIM):
        return _narrative_and_more(text, group, number, years)
    return _with_authors_before(text, group, number, years)


def _narrative_and_more(
    text: str, group: _Group, number: int, years: list[tuple[re.Match[str], int]]
) -> list[Citation]:
    """ "Estyn (2017, cited in …)" is one; "(2019 cohort)" is none."""
    tail = group.inside[years[-1][1] :]
    if tail.lstrip().startswith((",", ";")):
        return _with_authors_before(text, group, number, years)
    return []


def _with_authors_before(
    text: str, group: _Group, number: int, years: list[tuple[re.Match[str], int]]
) -> list[Citation]:
    end = group.start - 1
    authors_end = _before_space(text, end)
    where = authors_before(text, _before_abbreviation(text, authors_end), floor=0)
    if where is None or text.count("\n", authors_end, end) > 1:
        return []
    authors = text[where[0] : where[1]]
    if not (are_authors(authors, with_comma=False) or (" " in authors and are_authors(authors, with_comma=True))):
        return []
    found: list[Citation] = []
    for place, (match, stop) in enumerate(years):
        last = place == len(years) - 1 and not group.inside[stop:].strip(_TRIM)
        year_at = group.start + match.start()
        finish = group.end + 1 if last and not place else group.start + stop
        start = year_at if place else where[0]
        made = _citation(text, (start, finish), authors, match[0], NARRATIVE, number, bool(place))
        found.append(made)
        if place == len(years) - 1:
            found += _letters(text, group, made, stop, number)
    return found


def _before_space(text: str, end: int) -> int:
    """Past a few spaces before `end`."""
    near = text[max(0, end - 20) : end]
    return end - (len(near) - len(near.rstrip()))


def _before_abbreviation(text: str, end: int) -> int:
    """Past "(OECD)" in "Organisation for … (OECD) (2018)"."""
    if end and text[end - 1] == ")":
        opened = text.rfind("(", max(0, end - 12), end)
        if opened > 0 and _ABBREVIATION.fullmatch(text, opened, end):
            return _before_space(text, opened)
    return end


# --- without a year ---------------------------------------------------------------------------------------------------------


def _mention(text: str, group: _Group, number: int) -> Citation | None:
    """A series that is only named: "(see, for example, the Example Working Paper Series)"."""
    if not SEE.match(group.inside):
        return None
    begin = len(group.inside) - len(group.inside.lstrip())
    stop = len(group.inside.rstrip(_TRIM))
    start = strip_leads(group.inside, begin, stop)
    named = group.inside[start:stop]
    words = named.split()
    series = len(words) > 1 and any(word.strip(".,").casefold() in SERIES for word in (words[-1], words[0]))
    if not series or not are_authors(named, with_comma=True):
        return None
    return _citation(text, (group.start + begin, group.start + stop), named, None, MENTION, number)


def _citation(
    text: str,
    where: tuple[int, int],
    authors: str,
    year: str | None,
    kind: str,
    number: int,
    is_carried: bool = False,
) -> Citation:
    start, end = where
    return Citation(text[start:end], authors, year, start, end, kind, number, is_carried)
