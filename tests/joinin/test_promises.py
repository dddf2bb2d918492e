"""What somebody gave their word for, and what they are told of it: about what they saw, and what happened."""

from typing import Any

import pytest

from casestudies.joinin.agreements import agreed_to
from casestudies.joinin.states import due, told
from casestudies.models import CaseStudy, CaseStudyEdition, EditionPicture, Headteacher
from casestudies.services import Words, actor_for, perform
from foundation.correspondence.models import Message
from foundation.people.models import User
from foundation.record.actors import CONTRIBUTOR, Actor, Role
from tests.factories import CaseStudyFactory, EditionPictureFactory, PermissionFactory, PictureFactory, overdue
from tests.joinin.school import School, address, answers, opened, step

pytestmark = pytest.mark.django_db
WHY = Words(en="Because.")
AGREED = {**answers()["permissions"], "pictures": "on"}


def add_picture(school: School, *, shows: str = "yes") -> str:
    """Another picture, with what is asked about it. Its token."""
    edition, _made = CaseStudyEdition.objects.get_or_create(content=school.case, stage="working")
    row = EditionPictureFactory.create(edition=edition)
    token = str(row.picture.token)
    there = [str(one.picture.token) for one in EditionPicture.objects.select_related("picture")]
    said = {f"alt_{one}-{token}": "Llun" for token in there for one in ("cy", "en")}
    school.answer(
        "pictures", {**said, **{f"people-{one}": "yes" for one in there if one != token}, f"people-{token}": shows}
    )
    return token


def permitted(school: School) -> list[str]:
    standing = school.case.permissions.filter(kind="pictures").standing()
    return sorted(standing.values_list("picture__token", flat=True))


@pytest.fixture
def promised(school: School) -> tuple[School, str]:
    """A story that could be sent, with one picture that shows people, and the school's word about it."""
    school.fill()
    token = add_picture(school)
    school.answer("permissions", {**AGREED, "with_people": token})
    return school, token


def test_the_word_about_pictures_is_about_those_that_were_there(promised: tuple[School, str]) -> None:
    school, first = promised
    assert school.case.draft.is_complete
    second = add_picture(school)
    assert not school.case.draft.is_complete
    page = school.client.get(step("permissions")).content.decode()
    assert f'name="with_people" value="{first} {second}"' in page
    assert 'name="pictures" id="id_pictures" checked' not in " ".join(page.split())
    school.send()
    assert (school.case.status, permitted(school)) == ("draft", [])
    school.answer("permissions", {**AGREED, "with_people": f"{first} {second}"})
    school.send()
    assert (school.case.status, permitted(school)) == ("awaiting_confirmation", sorted([first, second]))


def test_a_page_that_was_open_while_another_picture_came_does_not_speak_for_it(promised: tuple[School, str]) -> None:
    school, first = promised
    add_picture(school)
    answer = school.answer("permissions", {**AGREED, "with_people": first})
    assert (answer.status_code, school.case.draft.is_complete) == (200, False)


def test_an_agreement_is_kept_for_the_pictures_that_it_names() -> None:
    first, second = PictureFactory.create_batch(2)
    typed = {"agreed": {"pictures": {"language": "en", "version": "1", "pictures": [first.token]}}}
    found = agreed_to(CaseStudyFactory.create(), typed, [first, second])
    assert [(kind, picture) for kind, picture, _given in found] == [("pictures", first)]


def test_a_picture_without_people_or_one_less_asks_nothing_anew(promised: tuple[School, str]) -> None:
    school, first = promised
    add_picture(school, shows="no")
    assert school.case.draft.is_complete
    school.send()
    assert permitted(school) == [first]


def test_the_questions_before_sending_are_about_the_pictures_without_a_word(promised: tuple[School, str]) -> None:
    school, _first = promised
    assert school.get("personal").context["answers"] == []
    second = add_picture(school)
    assert [one.question.place.field for one in school.get("personal").context["answers"]] == [f"picture-{second}"]


# --- explanations ---------------------------------------------------------------------------------------------------------


def test_what_was_explained_waits_for_its_words_to_come_back(school: School) -> None:
    school.fill()
    named = {f"activity_{one}": "Ring us on 01970 555 123." for one in ("cy", "en")}
    school.answer("activity", named)
    boxes = [one.box for one in school.get("personal").context["answers"]]
    school.answer("activity", {f"activity_{one}": "We read." for one in ("cy", "en")})
    school.post("personal", dict.fromkeys(boxes, "It is the number of the school."))
    assert school.get("personal").context["answers"] == []
    school.post("personal", {})
    school.answer("activity", named)
    assert {one.typed for one in school.get("personal").context["answers"]} == {"It is the number of the school."}
    school.post(
        "personal", dict.fromkeys(boxes, "") | {f"seen-{box[8:]}": "It is the number of the school." for box in boxes}
    )
    assert school.case.draft.answers["_"]["explained"] == {}


# --- what is told ---------------------------------------------------------------------------------------------------------


def words_of(case: CaseStudy) -> tuple[str, str]:
    found = told(CaseStudy.objects.get(pk=case.pk))
    return str(found.title), str(found.text)


def test_a_story_that_the_headteacher_withdrew_says_so() -> None:
    case = CaseStudyFactory.create(status="published")
    perform("withdraw_permission", case_id=case.pk, actor=Actor(Role.HEADTEACHER))
    assert words_of(case)[0] == "The headteacher has withdrawn your story"
    other = CaseStudyFactory.create(status="published")
    perform("withdraw_permission", case_id=other.pk, actor=CONTRIBUTOR)
    assert words_of(other)[0] == "You have withdrawn your story"


def test_a_story_declined_without_a_message_promises_none(editor: User) -> None:
    case = CaseStudyFactory.create(status="held")
    perform("decline_quietly", case_id=case.pk, actor=actor_for(editor))
    assert words_of(case) == ("We will not publish this story", "Thank you for sending it.")


def test_a_text_that_nobody_agreed_to_is_not_called_agreed(editor: User) -> None:
    case = overdue(CaseStudyFactory.create(status="with_contributor", claimed_by=editor), days=29)
    perform("approve_without_contributor", case_id=case.pk, actor=actor_for(editor), reason=WHY)
    assert words_of(case)[1].startswith("We did not hear from you")
    case = CaseStudyFactory.create(status="with_contributor")
    client = opened(case)
    shown = client.get(address("proof")).context["hash"]
    client.post(address("proof"), {"version": case.version, "hash": shown, "agree": "1"})
    assert words_of(case)[1].startswith("The text is agreed.")


@pytest.mark.parametrize("status", ["submitted", "editing"])
def test_a_story_that_comes_back_is_with_the_editors_and_was_not_accepted_by_that(status: str, editor: User) -> None:
    case = come_back(CaseStudyFactory.create(status=status, claimed_by=editor if status == "editing" else None))
    assert (case.status, words_of(case)[0]) == ("editing", "Your story is with the editors again")
    perform("assign", case_id=case.pk, actor=actor_for(editor), to=editor)
    assert words_of(case)[0] == "Your story is with the editors again"


def test_the_promised_day_needs_no_word_of_the_log() -> None:
    assert due(CaseStudyFactory.create(status="submitted")) is not None
    assert due(CaseStudyFactory.create(status="declined")) is None


# --- what was held --------------------------------------------------------------------------------------------------------


def come_back(case: CaseStudy) -> CaseStudy:
    perform("withdraw", case_id=case.pk, actor=CONTRIBUTOR)
    for kind in ("headteacher", "licence", "privacy"):
        PermissionFactory.create(case_study=case, kind=kind)
    return perform("come_back", case_id=case.pk, actor=CONTRIBUTOR)


@pytest.mark.parametrize("after", ["", "another contributor"])
def test_what_was_withdrawn_while_it_was_held_is_held_again(after: str, editor: User) -> None:
    case = CaseStudyFactory.create(status="submitted")
    perform("set_aside", case_id=case.pk, actor=actor_for(editor), reason=WHY)
    perform("withdraw", case_id=case.pk, actor=CONTRIBUTOR)
    if after:
        given: dict[str, Any] = {"name": "New", "email": "new@example.org", "language": "en"}
        perform("change_contributor", case_id=case.pk, actor=actor_for(editor), reason=WHY, **given)
    Headteacher.objects.create(case_study=case, name="Huw", email="huw@ysgol.example")
    for kind in ("licence", "privacy"):
        PermissionFactory.create(case_study=case, kind=kind)
    assert perform("come_back", case_id=case.pk, actor=CONTRIBUTOR).status == "held"
    assert not Message.objects.filter(kind="headteacher-asked").exists()
    assert words_of(case)[0] == "Your story is with the editors"
    perform("let_in", case_id=case.pk, actor=actor_for(editor))
    assert Message.objects.filter(kind="headteacher-asked").count() == 1
    perform("withdraw", case_id=case.pk, actor=CONTRIBUTOR)
    for kind in ("licence", "privacy"):
        PermissionFactory.create(case_study=case, kind=kind)
    assert perform("come_back", case_id=case.pk, actor=CONTRIBUTOR).status == "editing"


def test_the_headteacher_is_not_asked_for_twice() -> None:
    case = CaseStudyFactory.create(status="withdrawn")
    Headteacher.objects.create(case_study=case, name="Huw Tegid", email="huw@ysgol.example")
    page = opened(case).get(address("come_back")).content.decode()
    assert ('value="Huw Tegid"' in page, 'value="huw@ysgol.example"' in page) == (True, True)
