"""The pages that a problem can be about. This room does not know them: the rooms above say which there are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from foundation.bilingual.languages import Language, speaking
from foundation.publishing.reading import at_slug

MOST_PATH = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """What stands on a page: its name (in the language spoken when it is asked), and its key where it has one."""

    thing: Any
    kind: str = ""
    key: UUID | None = None

    @property
    def title(self) -> str:
        return str(self.thing)


#: Finds what stands at an address, from the parts of that address; None where nothing does.
Find = Callable[..., Subject | None]

_pages: dict[str, Find] = {}


def register_page(view_name: str, find: Find) -> None:
    """Let problems be about the pages of this view; called from the `ready()` of an app."""
    _pages[view_name] = find


def register_list(view_name: str, title: Any) -> None:
    """The same for a page that shows no single thing."""
    register_page(view_name, lambda: Subject(title))


def register_content(view_name: str, published: Callable[[], QuerySet[Any]]) -> None:
    """The same for the pages of contents, of which `published` gives the editions that readers see."""

    def find(slug: str) -> Subject | None:
        edition = at_slug(published(), slug)
        return Subject(edition, edition.content.kind, edition.content.uuid) if edition else None

    register_page(view_name, find)


def subject_at(path: str) -> Subject | None:
    """What stands at `path`; None where that is no page of ours that can be asked about."""
    language = path.split("/", 2)[1] if path.startswith("/") else ""
    if language not in Language.values or len(path) > MOST_PATH or not path.isprintable():
        return None
    with speaking(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        find = _pages.get(match.view_name)
        return find(*match.args, **match.kwargs) if find else None


def address_for(request: HttpRequest | None) -> str:
    """The form about the page that `request` asked for. A page with a secret in its address is never named."""
    match = getattr(request, "resolver_match", None)
    about = f"?{urlencode({'page': request.path})}" if request and match and match.view_name in _pages else ""
    return reverse("problems:form") + about
