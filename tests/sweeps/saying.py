"""What a page says to those who read or hear it, and whether it says it in English."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.html import strip_tags

from bin import messages, package_messages

VOID = {"meta", "link", "img", "br", "input", "hr", "col", "wbr", "source", "area", "base"}
SILENT = {"script", "style", "textarea", "template"}  # what stands in a box was typed by somebody
SPOKEN = ("aria-label", "aria-description", "aria-roledescription", "title", "alt", "placeholder", "label", "summary")
BUTTONS = {"submit", "button", "reset"}
#: The words of a sentence in English, but for those that are Welsh words too ("a", "i", "on", "at", "be", "is", "to", "or", "in").
ENGLISH_WORDS = frozenset(
    [
        "the",
        "and",
        "of",
        "for",
        "with",
        "this",
        "that",
        "these",
        "those",
        "was",
        "were",
        "has",
        "have",
        "had",
        "been",
        "will",
        "would",
        "from",
        "are",
        "not",
        "you",
        "your",
        "it",
        "its",
        "they",
        "their",
        "which",
        "when",
        "where",
        "who",
        "how",
        "cannot",
        "can",
        "could",
        "should",
        "must",
        "may",
        "please",
        "error",
        "select",
        "add",
        "change",
        "delete",
        "save",
        "view",
        "search",
        "close",
        "open",
        "yes",
        "next",
        "previous",
        "page",
        "file",
        "date",
        "time",
        "user",
        "password",
    ]
)
#: What scripts tell each other in attributes: an address, names in code.
CODE = re.compile(r"[/#?]\S*|[a-z0-9_ -]+")
#: An address of mail, a placeholder that people may use in a wording.
_NOT_WORDS = re.compile(r"\S+@\S+|\{\w+\}")
#: A name in code that a page shows to people.
_CODE_SHOWN = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
#: What is said in English on purpose, and why.
MEANT = {
    "English": "a language is named in itself",
    "Iaith / Language": "said in both languages, beside the switch between them",
    "about": "the key of a page in these tests",
    "hidden": "the key of a page in these tests",
}
_PLACES = re.compile(r"%%|%\(\w+\)[-+#0]*[\d.]*[a-zA-Z]|%[sdrif]|\{\w*\}")


@dataclass
class _Open:
    name: str
    language: str
    is_silent: bool


@dataclass
class _Listener(HTMLParser):
    """Everything said on a page, with the language it is said in."""

    said: list[tuple[str, str]] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        around = self.open[-1] if self.open else _Open("", "", is_silent=False)
        here = _Open(tag, given.get("lang", around.language), around.is_silent or tag in SILENT)
        for text in _of_attributes(tag, given) if given.get("type") != "hidden" else ():
            self.said.append((text, here.language))
        if tag not in VOID:
            self.open.append(here)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1].is_silent:
            self.said.append((data, self.open[-1].language))


def _of_attributes(tag: str, given: dict[str, str]) -> Iterator[str]:
    yield from (given[name] for name in SPOKEN if name in given)
    if tag == "input" and given.get("type") in BUTTONS:
        yield given.get("value", "")
    if tag == "meta" and given.get("name") == "description":
        yield given.get("content", "")
    for name, value in given.items():
        if name.startswith("data-") and not name.startswith("data-django-prose-editor"):
            yield from (text for text in _leaves(value) if not CODE.fullmatch(text))


def _leaves(text: str) -> Iterator[str]:
    """The texts in a value, which may be JSON for a script."""
    try:
        read = json.loads(text) if text.startswith(("{", "[")) else text
    except ValueError:
        read = text
    yield from leaves_of(read)


def leaves_of(value: Any) -> Iterator[str]:
    """Every text in a value made of lists and dictionaries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves_of(one)


def said_in_welsh(page: str) -> set[str]:
    """What a page says where it does not say that it speaks another language."""
    listener = _Listener()
    listener.feed(page)
    listener.close()
    return {" ".join(text.split()) for text, language in listener.said if language in ("cy", "") and text.strip()}


# --- what is English ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Strings:
    """The strings of the interface: those in English that Welsh says otherwise, and those in Welsh."""

    english: frozenset[str]
    english_patterns: re.Pattern[str]
    welsh: frozenset[str]
    english_words: frozenset[str]


@cache
def strings() -> Strings:
    """Ours and the packages', read off the catalogues that people write."""
    english: set[str] = set()
    welsh: set[str] = set()
    ours = package_messages.messages_in(messages.WELSH)
    theirs = [
        *package_messages.inherited("django"),
        *package_messages.messages_in(package_messages.WELSH / "django.po"),
    ]
    for message in [*ours, *theirs]:
        if message.id:
            ids, texts = _texts(message.id), _texts(message.string)
            welsh.update(texts)
            english.update(one for one in ids if one not in texts)
    plain = frozenset(one for one in english if not _PLACES.search(one)) - welsh
    patterns = sorted(_pattern(one) for one in english if _PLACES.search(one) and _is_worded(one))
    words = ENGLISH_WORDS | (_words(english) - _words(welsh))
    return Strings(plain, re.compile("|".join(patterns)), frozenset(welsh), frozenset(words))


def _words(texts: set[str]) -> set[str]:
    """Their words, without names: those that are written small somewhere."""
    return {
        word for text in texts for word in re.findall(r"(?<![\w%(./@-])[a-z]{4,}(?![\w)./@-])", _PLACES.sub(" ", text))
    }


def _texts(given: Any) -> list[str]:
    return [" ".join(one.split()) for one in ([given] if isinstance(given, str) else given or [])]


def _is_worded(text: str) -> bool:
    return len(re.findall(r"[A-Za-z]{3,}", _PLACES.sub(" ", text))) > 1


def _pattern(text: str) -> str:
    return "(?:" + ".+".join(re.escape(part.replace("%%", "%")) for part in _PLACES.split(text)) + ")"


def data() -> list[str]:
    """Every text that the database holds, the longest first: data are in the language somebody wrote them in."""
    found: set[str] = set()
    for model in apps.get_models():
        columns = [one.attname for one in model._meta.concrete_fields if isinstance(one, WORDED)]
        for row in model._base_manager.values_list(*columns) if columns else ():
            found.update(json.dumps(value, ensure_ascii=False) for value in row if isinstance(value, dict | list))
            for text in (leaf for value in row for leaf in leaves_of(value)):
                found.update(" ".join(line.split()) for line in strip_tags(text.replace("<", "\n<")).splitlines())
    return sorted((one for one in found if len(one) > 3), key=len, reverse=True)


WORDED = (models.CharField, models.TextField, models.JSONField)


@dataclass
class Ear:
    """Hears English. What it heard once it does not weigh again."""

    data: list[str]
    known: dict[str, bool] = field(default_factory=dict)

    def english_in(self, page: str) -> list[str]:
        return sorted(text for text in said_in_welsh(page) if self.is_english(text))

    def is_english(self, text: str) -> bool:
        if text not in self.known:
            self.known[text] = self._is_english(text)
        return self.known[text]

    def _is_english(self, text: str) -> bool:
        bare = text.strip(" :.…*()›»«‹|–-")
        known = strings()
        if text in known.welsh or bare in MEANT or not re.search("[A-Za-z]{2,}", bare):
            return False
        if text in known.english or bare in known.english or bare[:1].lower() + bare[1:] in known.english:
            return True
        rest = _NOT_WORDS.sub(" ", self._without_data(text))
        if known.english_patterns.fullmatch(text) and rest.strip():
            return True
        if _CODE_SHOWN.search(rest):
            return True
        return bool(known.english_words & set(re.findall(r"[a-z]+(?:['’][a-z]+)?", rest.casefold())))

    def _without_data(self, text: str) -> str:
        for one in self.data:
            if one in text:
                text = text.replace(one, " ")
        return text
