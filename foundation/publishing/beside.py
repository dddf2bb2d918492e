"""What upper rooms show beside the words of an edition, and beside the gate: remarks that ask for a decision and are no wall.

This room does not know what is remarked on: the rooms above register it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from foundation.publishing.models import Edition


@dataclass(frozen=True, slots=True)
class Remark:
    """One line at the gate, and where there is more."""

    message: str
    address: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Something shown beside an edition.

    `context` gives what `template` needs, or None where it has nothing to say of that edition; its `remarks` are shown at the
    gate. `act` does what the button `_beside` of the template asks for, checks that the person may, and tells them what came of it.
    """

    template: str
    context: Callable[[HttpRequest, Edition], dict[str, Any] | None]
    act: Callable[[HttpRequest, Edition, str], None]


_beside: list[Beside] = []


def register_beside(beside: Beside) -> None:
    """Add something to show; called from the `ready()` of its app."""
    _beside.append(beside)


def shown_beside(request: HttpRequest, edition: Edition) -> list[tuple[str, dict[str, Any]]]:
    """The templates with their contexts."""
    found = [(beside.template, beside.context(request, edition)) for beside in _beside]
    return [(template, context) for template, context in found if context is not None]


def act_beside(request: HttpRequest, edition: Edition) -> None:
    """Do what the button that was pressed asks for."""
    for beside in _beside:
        beside.act(request, edition, request.POST["_beside"])
