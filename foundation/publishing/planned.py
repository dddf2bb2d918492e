"""Publication at a set time: both languages at once, and everything asked again when the clock does it.

This room does not know what more than the gate a kind of text has to pass, nor how editors are written to: the rooms above
register that.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.policies import translated_models
from foundation.clock.jobs import each
from foundation.publishing.gate import Obstacle, obstacles
from foundation.publishing.models import Edition, Stage
from foundation.publishing.services import ChangedSince, GateClosed, put_live, store_state
from foundation.record.actors import CLOCK, Actor
from foundation.record.services import write

#: Publishes a working edition as the clock, or raises `GateClosed`.
Publish = Callable[[Any, datetime], object]
#: Tells whoever set the time of an edition that it could not be kept, and why.
Tell = Callable[[Edition, list[Obstacle]], tuple[str, str]]

_publishers: dict[type[Edition], Publish] = {}
_tellers: list[Tell] = []


def register_publisher(model: type[Edition], publish: Publish) -> None:
    """Have editions of `model` published by more than `put_live`; called from the `ready()` of its app."""
    _publishers[model] = publish


def register_teller(tell: Tell) -> None:
    """Have `tell` write to the editor; it gives the reasons in Welsh and in English, which the log keeps."""
    _tellers.append(tell)


def _locked(working: Edition, version: int | None = None) -> Any:
    """The working edition, held until the end of the transaction, if it is still the one that was seen."""
    stored = type(working)._base_manager.select_for_update().filter(pk=working.pk, stage=Stage.WORKING).first()
    if stored is None or (version is not None and stored.version != version):
        raise ChangedSince(stored or working)
    return stored


@transaction.atomic
def plan(*, working: Edition, at: datetime, actor: Actor, version: int) -> None:
    """Set the time at which `working` goes live. Raises `ChangedSince`, or `GateClosed` where something stands in the way now."""
    stored = _locked(working, version)
    found = obstacles(stored)
    if found:
        raise GateClosed(found)
    stored.publish_at, stored.publish_by = at, actor.user
    _store(stored, actor, code="plan")


@transaction.atomic
def clear_plan(
    *, working: Edition, actor: Actor, code: str, version: int | None = None, note_cy: str = "", note_en: str = ""
) -> None:
    """Take the time away; nothing happens where there is none. Raises `ChangedSince`."""
    stored = _locked(working, version)
    if stored.publish_at is not None:
        stored.publish_at = stored.publish_by = None
        _store(stored, actor, code=code, note_cy=note_cy, note_en=note_en)


def _store(edition: Any, actor: Actor, *, code: str, note_cy: str = "", note_en: str = "") -> None:
    store_state(edition, "publish_at", "publish_by")
    content = edition.content
    write(actor=actor, kind=content.kind, subject=content.uuid, code=code, note_cy=note_cy, note_en=note_en)


def publish_planned(now: datetime) -> None:
    """Publish every text whose time has come. One that may not go loses its time, and its editor is told why."""
    for model in translated_models():
        if issubclass(model, Edition):
            due = model._base_manager.filter(stage=Stage.WORKING, publish_at__lte=now).order_by("publish_at", "pk")
            each(list(due), lambda edition: _publish(edition, now), what=str(model._meta.verbose_name))


def _publish(edition: Edition, now: datetime) -> None:
    publish = _publishers.get(type(edition), _put_live)
    stored = type(edition)._base_manager.filter(pk=edition.pk, stage=Stage.WORKING, publish_at__lte=now).first()
    if stored is None:  # another time was set, or somebody published it, a moment ago
        return
    try:
        publish(stored, now)
    except GateClosed as closed:
        _fail(stored, closed.obstacles)


def _fail(edition: Edition, found: list[Obstacle]) -> None:
    reasons = [tell(edition, found) for tell in _tellers]
    note_cy, note_en = reasons[0] if reasons else ("", "")
    clear_plan(working=edition, actor=CLOCK, code="plan-failed", note_cy=note_cy, note_en=note_en)


def clear_when_others_write(content: Any) -> None:
    """A time is set for words that somebody has read: when another writes them, it is gone, and who set it is told.

    Else words would be published that nobody who may publish has seen.
    """
    planned = content.editions.filter(stage=Stage.WORKING, publish_at__isnull=False)
    edition = planned.exclude(publish_by=F("updated_by")).select_related("publish_by").first()
    if edition is not None:
        message = _("Somebody else has changed the words since the time was set. Read them first.")
        _fail(edition, [Obstacle("changed", message)])


def _put_live(working: Edition, now: datetime) -> object:
    return put_live(working=working, actor=CLOCK, now=now)
