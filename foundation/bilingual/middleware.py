"""Which language a request is answered in: the one its address names."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from foundation.bilingual.languages import Language


class LanguageMiddleware:
    """Activates the language of the address (`/cy/…`, `/en/…`), and ends with the language that was active before.

    Django's own middleware would also ask the cookie and the browser: an address of ours means one language to everyone, so
    that it can be cached and shared. Neutral addresses start in the default language; their views choose.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.split("/", 2)[1]
        language = first if first in Language.values else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            if "Content-Language" not in response:
                response["Content-Language"] = translation.get_language() or language
            return response
