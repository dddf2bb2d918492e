"""What a page is read into."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["cy", "en"]


class Refusal(StrEnum):
    """Why a file is not a hallmark page."""

    EMPTY = "empty"
    BINARY = "binary"
    MARKUP = "markup"
    TOO_LONG = "too_long"
    NO_PROSE = "no_prose"
    NOT_THIS_KIND = "not_this_kind"


class Why(StrEnum):
    """Why a line could not be placed."""

    BEFORE_TITLE = "before_title"
    BEFORE_LIST = "before_list"
    IN_LIST = "in_list"
    IN_CONNECTIONS = "in_connections"
    AFTER_PANELS = "after_panels"


class Role(StrEnum):
    """What a line of the text turned out to be."""

    FURNITURE = "furniture"
    LEAD_IN = "lead_in"
    TITLE = "title"
    PARAGRAPH = "paragraph"
    REFERENCE = "reference"
    ALTERNATIVE = "alternative"
    CONNECTION = "connection"
    PANEL = "panel"
    UNPLACED = "unplaced"


_REASONS = {
    Refusal.EMPTY: "The file holds no text.",
    Refusal.BINARY: "The file is not plain text.",
    Refusal.MARKUP: "The file is HTML, data or program source, not the text of a page.",
    Refusal.TOO_LONG: "The file has far more lines than any page of this kind.",
    Refusal.NO_PROSE: "The file holds no sentences.",
    Refusal.NOT_THIS_KIND: (
        "The text has neither lead-in and title, nor references after prose, nor the connections "
        "and panels of a hallmark page."
    ),
}


class NotAHallmarkPage(ValueError):
    """The text is not of this kind. `reason` is the code; `str()` an English sentence."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(_REASONS[reason])
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    heading: str
    body: str
    authors: str
    year: str
    alternative: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Connection:
    """`printed` is the line (or lines) of strands; for a framework without strands, its name."""

    framework: str | None
    strands: tuple[str, ...]
    printed: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    line: int
    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class HallmarkPage:
    language: Language
    title: str | None
    lead_in: str | None
    paragraphs: tuple[str, ...]
    references: tuple[ReferenceEntry, ...]
    connections: tuple[Connection, ...]
    unplaced: tuple[Unplaced, ...]
