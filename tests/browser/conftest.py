"""A browser for the tests of this folder: the system's Chromium. Each test here has the marker `browser`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from bin.ensure import chromium
from foundation.people.models import User
from tests.browser.halting import halting

HERE = Path(__file__).parent
PASSWORD = "a passphrase for the desk"
#: How long something may take on a slow machine, in milliseconds.
PATIENCE = 20_000
#: What Chromium is to leave out. With `RenderDocument` it can lose the order to close a page that is just being left, and the
#: test waits for ever (github.com/microsoft/playwright/issues/42068). The others Playwright leaves out itself; it is the last
#: list that counts, so they are named again.
LEFT_OUT = [
    "RenderDocument",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(LEFT_OUT)}",
]


expect.set_options(timeout=PATIENCE)


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


@pytest.fixture(scope="session", autouse=True)
def line(amount: Callable[[int, int], int]) -> Iterator[None]:
    """In `make soak` each page halts on its way, for 300 milliseconds."""
    with halting(amount(0, 300) / 1000):
        yield


@pytest.fixture
def site(live_server: LiveServer, settings: Any) -> str:
    """The address of the running site, which its absolute links and its messages name too."""
    settings.SITE_URL = live_server.url
    settings.LANGUAGE_URLS = {"cy": live_server.url, "en": live_server.url}
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(width=360, java_script_enabled=False)`: a page in a fresh profile, closed after the test."""
    contexts = []

    def give(*, width: int = 1280, height: int = 900, **means: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **means)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield give
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page on a wide screen."""
    return open_page()


def take_cookie(page: Page, client: Client, site: str) -> None:
    """Have `page` be the browser that `client` is."""
    name = settings.SESSION_COOKIE_NAME
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


@pytest.fixture
def signed_in(open_page: Callable[..., Page], site: str) -> Callable[[User], Page]:
    """A browser of their own for a member of staff, signed in by hand."""

    def sign_in(user: User) -> Page:
        user.set_password(PASSWORD)
        user.save()
        page = open_page()
        page.goto(f"{site}/admin/")
        page.fill("[name=login]", user.email)
        page.fill("[name=password]", PASSWORD)
        page.click("#page-form .button")
        expect(page).to_have_url(f"{site}/admin/")
        return page

    return sign_in
