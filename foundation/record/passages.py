"""Finding passages in texts however they are written there, and putting a mark in their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.utils.crypto import salted_hmac

#: The sign, in both languages, that something was left out.
MARK = "[…]"
#: Letters that a passage has at least: fewer stand in the middle of everything.
FEWEST_LETTERS = 3

_TAG = r"</?[a-zA-Z][^<>]*>"
_WORD = r"(?:[^\W_]|[\u0300-\u036f])+"
_PART = re.compile(rf"(?P<tag>{_TAG})|&\#?\w+;|(?P<word>{_WORD})")
_WORDS = re.compile(rf"(?P<word>{_WORD})")

Span = tuple[int, int]


def fold(text: str) -> str:
    """`text` without capitals and accents: "Siân", "SIAN" and the "sian" of an address are one."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words_of(passage: str) -> tuple[str, ...]:
    return tuple(fold(found.group()) for found in re.finditer(_WORD, passage))


def mark_of(words: tuple[str, ...]) -> str:
    """A keyed hash, by which words are known again by who has the site's secret key and the words."""
    return salted_hmac("foundation.record.redaction", " ".join(words), algorithm="sha256").hexdigest()


class Passages:
    """What is to be found: runs of so many words that `is_meant` knows.

    Capitals, accents, mark-up and signs make no difference: "Ann-Marie", "ann_marie" and "<b>Ann</b> Marie" are one.
    """

    def __init__(self, lengths: Iterable[int], is_meant: Callable[[tuple[str, ...]], bool]) -> None:
        self.lengths = sorted(set(lengths), reverse=True)
        self.is_meant = is_meant
        self.begin_with: frozenset[str] | None = None

    @classmethod
    def of(cls, texts: Iterable[str]) -> Named:
        return Named(texts)

    @classmethod
    def marked(cls, marks: list[dict[str, Any]]) -> Passages:
        """Those of which only the marks are known."""
        known = {mark["mark"] for mark in marks}
        return cls([mark["words"] for mark in marks], lambda words: mark_of(words) in known)

    def replace(self, value: Any, mark: str = MARK) -> tuple[Any, int]:
        """`value` (a text, or the lists and dicts of texts that JSON holds) with the mark in their place, and how many there were."""
        if isinstance(value, str):
            return self._replace_in(value, mark)
        if isinstance(value, list):
            pairs = [self.replace(item, mark) for item in value]
            return [item for item, _count in pairs], sum(count for _item, count in pairs)
        if isinstance(value, dict):
            found = {key: self.replace(item, mark) for key, item in value.items()}
            return {key: item for key, (item, _count) in found.items()}, sum(count for _item, count in found.values())
        return value, 0

    def _replace_in(self, text: str, mark: str) -> tuple[str, int]:
        if not self._may_be_in(text):
            return text, 0
        total = 0
        for parts in (_PART, _WORDS):  # in what is read; then in what mark-up holds, such as the address of a link
            spans = list(self._spans(text, parts))
            total += len(spans)
            for start, end in reversed(spans):
                # what mark-up stands within the passage stays, so that what was opened is closed
                text = text[:start] + mark + "".join(re.findall(_TAG, text[start:end])) + text[end:]
        return text, total

    def _may_be_in(self, text: str) -> bool:
        if self.begin_with is None:
            return bool(text)
        folded = fold(text)
        return any(word in folded for word in self.begin_with)

    def _spans(self, text: str, parts: re.Pattern[str]) -> Iterator[Span]:
        found = [(m.start("word"), m.end("word")) for m in parts.finditer(text) if m.group("word")]
        words = [fold(text[start:end]) for start, end in found]
        at = 0
        while at < len(words):
            length = next((n for n in self.lengths if self._stands(text, found, words, at, n)), 0)
            if length:
                yield found[at][0], found[at + length - 1][1]
            at += length or 1

    def _stands(self, text: str, found: list[Span], words: list[str], at: int, length: int) -> bool:
        run = tuple(words[at : at + length])
        if len(run) < length or not self.is_meant(run):
            return False
        return MARK not in text[found[at][0] : found[at + length - 1][1]]


class Named(Passages):
    """Passages that somebody named."""

    def __init__(self, texts: Iterable[str]) -> None:
        named = {words for text in texts if (words := words_of(text))}
        super().__init__(map(len, named), named.__contains__)
        self.named = sorted(named)
        self.begin_with = frozenset(words[0] for words in named)

    @cached_property
    def marks(self) -> list[dict[str, Any]]:
        """What is kept of them."""
        return [{"words": len(words), "mark": mark_of(words)} for words in self.named]

    @property
    def too_short(self) -> bool:
        """Whether there is none, or one of so few letters that it stands in the middle of everything."""
        return not self.named or any(sum(map(len, words)) < FEWEST_LETTERS for words in self.named)
