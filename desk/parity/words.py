"""Completeness in words: how many words readers and contributors get in each language, counted by the clock."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from casestudies.models import DocumentCopy
from foundation.bilingual.completeness import count_words_of
from foundation.bilingual.policies import translated_models
from foundation.clock.models import Figure
from foundation.publishing.models import Edition, Stage

FIGURE = "words"


def count_in_words(now: datetime) -> None:
    """What the clock does once a day: go over all that is published, and what messages and reasons say."""
    counted: dict[str, Counter[str]] = {}
    for name, rows in _shown():
        counted.setdefault(name, Counter()).update(count_words_of(rows))
    kept = {name: {code: words[code] for code in ("cy", "en")} for name, words in counted.items() if words.total()}
    Figure.keep(FIGURE, kept, now)


def _shown() -> Iterator[tuple[str, QuerySet[Any]]]:
    """Each kind of text by its model, with the rows of it that somebody reads. What belongs to an edition counts as its."""
    for model in translated_models():
        rows: QuerySet[Any] = model._base_manager.all()
        if issubclass(model, Edition):
            yield _of_content(model), rows.filter(stage=Stage.LIVE)
        elif any(field.name == "edition" for field in model._meta.get_fields()):
            edition: Any = model._meta.get_field("edition").related_model
            yield _of_content(edition), rows.filter(edition__stage=Stage.LIVE)
        elif model is DocumentCopy:
            yield model._meta.label_lower, rows.filter(published_at__isnull=False)
        else:
            yield model._meta.label_lower, rows


def _of_content(edition: type[Model]) -> str:
    content: Any = edition._meta.get_field("content").related_model
    return str(content._meta.label_lower)
