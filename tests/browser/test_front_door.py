"""The first page in a real browser: both languages, at equal weight."""

import pytest
from playwright.sync_api import Page


@pytest.mark.django_db(transaction=True)
def test_the_front_door_leads_to_both_languages(site: str, page: Page) -> None:
    page.goto(f"{site}/")

    links = {link.get_attribute("lang"): link.get_attribute("href") for link in page.locator("main a[hreflang]").all()}
    sizes = [link.bounding_box() for link in page.locator("main a[hreflang]").all()]
    assert {language: (href or "").removeprefix(site) for language, href in links.items()} == {
        "cy": "/cy/",
        "en": "/en/",
    }
    assert sizes[0] is not None
    assert sizes[1] is not None
    assert sizes[0]["y"] == sizes[1]["y"]
    assert sizes[0]["height"] == sizes[1]["height"]
