"""What waits for a person, by mail: a digest as often as they like, and a reminder when what they have taken on is late.

The rooms above know what waits: they register it. Nothing is sent where nothing waits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise

from foundation.bilingual.languages import speaking
from foundation.clock.jobs import each
from foundation.correspondence.models import Message
from foundation.people.models import Digest, User
from foundation.signin.letters import write_to

#: The hour of the morning from which mail is written, and how long somebody is left alone after a reminder.
MORNING = 7
REMINDER_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many of something wait for somebody. `own`: they took it on; `is_late`: longer than was promised."""

    label: str | Promise
    count: int
    own: bool = False
    is_late: bool = False

    def __str__(self) -> str:
        return f"{self.label}: {self.count}"


Find = Callable[[User], Iterable[Waiting]]
_found: list[Find] = []


def register_waiting(find: Find) -> None:
    """Have digests and reminders name what `find(user)` finds; called from an app's `ready()`."""
    _found.append(find)


def waiting_for(user: User) -> list[Waiting]:
    """What waits for a person, without the lines that have nothing."""
    return [line for find in _found for line in find(user) if line.count]


def write_to_those_who_wait(now: datetime) -> None:
    """On the morning of a working day: to everybody who wants it, and for whom something waits."""
    local = timezone.localtime(now)
    if local.weekday() >= 5 or local.hour < MORNING:
        return
    people = User.objects.filter(is_active=True, is_staff=True)
    each(people, lambda user: _write(user, local), what="what waits for")


def _write(user: User, local: datetime) -> None:
    """At most one of the two: a digest says all that a reminder would."""
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    wants = user.digest == Digest.DAILY or (user.digest == Digest.WEEKLY and local.weekday() == 0)
    wants_digest = wants and not _had(user, ("digest",), today)
    may_remind = user.reminders and not _had(user, ("reminder",), local - REMINDER_EVERY)
    if not wants_digest and (not may_remind or _had(user, ("digest",), today)):
        return
    with speaking(user.language):
        found = waiting_for(user)
    late = [line for line in found if line.own and line.is_late]
    if wants_digest and found:
        write_to(user, "digest", lines=lambda: [str(line) for line in found])
    elif may_remind and late:
        write_to(user, "reminder", lines=lambda: [str(line) for line in late])


def _had(user: User, kinds: tuple[str, ...], since: datetime) -> bool:
    """Whether such a message was written to them since: the messages themselves say so, and nothing else has to."""
    return Message.objects.filter(about=user.key, kind__in=kinds, created_at__gte=since).exists()
