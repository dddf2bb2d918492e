"""The public bibliography: its letters, filters and pages, and that nothing unpublished comes through them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.bilingual.languages import speaking
from hallmarks.models import HallmarkReference
from references import views
from references.filtering import Filters
from references.models import Work
from tests.factories import HallmarkEditionFactory, HallmarkFactory, WorkFactory
from tests.public.reading import read

pytestmark = pytest.mark.page


def work(family: str, year: int | None, kind: str = "book", language: str = "en", **fields: Any) -> Work:
    issued = {"date-parts": [[year]]} if year else {"literal": "n.d."}
    csl = {"type": kind, "title": f"Learning by {family}", "language": language, "issued": issued,
           "author": [{"family": family, "given": "Ann"}]}  # fmt: skip
    return WorkFactory.create(key=family.lower(), csl=csl, **fields)


@pytest.fixture
def page_size(monkeypatch: pytest.MonkeyPatch) -> int:
    """So few works a page."""
    monkeypatch.setattr(views, "PAGE_SIZE", 6)
    return 6


@pytest.fixture
def five(db: None) -> None:
    """Five works in the lists of two hallmarks, one of which is also in a draft; and one that only a draft names."""
    lists = {
        1: [
            work("Chapman", 1931),
            work("Lloyd", 2012, "report", "cy"),
            work("Lewis", 2019, "article-journal", "en-GB"),
        ],
        2: [work("Rhys", None, "report", welsh_title="Dysgu"), work("Edwards", 2015)],
    }
    for number, works in lists.items():
        HallmarkFactory.create(number=number, edition__works=works, edition__short_name_cy=f"Enw {number}",
                               edition__short_name_en=f"Name {number}")  # fmt: skip
    hidden = work("Hidden", 1999, "thesis", "fr")
    HallmarkFactory.create(number=3, edition__stage="working", edition__works=[hidden])
    one = HallmarkEditionFactory.create(content=HallmarkFactory.create(number=1), stage="working")
    for drafted in (hidden, Work.objects.get(key="edwards")):
        HallmarkReference.objects.create(edition=one, work=drafted)


def families(response: Any) -> list[str]:
    return [text.partition(",")[0] for text in (e.text for e in read(response).all("li", class_="reference"))]


ALL = ["Chapman", "Edwards", "Lewis", "Lloyd", "Rhys"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ALL), ({"hallmark": "1"}, ["Chapman", "Lewis", "Lloyd"]), ({"hallmark": "2"}, ["Edwards", "Rhys"]),
        ({"type": "book"}, ["Chapman", "Edwards"]), ({"type": "report", "hallmark": "2"}, ["Rhys"]),
        ({"year": "2010-2019"}, ["Edwards", "Lewis", "Lloyd"]), ({"year": "-1949"}, ["Chapman"]), ({"year": "none"}, ["Rhys"]),
        ({"language": "en"}, ["Chapman", "Edwards", "Lewis", "Rhys"]), ({"language": "cy"}, ["Lloyd", "Rhys"]),
        ({"hallmark": "1", "year": "2010-2019", "language": "en"}, ["Lewis"]), ({"hallmark": "1", "year": "none"}, []),
        ({"hallmark": "3"}, ALL), ({"type": "thesis"}, ALL), ({"language": "fr"}, ALL), ({"year": "1990-1999"}, ALL),
        ({"hallmark": "²", "type": "\x00", "year": "0-x", "language": "' OR 1=1", "page": "99999999999999999999"}, ALL),
        ({"year": "-"}, ALL), ({"hallmark": "1 "}, ALL), ({"page": "-1"}, ALL),
    ],
)  # fmt: skip
def test_filters_find(client: Client, five: None, query: dict[str, str], found: list[str]) -> None:
    response = client.get("/en/references/", query)
    assert families(response) == found
    count = read(response).one("p", class_="count").text
    assert count == ("1 work" if len(found) == 1 else f"{len(found)} works")


def shown(query: dict[str, str], language: str = "en") -> dict[str, dict[str, int]]:
    with speaking(language):
        return {item.name: {o.name: o.count for o in item.options} for item in Filters(query).shown}


def test_every_choice_tells_how_many_it_would_show(five: None) -> None:
    assert shown({}) == {
        "hallmark": {"1 Name 1": 3, "2 Name 2": 2},
        "type": {"Article in a journal": 1, "Book": 2, "Report": 2},
        "year": {"2010–2019": 3, "Before 1950": 1, "Without a year": 1},
        "language": {"English": 4, "Welsh": 2},
    }
    assert shown({"hallmark": "1", "language": "en"}) == {
        "hallmark": {"1 Name 1": 2, "2 Name 2": 2},
        "type": {"Article in a journal": 1, "Book": 1, "Report": 0},
        "year": {"2010–2019": 1, "Before 1950": 1, "Without a year": 0},
        "language": {"English": 2, "Welsh": 1},
    }


def test_what_a_choice_tells_is_what_it_shows(client: Client, five: None) -> None:
    tried = 0
    for already in ({}, {"hallmark": "1"}, {"type": "report"}, {"language": "cy"}, {"year": "2010-2019"}):
        for item in Filters(already).shown:
            for option in item.options:
                query = {**already, item.name: option.value}
                assert len(families(client.get("/en/references/", query))) == option.count, query
                tried += 1
    assert tried == 50


def test_in_welsh_the_filters_speak_welsh_and_mean_the_same(client: Client, five: None) -> None:
    page = read(client.get("/cy/cyfeiriadau/?language=cy&hallmark=1"))
    chosen = [e.attributes["value"] for e in page.all("option") if "selected" in e.attributes]
    assert (chosen, families(client.get("/cy/cyfeiriadau/?language=cy&hallmark=1"))) == (["1", "cy"], ["Lloyd"])
    assert set(shown({}, "cy")["hallmark"]) == {"1 Enw 1", "2 Enw 2"}
    assert set(shown({}, "cy")["language"]) == {"Cymraeg", "Saesneg"}
    switch = [e.attributes["href"] for e in page.all("a") if e.attributes.get("hreflang") == "en"]
    assert switch[0] == "/en/references/?language=cy&hallmark=1"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2015", ["Edwards"]), (" 2012 – 2015 ", ["Edwards", "Lloyd"]), ("2015-2012", ["Edwards", "Lloyd"]),
        ("2015-", ["Edwards", "Lewis"]), ("–1931", ["Chapman"]), ("2012—2012", ["Lloyd"]), ("1900", []), ("", ALL), ("  ", ALL),
    ],
)  # fmt: skip
def test_years_as_a_reader_types_them(client: Client, five: None, typed: str, found: list[str]) -> None:
    page = client.get("/en/references/", {"years": typed})
    assert families(page) == found
    assert read(page).one("input", id="filter-years").attributes["value"] == " ".join(typed.split())
    assert "not understood" not in page.content.decode()


@pytest.mark.parametrize(
    "typed", ["x", "-", "20155", "9" * 400, "2015\x00x", "\x00x", "٢٠١٥", "2012-x", "<b>", "²⁰¹⁵", "-2012-"]
)
def test_years_that_nobody_understands_hide_nothing(client: Client, five: None, typed: str) -> None:
    for language, said in (("en", "These years were not understood"), ("cy", "2012–2019")):
        with speaking(language):
            address = reverse("references:works")
        page = client.get(address, {"years": typed})
        assert families(page) == ALL
        shown = read(page)
        assert said in shown.one("p", class_="error-message").text
        field = shown.one("input", id="filter-years").attributes
        assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "filter-years-hint filter-years-error")
        assert "\x00" not in field["value"] and len(field["value"]) <= 40


def test_years_narrow_what_every_choice_tells(client: Client, five: None) -> None:
    assert shown({"years": "2012-2015"}) == {
        "hallmark": {"1 Name 1": 1, "2 Name 2": 1},
        "type": {"Article in a journal": 0, "Book": 1, "Report": 1},
        "year": {"2010–2019": 2, "Before 1950": 0, "Without a year": 0},
        "language": {"English": 1, "Welsh": 1},
    }
    query = {"years": "2012–2015", "hallmark": "1", "year": "2010-2019"}
    assert families(client.get("/en/references/", query)) == ["Lloyd"]
    assert shown({"years": "2012–2015", "hallmark": "1"})["type"] == {"Article in a journal": 0, "Book": 0, "Report": 1}


def test_nothing_found_says_what_to_do(client: Client, five: None) -> None:
    page = read(client.get("/en/references/?hallmark=1&year=none"))
    assert "No work matches all of these filters. Try fewer of them." in [e.text for e in page.all("p")]
    assert [e.text for e in page.all("a") if e.attributes["href"] == "/en/references/"][-1] == "Show all references"


def test_an_empty_bibliography_says_so(client: Client, db: None) -> None:
    assert "No published page cites a work yet." in [e.text for e in read(client.get("/en/references/")).all("p")]


def test_the_letters_lead_to_the_page_where_they_begin(client: Client, db: None, page_size: int) -> None:
    names = [f"Llan{number:03}" for number in range(page_size)] + ["Lewis", "Mari", "7 Stories"]
    HallmarkFactory.create(number=1, edition__works=[work(name.replace(" ", "-"), 2001) for name in names])
    address = reverse("references:works")
    for language, letters in (("cy", ["#", "L", "Ll", "M"]), ("en", ["#", "L", "M"])):
        with speaking(language):
            address = reverse("references:works")
        page = read(client.get(address, {"type": "book"}))
        used = [e for e in page.all("a") if e.text in (*letters, "#")]
        assert [e.text for e in used] == letters
        assert used[-1].attributes["href"] == "?type=book&page=2#letter-m"
        assert used[0].attributes["href"] == "#other"
        second = read(client.get(address + used[-1].attributes["href"].partition("#")[0]))
        assert [e.attributes["id"] for e in second.all("section", class_="letter")][-1] == "letter-m"
        assert len(families(client.get(address))) == page_size
        assert len(second.all("li", class_="reference")) == 3


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("query", ["", "?hallmark=1&type=book&year=2010-2019&language=en", "?page=2"])
def test_as_many_queries_for_many_works_as_for_one(client: Client, db: None, page_size: int, query: str) -> None:
    counts = []
    for number, rows in ((1, 1), (2, 2), (3, page_size)):
        HallmarkFactory.create(number=number, edition__works=rows)
        counts.append(queries(client, f"/en/references/{query}"))
    assert counts == [6, 6, 6]
