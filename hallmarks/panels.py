"""What stands under a hallmark and on the home page though this room knows nothing of it: case studies, for instance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hallmarks.models import Hallmark


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of a page: a template, and what it shows of published things for a hallmark (None: on the home page)."""

    template: str
    context: Callable[[Hallmark | None], dict[str, Any]]


_panels: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Add a panel; called from the `ready()` of the app that fills it."""
    _panels.append(panel)


def panels_for(hallmark: Hallmark | None) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every panel."""
    return [(panel.template, panel.context(hallmark)) for panel in _panels]
