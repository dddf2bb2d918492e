"""Whether some words are the authors of a citation, and which words before a bracket are.

Everything here looks at a bounded stretch of text, so that finding stays linear in the length of the whole.
"""

import re
from collections.abc import Sequence

from references.citations.vocabulary import (
    AND,
    BODIES,
    DATES,
    LEADS,
    NOT_AUTHORS,
    PARTICLES,
    PLACES,
    SMALL,
    STARTERS,
    SURNAMES,
)

LONGEST = 250  # characters of authors
_MOST_WORDS = 24
ET_AL = re.compile(
    r"[,\s]+(?:et\.?\s*al\b\.?|(?:and|&|ac?)\s+(?:colleagues|others|eraill)|a(?:['’][iu]|c\s+eu|\s+[ei]u)\s+(?:g|ch)ydweithwyr)[.,\s]*$",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"(?:[^\W\d_]|[\s.,&'’‘ʼ+/\u0300-\u036f\u00ad‐‑–-])*+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-‐‑]?){1,4}")
#: A Welsh verb in the past, or a word joined to an article: "Nododd Rees (2019)", "Mae'r Cyngor (2020)".
_WELSH_STARTER = re.compile(r"\w{3,}odd|\w+['’][rniuw]")
_TOKEN = re.compile(r"\S+")
#: Read backwards, from the bracket.
_HARD_STOP = re.compile(r"[()\[\]{};:!?\"“”«»…|=<>*•]|\s[–—-](?=\s|$)|\n[^\S\n]*\n")


def strip_leads(text: str, start: int, end: int) -> int:
    """Where the author begins once "see, for example, the" is passed over."""
    for _ in range(6):
        match = LEADS.match(text, start, end)
        if not match or match.end() == start:
            break
        rest = text[match.end() : end]
        if not rest.strip() or (match[0][:1].isupper() and match[0].strip(" ,:").casefold() in {"the", "both"}):
            break
        start = match.end()
    return start


def are_authors(authors: str, *, with_comma: bool) -> bool:
    """Whether `authors`, the words between a bracket (or the citation before) and a year, are people or bodies."""
    if not authors or len(authors) > LONGEST or not _ALLOWED.fullmatch(authors):
        return False
    named = ET_AL.sub("", authors)
    has_et_al = named != authors
    words = [folded for word in named.split() if (folded := word.strip(".,"))]
    if not words or len(words) > _MOST_WORDS or not _opens_a_name(words):
        return False
    if any(_is_lower(word) and not _may_be_small(word) for word in words) or words[-1] in SMALL - PARTICLES:
        return False
    return has_et_al or not _are_something_else([word.casefold() for word in words], with_comma=with_comma)


def _opens_a_name(words: Sequence[str]) -> bool:
    first = words[0]
    if first.casefold() in PARTICLES and first[0].islower():
        return len(words) > 1 and not _is_lower(words[-1])
    return not _is_lower(first) and any(len(word) > 1 for word in words)


def _is_lower(word: str) -> bool:
    """Whether a word has no capital where a name has one: "deVries" and "d’Angelo" have."""
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and not any(letter.isupper() or letter.istitle() for letter in letters[:4])


def _may_be_small(word: str) -> bool:
    return word.casefold() in SMALL or not any(letter.isalpha() for letter in word)


#: Words that open a sentence, and the name of a body too: "The Sutton Trust", "Y Coleg Cymraeg".
_OPEN_NAMES = frozenset({"the", "y", "yr", "early", "work", "research", "evidence", "first"})


def _are_something_else(words: Sequence[str], *, with_comma: bool) -> bool:
    """Dates, laws, places: capitals and a year that are no citation."""
    first, last = words[0], words[-1]
    if last in NOT_AUTHORS or first in NOT_AUTHORS or all(word in DATES | SMALL for word in words):
        return True
    if first in STARTERS - _OPEN_NAMES and not (with_comma and first in SURNAMES):
        return True
    return not with_comma and (
        last in DATES or (last in PLACES and not BODIES.search(" ".join(words)) and len(words) < 4)
    )


# --- the authors before a bracket ---------------------------------------------------------------------------------------------


def authors_before(text: str, end: int, *, floor: int) -> tuple[int, int] | None:
    """Where the authors stand that end at `end`, such as "Porritt et al." before "(2017)"; None where there are none."""
    begin = max(floor, end - LONGEST)
    stop = _HARD_STOP.search(text[begin:end][::-1])
    window = end - stop.start() if stop else begin
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text, window, end)][-_MOST_WORDS:]
    if window == begin > floor and tokens and not text[begin - 1].isspace():
        tokens = tokens[1:]  # cut in two by the window
    if not tokens:
        return None
    return _Walk(tokens).find()


class _Walk:
    """Goes back over words, from the bracket, for as long as they can be authors."""

    def __init__(self, tokens: list[tuple[str, int, int]]) -> None:
        self.tokens = tokens

    def find(self) -> tuple[int, int] | None:
        last = len(self.tokens) - 1
        end = self.tokens[last][2]
        at = self._before_et_al(last)
        has_et_al = at < last
        if at < 0:
            return None
        end -= self._trailing(last)
        first = self._authors(at, lists=has_et_al)
        if first is None:
            return None
        start = self.tokens[first][1]
        if not has_et_al and self._is_no_author(first, at):
            return None
        return start, end

    def _trailing(self, at: int) -> int:
        """How many characters at the end of the last word are not the author's: a comma, a possessive."""
        word = self.tokens[at][0]
        bare = word.rstrip(",")
        owned = _POSSESSIVE.search(bare)
        return len(word) - (owned.start() if owned else len(bare))

    def _before_et_al(self, last: int) -> int:
        words = [word.casefold() for word, *_where in self.tokens[max(0, last - 2) : last + 1]]
        if words[-1].strip(".,") in {"et.al", "etal"}:
            return last - 1
        if len(words) > 1 and words[-2].strip(".,") == "et" and words[-1].strip(".,’'s") in {"al"}:
            return last - 2
        if len(words) > 1 and words[-2] in AND and words[-1].strip(".,’'") in {"colleagues", "others", "eraill"}:
            return last - 2
        if len(words) > 1 and words[-1].strip(",.").endswith("ydweithwyr"):
            return last - (2 if words[-2][:2] in {"a'", "a’"} else 3)
        return last

    def _authors(self, at: int, *, lists: bool) -> int | None:
        """The first word of the authors whose last word is at `at`."""
        first = self._name(at)
        if first is None:
            return None
        while first >= 2 and self.tokens[first - 1][0].casefold() in AND:
            before = self._name(first - 2)
            if before is None or self._word(first - 2).casefold() in PLACES:
                break
            first, lists = before, True
        while first >= 1 and self.tokens[first - 1][0].endswith(",") and (lists or self._is_initial(first - 1)):
            before = self._name(first - 1)
            if before is None or self._word(first - 1).casefold() in PLACES:
                break
            first = before
        return first

    def _name(self, at: int) -> int | None:
        """The first word of one name whose last word is at `at`."""
        word = self._word(at)
        if not _is_capital(word) or (not self._is_initial(at) and word.casefold() in (STARTERS - SURNAMES) | DATES):
            return None
        first = at
        while first >= 1 and self._goes_on(first - 1):
            first -= 1
        first = self._with_body(first)
        while first < at and self._is_starter(first):
            first += 1
        return first if self._has_surname(first, at) and not self._is_in_title(first) else None

    def _is_starter(self, at: int) -> bool:
        """ "The", "Professor", "Dadleuodd"; but "A." is an initial."""
        word = self._word(at)
        is_initial = len(word) == 1 and self.tokens[at][0].endswith((".", ","))
        return not is_initial and (word.casefold() in STARTERS or bool(_WELSH_STARTER.fullmatch(word)))

    def _is_in_title(self, first: int) -> bool:
        """Whether "Heading" stands in "Title Case Words In A Heading": small words with capitals, and a capital before them."""
        before = first - 1
        while before >= 0 and self._is_starter(before) and self.tokens[before][0][0].isupper():
            before -= 1
        return 0 <= before < first - 1 and _is_capital(self.tokens[before][0]) and self.tokens[before][0][-1].isalpha()

    def _is_initial(self, at: int) -> bool:
        """ "A." or "A" after "Harris,"."""
        raw = self.tokens[at][0].rstrip(",")
        return (
            raw[:1].isupper()
            and bool(_INITIALS.fullmatch(raw))
            and (raw.endswith(".") or (at > 0 and (raw != self.tokens[at][0] or self.tokens[at - 1][0].endswith(","))))
        )

    def _goes_on(self, at: int) -> bool:
        """Whether the word at `at` belongs to the name that begins after it."""
        raw = self.tokens[at][0]
        after = self._word(at + 1)
        if raw.endswith(","):
            return _is_surname_before(raw, after)
        if raw.endswith("."):
            return bool(_INITIALS.fullmatch(raw)) and raw[0].isupper()
        if raw.casefold() in PARTICLES and not raw[0].isupper():
            return True
        return _is_capital(raw) and not self._is_starter(at) and not _POSSESSIVE.search(raw)

    def _with_body(self, first: int) -> int:
        """Goes on over "of", "for" and "and" where the words before them are those of a body."""
        reached, at = first, first
        while at >= 2 and self.tokens[at - 1][0].casefold() in SMALL:
            small = at - 1
            while small >= 1 and self.tokens[small - 1][0].casefold() in SMALL:
                small -= 1
            if (
                small == 0
                or not _is_capital(self.tokens[small - 1][0])
                or self.tokens[small - 1][0].endswith((".", ";"))
            ):
                break
            at = small - 1
            while at >= 1 and self._goes_on(at - 1):
                at -= 1
            only_and = self.tokens[small][0].casefold() in AND
            if BODIES.search(" ".join(word for word, *_where in self.tokens[at:small])) and not only_and:
                reached = at
        return reached

    def _has_surname(self, first: int, at: int) -> bool:
        return any(len(self._word(place)) > 1 for place in range(first, at + 1))

    def _is_no_author(self, first: int, at: int) -> bool:
        words = [self._word(place).casefold() for place in range(first, at + 1)]
        alone = len(words) == 1 and words[0] in PLACES
        return alone or words[-1] in NOT_AUTHORS or words[0] in NOT_AUTHORS or all(word in DATES for word in words)

    def _word(self, at: int) -> str:
        return _POSSESSIVE.sub("", self.tokens[at][0].strip(".,"))


def _is_capital(word: str) -> bool:
    bare = word.strip(".,'’‘")
    return bool(bare) and bare[0].isalpha() and not _is_lower(bare) and bool(_ALLOWED.fullmatch(bare))


def _is_surname_before(raw: str, after: str) -> bool:
    """ "Lomax," before "J.": the comma parts a surname from its initials."""
    initials = bool(_INITIALS.fullmatch(after)) and (after.isupper() and len(after.replace(".", "")) <= 3)
    return initials and _is_capital(raw) and len(raw.strip(".,")) > 1
