"""The two forms of a work: its item in fields, or as it is kept; and beside it the Welsh edition, the cover and our notes."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.files.services import add_picture
from foundation.publishing.admin.forms import PairForm
from references.csl import bare_doi, web_address
from references.exchange.plan import free_key
from references.exchange.shape import can_be_stored, problem_of
from references.models import FormerKey, Work
from references.work_form.answers import Date, Row, date_of, name_of, names_beyond, on_a_line, put_all, shown, stood_at
from references.work_form.fields import DATE_PARTS, first_rows, item_fields, row_fields
from references.work_form.moving import COUNT, count_of
from references.work_form.variables import DATES, PARTS, RARE_PARTS, VARIABLES

#: What is kept beside the item, and may be written here.
BESIDE = (
    "welsh_title",
    "welsh_url",
    "welsh_author",
    "cover_alt_cy",
    "cover_alt_en",
    "identity",
    "is_verified",
    "note",
)


class BesideForm(PairForm):
    """What stands beside an item; its cover is cleaned on the way in."""

    agree_cover_alt = forms.BooleanField(required=False)  # dressed by `PairForm`
    cover_upload = forms.FileField(
        label=_("New cover"), required=False, help_text=_("A JPEG, PNG or WebP file of at most 12 MB.")
    )
    remove_cover = forms.BooleanField(label=_("Remove the cover"), required=False)

    class Meta:
        model = Work
        fields: tuple[str, ...] = ("key", *BESIDE)

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if FormerKey.objects.filter(key=key).exists():
            raise ValidationError(_("A work that was merged had this key: its address leads elsewhere."), code="former")
        return key

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        upload = cleaned.get("cover_upload")
        self.new_cover = None
        self._ask_what_the_cover_shows(cleaned)
        if upload and not self.errors:
            try:
                self.new_cover = add_picture(upload.file, size=upload.size)
            except ValidationError as error:
                self.add_error("cover_upload", error)
        return cleaned

    def _ask_what_the_cover_shows(self, cleaned: dict[str, Any]) -> None:
        keeps = self.instance.cover_id is not None and not cleaned.get("remove_cover")
        if not keeps and not cleaned.get("cover_upload"):
            return
        for name in ("cover_alt_cy", "cover_alt_en"):
            if name in self.fields and not cleaned.get(name):
                self.add_error(
                    name, ValidationError(_("Say what the cover shows, in both languages."), code="alt-missing")
                )


class ItemField(forms.JSONField):
    """JSON that can be stored: not nested without end, and without numbers and characters that a database refuses.

    It is shown again exactly as it was typed.
    """

    def to_python(self, value: Any) -> Any:
        try:
            item = super().to_python(value)
            is_storable = can_be_stored(item)
        except (RecursionError, ValueError):
            is_storable = False
        if not is_storable:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})
        return item

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial if self.disabled else data and InvalidJSONInput(data)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, InvalidJSONInput) else json.dumps(value, ensure_ascii=False, indent=2)


class ItemForm(BesideForm):
    """The item as it is kept: for what the fields do not know."""

    class Meta(BesideForm.Meta):
        fields: tuple[str, ...] = ("key", "csl", *BESIDE)
        field_classes = {"csl": ItemField}
        widgets = {"csl": forms.Textarea(attrs={"rows": 30, "class": "vLargeTextField code", "spellcheck": "false"})}

    def clean_csl(self) -> dict[str, Any]:
        item = self.cleaned_data["csl"]
        if not isinstance(item, dict):
            raise ValidationError(_("The item must be one CSL-JSON object, in braces."), code="not-an-object")
        if not isinstance(item.get("title"), str) or not item["title"].strip():
            raise ValidationError(_("Give the item a title."), code="title-missing")
        if problem := problem_of(item, is_typed=True):
            raise ValidationError(problem, code="shape")
        return item


class WorkForm(BesideForm):
    """The item in fields. What they do not know of it, and what was not changed in them, stays as it is."""

    class Media:
        css = {"all": ["references/work_form.css"]}
        js = [forms.Script("references/work_form.js", defer=True)]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item: Mapping[str, Any] = (self.instance.csl if self.instance.pk else None) or {}
        self.fields |= dict(item_fields(self.item))
        first = first_rows(self.item)
        count = count_of(self.data.get(COUNT)) if self.is_bound else len(first)
        self.rows = range(count)
        for number in self.rows:
            self.fields |= dict(row_fields(number, first[number] if number < len(first) else Row(""), self.item))
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _(
                "Stands in addresses and never changes. Left empty, it is made of the first name and the year."
            )

    @property
    def names(self) -> Iterator[dict[str, Any]]:
        """The rows of names, for the template: their number, the fields of each, and whether the rare ones hold something."""
        for number in self.rows:
            fields = {part: self[f"item-name-{number}-{part}"] for part in ("was", "role", *PARTS)}
            rare = {part: field for part, field in fields.items() if part in RARE_PARTS}
            is_rare = any(field.value() or field.errors for field in rare.values())
            yield {"number": number, "fields": fields, "rare": rare, "is_rare": is_rare}

    @property
    def names_not_shown(self) -> int:
        """How many names the item holds beyond the rows; they stay where they are."""
        return names_beyond(self.item)

    @cached_property
    def changed_data(self) -> list[str]:
        """For the history: the rows of names are one thing."""
        changed = super().changed_data
        return list(dict.fromkeys("item-name-0-role" if name.startswith("item-name-") else name for name in changed))

    # --- judging --------------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        texts = {name: self._answer(name) for name in ("type", "title", "language", *VARIABLES)}
        rows = [self._row(number) for number in self.rows]
        dates = {name: Date(*(self._answer(f"{name}-{part}") for part in DATE_PARTS)) for name in DATES}
        self._judge_texts(texts)
        for name, answer in dates.items():
            self._judge_date(name, answer)
        for number, row in enumerate(rows):
            self._judge_row(number, row)
        if not self.errors:
            item = put_all(self.item, texts, rows, dates)
            if item != self.item and (problem := problem_of(item)):
                self.add_error(None, ValidationError(problem, code="shape"))
            self.cleaned_data["csl"] = item
            self._name_it(item)
        return super().clean()

    def _answer(self, name: str) -> str:
        return str(self.cleaned_data.get(f"item-{name}") or "")

    def _row(self, number: int) -> Row:
        parts = {part: self._answer(f"name-{number}-{part}") for part in PARTS}
        return Row(self._answer(f"name-{number}-role"), parts, self._answer(f"name-{number}-was"))

    def _differs(self, name: str, answer: str) -> bool:
        return answer != on_a_line(shown(self.item.get(name)))

    def _judge_texts(self, texts: Mapping[str, str]) -> None:
        if not texts["title"]:
            self._refuse("title", _("Enter the title."), "title-missing")
        if not texts["type"] and "item-type" not in self.errors and (not self.item or self._differs("type", "")):
            self._refuse("type", _("Choose the type."), "type-missing")
        if texts["URL"] and self._differs("URL", texts["URL"]) and not web_address(texts["URL"]):
            self._refuse("URL", _("Enter the whole address, with https:// and at most 500 characters."), "address")
        if texts["DOI"] and self._differs("DOI", texts["DOI"]) and not bare_doi(texts["DOI"]).startswith("10."):
            self._refuse("DOI", _("Enter a DOI: it begins with 10. and has a slash, as in 10.1000/182."), "doi")

    def _judge_date(self, name: str, answer: Date) -> None:
        if answer.figures == date_of(self.item.get(name)).figures:
            return
        if not answer.year and (answer.month or answer.day):
            self._refuse(f"{name}-year", _("Enter the year."), "year-missing")
        elif answer.year and not re.fullmatch(r"-?\d{1,4}", answer.year, re.ASCII):
            self._refuse(f"{name}-year", _("Enter the year in figures, at most four."), "year")
        elif answer.day and not answer.month:
            self._refuse(f"{name}-month", _("Choose the month."), "month-missing")
        elif answer.day and not is_day(answer):
            self._refuse(f"{name}-day", _("Enter a day that this month has."), "day")

    def _judge_row(self, number: int, row: Row) -> None:
        parts = row.parts
        if not any(parts.values()) or name_of(row, self.item) == stood_at(row, self.item):
            return
        person = [part for part in PARTS if part != "literal" and parts[part]]
        if parts["literal"] and person:
            both = _("Enter either a person’s names or the one name of a body, not both.")
            self._refuse(f"name-{number}-literal", both, "both")
        elif not parts["literal"] and not parts["family"]:
            missing = _("Enter the family name. The one name of a body or a person goes into “body, or a single name”.")
            self._refuse(f"name-{number}-family", missing, "family-missing")

    def _refuse(self, name: str, message: Any, code: str) -> None:
        self.add_error(f"item-{name}", ValidationError(message, code=code))

    def _name_it(self, item: Mapping[str, Any]) -> None:
        if "key" in self.fields and not self.cleaned_data.get("key"):
            self.cleaned_data["key"] = free_key(item)


def is_day(answer: Date) -> bool:
    """Whether the calendar has it. A year before Christ is taken for one after: only February could tell."""
    try:
        date(abs(int(answer.year)) or 4, int(answer.month), int(answer.day))
    except ValueError:
        return False
    return True
