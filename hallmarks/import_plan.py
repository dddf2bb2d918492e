"""What an import works with: what an edition says in one language, and the plan of what importing a page would do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from foundation.bilingual.languages import Language
from foundation.publishing.from_files import digest
from foundation.publishing.prose import clean_text, text_from_prose
from hallmarks.matching import Link
from hallmarks.models import HallmarkEdition
from hallmarks.page_text import HallmarkPage, ReferenceEntry
from references.models import Work


class ImportRefused(Exception):
    """A page cannot be imported: `code` for programs, `str()` for people, `diff` where somebody's work is in the way."""

    def __init__(self, code: str, message: str, diff: str = "") -> None:
        super().__init__(message)
        self.code, self.diff = code, diff


@dataclass(frozen=True, slots=True)
class Said:
    """What an edition says in one language, its rows in order: an import of the other language leaves that order alone."""

    title: str = ""
    lead_in: str = ""
    body: str = ""
    references: tuple[tuple[str, str], ...] = ()  # key of the work, entry as printed
    connections: tuple[tuple[str, str], ...] = ()  # "slo/2", line as printed
    source: str = ""

    @property
    def hash(self) -> str:
        return digest([self.title, self.lead_in, self.body, self.references, self.connections, self.source])

    def lines(self) -> list[str]:
        """For a diff that people read."""
        rows = [f"{key}: {printed.replace(chr(10), ' | ')}" for key, printed in (*self.references, *self.connections)]
        return [self.lead_in, self.title, *text_from_prose(self.body).splitlines(), *rows, self.source]


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the page's list: the work it means, with its item where that is to be added."""

    entry: ReferenceEntry
    key: str
    work: Work | None
    item: dict[str, Any] | None
    is_probable: bool = False  # the same author and year, and a title in the other language

    @property
    def printed(self) -> str:
        return clean_text(f"{self.entry.heading}\n{self.entry.body}".strip())


@dataclass(slots=True)
class Plan:
    """What importing one page would do."""

    file: str
    file_hash: str
    language: Language
    page: HallmarkPage
    number: int
    edition: HallmarkEdition | None  # the working edition, or else the live one
    before: Said
    after: Said
    listed: list[Listed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    reference_order: list[str] = field(default_factory=list)  # both languages' rows, by `Listed.key`
    connection_order: list[str] = field(default_factory=list)  # by `link_key`
    notes: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return self.edition is not None and self.before.hash == self.after.hash

    @property
    def works_added(self) -> list[str]:
        return [one.key for one in self.listed if one.item is not None]


def said(edition: HallmarkEdition | None, language: str) -> Said:
    """What `edition` says in `language`; rows that only the other language prints are not its."""
    if edition is None:
        return Said()
    other = Language(language).other

    def rows(children: Any, key: Callable[[Any], str]) -> tuple[tuple[str, str], ...]:
        pairs = [
            (key(row), getattr(row, f"printed_{language}") or "", getattr(row, f"printed_{other}")) for row in children
        ]
        return tuple((name, printed) for name, printed, elsewhere in pairs if printed or not elsewhere)

    words = {name: getattr(edition, f"{name}_{language}") or "" for name in ("title", "lead_in", "body")}
    return Said(
        **words,
        references=rows(edition.references.select_related("work"), lambda row: row.work.key),
        connections=rows(
            edition.connections.select_related("framework", "strand"), lambda row: link_key(row.framework, row.strand)
        ),
        source=edition.source.key if edition.source else "",
    )


def link_key(framework: Any, strand: Any) -> str:
    return f"{framework.key}/{strand.number}" if strand else str(framework.key)
