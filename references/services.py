"""Writing works: the columns follow from the item, here and nowhere else."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from foundation.bilingual.alphabet import initial, sort_key
from references.citations.storing import store_names
from references.csl import creators_of, language_of, listed_name, web_address, year_of
from references.models import Identity, Work
from references.styles import VERSION, entries_of


@transaction.atomic
def save_work(*, key: str, csl: Mapping[str, Any], **fields: Any) -> Work:
    """Create the work `key` or store its item anew, with every column that follows from it.

    `fields` are columns that do not follow from the item (cover, identity, note, …). Raises `ValueError` for an item without
    a title.
    """
    title = re.sub(r"\s+", " ", str(csl.get("title") or "")).strip()
    if not title:
        raise ValueError("a work needs a title")
    creators = join_creators([listed_name(name) for name in creators_of(csl)])
    filed_under = creators or title
    custom = csl.get("custom") or {}
    derived = {
        "csl": dict(csl),
        "type": str(csl.get("type") or "document"),
        "title": title,
        "title_language": language_of(csl),
        "creators": creators,
        "year": year_of(csl),
        "doi": str(csl.get("DOI") or "")[:200],
        "isbn": str(csl.get("ISBN") or "")[:40],
        "url": web_address(csl.get("URL")),
        "sort_cy": sort_key(custom.get("author_cy") or filed_under, "cy")[:255],
        "sort_en": sort_key(filed_under, "en")[:255],
        "letter_cy": initial(custom.get("author_cy") or filed_under, "cy"),
        "letter_en": initial(filed_under, "en"),
    }
    work, _created = Work.objects.update_or_create(key=key, defaults={**derived, **_from_custom(custom), **fields})
    _store_entries(work)
    store_names(work)
    return work


def _store_entries(work: Work) -> bool:
    """Render the entries of a work, and store them where they differ from what is stored."""
    entries = entries_of(work)
    if all(getattr(work, name) == value for name, value in entries.items()):
        return False
    for name, value in entries.items():
        setattr(work, name, value)
    work.save(update_fields=list(entries))
    return True


def refresh_entries(*, only_old: bool = False) -> int:
    """Render every work anew and store the entries that differ, which `update()` may have left behind; says how many.

    `only_old`: only those that other code rendered, which is quick where there are none.
    """
    works = Work.objects.exclude(entry_version=VERSION) if only_old else Work.objects.all()
    return sum(_refresh_one(pk) for pk in works.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _refresh_one(pk: int) -> bool:
    """Of the work as it is now: it may have been saved, or merged into another, since the list was made."""
    work = Work.objects.select_for_update().filter(pk=pk).first()
    return work is not None and _store_entries(work)


def _from_custom(custom: Mapping[str, Any]) -> dict[str, Any]:
    """What we keep beside the standard in an item's `custom`, as columns; only what is said there."""
    columns = {
        "identity": custom.get("identity"),
        "is_verified": custom.get("verified"),
        "note": custom.get("note"),
        "welsh_title": custom.get("title_cy"),
        "welsh_url": web_address(custom["url_cy"]) if custom.get("url_cy") else None,
        "welsh_author": custom.get("author_cy"),
    }
    found = {name: value for name, value in columns.items() if value is not None}
    if "identity" in found:
        found["identity"] = _identity(str(found["identity"]))
    return found


def _identity(text: str) -> Identity:
    """ "stated on 001; inferred for …" counts as stated: the first word says what it is."""
    for identity in (Identity.INFERRED_WEAK, Identity.INFERRED_STRONG):
        if text.startswith(identity.value):
            return identity
    return Identity.STATED


def join_creators(names: list[str]) -> str:
    """ "A", "A and B", "A, B and C". The word between them is put into the reader's language where it is shown."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
