"""Reading `content/`: every file into a dataclass, with every key checked. Nothing here touches the database.

A mistake is a `StarterProblem`, which names the file and the key.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext as _

from casestudies.models import CaseStudyEdition, EditionPicture, ReadyReason
from casestudies.models.reasons import REASONED
from casestudies.vocabulary import Authority, Kind, Medium, Phase
from foundation.bilingual.languages import Language
from foundation.bilingual.policies import Policy, columns, policies_of
from foundation.publishing.prose import clean_prose
from hallmarks.models import HallmarkEdition
from pages.models import RESERVED, PageEdition

T = TypeVar("T")
S = TypeVar("S", bound="Source")
_MISSING: Any = object()


class StarterProblem(Exception):
    """A file of the starter content cannot be used. Says which, and which key."""

    def __init__(self, file: str, key: str, message: str) -> None:
        super().__init__(f"{file}: {key}: {message}" if key else f"{file}: {message}")
        self.file, self.key, self.message = file, key, message


class Table:
    """A table of a file. Each key is taken out once and checked; `done` refuses what nobody took."""

    def __init__(self, file: str, data: Mapping[str, Any], path: str = "") -> None:
        self.file, self.data, self._path, self._left = file, data, path, dict(data)

    def problem(self, key: str, message: str) -> StarterProblem:
        return StarterProblem(self.file, f"{self._path}.{key}" if self._path else key, message)

    def take(self, key: str, kind: type[T], default: T = _MISSING) -> T:
        value = self._left.pop(key, default)
        if value is _MISSING:
            raise self.problem(key, _("is missing"))
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.problem(key, _("should be of the type %(type)s") % {"type": kind.__name__})
        return value

    def choice(self, key: str, choices: type[models.TextChoices], default: str = _MISSING) -> str:
        value = self.take(key, str, default)
        if value not in choices.values and value != default:
            raise self.problem(key, _("should be one of: %(choices)s") % {"choices": ", ".join(choices.values)})
        return value

    def items(self, key: str, kind: type[T]) -> list[T]:
        """A list of one type of thing; empty where the key is left out."""
        values: list[Any] = self.take(key, list, [])
        if not all(isinstance(value, kind) for value in values):
            raise self.problem(key, _("should be a list of the type %(type)s") % {"type": kind.__name__})
        return values

    def table(self, key: str) -> "Table":
        return Table(self.file, self.take(key, dict), key)

    def tables(self, key: str) -> list["Table"]:
        return [
            Table(self.file, data, f"{self._path}{'.' if self._path else ''}{key}[{number}]")
            for number, data in enumerate(self.items(key, dict), 1)
        ]

    def done(self) -> None:
        for key in self._left:
            raise self.problem(key, _("is not a key that is known here"))


@dataclass(frozen=True, slots=True)
class Source:
    """One thing of a file: where it stands, its key, and everything that is said of it."""

    file: str
    key: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WorkFile(Source):
    """An item of the bibliography."""


@dataclass(frozen=True, slots=True)
class FrameworkFile(Source):
    """A framework and its strands."""

    columns: Mapping[str, Any]
    strands: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ReasonFile(Source):
    """A ready-made reason: its move, and the columns of its words."""

    move: str
    position: int
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TextFile(Source):
    """Something with an edition: its addresses, and the columns of its words."""

    slugs: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HallmarkFile(TextFile):
    """A hallmark."""

    number: int
    references: Sequence[str]
    source: str
    connections: Sequence[tuple[str, int | None]]


@dataclass(frozen=True, slots=True)
class PageFile(TextFile):
    """A standing page."""

    order: int


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of a case study, and what it shows."""

    path: Path
    alt_cy: str
    alt_en: str


@dataclass(frozen=True, slots=True)
class CaseStudyFile(TextFile):
    """An illustrative case study."""

    hallmarks: Sequence[int]
    references: Sequence[str]
    facts: Mapping[str, str]
    published: date
    first_language: str
    pictures: Sequence[PictureFile]


# --- one function for each kind of file -----------------------------------------------------------------------------------


def read_works(root: Path) -> list[WorkFile]:
    path = root / "references.csl.json"
    try:
        items = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StarterProblem(path.name, "", str(error)) from error
    works = []
    for item in Table(path.name, {"works": items}).tables("works"):
        key = _slug(item, "id", 100)
        if not item.take("title", str).strip():
            raise item.problem("title", _("is empty"))
        works.append(WorkFile(path.name, key, item.data))
    return _each_once(works, "id")


def read_frameworks(root: Path) -> list[FrameworkFile]:
    table = _toml(root, root / "frameworks.toml")
    found = []
    for framework in table.tables("frameworks"):
        key = _slug(framework, "key", 60)
        strands = [_strand(strand) for strand in framework.tables("strands")]
        found.append(FrameworkFile(table.file, key, framework.data, _columns(framework), strands))
    table.done()
    return _each_once(found, "frameworks.key")


def read_reasons(root: Path) -> list[ReasonFile]:
    table = _toml(root, root / "reasons.toml")
    found = []
    for position, reason in enumerate(table.tables("reasons"), 1):
        key, move = _slug(reason, "key", 60), reason.take("move", str)
        if move not in REASONED:
            raise reason.problem("move", _("should be one of: %(choices)s") % {"choices": ", ".join(REASONED)})
        words = {column: reason.take(column, str).strip() for column in columns(ReadyReason)}
        for column, text in words.items():
            if not text:
                raise reason.problem(column, _("is empty"))
            _check_length(reason, column, text, ReadyReason._meta.get_field(column[:-3]).max_length)  # type: ignore[union-attr]
        reason.done()
        found.append(ReasonFile(table.file, key, reason.data, move, position, words))
    table.done()
    return _each_once(found, "reasons.key")


def _strand(table: Table) -> Mapping[str, Any]:
    number = table.take("number", int)
    return {"number": number, **_columns(table)}


def _columns(table: Table) -> Mapping[str, Any]:
    """The columns of a framework or a strand. Where a name was seen stays in the file, but for the unverified ones."""
    columns = {name: table.take(name, str, "") for name in ("name_cy", "name_en", "url_cy", "url_en")}
    if not columns["name_cy"] and not columns["name_en"]:
        raise table.problem("name_en", _("is missing"))
    for name in ("name_cy_source", "name_en_source"):
        table.take(name, str, "")
    candidate, seen = table.take("name_cy_candidate", str, ""), table.take("name_cy_candidate_source", str, "")
    variants = table.items("variants", str)
    table.done()
    return {**columns, "candidate_cy": candidate, "candidate_source": seen, "variants": variants}


def read_hallmarks(root: Path) -> list[HallmarkFile]:
    found = []
    for table in _tables_in(root, "hallmarks"):
        number = table.take("number", int)
        if number not in range(1, 9):
            raise table.problem("number", _("should be from 1 to 8"))
        connections = [_connection(each) for each in table.tables("connections")]
        references, source = table.items("references", str), table.take("source", str, "")
        if source and source not in references:
            raise table.problem("source", _("should be among the references"))
        slugs, words = _texts(table, HallmarkEdition)
        table.done()
        found.append(
            HallmarkFile(table.file, str(number), table.data, slugs, words, number, references, source, connections)
        )
    return _each_once(found, "number")


def _connection(table: Table) -> tuple[str, int | None]:
    framework, strand = table.take("framework", str), table.take("strand", int, 0)
    table.done()
    return framework, strand or None


def read_pages(root: Path) -> list[PageFile]:
    found = []
    for table in _tables_in(root, "pages"):
        key, order = _slug(table, "key", 40), table.take("order", int, 0)
        slugs, words = _texts(table, PageEdition)
        for language, slug in slugs.items():
            if slug in RESERVED:
                raise table.problem(f"{language}.slug", _("belongs to another part of the site"))
        table.done()
        found.append(PageFile(table.file, key, table.data, slugs, words, order))
    return _each_once(found, "key")


def read_case_studies(root: Path) -> list[CaseStudyFile]:
    return _each_once([_case_study(table, root) for table in _tables_in(root, "case-studies")], "en.slug")


def _case_study(table: Table, root: Path) -> CaseStudyFile:
    hallmarks, references = table.items("hallmarks", int), table.items("references", str)
    if not hallmarks:
        raise table.problem("hallmarks", _("is missing"))
    facts = {
        "kind": table.choice("kind", Kind),
        "phase": table.choice("phase", Phase),
        "medium": table.choice("medium", Medium),
        "authority": table.choice("authority", Authority),
    }
    published, first = table.take("published", date), table.choice("first_language", Language, "")
    pictures = [_picture(each, root / "case-studies") for each in table.tables("pictures")]
    slugs, words = _texts(table, CaseStudyEdition)
    table.done()
    return CaseStudyFile(
        table.file, slugs["en"], table.data, slugs, words, hallmarks, references, facts, published, first, pictures
    )


def _picture(table: Table, folder: Path) -> PictureFile:
    path = folder / table.take("file", str)
    if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        raise table.problem("file", _("there is no such file"))
    alt_cy, alt_en = table.take("alt_cy", str), table.take("alt_en", str)
    for key, alt in (("alt_cy", alt_cy), ("alt_en", alt_en)):
        _check_length(table, key, alt, EditionPicture._meta.get_field("alt").max_length)
    table.done()
    return PictureFile(path, alt_cy, alt_en)


# --- what they share ------------------------------------------------------------------------------------------------------


def _tables_in(root: Path, folder: str) -> list[Table]:
    paths = sorted((root / folder).glob("*.toml"))
    if not paths:
        raise StarterProblem(folder, "", _("there is no file here"))
    return [_toml(root, path) for path in paths]


def _toml(root: Path, path: Path) -> Table:
    name = path.relative_to(root).as_posix()
    try:
        return Table(name, tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise StarterProblem(name, "", str(error)) from error


def _each_once(found: list[S], key: str) -> list[S]:
    keys = [each.key for each in found]
    for each in found:
        if keys.count(each.key) > 1:
            raise StarterProblem(each.file, key, _("%(key)s is there twice") % {"key": each.key})
    return found


def _slug(table: Table, key: str, longest: int) -> str:
    slug = table.take(key, str)
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise table.problem(key, _("should be small letters, digits and hyphens")) from error
    _check_length(table, key, slug, longest)
    return slug


def _check_length(table: Table, key: str, text: str, longest: int | None) -> None:
    if longest is not None and len(text) > longest:
        raise table.problem(key, _("is longer than %(limit)d characters") % {"limit": longest})


def _texts(table: Table, model: type[models.Model]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The addresses by language, and the columns of every translated field of `model`."""
    slugs, words = {}, {}
    for language in ("cy", "en"):
        texts = table.table(language)
        slugs[language] = _slug(texts, "slug", 100)
        for field, policy in policies_of(model).items():
            optional = policy == Policy.OPTIONAL
            words[f"{field}_{language}"] = _text(texts, model._meta.get_field(field), optional)
        texts.done()
    return slugs, words


def _text(table: Table, field: Any, optional: bool) -> str:
    text = table.take(field.name, str, "" if optional else _MISSING).strip()
    if not text and not optional:
        raise table.problem(field.name, _("is empty"))
    _check_length(table, field.name, text, field.max_length)
    if field.max_length is None and without_rel(clean_prose(text)) != text:
        raise table.problem(field.name, _("holds mark-up that is not kept, or a sign that should be written out"))
    return text


def without_rel(markup: str) -> str:
    """`markup` without the relation that cleaning gives every link."""
    return markup.replace(' rel="noopener noreferrer"', "")
