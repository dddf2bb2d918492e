"""What a story draws on: found in the bibliography or typed freely, without scripts, in the contributor's order."""

import re
from typing import Any

import pytest
from django.test import Client

from casestudies.models import CaseStudyReference, Snapshot, TypedReference
from references.models import FormerKey, Work
from tests.factories import CaseStudyEditionFactory, CaseStudyFactory, HallmarkFactory, WorkFactory
from tests.joinin.school import School, answers, confirm, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def works(school: School) -> list[Work]:
    """Two that a published hallmark lists, and one that only a draft has."""
    shown = [WorkFactory.create(title=title) for title in ("Reading in the hills", "Dysgu yn y bryniau")]
    HallmarkFactory.create(number=4, edition__works=shown)
    hidden = WorkFactory.create(title="Hidden hills")
    CaseStudyReference.objects.create(edition=CaseStudyEditionFactory.create(), work=hidden)
    return [*shown, hidden]


def offered(page: str) -> list[str]:
    return re.findall(r'name="add_work" value="([^"]+)"', page)


def chosen(page: str) -> list[str]:
    return re.findall(r'name="works" value="([^"]+)"', page)


def follow(school: School, response: Any) -> str:
    return str(school.client.get(response["Location"]).content.decode())


def test_a_search_keeps_what_was_typed_and_finds_what_readers_may_see(school: School, works: list[Work]) -> None:
    school.start()
    response = school.answer("references", {"q": "READING hills", "search": "1", "typed": "Estyn (2017)"})
    assert response["Location"] == step("references") + "?q=READING+hills#found"
    page = follow(school, response)
    assert offered(page) == [works[0].key]
    assert "Estyn (2017)</textarea>" in page
    assert works[2].title not in follow(school, school.answer("references", {"q": "hills", "search": "1"}))


def test_who_types_a_search_and_saves_sees_what_it_finds_first(school: School, works: list[Work]) -> None:
    school.start()
    assert "#found" in school.answer("references", {"q": "hills"})["Location"]
    assert school.answer("references", {"q": "hills", "searched": "hills"})["Location"] == step("pictures")
    assert "Nothing was found for" in follow(school, school.answer("references", {"q": "<b>zzz", "search": "1"}))


def test_works_are_added_in_order_and_removed_and_hidden_ones_are_not_had(school: School, works: list[Work]) -> None:
    school.start()
    for work in (works[1], works[0], works[0], works[2]):
        response = school.answer("references", {"add_work": work.key, "searched": "hills"}, "?change=1")
    assert response["Location"] == step("references") + "?change=1&q=hills#chosen"
    assert chosen(follow(school, response)) == [works[1].key, works[0].key]
    page = follow(school, school.answer("references", {"remove_work": works[1].key}))
    assert chosen(page) == [works[0].key]
    stale = {"works": [work.key for work in works], "typed": ""}
    school.answer("references", stale)
    assert chosen(school.client.get(step("references")).content.decode()) == [works[0].key]


def test_a_page_that_comes_in_after_its_session_keeps_its_list(works: list[Work]) -> None:
    client = Client()
    client.post(step("references"), {"works": [works[1].key, works[2].key, "no-such"], "typed": "Estyn (2017)"})
    page = client.get(step("references")).content.decode()
    assert chosen(page) == [works[1].key]
    assert "Estyn (2017)</textarea>" in page


def sent_with(school: School, works: list[Work]) -> Any:
    school.fill()
    for work in (works[1], works[0]):
        school.answer("references", {"add_work": work.key, "typed": answers()["references"]["typed"]})
    school.send()
    return confirm(school)


def test_they_reach_the_edition_the_snapshot_and_the_form_again(school: School, works: list[Work]) -> None:
    case = sent_with(school, works)
    keys, typed = [works[1].key, works[0].key], ["Estyn (2017) Adroddiad enghreifftiol", "Rhywun (2020) Llyfr"]
    assert list(case.working.references.values_list("work__key", flat=True)) == keys
    assert list(case.working.typed_references.values_list("text", "position")) == [(typed[0], 2), (typed[1], 3)]
    story = Snapshot.objects.get().story
    assert (story["references"], story["typed_references"]) == (keys, typed)


def test_a_work_that_was_merged_is_the_one_that_stays(school: School, works: list[Work]) -> None:
    school.fill()
    FormerKey.objects.create(key="gone", work=works[0], csl={})
    draft = school.case.draft
    draft.answers["references"]["works"] = ["gone", works[1].key, works[0].key]
    draft.save()
    school.send()
    assert list(school.case.working.references.values_list("work", flat=True)) == [works[0].pk, works[1].pk]  # type: ignore[union-attr]


def test_a_typed_one_is_printed_as_it_was_typed(client: Client) -> None:
    case = CaseStudyFactory.create(status="published")
    TypedReference.objects.create(edition=case.live, text="Estyn <2017>")
    page = client.get(case.get_absolute_url()).content.decode()
    assert '<li class="reference">Estyn &lt;2017&gt;</li>' in page
