"""Hallmarks and the frameworks they connect to, in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.publishing.admin import ContentAdmin, EditionAdmin, EditionInline
from foundation.publishing.admin.contents import save_addresses
from foundation.publishing.admin.forms import ContentForm
from foundation.publishing.admin.lists import ContentColumns
from foundation.publishing.admin.together import TogetherAdmin
from hallmarks.models import (
    Connection,
    Framework,
    Hallmark,
    HallmarkEdition,
    HallmarkReference,
    NamedElsewhere,
    Strand,
)

PROSE = ("body",)


@admin.register(Hallmark)
class HallmarkAdmin(ContentColumns, ContentAdmin):
    """The eight: none is added or taken away."""

    edition_model = HallmarkEdition
    prose = PROSE
    form = ContentForm
    fields = ("slug_cy", "slug_en")
    list_display = ("number", "title", "editions", "in_step", "override")
    list_display_links = ("number", "title")
    ordering = ("number",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_addresses(obj, form)

    def render_preview(self, request: HttpRequest, edition: Any, context: dict[str, Any]) -> HttpResponse:
        context |= {
            "edition": edition,
            "editions": HallmarkEdition.objects.published().in_order(),
            "references": edition.references.select_related("work"),
            "connections": edition.connections.select_related("framework", "strand__framework"),
            "panels": [],
        }
        return render(request, "hallmarks/hallmark.html", context)


class ReferenceInline(EditionInline):
    """The reference list, each entry as it was printed in each language."""

    model = HallmarkReference
    fields = ("position", "work", "printed_cy", "printed_en")
    autocomplete_fields = ("work",)
    verbose_name_plural = _("reference list")


class ConnectionInline(EditionInline):
    """The lines under "Make the Connection"."""

    model = Connection
    fields = ("position", "framework", "strand", "printed_cy", "printed_en")
    autocomplete_fields = ("framework", "strand")


@admin.register(HallmarkEdition)
class HallmarkEditionAdmin(EditionAdmin):
    """The words of a hallmark, with its references and connections."""

    prose = PROSE
    facts = ("source",)
    autocomplete_fields = ("source",)
    inlines = (ReferenceInline, ConnectionInline)
    list_select_related = ("content",)


class NamedElsewhereAdmin(TogetherAdmin):
    """Things whose official names others choose; a name that nobody has verified is marked, and never shown to readers."""

    names = ("name_cy", "name_en", "url_cy", "url_en")
    search_fields = ("name_cy", "name_en")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("Welsh name"))
    def welsh_name(self, thing: NamedElsewhere) -> str:
        if thing.name_cy:
            return format_html('<span lang="cy">{}</span>', thing.name_cy)
        if not thing.candidate_cy:
            return gettext("not known")
        badge = gettext("unverified")
        return format_html(
            '<span class="badge badge-warning">{}</span> <span lang="cy">{}</span>', badge, thing.candidate_cy
        )

    @admin.display(description=_("English name"))
    def english_name(self, thing: NamedElsewhere) -> str:
        return format_html('<span lang="en">{}</span>', thing.name_en or "")


@admin.register(Framework)
class FrameworkAdmin(NamedElsewhereAdmin):
    """National frameworks."""

    fields = ("key", *NamedElsewhereAdmin.names, "candidate_cy", "candidate_source")
    list_display = ("key", "english_name", "welsh_name")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()


@admin.register(Strand)
class StrandAdmin(NamedElsewhereAdmin):
    """The dimensions, standards and sections of frameworks."""

    fields = ("framework", "number", *NamedElsewhereAdmin.names, "candidate_cy", "candidate_source")
    list_display = ("framework", "number", "english_name", "welsh_name")
    list_display_links = ("number", "english_name")
    list_filter = ("framework",)
    list_select_related = ("framework",)
    autocomplete_fields = ("framework",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("framework")
