"""What the formats share: values on one line, dates, and the rest that a format has no field for."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from references.csl import year_of

Item = dict[str, Any]


class ReadRefused(Exception):
    """A file that cannot be read. The message says where, and what to do, in the reader's language."""


def one_line(value: Any) -> str:
    """A value as a file can hold it: no line breaks, no control characters, single spaces."""
    if value is None or isinstance(value, dict | list | bool):
        return ""
    text = str(value)
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text)
    return " ".join(text.split())


def date_parts(value: Any) -> list[int]:
    """Year, month and day of a single CSL date, as far as they are there."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], list):
        return []
    if not all(str(part).isascii() and str(part).isdigit() for part in parts[0]):
        return []
    return [int(part) for part in parts[0][:3]]


def year_line(item: Mapping[str, Any]) -> str:
    """The year of issue in four figures, or ""."""
    issued = item.get("issued") or {}
    exact = date_parts(issued)
    year = exact[0] if exact else year_of(item) if isinstance(issued, dict) else None
    return f"{year:04d}" if year and year > 0 else ""


def read_date(text: str) -> dict[str, Any] | None:
    """ "2018/02/05/", "2018-02" or "2018" as a CSL date; other words as they stand."""
    found = re.match(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?/*$", text.strip(), re.ASCII)
    if found:
        parts = [int(part) for part in found.groups() if part]
        return {"date-parts": [parts]}
    return {"literal": text.strip()} if text.strip(" /") else None


def canonical(value: Any) -> str:
    """A value as text in which 1, 1.0 and true differ, and the order of an object's parts does not matter."""
    return json.dumps(value, sort_keys=True)


def rest_of(item: Mapping[str, Any], as_read: Mapping[str, Any]) -> str:
    """What a reader of the written fields would not know of `item`: one line of JSON, or "" where that is nothing."""
    fields = {
        name: value
        for name, value in item.items()
        if name not in as_read or canonical(value) != canonical(as_read[name])
    }
    without = sorted(set(as_read) - set(item))
    rest = {"csl": fields} | ({"without": without} if without else {})
    return re.sub(r'"(?:[^"\\]|\\.)*"', _quoted, json.dumps(rest)) if fields or without else ""


def _quoted(text: re.Match[str]) -> str:
    """A JSON string without the signs that BibTeX counts."""
    return text[0].replace("{", r"\u007b").replace("}", r"\u007d").replace("@", r"\u0040")


def with_rest(as_read: Item, rest: str) -> Item:
    """The item that was written: what was read, and what its `rest` says. A rest that is none of ours changes nothing."""
    try:
        found = json.loads(rest)
    except ValueError:
        return as_read
    if not isinstance(found, dict) or not isinstance(found.get("csl"), dict):
        return as_read
    without = found.get("without", [])
    kept = {name: value for name, value in as_read.items() if name not in without}
    return {**kept, **found["csl"]}
