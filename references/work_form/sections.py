"""The sections of the form in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from references.work_form.fields import DATE_PARTS
from references.work_form.variables import DATES, SECTIONS

Section = tuple[Any, dict[str, Any]]
_PREFIX = "item-"


def is_of_item(name: str) -> bool:
    """Whether a field stands for a part of the item, rather than for a column beside it."""
    return name.startswith(_PREFIX)


def _line(names: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return f"{_PREFIX}{names}" if isinstance(names, str) else tuple(f"{_PREFIX}{name}" for name in names)


def _date(name: str) -> Section:
    return (DATES[name], {"fields": (tuple(f"{_PREFIX}{name}-{part}" for part in DATE_PARTS),)})


_FIRST = ("type", "title", "language", "title-short", "original-title", "genre")
_sections: list[Section] = [(heading, {"fields": tuple(map(_line, lines))}) for heading, lines in SECTIONS]
ITEM_SECTIONS: tuple[Section, ...] = (
    (_("What it is"), {"fields": (*map(_line, _FIRST), "key")}),
    _date("issued"),
    *_sections[:3],
    _date("accessed"),
    _sections[3],
)
