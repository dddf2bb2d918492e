"""The people whom a story names: told before it is published, and able to decline then and at any time afterwards."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.credited import tell, tell_people
from casestudies.models import AccessLink, CaseStudy, CreditedPerson
from casestudies.models.people import DAYS_TO_DECLINE
from casestudies.services import MoveRefused, Words, perform, proof_hash
from foundation.bilingual.languages import speaking
from foundation.correspondence.models import Message, State
from foundation.people.models import User
from foundation.record.actors import CLOCK, CONTRIBUTOR, Actor, Role
from foundation.record.models import Event
from tests.factories import CaseStudyFactory
from tests.joinin.school import address, link_in
from tests.joinin.test_status import again

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def named(case: CaseStudy, name: str = "Gwen Enwog", **given: Any) -> CreditedPerson:
    email = f"{name.split()[0].lower()}@ysgol.example"
    return CreditedPerson.objects.create(case_study=case, **{"name": name, "role": "Athrawes", "email": email, **given})


def told(case: CaseStudy) -> list[str]:
    found = Message.objects.filter(about=case.uuid, kind="credit-told").order_by("created_at")
    return list(found.values_list("recipient", flat=True))


def link_of(person: CreditedPerson, language: str = "en") -> str:
    token = AccessLink.mint(person.case_study, "credit", person.email, person)
    return address("credit", language, token=token)


def public(case: CaseStudy) -> Any:
    with speaking("en"):
        return Client().get(again(case).get_absolute_url())


class TestTelling:
    def test_they_are_told_with_the_proof_each_once_in_both_languages(self, editor: User) -> None:
        case = CaseStudyFactory.create(status="editing", claimed_by=editor)
        gwen = named(case)
        named(case, "Huw Hefyd", declined_at=timezone.now())
        assert told(case) == []
        boss = Actor(Role.EDITOR, editor)
        perform("send_proof", case_id=case.pk, actor=boss)
        assert told(case) == ["gwen@ysgol.example"]
        message = Message.objects.get(kind="credit-told")
        assert (message.language, "Reading together" in message.body, "Darllen gyda" in message.body) == (
            "both",
            True,
            True,
        )
        gwen.refresh_from_db()
        assert gwen.told_at is not None
        siw = named(case, "Siw Newydd")
        case = again(case)
        perform("agree", case_id=case.pk, actor=CONTRIBUTOR, proof_hash=proof_hash(case.working))  # type: ignore[arg-type]
        assert told(case) == ["gwen@ysgol.example", siw.email]
        assert Event.objects.about(case.uuid).filter(code="credit-told").count() == 2

    def test_those_of_a_story_that_editors_wrote_when_it_is_approved(self, editor: User) -> None:
        case = CaseStudyFactory.create(status="editing", origin="editors")
        named(case)
        boss = Actor(Role.ADMINISTRATOR, User.objects.create_user(email="g@example.org", name="G"))
        perform("approve_without_contributor", case_id=case.pk, actor=boss, reason=Words(en="Ours."))
        assert told(case) == ["gwen@ysgol.example"]

    def test_nothing_is_published_while_somebody_does_not_know(self, editor: User) -> None:
        case = CaseStudyFactory.create(status="approved")
        gwen = named(case)
        boss = Actor(Role.EDITOR, editor)
        with pytest.raises(MoveRefused) as refusal:
            perform("publish", case_id=case.pk, actor=boss)
        assert [found.code for found in refusal.value.obstacles] == ["person-not-told"]
        tell_people(again(case), actor=CLOCK)
        Message.objects.filter(kind="credit-told").update(state=State.BOUNCED, sent_at=timezone.now())
        with pytest.raises(MoveRefused):
            perform("publish", case_id=case.pk, actor=boss)
        gwen.email = "gwen.newydd@ysgol.example"
        gwen.told_at = None
        gwen.save()
        tell_people(again(case), actor=CLOCK)
        with pytest.raises(MoveRefused) as refusal:
            perform("publish", case_id=case.pk, actor=boss)
        assert "has not gone yet" in str(refusal.value.obstacles[0].message)
        Message.objects.filter(recipient=gwen.email).update(state=State.SENT, sent_at=timezone.now())
        assert perform("publish", case_id=case.pk, actor=boss).status == "published"
        assert "Gwen Enwog" in public(case).content.decode()

    def test_who_declined_does_not_hold_it_up_and_is_not_named(self, editor: User) -> None:
        case = CaseStudyFactory.create(status="approved")
        named(case, declined_at=timezone.now())
        perform("publish", case_id=case.pk, actor=Actor(Role.EDITOR, editor))
        assert "Gwen Enwog" not in public(case).content.decode()


class TestThePage:
    @pytest.mark.parametrize("language", ["cy", "en"])
    def test_it_shows_how_they_are_named_and_changes_nothing(self, language: str) -> None:
        case = CaseStudyFactory.create(status="with_contributor")
        gwen = named(case, is_contact=True, told_at=timezone.now())
        for _time in range(2):
            response = Client().get(link_of(gwen, language))
            text = response.content.decode()
            assert (response.status_code, "Gwen Enwog, Athrawes" in text, gwen.email in text) == (200, True, True)
            assert f'<html lang="{language}">' in text
        assert "Reading together" not in Client().get("/en/case-studies/").content.decode()
        gwen.refresh_from_db()
        assert (gwen.declined_at, gwen.is_contact) == (None, True)

    def test_it_shows_nobody_elses_name_and_no_story(self) -> None:
        case = CaseStudyFactory.create(status="with_contributor", contributor__name="Cyfrannwr-Unigryw")
        named(case, "Huw Hefyd")
        text = Client().get(link_of(named(case))).content.decode()
        assert [word for word in ("Hefyd", "Cyfrannwr-Unigryw", "wanted to read") if word in text] == []

    @pytest.mark.parametrize("state", ["expired", "revoked", "corrected", "contributors"])
    def test_a_link_that_does_not_work_has_its_page(self, state: str) -> None:
        case = CaseStudyFactory.create(status="with_contributor")
        gwen = named(case, told_at=timezone.now())
        path = link_of(gwen)
        if state == "expired":
            AccessLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
        elif state == "revoked":
            AccessLink.objects.update(revoked_at=timezone.now())
        elif state == "corrected":
            CreditedPerson.objects.update(email="arall@ysgol.example")
        else:
            path = address("credit", token=AccessLink.mint(case, "open", case.contributor.email))
        assert Client().get(path).status_code == (410 if state == "expired" else 404)
        response = Client().post(path, {"decline": "1"})
        assert "Enwog" not in response.content.decode()
        gwen.refresh_from_db()
        assert gwen.declined_at is None
        assert told(case) == (["gwen@ysgol.example"] if state == "expired" else [])

    def test_the_link_in_the_message_is_theirs_and_goes_nowhere_else(self, editor: User) -> None:
        case = CaseStudyFactory.create(status="editing", claimed_by=editor)
        gwen = named(case)
        perform("send_proof", case_id=case.pk, actor=Actor(Role.EDITOR, editor))
        message = Message.objects.get(kind="credit-told")
        token = link_in(message).rstrip("/").rpartition("/")[2]
        assert Client().get(address("link", token=token)).status_code == 404
        assert Client().get(address("headteacher", token=token)).status_code == 404
        CreditedPerson.objects.filter(pk=gwen.pk).update(email="arall@ysgol.example")
        assert link_in(message) == address("start", "cy")


class TestNamedLater:
    """In a story that is published already: readers see a name only when its person has had days to decline."""

    def shown(self, case: CaseStudy, days: int) -> bool:
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            return "Gwen Enwog" in public(case).content.decode()

    def test_they_are_shown_after_some_days(self) -> None:
        case = CaseStudyFactory.create(status="published")
        gwen = named(case)
        assert tell_people(case, actor=CLOCK) == 1
        days = (0, DAYS_TO_DECLINE - 1, DAYS_TO_DECLINE)
        assert [self.shown(case, day) for day in days] == [False, False, True]
        Client().post(link_of(gwen), {"decline": "1"})
        assert not self.shown(case, DAYS_TO_DECLINE)

    @pytest.mark.parametrize("state", [State.FAILED, State.BOUNCED])
    def test_not_where_the_message_reached_nobody(self, state: State) -> None:
        case = CaseStudyFactory.create(status="published")
        named(case)
        tell_people(case, actor=CLOCK)
        sent_at = timezone.now() if state == State.BOUNCED else None
        Message.objects.update(state=state, sent_at=sent_at)
        assert not self.shown(case, DAYS_TO_DECLINE)
        tell(CreditedPerson.objects.get(), actor=CLOCK)
        assert self.shown(case, DAYS_TO_DECLINE)


class TestDeclining:
    def test_before_publication(self, editor: User) -> None:
        case = CaseStudyFactory.create(status="approved")
        gwen = named(case, told_at=timezone.now())
        page = Client().post(link_of(gwen), {"decline": "1"}, follow=True).content.decode()
        assert "You have declined" in page
        perform("publish", case_id=case.pk, actor=Actor(Role.EDITOR, editor))
        assert "Gwen Enwog" not in public(case).content.decode()

    def test_afterwards_the_page_is_without_them_at_once_and_caches_ask(self) -> None:
        case = CaseStudyFactory.create(status="published")
        gwen = named(case, is_contact=True, told_at=case.first_published_at)
        before = public(case)
        assert ("Gwen Enwog" in before.content.decode(), gwen.email in before.content.decode()) == (True, True)
        assert "must-revalidate" in before["Cache-Control"]
        Client().post(link_of(gwen), {"no_contact": "1"})
        assert ("Gwen Enwog" in public(case).content.decode(), gwen.email in public(case).content.decode()) == (
            True,
            False,
        )
        Client().post(link_of(gwen), {"decline": "1"})
        with speaking("en"):
            after = Client().get(again(case).get_absolute_url(), headers={"if-none-match": before["ETag"]})
        assert (after.status_code, "Gwen" in after.content.decode()) == (200, False)
        Client().post(link_of(gwen), {"decline": "1"})
        Client().post(link_of(gwen), {"accept": "1"})
        assert "Gwen Enwog" in public(case).content.decode()
        codes = Event.objects.about(case.uuid).values_list("code", flat=True)
        assert list(codes) == ["contact-declined", "credit-declined", "credit-accepted"]


class TestTheDesk:
    def sent(self, case: CaseStudy, person: CreditedPerson, **changed: Any) -> dict[str, Any]:
        given = {
            "id": person.pk,
            "case_study": case.pk,
            "position": 0,
            "name": person.name,
            "email": person.email,
            **changed,
        }
        total = {"credits-TOTAL_FORMS": 1, "credits-INITIAL_FORMS": 1, "_save": "1"}
        return total | {f"credits-0-{name}": value for name, value in given.items()}

    def test_another_address_is_told_anew_and_the_old_link_opens_nothing(self, editor: User, client_of: Any) -> None:
        case = CaseStudyFactory.create(status="published")
        gwen = named(case, told_at=timezone.now(), declined_at=timezone.now())
        old = link_of(gwen)
        workbench = reverse("admin:casestudies_casestudy_change", args=[case.pk])
        sent = self.sent(case, gwen, email="newydd@ysgol.example")
        addresses = {"slug_cy": case.slug_cy, "slug_en": case.slug_en}
        assert client_of(editor).post(workbench, sent | addresses).status_code == 302
        assert told(case) == ["newydd@ysgol.example"]
        assert Client().get(old).status_code == 404

    def test_while_it_is_edited_nobody_is_told_yet(self, editor: User, client_of: Any) -> None:
        case = CaseStudyFactory.create(status="editing", claimed_by=editor)
        gwen = named(case)
        workbench = reverse("admin:casestudies_casestudy_change", args=[case.pk])
        assert client_of(editor).post(workbench, self.sent(case, gwen, name="Gwen Arall")).status_code == 302
        assert told(case) == []

    def test_the_link_can_be_sent_again_to_who_has_not_declined(self, editor: User, client_of: Any) -> None:
        case = CaseStudyFactory.create(status="with_contributor", claimed_by=editor)
        gwen, huw = named(case, told_at=timezone.now()), named(case, "Huw Hefyd", declined_at=timezone.now())
        client, workbench = client_of(editor), reverse("admin:casestudies_casestudy_change", args=[case.pk])
        page = client.get(workbench).content.decode()
        assert (f"send-link:{gwen.pk}" in page, f"send-link:{huw.pk}" in page, "has declined" in page) == (
            True,
            False,
            True,
        )
        for person, code in ((gwen, 302), (huw, 200)):
            data = {"_do": f"send-link:{person.pk}", "seen_case": case.version}
            assert client.post(workbench, data).status_code == code
        assert told(case) == [gwen.email]
        assert client.post(workbench, {"_do": "send-link:99999999"}).status_code == 404
