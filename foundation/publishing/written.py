"""Telling the rooms above that the words of a text were written, so that they derive anew what they keep of it."""

from collections.abc import Callable

from django.db.models import Model

Told = Callable[[Model], None]
_told: list[Told] = []


def register_written(told: Told) -> None:
    """Have `told(content)` called inside the transaction that writes words of a content; called from an app's `ready()`.

    The rows and agreements that belong to the words may be written after the call, in the same transaction.
    """
    _told.append(told)


def tell_written(content: Model) -> None:
    for told in _told:
        told(content)
