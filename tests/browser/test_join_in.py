"""Join In in a browser: every page and every error, without scripts on a telephone and with them on a desk."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page, expect

from casestudies.joinin import limits
from casestudies.models import CaseStudy
from foundation.people.limits import Limit
from tests.browser.accessibility import faults, lost_on_the_way, oversights
from tests.browser.conftest import take_cookie
from tests.browser.join_in import Visit, stories, visits
from tests.joinin.school import address, opened, step

#: Whether there are scripts, and the width: what `make test` walks in a language; `make soak` walks all four.
WAYS = {"cy": (False, 360), "en": (True, 1280)}
ALL_WAYS = [(scripts, width) for scripts in (False, True) for width in (360, 1280)]
#: `make test` walks one page in so many in each language, not the same ones; `make soak` walks each in both.
SHARE = 8
#: Pages that are also gone through with the Tab key.
BY_KEYBOARD = 6


@pytest.fixture
def found(site: str, transactional_db: None) -> dict[str, CaseStudy]:
    return stories()


@pytest.fixture
def page_of(site: str, open_page: Callable[..., Page], found: dict[str, CaseStudy]) -> Callable[[str, bool, int], Page]:
    """`page_of("published", scripts, width)`: a browser that has followed the link to that story; of "" none is open, and "empty" begins one."""

    @cache
    def give(who: str, scripts: bool, width: int) -> Page:
        page = open_page(width=width)
        if not scripts:  # axe itself is one, so they are refused and not switched off
            devtools = page.context.new_cdp_session(page)
            devtools.send("Network.enable")
            devtools.send("Network.setBlockedURLs", {"urls": ["*.js"]})
        if who not in ("", "empty"):
            take_cookie(page, opened(found[who]), site)
        if who == "empty":
            page.goto(site + address("start"))
            page.locator("main form [type=submit]").click()
        return page

    return give


def go(page: Page, site: str, visit: Visit) -> None:
    """Open the page, and bring about its errors."""
    page.goto(site + visit.path)
    for selector, text in visit.fill.items():
        page.locator(f"main {selector}").fill(text)
    if visit.press:
        with page.expect_navigation():
            page.locator(visit.press).click()


@pytest.mark.soak
@pytest.mark.parametrize("language", ["cy", "en"])
def test_every_page_and_every_error(
    language: str,
    site: str,
    found: dict[str, CaseStudy],
    page_of: Callable[[str, bool, int], Page],
    amount: Callable[[int, int], int],
    tell: Callable[[str], None],
) -> None:
    wrong: list[str] = []
    walked, pages = 0, visits(found, language)
    chosen = pages[amount(list(WAYS).index(language), 0) :: amount(SHARE, 1)]
    for scripts, width in ALL_WAYS if amount(0, 1) else [WAYS[language]]:
        for visit in chosen:
            page = page_of(visit.who, scripts, width)
            go(page, site, visit)
            if visit.press and page.locator(".error-summary").count() != 1:
                wrong.append(f"no error on {visit}")
            wrong += [*faults(page), *oversights(page)]
            walked += 1
    assert wrong == []
    tell(f"{walked} pages and errors of Join In in {language}")
    assert walked >= len(chosen) > len(pages) // SHARE - 1
    assert len(pages) >= 80


@pytest.mark.parametrize("language", ["cy", pytest.param("en", marks=pytest.mark.again)])
def test_what_stands_at_an_end(
    language: str,
    site: str,
    found: dict[str, CaseStudy],
    page_of: Callable[[str, bool, int], Page],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The pages that answer a button and are reached in no other way: discarded, erased, changed by two, and too often."""
    wrong: list[str] = []

    def looked_at(page: Page, selector: str) -> None:
        expect(page.locator(selector)).to_be_visible()
        wrong.extend([*faults(page), *oversights(page)])

    page = page_of("leaving", *WAYS[language])
    page.goto(site + address("discard", language))
    page.locator("main .button--danger").click()
    looked_at(page, f"main a[href='/{language}/']")

    page = page_of("published", *WAYS[language])
    page.goto(site + address("erase", language))
    page.locator("#id_text_0").check()
    page.locator("main .button--danger").click()
    looked_at(page, f"main p:has-text('{found['published'].reference}')")

    page = page_of("draft", *WAYS[language])
    other = page.context.new_page()
    for tab, name in ((page, "Nia Un"), (other, "Nia Dau")):
        tab.goto(site + step("you", language))
        tab.fill("#id_name", name)
    for tab in (page, other):
        tab.locator("#page-form button.button:not(.button--quiet)").last.click()
    looked_at(other, "#both")

    monkeypatch.setattr(limits, "ASK", Limit("join-in-ask-for-link", 0, 3600))
    page = page_of("", *WAYS[language])
    page.goto(site + address("ask", language))
    page.fill("main [type=email]", "nia@ysgol.example")
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\b\d\d:\d\d\b"))  # when it may be tried again
    looked_at(page, "main h1")
    assert wrong == []


@pytest.mark.parametrize("language", ["cy", pytest.param("en", marks=pytest.mark.again)])
def test_the_focus_is_seen_and_goes_in_order(
    language: str, site: str, found: dict[str, CaseStudy], page_of: Callable[[str, bool, int], Page]
) -> None:
    of_the_form = [one for one in visits(found, language) if one.who in ("wrong", "changes_requested", "published")]
    wrong: list[str] = []
    stops = 0
    for visit in of_the_form[:: len(of_the_form) // BY_KEYBOARD]:
        page = page_of(visit.who, *WAYS[language])
        go(page, site, visit)
        here, lost = lost_on_the_way(page)
        stops, wrong = stops + here, wrong + lost
    assert wrong == []
    assert stops > 10 * BY_KEYBOARD
