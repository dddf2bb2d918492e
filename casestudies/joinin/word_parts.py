"""A Word document as the story: its text in parts, each with the section it seems to belong to, and its pictures.

Where a part goes is for the person to say; what a heading of ours, or of Estyn's, announces is proposed. What stands in a
section already stays, and what comes in stands below it.
"""

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from casestudies.joinin.journey import Journey
from casestudies.joinin.pasting import blocks_of, tidied
from casestudies.joinin.prose import answer_from_prose, prose_from_answer
from casestudies.joinin.steps import BY_KEY
from casestudies.models import SECTIONS
from foundation.files.documents.judging import html_of
from foundation.files.services import CleanPicture, clean_picture
from foundation.publishing.prose import text_from_prose

TITLE, NOWHERE = "title", "nowhere"
MOST_IN_TITLE = 150
#: How a heading begins that announces a section: ours, and those seen in Estyn's case studies, small letters, no "the".
HEADINGS: dict[str, tuple[str, ...]] = {
    "about": (
        "information about (school|provider|setting|partnership|cluster|federation)", "about (us|our school|school|setting)",
        "what is setting like", "setting", "our school",
        r"gwybodaeth am (yr?|y) ?(ysgol|darparwr|lleoliad|bartneriaeth)", r"(am|ynghylch) (yr?|ein) (ysgol|lleoliad)",
        "sut le yw", "y lleoliad", "yr ysgol", "ein hysgol", "disgrifio r lleoliad",
    ),
    "context": (
        "context( and background)?", "background( and context)?", "why did (you|we) begin",
        r"how (area and|area|excellent practice).* relates to",
        r"(y )?cyd destun( a r? ?chefndir)?", r"(y )?cefndir( a r? ?chyd destun)?", "pam (y |wnaethoch |wnaethom )?(dechreu|cychwyn)",
    ),
    "activity": (
        "description of (nature of )?(strategy|activity)", "what (did you|we) d(o|id)", "strategy or activity", "activity",
        r"disgrifiad o (natur )?(y |r )?(strategaeth|gweithgarwch|gweithgaredd)", "beth (a |)(wnaethoch|wnaethom|wnaed)",
        "(y )?(gweithgarwch|gweithgaredd|strategaeth)",
    ),
    "impact": (
        "(what )?(impact|difference|effect)", "effaith", "(pa|beth yw r) (effaith|wahaniaeth|gwahaniaeth)", "(y )?gwahaniaeth",
    ),
    "evidence": ("(what )?evidence", "(y )?(pa )?d?tystiolaeth", "pa dystiolaeth"),
    "sharing": (
        r"how (have you|has|have we|we have|was|is) .*shar\w*", "shar(ing|ed)", "dissemination",
        r"sut (y |mae r? ?|rydych |rydym |yr ydych )?.*rhann\w*", "rhannu",
    ),
}  # fmt: skip
_PLAIN = re.compile(r"[^\w\s]|_")
_PICTURE = re.compile(r"<img\s[^>]*>")
_SOURCE = re.compile(r'\bsrc="data:[^;"]*;base64,([^"]*)"')
_WORDS = re.compile(r'\balt="([^"]*)"')
_HEADING = re.compile(r"<h3>(.*)</h3>", re.DOTALL)
_BOLD = re.compile(r"<p><strong>(.*)</strong></p>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the document: its heading as text, what stands below it, the section it seems to belong to, or ""."""

    id: str
    language: str
    heading: str
    markup: str
    section: str

    @property
    def whole(self) -> str:
        """With its heading."""
        heading = (
            prose_from_answer(self.heading).replace("<p>", "<h3>").replace("</p>", "</h3>") if self.heading else ""
        )
        return f"{heading}\n{self.markup}".strip()

    @property
    def start(self) -> str:
        """The first words of what stands below the heading."""
        words = text_from_prose(self.markup).split()
        return " ".join(words[:40]) + ("…" if len(words) > 40 else "")

    @property
    def shown(self) -> SafeString:
        """What stands below the heading, as readers would see it."""
        return mark_safe(tidied(self.markup))

    @property
    def title(self) -> str:
        """The part as a title of a story; "" where it is too long for one."""
        text = re.sub(r"\s+", " ", text_from_prose(self.whole))
        return text if len(text) <= MOST_IN_TITLE else ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the document: cleaned, or why it is refused; and what its author said it shows."""

    number: int
    clean: CleanPicture | None
    refusal: str
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a Word document brings."""

    language: str
    parts: list[Part]
    pictures: list[Drawn]


def read(upload: UploadedFile[Any], language: str) -> Document:
    """Take a document apart. Takes its time, so do it before anything is locked. Raises `ValidationError`."""
    html = html_of(upload, size=upload.size or 0)  # type: ignore[arg-type]
    pictures = [_drawn(number, one) for number, one in enumerate(_PICTURE.findall(html), start=1)]
    parts = list(parts_of(_PICTURE.sub(" ", html), language))
    if not parts and not pictures:
        raise ValidationError(_("There is no text in the document. Choose another."), code="no-text")
    return Document(language, parts, pictures)


# --- parts ----------------------------------------------------------------------------------------------------------------


def parts_of(html: str, language: str) -> Iterator[Part]:
    """The text in parts: a new one at each heading, and at each line in bold that announces a section."""
    heading, section, body = "", "", list[str]()
    for block in blocks_of(html):
        found = _heading(block)
        if found is None:
            body.append(block)
            continue
        if heading or body:
            yield _part(language, heading, body, section)
        (heading, section), body = found, []
    if heading or body:
        yield _part(language, heading, body, section)


def _heading(block: str) -> tuple[str, str] | None:
    if found := _HEADING.fullmatch(block):
        text = text_from_prose(found[1])
        return text, section_of(text)
    bold = _BOLD.fullmatch(block)
    text = text_from_prose(block) if bold or block.startswith("<p>") else ""
    if text and len(text) < MOST_IN_TITLE and (section := section_of(text)) and (bold or _is_alone(text)):
        return text, section
    return None


def _is_alone(text: str) -> bool:
    """Whether a plain line can only be a heading: several words, no end of a sentence."""
    return len(text.split()) > 2 and not re.search(r"[.!,;]$", text)


def section_of(heading: str) -> str:
    """The section that a heading announces, or ""."""
    plain = re.sub(r"\b(the|nature of the)\b", " ", _PLAIN.sub(" ", heading.casefold()))
    plain = re.sub(r"^\s*(\d+|[a-e])\s", " ", f" {plain} ")
    plain = " ".join(plain.split())
    for section, beginnings in HEADINGS.items():
        if any(
            re.match(rf"{beginning}\b" if beginning[-1].isalpha() else beginning, plain) for beginning in beginnings
        ):
            return section
    return ""


def _part(language: str, heading: str, body: list[str], section: str) -> Part:
    return Part(get_random_string(8), language, heading, "\n".join(body), section)


# --- pictures -------------------------------------------------------------------------------------------------------------


def _drawn(number: int, tag: str) -> Drawn:
    source, words = _SOURCE.search(tag), _WORDS.search(tag)
    alt = re.sub(r"\s+", " ", unescape(words[1])).strip() if words else ""
    try:
        data = base64.b64decode(source[1] if source else "")
        return Drawn(number, clean_picture(io.BytesIO(data), size=len(data)), "", alt)
    except (ValidationError, binascii.Error) as error:
        said = (
            error.messages[0] if isinstance(error, ValidationError) else _("The picture is damaged and cannot be read.")
        )
        return Drawn(number, None, said, alt)


def keep_pictures(journey: Journey, document: Document) -> tuple[int, list[str]]:
    """Take the pictures in: how many were, and of each that was refused, why. One that the story has comes in once."""
    there = {row.picture.sha256 for row in journey.pictures}
    added, refused = 0, []
    for one in document.pictures:
        try:
            if one.clean is None:
                raise ValidationError(one.refusal)
            sha256 = hashlib.sha256(one.clean.full.data).hexdigest()
            if sha256 in there:
                continue
            journey.add_picture(one.clean)
        except ValidationError as error:
            words = _("Picture %(number)s of the document was not taken in. %(why)s")
            refused.append(words % {"number": one.number, "why": error.messages[0]})
            continue
        added += 1
        there.add(sha256)
        if one.alt:
            token = journey.pictures[-1].picture.token
            typed = journey.typed("pictures")
            journey.draft.answers["pictures"] = {**typed, f"alt_{document.language}-{token}": one.alt}
    return added, refused


# --- what waits for a place -----------------------------------------------------------------------------------------------


def waiting(journey: Journey) -> list[Part]:
    """The parts of documents that came in, and were not put anywhere yet."""
    return [Part(**one) for one in journey.remembered.get("word", [])]


def _set_waiting(journey: Journey, parts: list[Part]) -> None:
    journey.remember(word=[asdict(one) for one in parts])


def keep_waiting(journey: Journey, document: Document) -> None:
    """Keep the parts until it is said where they go; one that waits already waits once."""
    there = waiting(journey)
    known = {(one.language, one.heading, one.markup) for one in there}
    new = [one for one in document.parts if (one.language, one.heading, one.markup) not in known]
    _set_waiting(journey, [*there, *new])


def proposed(journey: Journey, parts: list[Part]) -> dict[str, str]:
    """Where each part seems to go: where its heading says; what comes before any such heading, to the first empty section;
    what follows one, to the same. A short first part is the title where there is none."""
    found: dict[str, str] = {}
    for language in ("cy", "en"):
        own = [part for part in parts if part.language == language]
        empty = [key for key in SECTIONS if not journey.typed(key).get(f"{key}_{language}")]
        last = next((key for key in empty if key not in {part.section for part in own}), SECTIONS[0])
        for number, part in enumerate(own):
            if number == 0 and not part.section and part.title and not journey.typed(TITLE).get(f"title_{language}"):
                found[part.id] = TITLE
                continue
            last = part.section or last
            found[part.id] = last
    return found


def choices(journey: Journey, part: Part) -> list[tuple[str, str | Promise]]:
    """Where a part can go, and what stands there already."""
    found: list[tuple[str, str | Promise]] = []
    for key in ([TITLE] if part.title else []) + list(SECTIONS):
        name, there = BY_KEY[key].name, journey.typed(key).get(f"{key}_{part.language}")
        if there and key == TITLE:
            found.append((key, _("%(page)s (in place of “%(title)s”)") % {"page": name, "title": there}))
        elif there:
            found.append((key, _("%(page)s (below what is there)") % {"page": name}))
        else:
            found.append((key, name))
    return [*found, (NOWHERE, _("Leave this part out"))]


def place(journey: Journey, given: dict[str, str]) -> int:
    """Put each part where `given` says, below what is there. Returns how many still wait, because nothing valid was said."""
    left = []
    for part in waiting(journey):
        to = given.get(part.id, "")
        if to in SECTIONS:
            _append(journey, to, part)
        elif to == TITLE and part.title:
            journey.draft.answers[TITLE] = {**journey.typed(TITLE), f"title_{part.language}": part.title}
        elif to != NOWHERE:
            left.append(part)
    _set_waiting(journey, left)
    return len(left)


def _append(journey: Journey, key: str, part: Part) -> None:
    """The heading of the section itself is not said twice."""
    name = f"{key}_{part.language}"
    before = journey.typed(key).get(name) or ""
    markup = part.markup if part.section == key and not before else part.whole
    answer = answer_from_prose("\n".join(filter(None, (prose_from_answer(before) if before else "", markup))))
    journey.draft.answers[key] = {**journey.typed(key), name: answer}
