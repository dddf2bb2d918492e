"""What moves ask and what they leave behind, beyond the table."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from reversion.models import Version

from casestudies.models import CaseStudy, CaseStudyEdition, Contributor, Finding
from casestudies.services import MoveRefused, Words, actor_for, moves_for, perform, release_all, write_directly
from casestudies.vocabulary import Origin, Status
from foundation.correspondence.models import Message
from foundation.files.models import Picture
from foundation.people.models import User
from foundation.publishing.services import ChangedSince, NotWorking, save_words
from foundation.record.actors import CLOCK, CONTRIBUTOR, Actor, Role
from foundation.record.models import Event, Note
from tests.factories import CaseStudyFactory, EditionPictureFactory, PermissionFactory, overdue
from tests.factories import administrator as make_administrator
from tests.factories import editor as make_editor

pytestmark = pytest.mark.django_db
WHY = Words(cy="Am reswm", en="For a reason")


def refused(move: str, case: CaseStudy, actor: Actor, **given: object) -> tuple[str, list[str]]:
    with pytest.raises(MoveRefused) as refusal:
        perform(move, case_id=case.pk, actor=actor, **{"reason": WHY, **given})  # type: ignore[arg-type]
    return refusal.value.code, [obstacle.code for obstacle in refusal.value.obstacles]


class TestOnesOwnStory:
    """Whoever started it, or shares its contributor's confirmed address, decides nothing about it."""

    DECISIONS = ("claim", "change_contributor")

    def mine(self, editor: User, **fields: object) -> CaseStudy:
        return CaseStudyFactory.create(contributor__email=editor.email.upper(), **fields)

    def test_an_editor_may_not_decide_on_it_or_hand_it_on(self) -> None:
        me, _other = make_editor(), make_editor()
        case = self.mine(me, contributor__address_confirmed_at=timezone.now())
        for move in self.DECISIONS:
            assert refused(move, case, actor_for(me), email="x@example.org") == ("not-allowed", [])
        other = CaseStudyFactory.create(status=Status.IN_REVIEW)
        perform("assign", case_id=other.pk, actor=actor_for(me), to=_other)
        case = self.mine(me, contributor__address_confirmed_at=timezone.now(), status=Status.IN_REVIEW)
        assert refused("assign", case, actor_for(_other), to=me) == ("not-allowed", [])

    def test_an_address_that_is_not_confirmed_proves_nothing(self) -> None:
        me, _other = make_editor(), make_editor()
        case = self.mine(me, contributor__address_confirmed_at=None)
        assert perform("claim", case_id=case.pk, actor=actor_for(me)).claimed_by == me

    def test_where_one_editor_is_left_an_administrator_may_with_a_reason(self) -> None:
        me = make_administrator()
        case = self.mine(me, contributor__address_confirmed_at=timezone.now())
        assert refused("claim", case, actor_for(me), reason=None) == ("reason-missing", [])
        perform("claim", case_id=case.pk, actor=actor_for(me), reason=WHY)
        make_editor(), make_editor()
        case = self.mine(me, contributor__address_confirmed_at=timezone.now())
        assert refused("claim", case, actor_for(me)) == ("not-allowed", [])


class TestWithoutTheContributor:
    """Only when editors wrote it, or after two reminders and 28 days of silence about a proof."""

    def test_what_editors_wrote_needs_no_contributor(self, editor: User) -> None:
        case = CaseStudyFactory.create(status=Status.EDITING, origin=Origin.EDITORS, started_by=make_editor())
        make_editor()
        assert (
            perform("approve_without_contributor", case_id=case.pk, actor=actor_for(editor), reason=WHY).status
            == "approved"
        )

    def test_silence_is_counted_from_the_proof(self, editor: User) -> None:
        case = overdue(CaseStudyFactory.create(status=Status.WITH_CONTRIBUTOR), days=27)
        assert refused("approve_without_contributor", case, actor_for(editor)) == ("guard", ["not-yet"])
        overdue(case, days=29)
        perform("approve_without_contributor", case_id=case.pk, actor=actor_for(editor), reason=WHY)

    @pytest.mark.parametrize(("days", "may"), [(27, False), (29, True)])
    def test_of_a_proof_that_was_taken_back_only_a_silence_that_was_long_enough_counts(
        self, days: int, may: bool, editor: User
    ) -> None:
        case = overdue(CaseStudyFactory.create(status=Status.WITH_CONTRIBUTOR, claimed_by=editor), days=days)
        perform("take_back", case_id=case.pk, actor=actor_for(editor))
        if not may:
            CaseStudy.objects.filter(pk=case.pk).update(status_since=timezone.now() - timedelta(days=90))
            assert refused("approve_without_contributor", case, actor_for(editor)) == ("guard", ["not-yet"])
            return
        perform("approve_without_contributor", case_id=case.pk, actor=actor_for(editor), reason=WHY)

    def test_a_story_that_comes_back_begins_anew(self, editor: User) -> None:
        case = overdue(CaseStudyFactory.create(status=Status.WITH_CONTRIBUTOR, claimed_by=editor), days=29)
        perform("withdraw", case_id=case.pk, actor=CONTRIBUTOR)
        for kind in ("headteacher", "licence", "privacy"):
            PermissionFactory.create(case_study=case, kind=kind)
        perform("come_back", case_id=case.pk, actor=CONTRIBUTOR)
        assert refused("approve_without_contributor", case, actor_for(editor)) == ("guard", ["not-yet"])

    def test_an_answer_ends_the_silence(self, editor: User) -> None:
        case = overdue(CaseStudyFactory.create(status=Status.WITH_CONTRIBUTOR), days=20)
        perform("ask_for_changes", case_id=case.pk, actor=CONTRIBUTOR, reason=WHY)
        CaseStudy.objects.filter(pk=case.pk).update(status_since=timezone.now() - timedelta(days=29))
        assert refused("approve_without_contributor", case, actor_for(editor)) == ("guard", ["not-yet"])

    def test_reminders_about_something_else_do_not_count(self, editor: User) -> None:
        case = overdue(CaseStudyFactory.create(status=Status.CHANGES_REQUESTED, draft__is_complete=True), days=50)
        for move, actor in (("resubmit", CONTRIBUTOR), ("claim", actor_for(editor)), ("accept", actor_for(editor))):
            perform(move, case_id=case.pk, actor=actor)
        CaseStudy.objects.filter(pk=case.pk).update(status_since=timezone.now() - timedelta(days=29))
        assert refused("approve_without_contributor", case, actor_for(editor)) == ("guard", ["not-yet"])


def test_a_draft_that_goes_takes_along_what_editors_noted_of_it(editor: User) -> None:
    case = CaseStudyFactory.create(status=Status.DRAFT)
    given: dict[str, Any] = {"name": "New", "email": "new@example.org", "language": "en"}
    perform("change_contributor", case_id=case.pk, actor=actor_for(editor), reason=WHY, **given)
    perform("discard", case_id=case.pk, actor=CONTRIBUTOR)
    assert not CaseStudy.objects.exists()
    assert [event.code for event in Event.objects.about(case.uuid)] == ["change_contributor", "discard"]
    assert not Note.objects.exists()


class TestPublication:
    """What publication asks, one thing missing at a time."""

    def approved(self) -> CaseStudy:
        return CaseStudyFactory.create(status=Status.APPROVED)

    def test_it_goes_when_nothing_is_missing(self, editor: User) -> None:
        case = perform("publish", case_id=self.approved().pk, actor=actor_for(editor))
        assert (case.status, case.claimed_by, bool(case.slug_cy and case.slug_en)) == ("published", None, True)
        assert [edition.stage for edition in case.editions.all()] == ["live"]

    @pytest.mark.parametrize("kind", ["headteacher", "licence"])
    def test_a_permission_that_was_withdrawn_stops_it(self, editor: User, kind: str) -> None:
        case = self.approved()
        case.permissions.filter(kind=kind).update(withdrawn_at=timezone.now())
        assert refused("publish", case, actor_for(editor)) == ("guard", [kind])
        assert refused("publish", case, CLOCK) == ("guard", [kind])

    @pytest.mark.parametrize(("people", "codes"), [(None, ["people-unmarked"]), (True, ["picture"])])
    def test_a_picture_that_may_show_people_needs_permission(
        self, editor: User, people: bool | None, codes: list[str]
    ) -> None:
        case = self.approved()
        EditionPictureFactory.create(edition=case.working, shows_people=people)
        assert refused("publish", case, actor_for(editor)) == ("guard", codes)

    def test_an_open_safeguarding_finding_stops_it(self, editor: User) -> None:
        case = self.approved()
        finding = Finding.objects.create(case_study=case, what="Blwyddyn 4")
        assert refused("publish", case, actor_for(editor)) == ("guard", ["safeguarding"])
        finding.verdict, finding.decided_by = "cleared", editor
        finding.save()
        perform("publish", case_id=case.pk, actor=actor_for(editor))

    @pytest.mark.parametrize("fact", ["kind", "phase", "medium", "authority"])
    def test_every_fact_about_the_setting_is_needed(self, editor: User, fact: str) -> None:
        case = self.approved()
        case.editions.update(**{fact: ""})
        assert refused("publish", case, actor_for(editor)) == ("guard", ["fact-missing"])

    def test_a_hallmark_is_needed(self, editor: User) -> None:
        case = self.approved()
        assert case.working
        case.working.hallmarks.all().delete()
        assert refused("publish", case, actor_for(editor)) == ("guard", ["no-hallmark"])

    def test_languages_out_of_step_stop_it(self, editor: User) -> None:
        case = self.approved()
        case.editions.update(title_en="Something else now")
        assert refused("publish", case, actor_for(editor)) == ("guard", ["not-in-step"])


def test_a_proof_goes_only_when_everything_readers_get_is_there_in_both_languages(editor: User) -> None:
    case = CaseStudyFactory.create(status=Status.EDITING)
    EditionPictureFactory.create(edition=case.working, alt_cy="")
    assert refused("send_proof", case, actor_for(editor)) == ("guard", ["cy-missing"])


def test_agreeing_names_the_texts_that_were_read() -> None:
    case = CaseStudyFactory.create(status=Status.WITH_CONTRIBUTOR)
    assert refused("agree", case, CONTRIBUTOR, proof_hash="of something else") == ("proof-stale", [])
    assert CaseStudy.objects.get(pk=case.pk).status == "with_contributor"


def test_the_second_of_two_people_is_told(editor: User) -> None:
    case = CaseStudyFactory.create(status=Status.SUBMITTED)
    perform("claim", case_id=case.pk, actor=actor_for(editor), version=case.version)
    with pytest.raises(ChangedSince):
        perform("claim", case_id=case.pk, actor=actor_for(make_editor()), version=case.version)
    assert CaseStudy.objects.get(pk=case.pk).claimed_by == editor


def test_a_refused_move_leaves_no_trace(editor: User) -> None:
    case = CaseStudyFactory.create(status=Status.SUBMITTED)
    events, messages = Event.objects.count(), Message.objects.count()
    assert refused("publish", case, actor_for(editor)) == ("wrong-state", [])
    assert refused("set_aside", case, actor_for(editor), reason=Words(cy="  ")) == ("reason-missing", [])
    assert (Event.objects.count(), Message.objects.count()) == (events, messages)
    assert CaseStudy.objects.get(pk=case.pk).version == case.version


def test_a_changed_contributor_takes_nothing_over_from_the_one_before(editor: User) -> None:
    case = CaseStudyFactory.create(
        status=Status.IN_REVIEW, contributor__email="old@example.org", contributor__role="Head"
    )
    case.draft.answers = {"you": {"name": "Old"}, "language": {"language": "cy"}, "title": {"title_cy": "Teitl"}}
    case.draft.save()
    perform("request_changes", case_id=case.pk, actor=actor_for(editor), reason=Words(en="More, please"))
    given: dict[str, Any] = {"name": "New", "email": "new@example.org", "language": "en"}
    perform("change_contributor", case_id=case.pk, actor=actor_for(editor), reason=WHY, **given)
    new = Contributor.objects.get(case_study=case)
    assert (new.name, new.role, new.email, new.language, new.address_confirmed_at) == (
        "New",
        "",
        "new@example.org",
        "en",
        None,
    )
    case.draft.refresh_from_db()
    assert (case.draft.answers, case.draft.is_complete) == ({"title": {"title_cy": "Teitl"}}, False)
    assert set(Message.objects.exclude(state="cancelled").values_list("recipient", flat=True)) == {"new@example.org"}


def test_after_a_lapse_it_is_offered_to_the_same_editor() -> None:
    case = overdue(CaseStudyFactory.create(status=Status.CHANGES_REQUESTED, draft__is_complete=True), days=61)
    editor = case.claimed_by
    for move, actor in (("lapse", CLOCK), ("take_up_again", CONTRIBUTOR), ("resubmit", CONTRIBUTOR)):
        case = perform(move, case_id=case.pk, actor=actor)
    assert (case.status, case.offered_to) == ("submitted", editor)


def test_a_discarded_story_leaves_its_lines_in_the_log_and_nothing_else() -> None:
    case = CaseStudyFactory.create(status=Status.AWAITING_CONFIRMATION, edition__title_cy="Unigryw-Planedig")
    edition = case.working
    assert edition
    EditionPictureFactory.create(edition=edition)
    save_words(edition=edition, version=edition.version, by=None)
    perform("correct_address", case_id=case.pk, actor=CONTRIBUTOR)
    perform("discard", case_id=case.pk, actor=CONTRIBUTOR)
    assert not CaseStudy.objects.exists()
    assert not Contributor.objects.exists()
    assert not Picture.objects.exists()
    assert not Message.objects.exists()
    assert not Version.objects.filter(serialized_data__contains="Unigryw").exists()
    assert list(Event.objects.about(case.uuid).values_list("code", flat=True)) == ["correct_address", "discard"]


def test_an_editor_who_leaves_lets_go_of_everything(editor: User) -> None:
    held = [CaseStudyFactory.create(status=status, claimed_by=editor) for status in (Status.IN_REVIEW, Status.EDITING)]
    others = CaseStudyFactory.create(status=Status.EDITING)
    offered = CaseStudyFactory.create(status=Status.SUBMITTED, offered_to=editor)
    assert release_all(editor, actor=actor_for(make_administrator())) == 2
    found = {case.pk: case for case in CaseStudy.objects.all()}
    assert [(found[case.pk].status, found[case.pk].claimed_by) for case in held] == [
        ("submitted", None),
        ("editing", None),
    ]
    assert found[others.pk].claimed_by == others.claimed_by
    assert found[offered.pk].offered_to is None


def test_what_an_editor_writes_starts_in_editing_and_is_theirs(editor: User) -> None:
    make_editor()
    case = write_directly(actor=actor_for(editor), origin=Origin.EDITORS)
    assert (case.status, case.started_by, case.working is not None) == ("editing", editor, True)
    assert "decline" not in {name for name, _rule, _obstacles in moves_for(case, actor_for(editor))}
    assert actor_for(User.objects.create_user("nobody@example.org", name="Nobody")).role == Role.ANYONE


def test_a_reopened_story_is_promised_an_answer_from_now_on() -> None:
    case = CaseStudyFactory.create(status="declined")
    CaseStudy.objects.update(submitted_at=timezone.now() - timedelta(days=200))
    moved = perform("reopen_declined", case_id=case.pk, actor=actor_for(make_administrator()), reason=WHY)
    assert moved.answer_by is not None and moved.answer_by > timezone.localdate()
    assert not CaseStudy.objects.late(timezone.now()).exists()


def test_no_move_is_made_on_words_that_nobody_has_read() -> None:
    case, editor = CaseStudyFactory.create(status="editing"), make_editor()
    edition = case.editions.get()
    save_words(edition=edition, version=edition.version, by=editor)
    with pytest.raises(ChangedSince):
        perform("send_proof", case_id=case.pk, actor=actor_for(editor), words=edition.version - 1)
    assert CaseStudy.objects.get().status == "editing"
    perform("send_proof", case_id=case.pk, actor=actor_for(editor), words=edition.version)


@pytest.mark.parametrize("status", ["submitted", "in_review", "with_contributor", "approved"])
def test_words_are_not_written_by_staff_while_a_story_is_not_being_edited(status: str) -> None:
    edition = CaseStudyFactory.create(status=status).editions.get()
    with pytest.raises(NotWorking):
        save_words(edition=edition, version=edition.version, by=make_editor())
    save_words(edition=CaseStudyEdition.objects.get(), version=edition.version, by=None)
