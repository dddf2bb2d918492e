"""The bibliography: the list of published works, and a page for each."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render

from foundation.bilingual.languages import current
from foundation.publishing.reading import public_page
from references.citing import where_cited
from references.exchange.merging import find_work
from references.filtering import Filters
from references.kinds import label_of_kind
from references.models import Work

PAGE_SIZE = 100


class _Counted(Paginator[Work]):
    """Pages of a list whose length is known from its letters."""

    count: int = 0


@public_page
def works(request: HttpRequest) -> HttpResponse:
    """The works that are asked for by letter, in the reader's alphabet, a hundred a page. The index shows every letter, and
    links those with works to the page where they begin."""
    filters = Filters(request.GET)
    letters = filters.letters(PAGE_SIZE)
    paginator = _Counted(filters.works.in_order(current()), PAGE_SIZE)
    paginator.count = sum(letter.count for letter in letters)
    page = paginator.get_page(request.GET.get("page"))
    shown = {letter.name: letter for letter in letters}
    groups = [(shown[name], list(group)) for name, group in groupby(page.object_list, key=lambda work: work.letter)]
    context = {"filters": filters, "letters": letters, "page": page, "groups": groups}
    return render(request, "references/list.html", context)


@public_page
def work(request: HttpRequest, key: str) -> HttpResponseBase:
    """A work, and the published texts that cite it; at the key of one that was merged, the way to the other."""
    found = find_work(Work.objects.published().select_related("cover"), key)
    if found.key != key:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    context = {"work": found, "kind": label_of_kind(found.type), "cited": where_cited(found)}
    return render(request, "references/work.html", context)
