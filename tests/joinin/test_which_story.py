"""A browser has one story open. What its pages send is about the story that they show, and about no other."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from lxml.html import fromstring

from casestudies.joinin.access import SESSION_KEY
from casestudies.joinin.limits import ASK_QUICKLY
from casestudies.models import AccessLink, CaseStudy, Contributor, Headteacher, LinkRequest
from foundation.people.public_forms import LEAST_SECONDS
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, CommentFactory
from tests.joinin.school import School, address, answers, opened, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]
WORDS = "Geiriau-Unigryw@ysgol.example"
#: Page → the state that it is for, what its button sends, and the boxes that people write in.
PAGES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "check": ("draft", {}, ()),
    "discard": ("draft", {}, ()),
    "colleague": ("draft", {}, ("name", "email")),
    "personal": ("draft", {}, ("explain-abc",)),
    "word": ("draft", {"place": "1"}, ()),
    "correct_address": ("awaiting_confirmation", {}, ("email",)),
    "held": ("submitted", {}, ()),
    "erase": ("submitted", {}, ()),
    "withdraw": ("submitted", {}, ()),
    "withdraw_picture": ("submitted", {"picture": "x"}, ()),
    "ask_headteacher": ("submitted", {}, ("headteacher_name", "headteacher_email")),
    "status": ("editing", {"save": "all"}, ("answer-1",)),
    "revise": ("changes_requested", {}, ()),
    "proof": ("with_contributor", {"ask": "1"}, ("reason",)),
    "still_true": ("published", {"changed": "1"}, ("what",)),
    "come_back": ("withdrawn", {}, ("headteacher_name", "headteacher_email")),
}
WITH_WORDS = {name: row for name, row in PAGES.items() if row[2]}


def follow(client: Client, case: CaseStudy) -> None:
    """The same browser opens another story."""
    client.post(address("link", token=AccessLink.mint(case, "open", case.contributor.email)))


def state_of(case: CaseStudy) -> tuple[Any, ...]:
    """What a button could change."""
    stored = CaseStudy.objects.select_related("contributor").filter(pk=case.pk).first()
    assert stored is not None
    contributor = stored.contributor_or_none
    return (stored.status, stored.version, contributor and contributor.email, Event.objects.about(case.uuid).count())


@pytest.mark.parametrize("name", PAGES)
def test_a_button_does_nothing_to_another_story_than_that_of_its_page(name: str) -> None:
    status, pressed, boxes = PAGES[name]
    mine, other = CaseStudyFactory.create_batch(2, status=status)
    client = opened(mine)
    follow(client, other)
    before = state_of(mine), state_of(other)
    sent = {**pressed, **dict.fromkeys(boxes, WORDS), "story": mine.reference, "version": str(other.version)}
    answer = client.post(address(name), sent)
    shown = answer.content.decode()
    assert (answer.status_code, state_of(mine), state_of(other)) == (409, *before)
    assert f"about the story {mine.reference}. By now the story {other.reference} is open" in shown
    assert (WORDS in shown) is bool(boxes)


@pytest.mark.parametrize("name", PAGES)
def test_every_form_about_a_story_says_which(name: str) -> None:
    status, _pressed, _boxes = PAGES[name]
    case = CaseStudyFactory.create(status=status, edition=True)
    Headteacher.objects.create(case_study=case, name="Huw", email="huw@ysgol.example")
    CommentFactory.create(case_study=case, is_sent=True)
    Contributor.objects.update(address_confirmed_at=timezone.now())
    client = Client()
    session = client.session  # following a link would confirm the address
    session[SESSION_KEY] = {"uuid": str(case.uuid), "email": case.contributor.email}
    session.save()
    if status == "draft":
        client.post(step("writing"), {"writing": "en"})
        client.post(step("about"), {"about_en": "Siân, blwyddyn 3, yn darllen: 07700 900123."})
    shown = client.get(address(name))
    if name == "revise":  # it is a button, on the page of the story
        shown = client.get(address("status"))
    assert shown.status_code == 200
    forms = [form for form in fromstring(shown.content.decode()).forms if form.method == "POST"]
    told = [(form.fields.get("story"), form.fields.get("version")) for form in forms]
    assert told == [(case.reference, str(CaseStudy.objects.get(pk=case.pk).version))] * len(forms)
    assert bool(forms) is (name != "withdraw_picture")


@pytest.mark.parametrize("name", WITH_WORDS)
def test_words_are_not_lost_with_the_session_or_by_the_switch_after_it(name: str) -> None:
    _status, pressed, boxes = PAGES[name]
    client = Client()
    sent = {**pressed, **dict.fromkeys(boxes, WORDS), "story": "LPL-ABC234", "version": "1"}
    for language, given in (("en", sent), ("cy", {"kept": WORDS, "switch": "cy"})):
        answer = client.post(address(name, language), given)
        shown = answer.content.decode()
        assert (answer.status_code, WORDS in shown, f'<html lang="{language}"' in shown) == (409, True, True)


LATER = {"colleague", "personal", "correct_address", "ask_headteacher", "proof", "come_back", "still_true"}


@pytest.mark.parametrize("name", LATER)
def test_words_are_not_lost_where_the_story_has_gone_on(name: str) -> None:
    _status, pressed, boxes = PAGES[name]
    case = CaseStudyFactory.create(status="declined")
    client, before = opened(case), state_of(case)
    sent = {**pressed, **dict.fromkeys(boxes, WORDS), "story": case.reference, "version": str(case.version)}
    answer = client.post(address(name), sent)
    shown = answer.content.decode()
    assert (answer.status_code, WORDS in shown, "no longer possible" in shown) == (409, True, True)
    assert state_of(case) == before


# --- reading before sending and agreeing ----------------------------------------------------------------------------------


def test_what_was_written_elsewhere_meanwhile_is_read_before_it_is_sent(school: School) -> None:
    case = school.fill()
    seen = school.get("check").context["checked"]
    opened(case).post(step("title"), {**answers()["title"], "title_en": "UNSEEN BY NIA"})
    answer = school.post("check", {"checked": seen})
    assert "This has changed since you opened it." in answer.content.decode()
    assert "UNSEEN BY NIA" in answer.content.decode()
    assert school.case.status == "draft"
    school.post("check", {"checked": answer.context["checked"]})
    assert school.case.status == "submitted"


def test_an_added_picture_or_document_counts_as_a_change_and_the_persons_own_pages_do_not(school: School) -> None:
    school.fill()
    seen = school.get("check").context["checked"]
    school.answer("you", {**answers()["you"], "role": "Dirprwy"})
    assert school.get("check").context["checked"] == seen
    school.answer("references", {"typed": "Un arall (2021)"})
    assert school.get("check").context["checked"] != seen


def test_agreeing_with_words_in_the_box_asks_which_is_meant() -> None:
    case = CaseStudyFactory.create(status="with_contributor")
    client = opened(case)
    shown = client.get(address("proof"))
    sent = {"version": case.version, "story": case.reference, "hash": shown.context["hash"], "reason": WORDS}
    answer = client.post(address("proof"), {**sent, "agree": "1"})
    assert "You have written what should change." in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert 'name="judged" value="agree"' in answer.content.decode()
    there = client.post(address("proof", "cy"), {**sent, "judged": "agree", "switch": "cy"}).content.decode()
    assert ("<title>Gwall: " in there, WORDS in there) == (True, True)
    assert CaseStudy.objects.get().status == "with_contributor"
    client.post(address("proof"), {**sent, "reason": " ", "agree": "1"})
    assert CaseStudy.objects.get().status == "approved"


def test_who_asked_without_words_can_still_agree() -> None:
    case = CaseStudyFactory.create(status="with_contributor")
    client = opened(case)
    shown = client.post(address("proof"), {"version": case.version, "ask": "1", "reason": ""})
    assert 'name="judged" value="ask"' in shown.content.decode()
    sent = {"version": case.version, "hash": shown.context["hash"], "judged": "ask", "reason": ""}
    assert "<title>Gwall: " in client.post(address("proof", "cy"), {**sent, "switch": "cy"}).content.decode()
    client.post(address("proof"), {**sent, "agree": "1"})
    assert CaseStudy.objects.get().status == "approved"


def test_a_text_that_is_being_written_is_not_shown_as_the_proof() -> None:
    case = CaseStudyFactory.create(status="editing", edition__title_en="Half a title")
    client = opened(case)
    answer = client.post(address("proof"), {"switch": "cy", "version": case.version})
    assert answer["Location"] == address("status")


# --- the switch keeps what is wrong ---------------------------------------------------------------------------------------


def test_what_is_missing_is_said_in_the_other_language_too(school: School) -> None:
    school.start()
    school.answer("language", {"language": "cy"})
    refused = school.send().content.decode()
    there = f"{address('check', 'cy')}?judged=1"
    assert f'href="{there}"' in refused
    assert "<title>Gwall: " in school.client.get(there).content.decode()
    assert "<title>Gwall: " not in school.client.get(address("check", "cy")).content.decode()


def test_the_choice_before_erasing_is_kept_by_the_switch() -> None:
    case = CaseStudyFactory.create(status="published")
    client = opened(case)
    wrong = client.post(address("erase"), {"version": case.version}).content.decode()
    assert 'name="judged"' in wrong
    again = client.post(address("erase", "cy"), {"version": case.version, "judged": "1", "switch": "cy"})
    assert "<title>Gwall: " in again.content.decode()
    kept = client.post(address("erase", "cy"), {"version": case.version, "text": "stays", "switch": "cy"})
    assert 'value="stays" checked' in kept.content.decode()
    assert CaseStudy.objects.get().contributor_or_none is not None


# --- asking for a link ----------------------------------------------------------------------------------------------------


def test_who_asks_sooner_than_a_person_can_may_do_so_a_few_times(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        begun = fromstring(client.get(address("ask")).content.decode()).get_element_by_id("page-form").fields["begun"]
        sent = {"email": WORDS, "begun": begun}
        quickly = [client.post(address("ask"), sent).status_code for _time in range(ASK_QUICKLY.most + 2)]
        assert quickly == [200] * ASK_QUICKLY.most + [429] * 2
        clock.shift(LEAST_SECONDS)
        assert client.post(address("ask"), sent).status_code == 200
        assert client.post(address("ask"), {**sent, "begun": "1:forged"}).status_code == 429
    assert LinkRequest.objects.count() == ASK_QUICKLY.most + 1


def test_the_page_says_why_the_address_is_asked_and_the_browser_may_fill_it_in(client: Client) -> None:
    box = fromstring(client.get(address("ask")).content.decode()).get_element_by_id("id_email")
    assert (box.get("autocomplete"), box.get("spellcheck")) == ("email", "false")
    assert box.get("aria-describedby") == "id_email_helptext"
