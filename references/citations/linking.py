"""Linking the citations of prose to what they mean, where it is shown. The stored text stays as it was typed.

Nothing but `<a class="citation" …>` and `</a>` is added: no character of the text changes, a link never crosses mark-up, and
nothing is linked inside a link.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import chain

from references.citations.finding import find_citations
from references.citations.resolving import Links, Listed, OwnList, Resolved, bibliography_of
from references.citations.shapes import Citation

_PIECE = re.compile(r"<!--.*?-->|<[^<>]*>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});|[^<&]+|[<&]", re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "u"}


@dataclass(slots=True)
class Plain:
    """The text of some prose, and where each stretch of it stands in the mark-up. Blocks are parted by a blank line."""

    text: str = ""
    #: For each stretch: where it begins in the text and in the mark-up, how long it is there (0: as in the text), and the
    #: number of the run it is in: a run has no mark-up inside. Runs inside links are negative.
    starts: list[int] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)

    def place(self, at: int, *, is_end: bool) -> tuple[int, int]:
        """Where the character `at` stands in the mark-up (its end, for `is_end`), and its run."""
        found = bisect_right(self.starts, at) - 1
        begin, length, run = self.places[found]
        if length:
            return begin + (length if is_end else 0), run
        return begin + at - self.starts[found] + is_end, run


def plain(markup: str) -> Plain:
    """The text of `markup`, as a citation is looked for in it."""
    made = Plain()
    parts: list[str] = []
    length, run, links = 0, 1, 0
    for match in _PIECE.finditer(markup):
        piece = match[0]
        if piece.startswith("<") and len(piece) > 1:
            run += 1
            tag = _TAG.match(piece)
            name = tag[1].lower() if tag else ""
            if name == "a":
                links = max(0, links + (-1 if piece[1] == "/" else 1))
            between = "\n" if name == "br" else "" if not tag or name in _INLINE else "\n\n"
            if between:
                made.starts.append(length)
                made.places.append((match.start(), len(piece), 0))
                parts.append(between)
                length += len(between)
            continue
        text = unescape(piece) if piece.startswith("&") else piece
        made.starts.append(length)
        made.places.append((match.start(), len(piece) if text != piece else 0, -run if links else run))
        parts.append(text)
        length += len(text)
    made.text = "".join(parts)
    return made


def address_of(resolved: Resolved) -> str:
    """The entry in the list of the page; or else the page of the work, where readers can see one; "" for no link."""
    if resolved.work is None:
        return ""
    if resolved.listed is not None and resolved.listed.work == resolved.work:
        return f"#ref-{resolved.work.key}"
    return resolved.work.get_absolute_url() if resolved.is_published else ""


def mark(markup: str, read: Plain, resolved: Sequence[Resolved]) -> str:
    """`markup` with a link around each of the citations found in it that has an address."""
    parts: list[str] = []
    done = 0
    for one in resolved:
        span = _span(read, one.citation)
        target = address_of(one) if span and span[0] >= done else ""
        if span is None or not target:
            continue
        begin, end = span
        parts += [markup[done:begin], f'<a class="citation" href="{escape(target)}">', markup[begin:end], "</a>"]
        done = end
    return "".join([*parts, markup[done:]])


def _span(read: Plain, citation: Citation) -> tuple[int, int] | None:
    """Where a citation stands in the mark-up, from its author; None when there is mark-up inside it, or a link around it."""
    leads = 0 if citation.is_carried else max(0, citation.as_printed.find(citation.authors_as_printed))  # "see also"
    begin, first = read.place(citation.char_start + leads, is_end=False)
    end, last = read.place(citation.char_end - 1, is_end=True)
    return (begin, end) if first == last and first > 0 else None


def link_citations(markup: str, listed: Sequence[Listed], language: str, *, links: Links | None = None) -> str:
    """Safe HTML with every citation that means one work linked to its entry in the list, or to the page of the work."""
    return link_fields({"": markup}, listed, language, lambda: {"": links or {}})[""]


def link_fields(
    fields: Mapping[str, str],
    listed: Sequence[Listed],
    language: str,
    links: Callable[[], Mapping[str, Links]],
) -> dict[str, str]:
    """The same for the fields of one text. Two queries at most, and none when the list answers every citation."""
    own_list = OwnList(listed, language)
    read = {name: plain(markup) for name, markup in fields.items()}
    asked = {name: own_list.ask(find_citations(one.text)) for name, one in read.items()}
    is_open = any(one.is_open for many in asked.values() for one in many)
    own_links = links() if is_open else {}
    bibliography = bibliography_of(chain.from_iterable(asked.values()))
    return {
        name: mark(markup, read[name], own_list.answer(asked[name], own_links.get(name, {}), bibliography))
        for name, markup in fields.items()
    }
