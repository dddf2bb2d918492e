"""What Word, Outlook, Google Docs and LibreOffice put on the clipboard, made into the little HTML of our texts.

`clean_prose` alone would keep every word but lose what made it readable: their lists are paragraphs with a dot in front, their
bold is a style, their headings start anywhere. So the text is read once as a row of blocks, and written anew; what decides
what may stay is still `clean_prose`. Left out are only a comment in the margin, and words that a tracked change deleted.
"""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import nh3

from casestudies.joinin.blocks import Block, Look, Run, between, lines, written
from foundation.publishing.prose import TAGS, clean_prose, clean_text

#: A longer text than this is cleaned without being tidied: nobody reads it, and it would keep others waiting.
MOST_CHARACTERS = 1_000_000
_MOST_DEEP = 60
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_LISTS = {"ul", "ol"}
_CELLS = {"td", "th"}
_BLOCKS = (
    _HEADINGS | _LISTS | _CELLS
    | {"p", "div", "li", "blockquote", "table", "tr", "caption", "dt", "dd", "dl", "pre", "section", "article", "hr", "figure"}
)  # fmt: skip
_ROOMY = nh3.Cleaner(
    tags=TAGS | _BLOCKS | {"b", "i", "span", "ins", "del", "img", "thead", "tbody", "tfoot", "cite", "font"},
    clean_content_tags={"script", "style", "title", "noscript", "iframe", "object", "template"},
    attributes={"*": {"style", "class"}, "a": {"href"}, "del": {"datetime"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_EMPTY = {"br", "img", "hr"}
_ADDRESS = re.compile(r"https?://\S|mailto:\S", re.IGNORECASE)
_LIST_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d+)", re.IGNORECASE)
_MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_BESIDE = re.compile(r"mso-element:\s*comment(-list)?\b|mso-comment-reference", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![\w-])font-weight:\s*(bold|normal|\d+)", re.IGNORECASE)
_SLANT = re.compile(r"(?<![\w-])font-style:\s*(italic|normal)", re.IGNORECASE)


def tidied(markup: str) -> str:
    """`markup` as our texts are written: the same words in the same order. Tidying twice changes nothing."""
    return "\n".join(blocks_of(markup))


def blocks_of(markup: str) -> list[str]:
    """The paragraphs, headings, lists and quotations of `markup`, each tidied."""
    if len(markup) > MOST_CHARACTERS:
        return [found] if (found := clean_prose(markup)) else []
    text = _Text()
    text.walk(_tree(markup), Look())
    text.flush(Look())
    return [found for block in written(text.blocks) if (found := clean_prose(block))]


def pictures_in(markup: str) -> int:
    """How many pictures stood in it: they do not come along."""
    return len(re.findall(r"<img\s", _ROOMY.clean(markup)))


# --- reading --------------------------------------------------------------------------------------------------------------


class _Tree(HTMLParser):
    """Elements out of HTML that a cleaner has written: each closed, none crossed. What is too deep lies flat."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("div")]
        self.too_deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if tag in _EMPTY:
            self.open[-1].append(element)
        elif len(self.open) > _MOST_DEEP:
            self.too_deep += 1
        else:
            self.open[-1].append(element)
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        here = self.open[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data


def _tree(markup: str) -> Element:
    reader = _Tree()
    reader.feed(_ROOMY.clean(clean_text(markup)))
    reader.close()
    return reader.open[0]


@dataclass(slots=True)
class _Text:
    """The blocks read so far, and the words of the one that is being read."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    items: int = 0

    def walk(self, node: Element, look: Look) -> None:
        self.say(node.text, look)
        for child in node:
            self.enter(child, look)
            self.say(child.tail, look)

    def say(self, words: str | None, look: Look) -> None:
        if words:
            self.runs.append(Run(re.sub(r"\s+", " ", words), look.inline))

    def enter(self, element: Element, look: Look) -> None:
        if element.tag == "br":
            self.runs.append(Run("\n", look.inline))
        elif element.tag == "tr":
            self.flush(look)
            self.row(element, look)
        elif element.tag not in _EMPTY and not _is_beside(element):
            inside = self.look_in(element, look)
            if element.tag in _BLOCKS:
                self.flush(look)
            self.walk(element, inside)
            if element.tag in _BLOCKS:
                self.flush(inside)
        elif element.tag == "hr":
            self.flush(look)

    def look_in(self, element: Element, look: Look) -> Look:
        look = _emphasis(element, look)
        style, kind, name = element.get("style", ""), element.get("class", ""), element.tag
        level = _LIST_LEVEL.search(style)
        if name in _LISTS:
            return replace(look, depth=look.depth + 1, ordered=name == "ol")
        if name == "li" or (level and name in {"p", "div", *_HEADINGS}):
            self.items += 1
            if level and name != "li":
                return replace(
                    look, kind="li", depth=min(int(level[1]), 9), ordered=_is_numbered(element), item=self.items
                )
            return replace(look, kind="li", depth=max(look.depth, 1), item=self.items)
        if look.kind == "li":
            return look
        if name not in _BLOCKS:
            return look
        if name in _HEADINGS or kind in ("MsoTitle", "MsoSubtitle"):
            return replace(look, kind="h3")
        if name == "blockquote" or kind.startswith(("MsoQuote", "MsoIntenseQuote")):
            return replace(look, kind="quote")
        return look

    def row(self, row: Element, look: Look) -> None:
        """A row of a table: short cells make one line of text, longer ones stand below each other."""
        cells = []
        for cell in row:
            text = _Text(items=self.items)
            text.walk(cell, replace(_emphasis(cell, look), kind=look.kind))
            text.flush(look)
            self.items = text.items
            if text.blocks:
                cells.append(text.blocks)
            self.say(cell.tail, look)
        if all(len(blocks) == 1 and blocks[0].look.kind in ("p", "quote") for blocks in cells) and len(cells) > 1:
            for number, (block,) in enumerate(cells):
                self.runs += [*([Run(" – ")] if number else []), *block.runs]
            self.flush(look)
        else:
            self.blocks += [block for blocks in cells for block in blocks]

    def flush(self, look: Look) -> None:
        """The block ends here."""
        for runs in lines(self.runs, apart=look.kind in ("p", "quote")):
            last = self.blocks[-1] if self.blocks else None
            if look.kind == "li" and last is not None and last.look.item == look.item:
                last.runs += [between("\n", last.runs[-1], runs[0]), *runs]
            else:
                self.blocks.append(Block(look, runs))
        self.runs = []


def _is_beside(element: Element) -> bool:
    """Whether it is no part of the text: a comment, the sign of one, words that were deleted, the dot of a list."""
    style, kind = element.get("style", ""), element.get("class", "").lower()
    beside = _BESIDE.search(style) or _MARKER.search(style) or kind.startswith("msocom")
    return bool(beside) or (element.tag == "del" and "datetime" in element.attrib) or kind == "msodel"


def _is_numbered(element: Element) -> bool:
    """Whether the sign before a paragraph of Word's that is an item of a list counts: "1.", "(b)", "iv)"."""
    for one in element.iter():
        if _MARKER.search(one.get("style", "")):
            return bool(re.match(r"\s*\(?(\d+|[a-zA-Z]|[ivxIVX]+)[.)]", "".join(one.itertext())))
    return False


def _emphasis(element: Element, look: Look) -> Look:
    style = element.get("style", "")
    strong, em = look.strong or element.tag in ("b", "strong"), look.em or element.tag in ("i", "em", "cite")
    if weight := _WEIGHT.search(style):
        strong = weight[1].lower() == "bold" or (weight[1].isdecimal() and int(weight[1]) >= 600)
    if slant := _SLANT.search(style):
        em = slant[1].lower() == "italic"
    href = element.get("href", "").strip() if element.tag == "a" else ""
    return replace(look, strong=strong, em=em, href=href if _ADDRESS.match(href) else look.href)
