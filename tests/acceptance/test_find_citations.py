"""`find_citations` over the reference documents finds what a careful reader found."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from references.services import save_work
from tests.conftest import SHARED

pytestmark = pytest.mark.page

FACTS: dict[str, Any] = json.loads((SHARED / "facts" / "citations.json").read_text(encoding="utf-8"))
SHOWN = ("as_printed", "authors_as_printed", "year", "char_start", "char_end", "kind", "ref_id")


def run(file: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("find_citations", str(file), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def bibliography(db: None) -> None:
    for item in json.loads((SHARED / "facts" / "references.csl.json").read_text(encoding="utf-8")):
        save_work(key=item["id"], csl=item)


@pytest.mark.parametrize("page", FACTS["pages"], ids=lambda page: page["key"])
def test_every_citation_of_a_page(bibliography: None, page: dict[str, Any]) -> None:
    found = json.loads(run(SHARED / page["text_file"], "--json"))
    wanted = [{name: one[name] for name in SHOWN} for one in page["citations"]]
    assert [one for one in found if one["year"]] == [one for one in wanted if one["year"]]
    mentions = [(one["as_printed"], one["ref_id"]) for one in wanted if not one["year"]]
    assert [(one["as_printed"], one["ref_id"]) for one in found if not one["year"]] == mentions


def test_prose_without_citations(bibliography: None) -> None:
    assert json.loads(run(SHARED / "seeds" / "004_65f08a9be6f8872a.txt", "--json")) == []


def test_plain_text_is_all_body(bibliography: None, tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("\ufeffSo says Estyn (2017).\n", encoding="utf-8")
    [one] = json.loads(run(file, "--json"))
    assert (one["as_printed"], one["char_start"], one["ref_id"]) == ("Estyn (2017)", 9, "estyn-2017")
    assert "9–21  Estyn (2017)  →  estyn-2017" in run(file)


@pytest.mark.parametrize("data", [None, b"\x00\x01\x02\xff", b"<!doctype html><html><p>(Estyn, 2017)</p>" * 9, b""])
def test_what_is_no_text_is_refused(db: None, tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "file"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(CommandError, match="file"):
        run(file, "--json")
