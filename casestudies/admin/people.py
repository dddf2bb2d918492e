"""The people whom a story credits, on its workbench."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy, CreditedPerson
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
    """The people credited, in order."""

    model = CreditedPerson
    form = CreditedPersonForm
    formset = NamedRows
    template = "admin/publishing/inline.html"
    fields = ("position", "name", "role", "email", "is_contact", "told_at", "declined_at")
    readonly_fields = ("told_at", "declined_at")
    extra = 0
    verbose_name_plural = _("people credited")
