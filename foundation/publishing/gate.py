"""The gate: what stands between a working edition and the public."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.agreement import BOTH_THERE, State
from foundation.bilingual.policies import Policy, translated_models
from foundation.bilingual.services import FieldState, agreed_pairs, states_of
from foundation.publishing.models import Edition, Override, Stage


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why something may not happen yet, and what mends it."""

    code: str
    message: str | Promise
    field: str = ""


def obstacles(edition: Edition) -> list[Obstacle]:
    """What keeps `edition` from being published: nothing, when every field is filled in both languages and in step.

    *Not yet checked by a speaker* lets texts through that are there in both languages; *one language* lets a text through
    that is there in that language. The rows that belong to the edition are asked too.
    """
    override = _standing_override(edition)
    return [found for state in states_with_rows(edition) if (found := _obstacle(state, edition, override))]


def states_with_rows(edition: Edition) -> list[FieldState]:
    """The state of every translated field of `edition` and of the rows that belong to it."""
    states = list(states_of(edition).values())
    for child in edition.children:
        rows = list(getattr(edition, child).all())
        agreed = agreed_pairs(rows)
        for row in rows:
            states += states_of(row, agreed.get(row.pk, {})).values()
    return states


def _standing_override(edition: Edition) -> str:
    """The override of `edition`; a working one gets nothing more out of days that are over, a live one stays as it is."""
    expired = edition.stage == Stage.WORKING and one_language_expired(edition, timezone.now())
    return Override.NONE if expired else edition.override


def _obstacle(state: FieldState, edition: Edition, override: str) -> Obstacle | None:
    if state.policy == Policy.NOT_OURS:
        return None
    if override == Override.ONE_LANGUAGE:
        there = state.now.cy if edition.only_language == "cy" else state.now.en
        wanted = state.policy != Policy.OPTIONAL and not there
        return Obstacle("missing", _("Write this text."), state.field) if wanted else None
    if state.state == State.EMPTY:
        required = state.policy != Policy.OPTIONAL
        return Obstacle("empty", _("Write this text in both languages."), state.field) if required else None
    if state.state == State.CY_MISSING:
        return Obstacle("cy-missing", _("Write this text in Welsh."), state.field)
    if state.state == State.EN_MISSING:
        return Obstacle("en-missing", _("Write this text in English."), state.field)
    return _not_in_step(state, override)


def _not_in_step(state: FieldState, override: str) -> Obstacle | None:
    if state.state == State.IN_STEP or state.policy == Policy.SHARED:
        return None
    if state.copied:
        return Obstacle(
            "copied", _("The same text stands in both languages: translate it, or say that it is right."), state.field
        )
    if override == Override.UNCHECKED and state.state in BOTH_THERE:
        return None
    return Obstacle("not-in-step", _("Say that the two texts match, or bring them into step."), state.field)


def live_breaches() -> Iterator[tuple[Edition, str, str]]:
    """Every obstacle that a live edition would meet if it were published today: the edition, the field, the code."""
    for model in translated_models():
        if issubclass(model, Edition):
            for edition in model._base_manager.filter(stage=Stage.LIVE):
                for found in obstacles(edition):
                    yield edition, found.field, found.code


def one_language_expired(edition: Edition, now: datetime) -> bool:
    """Whether the days of a one-language override are over. The text stays published; the desk shows it."""
    if edition.override != Override.ONE_LANGUAGE or edition.override_at is None:
        return False
    return bool(edition.override_at + timedelta(days=edition.only_language_days or 0) < now)


def one_language_over(model: type[Edition], now: datetime) -> list[int]:
    """The keys of the contents of whose live edition that is so. One query: there are few such overrides at any time."""
    live: QuerySet[Any] = model._base_manager.filter(override=Override.ONE_LANGUAGE, stage=Stage.LIVE)
    found = live.only("content_id", "override", "override_at", "only_language_days")
    return [edition.content_id for edition in found if one_language_expired(edition, now)]
