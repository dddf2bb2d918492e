"""How pages of published things answer: to everybody alike, at a stable address."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from foundation.bilingual.languages import current
from foundation.publishing.models import Content, Edition
from foundation.publishing.services import former

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
