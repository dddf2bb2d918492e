"""A browser for the tests of this folder: the system's Chromium. Each test here has the marker `browser`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from bin.ensure import chromium
from foundation.people.models import User

HERE = Path(__file__).parent
PASSWORD = "a passphrase for the desk"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def site(live_server: LiveServer, settings: Any) -> str:
    """The address of the running site, which its absolute links and its messages name too."""
    settings.SITE_URL = live_server.url
    settings.LANGUAGE_URLS = {"cy": live_server.url, "en": live_server.url}
    return str(live_server.url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a fresh profile."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    opened = context.new_page()
    yield opened
    context.close()


@pytest.fixture
def signed_in(browser: Browser, site: str) -> Callable[[User], Page]:
    """A browser of their own for a member of staff, signed in by hand."""

    def sign_in(user: User) -> Page:
        user.set_password(PASSWORD)
        user.save()
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{site}/admin/")
        page.fill("[name=login]", user.email)
        page.fill("[name=password]", PASSWORD)
        page.click("#page-form .button")
        expect(page).to_have_url(f"{site}/admin/")
        return page

    return sign_in
