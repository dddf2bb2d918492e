"""Every address of the site. Welsh words stand in Welsh addresses: each prefix is a translated string."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from casestudies.views import short
from casestudies.views_documents import document, evidence
from config import views
from config.sitemaps import SITEMAPS
from foundation.files.views import picture
from references.exchange.views import all_works

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("admin/account/", include("foundation.signin.urls")),
    path("admin/", admin.site.urls),
    path("files/<slug:token>/evidence", evidence, name="evidence"),
    path("files/<slug:token>/document", document, name="document"),
    path("files/<slug:token>/<str:name>", picture, name="picture"),
    re_path(r"^(?P<reference>LPL-[2-9A-Z]{6})$", short, name="short"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("", include("hallmarks.urls")),
        path(_("case-studies/"), include("casestudies.urls")),
        path(_("references/"), include("references.urls")),
        path("<reference_list:file_format>", all_works, name="references_file"),
        path(_("join-in/"), include("casestudies.joinin.urls")),
        path(_("something-wrong/"), include("foundation.problems.urls")),
        path("", include("pages.urls")),
    ),
]
