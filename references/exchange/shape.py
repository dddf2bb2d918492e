"""Whether an item can be stored at all: the parts that columns are read from have the shape that CSL gives them."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def problem_of(item: Mapping[str, Any]) -> str | None:
    """What is wrong with an item, in the reader's language, or None. An item without a title is not wrong, only doubtful."""
    try:
        stored = json.dumps(item, ensure_ascii=False, allow_nan=False)
        stored.encode()
    except (RecursionError, ValueError):
        return _("It holds characters or numbers that cannot be stored.")
    if r"\u0000" in stored:
        return _("It holds characters or numbers that cannot be stored.")
    for name in ("author", "editor", "translator", "collection-editor"):
        people = item.get(name) or []
        if not isinstance(people, list) or not all(_is_name(person) for person in people):
            return _("“%(name)s” must be a list of names, each with a family or a literal name.") % {"name": name}
    for name in ("issued", "accessed", "custom"):
        if not isinstance(item.get(name) or {}, dict):
            return _("“%(name)s” must be an object.") % {"name": name}
    if not isinstance(item.get("title") or "", str):
        return _("“%(name)s” must be text.") % {"name": "title"}
    parts = (item.get("issued") or {}).get("date-parts") or []
    if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
        return _("“date-parts” must be a list of lists.")
    if parts and parts[0] and abs(_number(parts[0][0])) > 9999:
        return _("The year has more than four figures.")
    return None


def _number(value: Any) -> int:
    return int(value) if str(value).lstrip("-").isdigit() else 0


def _is_name(person: Any) -> bool:
    if not isinstance(person, dict) or any(isinstance(part, dict | list) for part in person.values()):
        return False
    named = [person.get(part) for part in ("family", "literal")]
    return any(isinstance(part, str) and part for part in named) and isinstance(person.get("given") or "", str)
