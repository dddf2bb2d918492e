"""The second factor: an app, passkeys, recovery codes; and single sign-on with its token checked."""

from typing import Any, ClassVar

from allauth.account.internal.decorators import login_not_required
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from foundation.people.admin import signed_in
from foundation.signin.middleware import has_second_factor
from foundation.signin.switching import InBothLanguages, in_our_words, keep_errors
from foundation.signin.views import next_address


class Authenticate(InBothLanguages, base.AuthenticateView):  # type: ignore[misc]
    """The second step of signing in."""

    def who(self, request: HttpRequest) -> str:
        """Whose password was right already: nobody else gets so far."""
        stash = request.session.get("account_login") or {}
        return f"second {stash.get('user_pk', '')}"

    def get_form(self, form_class: Any = None) -> Any:
        return self.form if self.form is self.auth_form else self.webauthn_form

    def form_invalid(self, form: Any) -> Any:
        keep_errors(self.request, form)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("form", None)
        in_our_words(self.auth_form)
        return super().get_context_data(**kwargs)


class Reauthenticate(InBothLanguages, base.ReauthenticateView):  # type: ignore[misc]
    """A code once more, before something that would let another person in."""


class ActivateApp(InBothLanguages, totp.ActivateTOTPView):  # type: ignore[misc]
    """The QR code for the app, and the first code that it shows."""


class DeactivateApp(totp.DeactivateTOTPView):  # type: ignore[misc]
    """Without the app."""


@method_decorator(login_required, name="dispatch")
class AddPasskey(InBothLanguages, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """A passkey of this device, or a security key."""

    initial: ClassVar[dict[str, Any]] = {"passwordless": True}


class RenamePasskey(InBothLanguages, webauthn.EditWebAuthnView):  # type: ignore[misc]
    """Another name for it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        return super().post(request, *args, **kwargs)


class GenerateCodes(recovery.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New recovery codes in the place of the old ones."""


class Index(base.IndexView):  # type: ignore[misc]
    """What the person has set up, and the way to set up more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return shown | {
            "required": settings.SECOND_FACTOR_REQUIRED,
            "has_factor": has_second_factor(signed_in(self.request)),
            "onwards": next_address(self.request),
        }


authenticate = Authenticate.as_view()
index = Index.as_view()
login_webauthn = webauthn.login_webauthn


# --- single sign-on -------------------------------------------------------------------------------------------------------


class CheckedAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Checks the signature of every ID token, also of one that came straight from the provider."""

    did_fetch_access_token = property(lambda self: False, lambda self, value: None)


@login_not_required  # type: ignore[untyped-decorator]
def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _with_provider(OAuth2LoginView, request, provider_id)


@login_not_required  # type: ignore[untyped-decorator]
def single_sign_on_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _with_provider(OAuth2CallbackView, request, provider_id)


def _with_provider(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(CheckedAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer
