"""The entries that are kept with a work."""

from typing import TYPE_CHECKING, Any

from references.csl import BESIDE, OFFICIAL
from references.styles.entry import VERSION, entry_html

if TYPE_CHECKING:
    from references.models import Work


def entry_in(work: "Work", language: str) -> str:
    """The entry of a work, from its item and what is kept beside it about the Welsh edition."""
    custom = work.csl.get("custom")
    beside = {name: getattr(work, BESIDE[name]) for name in OFFICIAL}
    item = {**work.csl, "custom": {**(custom if isinstance(custom, dict) else {}), **beside}}
    return str(entry_html(item, language))


def entries_of(work: "Work") -> dict[str, Any]:
    """The columns of a work that hold its entries."""
    return {"entry_cy": entry_in(work, "cy"), "entry_en": entry_in(work, "en"), "entry_version": VERSION}
