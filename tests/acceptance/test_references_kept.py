"""Acceptance: every item of the reference bibliography is kept as it came, and has an entry in both languages."""

import json
import re
import warnings
from typing import Any

import pytest

from references.services import save_work
from tests.conftest import SHARED

ITEMS: list[dict[str, Any]] = json.loads((SHARED / "facts" / "references.csl.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_an_item_is_kept_as_it_came_and_has_its_entries(item: dict[str, Any], db: None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # citeproc warns of what it cannot read
        work = save_work(key=item["id"], csl=item)
    work.refresh_from_db()
    assert work.csl == item
    for language in ("cy", "en"):
        text = re.sub(r"<[^>]+>", "", work.entry(language))
        assert text.endswith((".", "?"))
        assert f"({item['issued']['date-parts'][0][0]})" in text
        assert re.findall(r"\?\.|(?<!\.)\.\.(?!\.)|\s,|\(\)|  |a/ac|&amp;amp;|[\ue000-\uf8ff]", text) == []
        assert work.entry(language).count("<a ") == bool(item.get("DOI") or item.get("URL"))


def test_all_items_were_tried() -> None:
    assert len(ITEMS) == 41
