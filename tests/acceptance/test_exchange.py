"""Acceptance: the works of the reference documents go in, and come out as they were."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from references.exchange.formats import Format, read, write
from references.models import Work
from tests.conftest import SHARED

FILE = SHARED / "facts/references.csl.json"
ITEMS = json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize("file_format", list(Format))
def test_every_item_survives_every_format(file_format: Format) -> None:
    assert read(write(ITEMS, file_format)) == ITEMS


@pytest.mark.django_db
def test_the_file_is_imported_whole_and_exported_as_it_was(tmp_path: Path) -> None:
    for expected in ("new", "same"):
        out = StringIO()
        call_command("import_references", str(FILE), "--json", stdout=out)
        report = json.loads(out.getvalue())
        assert {name: report[name] for name in ("new", "same", "changed", "doubtful")} == {
            "new": 0, "same": 0, "changed": 0, "doubtful": 0, expected: len(ITEMS),
        }  # fmt: skip
    assert [work.key for work in Work.objects.order_by("pk")] == [item["id"] for item in ITEMS]
    for file_format in Format:
        call_command(
            "export_references", "--output", str(tmp_path / "all"), "--format", file_format.value, stderr=StringIO()
        )
        assert read((tmp_path / "all").read_bytes()) == ITEMS
