"""Showing the log. It is registered by the desk, which has words for its codes."""

from collections.abc import Iterable
from typing import Any

from foundation.people.models import User


def put_names(events: Iterable[Any]) -> None:
    """Give each line the name of the member of staff whose key it holds, as `actor_name`. One query."""
    events = list(events)
    keys = {event.actor for event in events if event.actor}
    names = {str(user.key): str(user) for user in User.objects.filter(key__in=keys)}
    for event in events:
        event.actor_name = names.get(event.actor, "")
