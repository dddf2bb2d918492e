"""The addresses of the form."""

from django.urls import path

from foundation.problems import views

app_name = "problems"

urlpatterns = [
    path("", views.form, name="form"),
    path("<str:key>/", views.sent, name="sent"),
]
