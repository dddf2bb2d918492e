"""Where the parts below the head begin."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from hallmarks.page_text.entries import LONG
from hallmarks.page_text.lines import Line
from hallmarks.page_text.panels import is_connection_heading, is_panel
from hallmarks.page_text.references import is_list_heading

_A_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d")


class Parts(NamedTuple):
    body: list[Line]
    references: list[Line]
    connections: list[Line]  # the first is their heading
    panels: list[Line]


def find_parts(lines: list[Line], body_from: int) -> Parts:
    """Each part ends where the next begins; any may be empty."""
    body_to = max((i + 1 for i in range(body_from, len(lines)) if _is_body(lines, i)), default=body_from)
    people = max((i for i in range(body_to, len(lines)) if lines[i].names_people), default=body_to)
    markers = [i for i in range(body_to, len(lines)) if not _follows_heading(lines, i)]
    panels_at = next(
        (i for i in markers if is_panel(lines[i]) and (i >= people or lines[i].words < 9)),
        len(lines),
    )
    connections_at = next((i for i in markers if i < panels_at and is_connection_heading(lines[i])), panels_at)
    list_at = _find_list(lines, body_to, connections_at)
    return Parts(
        lines[body_from:list_at],
        lines[list_at:connections_at],
        lines[connections_at:panels_at],
        lines[panels_at:],
    )


def _is_body(lines: Sequence[Line], at: int) -> bool:
    entry_body = _follows_heading(lines, at) and lines[at].words < 90
    return lines[at].is_cited and not entry_body


def _follows_heading(lines: Sequence[Line], at: int) -> bool:
    """Whether the line must be the body of the entry above it."""
    return at > 0 and lines[at - 1].awaits_body


def _find_list(lines: Sequence[Line], start: int, end: int) -> int:
    """Below its heading; or else the first entry with no paragraph between it and the last one; `end` where there is none."""
    headed = next((i + 1 for i in range(start, end) if is_list_heading(lines[i])), end)
    if any(_A_YEAR.search(line.text) for line in lines[headed:end]):
        return headed
    headings = [i for i in range(start, end) if lines[i].entry]
    between = range(start, max(headings, default=start))
    prose = max((i for i in between if lines[i].words >= LONG and not lines[i].entry), default=-1)
    return next((i for i in headings if i > prose), end)
