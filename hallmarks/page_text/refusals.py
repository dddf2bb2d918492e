"""What is refused."""

import re
from collections.abc import Sequence

from hallmarks.page_text.citing import count_citations
from hallmarks.page_text.files import looks_binary, looks_like_markup
from hallmarks.page_text.head import breaks_off
from hallmarks.page_text.language import has_words
from hallmarks.page_text.lines import Line
from hallmarks.page_text.shapes import HallmarkPage, NotAHallmarkPage, Refusal

_MOST_LINES = 100_000
_SUBJECT = re.compile(
    r"\b(?:learn|school|leader|teach|profession|d?dysg|ysgol|arwein|athraw|g?ph?roffes|b?proffes)",
    re.IGNORECASE,
)


def refuse_other_files(text: str, lines: Sequence[Line]) -> None:
    if len(lines) > _MOST_LINES:
        raise NotAHallmarkPage(Refusal.TOO_LONG)
    if looks_binary(text):
        raise NotAHallmarkPage(Refusal.BINARY)
    if not lines:
        raise NotAHallmarkPage(Refusal.EMPTY)
    wordy = has_words(text)
    if wordy and looks_like_markup(text):
        raise NotAHallmarkPage(Refusal.MARKUP)
    if not wordy or not any(line.is_prose for line in lines):
        raise NotAHallmarkPage(Refusal.NO_PROSE)


def refuse_other_pages(page: HallmarkPage, *, known: bool, panels: int) -> None:
    """One of these makes a page: its opening, its references, its panels, its many citations."""
    lengths = [len(paragraph.split()) for paragraph in page.paragraphs]
    if max(lengths, default=0) < 8:
        raise NotAHallmarkPage(Refusal.NO_PROSE)
    cited = sum(count_citations(paragraph) for paragraph in page.paragraphs)
    dense = cited >= 3 and cited * 150 >= sum(lengths)
    if not (
        known
        or (page.title is not None and breaks_off(page.lead_in or ""))
        or panels > 1
        or ((panels or page.connections) and (page.references or cited))
        or (_on_subject(page) and cited and (len(page.references) > 1 or dense))
    ):
        raise NotAHallmarkPage(Refusal.NOT_THIS_KIND)


def _on_subject(page: HallmarkPage) -> bool:
    found = {match[0].casefold() for text in page.paragraphs for match in _SUBJECT.finditer(text)}
    return len(found) > 1
