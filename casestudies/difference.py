"""What has been changed in a story: the words taken out and put in, text by text, from what was sent to what stands there now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.models import SECTIONS, CaseStudyEdition
from casestudies.vocabulary import FACTS
from foundation.bilingual.languages import Language
from foundation.publishing.difference import Piece, difference
from foundation.publishing.prose import text_from_prose


@dataclass(frozen=True, slots=True)
class Changed:
    """One text that is no longer what was sent. `language` is "" for a fact, whose name is in the reader's language."""

    label: str | Promise
    language: str
    pieces: list[Piece]


def changes(story: dict[str, Any], edition: CaseStudyEdition) -> list[Changed]:
    """The texts and facts of `edition` that are not as the snapshot `story` has them, both languages, in the order of the page.

    The lines on the hallmarks and the descriptions of the pictures are compared where the hallmark or picture was sent, too.
    Four queries.
    """
    prefetch_related_objects([edition], "hallmarks__hallmark", "pictures__picture")
    found = [
        _changed(label, language, before, after)
        for label, language, before, after in _texts(story, edition)
        if before != after
    ]
    return [one for one in found if one.pieces]


def _changed(label: str | Promise, language: str, before: str, after: str) -> Changed:
    return Changed(label, language, difference(before, after))


_Pair = tuple[str | Promise, str, str, str]


def _texts(story: dict[str, Any], edition: CaseStudyEdition) -> Iterator[_Pair]:
    for name in ("title", "setting_name", "summary"):
        yield from _words(story, edition, name)
    for name in FACTS:
        yield (
            _label(edition, name),
            "",
            _choice(edition, name, story.get(name)),
            _choice(edition, name, getattr(edition, name)),
        )
    yield _label(edition, "schools"), "", str(story.get("schools") or ""), edition.schools
    for name in SECTIONS:
        yield from _words(story, edition, name)
    yield from _rows(story, edition)


def _words(story: dict[str, Any], edition: CaseStudyEdition, name: str) -> Iterator[_Pair]:
    read = text_from_prose if name in SECTIONS else str
    for language in Language.values:
        column = f"{name}_{language}"
        yield _label(edition, name), language, read(story.get(column) or ""), read(getattr(edition, column) or "")


def _rows(story: dict[str, Any], edition: CaseStudyEdition) -> Iterator[_Pair]:
    lines = story.get("how") or {}
    for shown in edition.hallmarks.all():
        line = lines.get(str(shown.hallmark.number)) or {}
        for language in line:
            yield _("how a hallmark shows"), language, line[language], getattr(shown, f"how_{language}") or ""
    pictures = {row["token"]: row for row in story.get("pictures") or []}
    for picture in edition.pictures.all():
        row = pictures.get(picture.picture.token)
        for language in Language.values if row is not None else ():
            column = f"alt_{language}"
            yield _("what a picture shows"), language, str((row or {})[column]), getattr(picture, column) or ""


def _label(edition: CaseStudyEdition, name: str) -> str | Promise:
    return edition._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _choice(edition: CaseStudyEdition, name: str, value: Any) -> str:
    choices = dict(edition._meta.get_field(name).choices or ())  # type: ignore[union-attr]
    return str(choices.get(value, value or ""))
