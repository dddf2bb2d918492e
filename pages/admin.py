"""Standing pages in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from foundation.people.models import User
from foundation.publishing.admin import ContentAdmin, EditionAdmin, edition_address
from foundation.publishing.admin.contents import save_addresses
from foundation.publishing.admin.forms import ContentForm
from foundation.publishing.admin.lists import ContentColumns
from pages.models import Page, PageEdition

PROSE = ("body",)


class PageForm(ContentForm):
    """A standing page stands at its address from the start, so both addresses are asked at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("slug_cy", "slug_en"):
            if name in self.fields:
                self.fields[name].required = True


@admin.register(Page)
class PageAdmin(ContentColumns, ContentAdmin):
    """Standing pages, in the order of the footer. A new one starts with an empty working edition."""

    edition_model = PageEdition
    prose = PROSE
    form = PageForm
    fields = ("key", "slug_cy", "slug_en", "order")
    list_display = ("key", "title", "editions", "in_step", "override", "order")
    list_display_links = ("key", "title")
    ordering = ("order", "key")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            save_addresses(obj, form, "order")
            return
        obj.save()
        PageEdition.objects.create(content=obj, updated_by=request.user if isinstance(request.user, User) else None)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return HttpResponseRedirect(edition_address(obj.editions.get()))

    def render_preview(self, request: HttpRequest, edition: Any, context: dict[str, Any]) -> HttpResponse:
        return render(request, "pages/page.html", {**context, "edition": edition})


@admin.register(PageEdition)
class PageEditionAdmin(EditionAdmin):
    """The words of a standing page."""

    prose = PROSE
