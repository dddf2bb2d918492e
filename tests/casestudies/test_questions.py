"""Editors' questions about passages, from the workbench to the contributor and back with an answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from casestudies.admin.comments import marks_of
from casestudies.models import CaseStudy, Comment
from casestudies.questions import NoCommonLanguage, composed, read_numbers
from casestudies.services import Words
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.correspondence.services import add_words
from foundation.people.models import User
from foundation.record.models import Event
from tests.desk.pressing import messages_of, page_of, press
from tests.factories import CaseStudyFactory, CommentFactory
from tests.joinin.school import address, opened

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
QUOTE = "Everyone read every week."


def typed(**given: Any) -> dict[str, Any]:
    given = {"about": "activity_en", "quote": QUOTE, "text_en": "Every week?", **given}
    return {f"comment-{name}": value for name, value in given.items()}


def page(client: Client, language: str = "en", name: str = "status") -> str:
    return client.get(address(name, language)).content.decode()


class TestAsking:
    def test_a_question_stands_beside_its_passage_on_the_workbench(self, editor: User, client_of: Browse) -> None:
        case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
        browser = client_of(editor)
        assert press(browser, case, "comment:add", **typed()).status_code == 302
        comment = case.comments.get()
        assert (comment.column, comment.quote, comment.text_en, comment.asked_by) == (
            "activity_en",
            QUOTE,
            "Every week?",
            editor,
        )
        shown = browser.get(page_of(case)).content.decode()
        assert f"<mark>{QUOTE}</mark>" in shown
        assert "not sent yet" in shown
        assert Event.objects.about(case.uuid).filter(code="comment").count() == 1

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"text_en": ""}, "Write the question, in Welsh, in English or in both."),
            ({"quote": "Nobody read."}, "This passage is not in that text. Copy it word for word."),
            ({"about": "password_en"}, "Select a valid choice."),
        ],
    )
    def test_what_is_wrong_is_said_and_stays(
        self, editor: User, client_of: Browse, wrong: dict[str, str], said: str
    ) -> None:
        case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
        answer = press(client_of(editor), case, "comment:add", **typed(text_cy="", **wrong))
        shown = answer.content.decode()
        assert (answer.status_code, case.comments.count(), said in shown) == (200, 0, True)
        assert (wrong.get("quote", QUOTE) in shown, "comment-text_en" in shown) == (True, True)

    def test_who_does_not_moderate_asks_nothing(self, translator: User, client_of: Browse) -> None:
        case = CaseStudyFactory.create(status="in_review")
        CommentFactory.create(case_study=case, text_en="Is Mrs Unigryw-Iawn right?")
        browser = client_of(translator)
        assert press(browser, case, "comment:add", **typed()).status_code == 403
        assert "Unigryw-Iawn" not in browser.get(page_of(case)).content.decode()

    def test_what_nobody_has_seen_is_taken_away(self, editor: User, client_of: Browse) -> None:
        case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
        gone, sent = CommentFactory.create(case_study=case), CommentFactory.create(case_study=case, is_sent=True)
        for comment in (gone, sent):
            press(client_of(editor), case, f"comment:remove:{comment.pk}")
        assert list(case.comments.all()) == [sent]

    @pytest.mark.parametrize("status", ["published", "withdrawn", "declined"])
    def test_nothing_is_asked_about_a_story_nobody_works_on(self, editor: User, client_of: Browse, status: str) -> None:
        case = CaseStudyFactory.create(status=status)
        assert press(client_of(editor), case, "comment:add", **typed()).status_code == 200
        assert case.comments.count() == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            {"field": "nothing"},
            {"language": "fr"},
            {"text_cy": "", "text_en": ""},
            {"is_internal": True, "is_sent": True},
            {"is_internal": True, "answer": "Ie", "is_answered": True},
            {"answer": "Ie"},
        ],
    )
    def test_the_database_refuses(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            CommentFactory.create(**wrong)


class TestSending:
    @pytest.fixture
    def case(self, editor: User) -> CaseStudy:
        case = CaseStudyFactory.create(status="in_review", claimed_by=editor, contributor__language="en")
        CommentFactory.create(case_study=case, field="activity", quote=QUOTE, text_en="Really every week?")
        CommentFactory.create(case_study=case, field="impact", text_en="How do you know?")
        CommentFactory.create(case_study=case, text_en="Unlikely, I think", is_internal=True)
        return case

    def test_the_open_questions_go_with_the_request(self, case: CaseStudy, editor: User, client_of: Browse) -> None:
        assert "Write to us" not in page(opened(case))
        done = press(client_of(editor), case, "move:request_changes", **{"request_changes-reason_en": "Nearly there."})
        assert done.status_code == 302
        message = Message.objects.get(kind="changes-requested")
        body = render(message).text
        assert message.state == "queued"
        assert (
            f"Nearly there.\n\n1. What was done: “{QUOTE}”\nReally every week?\n\n2. What difference it made\nHow do you know?"
            in body
        )
        assert "Unlikely" not in body
        assert case.comments.filter(sent_at__isnull=False).count() == 2
        shown = page(opened(case))
        assert f"<mark>{QUOTE}</mark>" in shown
        assert [
            shown.count(text) for text in ("Nearly there.", "Really every week?", "How do you know?", "Unlikely")
        ] == [1, 1, 1, 0]

    @pytest.mark.parametrize("button", ["comment:send", "move:request_changes"])
    def test_nobody_sends_questions_they_have_not_seen(
        self, case: CaseStudy, editor: User, client_of: Browse, button: str
    ) -> None:
        seen = marks_of(case.comments.to_send())
        CommentFactory.create(case_study=case, text_en="Asked by a colleague just now?")
        refused = press(client_of(editor), case, button, seen_questions=seen, **{"request_changes-reason_en": "See."})
        assert (refused.status_code, "This has changed since you opened it." in refused.text) == (200, True)
        assert ("Asked by a colleague just now?" in refused.text, Message.objects.count()) == (True, 0)

    def test_the_questions_alone_say_enough(self, case: CaseStudy, editor: User, client_of: Browse) -> None:
        assert press(client_of(editor), case, "move:request_changes").status_code == 302
        assert page(opened(case)).count("What the editor wrote") == 0
        bare = CaseStudyFactory.create(status="in_review", claimed_by=editor)
        CommentFactory.create(case_study=bare, is_internal=True)
        assert press(client_of(editor), bare, "move:request_changes").status_code == 200

    def test_before_they_are_sent_the_contributor_sees_none(self, case: CaseStudy) -> None:
        assert [text in page(opened(case)) for text in ("Really every week?", "Unlikely")] == [False, False]

    @pytest.mark.parametrize("status", ["editing", "with_contributor", "approved"])
    def test_while_it_is_edited_they_go_by_themselves(self, editor: User, client_of: Browse, status: str) -> None:
        case = CaseStudyFactory.create(status=status, claimed_by=editor, contributor__language="en")
        CommentFactory.create(case_study=case, text_en="Which year?")
        assert press(client_of(editor), case, "comment:send").status_code == 302
        assert "Which year?" in render(Message.objects.get(kind="questions")).text
        assert "Which year?" in page(opened(case))
        assert CaseStudy.objects.get(pk=case.pk).status == status

    def test_who_reads_welsh_waits_for_a_translator_and_reads_each_in_its_place(
        self, editor: User, client_of: Browse
    ) -> None:
        case = CaseStudyFactory.create(status="in_review", claimed_by=editor, contributor__language="cy")
        CommentFactory.create(case_study=case, field="activity", quote=QUOTE, text_en="Really every week?")
        press(client_of(editor), case, "move:request_changes", **{"request_changes-reason_en": "See:\n1. this"})
        message = Message.objects.get(kind="changes-requested")
        assert message.state == "waiting"
        shown = page(opened(case), "cy")
        assert ('lang="en"><p>Really every week?' in shown, "gyfieithu" in shown or "translated" in shown) == (
            True,
            True,
        )
        add_words(message=message, note_en=message.note_en, note_cy="Gweler:\n1. hyn\n\n1. Beth: “x”\nBob wythnos?")
        assert Message.objects.get().state == "queued"
        shown = page(opened(case), "cy")
        assert [text in shown for text in ("<p>Bob wythnos?", "Really every week?", "Gweler:")] == [True, False, True]
        assert shown.count("Bob wythnos?") == 1

    def test_there_must_be_one_language_that_all_is_written_in(
        self, case: CaseStudy, editor: User, client_of: Browse
    ) -> None:
        refused = press(client_of(editor), case, "move:request_changes", **{"request_changes-reason_cy": "Bron yno."})
        assert (refused.status_code, Message.objects.count()) == (200, 0)
        assert messages_of(refused)[0].startswith("Nothing is sent yet: there is no language")
        assert "Bron yno." in refused.content.decode()
        assert CaseStudy.objects.get(pk=case.pk).status == "in_review"

    def test_the_words_of_a_message_are_read_back(self) -> None:
        comments = [Comment(field="title", language="en", text_cy=f"C{n}?", text_en=f"Q{n}?\nReally?") for n in (1, 2)]
        words = composed(Words(cy="A", en="1. B"), comments)
        assert read_numbers(words.en, 2) == ("1. B", {1: "Q1?\nReally?", 2: "Q2?\nReally?"})
        assert read_numbers(words.cy, 2) == ("A", {1: "C1?", 2: "C2?"})
        assert read_numbers("No numbers here", 2) == ("No numbers here", {})
        assert composed(Words(cy="A"), []) == Words(cy="A")
        with pytest.raises(NoCommonLanguage):
            composed(Words(cy="A"), [Comment(field="title", language="en", text_en="Q?")])


class TestAnswering:
    @pytest.fixture
    def case(self, editor: User) -> CaseStudy:
        case = CaseStudyFactory.create(status="changes_requested", claimed_by=editor, contributor__language="en")
        for text in ("First?", "Second?"):
            CommentFactory.create(case_study=case, text_en=text, is_sent=True)
        return case

    @staticmethod
    def given(case: CaseStudy, *answers: str, **more: Any) -> dict[str, Any]:
        keys = list(case.comments.values_list("pk", flat=True))
        return {f"answer-{pk}": text for pk, text in zip(keys, answers, strict=True)} | more

    def answers(self, case: CaseStudy) -> list[str]:
        return list(case.comments.values_list("answer", flat=True))

    def test_all_together_and_the_editor_is_told(self, case: CaseStudy, editor: User, client_of: Browse) -> None:
        client = opened(case)
        done = client.post(address("status"), self.given(case, "Yes.", "No <b>way</b>.", save="all"))
        assert (done.status_code, done["Location"]) == (302, address("status"))
        assert self.answers(case) == ["Yes.", "No <b>way</b>."]
        message = Message.objects.get(kind="answer")
        assert (message.recipient, message.state) == (editor.email, "queued")
        assert "No <b>way</b>." in render(message).text
        assert "No &lt;b&gt;way&lt;/b&gt;." in client_of(editor).get(page_of(case)).content.decode()
        client.post(address("status"), {**self.seen(case), **self.given(case, "Yes.", "No <b>way</b>.", save="all")})
        assert Message.objects.filter(kind="answer").count() == 1

    def seen(self, case: CaseStudy) -> dict[str, str]:
        return {f"seen-{one.pk}": one.answered_at.isoformat() if one.answered_at else "" for one in case.comments.all()}

    def test_one_alone_and_the_other_stays_in_its_box(self, case: CaseStudy) -> None:
        first = case.comments.all()[0]
        shown = opened(case).post(address("status"), self.given(case, "Yes.", "half an ans", save=first.pk))
        assert (shown.status_code, self.answers(case)) == (200, ["Yes.", ""])
        assert ("half an ans" in shown.content.decode(), "Your answer is saved" in shown.content.decode()) == (
            True,
            True,
        )

    @pytest.mark.parametrize(
        ("answers", "save", "said"),
        [
            (("", " "), "all", "Write your answer to question 1"),
            (("x" * 5001, "B"), "all", "Shorten your answer to question 1 to 5000 characters or fewer"),
            (("", "B"), "first", "Write your answer to question 1"),
        ],
    )
    def test_errors_name_the_mend_and_lose_nothing(
        self, case: CaseStudy, answers: tuple[str, str], save: str, said: str
    ) -> None:
        first = case.comments.all()[0]
        given = self.given(case, *answers, save=first.pk if save == "first" else save)
        shown = opened(case).post(address("status"), given).content.decode()
        assert (shown.count(said), "<title>Error: " in shown, f'href="#id_answer-{first.pk}"' in shown) == (
            2,
            True,
            True,
        )
        assert all(text.strip() in shown for text in answers)
        assert self.answers(case) == ["", ""]

    def test_the_switch_carries_the_answers_over(self, case: CaseStudy) -> None:
        given = self.given(case, "hanner ateb", "", switch="cy", judged="all")
        shown = opened(case).post(address("status", "cy"), given).content.decode()
        assert ("hanner ateb" in shown, '<html lang="cy">' in shown) == (True, True)
        assert self.answers(case) == ["", ""]

    def test_an_answer_in_welsh_to_an_english_speaking_editor_is_translated_first(self, case: CaseStudy) -> None:
        opened(case).post(address("status", "cy"), self.given(case, "Ydw.", "", save="all"))
        message = Message.objects.get(kind="answer")
        assert (message.state, "Ydw." in message.note_cy, message.note_en) == ("waiting", True, "")
        assert case.comments.all()[0].answer_language == "cy"

    def test_two_people_both_keep_their_words(self, case: CaseStudy) -> None:
        stale = self.given(case, "Mine.", "", save="all")
        opened(case).post(address("status"), self.given(case, "Theirs.", "", save="all"))
        client = opened(case)
        answer = client.post(address("status"), {**stale, **dict.fromkeys(self.seen(case), "")})
        shown = answer.content.decode()
        assert (answer.status_code, "Mine." in shown, "Theirs." in shown) == (409, True, True)
        assert self.answers(case) == ["Theirs.", ""]
        client.post(address("status"), {**stale, **self.seen(case)})
        assert self.answers(case) == ["Mine.", ""]

    @pytest.mark.parametrize("status", ["withdrawn", "declined", "published"])
    def test_too_late_keeps_the_words_on_the_page(self, editor: User, status: str) -> None:
        case = CaseStudyFactory.create(status=status)
        CommentFactory.create(case_study=case, text_en="First?", is_sent=True)
        answer = opened(case).post(address("status"), self.given(case, "Fy ateb", save="all"))
        assert (answer.status_code, "Fy ateb" in answer.content.decode(), self.answers(case)) == (409, True, [""])

    def test_where_no_story_is_open_the_words_stay_on_the_page(self, case: CaseStudy) -> None:
        answer = Client().post(address("status"), self.given(case, "Fy ateb", "", save="all"))
        assert (answer.status_code, "Fy ateb" in answer.content.decode(), self.answers(case)) == (409, True, ["", ""])

    def test_nobody_answers_for_another_story_or_a_note(self, case: CaseStudy) -> None:
        other = CommentFactory.create(is_sent=True)
        note = CommentFactory.create(case_study=case, is_internal=True)
        opened(case).post(
            address("status"), {f"answer-{other.pk}": "x", f"answer-{note.pk}": "y", "answer-1e9": "z", "save": "all"}
        )
        assert not Comment.objects.exclude(answer="").exists()

    def test_a_passage_that_has_changed_is_shown_as_it_was(self, case: CaseStudy) -> None:
        case.comments.update(field="activity", quote="Nobody ever read.")
        assert page(opened(case)).count("The text has changed since") == 2
