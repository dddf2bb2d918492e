"""Signing in and out, the password, invitations, and one's own account."""

import re
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.utils import url_str_to_user_pk
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.usersessions.models import UserSession
from allauth.utils import get_request_param
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView, UpdateView

from foundation.people.admin import choose_language, signed_in
from foundation.people.models import User
from foundation.signin.forms import AcceptForm, PreferencesForm
from foundation.signin.letters import read_stop_link
from foundation.signin.models import Invitation
from foundation.signin.services import NotPossible, accept, end_sessions
from foundation.signin.switching import InBothLanguages, speak_with


class SignIn(InBothLanguages, account.LoginView):  # type: ignore[misc]
    """Address and password, a passkey, or the identity provider."""

    def who(self, request: HttpRequest) -> str:
        return request.POST.get("login", "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = {"next": next_address(self.request)}
        found = get_social_adapter().list_providers(self.request)
        providers = [{"name": each.name, "address": each.get_login_url(self.request, **wanted)} for each in found]
        return super().get_context_data(providers=providers, **kwargs)


class AskForReset(InBothLanguages, account.PasswordResetView):  # type: ignore[misc]
    """The same answer whether the address is known or not."""

    def who(self, request: HttpRequest) -> str:
        return "reset " + request.POST.get("email", "")


class Reset(InBothLanguages, account.PasswordResetFromKeyView):  # type: ignore[misc]
    """What the link in a message opens. Every session there was is over: the password is another."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if getattr(self, "reset_user", None) is None and isinstance(response, HttpResponseRedirect):
            user = _user_of(kwargs["uidb36"])
            return speak_with(request, response, user.language) if user else response
        return response


def _user_of(uidb36: str) -> User | None:
    return User.objects.filter(pk=str(url_str_to_user_pk(uidb36))).first()


@method_decorator(login_required, name="dispatch")
class ChangePassword(InBothLanguages, account.PasswordChangeView):  # type: ignore[misc]
    """One's own password."""


class SetPassword(InBothLanguages, account.PasswordSetView):  # type: ignore[misc]
    """A first password, for who came by single sign-on."""


class ConfirmPassword(InBothLanguages, account.ReauthenticateView):  # type: ignore[misc]
    """Once more, before something that would let another person in."""


# --- invitations ----------------------------------------------------------------------------------------------------------


class AcceptInvitation(InBothLanguages, FormView[AcceptForm]):
    """What the link of an invitation opens: to look at it changes nothing."""

    form_class = AcceptForm
    template_name = "signin/invitation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.invitation = get_object_or_404(Invitation.objects.by_token(kwargs["token"]))
        if not isinstance(request.user, User) and "admin_language" not in request.COOKIES:
            translation.activate(self.invitation.language)
            request.LANGUAGE_CODE = self.invitation.language
        if self.invitation.state != Invitation.State.OPEN:
            response: HttpResponseBase = self._over()
        else:
            response = super().dispatch(request, *args, **kwargs)
        return speak_with(request, response, self.invitation.language) if request.method == "GET" else response

    def _over(self) -> HttpResponse:
        shown = {"invitation": self.invitation}
        return render(self.request, "signin/invitation_over.html", shown, status=410)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "email": self.invitation.email}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(invitation=self.invitation, **kwargs)

    def form_valid(self, form: AcceptForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            accept(invitation=self.invitation, name=given["name"], password=given["password1"])
        except NotPossible:
            return self._over()
        messages.success(self.request, _("Your account is ready. Sign in with your address and the new password."))
        return HttpResponseRedirect(reverse("account_login"))


# --- one's own account ----------------------------------------------------------------------------------------------------


@method_decorator(login_required, name="dispatch")
class Account(InBothLanguages, UpdateView[User, PreferencesForm]):
    """Preferences, and the way to everything else about one's account."""

    form_class = PreferencesForm
    template_name = "signin/account.html"
    success_url = reverse_lazy("account")

    def get_object(self, queryset: Any = None) -> User:
        """A copy: what was typed is not to show in the header of the page before it is right."""
        return User.objects.get(pk=signed_in(self.request).pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PreferencesForm) -> HttpResponse:
        response = super().form_valid(form)
        choose_language(self.request, self.object.language)
        messages.success(self.request, _("Your preferences are saved."))
        return response


@never_cache
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and a button to end each, or all others."""
    user = signed_in(request)
    if request.method == "POST":
        return _end(request, user)
    UserSession.objects.create_from_request(request)
    known = sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.last_seen_at, reverse=True)
    return render(request, "signin/sessions.html", {"sessions": known})


def _end(request: HttpRequest, user: User) -> HttpResponse:
    """One session by its number; without one, all but this."""
    chosen = request.POST.get("session", "")
    if not chosen:
        end_sessions(user=user)
        update_session_auth_hash(request, user)
        UserSession.objects.create_from_request(request)
        messages.success(request, _("You are signed out everywhere but here."))
        return HttpResponseRedirect(reverse("sessions"))
    session = UserSession.objects.filter(
        user=user, pk=int(chosen) if re.fullmatch(r"[0-9]{1,18}", chosen) else 0
    ).first()
    if session is None:
        raise Http404
    if session.is_current():
        get_adapter().logout(request)
        return HttpResponseRedirect(reverse("account_login"))
    session.end()
    messages.success(request, _("That session is ended."))
    return HttpResponseRedirect(reverse("sessions"))


@never_cache
def stop_mail(request: HttpRequest, token: str) -> HttpResponseBase:
    """What the link at the foot of a digest or a reminder opens: a button that stops them, and after it that they stop."""
    found = read_stop_link(token)
    if found is None:
        raise Http404
    user, kind = found
    if not isinstance(request.user, User) and "admin_language" not in request.COOKIES:
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language
    if request.method == "POST":
        change = {"digest": "never"} if kind == "digest" else {"reminders": False}
        User.objects.filter(pk=user.pk).update(**change)
    shown = {"kind": kind, "stopped": request.method == "POST", "now": timezone.now()}
    response = render(request, "signin/stop_mail.html", shown)
    return speak_with(request, response, user.language) if request.method == "GET" else response


def next_address(request: HttpRequest) -> str:
    """Where to go on to after something, when it is a page of ours."""
    wanted = get_request_param(request, "next") or ""
    return wanted if get_adapter(request).is_safe_url(wanted) else reverse("admin:index")
