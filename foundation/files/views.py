"""Serving pictures: to everybody while they are published, else only to those who may see them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from foundation.files.access import is_public, may_see
from foundation.files.models import Picture


@require_safe
def picture(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """The bytes of one size of a picture. A picture that may not be seen does not exist."""
    found = get_object_or_404(Picture, token=token)
    sizes = found.sizes
    public = is_public(found)
    if name not in sizes or not (public or may_see(request, found)):
        raise Http404
    response = FileResponse(sizes[name].open("rb"), content_type=found.media_type)
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
