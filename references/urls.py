"""The bibliography."""

from django.urls import path

from references import views
from references.exchange.views import one_work

app_name = "references"
urlpatterns = [
    path("", views.works, name="works"),
    path("<slug:key>/", views.work, name="work"),
    path("<slug:key>.<reference_format:file_format>", one_work, name="work_file"),
]
