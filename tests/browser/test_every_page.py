"""Every public page in a browser: nothing wider than a narrow screen, nothing that axe finds, in light and in dark."""

import io
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser

from tests.browser.accessibility import faults, scrolls_sideways

#: The language of an address, and its path.
KINDS = re.compile(r"/(en|cy)/(|[a-z-]+/|[a-z-]+/[a-z0-9-]+/)$")

#: The front door, and the pages that say that something is wrong.
WITHOUT_A_TWIN = ("", "cy/dim-byd/", "nothing-here")


def one_of_each(found: list[str]) -> list[str]:
    """The first page below each first segment, in both languages."""
    kinds: dict[tuple[str, int], str] = {}
    for address in found:
        match = KINDS.search(address)
        assert match, address
        segments = match[2].split("/")
        kinds.setdefault((match[1] + segments[0] if len(segments) > 2 else match[0], len(segments)), address)
    return list(kinds.values())


def in_one_language(pages: list[str]) -> list[str]:
    """Of pages that stand in pairs, Welsh then English: the Welsh of one, the English of the next."""
    return [address for place, address in enumerate(pages) if place % 4 in (0, 3)]


@pytest.fixture
def found(site: str, transactional_db: None) -> list[str]:
    """The addresses of the sitemap, with the starter content in place: each page in Welsh, then in English."""
    call_command("load_starter_content", stdout=io.StringIO())
    return re.findall(r"<loc>([^<]+)</loc>", Client().get("/sitemap.xml").content.decode())


@pytest.mark.soak
def test_every_page_fits_a_narrow_screen(
    found: list[str], browser: Browser, amount: Callable[[int, int], int], tell: Callable[[str], None]
) -> None:
    """In `make test` one page in three, in one of its languages; in `make soak` each in both."""
    pages = found if amount(0, 1) else in_one_language(found)[::3]
    narrow = browser.new_page(viewport={"width": 320, "height": 640})
    wide = []
    for address in pages:
        narrow.goto(address)
        if scrolls_sideways(narrow):
            wide.append(address)
    assert wide == []
    tell(f"{len(pages)} pages at 320 px")
    assert len(pages) >= len(found) // 6 >= 20


@pytest.mark.soak
def test_a_page_of_each_kind_passes_axe(
    site: str, found: list[str], browser: Browser, amount: Callable[[int, int], int], tell: Callable[[str], None]
) -> None:
    """In `make test` each kind in one of its languages and a few in the dark; in `make soak` each in both, light and dark."""
    kinds = one_of_each(found)
    chosen = [*(kinds if amount(0, 1) else in_one_language(kinds)), *(f"{site}/{path}" for path in WITHOUT_A_TWIN)]
    tried, wrong = 0, []
    for scheme, pages in {"light": chosen, "dark": chosen[: amount(4, len(chosen))]}.items():
        page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        for address in pages:
            page.goto(address)
            wrong += faults(page)
            tried += 1
    assert wrong == []
    tell(f"{tried} pages with axe, {len(kinds)} kinds of page in a language")
    assert len(kinds) > 20
    assert tried >= len(kinds) // 2
