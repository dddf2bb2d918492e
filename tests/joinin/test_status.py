"""A story that was sent: its state in plain words, the links that open it, and what its contributor may do."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casestudies.joinin.access import SESSION_KEY
from casestudies.joinin.letters import answer_requests
from casestudies.joinin.prose import text_from_answer
from casestudies.joinin.steps import STEPS
from casestudies.models import AccessLink, CaseStudy, CaseStudyEdition, Contributor
from casestudies.services import Words, perform, proof_hash
from casestudies.vocabulary import Status
from foundation.bilingual.languages import speaking
from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.correspondence.models import Message
from foundation.publishing.services import save_words
from foundation.record.actors import CONTRIBUTOR, Actor, Role
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, EditionPictureFactory, WorkFactory, overdue
from tests.joinin.school import School, address, answers, confirm, link_in, opened, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def again(case: CaseStudy) -> CaseStudy:
    return CaseStudy.objects.select_related("contributor").get(pk=case.pk)


SENT = [status for status in Status if status not in ("draft", "awaiting_confirmation", "removed")]


@pytest.mark.parametrize("status", SENT)
@pytest.mark.parametrize("language", ["cy", "en"])
def test_every_state_has_words_and_changes_nothing_when_looked_at(status: str, language: str) -> None:
    case = CaseStudyFactory.create(status=status)
    client = opened(case)
    events = Event.objects.count()
    for name in (
        "status",
        "sent",
        "proof",
        "withdraw",
        "come_back",
        "correct_address",
        "discard",
        "start",
        "check",
        "ask",
    ):
        response = client.get(address(name, language), follow=True)
        assert response.status_code == 200
        assert f'<html lang="{language}">' in response.content.decode()
    assert case.reference in client.get(address("status", language)).content.decode()
    assert (again(case).status, Event.objects.count()) == (status, events)


def test_a_held_story_reads_like_one_that_waits() -> None:
    pages = [
        opened(case)
        .get(address("status"))
        .content.decode()
        .replace(case.reference, "")
        .split("<h1>")[1]
        .split("<footer")[0]
        for case in (CaseStudyFactory.create(status=one) for one in ("held", "submitted"))
    ]
    assert pages[0] == pages[1]


class TestLinks:
    """GET shows, POST acts."""

    def test_looking_spends_nothing(self, sent: School) -> None:
        path = link_in(Message.objects.get(kind="confirm-address"))
        for _ in range(3):
            assert Client().get(path).status_code == 200
            assert Client().head(path).status_code == 200
        assert sent.case.status == "awaiting_confirmation"
        assert AccessLink.objects.exclude(used_at=None).count() == 0

    def test_following_twice_moves_once(self, sent: School) -> None:
        path = link_in(Message.objects.get(kind="confirm-address"))
        for _ in range(2):
            assert Client().post(path)["Location"] == address("status")
        assert Event.objects.filter(code="confirm").count() == 1

    @pytest.mark.parametrize(("field", "code"), [("expires_at", 410), ("revoked_at", 404)])
    def test_a_link_that_ran_out_or_was_revoked_opens_nothing(self, sent: School, field: str, code: int) -> None:
        path = link_in(Message.objects.get(kind="confirm-address"))
        AccessLink.objects.update(**{field: timezone.now() - timedelta(days=1)})
        client = Client()
        assert client.get(path).status_code == code
        client.post(path)
        assert SESSION_KEY not in client.session
        assert sent.case.status == "awaiting_confirmation"
        assert Message.objects.filter(kind="confirm-address").count() == (2 if field == "expires_at" else 1)

    def test_asking_gives_nothing_away(self, sent: School) -> None:
        client = Client()
        pages = [client.post(address("ask"), {"email": one}) for one in ("NIA@ysgol.example", "neb@ysgol.example")]
        seen = [page.content.decode().split("<main")[1] for page in pages]
        assert (seen[0], pages[0].status_code) == (seen[1], pages[1].status_code)
        answer_requests(timezone.now())
        assert Message.objects.filter(kind="confirm-address").count() == 2
        assert "Enter your email address" in client.post(address("ask"), {"email": ""}).content.decode()
        page = client.post(address("ask", "cy"), {"email": "hanner@", "switch": "cy"}).content.decode()
        assert 'value="hanner@"' in page
        assert "error-summary" not in page


class TestCorrectingTheAddress:
    def test_the_new_address_gets_the_link_and_the_old_one_opens_nothing(self, sent: School) -> None:
        old = link_in(Message.objects.get(kind="confirm-address"))
        assert sent.post("correct_address", {"email": "iawn@ysgol.example"})["Location"] == address("status")
        assert sent.case.status == "awaiting_confirmation"
        assert Client().get(old).status_code == 404
        message = Message.objects.get(kind="confirm-address", state="queued")
        assert message.recipient == "iawn@ysgol.example"
        Client().post(link_in(message))
        assert sent.case.status == "submitted"
        assert Contributor.objects.get().email == "iawn@ysgol.example"

    def test_a_wrong_one_is_kept_on_the_page(self, sent: School) -> None:
        page = sent.post("correct_address", {"email": "nia@"}).content.decode()
        assert 'value="nia@"' in page
        assert "<title>Error: " in page


class TestChanges:
    """An editor asks for changes; the contributor makes them and sends the story again."""

    @pytest.fixture
    def asked(self, sent: School, editor: Any) -> School:
        case = confirm(sent)
        boss = Actor(Role.EDITOR, editor)
        perform("claim", case_id=case.pk, actor=boss)
        perform(
            "request_changes", case_id=case.pk, actor=boss, reason=Words(cy="Mwy am yr effaith?", en="More on impact?")
        )
        return sent

    def test_the_note_is_shown_in_the_contributors_language(self, asked: School) -> None:
        for language in ("cy", "en"):
            page = asked.client.get(address("status", language)).content.decode()
            assert ("More on impact?" in page, "Mwy am yr effaith?" in page) == (True, False)

    def test_changing_and_sending_again(self, asked: School, editor: Any) -> None:
        assert asked.post("revise")["Location"] == address("check")
        asked.answer("impact", {"impact_cy": "Mwy.", "impact_en": "More."}, "?change=1")
        asked.send()
        case = asked.case
        assert (case.status, case.offered_to, case.snapshots.count()) == ("submitted", editor, 2)
        assert case.working.impact_en == "<p>More.</p>"  # type: ignore[union-attr]
        assert case.snapshots.last().story["impact_cy"] == "<p>Mwy.</p>"  # type: ignore[union-attr]
        assert case.permissions.count() == 3

    def test_what_an_editor_changed_meanwhile_is_taken_up_and_kept(self, asked: School, editor: Any) -> None:
        edition = CaseStudyEdition.objects.get()
        edition.context_en = "<h2>Ours</h2><p>Edited.</p>"
        save_words(edition=edition, version=edition.version, by=None)
        asked.post("revise")
        assert text_from_answer(asked.case.draft.answers["context"]["context_en"]) == "Ours\n\nEdited."
        asked.answer("impact", {"impact_cy": "Mwy.", "impact_en": "More."})
        asked.send()
        after = CaseStudyEdition.objects.get()
        assert (after.context_en, after.impact_en) == ("<h2>Ours</h2><p>Edited.</p>", "<p>More.</p>")

    def test_the_form_is_made_again_when_the_draft_is_gone(self, asked: School) -> None:
        asked.case.draft.delete()
        asked.post("revise")
        typed = asked.case.draft.answers
        assert typed["impact"] == {
            "impact_cy": "Un: impact (cy)\n\nDau: impact",
            "impact_en": "Un: impact (en)\n\nDau: impact",
        }
        assert typed["you"]["name"] == "Nia Prysor-Unigryw"
        assert typed["writing"] == {"writing": "both"}

    def test_taking_it_up_again_after_it_lapsed(self, asked: School) -> None:
        case = overdue(asked.case, 61)
        perform("lapse", case_id=case.pk, actor=Actor(Role.CLOCK))
        assert "Take up the story again" in asked.get("status").content.decode()
        assert asked.post("revise")["Location"] == address("check")
        assert asked.case.status == "changes_requested"


class TestProof:
    def test_agreeing_names_what_was_read(self) -> None:
        case = CaseStudyFactory.create(status="with_contributor")
        client = opened(case)
        page = client.get(address("proof"))
        text = page.content.decode()
        assert [one in text for one in ("The staff wanted to read more.", "Roedd y staff am ddarllen mwy.")] == [
            True,
            True,
        ]
        data = {"version": case.version, "hash": page.context["hash"], "agree": "1"}
        assert client.post(address("proof"), data)["Location"] == address("status")
        assert again(case).status == "approved"

    def test_a_page_gone_stale_is_refused_and_shows_the_new_text(self) -> None:
        case = CaseStudyFactory.create(status="with_contributor")
        client = opened(case)
        stale = client.get(address("proof")).context["hash"]
        case.working.__class__.objects.filter(content=case).update(impact_en="<p>Another thing.</p>")
        response = client.post(address("proof"), {"version": case.version, "hash": stale, "agree": "1"})
        text = response.content.decode()
        assert response.status_code == 409
        assert [one in text for one in ("Another thing.", "The text has changed")] == [True, True]
        assert again(case).status == "with_contributor"

    def test_asking_for_changes_keeps_the_reason(self) -> None:
        case = CaseStudyFactory.create(status="with_contributor")
        client = opened(case)
        data = {"version": case.version, "ask": "1", "reason": ""}
        assert "Say what you would like us to change" in client.post(address("proof"), data).content.decode()
        client.post(address("proof", "cy"), {**data, "reason": "Newidiwch <b>hyn</b>"})
        event = Event.objects.about(case.uuid).get(code="ask_for_changes")
        assert (again(case).status, event.note.text_cy, event.note.text_en) == ("editing", "Newidiwch <b>hyn</b>", "")

    def test_too_late_keeps_the_words_on_the_page(self) -> None:
        case = CaseStudyFactory.create(status="with_contributor")
        client = opened(case)
        perform("take_back", case_id=case.pk, actor=Actor(Role.EDITOR, case.claimed_by))
        response = client.post(address("proof"), {"version": case.version, "ask": "1", "reason": "Fy ngeiriau"})
        assert (response.status_code, "Fy ngeiriau" in response.content.decode()) == (409, True)

    def test_the_switch_carries_the_reason_over(self) -> None:
        client = opened(CaseStudyFactory.create(status="with_contributor"))
        page = client.post(address("proof", "cy"), {"reason": "hanner brawddeg", "switch": "cy"}).content.decode()
        assert ("hanner brawddeg" in page, '<html lang="cy">' in page) == (True, True)


class TestWithdrawing:
    @pytest.mark.parametrize("status", [one for one in SENT if one not in ("withdrawn", "declined")])
    def test_at_any_time_and_without_a_reason(self, status: str) -> None:
        case = CaseStudyFactory.create(status=status)
        client = opened(case)
        assert client.post(address("withdraw"), {"version": case.version})["Location"] == address("status")
        assert again(case).status == "withdrawn"
        assert not case.permissions.filter(withdrawn_at=None).exists()

    def test_coming_back_gives_every_permission_anew(self) -> None:
        case = CaseStudyFactory.create(status="published")
        EditionPictureFactory.create(edition=case.live, shows_people=True)
        client = opened(case)
        client.post(address("withdraw"), {"version": case.version})
        data = {"version": again(case).version, **answers()["permissions"]}
        assert "Confirm that the school has permission" in client.post(address("come_back"), data).content.decode()
        assert again(case).status == "withdrawn"
        assert client.post(address("come_back"), {**data, "pictures": "on"})["Location"] == address("status")
        assert again(case).status == "editing"
        standing = case.permissions.filter(withdrawn_at=None).values_list("kind", flat=True)
        assert sorted(standing) == ["headteacher", "licence", "pictures", "privacy"]

    def test_the_second_of_two_people_is_told(self) -> None:
        case = CaseStudyFactory.create(status="submitted")
        client = opened(case)
        response = client.post(address("withdraw"), {"version": case.version + 1})
        assert (response.status_code, "This has changed since you opened it" in response.content.decode()) == (
            409,
            True,
        )
        assert again(case).status == "submitted"


def test_after_publication_both_addresses_are_given() -> None:
    case = CaseStudyFactory.create(status="published")
    page = opened(case).get(address("status")).content.decode()
    for language in ("cy", "en"):
        with speaking(language):
            assert f'href="{case.get_absolute_url()}"' in page


@pytest.mark.parametrize("pictures", [1, 3])
def test_pages_take_few_queries(
    school: School, pictures: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = school.fill()
    edition = CaseStudyEdition.objects.get_or_create(content=case, stage="working")[0]
    for position in range(pictures):
        EditionPictureFactory.create(edition=edition, position=position)
    asked = [one.key for one in STEPS if one.key != "schools"]
    for path in [step(key) for key in asked] + [address("start"), address("check")]:
        with django_assert_max_num_queries(15):
            assert school.client.get(path).status_code == 200


@pytest.mark.parametrize("name", ["revise", "withdraw", "come_back", "correct_address"])
def test_what_a_draft_cannot_do_leads_back_to_it(school: School, name: str) -> None:
    case = school.start()
    response = school.client.post(address(name), {"version": case.version}, follow=True)
    assert (response.redirect_chain[-1][0], response.status_code) == (address("start"), 200)
    assert school.case.status == "draft"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_proof_is_the_public_page(editor: Any, language: str) -> None:
    """What stands in the main part of the public page stands in the proof, element for element, but for its ids."""
    case = CaseStudyFactory.create(
        status="with_contributor", claimed_by=editor, edition__context_en="<p>As Author (2019) says.</p>"
    )
    edition = case.working
    EditionPictureFactory.create(edition=edition)
    edition.references.create(work=WorkFactory.create(family="Author", year=2019))
    edition.typed_references.create(text="Rhywun (2020) Llyfr")
    case.credits.create(name="Gwen Enwog", email="gwen@ysgol.example", is_contact=True, told_at=timezone.now())
    proof = opened(case).get(address("proof", language)).content.decode()
    perform("agree", case_id=case.pk, actor=CONTRIBUTOR, proof_hash=proof_hash(edition))
    agree_all(obj=edition, how=How.SPEAKER)
    perform("publish", case_id=case.pk, actor=Actor(Role.EDITOR, editor))
    with speaking(language):
        public = Client().get(again(case).get_absolute_url()).content.decode()
    story = re.search(r'<article class="with-side__main">.*?</article>', public, re.DOTALL)
    assert story
    shown = re.sub(rf'(id="|labelledby="|href="#){language}-', r"\1", proof)
    downloads = r'<p class="downloads">.*?</p>|<span class="Z3988".*?</span>'
    assert _squeezed(re.sub(downloads, "", story[0], flags=re.DOTALL)) in _squeezed(shown)
    ids = re.findall(r' id="([^"]+)"', proof)
    assert len(ids) == len(set(ids))


def _squeezed(markup: str) -> str:
    return re.sub(r"\s+", " ", markup).replace("> <", "><")


@pytest.mark.parametrize(("status", "shown"), [("editing", False), ("with_contributor", True), ("published", True)])
def test_what_the_editors_changed_is_shown_once_it_is_the_contributors_to_read(status: str, shown: bool) -> None:
    case = CaseStudyFactory.create(status=status)
    client = opened(case)
    assert "What the editors have changed" not in client.get(address("status")).content.decode()
    CaseStudyEdition.objects.filter(content=case).update(impact_en="<p>Pupils &amp; staff read more.</p>")
    page = client.get(address("status")).content.decode()
    assert ("What the editors have changed: 1 text<" in page, "&amp; staff" in page) == (shown, shown)
    if shown:
        assert re.search(r'<ins><span[^>]* lang="en">put in: </span>&amp; staff ', page)


def test_the_workbench_and_the_proof_show_the_same_difference(editor: Any, client_of: Any) -> None:
    case = CaseStudyFactory.create(status="with_contributor", claimed_by=editor)
    CaseStudyEdition.objects.filter(content=case).update(impact_en="<p>Pupils write more.</p>")
    desk = client_of(editor).get(reverse("admin:casestudies_casestudy_change", args=[case.pk])).content.decode()
    proof = opened(case).get(address("proof")).content.decode()
    found = [re.search(r'<p class="difference__text".*?</p>', page, re.DOTALL) for page in (desk, proof)]
    assert all(found)
    assert len({_squeezed(match[0]) for match in found if match}) == 1
