"""The line that begins a reference: "Author (year)", perhaps with its body."""

import re
from typing import NamedTuple

from hallmarks.page_text.citing import count_citations
from hallmarks.page_text.language import word_set

LONG = 60  # words: longer than any entry seen, shorter than most paragraphs

_DIGITS = r"(?:1[5-9]|20)\d\d"
_YEAR = (
    rf"(?:c(?:irca|\.)? ?)?{_DIGITS} ?(?:[/–-]\d{{2,4}})?[a-z]?|[nd]\. ?d\.?|[nd]d"
    r"|no date|undated|dim dyddiad|heb ddyddiad|in press|forthcoming|yn y wasg|ar ddod|i ddod"
    r"|i['’]w gyhoeddi"
)
_ENTRY = re.compile(
    r"(?P<heading>(?P<authors>[^()]{1,250}(?:\([^()\d]{1,40}\)[^()]{0,5})?)"
    rf"\((?P<year>{_YEAR})(?:[,;:] ?[^()]{{1,25}})?\))[.,:;]?(?P<body>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BROKEN_ENTRY = re.compile(
    rf"(?P<heading>(?P<authors>[^()\[\]]{{1,250}}?)\s*[(\[]?(?P<year>{_DIGITS}[a-z]?)[)\]]?)(?:[.,]?|[.,] +(?P<body>\D.*))",
    re.DOTALL,
)
_BULLET = re.compile(r"(?:[•·▪‣*–-]|\d{1,2}[.)]|\[\d{1,2}\])\s+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
_PARTICLES = word_set("de van von der den le la du di da ap ab ferch al el y yr")
_SMALL_WORDS = _PARTICLES | word_set(
    "and a ac et of for the in on to with gan gyda ar gyfer i o yn er dros am eds ed gol gols "
    "golygydd golygyddion others eraill fel sy’n sy'n & / – -"
)
_NOT_AN_AUTHOR = re.compile(r"(?:in|yn|see|gweler|mewn)[:\s]", re.IGNORECASE)
_IMPRINT = re.compile(
    r"\d|https?:|www\.|doi\b|^[\w .’'-]{2,40}: ?\w|\b(?:press|journal|university|publish\w*|report"
    r"|routledge|gwasg|prifysgol|cyfnodolyn|cyhoedd\w*|adroddiad|papers?|papur\w*)\b",
    re.IGNORECASE,
)


class Entry(NamedTuple):
    heading: str
    authors: str
    year: str
    body: str
    person: bool  # the authors are people, with initials


def match_entry(text: str) -> Entry | None:
    """The line as the beginning of a reference; None when it is something else."""
    bullet = _BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    match = _ENTRY.match(text)
    if not match:
        return _match_broken_entry(text)
    authors, body = _trim_authors(match["authors"]), match["body"].strip()
    person = _has_initials(authors)
    if not _may_be_authors(authors, strict=bool(body)) or not _may_be_body(body, person):
        return None
    return Entry(match["heading"], authors, match["year"], body, person)


def _match_broken_entry(text: str) -> Entry | None:
    """People and a year, with a bracket (or both) missing or square: "Woods, P., 2018. Collaborative …"."""
    match = _BROKEN_ENTRY.fullmatch(text) if len(text) < 600 else None
    if not match:
        return None
    authors = _trim_authors(match["authors"])
    if not _has_initials(authors) or not _may_be_authors(authors, strict=True):
        return None
    body = (match["body"] or "").strip()
    return Entry(match["heading"] if body else text, authors, match["year"], body, person=True)


def _trim_authors(text: str) -> str:
    return text.strip().rstrip(",;:")


def _has_initials(authors: str) -> bool:
    rest = [word.rstrip(",;.") for word in authors.split()[1:]]
    return any(word.isupper() and _INITIALS.fullmatch(word) for word in rest)


def _may_be_authors(authors: str, *, strict: bool) -> bool:
    words = authors.split()
    if not words or len(words) > 40 or _NOT_AN_AUTHOR.match(authors):
        return False
    if not (words[0][0].isupper() or (words[0].casefold() in _PARTICLES and len(words) > 1)):
        return False
    lower = [word for word in words if word[0].islower() and not is_small(word)]
    return not lower if strict else len(lower) <= len(words) / 2 and len(words) - len(lower) <= 30


def _may_be_body(body: str, person: bool) -> bool:
    """Prose also begins with "Estyn (2017)", but goes on with a verb, and cites."""
    return person or not (body[:1].islower() or count_citations(body))


def is_small(word: str) -> bool:
    """Whether a word is small even in a title or a list of authors."""
    return word.rstrip(".,;:()").casefold() in _SMALL_WORDS


def looks_like_imprint(text: str) -> bool:
    """Whether the text has what the body of an entry has: a figure, an address, "Place: Publisher"."""
    return _IMPRINT.search(text) is not None
