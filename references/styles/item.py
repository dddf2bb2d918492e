"""An item made ready for citeproc: of the shape it can read, its texts marked, in the edition that the reader gets.

Whatever an item holds, this neither changes it nor fails: what has not the shape of the CSL 1.0.2 data schema is left out.
"""

import re
from collections.abc import Mapping
from typing import Any

from references.csl import Item, bare_doi, bare_language, creators_of, language_of, web_address
from references.styles.dates import dates_of, printed_day, printed_year
from references.styles.marks import ADDRESS, DOI, NAME, ORIGINAL, TITLE, WORDS, YEAR, clean, marked
from references.styles.style import DAY_VARIABLE, YEAR_VARIABLE

#: Texts in the language of the work, and names and numbers in none.
_WORDS = ("collection-title", "container-title", "edition", "event", "genre", "medium")
_NAMES = ("publisher", "publisher-place")
_NUMBERS = ("collection-number", "issue", "number", "number-of-volumes", "page", "volume")
_PEOPLE = ("author", "container-author", "editor", "translator")
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
#: Mark-up that CSL allows in a text; an entry is shown without.
_RICH = re.compile(r"<(i|b|sub|sup|span)(?: class=\"nocase\"| style=\"font-variant: ?small-caps;\")?>(.*?)</\1>")
_EDITION = re.compile(
    r"(\d+)(?:st|nd|rd|th|af|ail|il|ydd|fed|ed|eg|ain)?\.?(?: (?:edn?\.?|edition|arg\.?|argraffiad))?", re.IGNORECASE
)


def languages_of(csl: Item, language: str) -> dict[str, str]:
    """The languages of what stands behind the marks."""
    own = language_of(csl)
    title = "cy" if _welsh(csl, language, "title_cy") else own
    return {TITLE: title, WORDS: own, ORIGINAL: bare_language(_custom(csl).get("original_language"))}


def prepared(csl: Item, language: str) -> dict[str, Any]:
    """The item for citeproc, as a reader of `language` gets it."""
    item: dict[str, Any] = {name: marked(WORDS, text) for name in _WORDS if (text := _text(csl, name))}
    item |= {name: marked(NAME, text) for name in _NAMES if (text := _text(csl, name))}
    item |= {name: text for name in _NUMBERS if (text := _text(csl, name))}
    item |= {name: people for name in _PEOPLE if (people := _people(csl.get(name)))}
    if seen := dates_of(csl, "accessed"):
        item["accessed"] = {"date-parts": seen[:1]}
    if day := printed_day(csl, language):
        item[DAY_VARIABLE] = day
    item |= {
        "type": _text(csl, "type") or "document",
        "language": "xx",
    }  # citeproc capitalises English titles, where it knows them
    item |= {"title": _title(csl, language), YEAR_VARIABLE: marked(YEAR, printed_year(csl, language))}
    item |= _address(csl)
    _arrange(item, csl, language)
    _use_official(item, csl, language)
    return item


def _custom(csl: Item) -> Mapping[str, Any]:
    custom = csl.get("custom")
    return custom if isinstance(custom, Mapping) else {}


def _welsh(csl: Item, language: str, name: str) -> str:
    """What is known of the official Welsh edition, for a Welsh reader; otherwise nothing."""
    return clean(str(_custom(csl).get(name) or "")) if language == "cy" else ""


def _text(csl: Item, name: str) -> str:
    value = csl.get(name)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return clean(_RICH.sub(r"\2", str(value)))


def _title(csl: Item, language: str) -> str:
    official = _welsh(csl, language, "title_cy")
    title = marked(TITLE, official or _text(csl, "title"))
    original = _text(csl, "original-title")
    return f"{title} [{marked(ORIGINAL, original)}]" if original and not official else title


def _people(names: Any) -> list[dict[str, str]]:
    found = [_person(name) for name in names if isinstance(name, Mapping)] if isinstance(names, list) else []
    return [person for person in found if person]


def _person(name: Mapping[str, Any]) -> dict[str, str]:
    if literal := _text(name, "literal"):
        return {"literal": literal}
    parts = {part: text for part in _NAME_PARTS if (text := _text(name, part))}
    if "family" not in parts:
        return {"literal": parts["given"]} if "given" in parts else {}
    return _with_initials(parts) if "given" in parts else parts


def _with_initials(parts: dict[str, str]) -> dict[str, str]:
    """Given names of which citeproc can make initials: it prints a stop for each word without a capital letter."""
    names = re.findall(r"\w[\w'’.-]*", parts.pop("given"))
    if any(name[0].lower() == name[0].upper() for name in names):
        return {"literal": ", ".join((parts["family"], " ".join(names)))}  # in a script without capitals
    if names and names[0][0].islower():
        names = [name[0].upper() + name[1:] for name in names]
    particle: list[str] = []
    while len(names) > 1 and names[-1][0].islower():
        particle.insert(0, names.pop())
    given = {"given": " ".join(names)} if names else {}
    return {**parts, **given, **({"dropping-particle": " ".join(particle)} if particle else {})}


def _address(csl: Item) -> dict[str, str]:
    """The DOI, and the address if a browser may follow it."""
    doi, url = clean(bare_doi(csl.get("DOI"))), clean(web_address(csl.get("URL")))
    return ({"DOI": marked(DOI, doi)} if doi else {}) | ({"URL": marked(ADDRESS, url)} if url else {})


def _arrange(item: dict[str, Any], csl: Item, language: str) -> None:
    """What this style looks for in another place or form."""
    if "event" not in item and (event := _text(csl, "event-title")):
        item["event"] = marked(WORDS, event)  # the name of CSL 1.0.2; citeproc knows that of 1.0.1
    if item["type"] == "report" and "genre" not in item and "collection-title" in item and "number" in item:
        item["genre"] = item["collection-title"]  # of a report the style prints the number alone: the number of what?
    if "page" in item:
        bare = re.sub(r"^(?:pp?|tt?)\.?\s*(?=\w*\d)", "", item["page"])  # the style writes "pp." itself
        item["page"] = re.sub(r"\s*&\s*", ", ", bare)
    for name in ("issue", "volume"):
        if name in item:
            item[name] = re.sub(r"(?<=\d)-(?=\d)", "–", item[name])
    numbered = _EDITION.fullmatch(_text(csl, "edition"))
    if numbered:
        item["edition"] = numbered[1] if language == "en" else f"{welsh_ordinal(int(numbered[1]))} arg."


def _use_official(item: dict[str, Any], csl: Item, language: str) -> None:
    """The official Welsh edition: the body's Welsh name, also as its own publisher, and the Welsh address."""
    if author := _welsh(csl, language, "author_cy"):
        names = {name.get("literal") for name in creators_of(csl) if isinstance(name, Mapping)}
        if "author" not in item:
            item.pop("editor", None)
        item["author"] = [{"literal": author}]
        if _text(csl, "publisher") in names:
            item["publisher"] = marked(NAME, author)
    if address := web_address(_welsh(csl, language, "url_cy")):
        for name in ("DOI", "accessed"):
            item.pop(name, None)
        item["URL"] = marked(ADDRESS, address)


def welsh_ordinal(number: int) -> str:
    """ "1af", "2il", "3ydd" …: citeproc's Welsh has "th" from four on."""
    endings = [
        "af",
        "il",
        "ydd",
        "ydd",
        "ed",
        "ed",
        "fed",
        "fed",
        "fed",
        "fed",
        "eg",
        "fed",
        "eg",
        "eg",
        "fed",
        "eg",
        "eg",
        "fed",
        "eg",
        "fed",
    ]
    if 1 <= number <= len(endings):
        return f"{number}{endings[number - 1]}"
    return f"{number}{'ain' if number < 40 else 'fed'}"
