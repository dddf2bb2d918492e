"""Invitations: written here, sent again, revoked, and otherwise only looked at."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from desk.people import NamedGroups
from foundation.people.admin import BilingualAdmin, signed_in
from foundation.people.models import User
from foundation.signin.models import Invitation
from foundation.signin.services import NotPossible, invite, revoke_invitation, send_invitation

BADGES = {
    Invitation.State.OPEN: "badge badge-warning",
    Invitation.State.OVER: "badge badge-error",
    Invitation.State.ACCEPTED: "badge badge-in-step",
    Invitation.State.REVOKED: "badge",
}


class InvitationForm(forms.ModelForm[Invitation]):
    """Whom to invite, into which groups, in which language."""

    class Meta:
        model = Invitation
        fields = ("email", "language", "groups")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody has this email address already."), code="has-account")
        if Invitation.objects.waiting().filter(email__iexact=email).exists():
            message = _("This address has an invitation already: send that one again.")
            raise ValidationError(message, code="invited")
        return email


@admin.register(Invitation)
class InvitationAdmin(BilingualAdmin):
    """Everybody who was asked to work here."""

    form = InvitationForm
    change_form_template = "admin/signin/invitation.html"
    list_display = ("email", "in_groups", "language", "state_badge", "invited_by", "created_at", "expires_at")
    list_select_related = ("invited_by",)
    search_fields = ("email",)
    ordering = ("-created_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits one: a mistake is revoked, and the right one written."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        written = ("email", "language", "groups")
        return (
            written
            if obj is None
            else ("email", "language", "in_groups", "state_badge", "invited_by", "created_at", "expires_at")
        )

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs |= {"widget": forms.CheckboxSelectMultiple, "form_class": NamedGroups}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("groups"))
    def in_groups(self, invitation: Invitation) -> str:
        return ", ".join(str(_(group.name)) for group in invitation.groups.all())

    @admin.display(description=gettext_lazy("state"))
    def state_badge(self, invitation: Invitation) -> str:
        state = invitation.state
        return format_html('<span class="{}">{}</span>', BADGES[state], state.label)

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        given = form.cleaned_data
        obj.pk = invite(
            email=given["email"], language=given["language"], groups=given["groups"], by=signed_in(request)
        ).pk

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Not in Django's log, which would keep the address after the invitation is forgotten."""

    # --- buttons --------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.do))
        return [path("<int:key>/do/", view, name="signin_invitation_do"), *super().get_urls()]

    def do(self, request: HttpRequest, key: int) -> HttpResponse:
        """Send one again, or revoke it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        invitation = Invitation.objects.filter(pk=key).first()
        if invitation is None:
            raise Http404
        self._do(request, invitation)
        return HttpResponseRedirect(reverse("admin:signin_invitation_change", args=[key]))

    def _do(self, request: HttpRequest, invitation: Invitation) -> None:
        by = signed_in(request)
        try:
            if request.POST.get("_do") == "again":
                send_invitation(invitation=invitation, by=by)
                messages.success(request, _("The invitation will be sent again, with a new time to answer it in."))
            elif request.POST.get("_do") == "revoke":
                revoke_invitation(invitation=invitation, by=by)
                messages.success(request, _("The invitation is revoked: its links no longer work."))
        except NotPossible:
            messages.error(request, _("This invitation was accepted or revoked already."))
