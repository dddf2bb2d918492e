"""The admin site of the editors."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST


def safe_next(request: HttpRequest, default: str) -> str:
    """Where a form asks to go back to, if that is a page of ours; else the page named `default`."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse(default)


class Desk(AdminSite):
    """Django's admin under our name, in two languages, with what waits on its first page."""

    site_title = _("Leading Professional Learning")
    site_header = _("Leading Professional Learning: the desk")
    index_title = _("The desk")
    index_template = "admin/desk/index.html"

    def get_urls(self) -> list[Any]:
        from desk import citations, open_pages, redaction, retention
        from desk.parity import views as parity
        from desk.xliff import views as xliff

        return [
            path("language/", require_POST(self.language), name="language"),
            path("open-pages/", self.admin_view(require_POST(open_pages.still_open)), name="open_pages"),
            path("citations/", self.admin_view(citations.page), name="citations"),
            path("parity/", self.admin_view(parity.page), name="parity"),
            path("parity/file/", self.admin_view(parity.file), name="parity_file"),
            path("retention/", self.admin_view(retention.page), name="retention"),
            path("redaction/", self.admin_view(redaction.page), name="redaction"),
            path("translation-files/", self.admin_view(xliff.page), name="translation_files"),
            path("translation-files/import/", self.admin_view(xliff.import_page), name="translation_files_import"),
            *super().get_urls(),
        ]

    def language(self, request: HttpRequest) -> HttpResponse:
        """The switch on pages without a form of their own: back to the same page, in the other language.

        For a signed-out person, on the page where one signs in, the choice is kept in a cookie.
        """
        from foundation.bilingual.languages import Language
        from foundation.people.admin import choose_language
        from foundation.people.middleware import keep_language

        response = HttpResponseRedirect(safe_next(request, "admin:index"))
        wanted = request.POST.get("language", "")
        if wanted in Language.values:
            choose_language(request, wanted)
            keep_language(request, response, wanted)
        return response

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """On to the page where one signs in; somebody signed in who may not enter is told so, rather than sent round."""
        from django.contrib.auth.views import redirect_to_login

        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(wanted, reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from django.contrib.auth.views import LogoutView

        return LogoutView.as_view(next_page=reverse("account_login"))(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from desk.home import context

        return super().index(request, {**(extra_context or {}), **context(request)})


class DeskConfig(AdminConfig):
    """Makes `admin.site` our site."""

    default_site = "desk.site.Desk"
