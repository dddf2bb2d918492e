"""The citations of an edition, linked in its prose as it is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from foundation.bilingual.languages import words
from foundation.publishing.models import Edition
from references.citations.linking import link_fields
from references.citations.resolving import Listed
from references.citations.storing import links_of
from references.models import ListedReference
from references.styles import year_letters


def mark_citations(
    edition: Edition, language: str, prose: Mapping[str, str], references: Iterable[ListedReference] = ()
) -> dict[str, str]:
    """Cleaned prose by field, each citation a link to its entry in the list or to the page of its work."""
    listed = listed_in(edition, references, language)
    return link_fields(prose, listed, language, lambda: links_of(edition.content, language))


def listed_in(edition: Any, references: Iterable[ListedReference], language: str) -> list[Listed]:
    """The list of an edition, as its citations are resolved in it."""
    rows = list(references)
    letters = year_letters([row.work for row in rows])
    source = getattr(edition, "source_id", None)
    return [
        Listed(row.work, words(row, "printed", language), letters.get(row.work_id, ""), row.work_id == source)
        for row in rows
    ]
