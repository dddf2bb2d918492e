"""What the boxes of an admin form hold: as the page was opened, as it was sent, and as it would be opened now.

A box is named by what it is about and not by its place on the page: `title_cy`, or `references/17/work` for a row. So a row
that somebody else puts in before another does not shift what was typed into the wrong one.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.bilingual.languages import Language
from foundation.publishing.prose import clean_prose, clean_text, text_from_prose

#: The field of the page that says what it was made from.
MADE_FROM = "made_from"
#: html name → what a browser sends of it.
Sent = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Box:
    """One or several fields that belong together, in a form that shows what is stored now."""

    key: str
    form: Any
    names: tuple[str, ...]
    row: tuple[str, int] | None = None  # of a row: the prefix of its rows, and the key of this one
    label: str | Promise = ""  # of several fields together

    @property
    def field(self) -> forms.Field:
        field: forms.Field = self.form.fields[self.names[0]]
        return field

    @property
    def language(self) -> str:
        return str(self.field.widget.attrs.get("lang", ""))

    def owns(self, name: str) -> bool:
        """Whether a field of the page, that was sent, is part of this box."""
        return name in self.names

    def stored(self) -> Sent:
        return {name: _sent(self.form[name]) for name in self.names}

    def sent(self, post: QueryDict, prefix: str | None) -> Sent:
        """What came in; `prefix` is that of the form on the page that was sent."""
        start = f"{prefix}-" if prefix else ""
        sent = [name for name in post if self.row is None and self.owns(name)]
        return {name: self._of(name, post.getlist(start + name)) for name in (*self.names, *sent)}

    def _of(self, name: str, values: list[str]) -> list[str]:
        field = self.form.fields.get(name)
        return ["on"] * bool(values) if field and isinstance(field.widget, forms.CheckboxInput) else values

    def mark(self, sent: Sent) -> str:
        """A short hash, the same for two texts that would be stored alike."""
        values = [(name, plain) for name, one in sorted(sent.items()) if (plain := self._plain(name, one))]
        if not values:
            return "-"
        return _hash(values)

    def _plain(self, name: str, values: list[str]) -> list[str]:
        clean: Callable[[str], str] = clean_prose if self._is_prose(name) else clean_text
        return sorted(text for value in values if (text := clean(value).strip()))

    def _is_prose(self, name: str) -> bool:
        return name.rpartition("_")[0] in getattr(self.form, "prose", ())

    def words(self, sent: Sent) -> str:
        """What the box holds, for people."""
        return " ".join(filter(None, (self._words(name, values) for name, values in sent.items())))

    def _words(self, name: str, values: list[str]) -> str:
        field = self.form.fields[name]
        if self._is_prose(name):
            return "\n\n".join(map(text_from_prose, values))
        if isinstance(field, forms.BooleanField):
            return _("yes") if values else _("no")
        return ", ".join(_chosen(field, value) for value in values)


def _chosen(field: forms.Field, value: str) -> str:
    """The name of what was chosen, or the text itself."""
    try:
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(map(field.label_from_instance, field.clean([value]))) if value else ""
        if isinstance(field, forms.ModelChoiceField):
            return str(field.clean(value)) if value else ""
    except forms.ValidationError:
        return ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value)) if value else ""  # type: ignore[arg-type]
    return value


def _sent(bound: forms.BoundField) -> list[str]:
    """What a browser sends of a field as it was opened."""
    value = bound.value()
    widget: Any = getattr(bound.field.widget, "widget", bound.field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    return [] if shown is None else [str(one) for one in shown] if isinstance(shown, list | tuple) else [str(shown)]


@dataclass(frozen=True, slots=True)
class Page:
    """The boxes of a form and of its rows, as they would be opened now."""

    boxes: dict[str, Box]
    formsets: Sequence[Any]

    @classmethod
    def of(cls, form: Any, formsets: Iterable[Any], unit: Callable[[str], str]) -> "Page":
        formsets = tuple(formsets)
        found = {box.key: box for box in _boxes(form, "", None, unit)}
        for formset in formsets:
            for row in formset.initial_forms:
                place = (formset.prefix, row.instance.pk)
                found |= {box.key: box for box in _boxes(row, f"{place[0]}/{place[1]}/", place, str)}
        return cls(found, formsets)

    def marks(self) -> str:
        """What the page says it was made from."""
        return " ".join(f"{key}:{box.mark(box.stored())}" for key, box in self.boxes.items())

    def sent(self, post: QueryDict) -> dict[str, Sent]:
        """What came in of each box; a row that was not on the page sent nothing."""
        places = {place: prefix for formset in self.formsets for place, prefix in rows_sent(formset, post)}
        return {
            key: box.sent(post, box.form.prefix if box.row is None else places[box.row])
            for key, box in self.boxes.items()
            if box.row is None or box.row in places
        }


def _boxes(form: Any, start: str, row: tuple[str, int] | None, unit: Callable[[str], str]) -> Iterator[Box]:
    units: dict[str, list[str]] = {}
    for name, field in form.fields.items():
        if not (field.disabled or isinstance(field.widget, forms.FileInput) or _is_of_the_row(form, name, row)):
            units.setdefault(unit(name), []).append(name)
    for key, names in units.items():
        yield Box(start + key, form, tuple(names), row)


def _is_of_the_row(form: Any, name: str, row: tuple[str, int] | None) -> bool:
    """The keys that say which row it is."""
    if row is None:
        return False
    return name == form._meta.model._meta.pk.name or isinstance(form.fields[name], forms.models.InlineForeignKeyField)


def rows_sent(formset: Any, post: QueryDict) -> Iterator[tuple[tuple[str, int], str]]:
    """The stored rows that the page had: which each is, and the prefix of its fields there."""
    for number in range(_count(post, f"{formset.prefix}-INITIAL_FORMS")):
        prefix = f"{formset.prefix}-{number}"
        key = post.get(f"{prefix}-{formset.model._meta.pk.name}", "")
        if key.isascii() and key.isdecimal():
            yield (formset.prefix, int(key)), prefix


def new_rows(formset: Any, post: QueryDict) -> list[str]:
    """The prefixes of the rows that were added on the page."""
    numbers = range(_count(post, f"{formset.prefix}-INITIAL_FORMS"), _count(post, f"{formset.prefix}-TOTAL_FORMS"))
    return [f"{formset.prefix}-{number}" for number in numbers]


def _count(post: QueryDict, name: str) -> int:
    sent = post.get(name, "")
    return min(int(sent), 2000) if sent.isascii() and sent.isdecimal() and len(sent) < 6 else 0


def written_since(model: type[Any], post: QueryDict) -> Iterator[tuple[str, str, str]]:
    """The texts of a page that are not as it was opened: the name of each, its language, and what was typed.

    For a page whose boxes can no longer be made, because it may not be written in any more.
    """
    for key, mark in read_marks(post.get(MADE_FROM, "")).items():
        name = _name_on_the_page(key, post)
        text = post.get(name, "").strip()
        field = key.rpartition("/")[2]
        if text and mark not in (_hash([(field, [clean(text).strip()])]) for clean in (clean_text, clean_prose)):
            base, _line, ending = field.rpartition("_")
            language = ending if ending in Language.values else ""
            yield _label(model, base if language else field), language, text


def _name_on_the_page(key: str, post: QueryDict) -> str:
    """Of a row, the name that its field had by its place on the page."""
    if "/" not in key:
        return key
    prefix, pk, field = key.split("/")
    places = (name for name in post if name.startswith(f"{prefix}-") and name.endswith("-id") and post[name] == pk)
    return f"{next(places, '').removesuffix('-id')}-{field}"


def _label(model: type[Any], name: str) -> str:
    known = {field.name: field for field in model._meta.get_fields()}
    return str(getattr(known.get(name), "verbose_name", name))


def _hash(values: list[tuple[str, list[str]]]) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=9).hexdigest()


def read_marks(text: str) -> dict[str, str]:
    parts = (part.rpartition(":") for part in text.split())
    return {key: mark for key, _colon, mark in parts}


def write_post(page: Page, post: QueryDict, values: Mapping[str, Sent], lost: Mapping[str, Sequence[str]]) -> QueryDict:
    """The request again, with `values` in its boxes, and with the rows that are stored now before those that were added.

    `lost`: the rows of the page, by the prefix of its formset, which are no longer stored but were written in: they are added anew.
    """
    made = post.copy()
    for formset in page.formsets:
        _write_rows(formset, post, made, lost.get(formset.prefix, ()))
    for key, box in page.boxes.items():
        for name in [name for name in made if box.row is None and box.owns(name)]:
            del made[name]
        for name, sent in values[key].items():
            if sent:
                made.setlist(box.form.add_prefix(name), sent)
    return made


def _write_rows(formset: Any, post: QueryDict, made: QueryDict, lost: Sequence[str]) -> None:
    start, pk, parent = f"{formset.prefix}-", formset.model._meta.pk.name, formset.fk.name
    for name in [name for name in made if name.startswith(start) and name.removeprefix(start)[:1].isdigit()]:
        del made[name]
    stored = formset.initial_forms
    for row in stored:
        made[row.add_prefix(pk)], made[row.add_prefix(parent)] = str(row.instance.pk), str(formset.instance.pk)
    added = [*lost, *new_rows(formset, post)]
    for number, before in enumerate(added, start=len(stored)):
        for name in [name for name in post if name.startswith(f"{before}-")]:
            made.setlist(f"{start}{number}-{name.removeprefix(f'{before}-')}", post.getlist(name))
        made[f"{start}{number}-{pk}"] = ""
    made[f"{start}INITIAL_FORMS"], made[f"{start}TOTAL_FORMS"] = str(len(stored)), str(len(stored) + len(added))
