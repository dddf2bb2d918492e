"""Addresses that changed, went, or never were; and a text that is there in one language."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.bilingual.addresses import address_in
from foundation.bilingual.languages import speaking
from foundation.publishing.models import Override
from foundation.publishing.services import set_slug
from tests.factories import CaseStudyFactory, HallmarkFactory, PageFactory
from tests.public.conftest import SECRET
from tests.public.reading import read

pytestmark = pytest.mark.page

GONE = ["archived", "withdrawn", "editing"]


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("make", [HallmarkFactory, PageFactory, lambda: CaseStudyFactory.create(status="published")])
def test_a_former_address_leads_to_the_present_one(client: Client, db: None, make: Any, language: str) -> None:
    content = make()
    before = address_in(language, content)
    set_slug(content=content, language=language, slug="newydd-a-new")
    response = client.get(before)
    assert (response.status_code, response["Location"]) == (301, address_in(language, content))
    assert client.get(response["Location"]).status_code == 200
    other = "en" if language == "cy" else "cy"
    wrong = before.replace(before.rstrip("/").rsplit("/", 1)[1], "no-such-thing")
    assert client.get(wrong).status_code == 404
    assert client.get(address_in(other, content)).status_code == 200


@pytest.mark.parametrize("make", [HallmarkFactory, PageFactory])
def test_a_former_address_of_what_is_not_published_leads_nowhere(client: Client, db: None, make: Any) -> None:
    content = make.create(edition__stage="working")
    before = address_in("en", content)
    set_slug(content=content, language="en", slug="secret-new-name")
    assert client.get(before).status_code == 404
    assert client.get(address_in("en", content)).status_code == 404


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("status", GONE)
def test_what_was_public_leaves_a_tombstone(client: Client, db: None, status: str, language: str) -> None:
    case = CaseStudyFactory.create(
        status=status,
        slug_cy="bu-yma",
        slug_en="was-here",
        first_published_at=timezone.now(),
        edition__title_cy=SECRET,
        edition__title_en=SECRET,
        edition__setting_name_cy=SECRET,
    )
    short = client.get(f"/{case.reference}", headers={"accept-language": language})  # on a poster
    assert (short.status_code, short["Location"]) == (302, address_in(language, case))
    response = client.get(address_in(language, case))
    assert response.status_code == 410
    page = read(response)
    other = "en" if language == "cy" else "cy"
    assert page.one("a", class_="language-switch__other").attributes["href"] == address_in(other, case)
    assert page.one("meta", name_="robots").attributes["content"] == "noindex"
    body = response.content.decode()
    assert SECRET not in body
    assert case.reference not in body


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("status", ["archived", "withdrawn"])
def test_every_former_address_of_what_was_public_says_that_it_is_gone(
    client: Client, db: None, status: str, language: str
) -> None:
    case = CaseStudyFactory.create(
        status=status, slug_cy="gynt", slug_en="at-first", first_published_at=timezone.now(), edition__title_en=SECRET
    )
    before = address_in(language, case)
    for slug in ("wedyn", "nawr"):
        set_slug(content=case, language=language, slug=slug)
    after = address_in(language, case)
    between = after.replace("nawr", "wedyn")
    assert [client.get(address).status_code for address in (before, between, after)] == [410, 410, 410]
    assert SECRET not in client.get(before).content.decode()
    switch = read(client.get(before)).one("a", class_="language-switch__other")
    assert switch.attributes["href"] == address_in("en" if language == "cy" else "cy", case)


def test_a_present_address_counts_before_a_former_one(client: Client, db: None) -> None:
    case = CaseStudyFactory.create(status="archived", slug_en="first")
    set_slug(content=case, language="en", slug="second")
    newer = CaseStudyFactory.create(status="published", slug_en="first")
    assert client.get(address_in("en", newer)).status_code == 200
    unsent = CaseStudyFactory.create(status="approved", slug_en="third")
    set_slug(content=unsent, language="en", slug="fourth")
    assert client.get("/en/case-studies/third/").status_code == 404


def test_what_never_was_public_is_not_found(client: Client, db: None) -> None:
    case = CaseStudyFactory.create(status="approved", slug_cy="byth", slug_en="never")
    assert case.first_published_at is None
    assert client.get(address_in("en", case)).status_code == 404


@pytest.mark.parametrize("kind", ["hallmark", "page", "case"])
def test_one_language_keeps_the_furniture_of_the_twin(client: Client, site: dict[str, Any], kind: str) -> None:
    content = site[kind]
    live = content.editions.get(stage="live")
    live.override, live.override_at, live.override_reason = Override.ONE_LANGUAGE, timezone.now(), "urgent"
    live.only_language, live.only_language_days, live.title_en = "cy", 10, ""
    live.title_cy = "Teitl Cymraeg yn unig"
    live.save()
    pages = {language: read(client.get(address_in(language, content))) for language in ("cy", "en")}
    english = pages["en"]
    assert english.one("html").attributes["lang"] == "en"
    heading = english.one("h1")
    assert "Teitl Cymraeg yn unig" in heading.text
    assert heading.language == "cy"
    assert english.all("div", class_="prose") != []
    assert {e.language for e in english.all("div", class_="prose")} == {"cy"}
    notices = [e.text for e in english.all("p", class_="notice")]
    assert "The text of this page is in Welsh only for now. The English text is being prepared." in notices
    assert len(pages["cy"].all("p", class_="notice")) == len(notices) - 1
    assert pages["cy"].outline() == english.outline()
    listing = read(client.get("/en/"))
    assert [e.language for e in listing.all("a") if e.text == "Teitl Cymraeg yn unig"] in ([], ["cy"])


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_hallmark_in_one_language_is_named_everywhere(client: Client, site: dict[str, Any], language: str) -> None:
    live = site["hallmark"].editions.get(stage="live")
    live.override, live.override_at, live.override_reason = Override.ONE_LANGUAGE, timezone.now(), "urgent"
    live.only_language, live.only_language_days, live.short_name_cy, live.short_name_en = "en", 10, "", "Enquiry"
    live.save()
    with speaking(language):
        addresses = {
            reverse("casestudies:case_studies"): "li",
            reverse("hallmarks:home"): "li",
            site["case"].get_absolute_url(): "a",
        }
    own = {"cy": "1 Nodwedd 1", "en": "1 Hallmark 1"}[language]
    for address, name in addresses.items():
        found = {e.text: e.language for e in read(client.get(address)).all(name) if e.text in ("4 Enquiry", own)}
        assert found == {"4 Enquiry": "en", own: language}, address


def test_prose_is_cleaned_on_its_way_out(client: Client, site: dict[str, Any]) -> None:
    live = site["page"].editions.get(stage="live")
    type(live).objects.filter(pk=live.pk).update(
        body_en='<p onclick="x()">Kept<script>alert(1)</script> {{ words }} <a href="javascript:x">link</a></p>'
    )
    body = client.get(address_in("en", site["page"])).content.decode()
    assert '<p>Kept {{ words }} <a rel="noopener noreferrer">link</a></p>' in body
    assert "<script" not in body
