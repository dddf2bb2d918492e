"""The schools of a cluster, how each hallmark shows, and the evidence: from the form to the page, with few queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casestudies.joinin.sending import take_up_from_edition
from casestudies.joinin.steps import STEPS
from casestudies.models import CreditedPerson, Snapshot, TypedReference
from casestudies.services import proof_hash
from tests.factories import CaseStudyFactory, HallmarkFactory, WorkFactory
from tests.joinin.school import Answers, School, address, answers, confirm, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def of_a_cluster() -> Answers:
    given = answers()
    given["setting"] |= {"kind": "cluster"}
    return {**given, "schools": {"schools": " Ysgol Un \n\nYsgol  Dau\n"}}


def test_only_a_cluster_is_asked_for_its_schools(school: School) -> None:
    school.start()
    assert school.client.get(step("schools"))["Location"] == step("setting")
    assert school.answer("setting", answers()["setting"])["Location"] == step("writing")
    assert step("schools") not in school.get("start").content.decode()
    assert school.answer("setting", of_a_cluster()["setting"])["Location"] == step("schools")
    assert step("schools") in school.get("start").content.decode()
    assert f'href="{step("schools")}"' in school.client.get(step("writing")).content.decode()


def test_the_lines_and_the_schools_reach_the_edition_and_the_snapshot(school: School) -> None:
    school.walk(of_a_cluster())
    school.send()
    edition = confirm(school).working
    assert edition is not None
    assert edition.school_names == ["Ysgol Un", "Ysgol Dau"]
    rows = edition.hallmarks.values_list("hallmark__number", "how_cy", "how_en")
    assert list(rows) == [(1, "", ""), (2, "Sut / How (cy)", "Sut / How (en)")]
    assert edition.hallmarks.get(hallmark__number=2).agreements.get().how == "contributor"
    assert "Un: evidence (cy)" in str(edition.evidence_cy)
    story = Snapshot.objects.get().story
    assert (story["schools"], story["how"]["2"]["cy"]) == ("Ysgol Un\nYsgol Dau", "Sut / How (cy)")


def test_what_was_said_of_a_cluster_is_not_said_of_a_school(school: School) -> None:
    school.walk(of_a_cluster())
    school.answer("setting", answers()["setting"])
    school.send()
    edition = school.case.working
    assert edition is not None
    assert edition.schools == ""
    assert school.case.draft.answers["schools"]["schools"].split() == ["Ysgol", "Un", "Ysgol", "Dau"]


def test_a_hallmark_that_is_not_chosen_is_not_asked_about_and_its_line_is_not_lost(school: School) -> None:
    school.fill()
    assert school.client.get(step("how")).content.decode().count('name="how_') == 4
    school.answer("hallmarks", {"hallmarks": ["1"]})
    page = school.client.get(step("how")).content.decode()
    assert (page.count('name="how_'), "Sut / How" in page) == (2, False)
    school.answer("how", {"how_cy-1": "Newydd", "how_en-1": ""})
    school.answer("hallmarks", {"hallmarks": ["1", "2"]})
    assert "Sut / How (cy)" in school.client.get(step("how")).content.decode()
    school.start()


def test_what_an_editor_wrote_comes_back_into_the_form(school: School) -> None:
    school.walk(of_a_cluster())
    school.send()
    case = confirm(school)
    edition = case.working
    assert edition is not None
    work = WorkFactory.create()
    edition.references.create(work=work, position=0)
    edition.hallmarks.filter(hallmark__number=1).update(how_cy="Gan olygydd")
    edition.schools, edition.version, edition.evidence_en = "Ysgol Tri", edition.version + 1, "<p>New.</p>"
    edition.save()
    type(case).objects.filter(pk=case.pk).update(status="changes_requested", claimed_by=None)
    typed = take_up_from_edition(case).draft.answers
    assert typed["schools"] == {"schools": "Ysgol Tri"}
    assert (typed["how"]["how_cy-1"], typed["how"]["how_en-2"]) == ("Gan olygydd", "Sut / How (en)")
    assert typed["references"]["works"] == [work.key]
    assert typed["references"]["typed"].splitlines()[1] == "Rhywun (2020) Llyfr"
    assert typed["evidence"]["evidence_en"] == "New."


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_page_shows_them_beside_what_they_are_about(client: Client, language: str) -> None:
    hallmark = HallmarkFactory.create(number=1)
    case = CaseStudyFactory.create(
        status="published", edition__hallmarks=[hallmark], edition__kind="cluster", edition__schools="Ysgol A\nYsgol B & C",
        edition__evidence_cy="<p>Tystiolaeth gadarn.</p>", edition__evidence_en="<p>Firm evidence.</p>",
    )  # fmt: skip
    case.live.hallmarks.update(how_cy="Fel hyn", how_en="Like this")
    path = f"/cy/astudiaethau-achos/{case.slug_cy}/" if language == "cy" else f"/en/case-studies/{case.slug_en}/"
    page = client.get(path).content.decode()
    expected = ["<dd>Ysgol A</dd>", "<dd>Ysgol B &amp; C</dd>"]
    expected += ['<span class="how">Fel hyn<', "Tystiolaeth gadarn"] if language == "cy" else ['<span class="how">Like this<', "Firm evidence"]  # fmt: skip
    assert [text for text in expected if text not in page] == []
    assert ("Firm evidence" if language == "cy" else "Tystiolaeth gadarn") not in page


def test_the_proof_shows_all_and_its_hash_knows_the_story_but_not_the_people(school: School) -> None:
    school.walk(of_a_cluster())
    school.send()
    case = confirm(school)
    type(case).objects.filter(pk=case.pk).update(status="with_contributor")
    page = school.get("proof").content.decode()
    for text in (
        "<dd>Ysgol Un</dd><dd>Ysgol Dau</dd>",
        "Sut / How (cy)",
        "Un: evidence (en)",
        "Rhywun (2020) Llyfr",
        "Gwen Enwog-Unigryw, Athrawes",
    ):
        assert text in page
    edition = case.working
    assert edition is not None
    hashes = [proof_hash(edition)]
    CreditedPerson.objects.all().delete()
    assert proof_hash(edition) == hashes[0]
    edition.hallmarks.filter(hallmark__number=1).update(how_cy="Arall")
    hashes.append(proof_hash(edition))
    TypedReference.objects.all().delete()
    hashes.append(proof_hash(edition))
    edition.schools = ""
    hashes.append(proof_hash(edition))
    assert len(set(hashes)) == 4


@pytest.mark.parametrize(
    ("key", "change"),
    [("how", {"how_cy-2": "www.example.org"}), ("people", {"role-1": "https://spam.example"}),
     ("references", {"typed": "http://a.example http://b.example"})],
)  # fmt: skip
def test_links_where_no_link_belongs_have_the_story_held(school: School, key: str, change: dict[str, Any]) -> None:
    given = answers()
    given[key] |= change
    school.fill(given)
    school.send()
    assert confirm(school).status == "held"


@pytest.mark.parametrize("rows", [1, 3])
def test_no_page_asks_more_than_fifteen_queries_however_much_it_shows(school: School, rows: int) -> None:
    works = [WorkFactory.create(title=f"Bryn {number}") for number in range(rows)]
    HallmarkFactory.create(number=4, edition__works=works)
    given = of_a_cluster()
    given["hallmarks"] = {"hallmarks": [str(number) for number in range(1, rows + 1)]}
    given["people"] = {
        name: value
        for number in range(1, rows + 1)
        for name, value in {f"name-{number}": "x", f"email-{number}": f"x{number}@ysgol.example"}.items()
    }
    school.fill(given)
    for work in works:
        school.answer("references", {"add_work": work.key})
    counts = {}
    for path in [*(step(one.key) for one in STEPS), step("references") + "?q=bryn", address("start"), address("check")]:
        with CaptureQueriesContext(connection) as queries:
            assert school.client.get(path).status_code == 200
        counts[path] = len(queries)
    assert len(counts) == len(STEPS) + 3
    assert {path: count for path, count in counts.items() if count > 15} == {}
    assert (counts[step("references") + "?q=bryn"], counts[step("people")], counts[step("how")]) == (5, 3, 5)
