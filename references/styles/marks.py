"""What citeproc carries through for us, and HTML at the end.

citeproc-py 0.11 neither escapes what it prints nor keeps track of where a title begins. So an item's texts go in between marks
(characters that no text may hold), and everything is escaped once, when the marks become elements.
"""

import re
from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from foundation.bilingual.words import and_before
from references.csl import DOI_HOST, doi_address

#: Each opens a part, and END closes the part that was opened last.
ITALIC, TITLE, ORIGINAL, WORDS, NAME, YEAR, CITED_TITLE, CITED_WORDS, DOI, ADDRESS = (
    chr(0xE000 + n) for n in range(10)
)
END = chr(0xE010)
#: Stands for the Welsh "and", which depends on the next sound.
AND = chr(0xE011)

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\s]+")
_PUNCTUATION = (
    # "What works?." and "Learning.." : the style ends each part with a stop, whatever the part ends with.
    (re.compile(rf"([.?!…][’”]?)({END}+)\.(?=\W|$)"), r"\1\2"),
    # "‘Learning.’, Journal": the same before the style's comma.
    (re.compile(rf"(?<!\.)\.({END}+’),"), r"\1,"),
    (re.compile(" {2,}"), " "),
)
#: Quotation marks in a title that stands in quotation marks itself; an apostrophe is no mark.
_QUOTED_TITLE = re.compile(rf"(?<=‘{TITLE})[^{END}]*(?={END})")
_INNER = re.compile(r"‘([^‘’]*(?:\w’\w[^‘’]*)*)’")


#: Italics that hold one title or name of a source and nothing else are one element.
_CITED = re.compile(rf"{ITALIC}([{TITLE}{WORDS}])([^{ITALIC}-{END}]*){END}{END}")
_AS_CITED = {TITLE: CITED_TITLE, WORDS: CITED_WORDS}
_NOT_CITED = {cited: plain for plain, cited in _AS_CITED.items()}


def clean(text: str) -> str:
    """A text of an item without marks and control characters, its white space single."""
    return _FORBIDDEN.sub(" ", text).strip()


def marked(mark: str, text: str) -> str:
    return f"{mark}{text}{END}"


class Formatter:
    """What citeproc asks for formatting: only italics stand in the style; all else passes as it is."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    Oblique = Bold = Light = Underline = Superscript = Subscript = SmallCaps = preformat

    @staticmethod
    def Italic(text: object) -> str:  # noqa: N802 — the name that citeproc calls
        return marked(ITALIC, str(text))


def to_html(text: str, languages: Mapping[str, str], page_language: str) -> SafeString:
    """The marked text as HTML. `languages` says in which language the texts behind a mark are."""
    parts: list[str] = []
    closing: list[str] = []
    for piece in re.split(rf"([{ITALIC}-{ADDRESS}{END}])", _corrected(text)):
        if piece == END:
            parts.append(closing.pop())
        elif piece in (DOI, ADDRESS):
            closing.append("</a>")
            parts.append(piece)
        elif piece and ITALIC <= piece <= ADDRESS:
            language = languages.get(_NOT_CITED.get(piece, piece), "")
            opened, closed = _element(piece, language, page_language)
            closing.append(closed)
            parts.append(opened)
        elif parts and parts[-1] in (DOI, ADDRESS):
            target, shown = (doi_address(piece), DOI_HOST) if parts[-1] == DOI else (piece, "")
            parts[-1] = f'<a href="{escape(target)}">{shown}'
            parts.append(escape(piece))
        else:
            parts.append(escape(piece))
    return mark_safe("".join(parts))  # every text above went through `escape`


def _element(mark: str, language: str, page_language: str) -> tuple[str, str]:
    if mark == ITALIC:
        return "<i>", "</i>"
    if mark == YEAR:
        return '<span class="year">', "</span>"
    is_other = language and language.split("-")[0] != page_language
    attribute = f' lang="{escape(language)}"' if is_other else ""
    if mark in _NOT_CITED:
        return f"<cite{attribute}>", "</cite>"
    return (f"<span{attribute}>", "</span>") if attribute else ("", "")


def _corrected(text: str) -> str:
    text = text.replace(DOI_HOST + DOI, DOI)
    text = _QUOTED_TITLE.sub(lambda title: _INNER.sub(r"“\1”", title[0]), text)
    for pattern, replacement in _PUNCTUATION:
        text = pattern.sub(replacement, text)
    text = _CITED.sub(lambda cited: f"{_AS_CITED[cited[1]]}{cited[2]}{END}", text)
    first, *others = text.split(AND)
    return first + "".join(and_before(other) + other for other in others)
