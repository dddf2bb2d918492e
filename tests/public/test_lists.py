"""The lists: filters, counts, pages, and the two alphabets."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casestudies.filters import Filters
from casestudies.vocabulary import Authority
from foundation.bilingual.alphabet import sort_key
from foundation.bilingual.languages import speaking
from tests.factories import CaseStudyFactory, HallmarkFactory
from tests.public.reading import read

pytestmark = pytest.mark.page


def titles(response: Any) -> list[str]:
    return [e.text for e in read(response).all("h3")]


@pytest.fixture
def three(db: None) -> None:
    one, two = HallmarkFactory.create(number=1), HallmarkFactory.create(number=2)
    for name, hallmarks, phase, authority in (
        ("Anglesey", [one], "primary", "isle-of-anglesey"),
        ("Cardiff", [one, two], "secondary", "cardiff"),
        ("Newport", [two], "primary", "newport"),
    ):
        CaseStudyFactory.create(
            status="published",
            edition__title_en=name,
            edition__hallmarks=hallmarks,
            edition__phase=phase,
            edition__authority=authority,
        )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Newport", "Cardiff", "Anglesey"]),
        ({"phase": "primary"}, ["Newport", "Anglesey"]),
        ({"hallmark": "1"}, ["Cardiff", "Anglesey"]),
        ({"hallmark": "2", "phase": "primary"}, ["Newport"]),
        ({"authority": "cardiff", "medium": "welsh"}, ["Cardiff"]),
        ({"authority": "cardiff", "phase": "primary"}, []),
        ({"phase": "no-such", "hallmark": "9", "page": "x"}, ["Newport", "Cardiff", "Anglesey"]),
        ({"hallmark": "²", "phase": "\x00", "authority": "' OR 1=1"}, ["Newport", "Cardiff", "Anglesey"]),
        ({"page": "99999999999999999999"}, ["Newport", "Cardiff", "Anglesey"]),
    ],
)
def test_filters_find(client: Client, three: None, query: dict[str, str], found: list[str]) -> None:
    assert titles(client.get("/en/case-studies/", query)) == found


def test_every_choice_tells_how_many_it_would_show(three: None) -> None:
    with speaking("en"):
        lists = {
            item.name: {o.value: o.count for o in item.options if o.count}
            for item in Filters({"phase": "primary"}).shown
        }
    assert lists == {
        "hallmark": {"1": 1, "2": 1},
        "phase": {"primary": 2, "secondary": 1},
        "medium": {"welsh": 2},
        "authority": {"isle-of-anglesey": 1, "newport": 1},
    }


@pytest.mark.parametrize("language", ["cy", "en"])
def test_authorities_stand_in_the_order_of_the_reader(db: None, language: str) -> None:
    with speaking(language):
        names = [option.name for option in Filters({}).shown[3].options]
        assert names == sorted((str(name) for name in Authority.labels), key=lambda name: sort_key(name, language))
    assert len(set(names)) == 22


def test_an_empty_list_says_why(client: Client, three: None) -> None:
    page = read(client.get("/en/case-studies/?phase=special"))
    assert page.one("h2", id="found").text == "0 case studies"
    assert "No case study matches all of these filters. Try fewer of them." in [e.text for e in page.all("p")]


def test_twenty_a_page_and_the_filter_stays(client: Client, db: None) -> None:
    hallmark = HallmarkFactory.create(number=1)
    for _ in range(21):
        CaseStudyFactory.create(status="published", edition__hallmarks=[hallmark])
    first = client.get("/en/case-studies/?hallmark=1")
    assert len(titles(first)) == 20
    onward = read(first).one("a", rel="next").attributes["href"]
    assert onward == "?hallmark=1&page=2"
    second = client.get(f"/en/case-studies/{onward}")
    assert len(titles(second)) == 1
    assert read(second).one("a", rel="prev").attributes["href"] == "?hallmark=1&page=1"


def test_bibliography_stands_in_the_alphabet_of_the_reader(client: Client, site: dict[str, Any]) -> None:
    letters = {}
    for language in ("cy", "en"):
        with speaking(language):
            page = read(client.get(reverse("references:works")))
        letters[language] = [e.text for e in page.all("h2")]
        targets = [
            e.attributes["href"]
            for e in page.all("a")
            if e.attributes["href"].startswith("#") and e.text in letters[language]
        ]
        assert targets == [f"#{e.attributes['id']}" for e in page.all("section", class_="letter")]
    assert letters == {"cy": ["Ch", "L", "Ll"], "en": ["C", "L"]}
