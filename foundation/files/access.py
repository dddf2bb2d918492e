"""Who may see a file. This room does not know what its files are for: the rooms above say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from foundation.files.models import Picture


@dataclass(frozen=True, slots=True)
class Use:
    """One use of pictures: when it makes them public, and who else may see them before."""

    is_public: Callable[[Picture], bool]
    may_see: Callable[[HttpRequest, Picture], bool]


_uses: list[Use] = []


def register(use: Use) -> None:
    """Add a use; called from the `ready()` of the app whose pictures they are."""
    _uses.append(use)


def is_public(picture: Picture) -> bool:
    """Whether `picture` is part of something published."""
    return any(use.is_public(picture) for use in _uses)


def may_see(request: HttpRequest, picture: Picture) -> bool:
    """Whether the sender of `request` may see `picture` though it is not published."""
    return any(use.may_see(request, picture) for use in _uses)
