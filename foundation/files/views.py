"""Serving files: to everybody while they are published, else only to those who may see them."""

from django.db.models.fields.files import FieldFile
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
    return serve(request, sizes[name], is_public=public, etag=f"{found.sha256}-{name}", content_type=found.media_type)


def serve(
    request: HttpRequest, stored: FieldFile, *, is_public: bool, etag: str, content_type: str, save_as: str = ""
) -> HttpResponseBase:
    """The bytes of a stored file: nothing that a browser runs, guesses the kind of, or another site can show.

    With `save_as` it is offered for saving under that name. What is not public is kept by no cache and no index.
    """
    tag = quote_etag(etag)
    held: HttpResponseBase | None = get_conditional_response(request, etag=tag) if is_public else None
    response = held or FileResponse(
        stored.open("rb"), as_attachment=bool(save_as), filename=save_as, content_type=content_type
    )
    if is_public:
        response["ETag"] = tag
    else:
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # A cache asks each time, so that a file that is withdrawn is gone at once.
    response["Cache-Control"] = "public, max-age=0, must-revalidate" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
