"""Works: kept as they came, with columns that follow from them."""

import pytest

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
