"""Case studies, as readers see them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from casestudies.filters import Filters
from casestudies.hiding import without_hidden
from casestudies.models import CaseStudy, CaseStudyEdition
from foundation.bilingual.addresses import address_in
from foundation.people.middleware import preferred_language
from foundation.publishing.reading import at_slug, gone, moved, public_page
from references.exchange.addresses import file_name
from references.exchange.formats import Format
from references.exchange.views import list_of

PAGE_SIZE = 20


@public_page
def case_studies(request: HttpRequest) -> HttpResponse:
    """The list, newest first, by hallmark and by the facts about the setting."""
    filters = Filters(request.GET)
    paginator = Paginator(filters.apply(CaseStudyEdition.objects.published().for_listing()), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    return render(request, "casestudies/list.html", {"filters": filters, "page": page})


@public_page
def case_study(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A story; where it stood until it was archived or withdrawn, a note that says no more than that."""
    edition = at_slug(CaseStudyEdition.objects.published().for_page(), slug)
    if edition is None:
        return _gone(request, slug) or moved(CaseStudy.objects.published(), slug)
    request.page_of = edition  # type: ignore[attr-defined]
    first, shown = edition.content.first_published_at, edition.live_since
    corrected = shown if first and shown and shown.date() > first.date() else None
    context = {"edition": without_hidden(edition), "corrected": corrected}
    return render(request, "casestudies/case_study.html", context)


@public_page
def references_file(request: HttpRequest, slug: str, file_format: Format) -> HttpResponseBase:
    """The list of a case study as data."""
    edition = at_slug(CaseStudyEdition.objects.published(), slug)
    if edition is None:
        if no_longer := _gone(request, slug):
            return no_longer
        page = moved(CaseStudy.objects.published(), slug)
        return HttpResponsePermanentRedirect(f"{page.url}{file_name(file_format)}")
    return list_of(request, edition, file_format, slug)


@require_safe
def short(request: HttpRequest, reference: str) -> HttpResponse:
    """The address on a poster: on to the page of the story, in the language that the browser asks for.

    Of a story that is no longer shown, that page says so, or leads to what has taken its place.
    """
    case = get_object_or_404(CaseStudy, first_published_at__isnull=False, reference=reference)
    response = redirect(address_in(preferred_language(request), case))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _gone(request: HttpRequest, slug: str) -> HttpResponse | None:
    return gone(request, CaseStudy.objects.gone(), slug)
