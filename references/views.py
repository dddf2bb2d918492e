"""The bibliography: the list of published works, and a page for each."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from foundation.bilingual.alphabet import LETTERS, sort_key
from foundation.bilingual.languages import current
from foundation.publishing.reading import public_page
from references.citing import where_cited
from references.models import Work


@public_page
def works(request: HttpRequest) -> HttpResponse:
    """All works by letter, in the reader's alphabet; the index shows every letter and links those with works."""
    listed = Work.objects.published().in_order(current())
    groups = [(letter, list(group)) for letter, group in groupby(listed, key=lambda work: work.letter)]
    used = {letter for letter, _works in groups}
    alphabet = {letter.capitalize() for letter in LETTERS[current()]}
    letters = sorted(alphabet | used, key=lambda letter: sort_key(letter, current()))
    context = {
        "groups": groups,
        "letters": [(letter, letter in used) for letter in letters],
        "count": sum(len(group) for _letter, group in groups),
    }
    return render(request, "references/list.html", context)


@public_page
def work(request: HttpRequest, key: str) -> HttpResponse:
    """A work, and the published texts that cite it."""
    found = get_object_or_404(Work.objects.published().select_related("cover"), key=key)
    return render(request, "references/work.html", {"work": found, "cited": where_cited(found)})
