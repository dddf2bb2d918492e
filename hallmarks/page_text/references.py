"""The list of references, and the image alternatives between its entries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hallmarks.page_text.entries import LONG, Entry, is_small, looks_like_imprint
from hallmarks.page_text.lines import Line, Sheet
from hallmarks.page_text.shapes import ReferenceEntry, Role, Why
from hallmarks.page_text.titles import normalise_title

_COVER = re.compile(
    r"\b(?:(?:book|front|report) )*cover(?: image)?$"
    r"|^(?:(?:book|front|report) cover|cover image|(?:cover|image|photo|picture|logo|thumbnail) of)\b"
    r"|\b(?:front page|tudalen flaen)\b"
    r"|^(?:clawr|delwedd|llun|logo)\b(?: blaen\b)?(?: (?:yr?|or?)\b)?(?: llyfr\b)?"
    r"|\b(?:clawr|delwedd)(?: y)?(?: llyfr| adroddiad)?$"
)
_LIST_HEADING = re.compile(
    r"(?:key |selected |prif )?(?:references?|reference list|bibliography|further reading|sources"
    r"|(?:rh?estr )?[cg]yfeiriadau|cyfeirnodau|llyfryddiaeth|darllen pellach|ffynonellau)"
)


@dataclass
class Draft:
    """An entry while its lines are still being found."""

    entry: Entry
    line: Line
    more: list[Line] = field(default_factory=list)
    alternative: list[Line] = field(default_factory=list)

    @property
    def body(self) -> str:
        return "\n".join(filter(None, [self.entry.body, *(line.text for line in self.more)]))

    @property
    def spare(self) -> int:
        """How many of the further lines the entry needs for a body."""
        return 0 if self.entry.body else 1

    def finish(self) -> ReferenceEntry:
        alternative = "\n".join(line.text for line in self.alternative) or None
        entry = self.entry
        return ReferenceEntry(entry.heading, self.body, entry.authors, entry.year, alternative, self.line.number)


def draft_references(sheet: Sheet, lines: Sequence[Line]) -> list[Draft]:
    drafts: list[Draft] = []
    for at, line in enumerate(lines):
        last = drafts[-1] if drafts else None
        if line.entry and _begins_entry(line, line.entry, last, lines[at + 1 : at + 2]):
            drafts.append(Draft(line.entry, line))
        elif last is None or (line.words >= LONG and last.body):
            sheet.leave(Why.IN_LIST, [line])
        else:
            last.more.append(line)
    return drafts


def _begins_entry(line: Line, entry: Entry, previous: Draft | None, following: Sequence[Line]) -> bool:
    """Whether `line` is an entry's heading; a title may end in a year too, just below its author."""
    if previous is None or previous.body or entry.person:
        return True
    if ":" in entry.authors:
        return False
    short = len(entry.authors.split()) <= 3
    return bool(entry.body) or (short and any(not (below.entry or _is_cover(below)) for below in following))


def is_list_heading(line: Line) -> bool:
    return line.words <= 4 and _LIST_HEADING.fullmatch(line.key) is not None


def drop_list_heading(sheet: Sheet, body: list[Line]) -> None:
    for line in body[-4:]:
        if is_list_heading(line):
            body.remove(line)
            sheet.place(Role.FURNITURE, [line])


def place_references(sheet: Sheet, drafts: Sequence[Draft], body: list[Line]) -> None:
    """Settles which entry each line of the list belongs to; takes from `body` what is no prose."""
    if not drafts:
        return
    _move_alternatives(sheet, drafts)
    first = drafts[0]
    while body and not body[-1].is_cited and _is_alternative(body[-1], first):
        first.alternative.insert(0, body.pop())
    for draft in drafts:
        sheet.place(Role.REFERENCE, [draft.line, *draft.more])
        sheet.place(Role.ALTERNATIVE, draft.alternative)
    while len(body) > 1 and not (body[-1].is_prose or body[-1].ends_sentence):
        sheet.leave(Why.BEFORE_LIST, [body.pop()])


def _move_alternatives(sheet: Sheet, drafts: Sequence[Draft]) -> None:
    """Image alternatives stand at the end of the entry above the one they belong to."""
    apart = [draft.more[0].gap for draft in drafts if draft.more and not draft.entry.body]
    spaced = sum(apart) * 2 > len(apart)
    for draft, following in pairwise(drafts):
        while len(draft.more) > draft.spare and (
            _is_alternative(draft.more[-1], following) or (spaced and _ends_in_stray(draft))
        ):
            following.alternative.insert(0, draft.more.pop())
    last = drafts[-1]
    ownerless: list[Line] = []
    while len(last.more) > last.spare and _is_cover(last.more[-1]):
        ownerless.insert(0, last.more.pop())
    sheet.leave(Why.IN_LIST, ownerless)


def _is_alternative(line: Line, draft: Draft) -> bool:
    """Whether the line describes the image of an entry: a cover, or words of the entry's body."""
    if line.words > 30:
        return False
    words = _COVER.sub("", line.key).strip()
    return _is_cover(line) or (len(words) > 3 and f" {words} " in f" {normalise_title(draft.body[:2000])} ")


def _is_cover(line: Line) -> bool:
    return line.words <= 30 and _COVER.search(line.key) is not None


def _ends_in_stray(draft: Draft) -> bool:
    """A title set close under a body, where bodies stand apart: no imprint, no wrapped line."""
    line = draft.more[-1]
    above = draft.more[-2].text if len(draft.more) > 1 else draft.entry.body
    wrapped = above.endswith((",", ":", ";", "-", "–", "&")) or is_small(above.split()[-1])
    title = line.text[0].isupper() and not line.ends_sentence and not looks_like_imprint(line.text)
    return not line.gap and line.words <= 15 and title and not wrapped
