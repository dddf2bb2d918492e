"""Every public page, in both languages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.bilingual.addresses import address_in
from foundation.bilingual.languages import speaking
from tests.public.conftest import SECRET
from tests.public.reading import read

pytestmark = pytest.mark.page

LISTS = ["hallmarks:home", "hallmarks:hallmarks", "casestudies:case_studies", "references:works"]
OBJECTS = ["hallmark", "case", "work", "page"]
PAGES = [*LISTS, *OBJECTS]


def address(site: dict[str, Any], page: str, language: str) -> str:
    if page in OBJECTS:
        return address_in(language, site[page])
    with speaking(language):
        return reverse(page)


@pytest.mark.parametrize("page", PAGES)
def test_twins_answer_alike(client: Client, site: dict[str, Any], page: str) -> None:
    outlines: dict[str, list[str]] = {}
    by_letter = page == "references:works"  # the alphabets differ, so the works are compared
    for language in ("cy", "en"):
        response = client.get(address(site, page, language))
        assert response.status_code == 200
        found = read(response)
        assert found.one("html").attributes["lang"] == language == response["Content-Language"]
        assert len(found.all("h1")) == 1
        outlines[language] = [e.text for e in found.all("li", class_="reference")] if by_letter else found.outline()
    assert len(outlines["cy"]) == len(outlines["en"]) > 2
    if not by_letter:
        assert outlines["cy"] == outlines["en"]


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_switch_and_alternates_name_the_same_page(
    client: Client, site: dict[str, Any], page: str, language: str
) -> None:
    other = "en" if language == "cy" else "cy"
    found = read(client.get(address(site, page, language)))
    switch = found.one("a", class_="language-switch__other")
    assert switch.attributes["href"] == address(site, page, other)
    assert (switch.attributes["lang"], switch.attributes["hreflang"]) == (other, other)
    assert switch.text == {"cy": "Cymraeg", "en": "English"}[other]
    alternates = {e.attributes["hreflang"]: e.attributes["href"] for e in found.all("link", rel="alternate")}
    cy, en = (f"http://testserver{address(site, page, code)}" for code in ("cy", "en"))
    assert alternates == {"cy": cy, "en": en, "x-default": en}
    assert found.one("link", rel="canonical").attributes["href"] == {"cy": cy, "en": en}[language]
    assert found.one("meta", property="og:url").attributes["content"] == {"cy": cy, "en": en}[language]
    assert found.one("meta", name_="description").attributes["content"] != ""
    assert found.one("title").text != ""


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_unpublished_shows(client: Client, site: dict[str, Any], page: str, language: str) -> None:
    response = client.get(address(site, page, language))
    assert response.status_code == 200
    assert SECRET.lower() not in response.content.decode().lower()


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_readers_get_no_cookie_and_share_the_page(
    client: Client, site: dict[str, Any], page: str, language: str
) -> None:
    response = client.get(address(site, page, language))
    assert dict(response.cookies) == {}
    assert "Vary" not in response
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(address(site, page, language), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.post(address(site, page, language)).status_code in {403, 405}


def test_works_of_drafts_and_drafts_have_no_page(client: Client, site: dict[str, Any]) -> None:
    assert client.get("/en/references/hidden-work/").status_code == 404
    with speaking("en"):
        assert client.get(reverse("hallmarks:hallmark", args=["hallmark-8"])).status_code == 404


def test_case_study_page_shows_its_parts(client: Client, site: dict[str, Any]) -> None:
    found = read(client.get(address(site, "case", "en")))
    headings = [e.text for e in found.elements if e.name == "h2"]
    assert headings == [
        "About the setting",
        "Context and background",
        "What was done",
        "What difference it made",
        "How it was shared",
        "References",
    ]
    pictures = found.all("img")
    assert [picture.attributes["alt"] for picture in pictures] == ["A shelf of books"] * 2
    assert {(p.attributes["width"], p.attributes["height"]) for p in pictures} == {("8", "6")}
    assert all(p.attributes["srcset"].count("w") >= 2 for p in pictures)
    assert found.one("p", class_="notice").text.startswith("This is an illustration.")


def test_hallmark_page_shows_entries_and_neighbours(client: Client, site: dict[str, Any]) -> None:
    found = read(client.get(address(site, "hallmark", "en")))
    assert found.one("h1").text == "Well-led professional learning is Hallmark number 4"
    work = site["works"][1]
    (listed,) = [e for e in found.all("li", class_="reference") if work.title in e.text]
    assert listed.text == f"{work.creators} (2019) {work.title}. Gwasg Enghraifft."
    assert found.one("a", rel="prev").text == "Previous hallmark 3 Hallmark 3"
    assert found.all("a", rel="next") == []
    lit = found.one("a", class_="sector sector--4 sector--lit")
    assert (lit.text, lit.attributes["aria-current"]) == ("4 Hallmark 4", "page")


def test_names_that_are_not_ours_carry_their_language(client: Client, site: dict[str, Any]) -> None:
    welsh = read(client.get(address(site, "hallmark", "cy")))
    english = read(client.get(address(site, "hallmark", "en")))
    assert [e.language for e in welsh.all("span") if e.text == "Pedagogy"] == ["en"]
    assert [e.language for e in english.all("span") if e.text == "Pedagogy"] == ["en"]
    title = site["work"].title
    assert {e.attributes.get("lang") for e in welsh.all("cite") if e.text == title} == {"en"}
    assert {e.attributes.get("lang") for e in english.all("cite") if e.text == title} == {None}


def test_contact_page_prints_the_address(client: Client, site: dict[str, Any]) -> None:
    main = read(client.get(address(site, "page", "cy"))).one("main")
    assert "editors@example.org" in main.text


def test_wheel_has_one_stop_for_each_hallmark_in_order(client: Client, site: dict[str, Any]) -> None:
    found = read(client.get("/en/"))
    sectors = [e for e in found.all("a") if e.attributes.get("class", "").startswith("sector ")]
    assert [e.text for e in sectors] == [f"{number} Hallmark {number}" for number in (1, 2, 3, 4)]
    assert [e.attributes["href"] for e in sectors] == [
        e.attributes["href"] for e in found.all("a") if e.text.startswith("Hallmark number")
    ]
