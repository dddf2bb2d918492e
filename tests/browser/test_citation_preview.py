"""A citation on a public page: its preview by pointer and by keyboard, and a plain link where there is no script or pointer.

WCAG 1.4.13: what appears can be dismissed, can be pointed at, and stays until it is left.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import faults
from tests.factories import HallmarkFactory, WorkFactory

PATHS = {"cy": "cy/nodweddion/nodwedd-1/", "en": "en/hallmarks/hallmark-1/"}


@pytest.fixture
def hallmark(transactional_db: None) -> None:
    """Two citations of two works, in both languages."""
    works = [
        WorkFactory.create(key="ellis-2019", family="Ellis", title="On lanterns & lamps", year=2019),
        WorkFactory.create(key="morgan-2003", family="Morgan", title="On maps", year=2003),
    ]
    HallmarkFactory.create(
        number=1,
        edition__body_cy="<p>Mae llusernau’n helpu (Ellis, 2019), a mapiau hefyd (Morgan, 2003).</p>",
        edition__body_en="<p>Lanterns help (Ellis, 2019), and so do maps (Morgan, 2003).</p>",
        edition__works=works,
    )


def citation_and_preview(page: Page) -> tuple[Locator, Locator]:
    return page.locator("a.citation[href='#ref-ellis-2019']"), page.locator("#citation-preview")


def try_the_pointer(page: Page) -> None:
    citation, preview = citation_and_preview(page)
    citation.hover()
    expect(preview).to_be_visible()
    expect(preview).to_contain_text("On lanterns & lamps")
    assert preview.locator("a, [id]").count() == 0
    assert faults(page) == []
    preview.hover()
    page.wait_for_timeout(450)  # longer than it waits before it goes
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    citation.hover()
    expect(preview).to_be_visible()
    page.mouse.move(0, 0)
    expect(preview).to_be_hidden()


def try_the_keyboard(page: Page) -> None:
    citation, preview = citation_and_preview(page)
    citation.focus()
    expect(preview).to_be_visible()
    expect(citation).to_have_attribute("aria-describedby", "citation-preview")
    citation.hover()
    page.mouse.move(0, 0)
    page.wait_for_timeout(450)  # a pointer that passes by does not take away what the focus keeps
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(citation).to_be_focused()
    page.keyboard.press("Tab")
    expect(preview).to_contain_text("On maps")
    page.keyboard.press("Enter")
    expect(preview).to_be_hidden()
    expect(page).to_have_url(re.compile("#ref-morgan-2003$"))


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_citation_shows_its_entry_and_lets_it_be_dismissed(
    site: str, page: Page, hallmark: None, language: str
) -> None:
    page.goto(f"{site}/{PATHS[language]}")
    assert page.locator("a.citation").count() == 2
    try_the_pointer(page)
    try_the_keyboard(page)


@pytest.mark.parametrize("means", [{"java_script_enabled": False}, {"has_touch": True}], ids=["no scripts", "touch"])
def test_a_citation_is_a_plain_link_where_nothing_can_hover(
    site: str, open_page: Callable[..., Page], hallmark: None, means: dict[str, bool]
) -> None:
    page = open_page(width=360, height=740, **means)
    page.goto(f"{site}/{PATHS['cy']}")
    citation, preview = citation_and_preview(page)
    if "has_touch" in means:
        citation.tap()
    else:
        citation.click()
    expect(page).to_have_url(re.compile("#ref-ellis-2019$"))
    expect(preview).to_be_hidden()
    expect(page.locator("#ref-ellis-2019")).to_be_in_viewport()
