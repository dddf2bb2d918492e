"""The citations of a text in a file: those of its body, resolved in the list that the same file prints."""

import re
from bisect import bisect_right
from dataclasses import replace
from html import unescape

from hallmarks.matching import works_meant
from hallmarks.page_text import (
    HallmarkPage,
    NotAHallmarkPage,
    Refusal,
    Role,
    guess_language,
    parse_with_roles,
    read,
)
from references.citations import Citation, Listed, Resolved, find_citations, resolve
from references.models import Work

_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});")
#: Not even plain text.
_UNREADABLE = {Refusal.BINARY, Refusal.MARKUP, Refusal.EMPTY}
#: Where prose stands. A line that the parser could not place may be prose, but in a list it is not.
_BODY = {Role.PARAGRAPH, Role.LEAD_IN, Role.TITLE}


def read_citations(data: bytes) -> list[Resolved]:
    """The citations of a page, or of a text that is no such page. Raises `NotAHallmarkPage` for what is no text at all."""
    original = read(data)
    text = _ENTITY.sub(_as_character, original)
    parts = _parts_of(text)
    if parts is None:
        resolved = resolve(find_citations(text), [], guess_language(text)[0])
    else:
        page, roles = parts
        resolved = resolve(find_in_body(text, roles), listed_on(page), page.language)
    offset = 1 if data.startswith(b"\xef\xbb\xbf") else 0
    return [replace(one, citation=_as_in_file(one.citation, text, original, offset)) for one in resolved]


def _as_character(entity: re.Match[str]) -> str:
    """What "&amp;" stands for, made as long, so that nothing after it moves: with blanks, or inside a word with soft hyphens."""
    character = unescape(entity[0])
    is_apart = character.isspace() or character in "&–—"
    return character.ljust(len(entity[0]), " " if is_apart else "\u00ad")


def _as_in_file(citation: Citation, text: str, original: str, offset: int) -> Citation:
    """The citation as it stands in the file, with its entities and a byte order mark counted."""
    start, end, authors = citation.char_start, citation.char_end, citation.authors_as_printed
    at = text.rfind(authors, 0, end)
    return replace(
        citation,
        as_printed=original[start:end],
        authors_as_printed=original[at : at + len(authors)].strip() if at >= 0 else authors,
        char_start=start + offset,
        char_end=end + offset,
    )


def _parts_of(text: str) -> tuple[HallmarkPage, dict[int, Role]] | None:
    """A page, or another text that ends in a list; None for one that is all body."""
    try:
        return parse_with_roles(text)
    except NotAHallmarkPage as error:
        if error.reason in _UNREADABLE:
            raise
        if error.reason != Refusal.NOT_THIS_KIND:
            return None
    page, roles = parse_with_roles(text, of_any_kind=True)
    return (page, roles) if len(page.references) > 1 else None


def find_in_body(text: str, roles: dict[int, Role]) -> list[Citation]:
    """The citations on lines of prose; the whole text is read, so that brackets over two lines are understood."""
    starts = _line_starts(text)

    def role(place: int) -> Role | None:
        return roles.get(bisect_right(starts, place))

    return [one for one in find_citations(text) if role(one.char_start) in _BODY and role(one.char_end - 1) in _BODY]


def _line_starts(text: str) -> list[int]:
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        starts.append(at)
        at += len(line)
    return starts


def listed_on(page: HallmarkPage) -> list[Listed]:
    """The entries of a page, each with its work where that is in the bibliography. One query."""
    works = list(Work.objects.all()) if page.references else []
    certain, probable = works_meant(page.references, works)
    known = certain | probable
    return [Listed(known.get(entry.line), f"{entry.heading}\n{entry.body}") for entry in page.references]
