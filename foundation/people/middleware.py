"""The admin speaks the language its user prefers: its addresses are the same in both."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from foundation.people.models import User


class StaffLanguageMiddleware:
    """Below `/admin/`, activates the signed-in person's language, or before sign-in the first that the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            user = request.user
            language = user.language if isinstance(user, User) else browser_language(request)
            translation.activate(language)  # LanguageMiddleware puts back what was active before the request
            request.LANGUAGE_CODE = language
        return self.get_response(request)


def keep_language(request: HttpRequest, response: HttpResponseBase, language: str) -> None:
    """Have a signed-out person answered in `language` from now on: in a cookie that only the admin gets."""
    response.set_cookie(
        "admin_language",
        language,
        max_age=31_536_000,
        path="/admin/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def browser_language(request: HttpRequest) -> str:
    """Of a signed-out person: what they chose with the switch of the admin, or else what the browser asks for."""
    chosen = request.COOKIES.get("admin_language")
    return str(chosen) if chosen in ("cy", "en") else preferred_language(request)


def preferred_language(request: HttpRequest) -> str:
    """ "cy" or "en", whichever `Accept-Language` asks for first; English where it asks for neither."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code.split("-")[0] in ("cy", "en"):
            return str(code)[:2]
    return "en"
