"""Standing pages."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from foundation.publishing.reading import at_slug, gone, moved, public_page
from pages.models import Page, PageEdition

#: The page beneath which the address for questions stands.
CONTACT_KEY = "contact"


@public_page
def page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A standing page; beneath the one for questions stands the address of the editors."""
    edition = at_slug(PageEdition.objects.published(), slug)
    if edition is None:
        return gone(request, Page.objects.gone(), slug) or moved(Page.objects.published(), slug)
    request.page_of = edition  # type: ignore[attr-defined]
    context = {"edition": edition, "shows_address": edition.content.key == CONTACT_KEY}
    return render(request, "pages/page.html", context)
