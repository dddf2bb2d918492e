"""People: added, put into groups, deactivated, and never deleted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casestudies.services import actor_for, release_all
from foundation.people.admin import BilingualAdmin, KnownChoices, signed_in
from foundation.people.models import User
from foundation.record.services import write


class PersonCreationForm(AdminUserCreationForm[User]):
    """A new member of staff."""

    class Meta:
        model = User
        fields = ("email", "name", "language", "groups")


class PersonForm(UserChangeForm[User]):
    """A member of staff. Nobody locks themselves out."""

    acting_pk: int | None = None

    class Meta:
        model = User
        fields = ("email", "name", "password", "language", "groups", "is_staff", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_active = bool(self.instance.is_active)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        leaves = cleaned.get("is_active") is False or cleaned.get("is_staff") is False
        if leaves and self.instance.pk == self.acting_pk:
            raise ValidationError(_("You cannot deactivate yourself. Ask another administrator."), code="own-account")
        return cleaned


@admin.register(User)
class PersonAdmin(BilingualAdmin, UserAdmin[User]):
    """Staff. Deactivating lets go of everything that the person holds."""

    form = PersonForm
    add_form = PersonCreationForm
    list_display = ("name", "email", "in_groups", "language", "is_active")
    list_display_links = ("name", "email")
    list_filter = ("is_active", "groups", "language")
    search_fields = ("name", "email")
    ordering = ("name", "pk")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "password", "language")}),
        (_("What they may do"), {"fields": ("groups", "is_staff", "is_active")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "language", "groups", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An administrator may not take over the account of somebody who may do everything."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    @admin.display(description=_("groups"))
    def in_groups(self, user: User) -> str:
        return ", ".join(str(_(group.name)) for group in user.groups.all())

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "form_class": KnownChoices}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.acting_pk = request.user.pk
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            write(actor=actor_for(signed_in(request)), kind="person", subject=obj.key, code="add")
        elif form.was_active != obj.is_active:
            self._switched(request, obj)

    def _switched(self, request: HttpRequest, user: User) -> None:
        actor = actor_for(signed_in(request))
        write(actor=actor, kind="person", subject=user.key, code="activate" if user.is_active else "deactivate")
        if user.is_active:
            return
        count = release_all(user, actor=actor)
        text = ngettext("%(count)d case study is released.", "%(count)d case studies are released.", count)
        messages.info(request, text % {"count": count})


#: The names of the groups, for the catalogue: they are stored in English and shown in the language of the page.
GROUP_NAMES = (_("Editors"), _("Translators"), _("Administrators"))

admin.site.unregister(Group)  # the groups are a table in the code; a person is put into them on their own page
