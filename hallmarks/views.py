"""Home and hallmarks."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render

from foundation.publishing.reading import at_slug, moved, public_page
from hallmarks.models import Hallmark, HallmarkEdition
from hallmarks.panels import panels_for
from references.exchange.addresses import file_name
from references.exchange.formats import Format
from references.exchange.views import list_of


@public_page
def home(request: HttpRequest) -> HttpResponse:
    context = {"editions": list(HallmarkEdition.objects.published().in_order()), "panels": panels_for(None)}
    return render(request, "hallmarks/home.html", context)


@public_page
def hallmarks(request: HttpRequest) -> HttpResponse:
    return render(request, "hallmarks/list.html", {"editions": list(HallmarkEdition.objects.published().in_order())})


@public_page
def hallmark(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One of the eight. All are read at once: the wheel and the links to the neighbours show the others."""
    editions = list(HallmarkEdition.objects.published().in_order())
    place = next((place for place, edition in enumerate(editions) if edition.content.slug == slug), None)
    if place is None:
        return moved(Hallmark.objects.published(), slug)
    edition = editions[place]
    request.page_of = edition  # type: ignore[attr-defined]
    context = {
        "edition": edition,
        "editions": editions,
        "references": edition.references.select_related("work"),
        "connections": edition.connections.select_related("framework", "strand__framework"),
        "previous": editions[place - 1] if place else None,
        "next": editions[place + 1] if place + 1 < len(editions) else None,
        "panels": panels_for(edition.content),
    }
    return render(request, "hallmarks/hallmark.html", context)


@public_page
def references_file(request: HttpRequest, slug: str, file_format: Format) -> HttpResponseBase:
    """The list of a hallmark as data."""
    edition = at_slug(HallmarkEdition.objects.published(), slug)
    if edition is None:
        page = moved(Hallmark.objects.published(), slug)
        return HttpResponsePermanentRedirect(f"{page.url}{file_name(file_format)}")
    return list_of(request, edition, file_format, slug)
