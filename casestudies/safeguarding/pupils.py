"""Likely pupils' names: a first name beside a year group, an age or a class.

First the year groups, ages and classes are found, then what stands right before and right after each: only the few words
that join a child to one ("in", "o", "disgybl ym", "aged") may stand between. Whoever teaches, leads or is called Mr or Mrs is
staff; what follows "Ysgol", "St" or "Llan" is a place.
"""

import re
from collections.abc import Iterator

from casestudies.safeguarding.names import ALSO_WORDS, FIRST_NAMES

Span = tuple[int, int]

_NUMBERS = (
    "three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "tair|tri|pedair|pedwar|pum|pump|chwe|chwech|saith|wyth|naw|deg|deng|un ar ddeg|deuddeg|deuddeng|tair ar ddeg|"
    "pedair ar ddeg|pymtheg|un ar bymtheg|dwy ar bymtheg|deunaw"
)
_AGE_NUMBER = rf"(?:1[0-9]|[2-9]|(?i:{_NUMBERS}))"
_TITLED = r"(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][\w’'-]+"
_YEAR = r"(?:[Yy]ear|Yr\.?|[BFM]lwyddyn|[bfm]lwyddyn|Bl\.) ?(?:1[0-3]|[1-9])(?!\d)|(?:Y|Yr|Bl)(?:1[0-3]|[1-9])(?!\d)"
_AGE = (
    rf"(?:[Aa]ged? |yn )?(?<![\d–-]){_AGE_NUMBER}[ -](?:years?[ -]old|(?:ml|bl|fl)wydd oed|oed)\b"
    rf"|[Aa]ge(?:d| of)? {_AGE_NUMBER}\b(?!\s*(?:to|–|-|and|%|\d))|(?<=\()(?:1[0-9]|[3-9])(?=\))"
)
_CLASS = (
    rf"{_TITLED}[’']s? (?:class|form)\b|(?:[Cc]lass|[Ff]orm) (?:\d{{1,2}}[A-Z]?|[A-Z]{{1,2}}\d?)\b|(?:[1-9]|1[0-3])[A-Z]\b"
    rf"|(?:[Dd]d?|[Nn])osbarth (?:\d{{1,2}}[A-Z]?\b|Derbyn|Meithrin|{_TITLED})|(?:Reception|Nursery|Derbyn|Meithrin|Feithrin)\b"
)
_PUPIL = (
    r"(?:[Pp]upil|[Ll]earner|[Ss]tudent|[Bb]oy|[Gg]irl|[Cc]hild|(?:[Dd]d?|[Nn])isgybl|[Dd]d?ysgwr|"
    r"[Mm]erch|[Ff]erch|[Bb]achgen|[Ff]achgen|[Pp]lentyn|[Bb]lentyn)\b"
)
_CALLED = r"(?:called|named|whose name is|o[’']r enw)\b"
#: What says that somebody is a child.
_PLACE = re.compile(rf"(?P<year>{_YEAR})|(?P<age>{_AGE})|(?P<class>{_CLASS})|(?P<pupil>{_PUPIL})(?=[ ,]+{_CALLED})")
#: The words that such a place can begin with, beside those with a digit in them: the others are passed over at once.
_BEGINS = frozenset(
    [
        "year",
        "yr",
        "blwyddyn",
        "flwyddyn",
        "mlwyddyn",
        "bl",
        "age",
        "aged",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "class",
        "form",
        "dosbarth",
        "ddosbarth",
        "nosbarth",
        "reception",
        "nursery",
        "derbyn",
        "meithrin",
        "feithrin",
        "pupil",
        "learner",
        "student",
        "boy",
        "girl",
        "child",
        "disgybl",
        "ddisgybl",
        "nisgybl",
        "dysgwr",
        "ddysgwr",
        "merch",
        "ferch",
        "bachgen",
        "fachgen",
        "plentyn",
        "blentyn",
        "un",
    ]
) | frozenset(_NUMBERS.split("|"))
_TOKEN = re.compile(r"\w+")

_WORD = r"[A-ZÂÊÎÔÛŴŶÀ-ÖØ-Þ][\w]*(?:[’'-][A-Za-zÀ-ÿŵŷŴŶ]\w+)*"
_NAME = rf"{_WORD}(?: {_WORD}| [A-Z]\b\.?)*"
_NAMES = rf"{_NAME}(?:(?:, | and | & | ac? ){_NAME})*"
_JOINING = (
    r"who|who[’']s|is|was|are|were|a|an|the|in|from|of|at|now|then|just|only|currently|our|one|young|when|he|she|"
    r"pupils?|learners?|students?|boy|girl|child|children|"
    r"sydd|oedd|yw|ydy|mae|yn|ym|yng|o|y|yr|ein|bellach|nawr|dim ond|un|rhai|sy[’']n|"
    r"d?disgybl(?:ion)?|nisgybl|d?dysgwr|merch|ferch|bachgen|fachgen|plentyn|blentyn|dosbarth|nosbarth|nghlas"
)
_BEFORE = re.compile(
    rf"(?P<names>{_NAMES})(?P<gap>(?:\s*[,(–—-]\s*|\s+)(?:(?:{_JOINING}|o[’']r|i[’']r)\b[\s,(–-]*){{0,6}})$"
)
_CHILD = r"pupils?|learners?|students?|child|children|boys?|girls?|d?disgybl(?:ion)?|merch|ferch|bachgen|fachgen|plentyn|blentyn"
_AFTER = re.compile(
    rf"(?P<gap>\)?(?P<joined>(?:[ -](?:{_CHILD}))?(?:\s*[,:–—-]+)?)\s+(?P<called>(?:called|named|whose name is|o[’']r enw)\s+)?"
    rf"(?:(?:mae|roedd|oedd|bu|caiff|cafodd|said|says|dywedodd|meddai)\s+)?)(?P<names>{_NAMES})"
)

_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Yr Athro|Athro|Y Parch|Parch|Rev)\b\.?\s+(?:\w+\s+)?$"
)
_OF_A_PLACE = re.compile(
    r"\b(?:Ysgol|Ysgolion|Coleg|Prifysgol|Canolfan|Capel|Eglwys|Sant|Santes|Saint|St\.?|School|Bro|Cwm|Plas|Stryd|Heol|"
    r"Ffordd|[Dd]+osbarth|[Nn]osbarth|[Cc]lass|Gwobr|Cronfa|Tŷ|Neuadd)\s+(?:\w+\s+){0,2}$"
)
_NAMES_A_PLACE = re.compile(
    r"(?:[’']s)?\s+(?:Church|School|Primary|Academy|College|Catholic|Road|Street|Hall|House|Sant\b)"
)
_STAFF_AFTER = re.compile(
    r"[’']?s?\)?,?\s+(?:\w+\s+)?(?:class\s+|phase\s+)?(?:teach\w*|team|lead\w*|led|staff|tutors?|assistants?|TAs?|LSAs?|coordinat\w*|practitioners?|"
    r"colleagues?|parents?|governors?|coach\w*|mentor\w*|taught|took|athraw\w*|athro|arwein\w*|cydlyn\w*|cynorthwy\w*|rhieni|tîm)\b",
    re.IGNORECASE,
)
#: "Year 2 of the project" is no class.
_OF_A_PROJECT = re.compile(
    r"\s+(?:of|o|o[’']r|y|yr|ein|our|in)\s*(?:the |our |this |a |y |yr |ein )?(?:three-year |two-year )?"
    r"(?:project|programme|plan|work|journey|partnership|prosiect|rhaglen|cynllun|gwaith|daith|bartneriaeth)\b"
)
_SENTENCE_END = re.compile(r"(?<!\bBl)(?<!\bYr)(?<!\b[A-Z])[.!?][”’\")]*\s+(?=\S)|\n\s*\n")
_REACH = 90


def pupils(text: str) -> Iterator[Span]:
    """Each place where a child seems to be named, from the name to what says that it is a child's."""
    for place in _places(text):
        if place["year"] and _OF_A_PROJECT.match(text, place.end()):
            continue
        found = _named_before(text, place) or _named_after(text, place)
        if found is not None:
            yield found


def _places(text: str) -> Iterator[re.Match[str]]:
    """Year groups, ages, classes, and pupils who are "called" something."""
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word[0].isdigit() or word[-1].isdigit() or word.lower() in _BEGINS:
            place = _PLACE.match(text, token.start())
            if place is not None:
                yield place


def _named_before(text: str, place: re.Match[str]) -> Span | None:
    """“Carys in Year 4”, “Cai (8 oed)”, “Tomos, disgybl ym Mlwyddyn 6”."""
    if place["pupil"] or _STAFF_AFTER.match(text, place.end()):
        return None
    begin = _sentence_before(text, place.start())
    match = _BEFORE.search(text[begin : place.start()])
    if match is None or _joins_two_things(match["gap"], place):
        return None
    strong = bool(place["age"])
    start = _first_name(text, begin + match.start("names"), match["names"], any_name=strong and "," in match["gap"])
    closed = "(" in match["gap"] and text[place.end() : place.end() + 1] == ")"
    return None if start is None else (start, place.end() + closed)


def _joins_two_things(gap: str, place: re.Match[str]) -> bool:
    """Welsh “a” before a Welsh word is “and”: “Tomos a Blwyddyn 6” are two."""
    return gap.split()[-1:] in (["a"], ["ac"]) and not re.match(r"[Yy]ear|Yr|Y\d|\w+[- ]year", place[0])


def _named_after(text: str, place: re.Match[str]) -> Span | None:
    """“Year 4 pupil Carys”, “disgybl o’r enw Tomos”, “In Year 2, Lily …”."""
    match = _AFTER.match(text, place.end())
    if match is None or _SENTENCE_END.search(match["gap"]):
        return None
    age = place["age"] or ""
    beside = match["joined"] or match["called"] or (age and not age.startswith("("))
    if not beside or re.fullmatch(r"\s*[-–—]\s*", match["joined"] or ""):
        return None
    start = _first_name(text, match.start("names"), match["names"], any_name=bool(match["called"]))
    if start is None or _STAFF_AFTER.match(text, match.end("names")):
        return None
    return place.start(), _end_of_name(text, start)


def _sentence_before(text: str, position: int) -> int:
    """Where the sentence begins, or as far back as anybody would look."""
    begin = max(0, position - _REACH)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, begin, position)]
    if ends:
        return ends[-1]
    while 0 < begin < position and not text[begin - 1].isspace():
        begin += 1
    return begin


def _first_name(text: str, start: int, names: str, *, any_name: bool) -> int | None:
    """Where the first child's name among `names` begins, or None where all are staff, places or words."""
    for word in re.finditer(_WORD, names):
        at = start + word.start()
        before = text[max(0, at - 40) : at]
        known = re.split(r"[’'-]", word[0])[0] in FIRST_NAMES and not _is_only_a_word(word[0], before)
        if not known and not (any_name and word.start() == 0 and _could_be_a_name(word[0], before)):
            continue
        if _TITLE.search(before) or _OF_A_PLACE.search(before) or _NAMES_A_PLACE.match(text, start + word.end()):
            return None
        return at
    return None


def _is_only_a_word(word: str, before: str) -> bool:
    """A month, a season or a verb that could be a name: at the head of a clause or after “in”, it is not one."""
    return word in ALSO_WORDS and (
        not before.strip()
        or bool(re.search(r"(?:[.!?:\n“‘]|\b(?:in|mis|yn|ym|by|since|during|erbyn))\s*$", before, re.I))
    )


def _could_be_a_name(word: str, before: str) -> bool:
    return word.isalpha() and len(word) > 2 and word.istitle() and not re.search(r"(?:^|[.!?\n])\s*$", before)


def _end_of_name(text: str, start: int) -> int:
    """A first name with the surname or the initial that follows it."""
    match = re.compile(rf"{_WORD}(?: (?!(?:{_YEAR}))(?:[A-Z]\b\.?|{_WORD}))?").match(text, start)
    return match.end() if match else start
