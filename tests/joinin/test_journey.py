"""A school tells its story: the whole way through the form, in each language, without scripts."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.joinin.agreements import agreement_texts
from casestudies.joinin.steps import STEPS
from casestudies.models import AccessLink, CaseStudy, Contributor, CreditedPerson, Draft, Permission, Snapshot
from foundation.correspondence.models import Message
from foundation.files.models import Picture
from foundation.publishing.prose import text_from_prose
from foundation.record.models import Event
from tests.factories import png
from tests.joinin.school import School, address, answers, confirm, link_in, step, words_for

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def picture(name: str = "llun.png") -> Any:
    file = png()
    file.name = name
    return file


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("writing", ["cy", "en", "both"])
def test_the_whole_journey(school: School, language: str, writing: str) -> None:
    school.language = language
    case = school.walk(answers(writing, language))
    assert case.draft.problems == []
    assert case.draft.is_complete
    response = school.send()
    assert (response.status_code, response["Location"]) == (302, address("sent", language))
    page = school.client.get(response["Location"]).content.decode()
    assert case.reference in page
    assert school.case.status == "awaiting_confirmation"
    case = confirm(school)
    assert case.status == "submitted"
    edition = case.working
    assert edition is not None
    for one in ("cy", "en"):
        expected = f"Darllen / Reading ({one})" if writing in (one, "both") else ""
        assert (getattr(edition, f"title_{one}") or "") == expected
        expected = f"Un: impact ({one})\n\nDau: impact" if writing in (one, "both") else ""
        assert text_from_prose(getattr(edition, f"impact_{one}") or "") == expected
    assert (edition.setting_name_cy, edition.setting_name_en) == ("Ysgol Cwm Enghraifft",) * 2
    assert (edition.kind, edition.phase, edition.medium, edition.authority) == ("school", "primary", "welsh", "gwynedd")
    assert list(edition.hallmarks.values_list("hallmark__number", "position")) == [(1, 0), (2, 1)]
    assert [event.code for event in Event.objects.about(case.uuid)] == ["start", "send", "confirm"]
    assert {message.language for message in Message.objects.filter(about=case.uuid)} == {language}


def test_what_is_kept_of_the_person_and_of_the_agreements(sent: School) -> None:
    case = sent.case
    person = Contributor.objects.get()
    assert (person.name, person.role, person.email, person.language) == (
        "Nia Prysor-Unigryw", "Pennaeth", "nia@ysgol.example", "en",
    )  # fmt: skip
    kept = set(
        Permission.objects.values_list(
            "case_study", "kind", "picture", "text_version", "text_language", "text", "person"
        )
    )
    texts = agreement_texts()
    expected: set[object] = {
        (case.pk, kind, None, texts[kind].version, "en", texts[kind].en, who)
        for kind, who in [
            ("headteacher", "Nia Prysor-Unigryw"),
            ("licence", "Nia Prysor-Unigryw"),
            ("privacy", "Nia Prysor-Unigryw"),
        ]
    }
    assert kept == expected


def test_the_snapshot_is_the_story_and_never_the_contributor(sent: School) -> None:
    snapshot = Snapshot.objects.get()
    assert snapshot.story["title_cy"] == "Darllen / Reading (cy)"
    assert snapshot.story["hallmarks"] == [1, 2]
    stored = str(snapshot.story)
    assert [word for word in ("Unigryw", "Tegid", "ysgol.example", "Pennaeth") if word in stored] == []


def test_a_picture_with_people_brings_its_own_agreement(school: School) -> None:
    given = answers("cy", "cy")
    school.language = "cy"
    school.walk(given)
    school.answer("pictures", {"picture": picture(), "add": "1"})
    school.answer("pictures", {"picture": picture(), "add": "1"})
    first, second = school.case.working.pictures.all()  # type: ignore[union-attr]
    response = school.answer(
        "pictures",
        {
            f"alt_cy-{first.picture.token}": "Dwy athrawes",
            f"people-{first.picture.token}": "yes",
            f"alt_cy-{second.picture.token}": "Silff",
            f"people-{second.picture.token}": "no",
        },
    )
    assert response["Location"] == step("documents", "cy")
    assert not school.case.draft.is_complete
    school.answer("permissions", {**given["permissions"], "pictures": "on"})
    school.send()
    assert list(Permission.objects.filter(kind="pictures").values_list("picture", "text", "text_language")) == [
        (first.picture.pk, agreement_texts()["pictures"].cy, "cy")
    ]
    rows = school.case.working.pictures.values_list("alt_cy", "shows_people")  # type: ignore[union-attr]
    assert list(rows) == [("Dwy athrawes", True), ("Silff", False)]


def test_a_refresh_sends_nothing_again(sent: School) -> None:
    for _ in range(2):
        assert sent.get("sent").status_code == 200
        assert sent.send()["Location"] == address("sent")
    assert Snapshot.objects.count() == 1
    assert Message.objects.filter(kind="confirm-address").count() == 1
    assert Event.objects.filter(code="send").count() == 1


def test_change_comes_straight_back_and_back_goes_back(school: School) -> None:
    school.fill()
    page = school.get("check").content.decode()
    asked = [one for one in STEPS if one.key != "schools"]
    for one in asked:
        assert f'href="{step(one.key)}?change=1"' in page
    assert step("schools") not in page
    response = school.answer("title", words_for(["cy", "en"])["title"] | {"title_en": "Changed"}, "?change=1")
    assert response["Location"] == address("check")
    assert "Changed" in school.get("check").content.decode()
    for before, after in pairwise(asked):
        assert f'href="{step(before.key)}"' in school.client.get(step(after.key)).content.decode()


def test_what_was_not_answered_is_said_and_nothing_goes(school: School) -> None:
    school.start()
    school.answer("language", {"language": "cy"})
    page = school.get("check").content.decode()
    assert "Not provided" in page
    response = school.send()
    assert response.status_code == 200
    assert "<title>Error: " in response.content.decode()
    assert school.case.status == "draft"


def test_the_task_list_at_every_return(school: School) -> None:
    school.start()
    school.answer("language", {"language": "en"})
    school.answer("you", {"name": "Nia", "later": "1"})
    page = school.get("start").content.decode()
    assert page.count(">Done</span>") == 1
    assert page.count(">Begun</span>") == 1
    assert page.count(">Optional</span>") == 6
    assert page.count(">To do</span>") == 9


def test_an_address_gets_one_link_and_it_opens_the_draft_elsewhere(school: School) -> None:
    school.fill()
    school.answer("you", answers()["you"])
    message = Message.objects.get(kind="draft-link")
    elsewhere = Client()
    path = link_in(message)
    assert elsewhere.get(path).status_code == 200
    assert elsewhere.get(address("check")).status_code == 302
    assert elsewhere.post(path)["Location"] == address("start")
    assert elsewhere.get(address("check")).status_code == 200


def test_a_followed_link_counts_as_confirmation(school: School) -> None:
    school.fill()
    school.client.post(link_in(Message.objects.get(kind="draft-link")))
    school.send()
    case = school.case
    assert (case.status, case.contributor.address_confirmed_at is not None) == ("submitted", True)
    assert case.submitted_at is not None
    assert case.submitted_at <= timezone.now()


def test_another_address_is_not_confirmed_and_the_old_link_opens_nothing(school: School) -> None:
    school.fill()
    path = link_in(Message.objects.get(kind="draft-link"))
    school.client.post(path)
    school.answer("you", {**answers()["you"], "email": "arall@ysgol.example"})
    assert school.case.contributor.address_confirmed_at is None
    assert Client().post(path).status_code == 404
    assert list(Message.objects.filter(kind="draft-link", state="queued").values_list("recipient", flat=True)) == [
        "arall@ysgol.example"
    ]


def test_discarding_removes_everything(school: School, django_capture_on_commit_callbacks: Any) -> None:
    school.fill()
    school.answer("pictures", {"picture": picture(), "add": "1"})
    CreditedPerson.objects.create(case_study=school.case, name="Elin Unigryw", email="elin@ysgol.example")
    one = Picture.objects.get()
    files = [Path(one.full.path), Path(one.small.path)]
    assert [file.exists() for file in files] == [True, True]
    assert school.get("discard").status_code == 200
    assert CaseStudy.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert school.post("discard").status_code == 200
    kept = (CaseStudy, Contributor, CreditedPerson, Picture, Message, AccessLink, Draft)
    assert [model.__name__ for model in kept if model.objects.exists()] == []  # type: ignore[attr-defined]
    assert [file.exists() for file in files] == [False, False]
    assert school.get("check")["Location"] == address("start")


def test_a_reader_gets_no_cookie_until_a_draft_starts(school: School) -> None:
    school.get("start")
    assert "sessionid" not in school.client.cookies
    school.start()
    assert "sessionid" in school.client.cookies


@pytest.mark.parametrize(
    ("writing", "first", "how"), [("cy", "cy", set()), ("en", "en", set()), ("both", "", {"contributor"})]
)
def test_the_language_it_was_written_in_is_kept_and_who_wrote_both_says_that_they_match(
    school: School, writing: str, first: str, how: set[str]
) -> None:
    case = school.walk(answers(writing=writing))
    school.send()
    edition = case.editions.get()
    assert edition.first_language == first
    assert set(edition.agreements.values_list("how", flat=True)) == how


@pytest.mark.parametrize("writing", ["cy", "both"])
def test_the_shorter_way_of_these_tests_leaves_the_same_draft(school: School, writing: str) -> None:
    by_hand = school.walk(answers(writing)).draft
    filled = School().fill(answers(writing)).draft
    for draft in (by_hand, filled):
        draft.answers.pop("_", None)  # which page was saved when
    assert (filled.answers, filled.problems, filled.is_complete) == (by_hand.answers, [], True)
    assert (by_hand.problems, by_hand.is_complete) == ([], True)
