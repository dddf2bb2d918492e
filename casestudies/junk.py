"""What gives a story away as junk. It is held for an editor to look at, never thrown away, and its sender is told nothing.

What speaks against a story is kept with it in code ("trap links duplicate:LPL-…") and shown to editors in words.
"""

import re

from django.db.models import F, Value
from django.db.models.functions import Abs, Coalesce, Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.models import SECTIONS, CaseStudyEdition
from casestudies.vocabulary import UNSENT
from foundation.bilingual.policies import columns
from foundation.publishing.prose import text_from_prose

MOST_LINKS = 3
_LINK = re.compile(r"(?:<a\s[^>]*href=.)?https?://|www\.|\[url|<a\s|&lt;a\s", re.IGNORECASE)

#: A copy shares this part of its runs of four words with the other; two stories of one school share next to none.
ALIKE = 0.5
RUN = 4
#: Shorter texts are alike by chance.
LEAST_WORDS = 60
#: How many stories of about the same length are compared.
MOST_COMPARED = 20

TRAP, QUICK, LINKS, DUPLICATE = "trap", "quick", "links", "duplicate"
_WORDS: dict[str, str | Promise] = {
    TRAP: _("A box that people do not see was filled in."),
    QUICK: _("It was sent faster than anybody types."),
    LINKS: _("It is full of links, or has one where none belongs."),
    DUPLICATE: _("Its text is almost the same as that of %(reference)s."),
}


def what_speaks_against(edition: CaseStudyEdition, *, seen: str, trapped: bool, too_quick: bool) -> str:
    """In code, each once; "" where nothing does. `seen` is what was found before."""
    there = dict.fromkeys(seen.split())
    if trapped:
        there[TRAP] = None
    if too_quick:
        there[QUICK] = None
    if has_links(edition):
        there[LINKS] = None
    if not any(one.startswith(DUPLICATE) for one in there) and (reference := duplicate_of(edition)):
        there[f"{DUPLICATE}:{reference}"] = None
    return " ".join(there)


def in_words(held_because: str) -> list[str]:
    """Why a story is held, for an editor: a sentence each."""
    found = [one.partition(":") for one in held_because.split()]
    return [str(_WORDS[code]) % {"reference": reference} for code, _colon, reference in found if code in _WORDS]


# --- links ----------------------------------------------------------------------------------------------------------------


def has_links(edition: CaseStudyEdition) -> bool:
    """Whether the words are full of links, or have one in the title or the name of the setting."""
    texts = {column: getattr(edition, column) or "" for column in columns(CaseStudyEdition)}
    short = [text for column, text in texts.items() if column.startswith(("title_", "setting_name_"))]
    if any(_LINK.search(text) for text in [*short, *_lines_beside(edition)]):
        return True
    if any(len(_LINK.findall(row.text)) > 1 for row in edition.typed_references.all()):
        return True  # a reference has one address
    return any(
        sum(len(_LINK.findall(text)) for column, text in texts.items() if column.endswith(language)) > MOST_LINKS
        for language in ("_cy", "_en")
    )


def _lines_beside(edition: CaseStudyEdition) -> list[str]:
    """The lines that say something short: schools, how each hallmark shows, who is credited."""
    shown = [getattr(row, f"how_{language}") or "" for row in edition.hallmarks.all() for language in ("cy", "en")]
    people = [f"{person.name} {person.role}" for person in edition.content.credits.all()]
    return [*edition.school_names, *shown, *people]


# --- copies ---------------------------------------------------------------------------------------------------------------


def duplicate_of(edition: CaseStudyEdition) -> str:
    """The reference of a story that was sent before in almost the same words, or ""."""
    for language in ("cy", "en"):
        runs = _runs(edition, language)
        if len(runs) < LEAST_WORDS:
            continue
        for other in _about_as_long(edition, language):
            theirs = _runs(other, language)
            if theirs and len(runs & theirs) >= ALIKE * len(runs | theirs):
                return str(other.content.reference)
    return ""


def _about_as_long(edition: CaseStudyEdition, language: str) -> list[CaseStudyEdition]:
    """The editions of other stories nearest in length, never those of drafts: nobody reads them before they are sent."""
    names = [f"{section}_{language}" for section in SECTIONS]
    size = sum(len(getattr(edition, name) or "") for name in names)
    total = sum((Length(Coalesce(F(name), Value(""))) for name in names), start=Value(0))
    others = CaseStudyEdition.objects.exclude(content=edition.content_id).exclude(content__status__in=UNSENT)
    near = others.annotate(size=total).filter(size__range=(int(size * 0.85), int(size * 1.15)))
    return list(
        near.annotate(off=Abs(F("size") - size)).select_related("content").order_by("off", "pk")[:MOST_COMPARED]
    )


def _runs(edition: CaseStudyEdition, language: str) -> set[tuple[str, ...]]:
    """Every four words that stand together, whatever their case and the marks between them."""
    text = " ".join(text_from_prose(getattr(edition, f"{section}_{language}") or "") for section in SECTIONS)
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[shift:] for shift in range(RUN)), strict=False))
