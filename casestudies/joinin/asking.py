"""What the pages of the form, and what goes over them, have in common."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from casestudies.models import EditionPicture
from hallmarks.models import Hallmark

Typed = dict[str, Any]


class Story(Protocol):
    """What a page may know of the rest of the form: `journey.Journey` is one."""

    @property
    def languages(self) -> list[str]: ...
    @property
    def hallmarks(self) -> list[Hallmark]: ...
    @property
    def pictures(self) -> list[EditionPicture]: ...
    @property
    def settled_address(self) -> str: ...
    def typed(self, key: str) -> Typed: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A line of "check your answers": what was asked, what was answered, and in which language that is."""

    label: str | Promise
    answer: str | list[str]
    language: str = ""

    @property
    def is_list(self) -> bool:
        return isinstance(self.answer, list)
