"""Titles and names: compared loosely, kept as printed."""

import re
import unicodedata
from collections.abc import Collection

_SPELLINGS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bfocuss(?=[ei])", "focus"),
        (r"centere?(?=[ds]?\b)", "centre"),
        (r"centering\b", "centring"),
        (r"\benquir", "inquir"),
        (r"\bpractis", "practic"),
        (r"(?<=\w\w\w)is(?=(?:e[drs]?|ers|ing|ations?|ational|ationally)\b)", "iz"),
        (r"(?<=\w\w)our(?=s?\b|al\b|ing\b|ed\b)", "or"),
        (r"(?<=\w\w)ll(?=(?:ed|ing|er|ers)\b)", "l"),
        (r"\bprogramme", "program"),
        (r"\bwell being\b", "wellbeing"),
    )
]
_APOSTROPHES_AND_HYPHENS = re.compile(r"['’‘`´ʼ\u00ad\u200b\u2010\u2011-]")
_NOT_WORD = re.compile(r"[\W_]+")


def normalise_title(text: str) -> str:
    """A form in which two printings of one title are equal.

    Case, accents, quotation marks, ellipsis, punctuation, white space, hyphens and the usual
    variants of English spelling do not count.
    """
    joined = _APOSTROPHES_AND_HYPHENS.sub("", text).replace("&", " and ")
    bare = "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))
    plain = _NOT_WORD.sub(" ", bare.casefold()).strip()
    for pattern, replacement in _SPELLINGS:
        plain = pattern.sub(replacement, plain)
    return plain


def same_title(a: str, b: str) -> bool:
    """Whether two printings are one title; an empty title is the same as none."""
    first, second = _letters(a), _letters(b)
    return bool(first) and first == second


def _letters(text: str) -> str:
    return normalise_title(text).replace(" ", "")


class Names:
    """Names known to the site; a role in brackets after a name does not count."""

    _ROLE = re.compile(r"\s*\([^()]*\)\s*$")

    def __init__(self, names: Collection[str]) -> None:
        self._known = {self._key(name) for name in names} - {""}

    def _key(self, name: str) -> str:
        return _letters(self._ROLE.sub("", name[:500]))

    def __contains__(self, name: str) -> bool:
        return bool(self._known) and self._key(name) in self._known
