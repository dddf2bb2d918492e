"""Dates of birth. Those of people long dead are history."""

import re
from collections.abc import Iterator

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|af|ail|il|ydd|fed|eg|ain)?(?:\s+of|\s+o)?\s+(?:{_MONTHS})\.?,?\s+(?P<year>\d{{4}})"
    rf"|(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?P<year_b>\d{{4}})"
    r"|\d{1,2}[./-]\d{1,2}[./-](?P<year_c>\d{4}|\d{2})\b"
    r"|(?P<year_d>\d{4})-\d{2}-\d{2})"
)
_SAID = r"[Bb]orn|[Dd]ate of birth|[Bb]irth date|DOB|D\.O\.B|[Dd]?[Dd]yddiad [Gg]eni|[Gg]aned|[Aa]ned|[Nn]ganed|[Gg]anwyd|[Aa]nwyd|[Gg]eni|[Ee]ni"
_BORN = re.compile(rf"\b(?:{_SAID})\b[^\d.!?\n]{{0,40}}?(?P<date>{_DATE})")
_WORTH_A_LOOK = ("born", "birth", "dob", "d.o.b", "aned", "anwyd", "eni")
EARLIEST = 1930


def births(text: str) -> Iterator[tuple[int, int]]:
    """A date that is said to be somebody's birth."""
    folded = text.casefold()
    if not any(word in folded for word in _WORTH_A_LOOK):
        return
    for match in _BORN.finditer(text):
        year = next(year for name in ("year", "year_b", "year_c", "year_d") if (year := match[name]))
        if len(year) == 2 or int(year) >= EARLIEST:
            yield match.span()
