"""What has been done to the two texts of a field since somebody last said that they match: shown beside the field."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from foundation.bilingual.agreement import fingerprint, texts
from foundation.bilingual.models import Agreement
from foundation.publishing.difference import Piece, difference
from foundation.publishing.prose import text_from_prose


@dataclass(frozen=True, slots=True)
class Since:
    """When and how the texts were last agreed, and for each language that has changed what was put in and taken out."""

    at: datetime
    how: str
    changes: list[tuple[str, list[Piece]]]


def agreements_of(objects: Iterable[models.Model]) -> dict[Any, dict[str, Agreement]]:
    """Primary key → field → what was last agreed, for objects of one model. One query."""
    objects = [obj for obj in objects if obj.pk]
    if not objects:
        return {}
    found: dict[Any, dict[str, Agreement]] = {}
    of_model = ContentType.objects.get_for_model(objects[0])
    for row in Agreement.objects.filter(content_type=of_model, object_id__in=[obj.pk for obj in objects]):
        found.setdefault(row.object_id, {})[row.field] = row
    return found


def since(obj: models.Model, field: str, agreement: Agreement | None, *, is_prose: bool = False) -> Since | None:
    """None where nothing was ever agreed, where nothing has changed since, and where a text is gone: its state says so."""
    if agreement is None:
        return None
    now, before = texts(obj, field), (agreement.text_cy, agreement.text_en)
    if not all(map(fingerprint, now)):
        return None
    read = text_from_prose if is_prose else str
    changes = [
        (language, difference(read(old), read(new)))
        for language, old, new in zip(("cy", "en"), before, now, strict=True)
        if fingerprint(old) != fingerprint(new)
    ]
    return Since(agreement.at, agreement.get_how_display(), changes) if changes else None
