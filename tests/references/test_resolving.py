"""Which work a citation means. The works and texts are made up."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.people.models import User
from references.citations import Listed, find_citations, link_citation, links_of, resolve
from references.citations.names import abbreviations_of, read_names
from references.models import Work, WorkName
from references.services import refresh_works, save_work
from tests.factories import HallmarkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def work(key: str, year: int, *names: str, **item: Any) -> Work:
    """A work by people with these family names, or by the body whose name has a space or is written in capitals."""
    authors = [
        {"literal": name} if " " in name or name.isupper() else {"family": name, "given": "Ann"} for name in names
    ]
    csl = {"title": f"On {key}", "type": "book", "author": authors, "issued": {"date-parts": [[year]]}, **item}
    return save_work(key=key, csl=csl)


def meant(
    text: str, listed: list[Listed], language: str = "en", **more: Any
) -> list[tuple[str | None, str, list[str]]]:
    return [
        (one.work.key if one.work else None, one.how.value, [note.value for note in one.notes])
        for one in resolve(find_citations(text), listed, language, **more)
    ]


@pytest.mark.parametrize(
    ("citation", "printed", "notes"),
    [
        ("Pugh and Rees, 2018", "Pugh, P. and Rees, A. (2018)", []),
        ("Pugh & Rees 2018", "Pugh P, Rees AB. (2018)", []),
        ("Pugh a Rees, 2018", "Pugh, P. & Rees, A. (2018)", []),
        ("Pugh et al, 2018", "Pugh, P. et al (2018)", []),
        ("Pugh et al., 2018", "Pugh S, Rees C, Sion P. (2018)", []),
        ("Pugh, J, 2018", "Pugh, J. (2018)", ["name_form"]),
        ("Pugh and Rees, 2018", "Pugh, J.P. et al (2018)", ["name_form"]),
        ("Pugh, 2018", "Pugh, J. et al (2018)", ["name_form"]),
        ("Pugh et al, 2018", "Pugh, J. and Rees, A. (2018)", ["name_form"]),
        ("Rees and Pugh, 2018", "Pugh, J. and Rees, A. (2018)", ["name_form"]),
        ("ApDafydd Brown, 2018", "Apdafydd Brown, A. (2018)", ["case"]),
        ("Tymperleigh, 2018", "Tymperliegh, A. (2018)", ["spelling"]),
        ("SWHL, 2018", "Society of Wise Heads and Leaders (2018)", ["abbreviation"]),
        ("Society of Wise Heads and Leaders, 2018", "SWHL (2018)", ["abbreviation"]),
        ("Cymdeithas Arweinwyr (SWHL), 2018", "SWHL (2018)", ["abbreviation"]),
        ("Pugh, 2018b", "Pugh, A. (2018b)", []),
        ("Pugh and Rees, 2016", "Pugh, P. and Rees, A. (2017)", ["year_mismatch"]),
        ("Pugh and Rees, 2007", "Pugh, P. and Rees, A. (2017)", ["year_mismatch"]),
    ],
)
def test_in_the_list_as_printed(citation: str, printed: str, notes: list[str]) -> None:
    listed = Listed(work("listed", 2018, "Somebody"), f"{printed}\nA title")
    assert meant(f"So ({citation}).", [listed]) == [("listed", "list", notes)]


@pytest.mark.parametrize(
    ("citation", "printed"),
    [
        ("Pugh, 2018", "Rees, A. (2018)"),
        ("Pugh, 1995", "Pugh, A. (2018)"),
        ("Pugh, 2018", "Rees, A. and Pugh, B. (2018)"),
        ("Pugh, Rees and Sion, 2018", "Pugh, A. (2018)"),
        ("SWL, 2018", "Society of Kind Heads (2018)"),
        ("Pugh, 2018b", "Pugh, A. (2018a)"),
    ],
)
def test_not_in_the_list(citation: str, printed: str) -> None:
    assert meant(f"So ({citation}).", [Listed(work("listed", 2018, "Somebody"), printed)]) == [(None, "none", [])]


def test_a_year_is_no_slip_of_an_entry_that_is_cited_itself_or_of_the_source() -> None:
    cited, source = work("cited", 2019, "Pugh"), work("source", 2022, "Rees")
    listed = [Listed(cited, "Pugh, A. (2019)"), Listed(source, "Rees, B. (2022)", is_source=True)]
    assert meant("(Pugh, 2019; Pugh, 2020; Rees, 2021)", listed) == [
        ("cited", "list", []), (None, "none", []), (None, "none", []),
    ]  # fmt: skip


def test_the_bibliography_answers_what_the_list_does_not() -> None:
    work("pugh-2018", 2018, "Pugh", "Rees", "Sion")
    work("swl-2017", 2017, "Society of Wise Leaders")
    work("gov-2020-a", 2020, "Welsh Government")
    work("gov-2020-b", 2020, "Welsh Government")
    stated = {"cite_forms": {"in_text": ["Ifan, 2011", "2014"]}}
    work("ifan-2011", 2011, "Ifan", "Oduya", "Penri", custom=stated)
    text = "(Pugh et al, 2018; Pugh, Rees and Sion, 2018; Pugh, 2018; SWL, 2017; Welsh Government, 2020; Ifan, 2011; Tudur, 2001)"
    assert meant(text, []) == [
        ("pugh-2018", "bibliography", []),
        ("pugh-2018", "bibliography", []),
        (None, "none", []),
        ("swl-2017", "bibliography", ["abbreviation"]),
        (None, "ambiguous", []),
        ("ifan-2011", "bibliography", []),
        (None, "none", []),
    ]
    [ambiguous] = [one for one in resolve(find_citations(text), [], "en") if one.how == "ambiguous"]
    assert [one.key for one in ambiguous.candidates] == ["gov-2020-a", "gov-2020-b"]


def test_the_own_list_decides_where_the_bibliography_cannot() -> None:
    own, _other = work("gov-2020-a", 2020, "Welsh Government"), work("gov-2020-b", 2020, "Welsh Government")
    assert meant("(Welsh Government, 2020)", [Listed(own)]) == [("gov-2020-a", "list", [])]


def test_year_letters_tell_two_works_apart() -> None:
    a, b = work("a", 2020, "Pugh"), work("b", 2020, "Pugh")
    listed = [Listed(a, letter="a"), Listed(b, letter="b")]
    assert meant("(Pugh, 2020a; 2020b; Pugh, 2020)", listed) == [
        ("a", "list", []),
        ("b", "list", []),
        (None, "ambiguous", []),
    ]


def test_welsh_names_of_a_body() -> None:
    item = {"custom": {"author_cy": "Cymdeithas Arweinwyr Doeth", "abbreviation": "CAD"}}
    made = work("swl", 2020, "Society of Wise Leaders", **item)
    assert meant("(Cymdeithas Arweinwyr Doeth, 2020)", [Listed(made)], "cy") == [("swl", "list", [])]
    assert meant("(Cymdeithas Arweinwyr Doeth, 2020; CAD, 2020)", [], "cy") == [
        ("swl", "bibliography", []), ("swl", "bibliography", ["abbreviation"]),
    ]  # fmt: skip


def test_a_series_is_found_by_its_name() -> None:
    series = work("series", 2020, title="Example Working Paper Series")
    text = "(see the Example Working Paper Series)"
    assert meant(text, [Listed(series, "Example Working Paper Series (2020)\nA place")]) == [
        ("series", "list", ["without_year"])
    ]
    assert meant(text, []) == [("series", "bibliography", [])]


def test_an_editors_link_decides_one_place(editor: User) -> None:
    a, b = work("a", 2020, "Pugh"), work("b", 2020, "Pugh")
    hallmark, other = HallmarkFactory.create(number=1), HallmarkFactory.create(number=2)
    where = {"field": "body", "language": "en", "as_printed": "Pugh, 2020"}
    link_citation(content=hallmark, occurrence=2, work=a, by=editor, **where)
    link_citation(content=hallmark, occurrence=2, work=b, by=editor, **where)
    link_citation(content=other, occurrence=1, work=a, by=editor, **where)
    assert meant("(Pugh, 2020) and (Pugh, 2020)", [], links=links_of(hallmark, "en")["body"]) == [
        (None, "ambiguous", []), ("b", "link", []),
    ]  # fmt: skip
    assert a.citation_links.count() == 1
    assert links_of(hallmark, "cy") == {}


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query(rows: int) -> None:
    for number in range(rows):
        work(f"w{number}", 2010 + number, "Pugh")
    text = "".join(f"(Pugh, {2010 + number})" for number in range(rows))
    with CaptureQueriesContext(connection) as queries:
        assert all(one[0] for one in meant(text, []))
    assert len(queries) == 1


def test_names_follow_the_item_and_are_repaired() -> None:
    made = work("w", 2018, "Pugh", "Rees")
    keys = {"pugh+rees|2018": "full", "pugh+etal|2018": "et-al"}
    assert dict(made.names.values_list("key", "form")) == keys
    WorkName.objects.filter(work=made, form="full").delete()
    assert (refresh_works(), refresh_works()) == (1, 0)
    assert dict(made.names.values_list("key", "form")) == keys
    work("w", 2019, "Pugh")
    assert list(made.names.values_list("key", flat=True)) == ["pugh|2019"]


@pytest.mark.parametrize(
    ("printed", "surnames"),
    [
        ("Pugh, C. and Poole, CL", ("pugh", "poole")),
        ("Pugh Y, Lo LN.", ("pugh", "lo")),
        ("Macdonald Brown, A.", ("macdonaldbrown",)),
        ("Ellis-Wynne, A.-B. & O’Hara, J", ("elliswynne", "ohara")),
        ("Pugh’s", ("pugh",)),
        ("Mawr, C.R. (Eds)", ("mawr",)),
        ("GTC Scotland", ("gtcscotland",)),
        ("", ()),
    ],
)
def test_names_as_printed(printed: str, surnames: tuple[str, ...]) -> None:
    assert read_names(printed).surnames == surnames


def test_initials_of_a_body() -> None:
    assert "oecd" in abbreviations_of("Organisation for Economic Co-operation and Development")
    assert "llc" in abbreviations_of("Llywodraeth Cymru")
    assert abbreviations_of("Estyn") == frozenset()
