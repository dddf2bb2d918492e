"""What an import leaves to be known about a text: whether the page that it came from had a list of its own."""

from collections.abc import Sequence
from typing import Any

from foundation.publishing.models import WrittenFromFile
from references.checking.registry import Listless


def imported_without_list(editions: Sequence[Any]) -> Listless:
    """The texts that came from a page without a list, and stand as they came. One query.

    Such an import leaves the rows of the edition alone: they are the list of the text before it. Once an editor has stored the
    edition, they are the list of what it says now.
    """
    rows = WrittenFromFile.objects.filter(source="import", kind="hallmark").exclude(
        file_hash=""
    )  # "": the other language
    written = {(row.key, row.language): row.at for row in rows}
    return {
        (edition.pk, language)
        for edition in editions
        for language in ("cy", "en")
        if (at := written.get((str(edition.content.number), language))) is not None and edition.updated_at <= at
    }
