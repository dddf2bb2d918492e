"""The whole journey of Join In in a browser, in both languages, with and without scripts, on a telephone and on a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from casestudies.models import CaseStudy
from casestudies.vocabulary import Status
from tests.browser.accessibility import oversights
from tests.browser.journey import PARAGRAPHS, SECTIONS, TITLE, send_the_story
from tests.factories import HallmarkFactory

#: Language, whether there are scripts, width. The story that `test_story` tells is in Welsh, with scripts, on a desk.
IN_SHORT = [("cy", False, 360), ("en", True, 360)]
ALL_WAYS = [
    (language, scripts, width) for language in ("cy", "en") for scripts in (True, False) for width in (360, 1280)
]
WAYS = [pytest.param(*way, marks=() if way in IN_SHORT else pytest.mark.again) for way in ALL_WAYS]


@pytest.fixture
def visitor(open_page: Callable[..., Page], scripts: bool, width: int) -> Page:
    return open_page(width=width, height=740, java_script_enabled=scripts)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "scripts", "width"), WAYS)
def test_a_school_tells_its_story(site: str, visitor: Page, language: str, scripts: bool, width: int) -> None:
    for number in range(1, 9):
        HallmarkFactory.create(number=number)
    send_the_story(visitor, site, language, scripts=scripts)
    assert oversights(visitor) == []
    case = CaseStudy.objects.get()
    assert (case.status, case.contributor.language) == (Status.AWAITING_CONFIRMATION, language)
    edition = case.editions.get()
    assert getattr(edition, f"title_{language}") == TITLE[language]
    for key in SECTIONS:
        first, second = (text.format(key=key) for text in PARAGRAPHS)
        second = second.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        told = getattr(edition, f"{key}_{language}").replace("\n", "")
        assert told == f"<p>{first}</p><p>{second}</p>"
    assert edition.pictures.count() == 1
