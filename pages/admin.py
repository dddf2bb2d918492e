"""Standing pages in the admin."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.bilingual.languages import current
from foundation.people.models import User
from foundation.publishing.admin import ContentAdmin, EditionAdmin, edition_address
from foundation.publishing.admin.contents import Doing, save_addresses
from foundation.publishing.admin.forms import ContentForm
from foundation.publishing.admin.lists import ContentColumns
from foundation.publishing.admin.planning import ArchiveForm
from foundation.publishing.services import ChangedSince
from foundation.publishing.successors import successor_of
from pages.models import Page, PageEdition
from pages.services import NotPossible, archive, may_be_archived, put_back

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

    change_form_template = "admin/pages/page.html"
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

    # --- archiving ------------------------------------------------------------------------------------------------------

    def find_doing(self, name: str) -> Doing | None:
        return {"archive": self.archive, "put-back": self.put_back}.get(name) or super().find_doing(name)

    def is_open(self, content: Any, name: str) -> bool:
        """Nothing is published behind a tombstone: an archived page is put back first."""
        is_archived = content.archived_at is not None
        if name == "archive":
            return may_be_archived(content)
        return is_archived if name == "put-back" else not (is_archived and name in ("publish", "plan"))

    def archive(self, request: HttpRequest, page: Page) -> bool:
        form = ArchiveForm(request.POST, content=page)
        if not form.is_valid():
            request.archive_form = form  # type: ignore[attr-defined]
            messages.error(request, _("Something is missing. Nothing has been done yet."))
            return False
        note = {f"note_{current()}": form.cleaned_data["reason"]}
        leads_to = form.cleaned_data["leads_to"]
        return self._do(
            request,
            lambda seen: archive(page=page, actor=self.actor(request), leads_to=leads_to, seen=seen, **note),
        )

    def put_back(self, request: HttpRequest, page: Page) -> bool:
        return self._do(request, lambda seen: put_back(page=page, actor=self.actor(request), seen=seen))

    def _do(self, request: HttpRequest, act: Callable[[str], None]) -> bool:
        try:
            act(request.POST.get("seen_page", ""))
        except (NotPossible, ChangedSince):
            self.tell_clash(request)
            return False
        messages.success(request, _("It is done; readers see it at once."))
        return True

    def page_context(self, request: HttpRequest, content: Any) -> dict[str, Any]:
        typed = {name: request.POST.get(f"archive-{name}", "") for name in ("reason", "leads_to")}
        form = getattr(request, "archive_form", None) or ArchiveForm(content=content, initial=typed)
        return super().page_context(request, content) | {
            "archive_form": form,
            "may_archive": self.may_do(request, content, "archive") and may_be_archived(content),
            "leads_to": successor_of(content) if content.archived_at else None,
        }

    def render_preview(self, request: HttpRequest, edition: Any, context: dict[str, Any]) -> HttpResponse:
        return render(request, "pages/page.html", {**context, "edition": edition})


@admin.register(PageEdition)
class PageEditionAdmin(EditionAdmin):
    """The words of a standing page."""

    prose = PROSE
