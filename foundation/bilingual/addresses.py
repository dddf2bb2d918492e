"""The address of the same page in the other language."""

from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from foundation.bilingual.languages import speaking


class HasAddress(Protocol):
    """An object with a page of its own, whose address depends on the active language."""

    def get_absolute_url(self) -> str: ...


def address_in(language: str, obj: HasAddress) -> str:
    """The path of `obj`'s page in `language`."""
    with speaking(language):
        return obj.get_absolute_url()


def absolute(path: str, language: str) -> str:
    """`path` with the site's host for `language`."""
    return f"{settings.LANGUAGE_URLS[language]}{path}"


def twin_path(request: HttpRequest, language: str) -> str:
    """The path of the page that `request` asks for, in `language`, with its query.

    A view whose page belongs to an object with its own slugs sets `request.page_of`; other pages are named by their view.
    A page without an address of its own in `language` (an error page) has that language's home page as its twin.
    """
    obj: HasAddress | None = getattr(request, "page_of", None)
    if obj is not None:
        return _with_query(request, address_in(language, obj))
    match = request.resolver_match
    if match is None:
        return f"/{language}/"
    with speaking(language):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=_kwargs_in(request, language, match.kwargs))
        except NoReverseMatch:
            return f"/{language}/"
    return _with_query(request, path)


def _kwargs_in(request: HttpRequest, language: str, kwargs: dict[str, Any]) -> dict[str, Any]:
    """A view whose address has translated parts without an object (a step of a form) sets `request.page_kwargs`."""
    by_language: dict[str, dict[str, Any]] | None = getattr(request, "page_kwargs", None)
    return by_language[language] if by_language else kwargs


def _with_query(request: HttpRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def twin_address(request: HttpRequest, language: str) -> str:
    """The address of the twin: a path, or with its host where the languages have hosts of their own."""
    path = twin_path(request, language)
    return path if settings.LANGUAGE_URLS["cy"] == settings.LANGUAGE_URLS["en"] else absolute(path, language)
