"""Findings in a Welsh .po file: what is wrong, why it matters and how to mend it, in words for the failing build."""

import gettext
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from foundation.bilingual import lint
from foundation.bilingual.words import PLURAL_CATEGORIES, plural_category

WELSH_PLURAL_FORMS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"

# rule: (the reason, the mend)
RULES: dict[str, tuple[str, str]] = {
    "unreadable": (
        "A catalogue that cannot be read whole hides every string after the fault.",
        "Correct the line named here, then run the check again.",
    ),
    "header": (
        "Welsh nouns and mutations differ after 0, 1, 2, 3, 6 and the rest, and gettext picks the form by this header.",
        f'Set the header to "Plural-Forms: {WELSH_PLURAL_FORMS}".',
    ),
    "empty": (
        "A string without Welsh shows English on a Welsh page.",
        "Write the Welsh in every msgstr of this message.",
    ),
    "fuzzy": (
        "A fuzzy string is a guess from another message, and gettext leaves it out.",
        'Correct the Welsh, then delete the "fuzzy" flag and the "#|" lines.',
    ),
    "obsolete": (
        "The programme no longer asks for this string, so nobody will keep it right.",
        'Delete the lines that begin with "#~".',
    ),
    "plural-forms": (
        "A form that is not there shows English for the numbers it serves.",
        "Give msgstr[0] to msgstr[5], for 0, 1, 2, 3, 6 and the rest, with a singular noun after each numeral.",
    ),
    "placeholders": (
        "A placeholder that is missing loses a fact, and one too many breaks the page.",
        "Use in the Welsh the same placeholders as in the msgid, spelt alike; a plural may leave out a figure.",
    ),
    "bare-name": (
        "The word before it mutates the name or depends on its first sound, which nobody knows in advance.",
        'Put a noun in front of the name ("ysgol %(name)s"), or turn the sentence round.',
    ),
    "ampersand": ('Welsh has no "&".', 'Write "a" or "ac".'),
    "english-ordinal": (
        'Welsh writes "1 Mawrth", and its ordinals are words or end in -af, -fed, -ydd, -ed.',
        "Leave the ending out of the date, or use the Welsh ordinal.",
    ),
    "missing": (
        "The programme asks for this string and the catalogue does not have it, so English is shown.",
        "Run makemessages and write the Welsh.",
    ),
    "extra": (
        "The catalogue has a string for which the programme no longer asks.",
        "Run makemessages and delete what it marks as obsolete.",
    ),
}
_LINTS: dict[str, Callable[[str], list[str]]] = {
    "bare-name": lint.bare_name_after_mutating_word,
    "ampersand": lint.ampersand,
    "english-ordinal": lint.english_ordinal,
}
_Key = tuple[str, tuple[str, ...]]  # context, then msgid and msgid_plural


@dataclass(frozen=True)
class Finding:
    """One fault: the message it is in ("" for the header), its line, the rule broken and the excerpt that shows it."""

    message: str
    rule: str
    line: int | None = None
    excerpt: str = ""

    @property
    def reason(self) -> str:
        return RULES[self.rule][0]

    @property
    def mend(self) -> str:
        return RULES[self.rule][1]

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        shown = f" [{self.excerpt}]" if self.excerpt else ""
        return f'{where}{self.rule}: "{self.message}"{shown}. {self.reason} {self.mend}'


def check(catalogue: Path) -> list[Finding]:
    """Every finding in the Welsh .po file at `catalogue`, in the order of its messages. Raises OSError without it."""
    text = catalogue.read_text(encoding="utf-8")
    read, findings = _read(text)
    findings += _header(read)
    forms = _plural_form_counts(text)
    for message in read:
        if message.id:
            findings += _message(message, forms.get(message.lineno or 0, 0))
    findings += [Finding(_id(message)[0], "obsolete", message.lineno) for message in read.obsolete.values()]
    return findings


def stale(catalogue: Path, template: Path) -> list[Finding]:
    """The messages that `template`, a freshly extracted .pot file, has and `catalogue` lacks, and the other way round.

    A message is the same when context, msgid and msgid_plural all are. Raises OSError when either file is not there;
    a file that cannot be read whole gives its own finding.
    """
    have, broken = _keys(catalogue)
    want, broken_template = _keys(template)
    return [
        *broken,
        *broken_template,
        *(Finding(key[1][0], "missing", excerpt=key[0]) for key in want if key not in have),
        *(Finding(key[1][0], "extra", line, key[0]) for key, line in have.items() if key not in want),
    ]


def _read(text: str) -> tuple[Catalog, list[Finding]]:
    """The catalogue, as far as it can be read. xgettext's unfilled header, which Babel chokes on, is left out."""
    lines = ['""' if "nplurals=INTEGER" in line else line for line in text.splitlines()]
    try:
        return read_po(lines, abort_invalid=True), []
    except PoFileError as error:
        return error.catalog, [Finding("", "unreadable", error.lineno + 1, str(error))]
    except (ValueError, TypeError, IndexError) as error:
        return Catalog(), [Finding("", "unreadable", excerpt=str(error))]


def _keys(path: Path) -> tuple[dict[_Key, int | None], list[Finding]]:
    read, findings = _read(path.read_text(encoding="utf-8"))
    return {(message.context or "", _id(message)): message.lineno for message in read if message.id}, findings


def _header(catalogue: Catalog) -> list[Finding]:
    """Whether the header picks the form CLDR names for every number up to 200, however it is written."""
    try:
        form = gettext.c2py(catalogue.plural_expr)
        picked = [form(n) for n in range(201)]
    except ValueError:
        picked = []
    right = [PLURAL_CATEGORIES.index(plural_category(n)) for n in range(201)]
    if catalogue.num_plurals == len(PLURAL_CATEGORIES) and picked == right:
        return []
    return [Finding("", "header", excerpt=catalogue.plural_forms)]


def _plural_form_counts(text: str) -> dict[int, int]:
    """How many msgstr[n] each message has, by the line of its msgid: Babel fills up those it does not find."""
    counts: Counter[int] = Counter()
    start = 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("msgid "):
            start = number
        counts[start] += line.startswith("msgstr[")
    return counts


def _message(message: Message, forms: int) -> Iterator[Finding]:
    name, line = _id(message)[0], message.lineno
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())[:forms]
    if message.fuzzy:
        yield Finding(name, "fuzzy", line)
    if message.pluralizable and forms != len(PLURAL_CATEGORIES):
        yield Finding(name, "plural-forms", line, f"{forms} of {len(PLURAL_CATEGORIES)}")
    if not all(text.strip() for text in texts):
        yield Finding(name, "empty", line)
    for text in filter(str.strip, texts):
        for excerpt in _differing_placeholders(message, text):
            yield Finding(name, "placeholders", line, excerpt)
        for rule, find in _LINTS.items():
            yield from (Finding(name, rule, line, excerpt) for excerpt in find(text))


def _differing_placeholders(message: Message, text: str) -> list[str]:
    """Those in one msgstr alone, and those in the msgid alone; a named one may be repeated, a bare one may not."""
    wanted = _counted(_id(message)[-1])
    found = _counted(text)
    allowed = wanted | _counted(_id(message)[0])
    lacking = {place for place in wanted - found if not (message.pluralizable and place.is_figure)}
    return sorted(place.text for place in {*(found - allowed), *lacking})


def _counted(text: str) -> Counter[lint.Placeholder]:
    places = lint.placeholders(text)
    return Counter(place for place in places if not place.name) | Counter({place for place in places if place.name})


def _id(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)
