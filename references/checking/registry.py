"""Which texts are checked. This room does not know who writes with citations: the rooms above register their editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from foundation.publishing.models import Edition

#: The key of an edition and a language in which its text came without a list of its own.
Listless = set[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Checked:
    """One kind of edition with citations.

    `editions` gives those that staff may see, with `content` at hand; of a content with two, the working one is checked.
    `prose` and `plain` are the translated fields whose words are read (HTML, and plain text), `references` the related name of
    the rows of its list, if it has one. The publication that a text is drawn from is the `source` of its edition.
    """

    label: str | Promise
    editions: Callable[[], QuerySet[Any]]
    prose: tuple[str, ...]
    plain: tuple[str, ...] = ()
    references: str = ""
    without_list: Callable[[Sequence[Edition]], Listless] = lambda editions: set()

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.plain, *self.prose)

    @property
    def model(self) -> type[Edition]:
        return self.editions().model

    @property
    def content_model(self) -> Any:
        """What the editions belong to."""
        model: type[Any] = self.model
        return model._meta.get_field("content").related_model

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.content_model)


_checked: list[Checked] = []


def register_checked(checked: Checked) -> None:
    """Add a kind of text; called from the `ready()` of its app."""
    _checked.append(checked)


def checked_kinds() -> Iterable[Checked]:
    return tuple(_checked)


def kind_of(edition: Edition) -> Checked | None:
    """How editions of this kind are checked; None where they are not."""
    return next((kind for kind in _checked if kind.model is type(edition)), None)
