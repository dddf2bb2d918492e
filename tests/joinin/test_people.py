"""The people whom a story credits: named in order, kept in one place, never in the story that is kept."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.models import CreditedPerson, Draft, Snapshot
from tests.factories import CaseStudyFactory
from tests.joinin.school import School, answers, confirm, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]

TWO = {
    "name-1": "Gwen Enwog", "role-1": "Athrawes", "email-1": "gwen@ysgol.example",
    "name-2": "Huw Hefyd", "role-2": "", "email-2": "huw@ysgol.example", "contact-2": "on",
}  # fmt: skip


def people(page: str) -> list[str]:
    """The names on the page, in order."""
    return re.findall(r'name="name-\d+" value="([^"]*)"', page)


def shown(school: School) -> str:
    return str(school.client.get(step("people")).content.decode())


def test_adding_moving_and_removing_without_scripts(school: School) -> None:
    school.start()
    school.answer("people", {"name-1": "Gwen", "add": "1"})
    school.answer("people", {"name-1": "Gwen", "name-2": "Huw", "add": "1"})
    response = school.answer("people", {"name-1": "Gwen", "name-2": "Huw", "name-3": "Siân", "up": "3"})
    assert response["Location"] == step("people") + "#person-3"
    assert people(shown(school)) == ["Gwen", "Siân", "Huw"]
    school.answer("people", {"down": "1"})
    assert people(shown(school)) == ["Siân", "Gwen", "Huw"]
    school.answer("people", {"remove": "1"})
    assert people(shown(school)) == ["Siân", "Huw"]
    for odd in ({"up": "3"}, {"down": "9"}, {"remove": "x"}, {"up": ""}):
        school.answer("people", odd)
    assert people(shown(school)) == ["Siân", "Huw"]
    assert school.case.draft.problems == []


def test_the_sender_is_not_asked_again_who_they_are(school: School) -> None:
    school.start()
    assert "add_sender" not in shown(school)
    school.answer("you", answers()["you"])
    school.answer("people", {"add_sender": "1"})
    page = shown(school)
    assert people(page) == ["Nia Prysor-Unigryw"]
    assert 'value="nia@ysgol.example"' in page
    assert "add_sender" not in page


def test_at_most_ten(school: School) -> None:
    school.start()
    for _ in range(12):
        school.answer("people", {"add": "1"})
    page = shown(school)
    assert page.count('name="remove"') == 10
    assert 'name="add"' not in page


def test_nobody_is_a_right_answer_and_is_said_to_be_none(school: School) -> None:
    school.fill({**answers(), "people": {"name-1": " ", "role-1": "", "email-1": ""}})
    assert school.case.draft.is_complete
    part = re.search(r'id="answers-people".*?</section>', school.get("check").content.decode(), re.S)
    assert part
    assert "Not provided" in part[0]
    school.send()
    assert not CreditedPerson.objects.exists()


def test_they_are_kept_in_rows_of_their_own_and_nowhere_else(school: School) -> None:
    school.fill({**answers(), "people": TWO})
    school.send()
    case = confirm(school)
    rows = case.credits.values_list("name", "role", "email", "is_contact", "position")
    assert list(rows) == [
        ("Gwen Enwog", "Athrawes", "gwen@ysgol.example", False, 0), ("Huw Hefyd", "", "huw@ysgol.example", True, 1),
    ]  # fmt: skip
    kept = json.dumps([Draft.objects.get().answers, Snapshot.objects.get().story])
    assert [word for word in ("Enwog", "Hefyd", "gwen@", "huw@", '"people"') if word in kept] == []


def test_when_changes_are_asked_they_are_in_the_form_again_and_who_declined_stays_away(school: School) -> None:
    school.fill({**answers(), "people": TWO})
    school.send()
    case = confirm(school)
    case.credits.update(told_at=timezone.now())
    case.credits.filter(name="Gwen Enwog").update(declined_at=timezone.now())
    type(case).objects.filter(pk=case.pk).update(status="changes_requested", claimed_by=None)
    assert people(shown(school)) == ["Huw Hefyd"]
    typed = {"name-1": "Huw Hefyd", "role-1": "", "email-1": "HUW@ysgol.example", "contact-1": "on"}
    gwen = {"name-2": "Gwen Eto", "email-2": "gwen@ysgol.example"}
    school.answer("people", {**typed, **gwen, "name-3": "Siân", "email-3": "sian@ysgol.example"}, "?change=1")
    school.send()
    found = {person.name: (person.told_at is not None, person.declined_at is not None) for person in case.credits.all()}
    assert found == {"Huw Hefyd": (True, False), "Gwen Eto": (False, True), "Siân": (False, False)}


def test_readers_see_who_was_told_and_did_not_decline_and_only_the_addresses_of_contacts(client: Client) -> None:
    case = CaseStudyFactory.create(status="published")
    now = timezone.now() - timedelta(days=7)
    for number, (name, told, declined, contact) in enumerate([
        ("Ail", now, None, True), ("Heb-ei-dweud", None, None, True), ("Gwrthododd", now, now, True), ("Cyntaf", now, None, False),
    ]):  # fmt: skip
        CreditedPerson.objects.create(
            case_study=case, name=name, role="Swydd", email=f"{name.lower()}@ysgol.example", is_contact=contact,
            position=5 - number, told_at=told, declined_at=declined,
        )  # fmt: skip
    page = client.get(case.get_absolute_url()).content.decode()
    assert re.findall(r"<li>(\w+), Swydd", page) == ["Cyntaf", "Ail"]
    assert re.findall(r'href="mailto:(\w+)@ysgol', page) == ["ail"]
    assert [word for word in ("Heb-ei-dweud", "Gwrthododd", "cyntaf@") if word in page] == []
