"""What programs read off a page: COinS (Zotero), Highwire and Dublin Core tags, and schema.org as JSON-LD."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from references.csl import creators_of, family_of
from references.exchange.values import date_parts, one_line
from references.models import Work

Tags = list[tuple[str, str]]

SCHEMA = {
    "book": "Book", "chapter": "Chapter", "article-journal": "ScholarlyArticle", "article-newspaper": "NewsArticle",
    "report": "Report", "thesis": "Thesis", "webpage": "WebPage", "post-weblog": "BlogPosting", "dataset": "Dataset",
    "paper-conference": "ScholarlyArticle",
}  # fmt: skip
GENRES = {"book": "book", "chapter": "bookitem", "report": "report", "paper-conference": "proceeding"}


def coins(work: Work) -> str:
    """A work as OpenURL, for the title of a COinS span."""
    item = work.csl
    kind = "journal" if work.type.startswith("article") else "dissertation" if work.type == "thesis" else "book"
    if work.type in ("webpage", "post-weblog", "document"):
        kind = "dc"
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{kind}"),
        ("rfr_id", "info:sid/zotero.org:2"),
    ]
    pairs += [("rft_id", f"info:doi/{work.doi}")] if work.doi else []
    pairs += [("rft_id", work.url)] if work.url else []
    pairs += _dublin_core(work) if kind == "dc" else _openurl(work, item, kind)
    return urlencode([(name, value) for name, value in pairs if value])


def _dublin_core(work: Work) -> Tags:
    names = [("rft.creator", _inverted(name)) for name in creators_of(work.csl)]
    return [
        ("rft.type", "blogPost" if work.type == "post-weblog" else work.type), ("rft.title", work.title),
        ("rft.source", one_line(work.csl.get("container-title"))), *names, ("rft.date", _date(work.csl)),
        ("rft.publisher", one_line(work.csl.get("publisher"))), ("rft.language", work.title_language),
    ]  # fmt: skip


def _openurl(work: Work, item: Mapping[str, Any], kind: str) -> Tags:
    container = one_line(item.get("container-title"))
    titles = {
        "journal": [("rft.genre", "article"), ("rft.atitle", work.title), ("rft.jtitle", container)],
        "dissertation": [("rft.title", work.title), ("rft.inst", one_line(item.get("publisher")))],
    }.get(kind) or [("rft.genre", GENRES.get(work.type, "unknown")), *_book_titles(work, container)]
    creators = creators_of(item)
    first = creators[0] if creators and "literal" not in creators[0] else {}
    names = [("rft.aulast", family_of(first) if first else ""), ("rft.aufirst", one_line(first.get("given")))]
    named = {
        "volume": "volume", "issue": "issue", "page": "pages", "edition": "edition", "publisher-place": "place",
        "ISBN": "isbn", "ISSN": "issn", "collection-title": "series",
    }  # fmt: skip
    rest = [(f"rft.{tag}", one_line(item.get(name))) for name, tag in named.items()]
    publisher = [("rft.publisher", one_line(item.get("publisher")))] if kind == "book" else []
    every = [("rft.au", _inverted(name)) for name in creators]
    return [
        *titles,
        *names,
        *every,
        ("rft.date", _date(item)),
        *publisher,
        *rest,
        ("rft.language", work.title_language),
    ]


def _book_titles(work: Work, container: str) -> Tags:
    return [("rft.atitle", work.title), ("rft.btitle", container)] if container else [("rft.btitle", work.title)]


def _inverted(name: Mapping[str, Any]) -> str:
    given = one_line(name.get("given"))
    return f"{family_of(name)}, {given}" if given and "literal" not in name else family_of(name)


def _date(item: Mapping[str, Any]) -> str:
    return "-".join(f"{part:02d}" for part in date_parts(item.get("issued")))


def work_meta(work: Work) -> Tags:
    """Highwire and Dublin Core for the page of a work: they describe the work."""
    item = work.csl
    page = one_line(item.get("page")).replace("–", "-").split("-")
    named = {
        "container-title": "citation_journal_title" if work.type.startswith("article") else "citation_inbook_title",
        "volume": "citation_volume", "issue": "citation_issue", "publisher": "citation_publisher",
        "ISBN": "citation_isbn", "ISSN": "citation_issn",
    }  # fmt: skip
    names = [_inverted(name) for name in creators_of(item)]
    tags = [
        ("citation_title", work.title), *(("citation_author", name) for name in names),
        ("citation_publication_date", _date(item).replace("-", "/")), ("citation_doi", work.doi),
        *((tag, one_line(item.get(name))) for name, tag in named.items()),
        ("citation_firstpage", page[0]), ("citation_lastpage", page[1] if len(page) == 2 else ""),
        ("citation_language", work.title_language),
        ("DC.title", work.title), *(("DC.creator", name) for name in names), ("DC.date", _date(item)),
        ("DC.publisher", one_line(item.get("publisher"))), ("DC.language", work.title_language),
        ("DC.identifier", f"doi:{work.doi}" if work.doi else ""),
    ]  # fmt: skip
    return [(name, value) for name, value in tags if value]


def work_schema(work: Work) -> dict[str, Any]:
    """A work as schema.org knows it."""
    item = work.csl
    found = {
        "@type": SCHEMA.get(work.type, "CreativeWork"),
        "name": work.title,
        "inLanguage": work.title_language,
        "author": [dict(_person(name)) for name in item.get("author") or []],
        "editor": [dict(_person(name)) for name in item.get("editor") or []],
        "datePublished": _date(item),
        "publisher": {"@type": "Organization", "name": name} if (name := one_line(item.get("publisher"))) else None,
        "isbn": one_line(item.get("ISBN")),
        "isPartOf": _whole(work, one_line(item.get("container-title"))),
        "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": work.doi} if work.doi else None,
        "sameAs": f"https://doi.org/{work.doi}" if work.doi else work.url,
        "workTranslation": _welsh(work),
    }
    return {name: value for name, value in found.items() if value}


def _person(name: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "literal" in name:
        yield from (("@type", "Organization"), ("name", one_line(name["literal"])))
        return
    yield "@type", "Person"
    yield "familyName", family_of(name)
    if given := one_line(name.get("given")):
        yield "givenName", given


def _whole(work: Work, container: str) -> dict[str, Any] | None:
    kind = "Periodical" if work.type.startswith("article") else "Book" if work.type == "chapter" else "CreativeWork"
    return {"@type": kind, "name": container} if container else None


def _welsh(work: Work) -> dict[str, Any] | None:
    if not work.welsh_title or work.title_language == "cy":
        return None
    address = {"url": work.welsh_url} if work.welsh_url else {}
    return {"@type": "CreativeWork", "name": work.welsh_title, "inLanguage": "cy", **address}


def text_meta(*, title: str, site: str, address: str, language: str, since: date | None, summary: str) -> Tags:
    """Highwire and Dublin Core for a text of our own."""
    day = since.strftime("%Y/%m/%d") if since else ""
    tags = [
        ("citation_title", title), ("citation_author", site), ("citation_publication_date", day),
        ("citation_language", language), ("citation_publisher", site), ("citation_public_url", address),
        ("DC.title", title), ("DC.creator", site), ("DC.publisher", site), ("DC.date", day.replace("/", "-")),
        ("DC.language", language), ("DC.identifier", address), ("DC.description", summary),
    ]  # fmt: skip
    return [(name, value) for name, value in tags if value]


def text_schema(
    *, title: str, site: str, address: str, language: str, since: date | None, summary: str, works: Iterable[Work]
) -> dict[str, Any]:
    """A text of our own as schema.org knows it, with the works that it cites."""
    body = {"@type": "Organization", "name": site}
    found = {
        "@type": ["Article", "LearningResource"],
        "headline": title,
        "name": title,
        "description": summary,
        "inLanguage": language,
        "url": address,
        "datePublished": since.isoformat() if since else "",
        "author": body,
        "publisher": body,
        "citation": [work_schema(work) for work in works],
    }
    return {name: value for name, value in found.items() if value}
