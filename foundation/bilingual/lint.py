"""What a Welsh string may not contain: a bare name after a mutating word, an ampersand, an English ordinal.

Pure functions on one string; each gives the faulty excerpts, none when the string is sound.
"""

import re
from typing import NamedTuple

# Placeholders that stand for figures, dates and addresses, known by the last word of their name (`start_date`).
_FIGURES = """
    n num number cnt count counter sel total page pages year years min max limit limit_value show_value minutes hours
    seconds days size length width height percent date datetime time url uri href email address phone doi isbn id pk code
    version
"""
UNMUTATED = frozenset(_FIGURES.split())

# Words that soften, aspirate or nasalise what follows (Thomas, *Gramadeg y Gymraeg*; B. M. Jones, "Geiriau sy'n
# treiglo", users.aber.ac.uk/bmj). `eich`, `rhwng`, `mewn`, `ger`, `wedi`, `cyn` and `fel` change no noun.
_MUTATING = (
    "am|ar|at|dan|tan|dros|tros|drwy|trwy|gan|heb|hyd|i|o|wrth|yn|neu|fy|dy|ei|ein|eu|un|dau|dwy|tri|chwe|pa|"
    "dyma|dyna|dacw|hen|prif|ail|ambell|holl|rhyw|unrhyw"
)
# Words whose own form hangs on the sound that follows (a/ac, y/yr, ym/yng): quotation marks do not excuse these.
_SOUNDING = "a|ac|â|ag|gyda|gydag|tua|tuag|na|nac|y|yr|ym|yng"

_PLACEHOLDER = (
    r"(?P<place>(?<!%)%\((?P<named>\w+)\)[-+#0]*[\d.]*(?P<kind>[a-zA-Z])"
    r"|(?<!%)%(?P<bare>[sdrif])(?![a-z])"
    r"|\{\{\s*(?P<variable>[\w.]+)[^}]*\}\}"
    r"|(?<!\{)\{(?P<field>[\w.\[\]]*)(?:![rsa])?(?::(?P<format>[^{}]*))?\}(?!\}))"
)
_PLACEHOLDERS = re.compile(_PLACEHOLDER)
_GAP = r"(?:\s|&nbsp;|<[^>]*>)*"
_BARE_NAME = re.compile(
    rf"(?:(?<![\w’'-])(?P<word>{_MUTATING}|{_SOUNDING})(?=[\s&<])"
    r"|(?<=\w)(?P<clitic>[’'](?:r|n|i|w|th)(?=[\s&<])))"
    rf"{_GAP}(?P<quote>[“‘\"']?){_GAP}{_PLACEHOLDER}",
    re.IGNORECASE,
)
_TAG_OR_ADDRESS = re.compile(r"<[^>]*>|https?://\S+")
_AMPERSAND = re.compile(r"\S*\s?&(?:amp;|#38;|(?!\w+;|#\w+;))\s?\S*")
_ORDINAL = re.compile(rf"(?:\b\d+|{re.sub(r'[?]P<[a-z]+>', '?:', _PLACEHOLDER)})(?:st|nd|rd|th)\b|\bjS\b")


class Placeholder(NamedTuple):
    """One place to fill in a message: its text, its name ("" when it has none), and whether it prints a figure."""

    text: str
    name: str
    is_figure: bool


def placeholders(message: str) -> list[Placeholder]:
    """The places of %(name)s, %s, {name}, {} and {{ name }} in `message`, in their order."""
    return [_placeholder(match) for match in _PLACEHOLDERS.finditer(message)]


def bare_name_after_mutating_word(msgstr: str) -> list[str]:
    """Excerpts such as "i %(name)s", where the name may have to change its first sound, or the word its own form.

    Mark-up between the two is looked through. Figures, dates and addresses (`UNMUTATED`, %d) are let through, and so
    is a name in quotation marks, which stays as it is, unless the word before it varies ("a “%(title)s”").
    """
    return [
        " ".join(match[0].split())
        for match in _BARE_NAME.finditer(msgstr)
        if not _placeholder(match).is_figure and not _excused(match)
    ]


def ampersand(msgstr: str) -> list[str]:
    """Excerpts with "&" (or &amp;) written for "a/ac"; character references, tags and addresses are not looked at."""
    return [match[0].strip() for match in _AMPERSAND.finditer(_TAG_OR_ADDRESS.sub("", msgstr))]


def english_ordinal(msgstr: str) -> list[str]:
    """Excerpts such as "1st" and "%(day)sth", and Django's date format "jS", which prints them."""
    return [match[0] for match in _ORDINAL.finditer(msgstr)]


def _placeholder(match: re.Match[str]) -> Placeholder:
    name = match["named"] or match["variable"] or match["field"] or ""
    last = re.split(r"[._]", name)[-1]
    numeric = (match["kind"] or match["bare"] or (match["format"] or "s")[-1]) in set("dif")
    return Placeholder(match["place"], name, numeric or last in UNMUTATED or name in UNMUTATED)


def _excused(match: re.Match[str]) -> bool:
    return bool(match["quote"]) and not re.fullmatch(_SOUNDING, match["word"] or "", re.IGNORECASE)
