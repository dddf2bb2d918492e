"""What the pages of the form, and what goes over them, have in common."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

from casestudies.models import Document, EditionPicture
from foundation.bilingual.languages import Language
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
    def documents(self) -> list[Document]: ...
    @property
    def settled_address(self) -> str: ...
    def typed(self, key: str) -> Typed: ...


@dataclass(frozen=True, slots=True)
class EveryLanguage:
    """A story as if it were written in both languages, so that a page takes in what it has in either."""

    story: Story
    languages: list[str] = field(default_factory=lambda: list(Language.values))

    @property
    def hallmarks(self) -> list[Hallmark]:
        return self.story.hallmarks

    @property
    def pictures(self) -> list[EditionPicture]:
        return self.story.pictures

    @property
    def documents(self) -> list[Document]:
        return self.story.documents

    @property
    def settled_address(self) -> str:
        return self.story.settled_address

    def typed(self, key: str) -> Typed:
        return self.story.typed(key)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of "check your answers": what was asked, what was answered, and in which language that is."""

    label: str | Promise
    answer: str | list[str]
    language: str = ""

    @property
    def is_list(self) -> bool:
        return isinstance(self.answer, list)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What follows from a button of a page's own (add, remove, search): the answers now, and where on the page to go on."""

    typed: Typed
    place: str = ""
    query: dict[str, str] = field(default_factory=dict)
