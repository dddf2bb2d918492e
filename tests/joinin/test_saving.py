"""Saving as one types, and two tabs or two people on one draft: nobody's text is silently overwritten."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casestudies.joinin import limits
from casestudies.models import CaseStudy, Draft
from casestudies.services import perform
from foundation.people.limits import Limit
from foundation.record.actors import CONTRIBUTOR
from tests.factories import png
from tests.joinin.school import School, address, answers, step
from tests.joinin.tab import Tab

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(school: School) -> School:
    """A draft in both languages, with nothing else answered."""
    school.start()
    school.answer("writing", {"writing": "both"})
    return school


def stored(key: str = "about") -> Any:
    return Draft.objects.get().answers.get(key, {})


def beside(key: str = "about") -> dict[str, list[Any]]:
    found = Draft.objects.get().answers["_"].get("beside", {}).get(key, {})
    return {name: [one["value"] for one in several] for name, several in found.items()}


class TestAsOneTypes:
    @pytest.mark.parametrize(("language", "words"), [("en", r"Saved \d\d:\d\d"), ("cy", r"\S.* \d\d:\d\d")])
    def test_what_is_typed_is_kept_and_the_time_is_said(self, begun: School, language: str, words: str) -> None:
        tab = Tab(begun.client, "about", language)
        tab.type(about_cy="Hanner brawddeg")
        response = tab.autosave()
        answer = response.json()
        assert (response.status_code, answer["state"]) == (200, "saved")
        assert re.fullmatch(words, answer["words"])
        assert stored() == {"about_cy": "Hanner brawddeg", "about_en": ""}

    def test_nothing_is_judged(self, begun: School) -> None:
        tab = Tab(begun.client, "title")
        tab.type(title_cy="x" * 500)
        assert tab.autosave().json()["state"] == "saved"
        assert Draft.objects.get().problems == []
        page = begun.client.get(step("title")).content.decode()
        assert ("x" * 500 in page, "error-summary" in page, "aria-invalid" in page) == (True, False, False)
        tasks = begun.get("start").content.decode()
        assert (tasks.count(">Begun</span>"), tasks.count(">Needs mending</span>")) == (1, 0)

    def test_a_page_that_was_judged_stays_so_until_its_button_is_pressed(self, begun: School) -> None:
        tab = Tab(begun.client, "title")
        tab.save()
        assert Draft.objects.get().problems == ["title"]
        tab.type(title_cy="Teitl")
        tab.autosave()
        assert Draft.objects.get().problems == ["title"]
        assert begun.get("start").content.decode().count(">Needs mending</span>") == 1

    def test_the_person_is_not_written_before_the_button(self, school: School) -> None:
        school.start()
        tab = Tab(school.client, "you")
        tab.type(**answers()["you"])
        tab.autosave()
        assert not hasattr(school.case, "contributor")
        assert stored("you") == answers()["you"]

    @pytest.mark.parametrize("key", ["you", "hallmarks", "about", "pictures"])
    def test_it_costs_few_queries_whatever_else_is_typed(self, school: School, key: str) -> None:
        school.start()
        school.answer("writing", {"writing": "both"})
        counts = []
        for filled in (False, True):
            if filled:
                for other in ("setting", "title", "context", "activity", "impact"):
                    school.answer(other, answers()[other])
            tab = Tab(school.client, key)
            tab.autosave()
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert tab.autosave().json()["state"] == "saved"
            counts.append(len([one for one in caught if "SAVEPOINT" not in one["sql"]]))
        assert counts[0] == counts[1]
        assert counts[0] <= {"hallmarks": 11, "pictures": 10}.get(key, 9)

    def test_files_stay_where_they_are(self, begun: School) -> None:
        file = png()
        file.name = "llun.png"
        response = begun.answer("pictures", {"typing": "1", "picture": file, "add": "1"})
        assert response.json()["state"] == "saved"
        assert begun.case.editions.count() == 0

    def test_a_busy_writer_is_allowed_and_a_machine_is_told_when(
        self, begun: School, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert limits.TYPING.most / limits.TYPING.seconds >= 1 / 3
        monkeypatch.setattr(limits, "TYPING", Limit("typing-in-a-test", 2, 3600))
        tab = Tab(begun.client, "about")
        assert [tab.autosave().status_code for _time in range(3)] == [200, 200, 429]
        tab.type(about_cy="Gormod")
        answer = tab.autosave().json()
        assert answer["state"] == "later"
        assert re.search(r"^Not saved: try again after \d\d:\d\d", answer["words"])
        assert stored()["about_cy"] == ""

    def test_a_late_save_does_not_undo_a_later_one(self, begun: School) -> None:
        tab = Tab(begun.client, "about")
        late = {**tab.data, "about_cy": "Un", "turn": "1", "typing": "1"}
        tab.type(about_cy="Un dau", turn="2")
        tab.save()
        assert begun.client.post(step("about"), late).json()["state"] == "saved"
        assert stored()["about_cy"] == "Un dau"

    def test_an_answer_lost_on_its_way_is_no_other_person(self, begun: School) -> None:
        tab = Tab(begun.client, "about")
        tab.type(about_cy="Un")
        tab.autosave(arrives=False)
        tab.type(about_cy="Un dau")
        assert tab.autosave(arrives=False).json()["state"] == "saved"
        tab.type(about_cy="Un dau tri", about_en="One")
        tab.save()
        assert (stored()["about_cy"], beside()) == ("Un dau tri", {})

    def test_without_a_story_it_says_so_and_begins_none(self, client: Client) -> None:
        response = client.post(step("about"), {"about_cy": "Geiriau", "typing": "1"})
        assert (response.status_code, response.json()["state"]) == (409, "closed")
        assert CaseStudy.objects.count() == 0

    def test_after_sending_it_says_so(self, begun: School) -> None:
        tab = Tab(begun.client, "about")
        CaseStudy.objects.update(status="awaiting_confirmation")
        tab.type(about_cy="Rhy hwyr")
        assert tab.autosave().json()["state"] == "closed"
        assert stored() == {}

    def test_every_page_has_the_line_and_its_words(self, begun: School) -> None:
        for language, offline in (("en", "Not saved: offline. Keep this page open."), ("cy", "")):
            page = begun.client.get(step("about", language)).content.decode()
            line = re.search(r'<p class="saving" id="saving" role="status"([^>]*)></p>', page)
            assert line
            assert offline in html.unescape(line[1])
            assert re.search(r'<script src="[^"]*saving[^"]*\.js" defer nonce="[^"]+">', page)
        assert "saving.js" not in begun.get("start").content.decode()


class TestTwoTabs:
    def test_different_answers_are_both_taken_without_a_word(self, begun: School) -> None:
        one, two = Tab(begun.client, "about"), Tab(begun.client, "about")
        one.type(about_cy="Cymraeg")
        two.type(about_en="English")
        one.save()
        two.save()
        assert (stored(), beside()) == ({"about_cy": "Cymraeg", "about_en": "English"}, {})

    def test_a_tab_that_did_not_see_the_other_does_not_take_its_answer_back(self, begun: School) -> None:
        one, two = Tab(begun.client, "about"), Tab(begun.client, "about")
        one.type(about_cy="Cymraeg")
        one.autosave()
        for text in ("English", "English, more"):
            two.type(about_en=text)
            assert two.autosave().json()["state"] == "saved"
        assert stored() == {"about_cy": "Cymraeg", "about_en": "English, more"}

    @pytest.mark.parametrize("button", [{}, {"later": "1"}, {"switch": "cy"}])
    def test_the_same_answer_is_shown_twice_and_both_are_kept(self, begun: School, button: dict[str, str]) -> None:
        one, two = Tab(begun.client, "about"), Tab(begun.client, "about")
        one.type(about_cy="Y cyntaf", about_en="Yes")
        one.save()
        two.type(about_cy="Yr ail")
        response = two.save(**button)
        assert response.redirect_chain[-1][0] == step("about", "cy" if "switch" in button else "en") + "#both"
        assert (stored()["about_cy"], beside()) == ("Yr ail", {"about_cy": ["Y cyntaf"]})
        shown = two.page[two.page.index('id="both"') : two.page.index("</section>")]
        assert "Y cyntaf" in shown
        assert "Yr ail" not in shown
        assert two.data["about_cy"] == ["Yr ail"]
        assert two.data["about_en"] == ["Yes"]

    def test_it_cannot_be_sent_before_the_choice_and_the_list_says_why(self, begun: School) -> None:
        one, two = Tab(begun.client, "about"), Tab(begun.client, "about")
        one.type(about_cy="Y cyntaf", about_en="Yes")
        one.save()
        two.type(about_cy="Yr ail", about_en="Yes")
        two.save()
        assert begun.get("start").content.decode().count(">Two versions</span>") == 1
        two.save()
        assert beside() == {}
        assert ">Two versions</span>" not in begun.get("start").content.decode()
        assert stored()["about_cy"] == "Yr ail"

    def test_the_other_can_be_put_in_the_box_and_back(self, begun: School) -> None:
        one, two = Tab(begun.client, "about"), Tab(begun.client, "about")
        one.type(about_cy="Y cyntaf")
        one.save()
        two.type(about_cy="Yr ail")
        two.save()
        for box, other in (("Y cyntaf", "Yr ail"), ("Yr ail", "Y cyntaf"), ("Y cyntaf", "Yr ail")):
            key = re.findall(r'name="take" value="([^"]+)"', two.page)[0]
            two.save(take=key)
            assert (stored()["about_cy"], beside()) == (box, {"about_cy": [other]})
            assert two.data["about_cy"] == [box]
        two.type(about_en="Yes")
        two.save()
        assert (stored()["about_cy"], beside()) == ("Y cyntaf", {})

    def test_a_save_by_somebody_who_saw_only_one_keeps_the_other(self, begun: School) -> None:
        one, two, three = (Tab(begun.client, "about") for _tab in range(3))
        one.type(about_cy="Y cyntaf", about_en="Yes")
        one.save()
        two.type(about_cy="Yr ail")
        two.save()
        three.type(about_cy="Y trydydd", about_en="Yes")
        three.save()
        assert (stored()["about_cy"], beside()) == ("Y trydydd", {"about_cy": ["Y cyntaf", "Yr ail"]})

    def test_typing_keeps_nothing_then_and_says_why(self, begun: School) -> None:
        one, two = Tab(begun.client, "about"), Tab(begun.client, "about")
        one.type(about_cy="Y cyntaf")
        one.autosave()
        two.type(about_cy="Yr ail", about_en="Also")
        answer = two.autosave()
        assert (answer.status_code, answer.json()["state"]) == (409, "both")
        assert "somebody else has changed this page" in answer.json()["words"]
        assert stored() == {"about_cy": "Y cyntaf", "about_en": ""}
        two.save()
        assert (stored()["about_en"], beside()) == ("Also", {"about_cy": ["Y cyntaf"]})

    def test_the_same_text_twice_is_one(self, begun: School) -> None:
        one, two = Tab(begun.client, "about"), Tab(begun.client, "about")
        for tab, text in ((one, "Yr un\nfath"), (two, "Yr un\r\nfath")):
            tab.type(about_cy=text, about_en="Same")
            tab.save()
        assert beside() == {}

    def test_back_and_again_is_one_person(self, begun: School) -> None:
        """A browser that goes back shows the page as it was left: what it saved itself is no other person's."""
        tab = Tab(begun.client, "about")
        tab.type(about_cy="Un", about_en="One")
        left = dict(tab.data)
        tab.save()
        tab.data = left
        tab.type(about_cy="Un, gwell")
        tab.save()
        assert (stored()["about_cy"], beside()) == ("Un, gwell", {})

    def test_a_choice_and_its_ticks(self, begun: School) -> None:
        one, two, three = (Tab(begun.client, "hallmarks") for _tab in range(3))
        one.type(hallmarks=["1"])
        one.save()
        two.type(hallmarks=["2", "3"])
        two.save()
        assert (stored("hallmarks")["hallmarks"], beside("hallmarks")) == (["2", "3"], {"hallmarks": [["1"]]})
        three.save()  # one that ticked nothing takes nothing away
        assert stored("hallmarks")["hallmarks"] == ["2", "3"]

    def test_a_tick_taken_away_elsewhere_stays_away(self, begun: School) -> None:
        one = Tab(begun.client, "permissions")
        one.type(headteacher_name="Huw", licence="on", privacy="on", headteacher="on")
        one.save()
        two = Tab(begun.client, "permissions")
        two.type(headteacher_name="Huw Tegid")
        one = Tab(begun.client, "permissions")
        del one.data["licence"]
        one.save()
        two.save()
        kept = stored("permissions")
        assert ("licence" in kept, "licence" in kept["agreed"], kept["headteacher_name"]) == (False, False, "Huw Tegid")

    def test_a_language_given_up_in_another_tab_loses_nothing(self, begun: School) -> None:
        tab = Tab(begun.client, "about")
        begun.answer("writing", {"writing": "cy"})
        tab.type(about_cy="Cymraeg", about_en="English")
        tab.save()
        assert stored() == {"about_cy": "Cymraeg", "about_en": "English"}

    def test_a_page_of_another_story_changes_nothing_here(self, begun: School) -> None:
        tab = Tab(begun.client, "about")
        tab.type(about_cy="O’r stori gyntaf")
        other = School()
        other.start()
        other.answer("writing", {"writing": "both"})
        begun.client.cookies = other.client.cookies
        response = tab.save()
        assert (response.status_code, "O’r stori gyntaf" in tab.page) == (409, True)
        assert tab.autosave().json()["state"] == "closed"
        assert [draft.answers.get("about") for draft in Draft.objects.all()] == [None, None]

    def test_a_story_discarded_meanwhile_is_begun_again_and_its_other_tabs_go_along(self, begun: School) -> None:
        one, two = Tab(begun.client, "about"), Tab(begun.client, "title")
        perform("discard", case_id=begun.case.pk, actor=CONTRIBUTOR)
        one.type(about_cy="Cymraeg", about_en="English")
        two.type(title_cy="Teitl", title_en="Title")
        assert one.autosave().json()["state"] == "closed"
        one.save()
        two.save()
        draft = Draft.objects.get()
        assert (draft.answers["about"]["about_cy"], draft.answers["title"]["title_cy"]) == ("Cymraeg", "Teitl")


def test_nothing_is_remembered_of_what_was_typed_but_hashes(begun: School) -> None:
    tab = Tab(begun.client, "you")
    tab.type(name="Nia Unigryw", email="nia@ysgol.example")
    tab.save()
    assert "Unigryw" not in str(Draft.objects.get().answers["_"])


def test_an_editor_who_names_another_contributor_removes_both_texts_about_the_one_before(
    begun: School, editor: Any
) -> None:
    from casestudies.services import Words
    from foundation.record.actors import Actor, Role

    one, two = Tab(begun.client, "you"), Tab(begun.client, "you")
    one.type(**answers()["you"])
    one.save()
    two.type(**{**answers()["you"], "name": "Nia Arall-Unigryw"})
    two.save()
    assert beside("you") == {"name": [answers()["you"]["name"]]}
    perform(
        "change_contributor", case_id=begun.case.pk, actor=Actor(Role.EDITOR, editor), reason=Words(en="x", cy="x"),
        name="Olwen", role="", email="olwen@ysgol.example", language="cy",
    )  # fmt: skip
    assert "Unigryw" not in str(Draft.objects.get().answers)
    assert begun.client.get(address("check")).status_code == 302
