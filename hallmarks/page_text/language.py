"""Welsh or English?"""

import re

from hallmarks.page_text.shapes import Language

_LANGUAGES: tuple[Language, ...] = ("cy", "en")


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[^\W\d_]+")
_WELSH_WORDS = word_set(
    "y yr yn mae maen maent ac eu ei ein eich gan wedi bod sydd sy hyn hwn hon nid nad fel gyda "
    "drwy trwy dros neu wrth pan mewn ond os rhwng sut bydd eraill pob gall roedd ar o ym "
    "dan heb er lle beth ni chi nhw cael yw oedd fod"
)
_ENGLISH_WORDS = word_set(
    "the of and to is are for with that by this their be as from they or an it can will which "
    "have has on not who we was were these those our your its how what when should may"
)
_WELSH_LETTERS = re.compile(r"[ŵŷ]|dd|wy|yw|^(?:ll|rh|ng|gw|cy|ch?w)|(?:iad|aeth|iau|io|ol)$")
_ENGLISH_LETTERS = re.compile(r"[kqvxz]|sh|ee|oo|tion$|ing$|ed$|ly$|ity$")


def has_words(text: str) -> bool:
    return _WORD.search(text) is not None


def guess_language(text: str) -> tuple[Language, float]:
    """The likelier of the two languages, and how sure: 0 no evidence, 1 none against."""
    words = [word.casefold() for word in _WORD.findall(text)]
    welsh = _weigh(words, _WELSH_WORDS, _WELSH_LETTERS)
    english = _weigh(words, _ENGLISH_WORDS, _ENGLISH_LETTERS)
    if not welsh and not english:
        return "en", 0.0
    sure = abs(welsh - english) / (welsh + english)
    return ("cy" if welsh > english else "en"), sure


def _weigh(words: list[str], known: frozenset[str], letters: re.Pattern[str]) -> int:
    """How much speaks for a language: its common words most, its usual letters a little."""
    return sum(3 * (word in known) + bool(letters.search(word)) for word in words)


def choose_language(asked: str | None, text: str) -> Language:
    """The language asked for, if it is one of the two ("cy", "en-GB"); else the likelier one."""
    for language in _LANGUAGES:
        if asked and asked.startswith(language):
            return language
    return guess_language(text)[0]
