"""Letting a colleague go on with a draft: what they see and do, and how it ends."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.joinin import access, colleagues, limits
from casestudies.joinin.access import SESSION_KEY
from casestudies.models import AccessLink, CaseStudy, Contributor, Draft
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.people.limits import Limit
from tests.factories import CaseStudyFactory, png
from tests.joinin.school import School, address, answers, link_in, step
from tests.joinin.tab import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.page]
THEIRS = "elin@arall.example"


@pytest.fixture
def known(school: School) -> School:
    """A draft whose contributor has followed the link in the first message, and has written a little."""
    given = answers()
    CaseStudyFactory.create(
        status="draft",
        contributor__name=given["you"]["name"],
        contributor__email=given["you"]["email"],
        contributor__address_confirmed_at=timezone.now(),
        draft__answers={key: given[key] for key in ("language", "you", "setting", "writing", "about")},
    )
    token = AccessLink.mint(school.case, "open", given["you"]["email"])
    school.client.post(address("link", token=token))
    return school


def invite(school: School, email: str = THEIRS, name: str = "Elin") -> Any:
    return school.client.post(address("colleague", school.language), {"name": name, "email": email}, follow=True)


def path_for(email: str = THEIRS) -> str:
    body = render(Message.objects.filter(kind="hand-over", recipient=email).latest("created_at")).text
    found = re.search(r"https?://[^/\s]+(/en/\S+)", body)
    assert found
    return found[1]


def let_in(school: School, email: str = THEIRS) -> Client:
    """A colleague's browser that has followed the link."""
    invite(school, email)
    client = Client()
    client.post(path_for(email))
    return client


class TestLettingIn:
    @pytest.mark.parametrize("language", ["cy", "en"])
    def test_the_message_goes_in_both_languages_with_a_link_and_no_secret(self, known: School, language: str) -> None:
        known.language = language
        page = invite(known).content.decode()
        assert THEIRS in page
        message = Message.objects.get(kind="hand-over")
        assert (message.recipient, message.languages) == (THEIRS, ("cy", "en"))
        body = render(message).text
        assert body.count("/link/") + body.count("/dolen/") == 2
        assert ("Nia Prysor-Unigryw" in body, "Elin" in body) == (True, True)
        assert [word for word in ("nia@ysgol.example", "Cwm Enghraifft") if word in body] == []

    def test_looking_opens_nothing_and_the_button_does(self, known: School) -> None:
        invite(known)
        client, path = Client(), path_for()
        page = client.get(path).content.decode()
        assert ("Open a colleague’s story" in page, SESSION_KEY in client.session) == (True, False)
        assert client.post(path)["Location"] == address("start")
        assert client.session[SESSION_KEY].keys() == {"uuid", "link"}
        assert AccessLink.objects.filter(email=THEIRS, used_at__isnull=False).count() == 1

    def test_before_the_own_address_is_known_nobody_is_let_in(self, school: School) -> None:
        school.start()
        assert "First give your own name and address" in school.get("colleague").content.decode()
        invite(school)
        school.answer("you", answers()["you"])
        assert "First follow the link that we sent to nia@ysgol.example" in school.get("colleague").content.decode()
        invite(school)
        assert Message.objects.filter(kind="hand-over").count() == 0

    def test_a_wrong_address_is_named_and_kept(self, known: School) -> None:
        page = invite(known, "elin at ysgol").content.decode()
        assert ("<title>Error: " in page, 'value="elin at ysgol"' in page) == (True, True)
        assert Message.objects.filter(kind="hand-over").count() == 0

    def test_limits(self, known: School, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(6):
            page = invite(known, f"un{number}@arall.example").content.decode()
        assert "At most 5 people can have a link at one time" in page
        assert len(colleagues.colleagues(known.case)) == 5
        known.client.post(address("colleague"), {"revoke": "un0@arall.example"})
        monkeypatch.setattr(limits, "HAND_OVER", Limit("hand-over-in-a-test", 0, 3600))
        assert invite(known, "arall@arall.example").status_code == 429

    def test_one_address_gets_few_messages_a_day(self, known: School) -> None:
        for _time in range(limits.MAIL_TO.most + 2):
            page = invite(known).content.decode()
        assert "Try again tomorrow" in page
        assert Message.objects.filter(kind="hand-over").count() == limits.MAIL_TO.most

    def test_a_machine_lets_nobody_in(self, known: School) -> None:
        known.client.post(address("colleague"), {"email": THEIRS, "website": "https://spam.example"})
        assert Message.objects.filter(kind="hand-over").count() == 0


class TestWhatAColleagueDoes:
    def test_they_read_and_write_the_story_with_its_pictures(self, known: School) -> None:
        client = let_in(known)
        tasks = client.get(address("start")).content.decode()
        assert known.case.reference in tasks
        tab = Tab(client, "about")
        assert tab.data["about_cy"] == [answers()["about"]["about_cy"]]
        tab.type(about_cy="Gan Elin")
        assert tab.autosave().json()["state"] == "saved"
        tab.save()
        file = png()
        file.name = "llun.png"
        client.post(step("pictures"), {"picture": file, "add": "1"})
        picture = known.case.editions.get().pictures.get().picture
        shown = client.get(picture.small_address)
        assert (shown.status_code, shown.getvalue()[:4]) == (200, b"\x89PNG")
        assert Client().get(picture.small_address).status_code in (403, 404)
        assert Draft.objects.get().answers["about"]["about_cy"] == "Gan Elin"

    def test_both_at_once_are_two_people(self, known: School) -> None:
        client = let_in(known)
        mine, theirs = Tab(known.client, "context"), Tab(client, "context")
        mine.type(context_cy="Nia", context_en="Nia")
        mine.save()
        theirs.type(context_cy="Elin")
        theirs.save()
        assert 'id="both"' in theirs.page
        assert 'id="both"' in Tab(known.client, "context").page

    @pytest.mark.parametrize("key", access.OWN_PAGES)
    def test_the_pages_of_the_person_are_not_theirs(self, known: School, key: str) -> None:
        client = let_in(known)
        before = Draft.objects.get().answers
        assert client.get(step(key))["Location"] == address("start")
        given = {"name": "Elin", "email": THEIRS, "licence": "on", "language": "cy"}
        assert client.post(step(key), given).status_code == 409
        assert client.post(step(key), {**given, "typing": "1"}).json()["state"] == "closed"
        assert Draft.objects.get().answers == before
        assert Contributor.objects.get().email == "nia@ysgol.example"
        tasks = client.get(address("start")).content.decode()
        assert [one for one in access.OWN_PAGES if f'href="{step(one)}"' in tasks] == []

    @pytest.mark.parametrize(
        "name",
        ["discard", "colleague", "status", "proof", "withdraw", "come_back", "correct_address", "sent", "revise"],
    )
    def test_what_is_the_persons_is_closed(self, known: School, name: str) -> None:
        client = let_in(known)
        for response in (
            client.get(address(name)),
            client.post(address(name), {"version": known.case.version, "revoke": THEIRS, "email": "x@y.example"}),
        ):
            assert response.status_code in (302, 405, 409)
            assert response.get("Location", address("ask")) in (address("start"), address("ask"))
        assert known.case.status == "draft"
        assert len(colleagues.colleagues(known.case)) == 1

    def test_they_read_all_answers_and_cannot_send(self, school: School) -> None:
        school.fill()
        school.client.post(link_in(Message.objects.get(kind="draft-link")))
        client = let_in(school)
        page = client.get(address("check")).content.decode()
        assert ("The story is sent by Nia Prysor-Unigryw" in page, "Send the story" in page) == (True, False)
        client.post(address("check"), {"version": school.case.version})
        assert school.case.status == "draft"
        school.send()
        assert school.case.status == "submitted"
        assert client.get(address("start")).content.decode().count(school.case.reference) == 0
        assert client.get(address("check"))["Location"] == address("start")

    def test_they_never_become_the_contributor(self, known: School) -> None:
        client = let_in(known)
        for key in ("setting", "about"):
            client.post(step(key), answers()[key])
        assert client.session[SESSION_KEY].keys() == {"uuid", "link"}


class TestTakingItBack:
    def test_it_ends_at_once_in_the_open_browser_too(self, known: School) -> None:
        client = let_in(known)
        path = path_for()
        tab = Tab(client, "about")
        known.client.post(address("colleague"), {"revoke": THEIRS})
        assert colleagues.colleagues(known.case) == []
        for again in (client, Client()):
            assert again.get(step("about"))["Location"] == address("start")
            assert again.post(path).status_code == 404
        tab.type(about_cy="Wedi’r diwedd")
        assert tab.autosave().json()["state"] == "closed"
        assert known.case.draft.answers["about"] == answers()["about"]

    @pytest.mark.parametrize("why", ["taken back", "sent"])
    def test_what_they_still_typed_is_shown_to_be_copied_and_begins_no_story_of_theirs(
        self, known: School, why: str
    ) -> None:
        client = let_in(known)
        tab = Tab(client, "about")
        if why == "sent":
            CaseStudy.objects.update(status="submitted", submitted_at=timezone.now())
        else:
            known.client.post(address("colleague"), {"revoke": THEIRS})
        tab.type(about_cy="Fy ngeiriau i")
        answer = tab.save()
        page = answer.content.decode()
        assert (answer.status_code, "Fy ngeiriau i" in page) == (409, True)
        assert "Not saved: the story has been sent, or your link was taken back." in page
        assert CaseStudy.objects.count() == 1
        assert Draft.objects.get().answers["about"] == answers()["about"]

    def test_a_message_not_sent_yet_opens_nothing(self, known: School) -> None:
        invite(known)
        message = Message.objects.get(kind="hand-over")
        known.client.post(address("colleague"), {"revoke": THEIRS})
        assert Message.objects.get(kind="hand-over").state == "cancelled"
        assert re.search("/(link|dolen)/", render(message).text) is None

    def test_one_is_taken_back_and_the_other_stays(self, known: School) -> None:
        first, second = let_in(known), let_in(known, "mair@arall.example")
        known.client.post(address("colleague"), {"revoke": THEIRS})
        assert [client.get(step("about")).status_code for client in (first, second)] == [302, 200]
        assert [one.email for one in colleagues.colleagues(known.case)] == ["mair@arall.example"]

    def test_it_expires(self, known: School) -> None:
        invite(known)
        path = path_for()
        AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
        assert Client().post(path).status_code == 404

    def test_discarding_leaves_nothing_of_the_colleague(self, known: School) -> None:
        client = let_in(known)
        known.post("discard")
        assert (AccessLink.objects.count(), Message.objects.count(), CaseStudy.objects.count()) == (0, 0, 0)
        assert client.get(step("about"))["Location"] == address("start")

    def test_the_list_shows_addresses_and_days_and_no_token(self, known: School) -> None:
        let_in(known)
        path = path_for()
        page = known.get("colleague").content.decode()
        assert ("first opened on" in page, path.rstrip("/").rsplit("/", 1)[1] in page) == (True, False)
        invite(known, "mair@arall.example")
        assert "not opened yet" in known.get("colleague").content.decode()
