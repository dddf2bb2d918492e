"""Where django-allauth asks this site what to do: who may come in, what mail is written, how secrets are kept."""

import base64
import hashlib
import ipaddress
import logging
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.people.limits import network
from foundation.people.models import User
from foundation.signin.letters import CHANGES, write_to
from foundation.signin.models import Invitation
from foundation.signin.services import NotPossible, accept

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in with address and password. Nobody makes an account for themselves."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("The address or the password is not right."),
        "enter_current_password": gettext_lazy("That is not the password you have now."),
        "incorrect_password": gettext_lazy("That is not your password."),
        "incorrect_code": gettext_lazy("That code is not right, or it was used already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if not user.is_staff:
            return HttpResponseRedirect(reverse("account_inactive"))
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return refused

    def get_client_ip(self, request: HttpRequest) -> str:
        """Shown to the person in the list of their sessions: of an IPv6 address only the network, as limits count it."""
        address = network(request)
        return str(ipaddress.ip_network(address).network_address) if address else "0.0.0.0"  # noqa: S104  (unknown)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through our messages: stored, in the person's language, tried again."""
        if template_prefix == "account/email/password_reset_key":
            write_to(context["user"], "password-reset")
        elif template_prefix in CHANGES:
            write_to(context["user"], "account-changed", change=template_prefix)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        self.send_mail(template_prefix, user.email, {"user": user})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor. Its secrets are stored encrypted with the site's key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That code is not right, or it was used already."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an authenticator app or a passkey first."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  (its name there)
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}

    def get_totp_issuer(self) -> str:
        return _("Leading Professional Learning")

    def _get_site_name(self) -> str:
        return _("Leading Professional Learning")

    def build_totp_svg(self, url: str) -> SafeString:
        """Drawn here: the secret goes to nobody who draws pictures."""
        drawn = segno.make(url, error="m").svg_inline(
            scale=5, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
        )
        return mark_safe(drawn)  # segno's own mark-up: the address is drawn, not written

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    """Written with `SECRET_KEY`, read with former keys too (`SECRET_KEY_FALLBACKS`)."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes from the identity provider is let in by a confirmed address that is known or invited here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Known from before; or a confirmed address of ours, which is remembered; or an invitation, which this accepts."""
        if sociallogin.is_existing:
            return
        email = next((each.email for each in sociallogin.email_addresses if each.verified), "")
        user = (_known(email) or _invited(email, sociallogin)) if email else None
        if user is None:
            raise ImmediateHttpResponse(_refuse(request, sociallogin, is_confirmed=bool(email)))
        sociallogin.account.user = user
        sociallogin.account.save()
        sociallogin.user = user

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, **kwargs: Any) -> None:
        """Who stopped on the way is told so by allauth; all else is the same to the person, and details are no use to them."""
        if error == AuthError.CANCELLED:
            return
        logger.warning("single sign-on failed: %s", kwargs.get("exception") or error)
        raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=401))


def _known(email: str) -> User | None:
    return User.objects.filter(email__iexact=email, is_active=True).first()


def _invited(email: str, sociallogin: SocialLogin) -> User | None:
    invitation = Invitation.objects.waiting().filter(email__iexact=email).first()
    data = sociallogin.account.extra_data
    name = str((data.get("userinfo") or data.get("id_token") or {}).get("name") or email)[:150]
    try:
        return accept(invitation=invitation, name=name, password=None) if invitation else None
    except NotPossible:
        return None


def _refuse(request: HttpRequest, sociallogin: SocialLogin, *, is_confirmed: bool) -> HttpResponse:
    shown = {"email": next((each.email for each in sociallogin.email_addresses), ""), "is_confirmed": is_confirmed}
    return render(request, "socialaccount/unknown.html", shown, status=403)
