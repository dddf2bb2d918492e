"""The three formats: which one a file is in, by what it holds, and reading and writing it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from references.exchange import bibtex, csl_json, ris
from references.exchange.shape import problem_of
from references.exchange.values import Item, ReadRefused


class Format(models.TextChoices):
    """A format, by the suffix of its files. The label is its name, which is the same in both languages."""

    RIS = "ris", "RIS"
    BIBTEX = "bib", "BibTeX"
    CSL_JSON = "json", "CSL-JSON"

    @property
    def content_type(self) -> str:
        return {
            Format.RIS: "application/x-research-info-systems",
            Format.BIBTEX: "application/x-bibtex",
            Format.CSL_JSON: "application/vnd.citationstyles.csl+json",
        }[self]


_modules: Mapping[Format, Any] = {Format.RIS: ris, Format.BIBTEX: bibtex, Format.CSL_JSON: csl_json}


def write(items: Iterable[Mapping[str, Any]], file_format: Format) -> str:
    """The items in a format. `read(write(items, …)) == items`, in all three."""
    return str(_modules[file_format].write(list(items)))


def read(data: bytes | str) -> list[Item]:
    """The items of a file in any of the three formats. Raises `ReadRefused`, which says where and what to do."""
    text = data if isinstance(data, str) else _decoded(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = format_of(text)
    if found is None:
        raise ReadRefused(
            _("This is not RIS, BibTeX or CSL-JSON. Export the works from your reference manager in one of these.")
        )
    items: list[Item] = _modules[found].read(text)
    if not items and found != Format.CSL_JSON:
        raise ReadRefused(_("There is no work in this file."))
    for number, item in enumerate(items, 1):
        if problem := problem_of(item):
            message = _("Entry %(number)d (%(name)s): %(problem)s Nothing was imported.")
            name = str(item.get("id") or item.get("title") or "–")[:60]
            raise ReadRefused(message % {"number": number, "name": name, "problem": problem})
    return items


def format_of(text: str) -> Format | None:
    """The format that a text is written in, whatever its file is called."""
    begins = text.lstrip("\ufeff \t\r\n")[:1]
    if begins in ("[", "{"):
        return Format.CSL_JSON
    if re.search(r"^\ufeff?TY  ?-", text, re.MULTILINE):
        return Format.RIS
    return Format.BIBTEX if re.search(r"@\s*\w+\s*[{(]", text) else None


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadRefused(
            _("Line %(line)d: the file is not in UTF-8. Export it again as “Unicode (UTF-8)”.") % {"line": line}
        ) from error
