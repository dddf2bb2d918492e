"""Where the readers of what is archived are sent: to another published content that an editor chose.

What can be chosen, the rooms above register with their own `published()`: no draft is led to.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from foundation.bilingual.languages import Language, speaking
from foundation.publishing.models import Content, Successor

Published = Callable[[], QuerySet[Any]]

_kinds: dict[type[Content], tuple[str, Published]] = {}


def register_public(model: type[Content], view_name: str, editions: Published) -> None:
    """Let readers be sent to contents of `model`: the view of their pages, and the live editions that readers see."""
    _kinds[model] = view_name, editions


def at_address(address: str) -> Content | None:
    """The published content whose page has this address, in either language, with or without the name of the site."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:  # no address at all
        return None
    language = path.split("/", 2)[1] if path.startswith("/") else ""
    if language not in Language.values:
        return None
    with speaking(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    slug = match.kwargs.get("slug", "")
    for view_name, editions in _kinds.values():
        if match.view_name == view_name:
            edition = editions().select_related("content").filter(**{f"content__slug_{language}": slug}).first()
            found: Content | None = edition.content if edition else None
            return found
    return None


def _published(model: type[Content], pk: int) -> Content | None:
    edition = _kinds[model][1]().filter(content=pk).select_related("content").first()
    found: Content | None = edition.content if edition else None
    return found


def set_successor(*, content: Content, successor: Content | None) -> None:
    """Send the readers of `content` on to `successor`; None: to nothing."""
    own = {"content_type": ContentType.objects.get_for_model(content), "object_id": content.pk}
    if successor is None:
        Successor.objects.filter(**own).delete()
        return
    to = {"to_type": ContentType.objects.get_for_model(successor), "to_id": successor.pk}
    Successor.objects.update_or_create(**own, defaults=to)


def successor_of(content: Content) -> Content | None:
    """The published content that readers of `content` are sent to, over others that were archived since; or None."""
    content_type, key, seen = ContentType.objects.get_for_model(content), content.pk, set[tuple[int, int]]()
    while (content_type.pk, key) not in seen:
        seen.add((content_type.pk, key))
        row = Successor.objects.filter(content_type=content_type, object_id=key).select_related("to_type").first()
        model = row.to_type.model_class() if row else None
        if row is None or model not in _kinds:
            return None
        if found := _published(model, row.to_id):
            return found
        content_type, key = row.to_type, row.to_id
    return None
