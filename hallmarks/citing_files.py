"""The citations of a text in a file: those of its body, resolved in the list that the same file prints."""

from bisect import bisect_right
from dataclasses import replace

from hallmarks.matching import best_work, probable_work
from hallmarks.page_text import HallmarkPage, NotAHallmarkPage, Refusal, Role, guess_language, line_roles, parse, read
from references.citations import Citation, Listed, Resolved, find_citations, resolve
from references.models import Work

#: Not even plain text.
_UNREADABLE = {Refusal.BINARY, Refusal.MARKUP, Refusal.EMPTY}
#: Where prose stands. A line that the parser could not place may be prose, but in a list it is not.
_BODY = {Role.PARAGRAPH, Role.LEAD_IN, Role.TITLE}


def read_citations(data: bytes) -> list[Resolved]:
    """The citations of a page, or of a text that is no such page. Raises `NotAHallmarkPage` for what is no text at all."""
    text = read(data)
    offset = 1 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        page, roles = parse(text), line_roles(text)
    except NotAHallmarkPage as error:
        if error.reason in _UNREADABLE:
            raise
        return resolve(_moved(find_citations(text), offset), [], guess_language(text)[0])
    citations = find_in_body(text, roles)
    return resolve(_moved(citations, offset), listed_on(page), page.language)


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


def _moved(citations: list[Citation], offset: int) -> list[Citation]:
    """With the byte order mark counted, as the offsets are into the file."""
    if not offset:
        return citations
    return [replace(one, char_start=one.char_start + offset, char_end=one.char_end + offset) for one in citations]


def listed_on(page: HallmarkPage) -> list[Listed]:
    """The entries of a page, each with its work where that is in the bibliography. One query."""
    works = list(Work.objects.all()) if page.references else []
    taken: set[int] = set()
    listed: list[Listed] = []
    for entry in page.references:
        work = best_work(entry, works, taken) or probable_work(entry, works)
        if work is not None:
            taken.add(work.pk)
        listed.append(Listed(work, f"{entry.heading}\n{entry.body}"))
    return listed
