"""Saving as one types, in a browser: what the line says, what happens offline, and what leaving the page asks."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from casestudies.models import CaseStudy, Draft
from tests.browser.accessibility import faults
from tests.browser.sections import edit, editors_are_there, enter, saved
from tests.factories import CaseStudyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(site: str, page: Page) -> CaseStudy:
    """A draft, open in the browser."""
    case = CaseStudyFactory.create(
        status="draft",
        contributor__email="nia@ysgol.example",
        contributor__address_confirmed_at=timezone.now(),
        draft__answers={"you": {"name": "Nia", "email": "nia@ysgol.example"}, "writing": {"writing": "both"}},
    )
    enter(page, site, case)
    return case


def typed() -> Any:
    return Draft.objects.get().answers.get("about", {}).get("about_cy")


def test_the_line_is_honest(site: str, page: Page, case: CaseStudy) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    edit(page, site)
    line = page.locator("#saving")
    expect(line).to_have_text("")
    page.locator("#id_about_cy").press_sequentially("Hanner brawddeg")
    saved(page)
    assert typed() == "Hanner brawddeg"
    assert page.locator(".error-summary, .error-message").count() == 0

    page.context.set_offline(True)
    page.locator("#id_about_cy").press_sequentially(" arall")
    expect(line).to_have_text("Not saved: offline. Keep this page open.", timeout=8000)
    assert faults(page) == []
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    saved(page)
    assert typed() == "Hanner brawddeg arall"
    edit(page, site, "cy")
    assert asked == ["beforeunload"]  # nothing unsaved: nothing asked
    expect(page.locator("#id_about_cy")).to_have_text("Hanner brawddeg arall")


def test_two_tabs(site: str, page: Page, case: CaseStudy) -> None:
    edit(page, site)
    other = page.context.new_page()
    edit(other, site)
    other.fill("#id_about_cy", "Y cyntaf")
    other.locator("#id_about_en").focus()  # leaving the box saves
    saved(other)
    page.fill("#id_about_cy", "Yr ail")
    expect(page.locator("#saving")).to_contain_text("somebody else has changed this page", timeout=8000)
    assert typed() == "Y cyntaf"
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#both blockquote")).to_have_text("Y cyntaf")
    expect(page.locator("#id_about_cy")).to_have_text("Yr ail")
    assert faults(page) == []
    page.get_by_role("button", name="Put this in the form instead").click()
    editors_are_there(page)
    expect(page.locator("#id_about_cy")).to_have_text("Y cyntaf")
    page.fill("#id_about_en", "English")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).not_to_have_url(re.compile("the-setting-described"))
    assert typed() == "Y cyntaf"
    assert Draft.objects.get().answers["_"]["beside"] == {}


def test_pressing_the_button_while_a_save_is_on_its_way(site: str, page: Page, case: CaseStudy) -> None:
    edit(page, site)
    for number in range(5):
        page.fill("#id_about_cy", f"Fersiwn {number}")
        page.locator("#id_about_en").fill("English")
        page.locator("#id_about_cy").focus()
        page.get_by_role("button", name="Save and continue").click()
        expect(page).not_to_have_url(re.compile("the-setting-described"))
        assert typed() == f"Fersiwn {number}"
        page.go_back()
        editors_are_there(page)
    assert Draft.objects.get().answers["_"].get("beside", {}) == {}
