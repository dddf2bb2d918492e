"""The answers that are prose: plain text as it was typed, or, where it has formatting, our HTML behind a mark.

An answer is plain text wherever plain text says the same, so that it makes no difference whether a browser runs scripts. The
mark is a comment that nobody writes and that cleaning takes out. Whoever reads such an answer reads it here.
"""

import re

from casestudies.joinin.pasting import blocks_of, tidied
from foundation.bilingual.agreement import count_words
from foundation.publishing.prose import clean_text, prose_from_text, text_from_prose

MARK = "<!--prose-->"


def answer_from_prose(markup: str) -> str:
    """The answer that says what `markup` says."""
    found = tidied(markup)
    text = text_from_prose(found)
    return text if prose_from_text(text) == found else MARK + found


def prose_from_answer(answer: str) -> str:
    """The cleaned HTML of an answer: what the edition keeps and readers see."""
    return tidied(answer) if is_formatted(answer) else prose_from_text(answer)


def text_from_answer(answer: str) -> str:
    """The words of an answer, as they stand in a plain box: items of lists have a dash, paragraphs a blank line between."""
    return text_from_prose(answer.removeprefix(MARK)) if is_formatted(answer) else answer


def is_formatted(answer: str) -> bool:
    return answer.startswith(MARK)


def words_in(answer: str) -> int:
    """How many words a reader reads: in a plain box, a "<" is a sign like any other."""
    if is_formatted(answer):
        return count_words(re.sub(r"</?(strong|em|a)\b[^>]*>", "", answer))
    return count_words(answer.replace("<", "‹"))


def taken(posted: str, *, before: str, unchanged: bool = False) -> str:
    """The answer that came in, where `before` stands now. `unchanged`: the plain box came back as the page showed it.

    A plain box shows formatting as simple signs. Coming back as it was shown, it leaves the formatting alone; where its words
    were changed, the paragraphs that were not keep theirs.
    """
    if is_formatted(posted):
        return answer_from_prose(posted)
    if not is_formatted(before):
        return posted
    if unchanged or _same_words(posted, text_from_answer(before)):
        return before
    known = {text_from_prose(block): block for block in blocks_of(before)}
    parts = [part.strip() for part in re.split(r"\n[ \t]*\n+", clean_text(posted).strip())]
    if not any(part in known for part in parts):
        return posted
    return answer_from_prose("\n".join(known.get(part) or prose_from_text(part) for part in parts))


def _same_words(one: str, other: str) -> bool:
    return clean_text(one).strip() == clean_text(other).strip()
