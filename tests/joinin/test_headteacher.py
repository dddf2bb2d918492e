"""The headteacher's agreement, where somebody else sends the story: asked by mail, given by link, and withdrawn by it."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casestudies.clock import tend
from casestudies.headteachers import ask
from casestudies.joinin.agreements import agreement_texts
from casestudies.joinin.letters import answer_requests, ask_for_links
from casestudies.models import AccessLink, CaseStudy, Headteacher, Permission
from casestudies.services import MoveRefused, Words, perform
from foundation.bilingual.languages import speaking
from foundation.correspondence.models import Message
from foundation.people.models import User
from foundation.record.actors import CLOCK, CONTRIBUTOR, Actor, Role
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, EditionPictureFactory
from tests.joinin.school import School, address, answers, confirm, link_in, opened, step
from tests.joinin.test_status import again
from tests.joinin.test_withdraw_picture import code_at

pytestmark = [pytest.mark.django_db, pytest.mark.page]

HUW = {"is_headteacher": "no", "headteacher_name": "Huw Tegid", "headteacher_email": "huw@ysgol.example"}


def asked_story(status: str = "in_review", **given: Any) -> CaseStudy:
    """A story whose headteacher has had the link and not answered."""
    case = CaseStudyFactory.create(status=status, **given)
    case.permissions.filter(kind="headteacher").delete()
    now = timezone.now()
    Headteacher.objects.create(case_study=case, name="Huw Tegid", email="huw@ysgol.example", asked_at=now)
    return again(case)


def link_of(case: CaseStudy, language: str = "en") -> str:
    return address("headteacher", language, token=AccessLink.mint(case, "headteacher", "huw@ysgol.example"))


def page_of(path: str) -> Any:
    return Client().get(path)


def agree(path: str) -> Any:
    """Press the button as the page shows it."""
    client = Client()
    return client.post(path, {"hash": client.get(path).context["hash"], "agree": "1"}, follow=True)


def codes(case: CaseStudy) -> list[str]:
    return list(Event.objects.about(case.uuid).values_list("code", flat=True))


def kinds(case: CaseStudy) -> list[tuple[str, str, str]]:
    return list(
        Message.objects.filter(about=case.uuid).order_by("created_at").values_list("kind", "recipient", "language")
    )


class TestAsking:
    def test_the_form_asks_whom_to_ask_and_keeps_what_was_typed(self, school: School) -> None:
        school.fill({key: given for key, given in answers().items() if key != "permissions"})
        page = school.answer("permissions", {"is_headteacher": "no", "licence": "on", "privacy": "on"}).content.decode()
        assert "Enter the name of the headteacher" in page
        assert "Enter the email address of the headteacher" in page
        assert "Agree as the headteacher" not in page
        page = school.answer("permissions", {**HUW, "headteacher_email": "huw@"}).content.decode()
        assert ("in the right form" in page, 'value="huw@"' in page) == (True, True)
        assert not school.case.draft.is_complete
        school.answer("permissions", {**HUW, "licence": "on", "privacy": "on"})
        assert school.case.draft.is_complete
        check = school.get("check").content.decode()
        assert ("Huw Tegid" in check, "huw@ysgol.example" in check) == (True, True)

    def test_a_headteacher_who_writes_ticks_and_nobody_is_asked(self, school: School) -> None:
        given = answers()["permissions"]
        school.fill({**answers(), "permissions": {**given, "headteacher": ""}})
        assert not school.case.draft.is_complete
        school.answer("permissions", given)
        school.send()
        confirm(school)
        assert not Headteacher.objects.exists()
        permission = Permission.objects.get(kind="headteacher")
        text = agreement_texts()["headteacher"]
        assert (permission.person, permission.text) == ("Nia Prysor-Unigryw", text.en)

    def test_the_tick_of_one_who_is_not_the_headteacher_counts_for_nothing(self, school: School) -> None:
        school.fill({**answers(), "permissions": {**answers()["permissions"], **HUW}})
        school.send()
        case = confirm(school)
        assert case.status == "submitted"
        assert not case.permissions.filter(kind="headteacher").exists()

    def test_they_are_asked_once_the_address_is_confirmed_and_not_before(self, school: School) -> None:
        school.fill({**answers(), "permissions": {**HUW, "licence": "on", "privacy": "on"}})
        school.send()
        assert Message.objects.filter(kind="headteacher-asked").count() == 0
        case = confirm(school)
        assert ("headteacher-asked", "huw@ysgol.example", "both") in kinds(case)
        assert codes(case)[-1] in {"confirm", "headteacher-asked"}
        message = Message.objects.get(kind="headteacher-asked")
        assert page_of(link_in(message)).status_code == 200
        assert "Nia Prysor-Unigryw" in message.body

    def test_of_what_looks_like_junk_nobody_is_told_until_it_is_let_in(self, school: School, editor: User) -> None:
        school.fill({**answers(), "permissions": {**HUW, "licence": "on", "privacy": "on"}})
        school.send()
        CaseStudy.objects.update(created_at=timezone.now())
        case = school.case
        case.draft.answers["_"] = {"trapped": True}
        case.draft.save()
        assert confirm(school).status == "held"
        held = school.get("status").content.decode()
        assert Message.objects.filter(kind="headteacher-asked").count() == 0
        school.client.post(address("ask_headteacher"), HUW)
        assert Message.objects.filter(kind="headteacher-asked").count() == 0
        perform("let_in", case_id=case.pk, actor=Actor(Role.EDITOR, editor))
        assert Message.objects.filter(kind="headteacher-asked").count() == 1
        waiting = school.get("status").content.decode()
        assert held.split("agreement</h2>")[1].split("<h2")[0] == waiting.split("agreement</h2>")[1].split("<h2")[0]

    def test_the_clock_reminds_twice_and_no_more(self) -> None:
        case = asked_story()
        for days, expected in ((6, 0), (8, 1), (8, 1), (15, 2), (60, 2)):
            tend(timezone.now() + timedelta(days=days))
            assert Message.objects.filter(kind="headteacher-reminder").count() == expected
        assert codes(case).count("headteacher-reminded") == 2

    def test_nobody_is_reminded_who_has_answered(self) -> None:
        for answer in ("agreed_at", "refused_at"):
            Headteacher.objects.filter(case_study=asked_story()).update(**{answer: timezone.now()})
        asked_story("withdrawn")
        tend(timezone.now() + timedelta(days=30))
        assert Message.objects.filter(kind="headteacher-reminder").count() == 0


class TestThePage:
    @pytest.mark.parametrize("language", ["cy", "en"])
    def test_it_shows_the_story_and_the_exact_text_and_changes_nothing(self, language: str) -> None:
        case = asked_story()
        path = link_of(case, language)
        for _time in range(2):
            response = page_of(path)
            text = response.content.decode()
            assert response.status_code == 200
            assert agreement_texts()["headteacher"].in_language(language) in text
            assert "The staff wanted to read more." in text
            assert "Roedd y staff am ddarllen mwy." in text
        assert Client().head(path).status_code == 200
        other = "en" if language == "cy" else "cy"
        assert link_of(case, other).rpartition("/link")[0] in text
        assert response["Cache-Control"] == "private, no-cache"
        assert not case.permissions.filter(kind="headteacher").exists()
        assert AccessLink.objects.exclude(used_at=None).count() == 0

    def test_the_pictures_of_the_story_show_to_who_has_the_link(self) -> None:
        case = asked_story()
        row = EditionPictureFactory.create(edition=case.working)
        text = page_of(link_of(case)).content.decode()
        sources = re.findall(r'src="(/files/[^"]+)"', text)
        assert [code_at(source) for source in set(sources)] == [200]
        strangers = link_of(asked_story()).rstrip("/").rpartition("/")[2]
        for query in ("", "?link=x", f"?link={strangers}"):
            assert code_at(row.picture.small_address + query) == 404

    def test_it_costs_the_same_with_more_to_show(self, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        case = asked_story()
        path = link_of(case)
        for _picture in range(3):
            EditionPictureFactory.create(edition=case.working)
            with django_assert_max_num_queries(15):
                page_of(path)

    @pytest.mark.parametrize("state", ["expired", "revoked", "contributors", "other", "corrected", "unknown"])
    @pytest.mark.parametrize("language", ["cy", "en"])
    def test_a_link_that_does_not_work_has_its_page(self, state: str, language: str) -> None:
        case = asked_story()
        path = link_of(case, language)
        if state == "expired":
            AccessLink.objects.update(expires_at=timezone.now())
        elif state == "revoked":
            AccessLink.objects.update(revoked_at=timezone.now())
        elif state == "corrected":
            Headteacher.objects.update(email="arall@ysgol.example")
        elif state in ("contributors", "other"):
            AccessLink.objects.update(purpose="open" if state == "contributors" else "confirm")
        else:
            path = address("headteacher", language, token="x" * 43)
        for response in (Client().get(path), Client().post(path, {"agree": "1", "hash": "x"})):
            assert f'<html lang="{language}">' in response.content.decode()
            assert "Roedd y staff" not in response.content.decode()
        assert Client().get(path).status_code == (410 if state == "expired" else 404)
        assert not case.permissions.filter(kind="headteacher").exists()
        sent = Message.objects.filter(kind="headteacher-asked", recipient="huw@ysgol.example").count()
        assert sent == (1 if state == "expired" else 0)

    def test_their_link_does_not_open_the_contributors_pages(self) -> None:
        case = asked_story()
        token = link_of(case).rstrip("/").rpartition("/")[2]
        assert Client().post(address("link", token=token)).status_code == 404
        assert Client().get(address("credit", token=token)).status_code == 404

    def test_asking_for_links_by_address_finds_theirs(self) -> None:
        asked_story()
        ask_for_links("HUW@ysgol.example")
        answer_requests(timezone.now())
        assert Message.objects.filter(kind="headteacher-asked", recipient="huw@ysgol.example").count() == 1


class TestAnswering:
    @pytest.mark.parametrize("language", ["cy", "en"])
    def test_agreeing_is_kept_with_text_version_language_time_and_person(self, language: str) -> None:
        case = asked_story("approved")
        before = timezone.now()
        page = agree(link_of(case, language)).content.decode()
        permission = case.permissions.get(kind="headteacher")
        text = agreement_texts()["headteacher"]
        assert (permission.text, permission.text_version, permission.text_language, permission.person) == (
            text.in_language(language), text.version, language, "Huw Tegid",
        )  # fmt: skip
        assert permission.given_at >= before
        assert text.in_language(language) in page
        assert kinds(case) == [("headteacher-agreed", "huw@ysgol.example", language)]
        assert Event.objects.about(case.uuid).get(code="headteacher-agreed").role == "headteacher"
        agree_again = Client().post(link_of(case), {"agree": "1", "hash": "x"})
        assert agree_again.status_code == 302
        assert (case.permissions.filter(kind="headteacher").count(), len(kinds(case))) == (1, 1)

    def test_publishing_waits_for_it(self, editor: User) -> None:
        case = asked_story("approved")
        boss = Actor(Role.EDITOR, editor)
        with pytest.raises(MoveRefused) as refusal:
            perform("publish", case_id=case.pk, actor=boss)
        assert [found.code for found in refusal.value.obstacles] == ["headteacher"]
        agree(link_of(case))
        assert perform("publish", case_id=case.pk, actor=boss).status == "published"

    def test_what_editors_wrote_needs_none(self, editor: User) -> None:
        case = CaseStudyFactory.create(status="approved", origin="editors")
        assert perform("publish", case_id=case.pk, actor=Actor(Role.EDITOR, editor)).status == "published"

    def test_a_story_that_has_changed_is_shown_again_first(self) -> None:
        case = asked_story()
        path = link_of(case)
        stale = page_of(path).context["hash"]
        type(case.working).objects.update(impact_en="<p>Another thing.</p>")  # type: ignore[union-attr]
        response = Client().post(path, {"agree": "1", "hash": stale})
        assert (response.status_code, "Another thing." in response.content.decode()) == (409, True)
        assert not case.permissions.filter(kind="headteacher").exists()

    def test_a_no_is_told_to_the_contributor_and_to_the_editor(self) -> None:
        case = asked_story(contributor__language="cy")
        page = Client().post(link_of(case), {"refuse": "1"}, follow=True).content.decode()
        assert "If you have changed your mind" in page
        editor_of = case.claimed_by
        assert kinds(case) == [
            ("headteacher-refused", case.contributor.email, "cy"),
            ("editor-headteacher-refused", editor_of.email, "en"),  # type: ignore[union-attr]
        ]
        assert codes(case) == ["headteacher-refused"]
        status = opened(case).get(address("status")).content.decode()
        assert "Huw Tegid said on" in status
        agree(link_of(case))
        assert case.permissions.filter(kind="headteacher", withdrawn_at=None).count() == 1
        assert "Huw Tegid agreed on" in opened(case).get(address("status")).content.decode()

    def test_a_yes_can_become_a_no_before_publication(self, editor: User) -> None:
        case = asked_story("approved")
        path = link_of(case)
        agree(path)
        Client().post(path, {"refuse": "1"})
        assert not case.permissions.filter(kind="headteacher", withdrawn_at=None).exists()
        with pytest.raises(MoveRefused):
            perform("publish", case_id=case.pk, actor=Actor(Role.EDITOR, editor))

    @pytest.mark.parametrize("status", ["held", "declined", "withdrawn"])
    def test_where_nothing_is_asked_nothing_is_kept(self, status: str) -> None:
        case = asked_story(status)
        path = link_of(case)
        response = page_of(path)
        assert (response.status_code, "Roedd y staff" in response.content.decode()) == (200, False)
        for button in ("agree", "refuse", "withdraw", "picture"):
            assert Client().post(path, {button: "1", "hash": "x"}).status_code in (302, 409)
        assert (codes(case), again(case).status) == ([], status)


class TestWithdrawing:
    def published(self, editor: User) -> CaseStudy:
        case = asked_story("approved")
        agree(link_of(case))
        return perform("publish", case_id=case.pk, actor=Actor(Role.EDITOR, editor))

    def test_the_whole_story_at_once(self, editor: User, client: Client) -> None:
        case = self.published(editor)
        with speaking("en"):
            public = case.get_absolute_url()
        assert client.get(public).status_code == 200
        receipt = link_in(Message.objects.get(kind="headteacher-agreed"))
        page = Client().post(receipt, {"withdraw": "1"}, follow=True).content.decode()
        assert "This story has been withdrawn" in page or "wedi’i thynnu" in page
        assert client.get(public).status_code == 410
        assert again(case).status == "withdrawn"
        assert not case.permissions.filter(withdrawn_at=None).exists()
        assert Event.objects.about(case.uuid).get(code="withdraw_permission").role == "headteacher"
        assert {kind for kind, _to, _language in kinds(case)} >= {"withdrawn-by-headteacher", "editor-story-withdrawn"}

    def test_before_they_press_the_page_says_what_it_does_not_undo(self, editor: User) -> None:
        case = self.published(editor)
        assert "Copies that others have made already are not affected" in page_of(link_of(case)).content.decode()
        assert again(case).status == "published"

    def test_one_picture(self, editor: User) -> None:
        case = self.published(editor)
        row = EditionPictureFactory.create(edition=again(case).live)
        page = page_of(link_of(case)).content.decode()
        assert f'value="{row.picture.token}"' in page
        Client().post(link_of(case), {"picture": row.picture.token})
        assert code_at(row.picture.small_address) == 404
        assert Event.objects.about(case.uuid).get(code="picture-withdrawn").role == "headteacher"
        assert again(case).status == "published"

    def test_a_story_that_comes_back_asks_them_anew(self) -> None:
        case = asked_story("published")
        Headteacher.objects.update(agreed_at=timezone.now())
        perform("withdraw_permission", case_id=case.pk, actor=CONTRIBUTOR)
        data = {"version": again(case).version, **HUW, "licence": "on", "privacy": "on"}
        assert opened(case).post(address("come_back"), data)["Location"] == address("status")
        assert again(case).status == "editing"
        assert ("headteacher-asked", "huw@ysgol.example", "both") in kinds(case)
        assert not case.permissions.filter(kind="headteacher", withdrawn_at=None).exists()


class TestTheContributor:
    def test_asks_again_and_corrects_the_address(self) -> None:
        case = asked_story()
        old = link_of(case)
        client = opened(case)
        assert address("ask_headteacher") in client.get(address("status")).content.decode()
        page = client.post(address("ask_headteacher"), {**HUW, "headteacher_email": "siw"}).content.decode()
        assert ('value="siw"' in page, "<title>Error: " in page) == (True, True)
        sent = {"headteacher_name": "Siw Evans", "headteacher_email": "siw@ysgol.example"}
        assert client.post(address("ask_headteacher"), sent)["Location"] == address("status")
        assert page_of(old).status_code == 404
        assert kinds(case) == [("headteacher-asked", "siw@ysgol.example", "both")]
        assert case.headteacher.__class__.objects.get().name == "Siw Evans"
        client.post(address("ask_headteacher"), sent)
        assert len(kinds(case)) == 2

    def test_what_they_correct_stays_when_the_story_is_sent_again(self, school: School, editor: User) -> None:
        school.fill({**answers(), "permissions": {**HUW, "licence": "on", "privacy": "on"}})
        school.send()
        case = confirm(school)
        school.client.post(
            address("ask_headteacher"), {"headteacher_name": "Siw", "headteacher_email": "siw@ysgol.example"}
        )
        boss = Actor(Role.EDITOR, editor)
        perform("claim", case_id=case.pk, actor=boss)
        perform("request_changes", case_id=case.pk, actor=boss, reason=Words(en="More, please.", cy="Mwy."))
        assert 'value="siw@ysgol.example"' in school.client.get(step("permissions")).content.decode()
        school.send()
        assert (Headteacher.objects.get().email, school.case.status) == ("siw@ysgol.example", "submitted")

    def test_cannot_when_it_is_settled_or_there_is_nobody_to_ask(self) -> None:
        case = asked_story()
        Headteacher.objects.update(agreed_at=timezone.now())
        client = opened(case)
        assert client.get(address("ask_headteacher"))["Location"] == address("status")
        client.post(address("ask_headteacher"), {**HUW, "headteacher_email": "lleidr@ysgol.example"})
        assert Headteacher.objects.get().email == "huw@ysgol.example"
        Headteacher.objects.all().delete()
        assert client.get(address("ask_headteacher"))["Location"] == address("status")
        assert Client().get(address("ask_headteacher"))["Location"] == address("ask")

    def test_a_new_contributor_leaves_the_headteachers_link_alone(self, editor: User) -> None:
        case = asked_story()
        path = link_of(case)
        given: dict[str, Any] = {"name": "Olwen", "email": "olwen@ysgol.example", "language": "cy"}
        boss = Actor(Role.EDITOR, editor)
        perform("change_contributor", case_id=case.pk, actor=boss, reason=Words(en="Moved."), **given)
        assert page_of(path).status_code == 200


class TestTheDesk:
    def test_shows_who_has_not_answered_and_sends_the_link_again(self, editor: User, client_of: Any) -> None:
        case = asked_story()
        client = client_of(editor)
        workbench = reverse("admin:casestudies_casestudy_change", args=[case.pk])
        page = client.get(workbench).content.decode()
        assert [word in page for word in ("huw@ysgol.example", "has not answered", "send-link:headteacher")] == [
            True
        ] * 3
        data = {"_do": "send-link:headteacher", "seen_case": case.version}
        assert client.post(workbench, data).status_code == 302
        assert [kind for kind, _to, _language in kinds(case)] == ["headteacher-asked"]
        agree(link_of(case, "cy"))
        page = client.get(workbench).content.decode()
        assert ("send-link:headteacher" in page, agreement_texts()["headteacher"].cy in page) == (False, True)
        assert client.post(workbench, data).status_code == 200
        assert [kind for kind, _to, _language in kinds(case)] == ["headteacher-asked", "headteacher-agreed"]

    def test_nobody_is_asked_about_a_story_that_is_gone(self) -> None:
        case = asked_story("declined")
        assert not ask(case, actor=CLOCK)


class TestThePrivacyPage:
    BASES = {
        "legitimate-interests": ("legitimate interests", "buddiannau dilys"),
        "contract": ("The basis is contract", "Y sail yw contract"),
        "consent": ("The basis is consent", "Y sail yw cydsyniad"),
    }
    NAMED = {
        "headteacher": ("The headteacher’s agreement.", "Cytundeb y pennaeth."),
        "licence": ("The licence.", "Y drwydded."),
        "pictures": ("Pictures with people.", "Lluniau o bobl."),
        "privacy": ("Your contact details.", "Eich manylion cyswllt."),
    }

    def test_each_agreement_has_its_own_basis_and_consent_is_said_where_it_is_that(self) -> None:
        with Path(settings.BASE_DIR, "content", "pages", "privacy.toml").open("rb") as file:
            page = tomllib.load(file)
        for place, language in enumerate(("en", "cy")):
            items = re.findall(r"<li><strong>.*?</li>", page[language]["body"])
            said_to_be_consent = [item for item in items if re.search("consent|cydsyniad", item)]
            assert len(said_to_be_consent) == 1
            for kind, text in agreement_texts().items():
                item = next(one for one in items if self.NAMED[kind][place] in one)
                assert self.BASES[text.basis][place] in item
                assert (item in said_to_be_consent) == (text.basis == "consent")
