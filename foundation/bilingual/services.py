"""Reading and writing agreements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from foundation.bilingual.agreement import Pair, State, count_words, derive, is_copied, pair, texts
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.policies import IN_STEP, Policy, policies_of


class TextHasMoved(Exception):
    """The text has been changed since the person who agrees looked at it."""


@dataclass(frozen=True, slots=True)
class FieldState:
    """One translated field of one object, as it stands now."""

    field: str
    policy: Policy
    state: State
    now: Pair
    words_cy: int
    words_en: int

    @property
    def copied(self) -> bool:
        return self.policy == Policy.REQUIRED and is_copied(self.now, self.state)


def states_of(obj: models.Model, agreed: dict[str, Pair] | None = None) -> dict[str, FieldState]:
    """Field → state for every translated field of `obj`, derived from its columns now. One query, or none with `agreed`."""
    if agreed is None:
        agreed = agreed_pairs([obj]).get(obj.pk, {})
    found = {}
    for field, policy in policies_of(type(obj)).items():
        cy, en = texts(obj, field)
        now = pair(cy, en)
        found[field] = FieldState(field, policy, derive(now, agreed.get(field)), now, count_words(cy), count_words(en))
    return found


def agreed_pairs(objects: Iterable[models.Model]) -> dict[Any, dict[str, Pair]]:
    """Primary key → field → the hashes last agreed, for objects of one model. One query."""
    objects = list(objects)
    if not objects:
        return {}
    rows = Agreement.objects.filter(
        content_type=ContentType.objects.get_for_model(objects[0]), object_id__in=[obj.pk for obj in objects]
    )
    found: dict[Any, dict[str, Pair]] = {}
    for row in rows:
        found.setdefault(row.object_id, {})[row.field] = row.pair
    return found


def agree(
    *, obj: models.Model, field: str, seen: Pair, how: How, by: Any = None, at: datetime | None = None
) -> Agreement:
    """Record that the two texts of `field` say the same thing.

    `seen` are the hashes of the texts that the person looked at. Raises `TextHasMoved` when they are no longer the texts of
    `obj`, and `ValueError` when a text is missing or the field's policy asks for no agreement.
    """
    cy, en = texts(obj, field)
    if pair(cy, en) != seen:
        raise TextHasMoved(field)
    if not seen.cy or not seen.en or policies_of(type(obj))[field] not in IN_STEP:
        raise ValueError(f"no agreement can be recorded for {field}")
    row = _agreement(obj, field, seen, how=how, by=by, at=at)
    _store([row])
    return row


def _agreement(
    obj: models.Model, field: str, seen: Pair, *, how: How, by: Any, at: datetime | None = None
) -> Agreement:
    cy, en = texts(obj, field)
    return Agreement(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        field=field,
        text_cy=cy,
        text_en=en,
        hash_cy=seen.cy,
        hash_en=seen.en,
        by=by,
        at=at or timezone.now(),
        how=how,
    )


def _store(rows: list[Agreement]) -> None:
    """Keep agreements, in place of those that there are on the same fields. One query."""
    Agreement.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "field"],
        update_fields=["text_cy", "text_en", "hash_cy", "hash_en", "by", "at", "how"],
    )


def agree_all(*, obj: models.Model, how: How, by: Any = None) -> None:
    """Record agreement for every field of `obj` that has a text of its own in each language (texts that came as a pair)."""
    _store(
        [
            _agreement(obj, state.field, state.now, how=how, by=by)
            for state in states_of(obj).values()
            if state.policy in IN_STEP and state.now.cy and state.now.en and not state.copied
        ]
    )


def copy_agreements(*, source: models.Model, target: models.Model) -> None:
    """Give `target` the agreements of `source`, an object of the same model with the same texts."""
    content_type = ContentType.objects.get_for_model(source)
    rows = list(Agreement.objects.filter(content_type=content_type, object_id=source.pk))
    for row in rows:
        row.pk = None
        row.object_id = target.pk
    Agreement.objects.bulk_create(rows)
