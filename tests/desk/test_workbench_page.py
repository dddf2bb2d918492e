"""What the workbench shows: texts compared, messages before they go, ready-made reasons, answers, previews in frames."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from casestudies.models import (
    CaseStudy,
    CaseStudyEdition,
    CaseStudyReference,
    Comment,
    CreditedPerson,
    Finding,
    ReadyReason,
    TypedReference,
)
from casestudies.models.reasons import REASONED
from casestudies.services import actor_for, perform, record_permission
from casestudies.workflow import rules
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.services import agree_all
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.correspondence.services import write_message
from foundation.people.models import User
from foundation.record.actors import CONTRIBUTOR
from foundation.record.models import Note
from foundation.record.services import write
from tests.desk.pressing import messages_of, page_of, press
from tests.factories import CaseStudyFactory, CommentFactory, DocumentFactory, HallmarkFactory, WorkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
WORDS = {"title_cy": "Rhy fyr", "title_en": "Too short", "text_cy": "Mae’n rhy fyr.", "text_en": "It is too short."}


def reason(agreed: bool = True, **fields: Any) -> ReadyReason:
    made = ReadyReason.objects.create(**{"move": "request_changes", **WORDS, **fields})
    if agreed:
        agree_all(obj=made, how=How.SPEAKER)
    return made


def offered(browser: Client, case: CaseStudy, move: str) -> Any:
    return next(one for one in browser.get(page_of(case)).context["moves"] if one.name == move)


# --- comparing ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(editor: User) -> CaseStudy:
    """Sent as it is, and one English text changed since."""
    case = CaseStudyFactory.create(status="editing", claimed_by=editor)
    CaseStudyEdition.objects.filter(content=case).update(
        impact_en="<p>Pupils read <strong>much</strong> more.</p>", title_en="Reading <aloud>"
    )
    return case


def test_the_words_are_compared_as_the_address_says(editor: User, client_of: Browse, changed: CaseStudy) -> None:
    browser, found = client_of(editor), {}
    for how in ("", "inline", "side", "sideways"):
        answer = browser.get(page_of(changed), {"compare": how})
        sides = {row.field: sides for row, sides in answer.context["compared"]}
        pieces = [(piece.kind.value, piece.text.strip()) for piece in sides["impact"][1].pieces]
        found[how] = (answer.context["comparison"], pieces, sides["impact"][0].pieces)
        assert ("&lt;aloud&gt;" in answer.content.decode(), "<aloud>" in answer.content.decode()) == (True, False)
    marked = [("same", "Pupils read"), ("added", "much"), ("same", "more.")]
    assert found == {
        "": ("whole", [], []),
        "inline": ("inline", marked, []),
        "side": ("side", marked, []),
        "sideways": ("whole", [], []),
    }


def test_what_is_chosen_stays_chosen_when_something_is_done(
    editor: User, client_of: Browse, changed: CaseStudy
) -> None:
    address = page_of(changed) + "?compare=side"
    done = client_of(editor).post(address, {"_do": "finding:add", "finding-what": "A nickname"})
    assert (done.status_code, done.headers["Location"]) == (302, address)


def test_each_text_has_what_concerns_it_below_it(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(
        status="editing", claimed_by=editor, edition__impact_cy="", edition__impact_en="<p>It worked (Estyn, 2017).</p>"
    )
    CaseStudyReference.objects.create(edition=case.working, work=WorkFactory.create())
    Finding.objects.create(case_study=case, kind="pupil", field="impact", language="en", quote="It")
    CommentFactory.create(case_study=case, field="impact", text_en="How do you know?")
    CommentFactory.create(case_study=case, field="about", text_en="Where is it?")
    page = client_of(editor).get(page_of(case)).content.decode()
    below = page[page.index('id="compared-impact"') : page.index('id="compared-evidence"')]
    there = {
        "safeguarding": "finding-" in below and "-place" in below,
        "question": "How do you know?" in below,
        "completeness": 'data-code="cy-missing"' in below,
        "citation": "Estyn, 2017" in below.partition('class="remark"><a href="#finding-')[2],
        "another text’s question": "Where is it?" in below,
    }
    assert there == {
        "safeguarding": True,
        "question": True,
        "completeness": True,
        "citation": True,
        "another text’s question": False,
    }


# --- messages before they go ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "shown"), [("cy", ["cy"]), ("en", ["en"]), ("", ["cy", "en"])])
def test_a_move_shows_the_message_it_sends(editor: User, client_of: Browse, language: str, shown: list[str]) -> None:
    case = CaseStudyFactory.create(
        status="in_review", claimed_by=editor, contributor__language=language, contributor__name="Mari <b> Enw"
    )
    browser = client_of(editor)
    move = offered(browser, case, "decline")
    assert [letter.language for letter in move.letters] == shown
    assert [letter.box.name for letter in move.letters] == [f"reason_{one}" for one in shown]
    assert [box.name for box in move.other_boxes] == [f"reason_{one}" for one in ("cy", "en") if one not in shown]
    words = {f"decline-reason_{one}": f"RHESWM {one}" for one in ("cy", "en")}
    assert press(browser, case, "move:decline", **words).status_code == 302
    sent = render(Message.objects.get(kind="declined"))
    for letter in move.letters:
        assert letter.sheet.subject in sent.subject
        assert case.reference in letter.sheet.subject
        for part in (letter.sheet.before, letter.sheet.after):
            assert part in sent.html
        assert f"RHESWM {letter.language}" in sent.text
    assert "Mari &lt;b&gt; Enw" in move.letters[0].sheet.before


def test_looking_mints_no_link_and_writes_nothing(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
    before = case.links.count()
    page = client_of(editor).get(page_of(case)).content.decode()
    assert "/…" in page
    assert (case.links.count(), Message.objects.count()) == (before, 0)


def test_an_editor_may_add_words_to_good_news(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor, contributor__language="en")
    browser = client_of(editor)
    assert press(browser, case, "move:accept", **{"accept-reason_en": "We loved the chairs."}).status_code == 302
    assert "We loved the chairs." in render(Message.objects.get(kind="accepted")).text
    other = CaseStudyFactory.create(status="in_review", claimed_by=editor, contributor__language="en")
    assert press(browser, other, "move:accept").status_code == 302
    assert Message.objects.filter(kind="accepted", state="queued").count() == 2


def test_why_somebody_decides_on_their_own_story_is_not_told(administrator: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=administrator, started_by=administrator)
    browser = client_of(administrator)
    User.objects.filter(groups__name="Editors").update(is_active=False)
    move = offered(browser, case, "accept")
    assert ([letter.box for letter in move.letters if letter.box], move.takes_words) == ([], False)
    assert press(browser, case, "move:accept", **{"accept-reason_en": "Nobody else is left."}).status_code == 302
    message = Message.objects.get(kind="accepted")
    assert (message.note_en, Note.objects.get().text_en) == ("", "Nobody else is left.")


def test_a_new_contributor_gets_the_link_although_the_reason_is_in_one_language(
    editor: User, client_of: Browse
) -> None:
    """The reason is for the log: the message has no place for it, and waits for nobody."""
    case = CaseStudyFactory.create(status="editing", claimed_by=editor)
    new = {"name": "Nia", "email": "nia@example.org", "language": "cy", "reason_en": "She took over."}
    typed = {f"change_contributor-{key}": value for key, value in new.items()}
    assert press(client_of(editor), case, "move:change_contributor", **typed).status_code == 302
    message = Message.objects.get(kind="contributor-changed")
    assert (message.state, message.note_en) == ("queued", "")


def test_the_questions_stand_in_the_message_that_asks_for_changes(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor, contributor__language="en")
    CommentFactory.create(case_study=case, text_en="How do you know?")
    CommentFactory.create(case_study=case, text_en="Between us", is_internal=True)
    (letter,) = offered(client_of(editor), case, "request_changes").letters
    assert ("How do you know?" in letter.questions, "Between us" in letter.questions) == (True, False)


def test_what_was_typed_for_a_move_that_is_blocked_now_stays_to_be_copied(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="approved", claimed_by=editor)
    case.findings.create(what="A name")
    answer = press(client_of(editor), case, "move:publish", **{"publish-reason_en": "Well done."})
    assert (answer.status_code, answer.context["kept"]) == (200, [("publish-reason_en", "Well done.")])


# --- ready-made reasons ---------------------------------------------------------------------------------------------------


def test_there_can_be_a_reason_for_each_move_that_asks_an_editor_for_one() -> None:
    asked = {name for name, rule in rules().items() if rule.reason}
    assert asked - set(REASONED) == {"ask_for_changes"}  # the contributor's
    assert set(REASONED) - asked == set()


def test_a_reason_fills_the_boxes_after_what_is_typed_and_does_nothing_else(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
    chosen, stale = reason(), reason(agreed=False, title_en="Not in step")
    reason(move="decline", title_en="For another move")
    browser = client_of(editor)
    assert [one.title_en for one in offered(browser, case, "request_changes").ready] == ["Too short"]
    typed = {"request_changes-ready": chosen.pk, "request_changes-reason_en": "Dear Mari", "decline-reason_en": "kept"}
    answer = press(browser, case, "ready:request_changes", **typed)
    moves = {move.name: move for move in answer.context["moves"]}
    boxes = moves["request_changes"].form
    assert (boxes["reason_cy"].value(), boxes["reason_en"].value()) == (
        "Mae’n rhy fyr.",
        "Dear Mari\n\nIt is too short.",
    )
    assert (moves["request_changes"].is_open, moves["decline"].form["reason_en"].value()) == (True, "kept")
    for wrong in (stale.pk, "", "x", "9" * 30):
        refused = press(browser, case, "ready:request_changes", **{**typed, "request_changes-ready": wrong})
        assert messages_of(refused) == ["Choose a reason from the list first."]
        assert "Dear Mari" in refused.content.decode()
    assert press(browser, case, "ready:nothing").status_code == 404
    assert CaseStudy.objects.get(pk=case.pk).status == "in_review"


def test_editors_write_reasons_and_they_are_offered_once_they_match(editor: User, client_of: Browse) -> None:
    browser, address = client_of(editor), reverse("admin:casestudies_readyreason_add")
    sent = {"seen_version": 0, "move": "decline", "position": 1, **WORDS}
    assert browser.post(address, {**sent, "text_cy": " "}).status_code == 200
    assert browser.post(address, {**sent, "move": "claim"}).status_code == 200
    assert not ReadyReason.objects.exists()
    assert browser.post(address, sent).status_code == 302
    made = ReadyReason.objects.get()
    assert (list(ReadyReason.objects.offered()), made.updated_by) == ([], editor)
    page = browser.get(reverse("admin:casestudies_readyreason_changelist")).content.decode()
    assert "not in step: not offered" in page
    change = reverse("admin:casestudies_readyreason_change", args=[made.pk])
    form = browser.get(change).context["adminform"].form
    ticks = {f"agree_{field}": form.fields[f"agree_{field}"].widget.attrs["value"] for field in ("title", "text")}
    assert browser.post(change, {**sent, "seen_version": 1, **ticks}).status_code == 302
    assert list(ReadyReason.objects.offered()) == [made]
    clash = browser.post(change, {**sent, "seen_version": 1, "text_en": "Mine"})
    assert (clash.status_code, "Mine" in clash.content.decode()) == (200, True)
    assert ReadyReason.objects.get().text_en == "It is too short."
    assert (
        browser.post(reverse("admin:casestudies_readyreason_delete", args=[made.pk]), {"post": "yes"}).status_code
        == 302
    )
    assert (ReadyReason.objects.count(), Agreement.objects.count()) == (0, 0)


def test_a_translator_writes_the_words_of_a_reason_and_not_where_it_is_offered(
    translator: User, client_of: Browse
) -> None:
    made, browser = reason(agreed=False), client_of(translator)
    sent = {"seen_version": 0, "move": "decline", "position": 9, **WORDS, "text_cy": "Mae’n fyr."}
    assert browser.post(reverse("admin:casestudies_readyreason_change", args=[made.pk]), sent).status_code == 302
    made.refresh_from_db()
    assert (made.move, made.position, made.text_cy) == ("request_changes", 0, "Mae’n fyr.")
    assert browser.get(reverse("admin:casestudies_readyreason_add")).status_code == 403


def test_a_translator_writes_of_a_reason_only_what_is_behind(translator: User, client_of: Browse) -> None:
    made, browser = reason(), client_of(translator)
    ReadyReason.objects.filter(pk=made.pk).update(text_en="The English has changed.")
    sent = {"seen_version": 0, **WORDS, "title_en": "Rewritten", "text_en": "Rewritten", "text_cy": "Mae’n fyr."}
    assert browser.post(reverse("admin:casestudies_readyreason_change", args=[made.pk]), sent).status_code == 302
    stored = ReadyReason.objects.get()
    assert (stored.text_cy, stored.text_en, stored.title_en) == (
        "Mae’n fyr.",
        "The English has changed.",
        made.title_en,
    )


# --- answers --------------------------------------------------------------------------------------------------------------


def test_answers_are_new_until_an_editor_does_something(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
    write(actor=actor_for(editor), kind=case.kind, subject=case.uuid, code="claim")
    old = CommentFactory.create(case_study=case, is_answered=True, answer="Long ago")
    Comment.objects.filter(pk=old.pk).update(answered_at=timezone.now() - timedelta(days=2))
    new = CommentFactory.create(case_study=case, is_answered=True, answer="Just now")
    write(actor=CONTRIBUTOR, kind=case.kind, subject=case.uuid, code="answer")
    browser = client_of(editor)
    answer = browser.get(page_of(case))
    assert [one.comment for one in answer.context["new_answers"]] == [new]
    assert "1 new answer" in answer.content.decode()
    assert list(CaseStudy.objects.answered()) == [case]
    perform("release", case_id=case.pk, actor=actor_for(editor))
    assert browser.get(page_of(case)).context["new_answers"] == []
    assert list(CaseStudy.objects.answered()) == []


# --- previews in frames ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_the_previews_stand_in_frames_of_our_own_and_in_no_others(editor: User, client_of: Browse, width: str) -> None:
    case = CaseStudyFactory.create(status="editing", claimed_by=editor)
    browser = client_of(editor)
    page = browser.get(reverse("admin:casestudies_casestudy_frames", args=[case.pk]), {"width": width})
    addresses = [reverse("admin:casestudies_casestudy_preview", args=[case.pk, one]) for one in ("cy", "en")]
    assert [address for address in addresses if f'<iframe src="{address}"' in page.content.decode()] == addresses
    assert f"frames-{width}" in page.content.decode()

    def policy(answer: Any) -> dict[str, str]:
        parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
        return {name: value for name, _space, value in parts}

    assert (policy(page)["frame-src"], policy(page)["frame-ancestors"]) == ("'self'", "'none'")
    assert page.headers["X-Frame-Options"] == "DENY"
    preview, workbench = browser.get(addresses[0]), browser.get(page_of(case))
    assert (policy(preview)["frame-ancestors"], preview.headers["X-Frame-Options"]) == ("'self'", "SAMEORIGIN")
    assert "frame-src" not in policy(preview)
    assert (policy(workbench)["frame-ancestors"], workbench.headers["X-Frame-Options"]) == ("'none'", "DENY")


def test_nobody_sees_a_draft_in_frames(editor: User, client_of: Browse) -> None:
    draft = CaseStudyFactory.create(status="draft", edition=True)
    address = reverse("admin:casestudies_casestudy_frames", args=[draft.pk])
    assert (client_of(editor).get(address).status_code, Client().get(address).status_code) == (404, 302)


# --- cost -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("compare", ["whole", "side"])
def test_many_of_everything_cost_as_many_queries_as_one(
    editor: User, client_of: Browse, compare: str, amount: Callable[[int, int], int]
) -> None:
    browser, counts = client_of(editor), []
    with translation.override("en"):
        for many in (1, 3, amount(5, 1000)):
            case = CaseStudyFactory.create(
                status="in_review",
                claimed_by=editor,
                edition__hallmarks=HallmarkFactory.create_batch(min(many, 8)),
                edition__pictures=min(many, 8),
            )
            ReadyReason.objects.all().delete()
            edition = case.editions.get()
            for number in range(many):
                CreditedPerson.objects.create(case_study=case, name=f"Person {number}", email=f"{number}@ysgol.example")
                TypedReference.objects.create(edition=edition, text=f"A book, {number}")
                CaseStudyReference.objects.create(edition=edition, work=WorkFactory.create(), position=number)
                given: dict[str, Any] = {
                    "text_version": "1",
                    "text_language": "cy",
                    "text": "Cytunaf.",
                    "person": f"Person {number}",
                }
                record_permission(case=case, kind="licence", **given)
                CommentFactory.create(case_study=case, is_answered=True, answer="Yes", asked_by=editor)
                CommentFactory.create(case_study=case, asked_by=editor)
                Finding.objects.create(case_study=case, what=f"A name and a class, {number}")
                Finding.objects.create(
                    case_study=case, kind="pupil", field="impact", language="en", quote=f"It {number}"
                )
                write(actor=actor_for(editor), kind=case.kind, subject=case.uuid, code="assign", note_en="Why.")
                write_message(
                    kind="declined",
                    recipient="a@ysgol.example",
                    language="cy",
                    about=case.uuid,
                    context={"about": case},
                )
                reason(position=number)
                if number < 3:
                    DocumentFactory.create(case_study=case)
            browser.get(page_of(case))
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(page_of(case), {"compare": compare}).status_code == 200
            counts.append(len(asked))
    assert len(set(counts)) == 1, counts
