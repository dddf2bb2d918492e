"""The pages that belong to no app: the front door, the neutral addresses, and what is shown when something goes wrong."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from foundation.bilingual.addresses import absolute
from foundation.bilingual.languages import Language
from foundation.people.middleware import preferred_language


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Both languages at equal weight; the browser's wish decides only which comes first."""
    first = Language(preferred_language(request))
    doors = [(language, absolute(f"/{language}/", language)) for language in (first, first.other)]
    response = render(request, "front_door.html", {"first": first, "doors": doors})
    patch_vary_headers(response, ["Accept-Language"])
    patch_cache_control(response, public=True, max_age=3600)
    response["Content-Language"] = "cy, en"
    return response


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether this process can answer, and its database too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = JsonResponse({"status": "ok"})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone, and where the sitemap is."""
    return render(request, "robots.txt", {"site_url": settings.SITE_URL}, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, "404", 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its security cookie: say what to do, in the language of the page."""
    return _problem(request, "csrf", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """In both languages, and without anything that could fail again: no context, no database."""
    return HttpResponse(render_to_string("500.html"), status=500)


def _problem(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """In the language of the address; in both where the address names none."""
    named = request.path_info.split("/", 2)[1] in Language.values
    template = f"problems/{name}.html" if named else "problems/bilingual.html"
    response = render(request, template, {"status": status, "problem": name}, status=status)
    if not named:
        response["Content-Language"] = "cy, en"
    patch_cache_control(response, private=True, no_store=True)
    return response
