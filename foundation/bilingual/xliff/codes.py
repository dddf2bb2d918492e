"""Mark-up as codes: what a translation tool shows as tags, and keeps, while the words between them are translated.

`pieces` and `joined` are each other's inverse for every text, well-formed or not: what cannot be told exactly from the words
alone is carried in a code as it stands.
"""

import html
import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple

from foundation.bilingual.xliff.files import DEEPEST

#: What XML cannot hold, and the carriage return, which it would turn into a line feed.
UNSAFE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOKEN = re.compile(r"(</?[A-Za-z][^<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]*>|&[A-Za-z0-9#]+;|[<>&])")
_WORDS = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
#: Of the elements in one another, how many are shown as pairs; deeper ones are two codes that each stand alone.
MOST_PAIRS = DEEPEST // 2


class Kind(Enum):
    """What a piece of a text is."""

    WORDS = auto()
    OPEN = auto()
    CLOSE = auto()
    ALONE = auto()


class Piece(NamedTuple):
    """Words as they are read, or a code as it is written; `partner` is the other code of a pair."""

    kind: Kind
    text: str
    partner: str = ""


def pieces(text: str, *, is_html: bool) -> list[Piece]:
    """The words and codes of a text; a plain one is all words."""
    if not is_html:
        return [Piece(Kind.WORDS, text)] if text else []
    tokens = [token for token in _TOKEN.split(text) if token]
    partners = _partners(tokens)
    found: list[Piece] = []
    for at, token in enumerate(tokens):
        if token in _WORDS or not _TOKEN.fullmatch(token):
            found.append(Piece(Kind.WORDS, _WORDS.get(token, token)))
        elif at in partners:
            kind = Kind.OPEN if partners[at] > at else Kind.CLOSE
            found.append(Piece(kind, token, tokens[partners[at]]))
        else:
            found.append(Piece(Kind.ALONE, token))
    return found


def joined(found: Iterable[Piece], *, is_html: bool) -> str:
    """The text that has these pieces."""
    return "".join(
        html.escape(piece.text, quote=False) if is_html and piece.kind == Kind.WORDS else piece.text for piece in found
    )


def _partners(tokens: list[str]) -> dict[int, int]:
    """Place → place of the tags that open and close one element, properly within one another."""
    found: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    for at, token in enumerate(tokens):
        name = _tag_name(token)
        if not name:
            continue
        if not token.startswith("</"):
            opened.append((name, at))
            continue
        names = [each for each, _place in opened]
        if name in names:
            del opened[len(names) - names[::-1].index(name) :]
            place = opened.pop()[1]
            if len(opened) < MOST_PAIRS:
                found[place], found[at] = at, place
    return found


def _tag_name(token: str) -> str:
    tag = re.match(r"</?([A-Za-z][A-Za-z0-9]*)", token)
    return tag[1].lower() if tag and token.endswith(">") else ""
