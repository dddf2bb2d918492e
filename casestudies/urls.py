"""Case studies, as readers see them."""

from django.urls import path

from casestudies import views

app_name = "casestudies"
urlpatterns = [
    path("", views.case_studies, name="case_studies"),
    path("<slug:slug>/", views.case_study, name="case_study"),
    path("<slug:slug>/<reference_list:file_format>", views.references_file, name="references_file"),
]
