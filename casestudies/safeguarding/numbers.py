"""Unique Pupil Numbers."""

import re
from collections.abc import Iterator

_UPN = re.compile(r"([A-HJ-NP-RT-Z](?<![A-Za-z0-9].))(\d{11}[0-9A-HJ-NP-RT-Z])(?![A-Za-z0-9])")
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SAID = re.compile(
    r"[URr](?<!\w.)(?:PN|nique Pupil Number|hif [Uu]nigryw (?:y )?[Dd]isgybl)\b[\s:–-]*([A-Z]\d{11}[0-9A-Z])\b"
)


def upns(text: str) -> Iterator[tuple[int, int]]:
    """Thirteen characters whose check letter is right, or which the text itself calls a pupil number."""
    found = {match.span() for match in _UPN.finditer(text) if check_letter(match[2]) == match[1]}
    yield from sorted(found | {match.span(1) for match in _SAID.finditer(text)})


def check_letter(rest: str) -> str:
    """The letter that a UPN with these twelve characters begins with.

    Each character is weighted with its place, 2 to 13; the sum modulo 23 names one of 23 letters (no I, O or S), and a
    letter in the last place of a temporary number counts as its own place among them. Source: Unique Pupil Number 2.0, UK
    Government Data Standards Catalogue; the Department for Education's and the Welsh Government's guides say the same.
    """
    values = [int(one) if one.isdecimal() else _LETTERS.index(one) for one in rest]
    return _LETTERS[sum(value * place for place, value in enumerate(values, start=2)) % 23]
