"""No page of the desk opens to staff without a second factor, where the site requires one."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from foundation.people.models import User

#: Below these one signs in and out, changes the language, and sets the second factor up.
OPEN = ("/admin/account/", "/admin/login/", "/admin/logout/", "/admin/language/")


class SecondFactorMiddleware:
    """Sends a signed-in person who has none to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if settings.SECOND_FACTOR_REQUIRED and path.startswith("/admin/") and not path.startswith(OPEN):
            user = request.user
            if isinstance(user, User) and not has_second_factor(user):
                return HttpResponseRedirect(f"{reverse('mfa_index')}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def has_second_factor(user: User) -> bool:
    """Recovery codes alone are none: they stand in for one."""
    return bool(get_adapter().is_mfa_enabled(user, ["totp", "webauthn"]))
