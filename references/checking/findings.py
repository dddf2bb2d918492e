"""A finding, and how it is known again."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from references.checking.kinds import Kind, Level
from references.models.checking import PRINTED_LENGTH
from references.models.works import Work

Identity = tuple[str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the check found in one text in one language.

    `as_printed` is the citation (or the heading of the entry, where no citation is meant), `occurrence` which of several like it
    in the same field (from 1; 0 where none is meant), `entry` the heading of the entry it is compared with, `works` the works that are or may be meant.
    """

    kind: Kind
    level: Level
    language: str
    field: str = ""
    as_printed: str = ""
    occurrence: int = 0
    entry: str = ""
    works: tuple[Work, ...] = ()
    work_key: str = ""
    count: int = 1

    @property
    def identity(self) -> Identity:
        """What it is known by within its text. Excuses keep the same."""
        printed = self.as_printed[:PRINTED_LENGTH]
        return (self.kind.value, self.language, self.field, printed, self.work_key, self.occurrence)

    @property
    def mark(self) -> str:
        """A short name of the identity, for buttons and anchors."""
        said = json.dumps(self.identity, ensure_ascii=False)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def is_warning(self) -> bool:
        return self.level == Level.WARNING

    @property
    def is_excusable(self) -> bool:
        """Whether its advice asks for a reason: information does not, but for what only one language cites."""
        return self.is_warning or self.kind == Kind.DIFFERENT_IN_LANGUAGES

    @property
    def is_linkable(self) -> bool:
        """Whether saying which work is meant settles it."""
        return self.kind in LINKABLE

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return {
            "kind": self.kind.value,
            "level": self.level.value,
            "language": self.language,
            "field": self.field,
            "as_printed": self.as_printed,
            "occurrence": self.occurrence,
            "entry": self.entry,
            "works": [work.key for work in self.works],
        }


#: What is settled by linking the citation to the work that is meant.
LINKABLE = frozenset({Kind.CITED_NOT_LISTED, Kind.YEAR_MISMATCH, Kind.AMBIGUOUS})
