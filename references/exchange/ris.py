"""RIS, by rispy. What RIS has no tag for stands in its own tag, C8, so that nothing is lost on the way back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import rispy
from django.utils.translation import gettext as _

from references.exchange.names import inverted, parted, people_in
from references.exchange.values import Item, ReadRefused, date_parts, one_line, read_date, rest_of, with_rest, year_line

TYPES = {
    "book": "BOOK", "chapter": "CHAP", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "report": "RPRT", "webpage": "ELEC", "post-weblog": "BLOG", "thesis": "THES", "paper-conference": "CPAPER",
    "dataset": "DATA", "software": "COMP", "map": "MAP", "patent": "PAT", "standard": "STAND", "speech": "SLIDE",
    "bill": "BILL", "legislation": "STAT", "legal_case": "CASE", "motion_picture": "VIDEO", "song": "SOUND",
    "graphic": "ART", "figure": "FIGURE", "manuscript": "MANSCPT", "pamphlet": "PAMP", "hearing": "HEAR",
    "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "personal_communication": "PCOMM", "article": "INPR",
    "periodical": "JFULL", "collection": "SER", "classic": "ANCIENT", "document": "GEN",
}  # fmt: skip
READ_TYPES = {tag: kind for kind, tag in TYPES.items()} | {
    "CONF": "paper-conference", "EDBOOK": "book", "EBOOK": "book", "ECHAP": "chapter", "EJOUR": "article-journal",
    "ABST": "article-journal", "GOVDOC": "report", "ICOMM": "webpage", "MPCT": "motion_picture", "UNPB": "manuscript",
}  # fmt: skip
#: Fields of one line, by rispy's names.
SIMPLE = {
    "id": "id", "title": "title", "volume": "volume", "issue": "number", "number": "note", "publisher": "publisher",
    "publisher-place": "place_published", "DOI": "doi", "abstract": "abstract", "language": "language",
    "edition": "edition", "title-short": "short_title", "container-title-short": "alternate_title1",
    "genre": "type_of_work", "original-title": "original_publication", "source": "database_provider",
    "archive": "name_of_database", "archive_location": "accession_number", "call-number": "call_number",
    "number-of-volumes": "number_of_volumes", "section": "section",
}  # fmt: skip
SERIAL = {"article-journal", "article-magazine", "article-newspaper", "periodical"}
WHOLE = {"book", "report", "collection", "thesis"}  # T2 is their series
SERIES = {name for name in WHOLE if name != "thesis"}  # A2 are their series' editors
REST = "custom8"


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    """Without rispy's number before each entry, which other programs take for text."""

    def set_header(self, count: int) -> str:
        return ""


def write(items: Sequence[Mapping[str, Any]]) -> str:
    """The items as RIS, one entry each, in order."""
    records = [_record(item) for item in items]
    plain = rispy.loads(rispy.dumps(records, implementation=_Writer), delimiter_tags_mapping={})
    for item, record, read_back in zip(items, records, plain, strict=True):
        if rest := rest_of(item, _item(read_back)):
            record[REST] = rest
    return str(rispy.dumps(records, implementation=_Writer))


def read(text: str) -> list[Item]:
    """The entries of a RIS file. Raises `ReadRefused` with the line of an entry that does not begin or end."""
    _check(text.split("\n"))
    return [with_rest(_item(record), record.get(REST, "")) for record in rispy.loads(text, delimiter_tags_mapping={})]


def _check(lines: Sequence[str]) -> None:
    begun = 0
    for number, line in enumerate(lines, 1):
        tag = line[:2] if line[2:5] == "  -" else ""
        if tag == "TY" and begun:
            message = _(
                "Line %(line)d: an entry begins here before the one of line %(begun)d has ended. "
                "End it with a line “ER  - ”."
            )
            raise ReadRefused(message % {"line": number, "begun": begun})
        if tag == "ER" and not begun:
            message = _("Line %(line)d: an entry ends here that has not begun. Begin each entry with a line “TY  - ”.")
            raise ReadRefused(message % {"line": number})
        begun = number if tag == "TY" else 0 if tag == "ER" else begun
    if begun:
        message = _("Line %(line)d: the entry that begins here does not end. The file may have been cut short.")
        raise ReadRefused(message % {"line": begun})


def _record(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item in rispy's names."""
    kind = str(item.get("type") or "document")
    record: dict[str, Any] = {"type_of_reference": TYPES.get(kind, "GEN")}
    record |= {tag: one_line(item.get(name)) for name, tag in SIMPLE.items()}
    editors, series = _editors(kind)
    for role, tag in (
        ("author", "authors"),
        (editors, "secondary_authors"),
        (series, "tertiary_authors"),
        ("translator", "subsidiary_authors"),
    ):
        record[tag] = [inverted(name, suffix_last=True) for name in people_in(item.get(role))]
    container, collection = _titles(kind)
    record["secondary_title"] = one_line(item.get(container))
    record["tertiary_title"] = one_line(item.get(collection)) if collection else ""
    record["issn"] = one_line(item.get("ISSN" if kind in SERIAL else "ISBN"))
    record["urls"] = [address] if (address := one_line(item.get("URL"))) else []
    record["notes"] = [note] if (note := one_line(item.get("note"))) else []
    record["keywords"] = [word for part in one_line(item.get("keyword")).split(",") if (word := part.strip())]
    custom = item.get("custom")
    record["translated_title"] = one_line(custom.get("title_cy")) if isinstance(custom, dict) else ""
    record |= dict(_pages(item, kind)) | dict(_dates(item))
    return {tag: value for tag, value in record.items() if value}


def _editors(kind: str) -> tuple[str, str]:
    """The roles of A2 and A3."""
    return ("collection-editor", "editor") if kind in SERIES else ("editor", "collection-editor")


def _titles(kind: str) -> tuple[str, str]:
    """What T2 and T3 hold."""
    return ("collection-title", "container-title") if kind in WHOLE else ("container-title", "collection-title")


def _pages(item: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    page = one_line(item.get("page"))
    if kind == "book" and not page:
        page = one_line(item.get("number-of-pages"))
    span = re.fullmatch(r"([^\s,;–-]+)-([^\s,;–-]+)", page)
    yield "start_page", span[1] if span else page
    yield "end_page", span[2] if span else ""


def _dates(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    issued = date_parts(item.get("issued"))
    yield "year", year_line(item)
    if len(issued) > 1:
        yield "date", _slashed(issued)
    if accessed := date_parts(item.get("accessed")):
        yield "access_date", _slashed(accessed)


def _slashed(parts: Sequence[int]) -> str:
    """ "2018/02/05/": RIS always has three strokes."""
    text = [f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])]
    return "/".join(text + [""] * (4 - len(text)))


def _item(record: Mapping[str, Any]) -> Item:
    """A record of rispy as a CSL item."""
    kind = READ_TYPES.get(str(record.get("type_of_reference", "")).strip(), "document")
    item: Item = {"type": kind}
    item |= {name: _text(record.get(tag)) for name, tag in SIMPLE.items()}
    item["title"] = item["title"] or _text(record.get("primary_title"))
    editors, series = _editors(kind)
    authors = [*record.get("first_authors", []), *record.get("authors", [])]
    roles = (
        ("author", authors),
        (editors, record.get("secondary_authors", [])),
        (series, record.get("tertiary_authors", [])),
        ("translator", record.get("subsidiary_authors", [])),
    )
    for role, names in roles:
        item[role] = [parted(name, suffix_last=True) for name in names if name.strip(" ,")]
    unknown = record.get("unknown_tag", {}).get("ED", [])
    item["editor"] += [parted(name, suffix_last=True) for name in unknown if name.strip(" ,")]
    container, collection = _titles(kind)
    journal = next(
        (record[tag] for tag in ("journal_name", "alternate_title3", "secondary_title") if record.get(tag)), ""
    )
    item[container] = _text(journal if kind in SERIAL else record.get("secondary_title"))
    item[collection] = _text(record.get("tertiary_title"))
    item["ISSN" if kind in SERIAL else "ISBN"] = _text(record.get("issn"))
    item["URL"] = _text(next(iter(record.get("urls", [])), ""))
    item["note"] = "; ".join(record.get("notes", []))
    item["abstract"] = item["abstract"] or _text(record.get("notes_abstract"))
    item["keyword"] = ", ".join(record.get("keywords", []))
    item["custom"] = {"title_cy": title} if (title := _text(record.get("translated_title"))) else {}
    start, end = _text(record.get("start_page")), _text(record.get("end_page"))
    item["number-of-pages" if kind == "book" and not end else "page"] = (
        f"{start}-{end}" if start and end else start or end
    )
    item["issued"] = _issued(record)
    item["accessed"] = read_date(_text(record.get("access_date")))
    return {name: value for name, value in item.items() if value}


def _issued(record: Mapping[str, Any]) -> dict[str, Any] | None:
    exact = read_date(_text(record.get("date")))
    year = read_date(_text(record.get("year") or record.get("publication_year")))
    return exact if exact and ("date-parts" in exact or not year) else year


def _text(value: Any) -> str:
    return " ".join(str(value or "").split())
