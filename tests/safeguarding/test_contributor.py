"""What a contributor is asked before sending: gently, with the place, and never in the way."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casestudies.joinin.journey import Journey
from casestudies.joinin.personal import questions_about
from casestudies.models import Finding
from tests.joinin.school import School, address, answers, confirm, step
from tests.safeguarding.conftest import NAMED

pytestmark = pytest.mark.page


def boxes(answer: Any) -> dict[str, str]:
    """The names of the boxes, with the words they are about."""
    return {one.box: one.question.place.found.quote for one in answer.context["answers"]}


def box_about(school: School, quote: str) -> str:
    return {found: name for name, found in boxes(school.get("personal")).items()}[quote]


def test_the_questions_come_between_the_last_page_and_the_check(named: School) -> None:
    last = named.answer("permissions", answers()["permissions"])
    assert last.url == address("personal")
    page = named.get("personal")
    assert [one.question.words for one in page.context["answers"]] == [
        "“Tomos, disgybl ym Mlwyddyn 6” may name a pupil. Can you leave the name out?",
        "“01970 555 123” looks like a telephone number. Should everybody be able to read it?",
    ]
    html = page.content.decode()
    assert (
        '<blockquote lang="cy">Darllen bob dydd. Roedd <mark>Tomos, disgybl ym Mlwyddyn 6</mark>, yn falch iawn.'
        in html
    )
    links = re.findall(r'href="([^"]*change=personal[^"]*)"', html)
    assert links == [f"{step('activity')}?change=personal#id_activity_{one}" for one in ("cy", "en")]


def test_a_story_with_nothing_to_ask_about_goes_straight_on(school: School) -> None:
    school.fill()
    assert school.answer("permissions", answers()["permissions"]).url == address("check")
    assert "We have found nothing to ask about." in school.get("personal").content.decode()
    assert school.get("check").context["asked"] == 0


def test_a_change_comes_straight_back(named: School) -> None:
    changed = {"activity_cy": "Darllen bob dydd. Roedd un disgybl yn falch iawn.", "activity_en": "We read each day."}
    assert named.answer("activity", changed, "?change=personal").url == address("personal")
    assert boxes(named.get("personal")) == {}


def test_an_error_on_the_way_still_comes_back_to_the_questions(named: School) -> None:
    assert named.answer("activity", {"activity_cy": "", "activity_en": "x"}, "?change=personal").status_code == 200
    switched = named.answer("activity", {"activity_cy": "a", "activity_en": "x", "switch": "cy"}, "?change=personal")
    assert switched.url == f"{step('activity', 'cy')}?change=personal"


def test_it_never_stands_in_the_way(named: School) -> None:
    assert named.send().url == address("sent")
    assert confirm(named).status == "submitted"


def test_what_is_explained_goes_along(named: School) -> None:
    box = box_about(named, "Tomos, disgybl ym Mlwyddyn 6")
    assert named.post("personal", {box: "  Mae ei rieni’n cytuno.\r\n"}).url == address("check")
    page = named.get("check")
    assert page.context["asked"] == 1
    assert "We have 1 question about people who could be recognised." in page.content.decode()
    named.send()
    rows = list(Finding.objects.filter(case_study=named.case).values_list("kind", "field", "language", "explanation"))
    assert rows == [("pupil", "activity", "cy", "Mae ei rieni’n cytuno."), ("telephone", "activity", "en", "")]
    quote = Finding.objects.get(kind="pupil")
    assert (quote.quote, quote.verdict, quote.decided_by) == ("Tomos, disgybl ym Mlwyddyn 6", "open", None)
    assert f"Darllen bob dydd. {NAMED}"[quote.start : quote.end] == quote.quote


def test_an_explanation_that_is_too_long_is_kept_on_the_page(named: School) -> None:
    box, long = box_about(named, "01970 555 123"), "gair " * 300
    page = named.post("personal", {box: long})
    html = page.content.decode()
    assert page.status_code == 200
    assert page.context["summary"] == [
        (f"id_{box}", "Shorten your explanation to 1000 characters or fewer: it has 1499 now")
    ]
    assert (long.strip() in html, html.count('aria-invalid="true"'), "<title>Error: " in html) == (True, 1, True)
    assert named.case.draft.answers.get("_", {}).get("explained") is None


def test_a_switch_of_language_keeps_what_was_written(named: School) -> None:
    box = box_about(named, "01970 555 123")
    assert named.post("personal", {box: "Rhif y swyddfa", "switch": "cy"}).url == address("personal", "cy")
    page = named.client.get(address("personal", "cy"))
    assert [one.typed for one in page.context["answers"]] == ["", "Rhif y swyddfa"]


def test_two_people_explain_and_nobody_is_overwritten(named: School) -> None:
    box = box_about(named, "01970 555 123")
    mark = box.removeprefix("explain-")
    named.post("personal", {box: "Mine"})
    second = named.post("personal", {box: "Yours", f"seen-{mark}": ""})
    assert second.status_code == 200
    assert second.context["summary"] == [
        (f"id_{box}", "Somebody else has written: “Mine”. Keep what you want of both in the box.")
    ]
    assert named.case.draft.answers["_"]["explained"] == {mark: "Mine"}
    (shown,) = [one for one in second.context["answers"] if one.box == box]
    assert (shown.typed, shown.seen) == ("Yours", "Mine")
    assert named.post("personal", {box: "Mine and yours", f"seen-{mark}": shown.seen}).status_code == 302
    assert named.case.draft.answers["_"]["explained"] == {mark: "Mine and yours"}


def test_a_pupil_who_is_credited_is_asked_about_without_the_name(school: School) -> None:
    given = answers()
    given["people"] = {"name-1": "Gwen Enwog", "role-1": "Disgybl Blwyddyn 6", "email-1": "gwen@ysgol.example"}
    school.fill(given)
    assert list(boxes(school.get("personal")).values()) == ["Disgybl Blwyddyn 6"]
    school.send()
    assert [(one.field, one.quote) for one in Finding.objects.all()] == [("credits", "Disgybl Blwyddyn 6")]


def test_a_language_that_the_story_is_not_written_in_is_not_asked_about(named: School) -> None:
    named.answer("writing", {"writing": "en"})
    assert list(boxes(named.get("personal")).values()) == ["01970 555 123"]


@pytest.mark.parametrize("name", ["personal", "check"])
def test_the_page_asks_as_many_questions_of_the_database_whatever_it_asks_of_people(named: School, name: str) -> None:
    counts = []
    for many in (1, 3):
        named.answer("impact", {f"impact_{one}": "Cai (8 oed). " + "Elan, Bl. 2. " * many for one in ("cy", "en")})
        with CaptureQueriesContext(connection) as asked:
            assert named.get(name).status_code == 200
        counts.append(len(asked))
    assert (counts[0] == counts[1], counts[0] <= 15) == (True, True), counts


def test_nobody_else_sees_or_writes_it(named: School) -> None:
    box = box_about(named, "01970 555 123")
    stranger = Client()
    assert stranger.get(address("personal"))["Location"] == address("start")
    answer = stranger.post(address("personal"), {box: "Fy ngeiriau"})
    assert (answer.status_code, b"Fy ngeiriau" in answer.content, b"01970" in answer.content) == (409, True, False)
    assert questions_about(Journey(named.case))[1].explanation == ""


def test_a_page_of_another_story_changes_nothing(named: School) -> None:
    box = box_about(named, "01970 555 123")
    answer = named.post("personal", {box: "x", "story": "LPL-ANOTHER"})
    assert (answer.status_code, "explained" in named.case.draft.answers.get("_", {})) == (409, False)


def test_after_sending_the_page_leads_to_the_state_of_the_story(named: School) -> None:
    named.send()
    assert named.get("personal").url == address("status")
    assert named.post("personal", {}).url == address("status")
