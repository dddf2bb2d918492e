"""Works: kept as they came, with columns that follow from them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.people.models import User
from references.models import Identity, Work
from references.services import save_work

pytestmark = pytest.mark.django_db

ITEM = {
    "id": "owen-ffion-2021", "type": "book", "title": "Dysgu  gyda’n gilydd", "language": "cy",
    "author": [{"family": "Owen", "given": "Ffion Mair"}, {"non-dropping-particle": "ap", "family": "Rhys", "given": "Huw"}],
    "issued": {"date-parts": [[2021, 3]]}, "DOI": "10.1000/xyz", "ISBN": "9780000000000", "URL": "https://example.org/llyfr",
    "custom": {"verified": True, "identity": "inferred-weak", "note": "Unsure.", "unknown": [1, {"kept": "as it is"}]},
}  # fmt: skip


def test_the_item_is_kept_and_the_columns_follow() -> None:
    work = save_work(key="owen-ffion-2021", csl=ITEM)
    work.refresh_from_db()
    assert work.csl == ITEM
    assert (work.type, work.title, work.title_language, work.year) == ("book", "Dysgu gyda’n gilydd", "cy", 2021)
    assert (work.creators, work.doi, work.isbn) == ("Owen, F.M. and ap Rhys, H.", "10.1000/xyz", "9780000000000")
    assert (work.identity, work.is_verified, work.note) == (Identity.INFERRED_WEAK, True, "Unsure.")
    assert (work.letter_cy, work.letter_en) == ("O", "O")


def test_a_work_saved_again_is_the_same_work_with_the_new_item() -> None:
    first = save_work(key="owen-2021", csl=ITEM)
    again = save_work(key="owen-2021", csl={**ITEM, "title": "Other", "issued": {}})
    assert (again.pk, again.title, again.year) == (first.pk, "Other", None)
    assert Work.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org/a", "https://e.org/" + "a" * 600],
)
def test_what_a_browser_should_not_follow_is_kept_and_is_no_link(address: str) -> None:
    work = save_work(key="a", csl={**ITEM, "DOI": "", "URL": address, "custom": {"url_cy": address}})
    assert work.csl["URL"] == address
    assert (work.url, work.welsh_url, work.address) == ("", "", "")


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/Xyz(1)", "doi:10.1000/Xyz(1)", "DOI: 10.1000/Xyz(1)", "https://doi.org/10.1000/Xyz(1)",
        "HTTP://DX.DOI.ORG/10.1000/Xyz(1)", " https://www.doi.org/10.1000/Xyz(1) ", "doi.org/10.1000/Xyz(1)",
    ],
)  # fmt: skip
def test_a_doi_is_bare_in_the_column_and_as_it_came_in_the_item(written: str) -> None:
    work = save_work(key="a", csl={**ITEM, "DOI": written})
    work.refresh_from_db()
    assert (work.doi, work.csl["DOI"]) == ("10.1000/Xyz(1)", written)
    assert work.address == "https://doi.org/10.1000/Xyz(1)"
    assert work.entry_en.count("doi.org") == 2  # the address and what is printed of it


def test_what_has_another_meaning_in_an_address_is_quoted_there() -> None:
    work = save_work(key="a", csl={**ITEM, "DOI": "10.1000/a<b>#c"})
    assert (work.doi, work.address) == ("10.1000/a<b>#c", "https://doi.org/10.1000/a%3Cb%3E%23c")
    assert 'href="https://doi.org/10.1000/a%3Cb%3E%23c"' in work.entry_en


def test_what_is_said_beside_the_item_in_another_shape_is_kept_there() -> None:
    custom = {"title_cy": 7, "note": True, "verified": "yes", "identity": "inferred-strong: two lists", "url_cy": ""}
    work = save_work(key="a", csl={**ITEM, "custom": custom})
    work.refresh_from_db()
    assert work.csl["custom"] == custom
    assert (work.welsh_title, work.note, work.is_verified, work.identity, work.welsh_url) == (
        "7", "True", False, Identity.INFERRED_STRONG, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [["2019"]]}, 2019), ({"date-parts": [[]]}, None), ({"literal": "d.d."}, None), (None, None),
        ({"raw": "Hydref 1998"}, 1998), ({"literal": "12345"}, None),
    ],
)  # fmt: skip
def test_the_year_is_read_where_there_is_one(issued: object, year: int | None) -> None:
    assert save_work(key="a", csl={**ITEM, "issued": issued}).year == year


def test_a_body_is_filed_under_its_name_in_each_language() -> None:
    work = save_work(
        key="a",
        csl={"title": "A", "author": [{"literal": "Welsh Government"}], "custom": {"author_cy": "Llywodraeth Cymru"}},
    )
    assert (work.letter_cy, work.letter_en, work.welsh_author) == ("Ll", "W", "Llywodraeth Cymru")


def test_without_a_title_there_is_no_work() -> None:
    with pytest.raises(ValueError, match="title"):
        save_work(key="a", csl={"title": " "})
    assert not Work.objects.exists()


def test_the_form_takes_a_doi_as_an_address_and_keeps_it(editor: User, client_of: Callable[[User], Client]) -> None:
    item = {**ITEM, "DOI": "https://DOI.org/10.1000/xyz"}
    blank = dict.fromkeys(("welsh_title", "welsh_url", "welsh_author", "cover_alt_cy", "cover_alt_en", "note"), "")
    data = {"key": "a", "csl": json.dumps(item), "identity": "stated", **blank}
    assert client_of(editor).post(reverse("admin:references_work_add") + "?item=csl-json", data).status_code == 302
    work = Work.objects.get()
    assert (work.doi, work.csl, work.address) == ("10.1000/xyz", item, "https://doi.org/10.1000/xyz")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"author": [{"family": "Jones", "given": 7}]}, "“author” must be a list of names"),
        ({"author": [{"literal": "Estyn", "x": 1}]}, "“author” must be a list of names"),
        ({"translator": "Jones"}, "“translator” must be a list of names"),
        ({"custom": {"note": []}}, "“custom.note” must be text."),
        ({"issued": {"date-parts": [[20190]]}}, "The year has more than four figures."),
    ],
)
def test_the_form_says_what_is_wrong_with_an_item(
    item: dict[str, Any], said: str, editor: User, client_of: Callable[[User], Client]
) -> None:
    data = {"key": "a", "csl": json.dumps({"title": "T", **item}), "identity": "stated"}
    answer = client_of(editor).post(reverse("admin:references_work_add") + "?item=csl-json", data)
    assert (said in answer.content.decode(), Work.objects.count()) == (True, 0)
