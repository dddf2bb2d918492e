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


def counts(client: Client, rows: int) -> dict[str, int]:
    made = fill(rows)
    names = ["hallmarks:home", "hallmarks:hallmarks", "casestudies:case_studies", "references:works"]
    addresses = {name: reverse(name) for name in names} | {name: address_in("en", obj) for name, obj in made.items()}
    found = {}
    for name, address in addresses.items():
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found[name] = len(queries)
    return found


EXPECTED = {
    "hallmarks:home": 4,
    "hallmarks:hallmarks": 2,
    "casestudies:case_studies": 7,
    "references:works": 2,
    "hallmark": 6,
    "case": 5,
    "work": 4,
    "page": 2,
}


@pytest.mark.parametrize("rows", [1, 3])
def test_few_rows(client: Client, db: None, rows: int) -> None:
    assert counts(client, rows) == EXPECTED


def test_a_hundred_rows(client: Client, db: None, amount: Callable[[int, int], int]) -> None:
    assert counts(client, 100) == EXPECTED
