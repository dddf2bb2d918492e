"""The front door, the files for machines, and what is shown when something goes wrong."""

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import reverse

from config import views
from foundation.bilingual.addresses import address_in
from foundation.bilingual.languages import speaking
from tests.public.conftest import SECRET
from tests.public.reading import read

pytestmark = pytest.mark.page

NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("cy", ["Cymraeg", "English"]),
        ("cy-GB,cy;q=0.9,en;q=0.8", ["Cymraeg", "English"]),
        ("en-GB,en;q=0.9,cy;q=0.8", ["English", "Cymraeg"]),
        ("fr,de;q=0.5", ["English", "Cymraeg"]),
        ("", ["English", "Cymraeg"]),
    ],
)
def test_front_door_orders_by_what_the_browser_asks(client: Client, header: str, order: list[str]) -> None:
    client.cookies["admin_language"] = "cy" if order[0] == "English" else "en"  # another matter: it must not count
    response = client.get("/", headers={"Accept-Language": header})
    page = read(response)
    doors = page.all("a")
    assert [door.text for door in doors] == order
    assert {door.attributes["class"] for door in doors} == {"button button--large"}
    assert page.one("html").attributes["lang"] == doors[0].attributes["lang"]
    assert (response["Vary"], response["Content-Language"]) == ("Accept-Language", "cy, en")
    assert dict(response.cookies) == {}


def test_sitemap_names_every_published_page_in_both_languages(client: Client, site: dict[str, Any]) -> None:
    response = client.get("/sitemap.xml")
    assert SECRET.lower() not in response.content.decode().lower()
    urls = ET.fromstring(response.content).findall("s:url", NAMESPACES)  # noqa: S314
    found = {url.findtext("s:loc", namespaces=NAMESPACES) for url in urls}
    expected = set()
    for language in ("cy", "en"):
        for name in (
            "hallmarks:home",
            "hallmarks:hallmarks",
            "casestudies:case_studies",
            "references:works",
            "joinin:start",
        ):
            with speaking(language):
                expected.add(f"http://testserver{reverse(name)}")
        objects = [site["hallmark"], site["case"], site["page"], *site["works"]]
        expected |= {f"http://testserver{address_in(language, obj)}" for obj in objects}
    assert expected <= found
    assert len(found) == len(urls) == 2 * (5 + 4 + 2 + 1 + 3)  # lists, hallmarks, case studies, pages, works
    for url in urls:
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMESPACES)}
        assert set(links) == {"cy", "en"}
        assert url.findtext("s:loc", namespaces=NAMESPACES) in links.values()


def test_robots_leave_forms_and_admin_alone(client: Client, db: None) -> None:
    response = client.get("/robots.txt")
    lines = response.content.decode().strip().splitlines()
    with speaking("cy"):
        welsh = reverse("joinin:start")
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /en/join-in/",
        f"Disallow: {welsh}",
        "Sitemap: http://testserver/sitemap.xml",
    ]
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_health(client: Client, db: None) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json(), response["Cache-Control"]) == (200, {"status": "ok"}, "no-store")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_not_found_speaks_the_language_of_the_address(client: Client, db: None, language: str) -> None:
    other = "en" if language == "cy" else "cy"
    response = client.get(f"/{language}/no/such/page/")
    page = read(response)
    assert (response.status_code, page.one("html").attributes["lang"]) == (404, language)
    assert page.one("a", class_="language-switch__other").attributes["href"] == f"/{other}/"
    assert response["Cache-Control"] == "private, no-store"


def test_not_found_is_bilingual_where_the_address_names_no_language(client: Client, db: None) -> None:
    response = client.get("/no-such-page")
    page = read(response)
    assert (response.status_code, response["Content-Language"]) == (404, "cy, en")
    assert [(e.language, e.text) for e in page.all("p")] == [
        ("cy", "Nid oes tudalen yn y cyfeiriad hwn."),
        ("en", "There is no page at this address."),
    ]
    assert [e.attributes["href"] for e in page.all("a")] == ["/cy/", "/en/"]


@pytest.mark.parametrize("path", ["/en/", "/cy/", "/files/x"])
@pytest.mark.parametrize(
    ("view", "error", "status"),
    [(views.bad_request, SuspiciousOperation(SECRET), 400), (views.forbidden, PermissionDenied(SECRET), 403)],
)
def test_refusals_say_no_more_than_they_should(
    rf: RequestFactory, db: None, path: str, view: Any, error: Exception, status: int
) -> None:
    request = rf.get(path)
    request.resolver_match = None  # type: ignore[assignment]
    language = path[1:3] if path[1:3] in {"cy", "en"} else "en"
    with speaking(language):
        response = view(request, error)
    assert response.status_code == status
    assert len(read(response).all("h1")) == 1
    assert SECRET not in response.content.decode()


def test_a_form_without_its_cookie_is_refused_in_its_language(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/no-such-form/", {"a": "b"})
    assert response.status_code in {403, 404}
    with speaking("cy"):
        start = reverse("joinin:start")
    refused = client.post(start, {"a": "b"})
    assert refused.status_code == 403
    assert read(refused).one("html").attributes["lang"] == "cy"


def test_server_error_needs_nothing_and_is_bilingual(rf: RequestFactory) -> None:
    response = views.server_error(rf.get("/en/"))  # no database in this test: a query would fail it
    page = read(response)
    assert response.status_code == 500
    assert [e.language for e in page.all("p")] == ["cy", "en"]
    assert page.one("link", rel="stylesheet").attributes["href"] == "/static/site.css"


@pytest.mark.parametrize("name", ["darllen-roman.woff2", "darllen-italic.woff2"])
def test_faces_are_small_and_licensed(name: str) -> None:
    folder = Path(settings.BASE_DIR) / "static" / "fonts"
    assert 10_000 < (folder / name).stat().st_size < 90_000
    assert "SIL Open Font License, Version 1.1" in (folder / "OFL.txt").read_text()
