"""The fields over an item: one for each variable, for each date and for each row of names. Their names begin with "item-"."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from babel.dates import get_month_names
from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import current
from references.work_form.answers import Date, Row, date_of, on_a_line, on_lines, roles_of, rows_of, shown
from references.work_form.variables import DATES, PARTS, ROLES, VARIABLES, Variable, kind_choices

#: The languages that are offered for a title, besides the two of this site.
_OTHERS = ("br", "da", "de", "el", "es", "et", "eu", "fi", "fr", "ga", "is", "it", "nb", "nl", "pl", "pt", "sv")
DATE_PARTS = ("year", "month", "day", "words")


class TextField(forms.CharField):
    """A text of an item. It stands in the form as a browser will send it back."""

    def __init__(self, *, is_long: bool = False, attrs: Mapping[str, str] | None = None, **options: Any) -> None:
        wide = {"class": "vLargeTextField" if is_long else "vTextField", **(attrs or {})}
        widget = forms.Textarea({**wide, "rows": "4"}) if is_long else forms.TextInput(wide)
        super().__init__(required=False, widget=widget, **options)
        self.is_long = is_long

    def to_python(self, value: Any) -> Any:
        return (on_lines if self.is_long else on_a_line)(super().to_python(value) or "")


def item_fields(item: Mapping[str, Any]) -> Iterator[tuple[str, forms.Field]]:
    """Each field of the form over an item, with what stands in it."""
    kind, language = on_a_line(shown(item.get("type"))), on_a_line(shown(item.get("language")))
    yield (
        "item-type",
        forms.ChoiceField(label=_("Type"), choices=lambda: kind_choices(kind), initial=kind, required=False),
    )
    yield (
        "item-language",
        forms.ChoiceField(
            label=_("Language of the title"),
            choices=lambda: _language_choices(language),
            initial=language,
            required=False,
        ),
    )
    for one in VARIABLES.values():
        yield f"item-{one.name}", _field_of(one, shown(item.get(one.name)))
    for name, label in DATES.items():
        yield from _date_fields(name, str(label), date_of(item.get(name)))


def _field_of(one: Variable, value: str) -> TextField:
    attrs = {"data-kinds": one.kinds} if one.kinds else {}
    initial = (on_lines if one.is_long else on_a_line)(value)
    return TextField(
        label=capitalised(one.label), help_text=one.help, is_long=one.is_long, attrs=attrs, initial=initial
    )


def _date_fields(name: str, label: str, date: Date) -> Iterator[tuple[str, forms.Field]]:
    small = {"class": "vIntegerField", "inputmode": "numeric"}
    yield f"item-{name}-year", TextField(label=_("Year"), attrs=small, initial=date.year)
    yield (
        f"item-{name}-month",
        forms.ChoiceField(
            label=_("Month"), choices=lambda: _month_choices(date.month), initial=date.month, required=False
        ),
    )
    yield f"item-{name}-day", TextField(label=_("Day"), attrs=small, initial=date.day)
    help_text = _("Where there is no year, or more than a date: for example n.d., or in press.")
    yield f"item-{name}-words", TextField(label=_("In words"), help_text=help_text, initial=date.words)


def row_fields(number: int, row: Row, item: Mapping[str, Any]) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one row of names."""
    prefix = f"item-name-{number}"
    roles = [(role, ROLES[role]) for role in roles_of(item)]
    was = forms.CharField(required=False, widget=forms.HiddenInput, initial=row.was)
    yield f"{prefix}-was", was
    yield f"{prefix}-role", forms.ChoiceField(label=_("Role"), choices=roles, initial=row.role)
    for part, label in PARTS.items():
        yield f"{prefix}-{part}", TextField(label=capitalised(label), initial=row.parts.get(part, ""))


def first_rows(item: Mapping[str, Any]) -> list[Row]:
    """The rows of an item when it is opened: its names, and room for more."""
    rows = rows_of(item)
    return rows or [Row(next(iter(roles_of(item)), "author"))] * 3


def capitalised(label: str | Promise) -> Any:
    """A label as the admin shows it; in the language of whoever reads it, also later in the history."""
    return capfirst(cast(Any, label))


def _month_choices(own: str) -> list[tuple[str, str]]:
    named = [(str(number), name) for number, name in get_month_names("wide", locale=current()).items()]
    return [("", "–"), *named, *([(own, own)] if own and own not in dict(named) else [])]


def _language_choices(own: str) -> list[tuple[str, str]]:
    others = sorted((str(get_language_info(code)["name_translated"]), code) for code in _OTHERS)
    named = {"": gettext("not said: English"), "cy": gettext("Welsh"), "en": gettext("English")}
    named |= {code: name for name, code in others}
    return list(({own: own} | named if own not in named else named).items())
