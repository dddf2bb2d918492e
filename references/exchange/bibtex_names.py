"""The names of a BibTeX entry: "von Last, Jr, First and {A Body}"."""

import re
from collections.abc import Iterator
from typing import Any

from references.exchange import latex
from references.exchange.names import Name, inverted, parted, people_in


def write_names(value: Any) -> str:
    """Names with "and" between them; a body's name in braces, so that nobody takes its last word for a family name."""
    return " and ".join(_written(name) for name in people_in(value))


def _written(name: Name) -> str:
    text = latex.encode(inverted(name, suffix_last=False))
    return f"{{{text}}}" if "literal" in name or re.search(r"(^|\s)and(\s|$)", text) else text


def read_names(text: str) -> list[Name]:
    return [_read(part) for part in split(text, r"\s+and\s+") if part.strip()]


def _read(text: str) -> Name:
    text = text.strip()
    if text == "others":
        return {"literal": "others"}
    if text.startswith("{") and text.endswith("}") and len(list(split(text, r"[\s,]+"))) == 1:
        return {"literal": latex.decode(text[1:-1])}
    if list(split(text, ",")) == [text]:
        text = _turned(text)
    return parted(latex.decode(text), suffix_last=False)


def _turned(text: str) -> str:
    """ "First von Last" as "von Last, First"; a single word stays."""
    words = [word for word in split(text, r"\s+") if word]
    if len(words) < 2:
        return text
    last = next((place for place, word in enumerate(words[:-1]) if place and word[0].islower()), len(words) - 1)
    return f"{' '.join(words[last:])}, {' '.join(words[:last])}"


def split(text: str, between: str, *, quotes: bool = False) -> Iterator[str]:
    """The parts of a text at what stands outside braces (and, where `quotes` are asked for, outside quotation marks)."""
    if not re.search(r'[{}"\\]', text):
        yield from re.split(between, text)
        return
    depth, begun, place, quoted = 0, 0, 0, False
    pattern = re.compile(between)
    while place < len(text):
        letter = text[place]
        found = pattern.match(text, place) if depth == 0 and not quoted else None
        if found and found.end() > place:
            yield text[begun:place]
            begun = place = found.end()
            continue
        depth += (letter == "{") - (letter == "}")
        quoted ^= quotes and letter == '"' and depth == 0
        place += 2 if letter == "\\" else 1
    yield text[begun:]
