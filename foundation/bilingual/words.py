"""The few words the programme itself must inflect: plural categories, dates, days, and lists of names.

Month and day names and the plural rule come from CLDR through Babel, because Django's own Welsh misspells July
("Gorffenaf") and counts four plural forms.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import get_day_names

LANGUAGES = ("cy", "en")
PLURAL_CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # the six Welsh forms, in the order of msgstr[0…5]

_WELSH = Locale("cy")
# Consonants that still take `ac`: these words do by custom ("ac mae", "ac felly", "ac nid", "ac wedyn").
_AC_WORDS = re.compile(
    "felly|fel|maent|maen|mae|meddai|megis|mewn|mor|nad|nas|na|nid|nis|ni|roeddent|roedd|sydd|sy|wedi|wedyn|weithiau|wrth"
)
_CONSONANT_W = re.compile("w[aeioulrn]")


def plural_category(n: int) -> str:
    """The CLDR category of a whole number in Welsh: zero one two few many other, for 0 1 2 3 6 and the rest."""
    return _WELSH.plural_form(n)


def format_date(d: date, language: str) -> str:
    """The date as "1 Mawrth 2026" or "1 March 2026": no "1st", no leading nought. ValueError for another language."""
    return babel_date(d, "d MMMM y", locale=_known(language))


def format_datetime(dt: datetime, language: str) -> str:
    """The moment as "1 Mawrth 2026, 14:02", in the time `dt` itself carries (make it local first). Raises so too."""
    return f"{format_date(dt, language)}, {dt:%H:%M}"


def weekday(d: date, language: str) -> str:
    """The day as "Dydd Llun" or "Monday": with a capital, as at the start of a line. Raises as `format_date`."""
    name: str = get_day_names("wide", "stand-alone", _known(language))[d.weekday()]
    return name


def and_before(word: str) -> str:
    """The Welsh for "and" before `word`: "ac" before a vowel, "a" before a consonant and before h.

    By spelling, in Welsh: i is a vowel even when consonantal ("ac iaith", "ac Iwan"); w is a consonant before
    another vowel or l, r, n ("a Wrecsam", "a Williams") but not in wy- or ŵ ("ac wyth", "ac ŵyn"; so too the
    debated "ac Wyn"). Figures go by how they are read: 1 *un*, 8 *wyth*, 11 and 16 *un ar…*, 80 *wyth deg*, 800
    and 8,000 take "ac", all others "a" (12 is *deuddeg*). The mutation "a" causes is the caller's: see `join_names`.
    Sources: Llywodraeth Cymru, *Arddulliadur*; geiriadur.net, "Y fannod" (the same sounds govern *y* and *yr*).
    """
    figures = re.match(r"\W*(\d+(?:,\d{3})*)", word)
    if figures:
        return "ac" if _read_with_vowel(figures[1]) else "a"
    found = re.search(r"\w+", word)
    first = found[0].lower() if found else ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", first) if not unicodedata.combining(c))
    if _AC_WORDS.fullmatch(plain):
        return "ac"
    if _CONSONANT_W.match(plain) and not first.startswith("ŵ"):
        return "a"
    return "ac" if plain[:1] in set("aeiouwy") else "a"


def join_names(names: Sequence[str], language: str) -> str:
    """The names as "A, B a C", "A, B ac E", "A, B and C"; "" for none. Raises ValueError for another language.

    For names of people and titles, which Welsh leaves unmutated. Not for places and common nouns: "a" turns c, p, t
    into ch, ph, th ("Bangor a Chaernarfon").
    """
    _known(language)
    if len(names) < 2:
        return "".join(names)
    link = and_before(names[-1]) if language == "cy" else "and"
    return f"{', '.join(names[:-1])} {link} {names[-1]}"


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"Unknown language {language!r}: expected 'cy' or 'en'.")
    return language


def _read_with_vowel(figures: str) -> bool:
    """Whether a whole number, with or without commas, begins with *un* or *wyth* when read in Welsh."""
    number = figures.replace(",", "")
    lead = number[: (len(number) - 1) % 3 + 1]  # the millions of 8,000,000, the thousands of 8,000
    if lead == "1":
        return number == "1"  # 1,000 is *mil*
    return lead in {"11", "16"} or lead.startswith("8")
