"""The dates of an item: the parts that citeproc can read, and the year as it is printed."""

import re
from typing import Any

from babel.dates import get_month_names

from references.csl import Item, year_of
from references.styles.marks import clean

NO_DATE = {"cy": "d.d.", "en": "n.d."}

_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4}|\d\d)?")
_NO_DATE = re.compile(r"n\.? ?d\.?|d\.? ?d\.?|no date|dim dyddiad|undated", re.IGNORECASE)


def dates_of(item: Item, name: str) -> list[list[int]]:
    """The date, or the two ends of a range, as lists of year, month and day; nothing where citeproc could not read it."""
    value = item.get(name)
    parts = value.get("date-parts") if isinstance(value, dict) else None
    dates = [_whole(part) for part in parts if isinstance(part, list)] if isinstance(parts, list) else []
    return dates[:2] if dates and dates[0] else []


def _whole(part: list[Any]) -> list[int]:
    """As many of year, month and day as are numbers that a calendar has."""
    found: list[int] = []
    for value, highest in zip(part, (9999, 12, 31), strict=False):
        text = str(value).strip()
        if not re.fullmatch(r"-?\d{1,4}", text, re.ASCII) or int(text) > highest or (found and int(text) < 1):
            break
        found.append(int(text))
    return found


def printed_year(item: Item, language: str) -> str:
    """ "2019", "2019–2021", "c. 1900", "44 BC", "forthcoming" or "n.d.": what stands in the brackets after the authors."""
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return NO_DATE[language]
    dates = dates_of(item, "issued")
    years = [date[0] for date in dates if date]
    if not years or years[0] == 0:
        return _in_words(item, clean(str(issued.get("literal") or issued.get("raw") or "")), language)
    has_end = len(dates) > 1
    printed = [_year(year, language) if year else "" for year in (*years, 0)[: 1 + has_end]]
    text = printed[0] if printed[-1] == printed[0] else "–".join(printed)
    return f"c. {text}" if issued.get("circa") else text


def printed_day(item: Item, language: str) -> str:
    """ "5 March", "5–7 March", "28 March–2 April" or "March": the day of issue without its year; "" where only a year is known."""
    months = get_month_names("wide", locale=language)
    days = [(months[date[1]], *date[2:]) for date in dates_of(item, "issued") if len(date) > 1]
    if not days:
        return ""
    (first, *day), (last, *last_day) = days[0], days[-1]
    if first == last and day and last_day and day != last_day:
        return f"{day[0]}–{last_day[0]} {first}"
    ends = [" ".join(str(part) for part in (*numbers, month)) for month, numbers in ((first, day), (last, last_day))]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def _year(year: int, language: str) -> str:
    return str(year) if year > 0 else f"{-year} {'CC' if language == 'cy' else 'BC'}"


def _in_words(item: Item, words: str, language: str) -> str:
    """A date that was written as words: its years, or the words where they name none."""
    if found := _YEARS.search(words):
        return f"{found[1]}–{found[2] or ''}"
    year = year_of(item)
    if year is not None:
        return str(year)
    return NO_DATE[language] if not words or _NO_DATE.fullmatch(words) else words
