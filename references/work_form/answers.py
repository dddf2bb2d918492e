"""What the form shows of an item, and the item that its answers make. What was not changed stays the very same value."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from references.work_form.variables import DATES, PARTS, ROLES, VARIABLES

Item = dict[str, Any]
#: So many names are shown; what an item holds beyond them is kept.
MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A name on the form: its role, its parts, and where in the item it stood before ("author:0"; "" of a new one)."""

    role: str
    parts: Mapping[str, str] = field(default_factory=dict)
    was: str = ""


@dataclass(frozen=True, slots=True)
class Date:
    """A date on the form: figures, or words such as "n.d."."""

    year: str = ""
    month: str = ""
    day: str = ""
    words: str = ""

    @property
    def figures(self) -> tuple[str, ...]:
        return (self.year, self.month, self.day)


def shown(value: Any) -> str:
    """A value of an item in a field of the form; one that is no text as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def on_a_line(text: str) -> str:
    """A text as a browser sends it from a field of one line."""
    return re.sub(r"[\r\n]", "", text).strip()


def on_lines(text: str) -> str:
    """A text as a browser sends it from a field of many lines, with line breaks as an item has them."""
    return re.sub(r"\r\n?", "\n", text).strip()


def normal(name: str) -> Callable[[str], str]:
    return on_lines if name in VARIABLES and VARIABLES[name].is_long else on_a_line


def put(before: Mapping[str, Any], answers: Mapping[str, str]) -> Item:
    """An object with the answers that say something else than it does: an empty one takes its part away."""
    after = dict(before)
    for name, answer in answers.items():
        if normal(name)(answer) == normal(name)(shown(before.get(name))):
            continue
        if answer:
            after[name] = answer
        else:
            after.pop(name, None)
    return after


# --- names ----------------------------------------------------------------------------------------------------------------


def is_shown(names: Any) -> bool:
    """Whether a role's names can be shown in rows: there are none, or they are a list of objects."""
    return names is None or (isinstance(names, list) and all(isinstance(name, dict) for name in names))


def roles_of(item: Mapping[str, Any]) -> list[str]:
    """The roles that may be given: not those that the item holds in another shape."""
    return [role for role in ROLES if is_shown(item.get(role))]


def rows_of(item: Mapping[str, Any]) -> list[Row]:
    """The names of an item, role by role in its own order."""
    return [
        Row(role, {part: on_a_line(shown(name.get(part))) for part in PARTS}, f"{role}:{place}")
        for role, place, name in _names_of(item)[:MOST_NAMES]
    ]


def names_beyond(item: Mapping[str, Any]) -> int:
    """How many names an item holds beyond those that are shown."""
    return max(0, len(_names_of(item)) - MOST_NAMES)


def _names_of(item: Mapping[str, Any]) -> list[tuple[str, int, Item]]:
    known = set(roles_of(item))
    return [(role, place, name) for role in item if role in known for place, name in enumerate(item[role] or [])]


def stood_at(row: Row, item: Mapping[str, Any]) -> Item | None:
    """The name of the item that a row was made of."""
    role, _colon, place = row.was.partition(":")
    names = (item.get(role) or []) if role in roles_of(item) else []
    is_place = re.fullmatch(r"\d{1,6}", place, re.ASCII) and int(place) < len(names)
    return dict(names[int(place)]) if is_place else None


def name_of(row: Row, item: Mapping[str, Any]) -> Item:
    """The name that a row makes, with what the form does not show of the one that stood there."""
    return put(stood_at(row, item) or {}, row.parts)


def is_left_out(row: Row, item: Mapping[str, Any]) -> bool:
    """Whether a row is empty, and was not so before."""
    stood = stood_at(row, item)
    is_as_it_was = stood is not None and put(stood, row.parts) == stood
    return not any(row.parts.values()) and not is_as_it_was


def put_names(item: Mapping[str, Any], rows: Sequence[Row]) -> Item:
    """The item with these names, and with those that were beyond the rows."""
    after = dict(item)
    rows = [row for row in rows if not is_left_out(row, item)]
    before = [row.role for row in rows_of(item)]
    for role in roles_of(item):
        beyond = (item.get(role) or [])[before.count(role) :]
        names = [name_of(row, item) for row in rows if row.role == role] + beyond
        if names == (item.get(role) or []):
            continue
        if names:
            after[role] = names
        else:
            after.pop(role, None)
    return after


# --- dates ----------------------------------------------------------------------------------------------------------------


def date_of(value: Any) -> Date:
    """A date of an item, as far as the form shows it: of a range, its beginning."""
    if not isinstance(value, dict):
        return Date(words=on_a_line(shown(value)))
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    year, month, day = ([_figure(part) for part in first] + ["", "", ""])[:3]
    return Date(year, month, day, on_a_line(shown(value.get("literal") or value.get("raw"))))


def _figure(part: Any) -> str:
    text = on_a_line(shown(part))
    return str(int(text)) if re.fullmatch(r"-?\d{1,6}", text, re.ASCII) else text


def put_date(value: Any, answer: Date) -> Item | None:
    """The date with the answers that say something else; None where nothing is left of it. For dates that differ."""
    before = date_of(value)
    after: Item = dict(value) if isinstance(value, dict) else {}
    if answer.figures != before.figures:
        new = [int(figure) for figure in answer.figures if figure]
        parts = after.pop("date-parts", None)
        rest = parts[1:] if isinstance(parts, list) else []
        if new:
            after["date-parts"] = [new, *rest]
    if answer.words != before.words:
        after = {name: text for name, text in after.items() if name not in ("literal", "raw")}
        if answer.words:
            after["literal"] = answer.words
    return after or None


# --- the whole item ---------------------------------------------------------------------------------------------------------


def put_all(item: Mapping[str, Any], texts: Mapping[str, str], rows: Iterable[Row], dates: Mapping[str, Date]) -> Item:
    """The item that the answers make of `item`."""
    after = put_names(put(item, texts), list(rows))
    for name in DATES:
        answer = dates[name]
        if answer == date_of(item.get(name)):
            continue
        value = put_date(item.get(name), answer)
        if value is None:
            after.pop(name, None)
        else:
            after[name] = value
    return after
