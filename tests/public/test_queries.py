"""The number of queries does not grow with what a page shows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import CaseStudyReference
from foundation.bilingual.addresses import address_in
from foundation.bilingual.languages import speaking
from hallmarks.models import HallmarkReference
from tests.factories import CaseStudyFactory, HallmarkFactory, PageFactory, WorkFactory


def fill(rows: int) -> dict[str, Any]:
    """Hallmark 1 and the last case study, with `rows` of everything that can be many."""
    works = [WorkFactory.create() for _ in range(rows)]
    hallmarks = [HallmarkFactory.create(number=number) for number in range(1, min(rows, 8) + 1)]
    for position, work in enumerate(works):
        HallmarkReference.objects.create(edition=hallmarks[0].editions.get(), work=work, position=position)
    for _ in range(rows):
        case = CaseStudyFactory.create(status="published", edition__hallmarks=hallmarks, edition__pictures=min(rows, 3))
    for position, work in enumerate(works):
        CaseStudyReference.objects.create(edition=case.editions.get(), work=work, position=position)
    pages = [PageFactory.create() for _ in range(min(rows, 8))]
    return {"hallmark": hallmarks[0], "case": case, "work": works[0], "page": pages[0]}


NAMED = ["hallmarks:home", "hallmarks:hallmarks", "casestudies:case_studies", "references:works", "joinin:start"]


def addresses_in(language: str, made: dict[str, Any]) -> dict[str, str]:
    with speaking(language):
        named = {name: reverse(name) for name in NAMED}
    filtered = {"filtered list": f"{named['casestudies:case_studies']}?hallmark=1&phase=primary"}
    neutral = {"front door": "/", "sitemap": "/sitemap.xml", "robots": "/robots.txt"}
    lost = {"not found": f"/{language}/dim-byd-yma/"}
    return named | filtered | neutral | lost | {name: address_in(language, obj) for name, obj in made.items()}


def counts(client: Client, made: dict[str, Any], language: str) -> dict[str, int]:
    found = {}
    for name, address in addresses_in(language, made).items():
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == (404 if name == "not found" else 200)
        found[name] = len(queries)
    return found


EXPECTED = {
    "front door": 0,
    "robots": 0,
    "sitemap": 4,
    "not found": 6,
    "joinin:start": 1,
    "hallmarks:home": 4,
    "hallmarks:hallmarks": 2,
    "casestudies:case_studies": 7,
    "filtered list": 7,
    "references:works": 6,
    "hallmark": 6,
    "case": 8,
    "work": 4,
    "page": 2,
}


@pytest.mark.parametrize("rows", [1, 3])
def test_few_rows(client: Client, db: None, rows: int) -> None:
    made = fill(rows)
    assert [counts(client, made, language) for language in ("en", "cy")] == [EXPECTED, EXPECTED]


@pytest.mark.page
def test_a_hundred_rows(client: Client, db: None, amount: Callable[[int, int], int]) -> None:
    made = fill(100)
    assert [counts(client, made, language) for language in ("en", "cy")] == [EXPECTED, EXPECTED]
