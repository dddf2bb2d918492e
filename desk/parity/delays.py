"""How long readers had a text in one language only: from the log, where every publication and every override stands."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desk.figures import TEXTS
from desk.parity.period import Period
from foundation.publishing.models import Override
from foundation.record.models import Event

ONE_LANGUAGE = f"override-{Override.ONE_LANGUAGE.value}"


@dataclass(frozen=True, slots=True)
class Delay:
    """One text, from its publication in one language until it was there in both, or gone; `end` None: it still is."""

    kind: str
    begin: datetime
    end: datetime | None

    def days(self, now: datetime) -> int:
        return ((self.end or now) - self.begin).days


def delays_in(period: Period, now: datetime) -> list[Delay]:
    """Those of which a day lies in `period`. Two queries, and one for each kind of text."""
    found, still = [], _still_in_one_language()
    for subject, events in _logs().items():
        for delay in _delays_of(events, is_still=subject in still):
            begins_before, ends_after = delay.begin < period.moments[1], (delay.end or now) >= period.moments[0]
            if begins_before and ends_after:
                found.append(delay)
    return found


def _still_in_one_language() -> set[UUID]:
    found: set[UUID] = set()
    for _content, editions in TEXTS:
        published = editions.objects.published()  # type: ignore[attr-defined]
        found |= set(published.filter(override=Override.ONE_LANGUAGE).values_list("content__uuid", flat=True))
    return found


def _logs() -> dict[UUID, list[Event]]:
    """The log of each text that ever had that override: there are few."""
    subjects = set(Event.objects.filter(code=ONE_LANGUAGE).values_list("subject", flat=True))
    logs: dict[UUID, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(subject__in=subjects).order_by("pk"):
        logs[event.subject].append(event)
    return logs


def _delays_of(events: list[Event], *, is_still: bool) -> list[Delay]:
    """An override on the working edition says what the next publication is; a later one in both languages ends the delay."""
    override, begin, found = "", None, []
    for event in events:
        if event.code.startswith("override-"):
            override = event.code
        elif event.code == "go-live" and override == ONE_LANGUAGE:
            begin = begin or event.at
        elif event.code == "go-live" and begin:
            found.append(Delay(event.kind, begin, event.at))
            begin = None
    if begin:
        found.append(Delay(events[-1].kind, begin, None if is_still else events[-1].at))
    return found
