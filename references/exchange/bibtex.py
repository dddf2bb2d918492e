"""BibTeX, by bibtexparser. What BibTeX has no field for stands in `csl-rest`, so that nothing is lost on the way back."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry, Field, ParsingFailedBlock
from django.utils.translation import gettext as _

from references.csl import bare_doi
from references.exchange import latex
from references.exchange.bibtex_names import read_names, split, write_names
from references.exchange.values import Item, ReadRefused, date_parts, one_line, read_date, rest_of, with_rest, year_line

TYPES = {
    "article-journal": "article", "book": "book", "chapter": "incollection", "report": "techreport", "thesis": "phdthesis",
    "paper-conference": "inproceedings", "webpage": "online", "manuscript": "unpublished", "pamphlet": "booklet",
    "dataset": "dataset", "software": "software", "patent": "patent", "periodical": "periodical", "document": "misc",
}  # fmt: skip
READ_TYPES = {tag: kind for kind, tag in TYPES.items()} | {
    "inbook": "chapter", "report": "report", "mastersthesis": "thesis", "thesis": "thesis", "conference": "paper-conference",
    "electronic": "webpage", "www": "webpage", "proceedings": "book", "collection": "book", "manual": "report",
}  # fmt: skip
SIMPLE = {
    "title": "title", "volume": "volume", "publisher-place": "address", "edition": "edition", "ISBN": "isbn",
    "ISSN": "issn", "language": "language", "abstract": "abstract", "keyword": "keywords", "note": "note",
    "genre": "type", "title-short": "shorttitle", "original-title": "origtitle", "number-of-pages": "pagetotal",
    "collection-title": "series", "chapter-number": "chapter", "number-of-volumes": "volumes",
    "container-title-short": "shortjournal",
}  # fmt: skip
#: Addresses: LaTeX does not read them.
VERBATIM = {"URL": "url", "DOI": "doi"}
ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
PUBLISHERS = {"report": "institution", "thesis": "school"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
REST = "csl-rest"


def write(items: Sequence[Mapping[str, Any]]) -> str:
    """The items as BibTeX, one entry each, in order; their keys made usable and different."""
    entries: list[Block] = []
    for item, key in zip(items, _keys(items), strict=True):
        kind, fields = TYPES.get(str(item.get("type")), "misc"), _fields(item)
        if rest := rest_of(item, _item(kind, key, fields)):
            fields[REST] = rest
        entries.append(Entry(kind, key, [Field(name, f"{{{value}}}") for name, value in fields.items()]))
    return write_string(Library(entries), unparse_stack=[])  # in braces already: it would copy every entry to set them


def _keys(items: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    used: set[str] = set()
    begun: Counter[str] = Counter()
    for item in items:
        key = stem = re.sub(r"[^A-Za-z0-9_:.+/-]+", "-", str(item.get("id") or "")).strip("-") or "work"
        while key in used:
            begun[stem] += 1
            key = f"{stem}-{begun[stem] + 1}"
        used.add(key)
        yield key


def _fields(item: Mapping[str, Any]) -> dict[str, str]:
    kind = str(item.get("type") or "document")
    found = {field: write_names(item.get(role)) for role, field in ROLES.items()}
    plain = {field: one_line(item.get(name)) for name, field in SIMPLE.items()}
    plain[_container(kind)] = one_line(item.get("container-title"))
    plain[PUBLISHERS.get(kind, "publisher")] = one_line(item.get("publisher"))
    plain["number"] = one_line(item.get(_number(kind)))
    page = one_line(item.get("page"))
    plain["pages"] = re.sub(r"(?<=[^-])-(?=[^-])", "--", page)
    found |= {name: latex.encode(value) for name, value in plain.items()}
    found |= {field: _verbatim(item.get(name)) for name, field in VERBATIM.items()}
    found |= dict(_dates(item))
    return {name: value for name, value in found.items() if value}


def _container(kind: str) -> str:
    return "journal" if kind.startswith("article") else "booktitle"


def _number(kind: str) -> str:
    return "issue" if kind.startswith("article") else "number"


def _verbatim(value: Any) -> str:
    """An address as it is; one with braces or strokes that BibTeX would trip over is kept in the rest alone."""
    text = one_line(value)
    return "" if re.search(r"[{}\\]", text) else text


def _dates(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    issued = date_parts(item.get("issued"))
    yield "year", year_line(item)
    if len(issued) > 1:
        yield "month", MONTHS[issued[1] - 1] if 1 <= issued[1] <= 12 else ""
    if len(issued) > 2:
        yield "date", "-".join(f"{part:02d}" for part in issued)
    if accessed := date_parts(item.get("accessed")):
        yield "urldate", "-".join(f"{part:02d}" for part in accessed)


def read(text: str) -> list[Item]:
    """The entries of a BibTeX file. Raises `ReadRefused` with the line of an entry that cannot be read."""
    return [with_rest(_item(kind, key, fields), fields.get(REST, "")) for kind, key, fields in _entries(text)]


def _entries(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Type, key and fields of each entry, with abbreviations written out and without the signs around values."""
    found = parse_string(text, parse_stack=[])
    strings = {block.key.lower(): _value(block.value, {}) for block in found.strings}
    entries = []
    for block in found.blocks:
        whole = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(whole, ParsingFailedBlock):
            message = _(
                "Line %(line)d: this entry cannot be read. "
                "Look for a missing brace or comma, or for a field that stands twice."
            )
            raise ReadRefused(message % {"line": (whole.start_line or 0) + 1})
        if isinstance(whole, Entry):
            fields = {field.key.lower(): _value(str(field.value), strings) for field in whole.fields}
            entries.append((whole.entry_type.lower(), whole.key, fields))
    return entries


def _value(text: str, strings: Mapping[str, str]) -> str:
    """A value without the signs around it; its parts put together, abbreviations written out."""
    parts = [part.strip() for part in split(text, r"#", quotes=True)]
    return "".join(_part(part, strings) for part in parts)


def _part(part: str, strings: Mapping[str, str]) -> str:
    if len(part) > 1 and (part[0] + part[-1]) in ("{}", '""'):
        return part[1:-1]
    return strings.get(part.lower(), part)


def _item(entry_type: str, key: str, fields: Mapping[str, str]) -> Item:
    kind = READ_TYPES.get(entry_type, "document")
    item: Item = {"type": kind, "id": key}

    def text(*names: str) -> str:
        return next((latex.decode(fields[name]) for name in names if fields.get(name)), "")

    item |= {name: text(field) for name, field in SIMPLE.items()}
    item |= {name: fields.get(field, "").strip() for name, field in VERBATIM.items()}
    item |= {role: read_names(fields.get(field, "")) for role, field in ROLES.items()}
    item["container-title"] = text(_container(kind), "journal", "journaltitle", "booktitle")
    item["publisher"] = text(PUBLISHERS.get(kind, "publisher"), "publisher", "institution", "school", "organization")
    item["publisher-place"] = item["publisher-place"] or text("location")
    item[_number(kind)] = text("number", "issue")
    item["page"] = latex.decode(re.sub(r"--+", "-", fields.get("pages", "")))
    item["DOI"] = bare_doi(item["DOI"])
    item["issued"] = _issued(fields)
    item["accessed"] = read_date(fields.get("urldate", ""))
    return {name: value for name, value in item.items() if value}


def _issued(fields: Mapping[str, str]) -> dict[str, Any] | None:
    if exact := read_date(fields.get("date", "")):
        return exact
    date = read_date(latex.decode(fields.get("year", "")))
    month = fields.get("month", "").strip().lower()
    number = (
        int(month)
        if month.isdecimal() and month.isascii()
        else MONTHS.index(month[:3]) + 1
        if month[:3] in MONTHS
        else 0
    )
    if date and "date-parts" in date and 1 <= number <= 12:
        date["date-parts"][0].append(number)
    return date
