"""The standing pages that the footer of every page links to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pages.models import PageEdition


def standing_pages(request: HttpRequest) -> dict[str, Any]:
    """The live standing pages in order (asked for only where a template goes over them), and the address for questions."""
    pages = SimpleLazyObject(
        lambda: list(
            PageEdition.objects.published().select_related("content").order_by("content__order", "content__key")
        )
    )
    return {
        "standing_pages": pages,
        "contact_email": settings.CONTACT_EMAIL,
    }
