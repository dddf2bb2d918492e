"""Home and hallmarks."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from hallmarks import views

app_name = "hallmarks"
urlpatterns = [
    path("", views.home, name="home"),
    path(_("hallmarks/"), views.hallmarks, name="hallmarks"),
    path(_("hallmarks/<slug:slug>/"), views.hallmark, name="hallmark"),
    path(
        _("hallmarks/"),
        include([path("<slug:slug>/<reference_list:file_format>", views.references_file, name="references_file")]),
    ),
]
