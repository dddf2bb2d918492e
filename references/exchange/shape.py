"""Whether an item can be stored at all: the parts that columns are read from have the shape that CSL gives them."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from references.csl import OFFICIAL


def can_be_stored(value: Any) -> bool:
    """Whether a database takes it: not nested without end, and without numbers and characters that it refuses."""
    try:
        stored = json.dumps(value, ensure_ascii=False, allow_nan=False)
        stored.encode()
    except (RecursionError, ValueError):
        return False
    return r"\u0000" not in stored.replace(r"\\", "")  # a NUL; a backslash that somebody wrote is doubled, and no NUL


def is_name(person: Any) -> bool:
    """A person or body with a family or a literal name, whose parts are single values."""
    if not isinstance(person, dict) or any(isinstance(part, dict | list) for part in person.values()):
        return False
    named = [person.get(part) for part in ("family", "literal")]
    return any(isinstance(part, str) and part for part in named) and isinstance(person.get("given") or "", str)


def is_name_in_words(person: Any) -> bool:
    """The same, and every part is text: what people type is held to more than what programs export."""
    return is_name(person) and all(isinstance(part, str) for part in person.values())


def problem_of(item: Mapping[str, Any], *, is_typed: bool = False) -> str | None:
    """What is wrong with an item, in the reader's language, or None. An item without a title is not wrong, only doubtful.

    `is_typed`: by a person, who is told of empty values in another shape too; programs export them.
    """
    is_right = is_name_in_words if is_typed else is_name
    if not can_be_stored(item):
        return _("It holds characters or numbers that cannot be stored.")
    for name in ("author", "editor", "translator", "collection-editor"):
        people = item.get(name) or []
        if not isinstance(people, list) or not all(is_right(person) for person in people):
            return _("“%(name)s” must be a list of names, each with a family or a literal name.") % {"name": name}
    for name in ("issued", "accessed", "custom"):
        value = item.get(name)
        if (value or (is_typed and value is not None)) and not isinstance(value, dict):
            return _("“%(name)s” must be an object.") % {"name": name}
    return _problem_of_words(item) or _problem_of_date(item.get("issued") or {})


def _problem_of_words(item: Mapping[str, Any]) -> str | None:
    custom = item.get("custom") or {}
    beside = {f"custom.{name}": custom.get(name) for name in (*OFFICIAL, "note")}
    wrong = [name for name, value in beside.items() if isinstance(value, dict | list)]
    if not isinstance(item.get("title") or "", str):
        wrong.insert(0, "title")
    return _("“%(name)s” must be text.") % {"name": wrong[0]} if wrong else None


def _problem_of_date(issued: Mapping[str, Any]) -> str | None:
    parts = issued.get("date-parts") or []
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        return _("“date-parts” must be a list of lists.")
    if parts and parts[0] and abs(_number(parts[0][0])) > 9999:
        return _("The year has more than four figures.")
    return None


def _number(value: Any) -> int:
    return int(value) if str(value).lstrip("-").isdigit() else 0
