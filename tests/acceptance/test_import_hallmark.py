"""Acceptance: the reference pages, imported onto the starter content, against what a careful reader found on them.

The pages lie beside the repository, in `../shared/`, and are never copied into it.
"""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from foundation.publishing.models import Stage
from hallmarks.models import HallmarkEdition
from references.models import Work
from tests.conftest import SHARED

FACTS: dict[str, Any] = json.loads((SHARED / "facts/citations.json").read_text("utf-8"))
LINKS = {
    page["page"]: page["blocks"] for page in json.loads((SHARED / "facts/frameworks.json").read_text("utf-8"))["links"]
}
NUMBERS = {"strengthened": 3, "built": 4, "bespoke": 5, "centred": 2}
TITLED = [page for page in FACTS["pages"] if "title_note" not in page]


@pytest.fixture
def starter(db: None) -> None:
    for kind in ("references", "frameworks", "hallmarks"):
        call_command("load_starter_content", "--only", kind, verbosity=0, stdout=StringIO())


def run(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("import_hallmark", "--json", *arguments, stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())["files"]
    return found


def file_of(page: dict[str, Any]) -> str:
    return str(SHARED / page["text_file"])


def working(page: dict[str, Any]) -> HallmarkEdition:
    return HallmarkEdition.objects.get(content__number=NUMBERS[page["key"]], stage=Stage.WORKING)


def listed(edition: HallmarkEdition) -> list[tuple[str, str | None]]:
    return [(row.work.key, row.printed_en) for row in edition.references.select_related("work")]


def test_four_pages_and_three_with_a_title() -> None:
    assert (len(FACTS["pages"]), len(TITLED)) == (4, 3)


def test_the_titled_pages_import_and_their_lists_are_as_printed(starter: None) -> None:
    live = list(HallmarkEdition.objects.filter(stage=Stage.LIVE).order_by("pk").values())
    works = Work.objects.count()
    found = run(*(file_of(page) for page in TITLED))
    assert [(one["outcome"], one["number"], one["unplaced"]) for one in found] == [
        ("written", NUMBERS[page["key"]], []) for page in TITLED
    ]
    for page in TITLED:
        edition = working(page)
        assert (edition.title_en, edition.lead_in_en) == (page["title"], page["lead_in"])
        assert listed(edition) == [
            (entry["ref_id"], f"{entry['as_printed']}\n{entry['body_as_printed']}") for entry in page["reference_list"]
        ]
        assert edition.source is not None
        assert edition.source.key == "jones-2022"
        assert [row.printed_en for row in edition.connections.all()] == [
            line
            for block in LINKS[page["key"]]
            for line in ([item["text"] for item in block["items"]] or [block["framework"]])
        ]
    assert Work.objects.count() == works
    assert list(HallmarkEdition.objects.filter(stage=Stage.LIVE).order_by("pk").values()) == live
    assert [one["outcome"] for one in run(*(file_of(page) for page in TITLED))] == ["unchanged"] * 3


def test_a_year_that_differs_is_said_and_not_corrected(starter: None) -> None:
    [strengthened] = [page for page in TITLED if page["key"] == "strengthened"]
    [report] = run(file_of(strengthened))
    [note] = [note for note in report["notes"] if "the year differs" in note]
    assert note.startswith("“Kools, M. and Stoll, L. (2017)” is kools-stoll-2016")
    assert ("kools-stoll-2016", "Kools, M. and Stoll, L. (2017)") in [
        (key, (printed or "").splitlines()[0]) for key, printed in listed(working(strengthened))
    ]


def test_the_page_without_a_title_needs_a_number(starter: None) -> None:
    [bespoke] = [page for page in FACTS["pages"] if page not in TITLED]
    with pytest.raises(CommandError, match="nothing was written"):
        run(file_of(bespoke))
    assert not HallmarkEdition.objects.filter(stage=Stage.WORKING).exists()
    [report] = run(file_of(bespoke), "--number", "5")
    assert (report["outcome"], report["number"], report["references"]) == ("written", 5, [])
    edition = working(bespoke)
    for group in {citation["group_as_printed"] for citation in bespoke["citations"]}:
        assert group.replace("&", "&amp;") in (edition.body_en or "")
    assert [(row.framework.key, row.strand and row.strand.number) for row in edition.connections.all()] == [
        ("slo", 2),
        ("professional-standards", 3),
    ]
    assert [one["outcome"] for one in run(file_of(bespoke), "--number", "5")] == ["unchanged"]


def test_the_fifth_document_is_refused(starter: None) -> None:
    with pytest.raises(CommandError, match="nothing was written"):
        run(str(next((SHARED / "seeds").glob("004*"))))


def test_on_an_empty_bibliography_every_work_is_added(db: None) -> None:
    [built] = [page for page in TITLED if page["key"] == "built"]
    [report] = run(file_of(built), "--number", "4")
    assert [one["added"] for one in report["references"]] == [True] * 7
    assert [printed for _key, printed in listed(working(built))] == [
        f"{entry['as_printed']}\n{entry['body_as_printed']}" for entry in built["reference_list"]
    ]
    assert list(Work.objects.order_by("key").values_list("key", "creators", "year")) == [
        ("carpenter-2015", "Carpenter, J.P.", 2015),
        ("collectived-working-paper-series-2020", "CollectivED Working Paper Series", 2020),
        ("cordingley-2015", "Cordingley, P.", 2015),
        ("cordingley-2020", "Cordingley, P.", 2020),
        ("jones-2022", "Jones, K.", 2022),
        ("welsh-government-2019", "Welsh Government", 2019),
        ("welsh-government-2020", "Welsh Government", 2020),
    ]
    assert [one["outcome"] for one in run(file_of(built), "--number", "4")] == ["unchanged"]
