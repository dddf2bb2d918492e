"""The bibliography in the admin: the list of works, what is shown of each, and exporting those that are chosen."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from references.citing import where_cited
from references.exchange.admin import ExchangeAdmin
from references.exchange.formats import Format
from references.exchange.views import handed_out
from references.links.admin import LinkAdmin as LinkAdmin
from references.models import Identity, Work
from references.work_form.admin import WorkFormAdmin


@admin.register(Work)
class WorkAdmin(ExchangeAdmin, WorkFormAdmin):
    """Works, with how sure we are of each."""

    list_display = ("creators", "year", "shown_title", "identity_badge", "verified_badge", "has_welsh")
    list_display_links = ("creators", "shown_title")
    list_filter = ("identity", "is_verified", "title_language")
    search_fields = ("key", "title", "creators", "welsh_title", "doi", "isbn")
    ordering = ("sort_en", "year", "key")
    list_per_page = 50
    actions = ("export_ris", "export_bibtex", "export_csl_json")

    # --- actions --------------------------------------------------------------------------------------------------------

    @admin.action(description=_("Export as RIS"), permissions=["view"])
    def export_ris(self, request: HttpRequest, queryset: QuerySet[Work]) -> HttpResponse:
        return handed_out(queryset, Format.RIS, gettext("works"))

    @admin.action(description=_("Export as BibTeX"), permissions=["view"])
    def export_bibtex(self, request: HttpRequest, queryset: QuerySet[Work]) -> HttpResponse:
        return handed_out(queryset, Format.BIBTEX, gettext("works"))

    @admin.action(description=_("Export as CSL-JSON"), permissions=["view"])
    def export_csl_json(self, request: HttpRequest, queryset: QuerySet[Work]) -> HttpResponse:
        return handed_out(queryset, Format.CSL_JSON, gettext("works"))

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
