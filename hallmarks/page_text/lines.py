"""The lines of a text, what can be told of each by itself, and what has become of it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from hallmarks.page_text.citing import count_citations
from hallmarks.page_text.entries import Entry, match_entry
from hallmarks.page_text.shapes import Role, Unplaced, Why
from hallmarks.page_text.titles import normalise_title

_CLEAN = str.maketrans(
    dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060\u00ad", "") | dict.fromkeys("\u00a0\u202f\u2007\t", " ")
)
_LOOSE_ACCENT = re.compile(r"[^\W\d_][\u0300-\u036f]{1,4}")
_SENTENCE_END = re.compile(r"[.!?:;][\"'’”)\]]*$")


@dataclass(frozen=True)
class Line:
    number: int
    text: str
    gap: bool  # a blank line stands before it

    @cached_property
    def words(self) -> int:
        return len(self.text.split())

    @cached_property
    def key(self) -> str:
        """For comparing short lines; of a long one only the beginning."""
        return normalise_title(self.text[:200])

    @cached_property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text[-8:]))

    @cached_property
    def citations(self) -> int:
        return count_citations(self.text)

    @cached_property
    def entry(self) -> Entry | None:
        return match_entry(self.text)

    @property
    def names_people(self) -> bool:
        return self.entry is not None and self.entry.person

    @property
    def awaits_body(self) -> bool:
        """It begins an entry whose body must stand on the next line."""
        return self.entry is not None and not self.entry.body

    @property
    def is_cited(self) -> bool:
        """A line of the body beyond doubt."""
        return self.words >= 8 and self.citations > 0 and not self.names_people

    @property
    def is_prose(self) -> bool:
        return (self.words >= 8 and (self.ends_sentence or self.words >= 30)) or self.is_cited


@dataclass
class Sheet:
    """The lines, and what has become of each so far."""

    lines: list[Line]
    roles: dict[int, Role] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)

    def place(self, role: Role, lines: Iterable[Line]) -> None:
        self.roles.update((line.number, role) for line in lines)

    def leave(self, why: Why, lines: Iterable[Line]) -> None:
        for line in lines:
            self.roles[line.number] = Role.UNPLACED
            self.unplaced.append(Unplaced(line.number, line.text, why))


def split_lines(text: str) -> list[Line]:
    lines, gap = [], False
    for number, raw in enumerate(text.splitlines(), start=1):
        clean = raw.translate(_CLEAN).strip()
        if clean:
            composed = _LOOSE_ACCENT.sub(lambda m: unicodedata.normalize("NFC", m[0]), clean)
            lines.append(Line(number, composed, gap))
        gap = not clean
    return lines
