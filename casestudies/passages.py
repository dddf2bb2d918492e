"""A passage that a question is about, shown where it stands in its text."""

import re
from dataclasses import dataclass

from casestudies.models import SECTIONS, CaseStudyEdition, Comment
from foundation.publishing.prose import text_from_prose

#: Characters of the text that are shown on each side of the passage.
AROUND = 160


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation with what stands before and after it; alone, where the text no longer has it."""

    quote: str
    before: str = ""
    after: str = ""
    is_there: bool = True


def plain(edition: CaseStudyEdition | None, column: str) -> str:
    """One text of an edition as plain text."""
    text: str = getattr(edition, column, None) or ""
    return text_from_prose(text) if column[:-3] in SECTIONS else text


def passage(comment: Comment, edition: CaseStudyEdition | None) -> Passage:
    return in_context(plain(edition, comment.column), comment.quote)


def in_context(text: str, quote: str) -> Passage:
    """`quote` where it first stands in `text`, whatever the spaces between its words; without one, the whole text."""
    if not quote.strip():
        return Passage("")
    match = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    if match is None:
        return Passage(quote, is_there=False)
    return Passage(match[0], _last(text[: match.start()]), _first(text[match.end() :]))


def _last(text: str) -> str:
    """The end of what stands before, from the beginning of a word."""
    if len(text) <= AROUND:
        return text
    cut = text[-AROUND:]
    return "… " + re.sub(r"^\S*\s+", "", cut)


def _first(text: str) -> str:
    if len(text) <= AROUND:
        return text
    return re.sub(r"\s+\S*$", "", text[:AROUND]) + " …"
