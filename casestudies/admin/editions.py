"""The words, facts, references, hallmarks and pictures of a case study's working edition."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from casestudies.models import SECTIONS, CaseStudyEdition, CaseStudyReference, EditionHallmark, EditionPicture
from casestudies.vocabulary import UNSENT, Status
from foundation.files.services import add_picture
from foundation.publishing.admin import EditionAdmin, EditionInline
from foundation.publishing.admin.forms import PairForm
from foundation.publishing.models import Stage

PROSE = SECTIONS


class ReferenceInline(EditionInline):
    """The reference list, each entry as it was printed in each language."""

    model = CaseStudyReference
    fields = ("position", "work", "printed_cy", "printed_en")
    autocomplete_fields = ("work",)
    verbose_name_plural = _("reference list")


class HallmarkInline(EditionInline):
    """The hallmarks that the story shows."""

    model = EditionHallmark
    fields = ("position", "hallmark")


class PictureForm(PairForm):
    """A picture with its alternative text. A new one is cleaned on the way in; translators write alternative texts only."""

    upload = forms.FileField(
        label=_("Picture file"), required=False, help_text=_("A JPEG, PNG or WebP file of at most 12 MB.")
    )

    agree_alt = forms.BooleanField(required=False)  # dressed by `PairForm`

    class Meta:
        model = EditionPicture
        fields = ("position", "alt_cy", "alt_en", "shows_people")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_picture: Any = None
        if not self.writes_facts:
            for name in ("position", "shows_people", "upload"):
                if name in self.fields:
                    self.fields[name].disabled = True
        if self.instance.pk and "upload" in self.fields:
            self.fields["upload"].disabled = True  # another picture is another row

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        upload = cleaned.get("upload")
        if self.instance.pk or cleaned.get("DELETE"):
            return cleaned
        if not upload:
            self.add_error("upload", ValidationError(_("Choose a picture file."), code="missing"))
        elif not self.errors:
            try:
                self.new_picture = add_picture(upload.file, size=upload.size)
                self.instance.picture = self.new_picture
            except ValidationError as error:
                self.add_error("upload", error)
        return cleaned


class PictureInline(EditionInline):
    """The pictures, each with what it shows in both languages."""

    model = EditionPicture
    form = PictureForm
    template = "admin/edit_inline/stacked.html"
    fields = ("position", "thumbnail", "upload", "alt_cy", "alt_en", "agree_alt", "shows_people")
    readonly_fields = ("thumbnail",)

    @admin.display(description=_("picture"))
    def thumbnail(self, row: EditionPicture) -> str:
        if row.pk is None:
            return ""
        return format_html('<img class="thumbnail" src="{}" alt="">', row.picture.small_address)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("picture")


@admin.register(CaseStudyEdition)
class CaseStudyEditionAdmin(EditionAdmin):
    """Written while the case study is being edited, or as the correction of a published one."""

    prose = PROSE
    facts = ("kind", "phase", "medium", "authority")
    inlines = (HallmarkInline, PictureInline, ReferenceInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Not those of drafts: nobody here reads what has not been sent."""
        return super().get_queryset(request).select_related("content").exclude(content__status__in=UNSENT)

    def is_open(self, edition: Any) -> bool:
        return edition.stage == Stage.WORKING and edition.content.status in (Status.EDITING, Status.PUBLISHED)
