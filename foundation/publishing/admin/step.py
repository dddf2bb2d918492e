"""Which contents are not in step, as last counted: too many texts are compared for a page to wait for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from foundation.clock.models import Figure
from foundation.publishing.admin.contents import in_step

FIGURE, KEYS = "out-of-step", "out-of-step-keys"
#: So many texts are in memory at once.
BATCH = 200


def count_out_of_step(texts: Iterable[QuerySet[Any]], now: datetime) -> None:
    """Keep, for each of these kinds of edition, the keys of the contents of which a text is missing or behind."""
    found = {_name(editions): _keys(editions) for editions in texts}
    Figure.keep(KEYS, found, now)
    Figure.keep(FIGURE, {name: len(keys) for name, keys in found.items()}, now)


def _name(editions: QuerySet[Any]) -> str:
    content: Any = editions.model._meta.get_field("content").related_model
    return str(content._meta.label_lower)


def _keys(editions: QuerySet[Any]) -> list[int]:
    found: set[int] = set()
    rows: Iterable[Any] = editions.order_by("pk").prefetch_related("agreements").iterator(BATCH)
    for edition in rows:
        done, asked = in_step(edition)
        if done < asked:
            found.add(edition.content_id)
    return sorted(found)


def out_of_step(model: type[Model]) -> list[int]:
    """The keys of the contents of `model` that were out of step when they were last counted."""
    figure = Figure.objects.filter(name=KEYS).first()
    return figure.value.get(model._meta.label_lower, []) if figure else []
