"""Every address of the site. Welsh words stand in Welsh addresses: each prefix is a translated string."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

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
    path("admin/", admin.site.urls),
    path("files/<slug:token>/<str:name>", picture, name="picture"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    *i18n_patterns(
        path("", include("hallmarks.urls")),
        path(_("case-studies/"), include("casestudies.urls")),
        path(_("references/"), include("references.urls")),
        path("<reference_list:file_format>", all_works, name="references_file"),
        path(_("join-in/"), include("casestudies.joinin.urls")),
        path("", include("pages.urls")),
    ),
]
