"""How pages of published things answer: to everybody alike, at a stable address."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from foundation.bilingual.languages import current
from foundation.publishing.models import Content, Edition
from foundation.publishing.services import former, former_slugs
from foundation.publishing.successors import successor_of

View = Callable[..., HttpResponseBase]
E = TypeVar("E", bound=Edition)


def public_page(view: View) -> View:
    """For GET and HEAD only. Caches may keep the page but ask each time, so that what is withdrawn is gone at once."""
    answering: Any = cache_control(public=True, max_age=0, must_revalidate=True)(conditional_page(view))
    safe: View = require_safe(answering)
    return safe


def at_slug(editions: QuerySet[E], slug: str) -> E | None:
    """The edition whose content has this address in the reader's language, with its content at hand."""
    return editions.select_related("content").filter(**{f"content__slug_{current()}": slug}).first()


def moved(published: QuerySet[Any], slug: str) -> HttpResponsePermanentRedirect:
    """To the published content that once had `slug` in the reader's language. Raises `Http404` where none had."""
    model: type[Content] = published.model
    content = published.filter(pk=former(model, language=current(), slug=slug)).first()
    if content is None:
        raise Http404
    return HttpResponsePermanentRedirect(content.get_absolute_url())


def gone(request: HttpRequest, archived: QuerySet[Any], slug: str) -> HttpResponse | None:
    """For what is no longer shown, at its last address and at every one before: where its readers are sent, or a note (410).

    None where nothing of `archived` has, or had, `slug` in the reader's language.
    """
    language = current()
    once = former_slugs(archived.model, language=language, slug=slug).values("object_id")
    found = list(archived.filter(Q(**{f"slug_{language}": slug}) | Q(pk__in=once)))
    if not found:
        return None
    content = next((one for one in found if one.slug_in(language) == slug), found[0])
    successor: Any = successor_of(content)
    if successor is not None:
        return HttpResponsePermanentRedirect(successor.get_absolute_url())
    request.page_of = content  # type: ignore[attr-defined]
    return render(request, f"{content._meta.app_label}/gone.html", {"content": content}, status=410)
