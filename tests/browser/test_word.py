"""The editor over the boxes for prose, in a browser: pasting from Word, the keyboard, errors, saving, and no scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from casestudies.joinin.prose import MARK
from casestudies.models import CaseStudy, Draft
from tests.browser.accessibility import faults, scrolls_sideways
from tests.browser.sections import about, edit, enter, saved
from tests.factories import CaseStudyFactory
from tests.files.making import paragraph
from tests.joinin.clipboard import WORD
from tests.joinin.school import address
from tests.joinin.test_word import heading, story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(site: str) -> CaseStudy:
    return CaseStudyFactory.create(
        status="draft",
        contributor__email="nia@ysgol.example",
        contributor__address_confirmed_at=timezone.now(),
        draft__answers={"you": {"name": "Nia", "email": "nia@ysgol.example"}, "writing": {"writing": "both"}},
    )


def typed(name: str = "about_cy") -> Any:
    return Draft.objects.get().answers.get("about", {}).get(name)


def paste(page: Page, selector: str, markup: str, text: str = "") -> None:
    """As a browser does when somebody presses Ctrl-V."""
    page.locator(selector).evaluate(
        """(box, [markup, text]) => {
            const data = new DataTransfer();
            data.setData("text/html", markup);
            data.setData("text/plain", text);
            box.focus();
            box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        [markup, text],
    )


def test_a_text_from_word_is_pasted_saved_and_comes_back(
    site: str, page: Page, case: CaseStudy, open_page: Callable[..., Page]
) -> None:
    enter(page, site, case)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    edit(page, site)
    box = page.locator("#id_about_cy.editor__text")
    expect(box).to_be_visible()
    paste(page, "#id_about_cy", WORD.markup)
    expect(box.locator("ul > li")).to_have_count(2)
    expect(box.locator("h3")).to_have_text("Cefndir")
    expect(box.locator("strong")).to_have_text("darllen")
    expect(page.locator(".editor [role=status]").last).to_contain_text("without its pictures")
    saved(page)
    assert typed() == MARK + WORD.tidied
    server_counts = page.context.new_page()
    server_counts.goto(about(site))
    count = server_counts.locator("#about_cy-count").inner_text()
    expect(page.locator("#about_cy-count")).to_have_text(count)
    assert re.match(r"\d\d words", count)
    assert faults(page) == []
    assert refused == []

    # Without scripts the same text stands in a plain box, and a save there leaves the formatting alone.
    plain = open_page(java_script_enabled=False)
    enter(plain, site, case)
    plain.goto(about(site))
    expect(plain.locator("textarea#id_about_cy")).to_have_value(re.compile("– Un\n– Dau"))
    plain.fill("#id_about_en", "English words")
    plain.get_by_role("button", name="Save and continue").click()
    assert (typed(), typed("about_en")) == (MARK + WORD.tidied, "English words")


def test_plain_words_stay_plain_and_a_page_that_was_not_touched_changes_nothing(
    site: str, page: Page, case: CaseStudy
) -> None:
    enter(page, site, case)
    edit(page, site)
    page.locator("#id_about_cy").press_sequentially("Un < dau")
    page.keyboard.press("Enter")
    page.keyboard.type("Tri")
    saved(page)
    assert typed() == "Un < dau\n\nTri"
    paste(page, "#id_about_en", WORD.markup)
    expect(page.locator("#id_about_en li")).to_have_count(2)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).not_to_have_url(re.compile("the-setting-described"))
    before = Draft.objects.get().answers["about"]
    edit(page, site)
    expect(page.locator("#id_about_en li")).to_have_count(2)
    page.get_by_role("button", name="Save and continue").click()
    expect(page).not_to_have_url(re.compile("the-setting-described"))
    after = Draft.objects.get().answers["about"]
    assert {name: text.replace("\r\n", "\n") for name, text in after.items()} == before
    assert Draft.objects.get().answers["_"].get("beside", {}) == {}


def test_where_the_server_does_not_answer_every_word_is_pasted_all_the_same(
    site: str, page: Page, case: CaseStudy
) -> None:
    enter(page, site, case)
    edit(page, site)
    page.route("**/tidy/", lambda route: route.abort())
    paste(page, "#id_about_cy", WORD.markup)
    expect(page.locator("#id_about_cy")).to_contain_text("Dau")
    saved(page)
    assert set(WORD.words) <= set(re.findall(r"\w+", typed()))


def test_the_buttons_by_keyboard(site: str, page: Page, case: CaseStudy) -> None:
    enter(page, site, case)
    edit(page, site, "cy")
    tools = page.get_by_role("toolbar").first
    label = page.locator("label[for=id_about_cy]").inner_text()
    assert label in (tools.get_attribute("aria-label") or "")
    page.locator("#id_about_cy").focus()
    page.keyboard.type("gair")
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+F10")
    expect(tools.locator("button").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(tools.locator("[data-do=bold]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#id_about_cy")).to_be_focused()
    page.keyboard.press("Control+k")
    link = page.locator("[data-link]:visible input")
    expect(link).to_be_focused()
    page.keyboard.type("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.locator("[data-link-error]:visible")).to_have_count(1)
    assert faults(page) == []
    link.fill("www.example.org")
    page.keyboard.press("Enter")
    expect(page.locator("#id_about_cy a")).to_have_attribute("href", "https://www.example.org")
    page.get_by_role("button", name="Cadw a pharhau").click()
    assert typed() == (
        f'{MARK}<p><a href="https://www.example.org" rel="noopener noreferrer"><strong>gair</strong></a></p>'
    )


def test_an_error_leads_to_the_editor(site: str, page: Page, case: CaseStudy) -> None:
    enter(page, site, case)
    edit(page, site)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error-summary")).to_be_focused()
    box = page.locator("#id_about_cy[role=textbox]")
    expect(box).to_have_attribute("aria-invalid", "true")
    described = (box.get_attribute("aria-describedby") or "").split()
    assert described == ["id_about_cy_helptext", "id_about_cy_error"]
    assert [page.locator(f"#{one}").count() for one in described] == [1, 1]
    expect(page.get_by_role("textbox", name="In Welsh")).to_have_count(1)
    page.locator(".error-summary a").last.click()
    expect(page.locator("#id_about_cy")).to_be_focused()
    page.locator("label[for=id_about_en]").click()
    expect(page.locator("#id_about_en")).to_be_focused()
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_telephone(site: str, open_page: Callable[..., Page], case: CaseStudy, scheme: Any) -> None:
    page = open_page(width=360, height=740, color_scheme=scheme)
    enter(page, site, case)
    edit(page, site, "cy")
    expect(page.locator(".editor__text").first).to_be_visible()
    assert not scrolls_sideways(page)
    for button in page.locator(".editor__tools button").all():
        size = button.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 24
    assert faults(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_document_is_taken_in_part_by_part(
    site: str, open_page: Callable[..., Page], case: CaseStudy, scripts: bool
) -> None:
    page = open_page(width=360, height=740, java_script_enabled=scripts)
    enter(page, site, case)
    page.goto(f"{site}{address('word', 'cy')}")
    page.get_by_role("button", name="Darllen y ddogfen").or_(
        page.get_by_role("button", name="Read the document")
    ).click()
    expect(page.locator(".error-summary a")).to_have_attribute("href", "#id_document_cy")
    if scripts:
        assert faults(page) == []
        assert not scrolls_sideways(page)
    file: Any = {"name": "stori.docx", "mimeType": "", "buffer": story(heading("Cefndir") + paragraph("Dechrau arni"))}
    page.set_input_files("#id_document_cy", file)
    page.locator(".joinin-buttons [name=add]").click()
    expect(page.locator("select")).to_have_value("context")
    if scripts:
        assert faults(page) == []
        assert not scrolls_sideways(page)
    page.select_option("select", "impact")
    page.locator("[name=switch]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("select")).to_have_value("impact")
    page.get_by_role("button", name="Put the parts into the story").click()
    expect(page.locator("main")).to_contain_text("The text is in your story now.")
    assert Draft.objects.get().answers["impact"] == {"impact_cy": f"{MARK}<h3>Cefndir</h3>\n<p>Dechrau arni</p>"}
