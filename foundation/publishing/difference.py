"""What was done to a text: the words taken out and put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

#: Unchanged words that are shown on each side of a change.
AROUND = 12
_WORD = re.compile(r"\S+\s*|\s+")


class Kind(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"  # the same, and so far from any change that it is not shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that were all treated alike."""

    kind: Kind
    text: str


def difference(before: str, after: str, *, whole: bool = False) -> list[Piece]:
    """What was done to `before` to make `after`, word by word.

    What was removed together with what stayed is `before`, what was added together with what stayed is `after`, exactly.
    `whole`: with every word that has not changed, too. In long texts very common words are not where the comparison starts (`autojunk`): it would take half a minute.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Piece] = []
    for code, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if code == "equal":
            same = "".join(old[a:b])
            found += [Piece(Kind.SAME, same)] if whole else _shortened(old[a:b], begins=a == 0, ends=b == len(old))
            continue
        found += [Piece(Kind.REMOVED, "".join(old[a:b]))] if b > a else []
        found += [Piece(Kind.ADDED, "".join(new[c:d]))] if d > c else []
    return found


def _shortened(words: list[str], *, begins: bool, ends: bool) -> Iterator[Piece]:
    """Unchanged words: those beside a change, and the others as one piece that is not shown."""
    head, tail = 0 if begins else AROUND, 0 if ends else AROUND
    if len(words) <= head + tail + AROUND:
        yield Piece(Kind.SAME, "".join(words))
        return
    parts = (
        (Kind.SAME, words[:head]),
        (Kind.SKIPPED, words[head : len(words) - tail]),
        (Kind.SAME, words[len(words) - tail :]),
    )
    yield from (Piece(kind, "".join(part)) for kind, part in parts if part)
