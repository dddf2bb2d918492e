"""What a citation in running text is."""

from dataclasses import dataclass

PARENTHETICAL = "parenthetical"
NARRATIVE = "narrative"
#: A series named in brackets without a year: "(see the Example Working Paper Series)".
MENTION = "narrative mention without year"


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation. `as_printed` is `text[char_start:char_end]`; authors and year are verbatim.

    `group` counts the brackets of a text from 1. `is_carried`: the year stands alone and has its author from the citation
    before it.
    """

    as_printed: str
    authors_as_printed: str
    year: str | None
    char_start: int
    char_end: int
    kind: str
    group: int
    is_carried: bool = False
