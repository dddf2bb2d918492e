"""Serving pictures: to everybody while they are published, else only to those who may see them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
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
    etag = quote_etag(f"{found.sha256}-{name}")
    held: HttpResponseBase | None = get_conditional_response(request, etag=etag) if public else None
    response = held or FileResponse(sizes[name].open("rb"), content_type=found.media_type)
    if public:
        response["ETag"] = etag
    # A cache asks each time, so that a picture that is withdrawn is gone at once.
    response["Cache-Control"] = "public, max-age=0, must-revalidate" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
