"""The bibliography in the admin: the item as CSL-JSON, and what we keep beside it."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.files.services import add_picture
from foundation.people.admin import BilingualAdmin
from references.citing import where_cited
from references.exchange.admin import ExchangeAdmin
from references.links.admin import LinkAdmin as LinkAdmin
from references.models import Identity, Work
from references.services import save_work

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
#: What follows from the item, and may not.
DERIVED = ("type", "title", "title_language", "creators", "year", "doi", "isbn", "url")


class ItemField(forms.JSONField):
    """JSON that can be stored: not nested without end, and without numbers and characters that a database refuses.

    It is shown again exactly as it was typed.
    """

    def to_python(self, value: Any) -> Any:
        try:
            item = super().to_python(value)
            stored = json.dumps(item, allow_nan=False, ensure_ascii=False)
            stored.encode()
        except (RecursionError, ValueError):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value}) from None
        if r"\u0000" in stored:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})
        return item

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial if self.disabled else data and InvalidJSONInput(data)


class WorkForm(forms.ModelForm[Work]):
    """A work; its cover is cleaned on the way in."""

    cover_upload = forms.FileField(
        label=_("New cover"), required=False, help_text=_("A JPEG, PNG or WebP file of at most 12 MB.")
    )
    remove_cover = forms.BooleanField(label=_("Remove the cover"), required=False)

    class Meta:
        model = Work
        fields = ("key", "csl", *BESIDE)
        field_classes = {"csl": ItemField}
        widgets = {"csl": forms.Textarea(attrs={"rows": 18, "class": "vLargeTextField code", "spellcheck": "false"})}

    def clean_csl(self) -> dict[str, Any]:
        item = self.cleaned_data["csl"]
        if not isinstance(item, dict):
            raise ValidationError(_("The item must be one CSL-JSON object, in braces."), code="not-an-object")
        if not isinstance(item.get("title"), str) or not item["title"].strip():
            raise ValidationError(_("Give the item a title."), code="title-missing")
        return self._in_shape(item)

    def _in_shape(self, item: dict[str, Any]) -> dict[str, Any]:
        """The parts that the columns are read from have the shape that the CSL-JSON schema gives them."""
        for name in ("author", "editor"):
            people = item.get(name, [])
            if not isinstance(people, list) or not all(_is_name(person) for person in people):
                message = _("“%(name)s” must be a list of names, each with a family or a literal name.")
                raise ValidationError(message, code="names", params={"name": name})
        for name in ("issued", "custom"):
            if not isinstance(item.get(name, {}), dict):
                raise ValidationError(_("“%(name)s” must be an object."), code="not-an-object", params={"name": name})
        parts = item.get("issued", {}).get("date-parts", [])
        if not isinstance(parts, list) or not all(isinstance(part, list) for part in parts):
            raise ValidationError(_("“date-parts” must be a list of lists."), code="date")
        return item

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
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


def _is_name(person: Any) -> bool:
    if not isinstance(person, dict) or not all(isinstance(part, str) for part in person.values()):
        return False
    return bool(person.get("family") or person.get("literal"))


@admin.register(Work)
class WorkAdmin(ExchangeAdmin, BilingualAdmin):
    """Works, with how sure we are of each."""

    form = WorkForm
    list_display = ("creators", "year", "shown_title", "identity_badge", "verified_badge", "has_welsh")
    list_display_links = ("creators", "shown_title")
    list_filter = ("identity", "is_verified", "title_language")
    search_fields = ("key", "title", "creators", "welsh_title", "doi", "isbn")
    ordering = ("sort_en", "year", "key")
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("key", "csl", *DERIVED)}),
        (_("The official Welsh edition"), {"fields": ("welsh_title", "welsh_url", "welsh_author")}),
        (_("Cover"), {"fields": ("cover_shown", "cover_upload", "remove_cover", "cover_alt_cy", "cover_alt_en")}),
        (_("How sure we are"), {"fields": ("identity", "is_verified", "note", "cited_in")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = (*DERIVED, "cover_shown", "cited_in")
        return ("key", *shown) if obj else shown

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        uploads = ("cover_upload", "remove_cover")
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field not in uploads]})
            for name, options in fieldsets
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the service that derives the columns; what was not on the form stays as it was."""
        beside = {name: form.cleaned_data[name] for name in BESIDE}
        if form.new_cover is not None:
            beside["cover"] = form.new_cover
        elif form.cleaned_data["remove_cover"]:
            beside["cover"] = None
        work = save_work(key=obj.key, csl=form.cleaned_data["csl"], **beside)
        obj.pk = work.pk

    # --- what is shown --------------------------------------------------------------------------------------------------

    @admin.display(description=_("title"), ordering="title")
    def shown_title(self, work: Work) -> str:
        return format_html('<cite lang="{}">{}</cite>', work.title_language, work.title)

    @admin.display(description=_("identity"), ordering="identity")
    def identity_badge(self, work: Work) -> str:
        kind = "badge" if work.identity == Identity.STATED else "badge badge-warning"
        return format_html('<span class="{}">{}</span>', kind, Identity(work.identity).label)

    @admin.display(description=_("details"), ordering="is_verified")
    def verified_badge(self, work: Work) -> str:
        if work.is_verified:
            return gettext("checked")
        return format_html('<span class="badge badge-warning">{}</span>', gettext("unverified"))

    @admin.display(description=_("official Welsh edition"), boolean=True)
    def has_welsh(self, work: Work) -> bool:
        return bool(work.welsh_title)

    @admin.display(description=_("cover"))
    def cover_shown(self, work: Work) -> str:
        if work.cover is None:
            return gettext("none")
        return format_html('<img class="thumbnail" src="{}" alt="{}">', work.cover.small_address, work.cover_alt or "")

    @admin.display(description=_("cited in"))
    def cited_in(self, work: Work) -> str:
        found = [
            (label, edition, edition.get_absolute_url())
            for label, editions in (where_cited(work) if work.pk else [])
            for edition in editions
        ]
        if not found:
            return gettext("no published text")
        lines = format_html_join("", '<li>{0}: <a href="{2}">{1}</a></li>', found)
        return format_html('<ul class="lines">{}</ul>', lines)
