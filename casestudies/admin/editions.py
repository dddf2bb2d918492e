"""The words, facts, references, hallmarks and pictures of a case study's working edition."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from casestudies.models import (
    SECTIONS,
    CaseStudyEdition,
    CaseStudyReference,
    EditionHallmark,
    EditionPicture,
    TypedReference,
)
from casestudies.safeguarding.scanning import scan
from casestudies.vocabulary import FACTS, UNSENT
from foundation.files.services import add_picture
from foundation.people.admin import KnownChoice
from foundation.publishing.admin import EditionAdmin, EditionInline
from foundation.publishing.admin.forms import PairForm
from references.models import Work

PROSE = SECTIONS


class ReferenceInline(EditionInline):
    """The reference list, each entry as it was printed in each language."""

    model = CaseStudyReference
    fields = ("position", "work", "printed_cy", "printed_en")
    autocomplete_fields = ("work",)
    verbose_name_plural = _("reference list")


class TypedReferenceForm(forms.ModelForm[TypedReference]):
    """A reference as it was typed. Once its work is named it is a reference like the others."""

    work = forms.ModelChoiceField(
        Work.objects.all(),
        label=_("Its work in the bibliography"),
        required=False,
        widget=KnownChoice(CaseStudyReference._meta.get_field("work"), admin.site),
    )

    class Meta:
        model = TypedReference
        fields = ("position", "text")

    def save(self, commit: bool = True) -> Any:
        work = self.cleaned_data.get("work")
        row = super().save(commit=commit and work is None)
        if work is not None:
            CaseStudyReference.objects.get_or_create(
                edition=row.edition, work=work, defaults={"position": row.position}
            )
            if row.pk:
                TypedReference.objects.filter(pk=row.pk).delete()
        return row


class TypedReferenceInline(EditionInline):
    """References that the contributor typed, to be found in the bibliography."""

    model = TypedReference
    form = TypedReferenceForm
    fields = ("position", "text", "work")
    verbose_name_plural = _("references to be resolved")


class HallmarkForm(PairForm):
    """A hallmark with the line on how it shows; translators write the line only."""

    facts = ("position", "hallmark")
    agree_how = forms.BooleanField(required=False)  # dressed by `PairForm`

    class Meta:
        model = EditionHallmark
        fields = ("position", "hallmark", "how_cy", "how_en")


class HallmarkInline(EditionInline):
    """The hallmarks that the story shows, each with a line on how."""

    model = EditionHallmark
    form = HallmarkForm
    template = "admin/edit_inline/stacked.html"
    fields = ("position", "hallmark", "how_cy", "how_en", "agree_how")


class PictureForm(PairForm):
    """A picture with its alternative text. A new one is cleaned on the way in; translators write alternative texts only."""

    facts = ("position", "shows_people", "upload")
    upload = forms.FileField(
        label=_("Picture file"), required=False, help_text=_("A JPEG, PNG, WebP or HEIC file of at most 12 MB.")
    )

    agree_alt = forms.BooleanField(required=False)  # dressed by `PairForm`

    class Meta:
        model = EditionPicture
        fields = ("position", "alt_cy", "alt_en", "shows_people")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_picture: Any = None
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
    facts = (*FACTS, "schools")
    inlines = (HallmarkInline, PictureInline, ReferenceInline, TypedReferenceInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Not those of drafts: nobody here reads what has not been sent."""
        return super().get_queryset(request).select_related("content").exclude(content__status__in=UNSENT)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What was written is looked at again for names and private details."""
        super().save_related(request, form, formsets, change)
        scan(form.instance.content)
