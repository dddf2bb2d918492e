"""Moderation in the admin: the buttons, what refuses them, and a story from the queue to the public."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudy, CaseStudyEdition, CreditedPerson, Finding
from casestudies.services import actor_for, perform
from foundation.bilingual.addresses import address_in
from foundation.correspondence.models import Message
from foundation.correspondence.services import write_message
from foundation.people.models import User
from foundation.publishing.services import save_words
from foundation.record.actors import CONTRIBUTOR
from foundation.record.models import Event, Note
from tests.desk.pressing import messages_of, page_of, press, status_of
from tests.factories import CaseStudyFactory, HallmarkFactory
from tests.factories import editor as make_editor

pytestmark = pytest.mark.page

Browse = Callable[[User], Client]


def test_a_story_goes_from_the_queue_to_the_public(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(
        status="submitted", edition__title_en="Reading aloud", edition__title_cy="Darllen yn uchel"
    )
    browser = client_of(editor)
    assert press(browser, case, "move:claim").status_code == 302
    assert press(browser, case, "move:accept").status_code == 302
    assert press(browser, case, "move:send_proof").status_code == 302
    shown = CaseStudy.objects.get(pk=case.pk)
    perform("agree", case_id=case.pk, actor=CONTRIBUTOR, proof_hash=shown.proof_hash)
    assert press(browser, case, "move:publish").status_code == 302
    assert status_of(case) == "published"
    edition = CaseStudyEdition.objects.published().get()
    assert (edition.title_cy, edition.title_en) == ("Darllen yn uchel", "Reading aloud")
    codes = [event.code for event in Event.objects.about(case.uuid)]
    assert codes == ["claim", "accept", "send_proof", "agree", "go-live", "publish"]
    for language in ("cy", "en"):
        assert Client().get(address_in(language, edition)).status_code == 200


def test_a_reason_is_asked_and_kept(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
    browser = client_of(editor)
    refused = press(browser, case, "move:request_changes", **{"decline-reason_en": "typed elsewhere"})
    assert (refused.status_code, status_of(case)) == (200, "in_review")
    assert "Say why, in Welsh, in English or in both." in refused.content.decode()
    assert "typed elsewhere" in refused.content.decode()
    done = press(browser, case, "move:request_changes", **{"request_changes-reason_cy": "Pa flwyddyn oedd hi?"})
    assert (done.status_code, status_of(case)) == (302, "changes_requested")
    assert Note.objects.get().text_cy == "Pa flwyddyn oedd hi?"


def test_the_second_of_two_people_is_told_and_loses_nothing(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
    seen = case.version
    other = make_editor()
    perform("assign", case_id=case.pk, actor=actor_for(other), to=other)
    answer = client_of(editor).post(
        page_of(case), {"seen_case": seen, "_do": "move:decline", "decline-reason_en": "Not a story about learning."}
    )
    page = answer.content.decode()
    assert messages_of(answer) == ["This has changed since you opened it. What you wrote is still on the page."]
    assert "Not a story about learning." in page
    assert status_of(case) == "in_review"


def test_what_was_written_stays_when_the_move_is_gone(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
    seen = case.version
    perform("accept", case_id=case.pk, actor=actor_for(make_editor()))
    answer = client_of(editor).post(
        page_of(case), {"seen_case": seen, "_do": "move:request_changes", "request_changes-reason_en": "Which year?"}
    )
    assert (answer.status_code, status_of(case)) == (200, "editing")
    assert answer.context["kept"] == [("request_changes-reason_en", "Which year?")]


def test_a_move_whose_guard_refuses_is_shown_with_what_stands_in_the_way(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="approved", claimed_by=editor)
    case.findings.create(what="A pupil is named in the second paragraph")
    browser = client_of(editor)
    moves = {
        move.name: [obstacle.code for _label, obstacle in move.obstacles]
        for move in browser.get(page_of(case)).context["moves"]
    }
    assert moves["publish"] == ["safeguarding"]
    assert 'value="move:publish"' not in browser.get(page_of(case)).content.decode()
    answer = press(browser, case, "move:publish")
    assert (answer.status_code, status_of(case)) == (200, "approved")
    assert messages_of(answer) == [
        "This cannot be done yet: something stands in the way. Clear or justify every safeguarding finding."
    ]
    finding = case.findings.get()
    assert press(browser, case, f"finding:{finding.pk}:justified").status_code == 200  # without a reason
    assert case.findings.get().verdict == "open"
    assert press(browser, case, f"finding:{finding.pk}:cleared").status_code == 302
    assert press(browser, case, "move:publish").status_code == 302
    assert status_of(case) == "published"


def test_findings_are_noted(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="editing", claimed_by=editor)
    assert press(client_of(editor), case, "finding:add", **{"finding-what": ""}).status_code == 200
    assert press(client_of(editor), case, "finding:add", **{"finding-what": "A nickname"}).status_code == 302
    assert [finding.what for finding in case.findings.all()] == ["A nickname"]


def test_nobody_decides_on_their_own_story(editor: User, client_of: Browse) -> None:
    make_editor()
    case = CaseStudyFactory.create(status="submitted", started_by=editor)
    browser = client_of(editor)
    assert "claim" not in [move.name for move in browser.get(page_of(case)).context["moves"]]
    assert messages_of(press(browser, case, "move:claim")) == ["You may not do this."]
    assert status_of(case) == "submitted"


def test_assigning_scheduling_and_a_new_contributor(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="approved", claimed_by=editor)
    other, browser = make_editor(), client_of(editor)
    assert press(browser, case, "move:assign", **{"assign-to": other.pk}).status_code == 302
    assert press(browser, case, "move:schedule", **{"schedule-publish_at": "2020-01-01T09:00"}).status_code == 200
    assert press(browser, case, "move:schedule", **{"schedule-publish_at": "soon"}).status_code == 200
    assert press(browser, case, "move:schedule", **{"schedule-publish_at": "2099-01-01T09:00"}).status_code == 302
    new = {"name": "Nia", "email": "nia@example.org", "language": "cy", "reason_en": "She took over."}
    typed = {f"change_contributor-{key}": value for key, value in new.items()}
    assert press(browser, case, "move:change_contributor", **typed).status_code == 302
    case = CaseStudy.objects.get(pk=case.pk)
    assert (case.claimed_by, str(case.publish_at)) == (other, "2099-01-01 09:00:00+00:00")
    assert (case.contributor.name, case.contributor.email) == ("Nia", "nia@example.org")


def test_a_translator_presses_nothing(translator: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(
        status="submitted", contributor__name="Secret Name", contributor__email="secret@example.org"
    )
    browser = client_of(translator)
    page = browser.get(page_of(case)).content.decode()
    assert ("Secret Name" in page, "secret@example.org" in page, 'name="_do"' in page) == (False, False, False)
    tried = 0
    for do in ("move:claim", "publish", "unchecked", "finding:add", "correct"):
        assert press(browser, case, do).status_code == 403
        tried += 1
    assert (tried, status_of(case)) == (5, "submitted")


def test_a_published_story_is_corrected(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="published")
    browser = client_of(editor)
    assert press(browser, case, "publish").status_code == 200  # there is nothing to publish yet
    assert press(browser, case, "correct").status_code == 302
    working = CaseStudyEdition.objects.get(content=case, stage="working")
    CaseStudyEdition.objects.filter(pk=working.pk).update(summary_cy="", summary_en="")
    assert press(browser, case, "correction:without", **{"without-reason_en": "Shorter"}).status_code == 302
    assert press(browser, case, "publish").status_code == 302
    assert [(edition.stage, edition.summary_en) for edition in case.editions.all()] == [("live", "")]


def test_one_is_written_directly(editor: User, translator: User, client_of: Browse) -> None:
    address = reverse("admin:casestudies_casestudy_write")
    assert client_of(translator).post(address).status_code == 403
    assert client_of(editor).get(address).status_code == 405
    assert client_of(editor).post(address).status_code == 302
    assert [(case.status, case.origin, case.started_by) for case in CaseStudy.objects.all()] == [
        ("editing", "editors", editor)
    ]


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_preview_is_the_public_page_of_the_working_edition(
    editor: User, translator: User, client_of: Browse, language: str
) -> None:
    case = CaseStudyFactory.create(status="editing", edition__title_cy="Teitl newydd", edition__title_en="New title")
    address = reverse("admin:casestudies_casestudy_preview", args=[case.pk, language])
    assert Client().get(address).status_code == 302
    for user in (editor, translator):
        answer = client_of(user).get(address)
        assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex")
        assert {"cy": "Teitl newydd", "en": "New title"}[language] in answer.content.decode()
        assert f'<html lang="{language}"' in answer.content.decode()
    draft = CaseStudyFactory.create(status="draft", edition=True)
    assert (
        client_of(editor).get(reverse("admin:casestudies_casestudy_preview", args=[draft.pk, language])).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("status", "who", "named"),
    [
        ("editing", "editor", {"Heb Glywed Eto", "Wedi Clywed"}),
        ("editing", "translator", set()),
        ("published", "editor", {"Wedi Clywed"}),
        ("published", "translator", {"Wedi Clywed"}),
    ],
)
def test_the_preview_names_who_will_be_named_to_who_may_know_and_nobody_who_declined(
    editor: User, translator: User, client_of: Browse, status: str, who: str, named: set[str]
) -> None:
    case, now = CaseStudyFactory.create(status=status), timezone.now() - timedelta(days=7)
    people = {"Heb Glywed Eto": (None, None), "Wedi Clywed": (now, None), "Wedi Gwrthod": (now, now)}
    for name, (told, declined) in people.items():
        CreditedPerson.objects.create(
            case_study=case, name=name, email=f"{name.split()[1]}@example.org", told_at=told, declined_at=declined
        )
    address = reverse("admin:casestudies_casestudy_preview", args=[case.pk, "cy"])
    page = client_of({"editor": editor, "translator": translator}[who]).get(address).content.decode()
    assert {name for name in people if name in page} == named


def test_no_button_moves_a_story_whose_words_were_changed_since(editor: User, client_of: Browse) -> None:
    case, browser = CaseStudyFactory.create(status="editing"), client_of(editor)
    edition = case.editions.get()
    save_words(edition=edition, version=edition.version, by=editor)
    refused = press(browser, case, "move:send_proof", seen_edition=edition.version - 1)
    assert (refused.status_code, status_of(case), Message.objects.count()) == (200, "editing", 0)
    assert press(browser, case, "move:send_proof").status_code == 302


@pytest.mark.parametrize("do", ["unchecked", "no-override", "correct"])
def test_what_a_page_of_yesterday_asks_for_is_not_done_and_nothing_typed_is_lost(
    editor: User, client_of: Browse, do: str
) -> None:
    """The page showed a story being edited; since then it has been archived."""
    case = CaseStudyFactory.create(status="archived")
    answer = press(client_of(editor), case, do, override_reason="Nid oedd neb ar gael i’w ddarllen")
    assert (answer.status_code, status_of(case)) == (200, "archived")
    assert messages_of(answer) == ["This has changed since you opened it. Look at it again, then decide."]
    assert "Nid oedd neb ar gael i’w ddarllen" in answer.content.decode()
    assert not Event.objects.about(case.uuid).filter(code__startswith="override").exists()


@pytest.mark.parametrize("status", ["in_review", "published"])
def test_the_workbench_asks_as_many_questions_of_three_of_each_thing_as_of_one(
    editor: User, client_of: Browse, status: str
) -> None:
    browser = client_of(editor)
    counts = []
    for many in (1, 3):
        case = CaseStudyFactory.create(
            status=status, edition__hallmarks=HallmarkFactory.create_batch(many), edition__pictures=many
        )
        for number in range(many):
            Finding.objects.create(case_study=case, what=f"A name and a class, {number}")
            write_message(
                kind="declined", recipient="a@ysgol.example", language="cy", about=case.uuid, context={"about": case}
            )
        browser.get(page_of(case))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(page_of(case)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
