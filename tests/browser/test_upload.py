"""Sending a file with scripts: how far it has come is shown, an error comes to the same page, and nothing typed is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casestudies.models import Document
from tests.files.making import word
from tests.joinin.school import address, step


@pytest.mark.django_db(transaction=True)
def test_a_file_arrives_a_bad_one_is_refused_and_any_button_sends_it(page: Page, site: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "cynllun.docx", tmp_path / "macros.docx"
    good.write_bytes(word())
    bad.write_bytes(word(parts={"word/vbaProject.bin": b"x"}))
    page.goto(f"{site}{address('start')}")
    page.click("main form button[type=submit]")
    page.goto(f"{site}{step('documents')}")

    page.set_input_files("#id_document", good)
    page.click("button[name=add]")
    expect(page.locator("[data-upload] [role=status]")).to_have_text("The file has been added.")
    expect(page.locator("#documents")).to_be_focused()
    expect(page.locator("#documents section")).to_have_count(1)

    page.set_input_files("#id_document", bad)
    page.click("button[name=add]")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_document_error")).to_contain_text("macros")
    expect(page).to_have_title(
        "Error: Do you have documents that show how it went? (optional) – Join In – Leading Professional Learning"
    )

    page.set_input_files("#id_document", good)
    page.click(".joinin-buttons button >> nth=0")
    expect(page).not_to_have_url(f"{site}{step('documents')}")
    assert Document.objects.count() == 2
