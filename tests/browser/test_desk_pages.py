"""Every page of the desk in a browser: what axe finds and what it cannot see, on a phone and on a wide screen, in both languages."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from foundation.people.models import User
from tests.browser.accessibility import faults, lost_on_the_way, oversights
from tests.browser.conftest import take_cookie
from tests.sweeps.trying import addresses, admin_tries
from tests.sweeps.world import World, make_world, staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.soak]
Amount = Callable[[int, int], int]
#: What is sent to the browser as a file, or leads elsewhere, and the page of an address at which nothing is.
NO_PAGES = ("_poster", ":jsi18n", ":autocomplete", ":view_on_site", ":parity_file", ":open_pages", "$", "/", ":logout")
#: In `make test` these, each in one language at one width: `make soak` walks all of them in every way.
SAMPLE = (
    "admin:index",
    "admin:parity",
    "admin:retention",
    "admin:redaction",
    "admin:translation_files",
    "admin:citations",
    "admin:casestudies_casestudy_changelist",
    "admin:casestudies_casestudy_history",
    "admin:casestudies_casestudy_change in_review",
    "admin:casestudies_casestudyedition_change",
    "admin:hallmarks_hallmark_frames",
    "admin:correspondence_message_change",
    "admin:people_user_changelist",
)


@pytest.fixture
def world(site: str, settings: Any) -> World:
    settings.SECOND_FACTOR_REQUIRED = False
    return make_world()


@pytest.fixture
def page_of(site: str, open_page: Callable[..., Page], world: World) -> Callable[[str, int], Page]:
    """`page_of(language, width)`: the administrator's browser."""
    administrator = staff()["administrator"].client

    def give(language: str, width: int) -> Page:
        User.objects.update(language=language)
        page = open_page(width=width)
        take_cookie(page, administrator, site)
        return page

    return give


def pages(world: World) -> dict[str, str]:
    """The address of each page that an administrator sees, by its own name or with what is asked of it."""
    found: dict[str, str] = {}
    for one in admin_tries(world, "administrator", 99):
        if one.letters[-1] == "I" and not one.name.endswith(NO_PAGES):
            name = f"{one.name} {one.label}" if one.name.endswith("casestudy_change") else one.name
            for address in addresses(one, 1):
                found.setdefault(name + urlsplit(address).query, address)
    return found


@pytest.mark.parametrize(
    ("language", "width"),
    [("cy", 360), ("en", 1280), *(pytest.param(*way, marks=pytest.mark.again) for way in (("cy", 1280), ("en", 360)))],
)
def test_every_page(
    language: str,
    width: int,
    site: str,
    world: World,
    page_of: Callable[[str, int], Page],
    amount: Amount,
    tell: Callable[[str], None],
) -> None:
    page, wrong = page_of(language, width), []
    found = pages(world)
    chosen = found if amount(0, 1) else {name: found[name] for name in SAMPLE[width == 360 :: 2]}
    for name, address in chosen.items():
        answer = page.goto(site + address)
        assert answer is not None
        if answer.status != 200:
            wrong.append(f"{name} answers {answer.status}")
        preview = re.search("/preview/(cy|en)/", address)  # shows a page as readers see it, in its language
        wrong += [*faults(page), *oversights(page, preview[1] if preview else language)]
        if width == 1280:
            wrong += lost_on_the_way(page, most=amount(15, 40))[1]
    assert "\n".join(wrong) == ""
    tell(f"{len(chosen)} pages of the desk in {language} at {width} px")
    assert len(found) > 90
