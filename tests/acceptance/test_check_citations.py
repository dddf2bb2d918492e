"""Acceptance: the check over the reference pages, against the discrepancies that a careful reader found on them."""

import json
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from references.services import save_work
from tests.conftest import SHARED

pytestmark = pytest.mark.page

FACTS: dict[str, Any] = json.loads((SHARED / "facts/citations.json").read_text("utf-8"))
NUMBERS = {"strengthened": 3, "built": 4, "bespoke": 5, "centred": 2}
WARNINGS = ("cited_not_listed", "listed_never_cited", "year_mismatch", "name_form_mismatch", "spelling_case_mismatch")


@pytest.fixture(params=["empty", "starter"])
def pages(request: pytest.FixtureRequest, db: None) -> list[dict[str, Any]]:
    """The four pages, imported onto nothing or onto the starter content, with the works of the reference document."""
    if request.param == "starter":
        for kind in ("references", "frameworks", "hallmarks"):
            call_command("load_starter_content", "--only", kind, verbosity=0, stdout=StringIO())
    for item in json.loads((SHARED / "facts/references.csl.json").read_text("utf-8")):
        save_work(key=item["id"], csl=item)
    for page in FACTS["pages"]:
        file = str(SHARED / page["text_file"])
        call_command("import_hallmark", "--number", str(NUMBERS[page["key"]]), file, stdout=StringIO())
    out = StringIO()
    call_command("check_citations", "--json", stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return [one for one in found if one["language"] == "en" and one["stage"] == "working"]


def expected(key: str) -> Counter[tuple[str, str, str]]:
    """(kind, citation or entry, level) → how often, as the reader found them."""
    listed = FACTS["discrepancies"][key]
    found: Counter[tuple[str, str, str]] = Counter()
    if listed.get("reference_list_absent_in_stored_text"):
        found["reference_list_absent", "", "warning"] += 1
        return found
    for kind in WARNINGS:
        for one in listed.get(kind, []):
            printed = one.get("citation") or one.get("cited") or one["entry"]
            if not _is_source(key, one):
                found[kind, printed, "warning"] += one.get("count", 1)
    for one in listed["abbreviation_vs_full"]:
        found["abbreviation_vs_full", one["cited"], "information"] += 1
    for one in listed.get("listed_cited_without_year", []):
        found["mention_without_year", one["entry"], "warning"] += 1
    return found


def _is_source(key: str, one: dict[str, Any]) -> bool:
    """The publication that the page is drawn from is excused by itself."""
    return one.get("entry", "").startswith("Jones, K. (2022)")


def reported(pages: list[dict[str, Any]], key: str) -> Counter[tuple[str, str, str]]:
    known = {*WARNINGS, "abbreviation_vs_full", "mention_without_year", "reference_list_absent"}
    found: Counter[tuple[str, str, str]] = Counter()
    for one in pages:
        if one["text"].startswith(f"hallmark:{NUMBERS[key]}") and (one["kind"] in known or one["level"] == "warning"):
            by_entry = one["kind"] == "mention_without_year"
            found[one["kind"], one["entry"] if by_entry else one["as_printed"], one["level"]] += 1
    return found


def test_each_page_tells_what_the_reader_found(pages: list[dict[str, Any]]) -> None:
    assert {key: reported(pages, key) for key in NUMBERS if key != "bespoke"} == {
        key: expected(key) for key in NUMBERS if key != "bespoke"
    }


def test_a_page_without_a_list_has_one_warning(pages: list[dict[str, Any]]) -> None:
    found = reported(pages, "bespoke")
    assert found == expected("bespoke") + Counter({("abbreviation_vs_full", "ASCL, 2018", "information"): 1})
    [absent] = [one for one in pages if one["kind"] == "reference_list_absent"]
    assert "13" in absent["message"]
