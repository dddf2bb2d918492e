"""The bibliography."""

from django.urls import path

from references import views

app_name = "references"
urlpatterns = [
    path("", views.works, name="works"),
    path("<slug:key>/", views.work, name="work"),
]
