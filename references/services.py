"""Writing works: the columns follow from the item, here and nowhere else."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from foundation.bilingual.alphabet import initial, sort_key
from references.checking.counting import recount_citing
from references.citations.names import keys_of
from references.citations.storing import store_names
from references.csl import BESIDE, bare_doi, creators_of, language_of, listed_name, web_address, year_of
from references.models import Identity, Work, WorkName
from references.styles import VERSION, entries_of

#: So many works are rendered while somebody waits. Those above are left to the worker, and rendered where they are shown.
RENDERED_AT_ONCE = 50
NO_ENTRIES = {"entry_cy": "", "entry_en": "", "entry_version": 0}
#: The worker that renders has mail to send.
RUN_SECONDS = 20.0


@transaction.atomic
def save_work(*, key: str, csl: Mapping[str, Any], **fields: Any) -> Work:
    """Create the work `key` or store its item anew, with every column that follows from it.

    `fields` are columns that do not follow from the item (cover, identity, note, …). Raises `ValueError` for an item without
    a title.
    """
    work = Work.objects.select_for_update().filter(key=key).first() or Work(key=key)
    is_known = work.pk is not None
    put_item(work, csl)
    _set(work, fields)
    _set(work, entries_of(work))
    work.save()
    store_names(work)
    if is_known:
        recount_citing([work])
    return work


def put_item(work: Work, csl: Mapping[str, Any]) -> None:
    """Give a work its item and the columns that follow from it, for `store_works`. Raises `ValueError` without a title."""
    _set(work, columns_of(csl))
    _set(work, beside_of(csl.get("custom") or {}))


@transaction.atomic
def store_works(works: Sequence[Work]) -> None:
    """Store works that `put_item` filled, new ones or read for update: new ones in few queries, however many they are."""
    for place, work in enumerate(works):
        _set(work, entries_of(work) if place < RENDERED_AT_ONCE else NO_ENTRIES)
    new, old = [work for work in works if not work.pk], [work for work in works if work.pk]
    Work.objects.bulk_create(new, batch_size=200)
    named = [
        WorkName(work=work, key=key, form=form)
        for work in new
        for key, form in keys_of(work.csl, welsh_author=work.welsh_author).items()
    ]
    WorkName.objects.bulk_create(named, batch_size=500)
    for work in old:
        work.save()
        store_names(work)
    recount_citing(old)


def _set(work: Work, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(work, name, value)


def columns_of(csl: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that follow from an item, which is kept as it came. Raises `ValueError` for one without a title."""
    title = re.sub(r"\s+", " ", str(csl.get("title") or "")).strip()
    if not title:
        raise ValueError("a work needs a title")
    creators = join_creators([listed_name(name) for name in creators_of(csl)])
    filed_under = creators or title
    filed_under_cy = (csl.get("custom") or {}).get("author_cy") or filed_under
    return {
        "csl": dict(csl),
        "type": str(csl.get("type") or "document")[:40],
        "title": title,
        "title_language": language_of(csl),
        "creators": creators,
        "year": year_of(csl),
        "doi": bare_doi(csl.get("DOI"))[:200],
        "isbn": str(csl.get("ISBN") or "")[:40],
        "url": web_address(csl.get("URL")),
        "sort_cy": sort_key(filed_under_cy, "cy")[:255],
        "sort_en": sort_key(filed_under, "en")[:255],
        "letter_cy": initial(filed_under_cy, "cy"),
        "letter_en": initial(filed_under, "en"),
    }


def beside_of(custom: Mapping[str, Any]) -> dict[str, Any]:
    """What we keep beside the standard in an item's `custom`, as columns; only what is said there."""
    said = {column: custom[name] for name, column in BESIDE.items() if custom.get(name) is not None}
    found: dict[str, Any] = {column: str(value) for column, value in said.items()}
    if "identity" in said:
        found["identity"] = Identity.of(said["identity"])
    if "is_verified" in said:
        found["is_verified"] = said["is_verified"] is True
    if found.pop("welsh_url", ""):
        found["welsh_url"] = web_address(said["welsh_url"])
    return found


def refresh_each(*, only_old: bool = False) -> Iterator[bool]:
    """Derive each work anew and store what differs, which `update()` or a restored dump may have left behind; says whether.

    `only_old`: only those that other code derived, or that were left to the worker; quick where there are none.
    """
    works = Work.objects.exclude(entry_version=VERSION) if only_old else Work.objects.all()
    for pk in list(works.order_by("pk").values_list("pk", flat=True)):
        yield _refresh_one(pk)


def refresh_works(*, only_old: bool = False) -> int:
    """All of `refresh_each`; says how many differed."""
    return sum(refresh_each(only_old=only_old))


def render_entries(now: datetime) -> None:
    """What the clock does: render the works that a large import left, a few hundred at each turn."""
    begun = time.monotonic()
    for _differed in refresh_each(only_old=True):
        if time.monotonic() - begun > RUN_SECONDS:
            return


@transaction.atomic
def _refresh_one(pk: int) -> bool:
    """Of the work as it is now: it may have been saved, or merged into another, since the list was made."""
    work = Work.objects.select_for_update().filter(pk=pk).first()
    if work is None:
        return False
    columns = columns_of(work.csl) if work.csl.get("title") else {}  # an item that SQL spoiled tells nothing
    differs = _differs(work, columns)
    _set(work, columns)
    entries = entries_of(work)
    if differs := _differs(work, entries) or differs:
        _set(work, entries)
        work.save(update_fields=[*columns, *entries])
    return store_names(work) or differs


def _differs(work: Work, columns: Mapping[str, Any]) -> bool:
    return any(getattr(work, name) != value for name, value in columns.items())


def join_creators(names: list[str]) -> str:
    """ "A", "A and B", "A, B and C". The word between them is put into the reader's language where it is shown."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
