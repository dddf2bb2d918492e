"""The head of a page: furniture, lead-in, title."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from hallmarks.page_text.lines import Line, Sheet
from hallmarks.page_text.panels import opens_tail
from hallmarks.page_text.shapes import Role, Why
from hallmarks.page_text.titles import Names, normalise_title

_FURNITURE = re.compile(
    r"(?:skip|jump|neidio|mynd) (?:to|ir?)\b.*(?:content|[cg]h?ynnwys|navigation|llywio)"
    r"|(?:(?:english|cymraeg|welsh|saesneg|eng?|cym?)(?: |$))+"
    r"|(?:\w+ )?(?:leading professional learning|arwain dysgu proffesiynol)(?: \w+){0,2}"
    r"|(?:\w+ ){0,4}(?:header|pennawd|pennyn|banner|baner)"
    r"|menu|dewislen|search|chwilio|home|hafan|cartref|close|cau|contact us|cysylltwch a ni"
)
_CRUMBS = re.compile(r"\S\s*[>»›]\s*\S")
_ELLIPSIS = re.compile(r"(?:\.\s?\.|…)[.…\s]*")
_ABOUT_LEARNING = re.compile(r"professional learning|[dn]ysgu proffesiynol")
_OPEN_END = re.compile(r"\b(?:is|are|means|yw|ydy|yn|mae|sydd|golygu)$|^mae\b")
_HEAD_LINES = 25


class Head(NamedTuple):
    title: str | None
    lead_in: str | None
    body_from: int


class _LeadIn(NamedTuple):
    at: int
    about_learning: bool
    text: str
    title: str  # where it stands on the same line, else ""


def read_head(sheet: Sheet, titles: Names) -> Head:
    top = list(takewhile(lambda line: _split_lead_in(line) or not line.is_prose, sheet.lines[:_HEAD_LINES]))
    lead_in = _find_lead_in(top, titles)
    if lead_in is None:
        return _read_head_without_lead_in(sheet, top, titles)
    _place_header(sheet, top[: lead_in.at])
    sheet.place(Role.LEAD_IN, [top[lead_in.at]])
    if lead_in.title:
        return Head(lead_in.title, lead_in.text, lead_in.at + 1)
    title, body_from = _read_title(sheet, lead_in.at + 1)
    return Head(title, lead_in.text, body_from)


def _read_head_without_lead_in(sheet: Sheet, top: Sequence[Line], titles: Names) -> Head:
    at = next((i for i, line in enumerate(top) if line.text in titles), None)
    if at is None:
        top = list(takewhile(lambda line: not (line.entry or opens_tail(line)), top))
        at = _find_lone_title(top) if len(sheet.lines) > len(top) else None
    _place_header(sheet, top[:at])
    if at is None:
        return Head(None, None, len(top))
    title, body_from = _read_title(sheet, at)
    return Head(title, None, body_from)


def breaks_off(lead_in: str) -> bool:
    """Whether it is about professional learning, and goes on in the title."""
    key = normalise_title(lead_in)
    return bool(_ABOUT_LEARNING.search(key) and _OPEN_END.search(key))


def _find_lead_in(top: Sequence[Line], titles: Names) -> _LeadIn | None:
    """The first lead-in about professional learning, else the first of any kind."""
    found = [
        _LeadIn(at, _is_about_learning(line), *parts)
        for at, line in enumerate(top)
        if not (_is_furniture(line) or line.text in titles) and (parts := _split_lead_in(line))
    ]
    return min(found, key=lambda lead_in: not lead_in.about_learning, default=None)


def _split_lead_in(line: Line) -> tuple[str, str] | None:
    """The lead-in, and the title where it stands on the same line (else "")."""
    if line.words > 30 or line.citations or line.entry:
        return None
    about = _is_about_learning(line)
    if match := _ELLIPSIS.search(line.text):
        lead_in, rest = line.text[: match.end()].strip(), line.text[match.end() :].strip()
        short = 2 <= len(lead_in.split()) <= 14
        return (lead_in, rest) if short and (about or not rest) else None
    if about and line.words <= 10 and (line.text.endswith(":") or _OPEN_END.search(line.key)):
        return line.text, ""
    return None


def _is_about_learning(line: Line) -> bool:
    return _ABOUT_LEARNING.search(line.key) is not None


def _find_lone_title(top: Sequence[Line]) -> int | None:
    """The last line, if nothing but furniture stands above it."""
    others = [i for i, line in enumerate(top) if not _is_furniture(line)]
    return others[0] if others == [len(top) - 1] and _is_title(top[-1]) else None


def _read_title(sheet: Sheet, at: int) -> tuple[str | None, int]:
    """The title at this line, and where the body begins; a title may be wrapped."""
    if at >= len(sheet.lines) or not _is_title(sheet.lines[at]):
        return None, at
    end = at + 1
    while end < len(sheet.lines) and _continues_title(sheet.lines[end]):
        end += 1
    sheet.place(Role.TITLE, sheet.lines[at:end])
    return " ".join(line.text for line in sheet.lines[at:end]), end


def _is_title(line: Line) -> bool:
    ends_like_prose = line.ends_sentence and line.words > 12
    return line.words <= 25 and not (ends_like_prose or line.citations or line.entry)


def _continues_title(line: Line) -> bool:
    return not line.gap and line.text[0].islower() and line.words <= 12 and not line.ends_sentence


def _is_furniture(line: Line) -> bool:
    crumbs = line.words <= 20 and _CRUMBS.search(line.text) is not None
    return crumbs or (line.words <= 8 and _FURNITURE.fullmatch(line.key) is not None)


def _place_header(sheet: Sheet, lines: Iterable[Line]) -> None:
    for line in lines:
        if _is_furniture(line):
            sheet.place(Role.FURNITURE, [line])
        else:
            sheet.leave(Why.BEFORE_TITLE, [line])
