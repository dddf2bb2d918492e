"""A work as an item to hand out: whole for staff; for everybody only what CSL knows, without what editors noted for themselves."""

from typing import Any

from references.exchange.values import Item, canonical
from references.models import Identity, Work

#: What stands in `custom`, and the column that it becomes.
BESIDE = {
    "title_cy": "welsh_title",
    "url_cy": "welsh_url",
    "author_cy": "welsh_author",
    "identity": "identity",
    "verified": "is_verified",
    "note": "note",
}
#: Of these the first three are shown to readers.
PUBLIC_BESIDE = ("title_cy", "url_cy", "author_cy")
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
    beside = {name: value for name in PUBLIC_BESIDE if (value := getattr(work, BESIDE[name]))}
    return item | ({"custom": beside} if beside else {})


def staff_item(work: Work) -> Item:
    """Everything: the item as it is kept, and in its `custom` what was written since into the columns beside it."""
    item: Item = dict(work.csl)
    item.setdefault("id", work.key)
    custom = item.get("custom") if isinstance(item.get("custom"), dict) else {}
    written = {name: value for name in BESIDE if (value := _since(work, name, custom)) is not None}
    return item | {"custom": {**(custom or {}), **written}} if written else item


def _since(work: Work, name: str, custom: Any) -> Any:
    """What the column says that `custom` does not; None where they agree."""
    column, said = getattr(work, BESIDE[name]), (custom or {}).get(name)
    if name == "identity":
        standing = next((one for one in Identity if str(said or "").startswith(one)), Identity.STATED)
        return None if column == standing else str(column)
    return None if canonical(column) == canonical(said) or (not column and not said) else column
