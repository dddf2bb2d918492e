"""When two texts were last said to say the same thing, and what has become of them since.

Nothing stores "stale". An `Agreement` keeps the pair of texts as it was agreed; the state is derived from the live columns.
See `BILINGUAL.md` in the design documents; the eight states are its.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How the two texts of one field stand to each other."""

    EMPTY = "empty", _("empty")
    CY_MISSING = "cy-missing", _("Welsh missing")
    EN_MISSING = "en-missing", _("English missing")
    UNCONFIRMED = "unconfirmed", _("not confirmed yet")
    IN_STEP = "in-step", _("in step")
    CY_STALE = "cy-stale", _("Welsh is behind")
    EN_STALE = "en-stale", _("English is behind")
    BOTH_CHANGED = "both-changed", _("both have changed")


#: States in which there is a text in each language.
BOTH_THERE = frozenset({State.UNCONFIRMED, State.IN_STEP, State.CY_STALE, State.EN_STALE, State.BOTH_CHANGED})
#: The languages that a translator writes, by the state of the two texts: what is behind, or either where both have moved.
BEHIND = {
    State.CY_STALE: ("cy",),
    State.CY_MISSING: ("cy",),
    State.EN_STALE: ("en",),
    State.EN_MISSING: ("en",),
    State.BOTH_CHANGED: ("cy", "en"),
    State.UNCONFIRMED: ("cy", "en"),
}


class Pair(NamedTuple):
    """The hashes of a Welsh and an English text."""

    cy: str
    en: str


_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_EMPTY_MARKUP = re.compile(r"<(\w+)(?:\s[^>]*)?>\s*</\1>|<br\s*/?>(?=\s*(?:</p>|$))|<!--.*?-->", re.S)


#: How deep empty elements in one another are looked for; deeper ones nobody writes, and looking would take hours.
DEEPEST_EMPTY = 50


def normalise(text: str | None) -> str:
    """`text` without the differences that no reader sees: composition, white space, quotation marks, empty mark-up."""
    text = unicodedata.normalize("NFC", text or "").replace("&nbsp;", " ").translate(_QUOTES)
    for _level in range(DEEPEST_EMPTY):
        before, text = text, _EMPTY_MARKUP.sub("", text)
        if before == text:
            break
    return re.sub(r"\s+", " ", text).strip()


def fingerprint(text: str | None) -> str:
    """The hash of a normalised text (64 hexadecimal digits), or "" for no text."""
    normal = normalise(text)
    return hashlib.sha256(normal.encode()).hexdigest() if normal else ""


def pair(cy: str | None, en: str | None) -> Pair:
    return Pair(fingerprint(cy), fingerprint(en))


def derive(now: Pair, agreed: Pair | None) -> State:
    """The state of two texts, from their hashes and from those they had when they were last agreed (None: never)."""
    if not now.cy or not now.en:
        return _missing(now)
    if agreed is None:
        return State.UNCONFIRMED
    cy_changed, en_changed = now.cy != agreed.cy, now.en != agreed.en
    if cy_changed and en_changed:
        return State.BOTH_CHANGED
    if cy_changed:
        return State.EN_STALE
    return State.CY_STALE if en_changed else State.IN_STEP


def _missing(now: Pair) -> State:
    if not now.cy and not now.en:
        return State.EMPTY
    return State.EN_MISSING if now.cy else State.CY_MISSING


def is_copied(now: Pair, state: State) -> bool:
    """Whether one text is a copy of the other that nobody has said is right: "copied, not translated"."""
    return state == State.UNCONFIRMED and now.cy == now.en


def count_words(html: str | None) -> int:
    """How many words a reader reads in `html`."""
    return len(re.sub(r"<[^>]+>", " ", html or "").split())


def texts(obj: models.Model, field: str) -> tuple[str, str]:
    """The Welsh and the English text of a translated field, straight from their columns."""
    values: Mapping[str, str | None] = obj.__dict__
    return values[f"{field}_cy"] or "", values[f"{field}_en"] or ""
