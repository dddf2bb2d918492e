"""The names in a citation, in a printed entry and in an item, in one form in which they can be compared.

A key of a work is its authors, normalised and joined, and its year: "woods+roberts|2018", "cordingley+etal|2015". Case,
accents, hyphens, apostrophes and spaces do not count in it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from references.citations.authors import ET_AL
from references.citations.vocabulary import SMALL
from references.csl import creators_of, family_of, year_of
from references.models.citations import Form

ET_AL_KEY = "etal"
KEY_LENGTH = 200
_JOIN = re.compile(r"\s*;\s*|\s*,\s*(?:(?:and|&|ac?|et)\s+)?|\s+(?:and|&|ac?|et|und)\s+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[-‐‑]?)+(?:[^\W\d_]\.?)?|[^\W\d_a-z]{1,2}\.?|[^\W\d_]")
_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv)\.?", re.IGNORECASE)
_EDITORS = re.compile(r"[\s,]*\(?\b(?:eds?|editors?|gol|goln|gols|golygwyr|golygyddion)\b\.?\)?[\s,]*$", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_TRIM = " \t\r\n.,;:"
YEAR = re.compile(r"(?<!\w)((?:1[5-9]|20)\d\d)(?:/\d{2,4})?([a-z])?(?!\w)", re.IGNORECASE)


def fold(text: str) -> str:
    """Letters and figures only, without case and accents: "Spence-Thomas" → "spencethomas"."""
    plain = unicodedata.normalize("NFKD", text.replace("&", "and")).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Names:
    """Authors as they were printed somewhere."""

    surnames: tuple[str, ...]  # folded
    printed: tuple[str, ...]
    has_et_al: bool = False
    has_initials: bool = False
    abbreviations: frozenset[str] = field(default=frozenset())  # folded

    @property
    def key(self) -> str:
        if self.has_et_al and self.surnames:
            return f"{self.surnames[0]}+{ET_AL_KEY}"
        return "+".join(self.surnames)

    @property
    def whole(self) -> str:
        """All letters in their order, whatever parted them: a body's name may hold "and"."""
        return "".join(self.surnames)


@lru_cache(maxsize=4096)
def read_names(printed: str) -> Names:
    """ "Brown, C. and Poortman, CL" → brown, poortman. Never raises; an empty text has no names."""
    printed = printed.strip()[:1000]
    in_brackets = frozenset(fold(match[1]) for match in _BRACKETED.finditer(printed) if match[1].isupper())
    bare = _EDITORS.sub("", _BRACKETED.sub(" ", _EDITORS.sub("", printed)))
    without = ET_AL.sub("", bare)
    surnames: list[str] = []
    has_initials = False
    for piece in _JOIN.split(_POSSESSIVE.sub("", without.strip(_TRIM))):
        surname, initials = _surname(piece, first=not surnames)
        has_initials = has_initials or initials
        if surname and fold(surname):
            surnames.append(surname)
    flat = re.sub(r"[\s,]+", " ", without).strip(_TRIM)
    return Names(
        tuple(map(fold, surnames)),
        tuple(surnames),
        has_et_al=without != bare,
        has_initials=has_initials,
        abbreviations=in_brackets | abbreviations_of(flat),
    )


def _surname(piece: str, *, first: bool) -> tuple[str, bool]:
    """The surname of one name without initials, and whether there were any."""
    words = piece.split()
    if not words:
        return "", False
    kept = [word for word in words if not _SUFFIX.fullmatch(word)] or words
    while len(kept) > 1 and _INITIALS.fullmatch(kept[-1]):
        kept.pop()
    while len(kept) > 1 and _INITIALS.fullmatch(kept[0]) and (kept[0].endswith(".") or len(kept[0]) == 1):
        kept.pop(0)
    if not first and len(kept) == 1 and (_INITIALS.fullmatch(kept[0]) and not kept[0].islower()):
        return "", True
    return " ".join(kept).strip(_TRIM), len(kept) < len(words)


def abbreviations_of(name: str) -> frozenset[str]:
    """The initials of a body's name: "ASCL" of "Association of School and College Leaders"; "LlC" and "LC" of a Welsh one."""
    words = [word for word in re.split(r"[\s/]+", name) if fold(word) and word.casefold() not in SMALL]
    if not 2 <= len(words) <= 10 or any("." in word for word in words):
        return frozenset()
    parts = [word for word in words if not word.islower()]
    made = {"".join(word[0] for word in parts), "".join(_first_letter(word) for word in parts)}
    made |= {"".join(piece[0] for word in parts for piece in re.split(r"[-‐‑]", word) if piece)}
    return frozenset(fold(one) for one in made if len(one) > 1)


def _first_letter(word: str) -> str:
    digraphs = ("ch", "dd", "ff", "ng", "ll", "ph", "rh", "th")
    return word[:2] if word[:2].casefold() in digraphs else word[0]


def is_abbreviation(names: Names) -> bool:
    """Whether one short word of capitals stands for the authors."""
    return (
        len(names.printed) == 1
        and 2 <= len(names.printed[0]) <= 10
        and sum(map(str.isupper, names.printed[0])) >= 2
        and (" " not in names.printed[0])
    )


def year_and_letter(year: str | None) -> tuple[str, str]:
    """ "2020a" → "2020", "a"; without figures ("n.d.", "in press") → "", ""."""
    match = YEAR.search(year or "")
    return (match[1], (match[2] or "").lower()) if match else ("", "")


def key_of(authors: str, year: str) -> str:
    return f"{authors[: KEY_LENGTH - 5]}|{year}"


# --- the names of a work --------------------------------------------------------------------------------------------------------


def keys_of(csl: Mapping[str, Any], *, welsh_author: str = "") -> dict[str, str]:
    """The keys under which a work may be cited, and the form of each."""
    year = str(year_of(csl) or "")
    found: dict[str, str] = {}
    for form, authors in _author_keys(csl, welsh_author):
        found.setdefault(key_of(authors, year), form)
        if form == Form.TITLE:
            found.setdefault(key_of(authors, ""), form)
    for names, stated in _stated(csl):
        found.setdefault(key_of(names.key, stated), Form.STATED)
    return found


def _author_keys(csl: Mapping[str, Any], welsh_author: str) -> Iterable[tuple[str, str]]:
    custom: Mapping[str, Any] = csl.get("custom") or {}
    creators = creators_of(csl)
    surnames = [_folded_name(name) for name in creators]
    is_cut = bool(custom.get("authors_incomplete"))
    if surnames and not is_cut:
        yield Form.FULL, "+".join(surnames)
    if surnames and (is_cut or len(surnames) > 1):
        yield Form.ET_AL, f"{surnames[0]}+{ET_AL_KEY}"
    if not surnames:
        yield Form.TITLE, read_names(str(csl.get("title") or "")).key
        if csl.get("title-short"):
            yield Form.TITLE, read_names(str(csl["title-short"])).key
    for name in (welsh_author, str(custom.get("author_cy") or "")):
        if name:
            yield Form.WELSH, read_names(name).key
    for abbreviation in _abbreviations(csl, creators, welsh_author):
        yield Form.ABBREVIATION, abbreviation


def _folded_name(name: Mapping[str, str]) -> str:
    return read_names(str(name["literal"])).key if "literal" in name else fold(family_of(name))


def _abbreviations(csl: Mapping[str, Any], creators: Any, welsh_author: str) -> list[str]:
    """As the item gives them, or else the initials of a body."""
    custom: Mapping[str, Any] = csl.get("custom") or {}
    given = [fold(str(value)) for value in (custom.get("abbreviation"), csl.get("authority")) if value]
    if given or len(creators) != 1 or "literal" not in creators[0]:
        return given
    return sorted(abbreviations_of(str(creators[0]["literal"])) | abbreviations_of(welsh_author))


def _stated(csl: Mapping[str, Any]) -> Iterable[tuple[Names, str]]:
    """The forms that the item itself says it is cited in: `custom.cite_forms.in_text`."""
    forms = ((csl.get("custom") or {}).get("cite_forms") or {}).get("in_text") or []
    for printed in forms:
        match = YEAR.search(str(printed))
        names = read_names(str(printed)[: match.start()]) if match else Names((), ())
        if match and names.surnames:
            yield names, match[1]
