"""A work as an item to hand out: whole for staff; for everybody only what CSL knows, without what editors noted for themselves."""

from references.csl import BESIDE, OFFICIAL
from references.exchange.values import Item
from references.models import Work
from references.services import beside_of

#: The columns beside an item that says nothing of them.
_UNSAID: Item = {column: getattr(Work(), column) for column in BESIDE.values()}
#: The variables of CSL 1.0.2 (docs.citationstyles.org), without `annote`, which is for private remarks.
PUBLIC = frozenset(
    [
        "type",
        "id",
        "citation-key",
        "language",
        "journalAbbreviation",
        "shortTitle",
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editorial-director",
        "executive-producer",
        "guest",
        "host",
        "illustrator",
        "interviewer",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
        "accessed",
        "available-date",
        "event-date",
        "issued",
        "original-date",
        "submitted",
        "abstract",
        "archive",
        "archive_collection",
        "archive_location",
        "archive-place",
        "authority",
        "call-number",
        "chapter-number",
        "citation-number",
        "citation-label",
        "collection-number",
        "collection-title",
        "container-title",
        "container-title-short",
        "dimensions",
        "division",
        "DOI",
        "edition",
        "event",
        "event-title",
        "event-place",
        "first-reference-note-number",
        "genre",
        "ISBN",
        "ISSN",
        "issue",
        "jurisdiction",
        "keyword",
        "locator",
        "medium",
        "note",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "original-publisher",
        "original-publisher-place",
        "original-title",
        "page",
        "page-first",
        "part",
        "part-title",
        "PMCID",
        "PMID",
        "printing",
        "publisher",
        "publisher-place",
        "references",
        "reviewed-genre",
        "reviewed-title",
        "scale",
        "section",
        "source",
        "status",
        "supplement",
        "title",
        "title-short",
        "URL",
        "version",
        "volume",
        "volume-title",
        "volume-title-short",
        "year-suffix",
    ]
)


def public_item(work: Work) -> Item:
    """What readers may have, under the key that stands in the work's address."""
    item = {name: value for name, value in work.csl.items() if name in PUBLIC} | {"id": work.key}
    beside = {name: value for name in OFFICIAL if (value := getattr(work, BESIDE[name]))}
    return item | ({"custom": beside} if beside else {})


def staff_item(work: Work) -> Item:
    """Everything: the item as it is kept, and in its `custom` what was written since into the columns beside it."""
    item: Item = dict(work.csl)
    item.setdefault("id", work.key)
    custom = item.get("custom") if isinstance(item.get("custom"), dict) else {}
    said = _UNSAID | beside_of(custom or {})
    written = {name: value for name, column in BESIDE.items() if (value := getattr(work, column)) != said[column]}
    return item | {"custom": {**(custom or {}), **written}} if written else item
