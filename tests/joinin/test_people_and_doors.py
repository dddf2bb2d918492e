"""Whose a story is: when its contributor changes, when the address does, and when two things happen at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.joinin import views, views_links, views_sending
from casestudies.joinin.access import SESSION_KEY, case_of, writer_of
from casestudies.joinin.following import good_link
from casestudies.models import AccessLink, CaseStudy, Contributor, Draft
from casestudies.services import Words, perform
from foundation.correspondence.models import Message
from foundation.people.models import User
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from tests.factories import CaseStudyFactory
from tests.joinin.school import School, address, answers, confirm, link_in, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]

NEW: dict[str, Any] = {
    "name": "Olwen Newydd-Unigryw",
    "role": "Dirprwy",
    "email": "olwen@ysgol.example",
    "language": "cy",
}


def browser_at(case: CaseStudy) -> Client:
    """A browser that has followed a link sent to the contributor of today."""
    client = Client()
    client.post(address("link", token=AccessLink.mint(case, "open", Contributor.objects.get(case_study=case).email)))
    return client


def hand_over(case: CaseStudy, editor: User) -> None:
    reason = Words(en="She has left.", cy="Mae hi wedi gadael.")
    perform("change_contributor", case_id=case.pk, actor=Actor(Role.EDITOR, editor), reason=reason, **NEW)


def ask_for_changes(case: CaseStudy, editor: User) -> None:
    boss = Actor(Role.EDITOR, editor)
    perform("claim", case_id=case.pk, actor=boss)
    perform("request_changes", case_id=case.pk, actor=boss, reason=Words(cy="Mwy?", en="More?"))


@pytest.fixture
def asked(sent: School, editor: User) -> School:
    ask_for_changes(confirm(sent), editor)
    return sent


class TestAnotherContributor:
    """An editor names another contributor: the one before is not written back, and has nothing open any more."""

    def test_sending_again_keeps_the_new_one(self, asked: School, editor: User) -> None:
        hand_over(asked.case, editor)
        client = browser_at(asked.case)
        assert client.post(address("revise"), {"version": asked.case.version})["Location"] == address("check")
        page = client.get(address("check")).content.decode()
        assert ("Olwen Newydd-Unigryw" in page, "Nia Prysor-Unigryw" in page) == (True, False)
        client.post(step("permissions"), answers()["permissions"])
        assert client.post(address("check"), {"version": asked.case.version})["Location"] == address("sent")
        assert asked.case.status == "submitted"
        person = Contributor.objects.get()
        assert {name: getattr(person, name) for name in NEW} == NEW
        assert person.address_confirmed_at is not None

    def test_what_the_one_before_agreed_to_is_not_put_in_the_new_ones_name(self, asked: School, editor: User) -> None:
        hand_over(asked.case, editor)
        client = browser_at(asked.case)
        client.post(address("revise"), {"version": asked.case.version})
        assert client.post(address("check"), {"version": asked.case.version}).status_code == 200
        assert asked.case.status == "changes_requested"
        given = asked.case.draft.answers["permissions"]
        assert (given["agreed"], "headteacher" in given, "licence" in given) == ({}, False, False)
        client.post(step("permissions"), answers()["permissions"])
        client.post(address("check"), {"version": asked.case.version})
        standing = asked.case.permissions.filter(withdrawn_at=None).values_list("kind", "person")
        assert set(standing) == {
            ("headteacher", "Olwen Newydd-Unigryw"),
            ("licence", "Olwen Newydd-Unigryw"),
            ("privacy", "Olwen Newydd-Unigryw"),
        }

    def test_a_draft_knows_the_new_one_once_they_come(self, school: School, editor: User) -> None:
        case = school.fill()
        hand_over(case, editor)
        browser_at(case)
        typed = school.case.draft.answers
        assert (typed["you"], typed["language"]) == (
            {name: NEW[name] for name in ("name", "role", "email")},
            {"language": "cy"},
        )

    @pytest.mark.parametrize("name", ["status", "check", "sent", "proof", "withdraw"])
    def test_the_browser_of_the_one_before_has_nothing_open(self, asked: School, editor: User, name: str) -> None:
        assert asked.get("status").status_code == 200
        hand_over(asked.case, editor)
        response = asked.get(name)
        assert response["Location"] in (address("ask"), address("start"))
        asked.post("withdraw")
        assert asked.case.status == "changes_requested"
        page = asked.get("ask").content.decode()
        assert [word for word in (NEW["email"], "Unigryw", asked.case.reference) if word in page] == []

    def test_what_the_one_before_types_does_not_reach_the_story(self, asked: School, editor: User) -> None:
        case = asked.case
        hand_over(case, editor)
        asked.answer("impact", {"impact_cy": "Hen", "impact_en": "Old"})
        assert Draft.objects.get(case_study=case).answers["impact"] == answers()["impact"]


class TestTheAddressOfThisBrowser:
    """Who changes the address here goes on here."""

    def test_changing_it_in_a_draft(self, school: School) -> None:
        case = school.fill()
        school.answer("you", {**answers()["you"], "email": "Arall@ysgol.example"})
        assert school.client.session[SESSION_KEY] == {"uuid": str(case.uuid), "email": "arall@ysgol.example"}
        assert school.get("check").status_code == 200
        assert CaseStudy.objects.count() == 1

    def test_changing_it_and_coming_back_later(self, school: School) -> None:
        """It is typed and kept, and written when the story is sent."""
        school.fill()
        school.answer("you", {**answers()["you"], "email": "arall@ysgol.example", "later": "1"})
        assert school.get("check").status_code == 200
        assert school.send()["Location"] == address("sent")
        assert Contributor.objects.get().email == "arall@ysgol.example"
        assert school.get("sent").status_code == 200

    def test_changing_it_with_the_page_on_the_language(self, school: School) -> None:
        school.fill()
        school.answer("you", {**answers()["you"], "email": "arall@ysgol.example", "later": "1"})
        school.answer("language", {"language": "cy"})
        assert Contributor.objects.get().email == "arall@ysgol.example"
        assert school.get("check").status_code == 200

    def test_correcting_it(self, sent: School) -> None:
        sent.post("correct_address", {"email": "iawn@ysgol.example"})
        assert "iawn@ysgol.example" in sent.get("status").content.decode()

    def test_a_browser_that_had_it_open_elsewhere_has_it_no_longer(self, school: School) -> None:
        case = school.fill()
        elsewhere = browser_at(case)
        assert elsewhere.get(address("check")).status_code == 200
        school.answer("you", {**answers()["you"], "email": "arall@ysgol.example"})
        assert elsewhere.get(address("check"))["Location"] == address("start")


@pytest.mark.parametrize("status", ["awaiting_confirmation", "in_review", "published"])
def test_a_link_to_an_address_that_is_not_the_contributors_opens_nothing(status: str) -> None:
    case = CaseStudyFactory.create(status=status)
    path = address("link", token=AccessLink.mint(case, "open", "rhywun@arall.example"))
    client = Client()
    for response in (client.get(path), client.post(path)):
        page = response.content.decode()
        assert (response.status_code, case.reference in page) == (404, False)
        assert "This link does not work any more" in page
    assert SESSION_KEY not in client.session
    assert AccessLink.objects.get().used_at is None
    assert CaseStudy.objects.get().status == status


def test_a_link_overtaken_by_a_change_of_address_while_it_is_followed(
    sent: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page was let through, and the address changed before the story was locked."""
    path = link_in(Message.objects.get(kind="confirm-address"))
    found = good_link(path.rstrip("/").rsplit("/", 1)[1])
    Contributor.objects.update(email="arall@ysgol.example")
    monkeypatch.setattr(views_links, "good_link", lambda token: found)
    client = Client()
    assert client.post(path).status_code == 404
    assert SESSION_KEY not in client.session
    assert sent.case.status == "awaiting_confirmation"


class TestWhoStarted:
    def test_a_member_of_staff_is_recorded_and_may_not_decide(self, editor: User, client: Client) -> None:
        client.force_login(editor)
        client.post(address("start"))
        case = CaseStudy.objects.get()
        assert (case.started_by, Event.objects.about(case.uuid).get(code="start").actor) == (editor, str(editor.key))

    def test_also_when_the_story_starts_with_a_page(self, editor: User, client: Client) -> None:
        client.force_login(editor)
        client.post(step("about"), {"about_en": "Typed"})
        assert CaseStudy.objects.get().started_by == editor

    def test_anybody_else_is_nobody(self, school: School) -> None:
        assert school.start().started_by is None


class TestTheSettledAddress:
    """Once the story is with the editors, the address stays the one that was confirmed."""

    def test_another_one_typed_is_left_out(self, asked: School) -> None:
        given = {**answers()["you"], "name": "Nia Newydd", "email": "dieithryn@arall.example"}
        assert asked.answer("you", given, "?change=1")["Location"] == address("check")
        assert asked.send()["Location"] == address("sent")
        person = Contributor.objects.get()
        assert (person.name, person.email) == ("Nia Newydd", "nia@ysgol.example")
        assert person.address_confirmed_at is not None
        assert not Message.objects.filter(recipient="dieithryn@arall.example").exists()
        assert asked.case.status == "submitted"

    def test_one_that_was_typed_before_is_left_out_as_well(self, asked: School) -> None:
        draft = asked.case.draft
        draft.answers["you"]["email"] = "dieithryn@arall.example"
        draft.save()
        assert "dieithryn" not in asked.get("check").content.decode()
        asked.send()
        assert Contributor.objects.get().email == "nia@ysgol.example"

    @pytest.mark.parametrize("language", ["cy", "en"])
    def test_the_page_shows_it_and_says_whom_to_ask(self, asked: School, language: str, settings: Any) -> None:
        settings.CONTACT_EMAIL = "desg@arwain.example"
        asked.language = language
        asked.answer("you", {"name": "", "role": "", "email": "x"}, "?change=1")
        page = asked.client.get(step("you", language)).content.decode()
        hint = page[page.index('id="id_email_helptext"') :].split("</p>")[0]
        assert "desg@arwain.example" in hint
        box = page[page.index('<input type="email"') :].split(">")[0]
        assert ('value="nia@ysgol.example"' in box, " readonly" in box) == (True, True)

    def test_in_a_draft_it_may_be_typed(self, school: School) -> None:
        school.fill()
        page = school.client.get(step("you")).content.decode()
        box = page[page.index('<input type="email"') :].split(">")[0]
        assert " readonly" not in box
        assert "To change the address we write to" not in page


class TestAtTheSameTime:
    """The story goes on in one tab while a page of it comes in from another."""

    @pytest.fixture
    def late(self, school: School, monkeypatch: pytest.MonkeyPatch) -> Any:
        """`late(act)`: the next request looks the story up, then `act` happens, then the request goes on."""

        looks = [
            (views, "writer_of", writer_of),
            (views_sending, "case_of", case_of),
            (views_sending, "writer_of", writer_of),
        ]

        def behind(act: Any) -> None:
            def looked_up(request: Any) -> CaseStudy | None:
                found = case_of(request)
                for module, name, before in looks:
                    monkeypatch.setattr(module, name, before)
                act()
                return found

            for module, name, _before in looks:
                monkeypatch.setattr(module, name, looked_up)

        return behind

    def test_a_page_that_comes_in_after_sending_is_not_saved_and_keeps_its_words(
        self, school: School, late: Any
    ) -> None:
        school.fill()
        late(school.send)
        response = school.answer("about", {"about_cy": "Hwyr a newydd", "about_en": "Late"})
        assert (response.status_code, "Hwyr a newydd" in response.content.decode()) == (409, True)
        assert school.case.draft.answers["about"] == answers()["about"]

    def test_an_address_that_comes_in_after_sending_changes_nothing(self, school: School, late: Any) -> None:
        school.fill()
        late(school.send)
        response = school.answer("you", {**answers()["you"], "email": "hwyr@ysgol.example"})
        assert response.status_code == 409
        assert Contributor.objects.get().email == "nia@ysgol.example"

    def test_no_draft_is_made_for_a_story_that_was_accepted(self, asked: School, editor: User, late: Any) -> None:
        def go_on() -> None:
            asked.send()
            perform("claim", case_id=asked.case.pk, actor=Actor(Role.EDITOR, editor))
            perform("accept", case_id=asked.case.pk, actor=Actor(Role.EDITOR, editor))

        late(go_on)
        response = asked.answer("about", {"about_cy": "Rhy hwyr", "about_en": ""})
        assert (response.status_code, "Rhy hwyr" in response.content.decode()) == (409, True)
        assert not Draft.objects.exists()

    def test_a_story_discarded_meanwhile_is_begun_again_with_what_was_typed(self, school: School, late: Any) -> None:
        school.start()
        late(lambda: perform("discard", case_id=school.case.pk, actor=Actor(Role.CONTRIBUTOR)))
        assert school.answer("about", {"about_cy": "Hanner", "writing": "cy"}).status_code == 302
        assert CaseStudy.objects.get().draft.answers["about"] == {"about_cy": "Hanner"}

    def test_a_machine_that_sends_twice_marks_nothing_after_sending(self, school: School, late: Any) -> None:
        school.fill()
        late(school.send)
        before = Draft.objects.get().touched_at
        response = school.post("check", {"website": "https://spam.example"})
        assert response["Location"] == address("sent")
        draft = Draft.objects.get()
        assert (draft.answers["_"].get("trapped"), draft.touched_at > before) == (None, True)

    def test_sending_twice_shows_that_it_was_sent(self, asked: School, editor: User, late: Any) -> None:
        def go_on() -> None:
            asked.send()
            perform("claim", case_id=asked.case.pk, actor=Actor(Role.EDITOR, editor))
            perform("accept", case_id=asked.case.pk, actor=Actor(Role.EDITOR, editor))

        late(go_on)
        assert asked.send()["Location"] == address("sent")
        assert not Draft.objects.exists()


@pytest.mark.parametrize("status", ["draft", "in_review", "changes_requested", "declined", "published"])
def test_looking_at_the_address_that_opens_the_form_leads_to_the_state(status: str) -> None:
    case = CaseStudyFactory.create(status=status)
    client = browser_at(case)
    events = Event.objects.count()
    for language in ("cy", "en"):
        assert client.get(address("revise", language))["Location"] == address("status", language)
    assert Client().get(address("revise"))["Location"] == address("ask")
    assert (CaseStudy.objects.get().status, Event.objects.count()) == (status, events)


class TestTheTimeTrap:
    """A story typed in no time is held, also where its address has to be confirmed first."""

    def wait(self) -> None:
        CaseStudy.objects.update(created_at=timezone.now() - timedelta(hours=1))

    def test_confirming_later_does_not_let_it_through(self, school: School, settings: Any) -> None:
        settings.JOIN_IN_LEAST_SECONDS = 60
        school.fill()
        school.send()
        assert school.case.status == "awaiting_confirmation"
        self.wait()
        assert confirm(school).status == "held"

    def test_nor_does_correcting_the_address(self, school: School, settings: Any) -> None:
        settings.JOIN_IN_LEAST_SECONDS = 60
        school.fill()
        school.send()
        self.wait()
        school.post("correct_address", {"email": "iawn@ysgol.example"})
        Client().post(link_in(Message.objects.get(kind="confirm-address", state="queued")))
        assert school.case.status == "held"

    def test_one_that_took_its_time_goes_on(self, school: School, settings: Any) -> None:
        settings.JOIN_IN_LEAST_SECONDS = 60
        school.fill()
        self.wait()
        school.send()
        assert confirm(school).status == "submitted"
