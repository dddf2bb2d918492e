"""Frameworks, and the strands under each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hallmarks.page_text.entries import looks_like_imprint
from hallmarks.page_text.lines import Line, Sheet
from hallmarks.page_text.shapes import Connection, Role, Why
from hallmarks.page_text.titles import Names

_SEPARATOR = re.compile(r"\s+[I|•·]\s+(?=[^\W\d_a-z])|\s*[|•·]\s*")
_AMPERSAND = re.compile(r"\s+&(?:amp;)?\s+")
_FRAMEWORK_WORD = re.compile(
    r"\b(?:organi[sz]ations|standards|journey|project|strategy|framework|entitlement"
    r"|curriculum for wales|national approach|sefydliadau|safonau|taith|prosiect|strategaeth"
    r"|fframwaith|hawl|cwricwlwm i gymru|dull cenedlaethol)\b"
)
_STRAND_START = re.compile(r"\w+ing\b|(?:datblygu|creu|hyrwyddo|sefydlu|ymgorffori|modelu|cefnogi|dysgu gyda)\b")


@dataclass
class _Block:
    framework: Line | None
    strands: list[Line] = field(default_factory=list)

    def finish(self, names: Names) -> Connection:
        name = self.framework.text if self.framework else None
        parts = tuple(part for line in self.strands for part in _split_strands(line.text, names))
        return Connection(name, parts, "\n".join(line.text for line in self.strands) or name or "")


def read_connections(sheet: Sheet, lines: Sequence[Line], names: Names, *, headed: bool) -> list[Connection]:
    """The connections on these lines; `headed` that they stand under a heading of their own."""
    usable = [line for line in lines if _may_be_connection(line)]
    sheet.place(Role.CONNECTION, usable)
    sheet.leave(Why.IN_CONNECTIONS, [line for line in lines if not _may_be_connection(line)])
    gaps = [line.gap for line in usable[1:]]
    spaced = sum(gaps) * 2 >= len(gaps) > 0
    blocks: list[_Block] = []
    for line in usable:
        last = blocks[-1] if blocks else None
        if _opens_framework(line, last, spaced=spaced, headed=headed):
            blocks.append(_Block(line))
        elif last and last.framework:
            last.strands.append(line)
        else:
            blocks.append(_Block(None, [line]))
    return [block.finish(names) for block in blocks]


def take_loose_connections(lines: list[Line], names: Names, *, keep: int, before_panel: bool) -> list[Line]:
    """Takes off the end of `lines`, but for the first `keep`, connections without their heading."""
    taken: list[Line] = []
    while len(lines) > keep and _is_loose_connection(lines[-1], before_panel, names):
        taken.insert(0, lines.pop())
    return taken


def _is_loose_connection(line: Line, before_panel: bool, names: Names) -> bool:
    if line.ends_sentence or not _may_be_connection(line):
        return False
    known = all(part in names for part in _split_strands(line.text, names))
    telling = _is_framework(line) or (_is_strand(line) and not looks_like_imprint(line.text))
    return known or telling or before_panel


def _may_be_connection(line: Line) -> bool:
    prose = line.words > 6 and line.text.endswith((".", "!", "?"))
    return line.words <= 60 and not (prose or line.citations or line.entry)


def _opens_framework(line: Line, above: _Block | None, *, spaced: bool, headed: bool) -> bool:
    """Whether a line names a framework: by its wording, else by where it stands."""
    if _is_strand(line):
        return False
    if _is_framework(line):
        return True
    if above is None:
        return headed
    if not above.strands:
        return spaced and not line.gap
    return spaced and line.gap and _has_title_case(line)


def _is_strand(line: Line) -> bool:
    _, opened, bracket = line.text.rpartition("(")
    roles = bool(opened) and bracket.endswith(")") and not bracket.isupper()  # no roles: "(NAPL)"
    apart = _SEPARATOR.search(line.text) is not None
    verb = _STRAND_START.match(line.key) and not (_is_framework(line) and _has_title_case(line))
    return roles or apart or bool(verb)


def _is_framework(line: Line) -> bool:
    return _FRAMEWORK_WORD.search(line.key) is not None and line.words <= 14


def _has_title_case(line: Line) -> bool:
    long_words = [word for word in line.text.split() if len(word) > 3]
    return len(long_words) > 1 and not any(word[0].islower() for word in long_words)


def _split_strands(text: str, names: Names) -> tuple[str, ...]:
    """Strands of one line, between " I " or " & "; an "&" inside a name is left alone."""
    parts = [part.strip() for part in _SEPARATOR.split(text)]
    return tuple(strand for part in parts if part for strand in _split_at_ampersand(part, names))


def _split_at_ampersand(text: str, names: Names) -> list[str]:
    if text in names:
        return [text]
    strands: list[str] = []
    for piece in _AMPERSAND.split(text):
        if not strands or _are_two_strands(strands[-1], piece, names):
            strands.append(piece)
        else:
            strands[-1] = f"{strands[-1]} & {piece}"
    return strands


def _are_two_strands(left: str, right: str, names: Names) -> bool:
    if f"{left} & {right}" in names:
        return False
    if left in names and right in names:
        return True
    long = len(left.split()) >= 4 and len(right.split()) >= 4
    return right[:1].isupper() and (long or left.endswith(")"))
