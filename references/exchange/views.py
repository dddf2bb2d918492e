"""Works as data, for reference managers: at public addresses, from published texts only."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect

from foundation.bilingual.languages import current
from foundation.publishing.reading import public_page
from references.exchange.addresses import file_name
from references.exchange.formats import Format, write
from references.exchange.items import public_item
from references.exchange.merging import find_work
from references.models import Work


def handed_out(works: Iterable[Work], file_format: Format, name: str) -> HttpResponse:
    """The works as a file that reference managers open."""
    text = write([public_item(work) for work in works], file_format)
    answer = HttpResponse(text.encode(), content_type=f"{file_format.content_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{file_format.value}"'
    return answer


def at_its_name(request: HttpRequest, file_format: Format) -> HttpResponsePermanentRedirect | None:
    """To the name that the list has in the reader's language, where the address names it in the other."""
    folder, _slash, asked = request.path.rpartition("/")
    own = file_name(file_format)
    return None if asked == own else HttpResponsePermanentRedirect(f"{folder}/{own}")


def list_of(request: HttpRequest, edition: Any, file_format: Format, name: str) -> HttpResponseBase:
    """The list of a published text as data."""
    rows = edition.references.select_related("work")
    return at_its_name(request, file_format) or handed_out((row.work for row in rows), file_format, name)


@public_page
def all_works(request: HttpRequest, file_format: Format) -> HttpResponseBase:
    """The whole bibliography, in the order of the reader's alphabet."""
    return at_its_name(request, file_format) or handed_out(
        Work.objects.published().in_order(current()), file_format, file_name(file_format).partition(".")[0]
    )


@public_page
def one_work(request: HttpRequest, key: str, file_format: Format) -> HttpResponseBase:
    """One work; at the key of one that was merged, the way to the other."""
    work = find_work(Work.objects.published(), key)
    if work.key != key:
        return HttpResponsePermanentRedirect(f"{work.get_absolute_url().rstrip('/')}.{file_format.value}")
    return handed_out([work], file_format, work.key)
