"""What importing a list of works would do, without doing it: which are new, which are the same, changed or doubtful."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from references.csl import creators_of, family_of, listed_name, year_of
from references.exchange.items import staff_item
from references.exchange.known import Known, marks_of, taken_keys
from references.exchange.values import Item, canonical
from references.models import Work


class Outcome(models.TextChoices):
    """What a row of the file is to the bibliography."""

    NEW = "new", pgettext_lazy("a work in a file", "new")
    SAME = "same", pgettext_lazy("a work in a file", "same")
    CHANGED = "changed", pgettext_lazy("a work in a file", "changed")
    DOUBTFUL = "doubtful", pgettext_lazy("a work in a file", "doubtful")


class Decision(models.TextChoices):
    """What is to be done with a row."""

    LEAVE = "leave", gettext_lazy("Leave it out")
    ADD = "add", gettext_lazy("Add it as a new work")
    UPDATE = "update", gettext_lazy("Write it into the work that is there")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the file and the bibliography differ."""

    field: str
    before: Any
    after: Any

    @property
    def before_shown(self) -> str:
        return shown(self.before)

    @property
    def after_shown(self) -> str:
        return shown(self.after)


def shown(value: Any) -> str:
    """A value of an item as a person reads it: its text, or else its JSON."""
    text = value if isinstance(value, str) else "–" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else f"{text[:299]}…"


@dataclass(slots=True)
class Row:
    """One work of the file."""

    number: int
    item: Item
    outcome: Outcome
    key: str
    work: Work | None = None
    differences: list[Difference] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def year(self) -> int | None:
        return year_of(self.item)

    @property
    def creators(self) -> str:
        """Its authors, or else its editors, as in a list."""
        return ", ".join(listed_name(name) for name in creators_of(self.item))

    @property
    def usual(self) -> Decision:
        """What is done with it where nobody decides."""
        if self.outcome == Outcome.NEW:
            return Decision.ADD
        return Decision.UPDATE if self.outcome == Outcome.CHANGED else Decision.LEAVE

    @property
    def choices(self) -> list[Decision]:
        """What may be done with it."""
        if self.outcome == Outcome.SAME or not has_title(self.item):
            return [Decision.LEAVE]
        if self.outcome == Outcome.NEW:
            return [Decision.LEAVE, Decision.ADD]
        if self.outcome == Outcome.CHANGED:
            return [Decision.LEAVE, Decision.UPDATE]
        may_update = [Decision.UPDATE] if self.work is not None and self.differences else []
        return [Decision.LEAVE, *may_update, Decision.ADD]


@dataclass(slots=True)
class ImportPlan:
    """Every row of the file, in order."""

    rows: list[Row]

    def of(self, outcome: Outcome) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}


def has_title(item: Mapping[str, Any]) -> bool:
    return bool(str(item.get("title") or "").strip())


def plan_import(items: Sequence[Item]) -> ImportPlan:
    """What each item is to the bibliography as it stands. Reads only; a fixed number of queries."""
    known = Known()
    taken = known.keys
    earlier: dict[tuple[str, str], int] = {}
    meant: dict[int, int] = {}
    rows = []
    for number, item in enumerate(items, 1):
        row = _row(number, item, known)
        _compare_within(row, earlier, meant)
        if row.outcome in (Outcome.NEW, Outcome.DOUBTFUL):  # the key that it gets if it is added
            if not row.key or row.key in taken:
                row.key = new_key(item, taken)
            taken.add(row.key)
        rows.append(row)
    return ImportPlan(rows)


def _row(number: int, item: Item, known: Known) -> Row:
    named = str(item.get("id") or "").strip()
    usable = named if re.fullmatch(r"[-a-zA-Z0-9_]{1,100}", named) else ""
    if not has_title(item):
        return Row(number, item, Outcome.DOUBTFUL, usable, reasons=[_("It has no title. Give it one in the file.")])
    work = known.by_key(named)
    alike = known.alike(item)
    near = known.a_year_off(item) if not alike else []
    if work is not None:
        row = _against(number, item, work)
        if row.outcome == Outcome.CHANGED and alike != [work] and _is_another(item, work):
            row.outcome = Outcome.DOUBTFUL
            row.reasons.append(_("Its key “%(key)s” means another work here.") % {"key": named})
        return row
    if not alike and not near:
        return Row(number, item, Outcome.NEW, usable)
    row = _against(number, item, (alike or near)[0])
    if len(alike) == 1 and row.outcome == Outcome.SAME:
        return row
    row.outcome = Outcome.DOUBTFUL
    row.reasons = [_why(item, work) % {"work": str(work), "key": work.key} for work in alike or near]
    row.key = usable
    return row


def _why(item: Item, work: Work) -> str:
    shared = marks_of(item) & marks_of(work.csl)
    kind = next((kind for kind in ("doi", "isbn", "title") if kind in {one for one, _value in shared}), "near")
    return {
        "doi": _("%(work)s (%(key)s) has the same DOI."),
        "isbn": _("%(work)s (%(key)s) has the same ISBN."),
        "title": _("%(work)s (%(key)s) has the same title and year."),
        "near": _("%(work)s (%(key)s) has the same title, and the year before or after."),
    }[kind]


def _against(number: int, item: Item, work: Work) -> Row:
    differences = differences_of(staff_item(work), item)
    return Row(number, item, Outcome.CHANGED if differences else Outcome.SAME, work.key, work, differences)


def differences_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields that `after` says otherwise. What it does not say, it does not take away; its `id` is only a name."""
    found = []
    for name, value in after.items():
        old = before.get(name)
        if name == "custom" and isinstance(value, dict) and isinstance(old or {}, dict):
            inner = differences_of(old or {}, value)
            found += [Difference(f"custom.{one.field}", one.before, one.after) for one in inner]
        elif name != "id" and value is not None and canonical(value) != canonical(old):
            found.append(Difference(name, old, value))
    return found


def merged(before: Mapping[str, Any], after: Mapping[str, Any]) -> Item:
    """The item that is kept: what was there, with what `after` says. Its id stays."""
    said = {name: value for name, value in after.items() if value is not None and name not in ("id", "custom")}
    custom = {**(before.get("custom") or {})}
    custom |= {name: value for name, value in (after.get("custom") or {}).items() if value is not None}
    return {**before, **said, **({"custom": custom} if custom else {})}


def _is_another(item: Item, work: Work) -> bool:
    """Whether an item under a work's key is hardly that work: neither title nor year nor author nor DOI agree."""
    if marks_of(item) & marks_of(work.csl):
        return False
    families = [{family_of(name).casefold() for name in creators_of(one)} for one in (item, work.csl)]
    same_title = {mark.split("|")[0] for kind, mark in marks_of(item) | marks_of(work.csl) if kind == "title"}
    return len(same_title) > 1 and not (families[0] & families[1] and year_of(item) == work.year)


def _compare_within(row: Row, earlier: dict[tuple[str, str], int], meant: dict[int, int]) -> None:
    """Say so where an earlier row of the file is the same work."""
    marks = marks_of(row.item) | {("id", named) for named in [str(row.item.get("id") or "").strip()] if named}
    other = next((earlier[mark] for mark in sorted(marks) if mark in earlier), None)
    if other is None and row.work is not None:
        other = meant.get(row.work.pk)
    if row.work is not None:
        meant.setdefault(row.work.pk, row.number)
    for mark in marks:
        earlier.setdefault(mark, row.number)
    by_its_key = row.work is not None and row.work.key == row.item.get("id")
    if other is not None and not (by_its_key and row.outcome == Outcome.SAME):
        row.outcome = Outcome.DOUBTFUL
        row.reasons.append(_("It may be the same work as entry %(number)d of the file.") % {"number": other})


def free_key(item: Mapping[str, Any]) -> str:
    """A key that no work has or had."""
    return new_key(item, taken_keys())


def new_key(item: Mapping[str, Any], taken: set[str]) -> str:
    """A key of the first author's name and the year, with a number where that is taken."""
    first = next(iter(creators_of(item)), {})
    name = family_of(first) or str(item.get("title") or "")
    stem = slugify(f"{name[:60]} {year_of(item) or 'n-d'}") or "work"
    tries = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(key for key in tries if key not in taken)
