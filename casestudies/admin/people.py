"""The people whom a story credits, on its workbench."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy, CreditedPerson
from casestudies.vocabulary import UNSENT
from foundation.publishing.admin import NamedRows


class CreditedPersonForm(forms.ModelForm[CreditedPerson]):
    """One person. Who is named otherwise than they were told is told again; another address is another person."""

    class Meta:
        model = CreditedPerson
        fields = ("position", "name", "role", "email", "is_contact")

    def save(self, commit: bool = True) -> Any:
        if {"name", "role", "email", "is_contact"} & set(self.changed_data):
            self.instance.told_at = None
        if "email" in self.changed_data:
            self.instance.declined_at = None
        return super().save(commit=commit)


class CreditedPersonInline(admin.TabularInline[CreditedPerson, CaseStudy]):
    """The people credited, in order. Of a draft, nobody here sees who they are."""

    model = CreditedPerson
    form = CreditedPersonForm
    formset = NamedRows
    template = "admin/publishing/inline.html"
    fields = ("position", "name", "role", "email", "is_contact", "told_at", "declined_at")
    readonly_fields = ("told_at", "declined_at")
    extra = 0
    verbose_name_plural = _("people credited")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and not _is_unsent(obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_unsent(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_unsent(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_unsent(obj)


def _is_unsent(case: CaseStudy | None) -> bool:
    return case is not None and case.status in UNSENT
