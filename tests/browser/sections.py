"""Pages of Join In on which a section of the story is written: with scripts an editor takes the place of each box."""

import re

from playwright.sync_api import Page, expect

from casestudies.joinin.steps import BY_KEY
from casestudies.models import AccessLink, CaseStudy

ADDRESS = "nia@ysgol.example"


def enter(page: Page, site: str, case: CaseStudy) -> None:
    """Follow a new link to the story, as its contributor."""
    page.goto(f"{site}/en/join-in/link/{AccessLink.mint(case, 'open', ADDRESS)}/")
    page.locator("main form [type=submit]").click()


def about(site: str, language: str = "en") -> str:
    return f"{site}{BY_KEY['about'].address(language)}"


def editors_are_there(page: Page) -> None:
    """Wait for the two editors: until then the boxes below them stand on the page."""
    expect(page.locator(".editor__text")).to_have_count(2)


def edit(page: Page, site: str, language: str = "en") -> None:
    """Open the page of a section written in both languages, and wait for its editors."""
    page.goto(about(site, language))
    editors_are_there(page)


def saved(page: Page) -> None:
    expect(page.locator("#saving")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"), timeout=8000)
