"""The wheel: the eight hallmarks around professional learning, drawn as inline SVG."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template

from foundation.bilingual.languages import current, words
from hallmarks.models import HallmarkEdition

register = template.Library()

OUTER, INNER = 197.0, 72.0  # the radii of the ring
# Where words have most room: in a sector that stands beside the upright axis, and in one that lies beside the level one.
STEEP, FLAT = (67.0, 128.0), (128.0, 57.0)
GAP = 2.5  # between a sector and the line to its neighbour: room for the ring of the one in focus
LINE_LETTERS = 13
LINE_HEIGHT = 17.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sector's name, and how far below the middle of the sector it stands."""

    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Sector:
    """One eighth of the ring."""

    edition: HallmarkEdition
    language: str
    path: str
    x: float
    number_y: float
    lines: list[Line]
    is_lit: bool


@register.inclusion_tag("hallmarks/wheel.html")
def wheel(editions: Sequence[HallmarkEdition], lit: HallmarkEdition | None = None) -> dict[str, Any]:
    """All of `editions` in their places; the sector of `lit` stands out."""
    return {"sectors": [_sector(edition, edition == lit) for edition in editions]}


def _sector(edition: HallmarkEdition, is_lit: bool) -> Sector:
    number, language = edition.content.number, edition.language_shown(current())
    x, y = _middle(number)
    lines = _wrapped(words(edition, "short_name", language))
    top = y - LINE_HEIGHT * len(lines) / 2
    placed = [Line(round(top + LINE_HEIGHT * (place + 1) + 4, 1), line) for place, line in enumerate(lines)]
    return Sector(edition, language, _path(number), round(x, 1), round(top, 1), placed, is_lit)


def _wrapped(name: str) -> list[str]:
    """As few lines as the sector asks for, as even as they can be."""
    fewest = len(_broken(name, LINE_LETTERS))
    widths = range(1, LINE_LETTERS + 1)
    even = next((width for width in widths if len(_broken(name, width)) <= fewest), LINE_LETTERS)
    return _broken(name, even)


def _broken(name: str, width: int) -> list[str]:
    return textwrap.wrap(name, width, break_long_words=False, break_on_hyphens=False)


def _middle(number: int) -> tuple[float, float]:
    """The middle of the words of a sector."""
    x, y = STEEP if number in (1, 4, 5, 8) else FLAT
    return (x if number <= 4 else -x), (y if 3 <= number <= 6 else -y)


def _point(radius: float, eighths: float) -> tuple[float, float]:
    """The point so far from the middle, so many eighths of a turn after twelve o'clock."""
    angle = math.tau * eighths / 8
    return radius * math.sin(angle), -radius * math.cos(angle)


def _path(number: int) -> str:
    """The outline of the sector of a hallmark."""
    outside, inside = (GAP / radius / (math.tau / 8) for radius in (OUTER, INNER))
    points = [
        _point(OUTER, number - 1 + outside),
        _point(OUTER, number - outside),
        _point(INNER, number - inside),
        _point(INNER, number - 1 + inside),
    ]
    a, b, c, d = (f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{a}A{OUTER:g} {OUTER:g} 0 0 1 {b}L{c}A{INNER:g} {INNER:g} 0 0 0 {d}Z"
