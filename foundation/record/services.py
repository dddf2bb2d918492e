"""Writing the log."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from foundation.record.actors import Actor
from foundation.record.models import Event, Note


def write(
    *,
    actor: Actor,
    kind: str,
    subject: Any,
    code: str,
    from_state: str = "",
    to_state: str = "",
    note_cy: str = "",
    note_en: str = "",
    at: datetime | None = None,
) -> Event:
    """Add a line to the log, with a note beside it where there is one. Call it in the transaction of what it records."""
    event = Event.objects.create(
        at=at or timezone.now(),
        role=actor.role,
        actor=actor.key,
        kind=kind,
        subject=subject,
        code=code,
        from_state=from_state,
        to_state=to_state,
    )
    if note_cy or note_en:
        Note.objects.create(event=event, text_cy=note_cy, text_en=note_en)
    return event
