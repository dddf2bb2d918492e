"""Every public page in a browser: nothing wider than a narrow screen, nothing that axe finds, in light and in dark."""

import io
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser

from tests.browser.accessibility import faults, scrolls_sideways

#: One address of each kind, and the pages that say that something is wrong.
KINDS = re.compile(r"/(en|cy)/(|[a-z-]+/|[a-z-]+/[a-z0-9-]+/)$")


def addresses(site: str) -> list[str]:
    """Every address of the sitemap."""
    return re.findall(r"<loc>([^<]+)</loc>", Client().get("/sitemap.xml").content.decode())


def one_of_each(found: list[str]) -> list[str]:
    """The first page below each first segment, in both languages."""
    kinds: dict[tuple[str, int], str] = {}
    for address in found:
        match = KINDS.search(address)
        assert match, address
        segments = match[2].split("/")
        kinds.setdefault((match[1] + segments[0] if len(segments) > 2 else match[0], len(segments)), address)
    return list(kinds.values())


@pytest.mark.django_db(transaction=True)
def test_every_page_fits_a_narrow_screen_and_passes_axe(
    site: str, browser: Browser, tell: Callable[[str], None]
) -> None:
    call_command("load_starter_content", stdout=io.StringIO())
    found = addresses(site)
    narrow = browser.new_page(viewport={"width": 320, "height": 640})
    wide = []
    for address in found:
        narrow.goto(address)
        if scrolls_sideways(narrow):
            wide.append(address)
    assert wide == []
    chosen = [f"{site}/", *one_of_each(found), f"{site}/cy/dim-byd/", f"{site}/nothing-here"]
    wrong = []
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        for address in chosen if scheme == "light" else chosen[:8]:
            page.goto(address)
            wrong += faults(page)
    assert wrong == []
    tell(f"{len(found)} pages at 320 px, {len(chosen)} with axe, eight of them in the dark")
    assert len(found) > 100
    assert len(chosen) > 20
