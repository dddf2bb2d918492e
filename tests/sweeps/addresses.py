"""Every address pattern, read off the URL resolver itself, so that none can be forgotten."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from foundation.bilingual.languages import speaking


@cache
def patterns() -> dict[str, tuple[str, ...]]:
    """The name of every pattern (of the nameless ones their route), with the names of its parts."""
    with speaking("en"):
        found = list(_walk(get_resolver(), "", ()))
    names = [name for name, _parts in found]
    assert len(names) == len(set(names)), "two patterns have one name"
    return dict(found)


def _walk(resolver: URLResolver, route: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in resolver.url_patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, here, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern):
            parts = tuple(one.pattern.converters) or tuple(one.pattern.regex.groupindex)
            yield (":".join([*spaces, one.name]) if one.name else here), parts


def address_of(name: str, language: str, kwargs: dict[str, Any]) -> str:
    """The address of a pattern in a language. `kwargs` are those of both languages, or `{"cy": {…}, "en": {…}}`."""
    own = kwargs.get(language, kwargs) if set(kwargs) == {"cy", "en"} else kwargs
    if name.startswith("admin/"):  # those that Django's admin gives no name
        return "/" + name.replace("<path:object_id>", str(own.get("object_id"))).replace(
            "(?P<url>.*)$", str(own.get("url"))
        )
    with speaking(language):
        return reverse(name, kwargs=own)
