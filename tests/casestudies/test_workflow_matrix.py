"""The whole table of moves of LIFE.md: every move × every state × every role, against a literal table."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casestudies.models import CaseStudy
from casestudies.services import MoveRefused, Words, perform, proof_hash
from casestudies.vocabulary import Status
from casestudies.workflow import rules
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, UserFactory

pytestmark = pytest.mark.django_db

MODERATED = ["in_review", "changes_requested", "editing", "with_contributor", "approved"]
ALL_BUT_REMOVED = [status.value for status in Status if status != "removed"]
CONTRIBUTOR, EDITORS, CLOCK = {"contributor"}, {"editor", "administrator"}, {"clock"}

#: move: ({from: to}, who). Written from the document, not from the code.
TABLE: dict[str, tuple[dict[str, str], set[str]]] = {
    "send": ({"draft": "submitted"}, CONTRIBUTOR),
    "confirm": ({"awaiting_confirmation": "submitted"}, CONTRIBUTOR),
    "correct_address": ({"awaiting_confirmation": "draft"}, CONTRIBUTOR),
    "discard": ({"draft": "removed", "awaiting_confirmation": "removed"}, CONTRIBUTOR),
    "expire": ({"draft": "removed", "awaiting_confirmation": "removed"}, CLOCK),
    "let_in": ({"held": "submitted"}, EDITORS),
    "decline_quietly": ({"held": "declined"}, EDITORS),
    "set_aside": ({"submitted": "held", "in_review": "held"}, EDITORS),
    "claim": ({"submitted": "in_review"}, EDITORS),
    "release": ({**{status: status for status in MODERATED}, "in_review": "submitted"}, EDITORS),
    "assign": ({status: status for status in MODERATED}, EDITORS),
    "request_changes": ({"in_review": "changes_requested"}, EDITORS),
    "resubmit": ({"changes_requested": "submitted"}, CONTRIBUTOR),
    "lapse": ({"changes_requested": "declined"}, CLOCK),
    "take_up_again": ({"declined": "changes_requested"}, CONTRIBUTOR),
    "accept": ({"in_review": "editing"}, EDITORS),
    "decline": (
        dict.fromkeys(("in_review", "editing", "with_contributor", "approved"), "declined"),
        EDITORS,
    ),
    "reopen_declined": ({"declined": "in_review"}, {"administrator"}),
    "send_proof": ({"editing": "with_contributor"}, EDITORS),
    "agree": ({"with_contributor": "approved"}, CONTRIBUTOR),
    "ask_for_changes": ({"with_contributor": "editing"}, CONTRIBUTOR),
    "take_back": ({"with_contributor": "editing"}, EDITORS),
    "approve_without_contributor": ({"editing": "approved", "with_contributor": "approved"}, EDITORS),
    "reopen": ({"approved": "editing"}, EDITORS),
    "schedule": ({"approved": "approved"}, EDITORS),
    "unschedule": ({"approved": "approved"}, EDITORS | CLOCK),
    "publish": ({"approved": "published"}, EDITORS | CLOCK),
    "archive": ({"published": "archived"}, EDITORS),
    "put_back": ({"archived": "published"}, EDITORS),
    "withdraw_permission": ({"published": "withdrawn", "archived": "withdrawn"}, {"contributor", "headteacher"}),
    "withdraw": (dict.fromkeys(("held", "submitted", *MODERATED), "withdrawn"), CONTRIBUTOR),
    "come_back": ({"withdrawn": "editing"}, CONTRIBUTOR),
    "change_contributor": ({status: status for status in ALL_BUT_REMOVED}, EDITORS),
}


def ready_for_anything(status: str) -> CaseStudy:
    """A case study in `status` that every guard lets through."""
    long_ago = timezone.now() - timedelta(days=200)
    case: CaseStudy = CaseStudyFactory(status=status)
    CaseStudy.objects.filter(pk=case.pk).update(status_since=long_ago, reminders=2)
    if status == "draft":
        case.contributor.address_confirmed_at = long_ago
        case.contributor.save()
    if status == "declined":
        CaseStudy.objects.filter(pk=case.pk).update(lapsed_at=long_ago)
    if status == "withdrawn":
        case.permissions.update(withdrawn_at=None)
    if hasattr(case, "draft"):
        case.draft.is_complete, case.draft.touched_at = True, long_ago
        case.draft.save()
    return CaseStudy.objects.get(pk=case.pk)


def given_for(move: str, case: CaseStudy, editor: Any) -> dict[str, Any]:
    if move == "assign":
        return {"to": editor}
    if move == "schedule":
        return {"publish_at": timezone.now() + timedelta(days=3)}
    if move == "agree" and case.working is not None:
        return {"proof_hash": proof_hash(case.working)}
    if move == "change_contributor":
        return {"email": "newydd@example.org"}
    return {}


def outcome(move: str, case: CaseStudy, actor: Actor, editor: Any) -> str:
    """The state after the move, or the code of its refusal; nothing is kept."""
    try:
        with transaction.atomic():
            moved = perform(
                move, case_id=case.pk, actor=actor, version=case.version, reason=Words(cy="Am reswm", en="For a reason"),
                **given_for(move, case, editor),
            )  # fmt: skip
            event = Event.objects.latest("pk")
            line = (event.code, event.from_state, event.to_state, event.role)
            if move != "publish":  # publication writes two lines
                assert line == (move, case.status, moved.status, actor.role)
            transaction.set_rollback(True)
            return str(moved.status)
    except MoveRefused as refusal:
        return refusal.code


def test_a_removed_case_study_is_not_there_to_be_moved() -> None:
    case = ready_for_anything("draft")
    removed = perform("expire", case_id=case.pk, actor=Actor(Role.CLOCK))
    assert removed.status == "removed"
    with pytest.raises(CaseStudy.DoesNotExist):
        perform("change_contributor", case_id=case.pk, actor=Actor(Role.EDITOR), reason=Words(en="x"))
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseStudyFactory(status="removed")


def test_the_table_names_every_move() -> None:
    assert set(TABLE) == set(rules())


def test_every_move_from_every_state_by_every_role(tell: Callable[[str], None]) -> None:
    editor = UserFactory()
    tried = allowed = 0
    wrong = []
    for status in ALL_BUT_REMOVED:
        case = ready_for_anything(status)
        if status in MODERATED:
            CaseStudy.objects.filter(pk=case.pk).update(claimed_by=editor)
            case = CaseStudy.objects.get(pk=case.pk)
        for move, (ways, who) in TABLE.items():
            for role in Role:
                staff = role in (Role.EDITOR, Role.ADMINISTRATOR, Role.TRANSLATOR)
                actor = Actor(role, editor if staff else None)
                expected = ways.get(status, "wrong-state")
                if status in ways and role not in who:
                    expected = "not-allowed"
                got = outcome(move, case, actor, editor)
                tried += 1
                allowed += got == expected and got in Status.values
                if got != expected:
                    wrong.append(f"{move} from {status} by {role}: {got}, not {expected}")
    assert wrong == []
    assert tried == len(TABLE) * len(ALL_BUT_REMOVED) * len(Role) == 33 * 13 * 7
    assert allowed == sum(len(ways) * len(who) for ways, who in TABLE.values())
    tell(f"{tried} combinations tried, {allowed} allowed")
