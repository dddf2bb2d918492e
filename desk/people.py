"""People: added, put into groups, deactivated, and never deleted; their sessions ended, their second factor reset."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    SetUnusablePasswordMixin,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from casestudies.services import actor_for, release_all
from foundation.people.admin import KnownChoices, signed_in
from foundation.people.models import User
from foundation.publishing.admin.together import TogetherAdmin
from foundation.record.services import write
from foundation.signin.middleware import has_second_factor
from foundation.signin.services import end_sessions, reset_second_factor, sign_out_everywhere


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
        self.might_enter = bool(self.instance.is_active and self.instance.is_staff)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        leaves = cleaned.get("is_active") is False or cleaned.get("is_staff") is False
        if leaves and self.instance.pk == self.acting_pk:
            raise ValidationError(_("You cannot deactivate yourself. Ask another administrator."), code="own-account")
        return cleaned


class PersonPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # takes none when it runs
    """Another password for a member of staff. Django has the warning beside it in English only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "usable_password" in self.fields:
            self.fields["usable_password"].help_text = format_html(
                '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
                SetUnusablePasswordMixin.usable_password_help_text,
                _("If disabled, the current password for this user will be lost."),
            )


class NamedGroups(KnownChoices):
    """Groups to choose from, with their names in the language of the page."""

    def label_from_instance(self, obj: Group) -> str:
        return str(_(obj.name))


class GroupFilter(admin.RelatedFieldListFilter):
    """By group, with the names of groups in the language of the page."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return [(key, _(str(name))) for key, name in super().field_choices(field, request, model_admin)]


@admin.register(User)
class PersonAdmin(TogetherAdmin, UserAdmin[User]):
    """Staff. Deactivating lets go of everything that the person holds."""

    form = PersonForm
    change_form_template = "admin/people/person.html"
    add_form = PersonCreationForm
    change_password_form = PersonPasswordForm
    list_display = ("name", "email", "in_groups", "language", "may_enter")
    list_display_links = ("name", "email")
    list_filter = ("is_active", ("groups", GroupFilter), "language")
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

    @admin.display(description=_("active"), ordering="is_active")
    def may_enter(self, user: User) -> str:
        """In a word: Django's picture is called "True" in every language."""
        return str(_("Yes") if user.is_active else _("No"))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "form_class": NamedGroups}
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
            code = "activate" if obj.is_active else "deactivate"
            write(actor=actor_for(signed_in(request)), kind="person", subject=obj.key, code=code)
        if change and form.might_enter and not (obj.is_active and obj.is_staff):
            self._left(request, obj)

    def _left(self, request: HttpRequest, user: User) -> None:
        """Who may no longer enter the desk holds nothing there."""
        end_sessions(user=user)
        count = release_all(user, actor=actor_for(signed_in(request)))
        text = ngettext("%(count)d case study is released.", "%(count)d case studies are released.", count)
        messages.info(request, text % {"count": count})

    # --- sessions and the second factor ---------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.do))
        return [path("<int:key>/do/", view, name="people_user_do"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        person = context["original"]
        if person is not None and self.has_change_permission(request, person):
            context |= {
                "person": person,
                "has_factor": has_second_factor(person),
                "session_count": UserSession.objects.filter(user=person).count(),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def do(self, request: HttpRequest, key: int) -> HttpResponse:
        """End all sessions of a person, or let them set up another second factor."""
        person = User.objects.filter(pk=key).first()
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        if request.POST.get("_do") == "end-sessions":
            sign_out_everywhere(user=person, by=signed_in(request))
            messages.success(request, _("This person is signed out wherever they were signed in."))
        elif request.POST.get("_do") == "reset-factor":
            reset_second_factor(user=person, by=signed_in(request))
            messages.success(request, _("This person can set up another second step when they next sign in."))
        return HttpResponseRedirect(reverse("admin:people_user_change", args=[key]))


#: The names of the groups, for the catalogue: they are stored in English and shown in the language of the page.
GROUP_NAMES = (_("Editors"), _("Translators"), _("Administrators"))

# What the sign-in library registers: people look after theirs on pages of their own, and single sign-on is configuration.
admin.site.unregister([EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession])
admin.site.unregister(Group)  # the groups are a table in the code; a person is put into them on their own page
