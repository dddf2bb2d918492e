"""Correcting a published story beside the live one: agreed with its contributor or not, then swapped; and the featured."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from casestudies import corrections
from casestudies.featured import ListFull, feature, featured, mark
from casestudies.models import CaseStudy, CaseStudyEdition
from casestudies.models.cases import FEATURED_MOST
from casestudies.services import MoveRefused, Words, actor_for, perform, proof_hash
from casestudies.vocabulary import Correction, Origin
from desk.planned import KIND
from foundation.bilingual.addresses import address_in
from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.correspondence.models import Message, State
from foundation.correspondence.rendering import render
from foundation.people.models import User
from foundation.publishing.planned import plan, publish_planned
from foundation.publishing.services import ChangedSince, GateClosed, NotWorking, save_words
from foundation.record.actors import CONTRIBUTOR, Actor, Role
from foundation.record.models import Event
from tests.desk.pressing import messages_of, page_of, press
from tests.factories import CaseStudyFactory, EditionPictureFactory, administrator
from tests.factories import editor as make_editor
from tests.joinin.school import address, opened

pytestmark = pytest.mark.django_db
NEW, OLD = "Geiriau newydd", "Hen eiriau"
WHY = Words(en="A spelling mistake")
Browse = Callable[[User], Client]


def published(**fields: Any) -> CaseStudy:
    return CaseStudyFactory.create(
        status="published", edition__impact_cy=f"<p>{OLD} cy</p>", edition__impact_en=f"<p>{OLD} en</p>", **fields
    )


def again(case: CaseStudy) -> CaseStudy:
    return CaseStudy.objects.get(pk=case.pk)


def corrected(case: CaseStudy, who: User) -> CaseStudyEdition:
    """A correction of `case` with other words, its languages in step."""
    working = corrections.start_correction(case_id=case.pk, actor=actor_for(who))
    working.impact_cy, working.impact_en = f"<p>{NEW} cy</p>", f"<p>{NEW} en</p>"
    save_words(edition=working, version=working.version, by=who)
    agree_all(obj=working, how=How.SPEAKER, by=who)
    return working


def shown(case: CaseStudy, language: str = "en") -> str:
    answer = Client().get(address_in(language, case))
    assert answer.status_code == 200
    body = answer.content.decode()
    return next(words for words in (NEW, OLD) if f"{words} {language}" in body)


def codes(case: CaseStudy) -> list[str]:
    return [event.code for event in Event.objects.about(case.uuid)]


def test_where_the_meaning_changes_the_contributor_agrees_and_both_languages_are_swapped(editor: User) -> None:
    case = published(contributor__language="cy")
    working = corrected(case, editor)
    with pytest.raises(GateClosed) as closed:
        corrections.publish_correction(correction=working, actor=actor_for(editor))
    assert [found.code for found in closed.value.obstacles] == ["not-agreed"]
    corrections.send_correction(case_id=case.pk, actor=actor_for(editor))
    assert Message.objects.get(kind="correction-proof").recipient == case.contributor.email
    browser = opened(case)
    assert address("proof") in browser.get(address("status")).content.decode()
    page = browser.get(address("proof")).content.decode()
    assert (f"{NEW} cy" in page, f"{NEW} en" in page, "Your story, as it would be corrected" in page) == (True,) * 3
    assert shown(case) == OLD
    sent = {"version": again(case).version, "hash": proof_hash(working), "agree": "1"}
    assert browser.post(address("proof"), sent).status_code == 302
    assert again(case).working.correction == Correction.AGREED  # type: ignore[union-attr]
    corrections.publish_correction(correction=working, actor=actor_for(editor))
    assert (again(case).status, again(case).working) == ("published", None)
    assert [shown(case, language) for language in ("cy", "en")] == [NEW, NEW]
    assert codes(case) == ["correction-started", "correction-sent", "correction-agreed", "go-live"]
    assert Message.objects.filter(kind="corrected", recipient=case.contributor.email).count() == 1
    next_one = corrections.start_correction(case_id=case.pk, actor=actor_for(editor))
    assert (next_one.correction, next_one.agreed_hash) == (Correction.EDITING, "")


def test_a_proof_gone_stale_is_refused_and_changes_are_asked_for_in_words(editor: User) -> None:
    case = published()
    corrected(case, editor)
    corrections.send_correction(case_id=case.pk, actor=actor_for(editor))
    browser = opened(case)
    stale = browser.post(address("proof"), {"version": again(case).version, "hash": "0" * 64, "agree": "1"})
    assert (stale.status_code, again(case).working.correction) == (409, "with_contributor")  # type: ignore[union-attr]
    empty = browser.post(address("proof"), {"version": again(case).version, "ask": "1", "reason": " "})
    assert "Say what you would like us to change" in empty.content.decode()
    asked = {"version": again(case).version, "ask": "1", "reason": "Nid felly y bu."}
    assert browser.post(address("proof"), asked).status_code == 302
    assert again(case).working.correction == Correction.EDITING  # type: ignore[union-attr]
    event = Event.objects.about(case.uuid).get(code="correction-changes")
    assert "Nid felly y bu." in (event.note.text_cy, event.note.text_en)
    assert Message.objects.get(kind="answer").recipient == editor.email
    assert browser.get(address("proof")).status_code == 302


def test_the_message_of_a_button_is_shown_before_it_goes(editor: User, client_of: Browse) -> None:
    case, browser = published(contributor__language="cy"), client_of(editor)
    corrected(case, editor)

    def letters() -> dict[str, list[tuple[str, bool]]]:
        shown = browser.get(page_of(case)).context["correction_letters"]
        return {
            name: [(letter.language, bool(letter.sheet.subject)) for letter in going.letters]
            for name, going in shown.items()
        }

    assert letters() == {"send": [("cy", True)]}
    corrections.send_correction(case_id=case.pk, actor=actor_for(editor))
    assert letters() == {"take_back": [("cy", True)]}
    corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(editor), reason=WHY)
    assert letters() == {"publish": [("cy", True)]}
    subject = browser.get(page_of(case)).context["correction_letters"]["publish"].letters[0].sheet.subject
    assert subject in browser.get(page_of(case)).content.decode()


def test_what_an_editor_adds_stands_in_the_message_in_the_language_of_the_contributor(
    editor: User, client_of: Browse
) -> None:
    case, browser = published(contributor__language="cy"), client_of(editor)
    corrected(case, editor)

    def words(button: str, language: str, text: str) -> dict[str, str]:
        return {f"correction-{button}-reason_{language}": text}

    page = browser.get(page_of(case)).content.decode()
    assert [page.count(f'name="correction-send-reason_{one}"') for one in ("cy", "en")] == [1, 1]
    refused = press(browser, case, "correction:send", **words("send", "cy", "x" * 5001))
    assert (refused.status_code, Message.objects.count()) == (200, 0)
    assert "x" * 5001 in refused.content.decode()
    kept = press(browser, case, "publish", **words("send", "cy", "Darllenwch yr ail baragraff.")).content.decode()
    assert "Darllenwch yr ail baragraff." in kept

    assert press(browser, case, "correction:send", **words("send", "cy", "Darllenwch yr ail.")).status_code == 302
    message = Message.objects.get(kind="correction-proof")
    assert (message.state, "Darllenwch yr ail." in render(message).text) == (State.QUEUED, True)
    assert Event.objects.about(case.uuid).get(code="correction-sent").note.text_cy == "Darllenwch yr ail."

    press(browser, case, "correction:take-back", **words("take-back", "en", "A mistake of ours."))
    message = Message.objects.get(kind="proof-taken-back")
    assert (message.state, message.note_en) == (State.WAITING, "A mistake of ours.")  # for a translator

    corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(editor), reason=WHY)
    assert press(browser, case, "publish", **words("publish", "cy", "Diolch yn fawr.")).status_code == 302
    assert "Diolch yn fawr." in render(Message.objects.get(kind="corrected")).text


def test_an_editor_goes_on_without_the_contributor_only_with_a_reason(editor: User) -> None:
    case = published()
    working = corrected(case, editor)
    with pytest.raises(MoveRefused) as refused:
        corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(editor), reason=Words(en=" "))
    assert refused.value.code == "reason-missing"
    corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(editor), reason=WHY)
    assert Event.objects.get(code="correction-not-asked").note.text_en == WHY.en
    corrections.publish_correction(correction=working, actor=actor_for(editor))
    assert shown(case) == NEW


def test_nobody_decides_on_the_correction_of_their_own_story(editor: User) -> None:
    make_editor()
    case = published(contributor__email=editor.email, contributor__address_confirmed_at=timezone.now())
    working = corrected(case, editor)
    for act in (
        lambda: corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(editor), reason=WHY),
        lambda: corrections.publish_correction(correction=working, actor=actor_for(editor)),
        lambda: feature(case_id=case.pk, place=1, actor=actor_for(editor)),
    ):
        with pytest.raises(MoveRefused) as refused:
            act()
        assert refused.value.code == "not-allowed"
    assert (shown(case), again(case).featured) == (OLD, None)


def test_words_written_after_they_were_agreed_are_not_what_was_agreed(editor: User, client_of: Browse) -> None:
    case = published()
    working = corrected(case, editor)
    corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(editor), reason=WHY)
    edit = f"/admin/casestudies/casestudyedition/{working.pk}/change/"
    answer = client_of(editor).post(edit, {"seen_version": working.version, "title_en": "Other"})
    assert (answer.status_code, again(case).working.title_en) == (403, working.title_en)  # type: ignore[union-attr]
    CaseStudyEdition.objects.filter(pk=working.pk).update(impact_en="<p>Rhywbeth arall</p>")
    agree_all(obj=CaseStudyEdition.objects.get(pk=working.pk), how=How.SPEAKER)
    with pytest.raises(GateClosed) as closed:
        corrections.publish_correction(correction=working, actor=actor_for(editor))
    assert [found.code for found in closed.value.obstacles] == ["changed-since-agreed"]
    corrections.take_back_correction(case_id=case.pk, actor=actor_for(editor))
    assert again(case).working.agreed_hash == ""  # type: ignore[union-attr]


def test_everything_that_a_first_publication_asks_is_asked_again(editor: User) -> None:
    case = published()
    working = corrected(case, editor)
    corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(editor), reason=WHY)
    case.permissions.filter(kind="licence").update(withdrawn_at=timezone.now())
    with pytest.raises(GateClosed) as closed:
        corrections.publish_correction(correction=working, actor=actor_for(editor))
    assert [found.code for found in closed.value.obstacles] == ["licence"]
    assert shown(case) == OLD


def test_a_story_of_the_editors_needs_nobody_to_agree(editor: User) -> None:
    case = published(origin=Origin.EDITORS)
    corrections.publish_correction(correction=corrected(case, editor), actor=actor_for(editor))
    assert shown(case) == NEW
    assert not Message.objects.exists()


def test_the_second_of_two_people_is_told_that_it_has_changed(editor: User) -> None:
    case = published()
    working, seen = corrected(case, editor), case.version
    corrections.send_correction(case_id=case.pk, actor=actor_for(editor), version=seen)
    for act in (corrections.send_correction, corrections.take_back_correction):
        with pytest.raises(ChangedSince):
            act(case_id=case.pk, actor=actor_for(editor), version=seen)
    with pytest.raises(MoveRefused):
        corrections.send_correction(case_id=case.pk, actor=actor_for(editor))
    corrections.agree_to_correction(case_id=case.pk, shown=proof_hash(working))
    with pytest.raises(ChangedSince):
        corrections.publish_correction(correction=working, actor=actor_for(editor), version=working.version - 1)


def test_words_read_before_it_was_sent_are_not_written_after(editor: User) -> None:
    case = published()
    before = corrected(case, editor)
    corrections.send_correction(case_id=case.pk, actor=actor_for(editor))
    for edition, refusal in ((before, ChangedSince), (again(case).working, NotWorking)):
        with pytest.raises(refusal):
            save_words(edition=edition, version=edition.version, by=editor)  # type: ignore[type-var, union-attr]
    assert again(case).working.correction == "with_contributor"  # type: ignore[union-attr]


@pytest.mark.parametrize("sent", [True, False])
def test_a_contributor_who_was_sent_it_is_told_that_it_was_given_up(
    editor: User, client_of: Browse, sent: bool
) -> None:
    case, browser = published(), client_of(editor)
    corrected(case, editor)
    if sent:
        corrections.send_correction(case_id=case.pk, actor=actor_for(editor))
    page = browser.get(page_of(case)).content.decode()
    assert 'value="discard"' in page
    assert press(browser, case, "discard", seen_edition=99).status_code == 200
    assert press(browser, case, "discard").status_code == 302
    assert (again(case).working, shown(case)) == (None, OLD)
    told = Message.objects.filter(kind="correction-given-up")
    assert list(told.values_list("recipient", flat=True)) == [case.contributor.email] * sent
    corrections.start_correction(case_id=case.pk, actor=actor_for(editor))
    assert press(browser, case, "discard").status_code == 302  # the next one was never sent
    assert told.count() == sent


def test_the_last_editor_says_why_they_publish_a_correction_of_their_own_story(client_of: Browse) -> None:
    me = administrator()
    case = published(contributor__email=me.email, contributor__address_confirmed_at=timezone.now())
    working, browser = corrected(case, me), client_of(me)
    corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(me), reason=WHY)
    with pytest.raises(MoveRefused) as refusal:
        corrections.publish_correction(correction=working, actor=actor_for(me))
    assert refusal.value.code == "reason-missing"
    assert 'name="own-reason_cy"' in browser.get(page_of(case)).content.decode()
    later = {"plan-publish_at": "2099-01-01T09:00", "own-reason_en": "A typing mistake"}
    for name, typed in (("publish", {"own-reason_en": " "}), ("plan", later)):
        refused = press(browser, case, name, **typed)
        assert (refused.status_code, shown(case), again(case).working.publish_at) == (200, OLD, None)  # type: ignore[union-attr]
    assert refused.content.decode().count("A typing mistake") == 1
    assert press(browser, case, "publish", **{"own-reason_en": "A typing mistake"}).status_code == 302
    assert (shown(case), Event.objects.get(code="go-live").note.text_en) == (NEW, "A typing mistake")


def test_what_was_typed_stays_in_its_boxes_whatever_else_is_pressed(editor: User, client_of: Browse) -> None:
    case, browser = published(), client_of(editor)
    corrected(case, editor)
    for sent in ({"_do": "publish"}, {"_language": "cy"}, {"_language": "en"}):
        typed = {"without-reason_en": "A spelling mistake", "featured": "3"}
        page = browser.post(page_of(case), {**typed, **sent}).content.decode()
        assert page.count("A spelling mistake") == 1
        assert re.search(r'<textarea name="without-reason_en"[^>]*>\s*A spelling mistake</textarea>', page)
        assert '<option value="3" selected>' in page


def test_what_left_readers_comes_back_as_it_was_whatever_was_begun_beside_it(editor: User) -> None:
    case = published()
    working = corrections.start_correction(case_id=case.pk, actor=actor_for(editor))
    EditionPictureFactory.create(edition=working, shows_people=None)
    perform("archive", case_id=case.pk, actor=actor_for(editor), reason=WHY)
    perform("put_back", case_id=case.pk, actor=actor_for(editor))
    assert shown(case) == OLD
    found = [obstacle.code for obstacle in corrections.obstacles_of(again(case).working)]  # type: ignore[arg-type]
    assert "people-unmarked" in found


class TestAtASetTime:
    SOON = timezone.now() + timedelta(hours=3)

    def planned(self, who: User) -> CaseStudy:
        case = published()
        working = corrected(case, who)
        corrections.agree_without_contributor(case_id=case.pk, actor=actor_for(who), reason=WHY)
        plan(working=working, at=self.SOON, actor=actor_for(who), version=working.version + 1)  # agreed since
        return case

    def test_the_clock_swaps_it(self, editor: User) -> None:
        case = self.planned(editor)
        publish_planned(self.SOON - timedelta(minutes=1))
        assert shown(case) == OLD
        publish_planned(self.SOON)
        assert [shown(case, language) for language in ("cy", "en")] == [NEW, NEW]
        assert Event.objects.get(code="go-live").role == "clock"

    def test_a_permission_withdrawn_meanwhile_stops_it_and_its_editor_is_told(self, editor: User) -> None:
        case = self.planned(editor)
        case.permissions.filter(kind="headteacher").update(withdrawn_at=timezone.now())
        publish_planned(self.SOON)
        assert (shown(case), again(case).working.publish_at) == (OLD, None)  # type: ignore[union-attr]
        message = Message.objects.get(kind=KIND)
        assert (message.recipient, message.note_en) == (editor.email, "– The headteacher has not agreed.")

    def test_nothing_goes_live_in_the_archive(self, editor: User) -> None:
        case = self.planned(editor)
        perform("archive", case_id=case.pk, actor=actor_for(editor), reason=WHY)
        publish_planned(self.SOON)
        assert (again(case).status, again(case).working.publish_at) == ("archived", None)  # type: ignore[union-attr]
        assert Message.objects.get(kind=KIND).note_en == "– The case study is not published."

    def test_taking_it_back_takes_its_time_away(self, editor: User) -> None:
        case = self.planned(editor)
        corrections.take_back_correction(case_id=case.pk, actor=actor_for(editor))
        assert again(case).working.publish_at is None  # type: ignore[union-attr]


def test_the_workbench_has_the_buttons_and_they_work(editor: User, client_of: Browse) -> None:
    case, browser = published(), client_of(editor)
    assert press(browser, case, "correct").status_code == 302
    page = browser.get(page_of(case)).content.decode()
    assert [f'value="{name}"' in page for name in ("correction:send", "correction:without", "publish", "plan")] == [
        True, True, False, False,
    ]  # fmt: skip
    refused = press(browser, case, "correction:without")
    assert (refused.status_code, "Say why, in Welsh, in English or in both." in refused.content.decode()) == (200, True)
    assert press(browser, case, "publish").status_code == 200
    for name, state in (("send", "with_contributor"), ("take-back", "editing"), ("without", "agreed")):
        done = press(browser, case, f"correction:{name}", **{"without-reason_cy": "Gwall sillafu"})
        assert (done.status_code, again(case).working.correction) == (302, state)  # type: ignore[union-attr]
    page = browser.get(page_of(case)).content.decode()
    assert [f'value="{name}"' in page for name in ("correction:send", "publish", "plan")] == [False, True, True]
    assert press(browser, case, "plan", **{"plan-publish_at": "2099-01-01T09:00"}).status_code == 302
    assert press(browser, case, "publish").status_code == 302
    assert (again(case).working, codes(case).count("go-live")) == (None, 1)


@pytest.mark.parametrize("status", ["archived", "editing"])
def test_what_is_not_published_has_no_correction(editor: User, client_of: Browse, status: str) -> None:
    case = CaseStudyFactory.create(status=status)
    browser = client_of(editor)
    for name in ("correct", "correction:send", "publish"):
        assert press(browser, case, name, featured="1").status_code == 200
    with pytest.raises(MoveRefused):
        corrections.start_correction(case_id=case.pk, actor=actor_for(editor))
    assert (again(case).featured, codes(case)) == (None, [])


def test_an_archived_story_sends_its_readers_on_until_it_is_put_back_or_withdrawn(
    editor: User, client_of: Browse
) -> None:
    case, other = published(), published()
    to = {"archive-reason_en": "Superseded", "archive-leads_to": address_in("cy", other)}
    assert press(client_of(editor), case, "move:archive", **to | {"archive-leads_to": address_in("en", case)}).status_code == 200  # fmt: skip
    assert press(client_of(editor), case, "move:archive", **to).status_code == 302
    for language in ("cy", "en"):
        answer = Client().get(address_in(language, case))
        assert (answer.status_code, answer["Location"]) == (301, address_in(language, other))
    perform("withdraw_permission", case_id=case.pk, actor=CONTRIBUTOR)
    assert [Client().get(address_in(language, case)).status_code for language in ("cy", "en")] == [410, 410]
    third = published()
    perform("archive", case_id=third.pk, actor=actor_for(editor), reason=WHY, leads_to=other)
    perform("put_back", case_id=third.pk, actor=actor_for(editor))
    assert shown(third) == OLD


class TestFeatured:
    EDITOR = Actor(Role.EDITOR)

    def places(self) -> list[int | None]:
        return [case.featured for case in featured()]

    def test_they_stand_first_in_their_order_on_the_home_page_and_in_the_list(self) -> None:
        cases = [published(edition__title_en=f"Story {number}") for number in range(6)]
        feature(case_id=cases[0].pk, place=1, actor=self.EDITOR)
        feature(case_id=cases[1].pk, place=1, actor=self.EDITOR)
        expected = [f"Story {number}" for number in (1, 0, 5, 4)]
        for path in ("/en/", "/en/case-studies/"):
            body = Client().get(path).content.decode()
            order = sorted(expected, key=body.index)
            assert order == expected
        assert body.count(">Featured<") == 2

    def test_a_place_in_the_middle_moves_the_others_on_and_the_list_is_short(self) -> None:
        cases = [published() for _ in range(FEATURED_MOST + 1)]
        for place, case in enumerate(cases[:-1], 1):
            feature(case_id=case.pk, place=place, actor=self.EDITOR)
        with pytest.raises(ListFull):
            feature(case_id=cases[-1].pk, place=1, actor=self.EDITOR)
        feature(case_id=cases[3].pk, place=2, actor=self.EDITOR)
        assert featured() == [cases[0], cases[3], cases[1], cases[2]]
        feature(case_id=cases[0].pk, place=None, actor=self.EDITOR)
        assert (featured(), self.places()) == ([cases[3], cases[1], cases[2]], [1, 2, 3])

    @pytest.mark.parametrize("move", ["archive", "withdraw_permission"])
    def test_what_is_taken_from_readers_is_gone_from_them_at_once(self, move: str, editor: User) -> None:
        case = published(edition__title_en="Taken away")
        feature(case_id=case.pk, place=1, actor=self.EDITOR)
        actor = CONTRIBUTOR if move == "withdraw_permission" else actor_for(editor)
        perform(move, case_id=case.pk, actor=actor, reason=WHY)
        assert (featured(), "Taken away" in Client().get("/en/").content.decode()) == ([], False)

    def test_only_a_published_one_and_one_a_place(self) -> None:
        hidden, shown = CaseStudyFactory.create(status="approved"), [published(), published(featured=1)]
        for pk, place in ((hidden.pk, 2), (shown[0].pk, 1), (shown[0].pk, FEATURED_MOST + 1)):
            with pytest.raises(IntegrityError), transaction.atomic():
                CaseStudy.objects.filter(pk=pk).update(featured=place)

    def test_it_is_done_on_the_workbench(self, editor: User, client_of: Browse) -> None:
        case, browser = published(), client_of(editor)
        assert press(browser, case, "feature", featured="9").status_code == 404
        assert press(browser, case, "feature", featured="2").status_code == 302
        assert again(case).featured == 1
        shown = browser.get(page_of(case)).content.decode()
        assert 'value="1" selected' in shown
        assert f'name="seen_featured" value="{case.pk}"' in shown

    def test_a_place_on_a_list_that_has_changed_meanwhile_is_not_given(self, editor: User, client_of: Browse) -> None:
        case, other, browser = published(), published(), client_of(editor)
        seen = mark(featured())
        feature(case_id=other.pk, place=1, actor=self.EDITOR)
        answer = press(browser, case, "feature", featured="1", seen_featured=seen)
        assert (answer.status_code, featured()) == (200, [other])
        assert messages_of(answer) == [
            "The list of the featured has changed since you opened it. Look at it again, then decide."
        ]
