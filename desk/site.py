"""The admin site of the editors."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST


class Desk(AdminSite):
    """Django's admin under our name, in two languages, with what waits on its first page."""

    site_title = _("Leading Professional Learning")
    site_header = _("Leading Professional Learning: the desk")
    index_title = _("The desk")
    index_template = "admin/desk/index.html"

    def get_urls(self) -> list[Any]:
        from desk import citations, retention

        return [
            path("language/", require_POST(self.language), name="language"),
            path("citations/", self.admin_view(citations.page), name="citations"),
            path("retention/", self.admin_view(retention.page), name="retention"),
            path("citations/settle/", self.admin_view(require_POST(citations.settle)), name="citations_settle"),
            *super().get_urls(),
        ]

    def language(self, request: HttpRequest) -> HttpResponse:
        """The switch on pages without a form of their own: back to the same page, in the other language.

        For a signed-out person, on the page where one signs in, the choice is kept in a cookie.
        """
        from foundation.bilingual.languages import Language
        from foundation.people.admin import choose_language

        back = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(
            back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            back = reverse("admin:index")
        response = HttpResponseRedirect(back)
        wanted = request.POST.get("language", "")
        if wanted in Language.values:
            choose_language(request, wanted)
            response.set_cookie(
                "admin_language",
                wanted,
                max_age=31_536_000,
                path="/admin/",
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from desk.waiting import waiting_for

        return super().index(request, {**(extra_context or {}), "waiting": waiting_for(request)})


class DeskConfig(AdminConfig):
    """Makes `admin.site` our site."""

    default_site = "desk.site.Desk"
