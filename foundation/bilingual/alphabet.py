"""Alphabetical order in Welsh and English, as a key that any database sorts rightly.

Welsh has 29 letters, eight of them written with two signs; accents do not count at the first level (Welsh Language
Commissioner, *Bilingual Software Guidelines*, 10.2; CLDR `cy`). Letters from elsewhere (k q v x z) stand where CLDR
puts them. No database knows when a pair is not a letter, so ICU puts Bangor before Bala: the tables below do.

Order: nothing, word break, other scripts, digits, letters; then accents (none, acute, grave, circumflex, diaeresis,
other: the order of Unicode's table), then case (small first). Apostrophes are ignored. A hyphen parts two words in
English (BS ISO 999); in Welsh it marks stress inside a name, so that Pen-y-bont sorts as Penybont, but parts n-g.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

MAX_LENGTH = 255
# COMBINING GRAPHEME JOINER, written between two signs that are not one letter; invisible, and Unicode's own device
# for this (core specification, 23.2). A soft hyphen or any zero-width sign is understood in the same way.
BOUNDARY = "\u034f"

_WELSH = "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z"
_ORDER: Mapping[str, list[str]] = {"cy": _WELSH.split(), "en": list("abcdefghijklmnopqrstuvwxyz")}
LETTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"cy": tuple(letter for letter in _ORDER["cy"] if letter not in "kqvxz"), "en": tuple(_ORDER["en"])}
)

# Words whose pairs the rules below get wrong (Nguyen among them, a name from a language in which N is the letter): the word in small letters without accents, then the same divided.
# Bangor and dangos: n+g in every dictionary. The last four: `rh` is a letter after the article *y* and after *tre*.
_DIVISIONS = """
    ban|gor fan|gor man|gor bin|go con|go dan|gos ddan|gos cyn|gerdd cyn|gherddau cyn|gres hwn|gari
    llon|gyfarch llon|gyfarchiad llon|gyfarchiadau mon|golia ton|gwynlais
    n|guyen
    pen|y|rhiw pont|y|rhyl tre|rhyngyll tre|rhingyll
"""
DIVIDED: Mapping[str, str] = MappingProxyType({word.replace("|", ""): word for word in _DIVISIONS.split()})

# First elements of place names that end in n before g or t before h: Llan+gefni, Pen+gelli, Fron+goch, Pont+hir.
_ELEMENT = re.compile(r"^(?:llan|pen|bryn|bron|fron|glan|gwern|hen|llwyn|maen|waun)(?=g)|^pont(?=h)|gwyn(?=g)")
# `rh` inside a word: r+h after a vowel (Aber+honddu, Caer+hun, ar+holiad: there the letter would have softened to r),
# and before the endings of verbs in -hau (sicr+hau, dyfr+had); otherwise the letter (Pen+rhyn, an+rheg, Pont+rhyd).
_R_THEN_H = re.compile(r"(?<=[aeiouwy])r(?=h)|(?<=[^aeiouwyn|])r(?=h(?:au|ad|ao|aw|eir))")

_SPLIT = {"cy": re.compile("ch|dd|ff|ng|ll|ph|rh|th|."), "en": re.compile(".")}
_END, _BREAK, _OTHER, _FIRST = 0, 1, 2, 3
_RANK = {
    language: {letter: _FIRST + place for place, letter in enumerate([*"0123456789", *order])}
    for language, order in _ORDER.items()
}
_ACCENTS = {"\u0301": 1, "\u0300": 2, "\u0302": 3, "\u0308": 4}
_OTHER_ACCENT = 5
_FOLDED = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"}
_APOSTROPHES = frozenset("'’‘`ʼ")
_HYPHENS = frozenset("-\u2010")


class _Sign(NamedTuple):
    base: str  # one small sign without accent
    accent: int
    upper: bool
    parted: bool  # a boundary stands before it


class _Letter(NamedTuple):
    name: str
    accent: int
    case: int


def sort_key(text: str, language: str, *, divided: Mapping[str, str] = DIVIDED) -> str:
    """The key that puts `text` in its alphabetical place among keys of the same `language`; "" when it has no letter.

    Only a-g and 0-9, in turn (`b4c0…`), at most 255 signs: no collation has a contraction of a letter and a digit,
    numbers never run together, and nothing is ignorable, so bytes, glibc and ICU agree in every locale. A text too
    long for its key keeps the order of its beginning. Equal keys are possible (punctuation): order by the primary
    key after it.

    Raises ValueError for a language other than "cy" and "en", or an entry of `divided` that changes its word.
    """
    words = _spelt(text, language, divided)
    letters = [letter for word in words for letter in word]
    codes: list[int] = []
    for place, word in enumerate(words):
        codes += [_BREAK] if place else []
        codes += [code for letter in word for code in _codes(letter.name, language)]
    for tie in ([letter.accent for letter in letters], [letter.case for letter in letters]):
        codes += [_END, *(1 + value for value in _trimmed(tie))] if letters else []
    return "".join(f"{'abcdefg'[code // 10]}{code % 10}" for code in codes[: MAX_LENGTH // 2])


def initial(text: str, language: str, *, divided: Mapping[str, str] = DIVIDED) -> str:
    """The heading `text` stands under in an A-Y list: "Ch", "Ll", "A"; "#" for digits, other scripts and no letter.

    Raises ValueError as `sort_key` does.
    """
    words = _spelt(text, language, divided)
    name = words[0][0].name if words else ""
    return name.capitalize() if name in _ORDER[language] else "#"


def _spelt(text: str, language: str, divided: Mapping[str, str]) -> list[list[_Letter]]:
    """The words of `text`, each as the letters of its language."""
    if language not in _ORDER:
        raise ValueError(f"No alphabet for language {language!r}: expected 'cy' or 'en'.")
    return [list(_letters(word, language, divided)) for word in _words(text, hyphen_joins=language == "cy")]


def _words(text: str, *, hyphen_joins: bool) -> list[list[_Sign]]:
    words: list[list[_Sign]] = [[]]
    parted = False
    for char in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(char)
        word = words[-1]
        if char == BOUNDARY or category == "Cf" or char in _APOSTROPHES or (hyphen_joins and char in _HYPHENS):
            parted = True
        elif category.startswith("M"):
            if word:
                word[-1] = word[-1]._replace(accent=max(word[-1].accent, _ACCENTS.get(char, _OTHER_ACCENT)))
        elif category[0] in "LN":
            word += _signs(char, parted)
            parted = False
        else:
            words.append([])
            parted = False
    return [word for word in words if word]


def _signs(char: str, parted: bool) -> list[_Sign]:
    small = str(unicodedata.decimal(char)) if char.isdecimal() else char.lower()
    accent = _OTHER_ACCENT if small in _FOLDED else 0
    bases = _FOLDED.get(small, small)
    return [_Sign(base, accent, char != char.lower(), parted and not place) for place, base in enumerate(bases)]


def _letters(word: list[_Sign], language: str, divided: Mapping[str, str]) -> Iterator[_Letter]:
    place = 0
    for part in _division(word, divided).split("|") if language == "cy" else ["".join(sign.base for sign in word)]:
        for name in _SPLIT[language].findall(part):
            signs = word[place : place + len(name)]
            case = sum(sign.upper << shift for shift, sign in enumerate(signs))
            yield _Letter(name, max(sign.accent for sign in signs), case)
            place += len(name)


def _division(word: list[_Sign], divided: Mapping[str, str]) -> str:
    """The word with `|` where two signs are not one letter: by its own boundaries or the table, then by the rules."""
    marked = "".join(f"|{sign.base}" if sign.parted and place else sign.base for place, sign in enumerate(word))
    chosen = divided.get(marked, marked)
    if chosen.replace("|", "") != marked.replace("|", ""):
        raise ValueError(f"The division {chosen!r} changes the word {marked!r}.")
    return _R_THEN_H.sub("r|", _ELEMENT.sub(r"\g<0>|", chosen))


def _codes(name: str, language: str) -> list[int]:
    """One code for a letter or digit of the language; for any other sign its code point in four, after its mark."""
    rank = _RANK[language].get(name)
    if rank is not None:
        return [rank]
    point = ord(name)
    return [_OTHER, *(point // 70**power % 70 for power in (3, 2, 1, 0))]


def _trimmed(values: list[int]) -> list[int]:
    while values and not values[-1]:
        values = values[:-1]
    return values
