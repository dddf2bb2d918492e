"""The one table of moves of a case study. Nothing else writes `status`.

Each method is a row of the table in LIFE.md: from which states, to which, who may, under which guards, whether a reason is
asked and which message goes out. A method changes the case study's own columns only; what a move does elsewhere (publishing
an edition, revoking permissions, writing the log and the message) is in `services.py` and `consequences.py`, in the same
transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition

from casestudies import guards
from casestudies.vocabulary import CLAIMABLE, Status
from foundation.publishing.gate import Obstacle
from foundation.record.actors import Actor, Role

if TYPE_CHECKING:
    from casestudies.models import CaseStudy

Guard = Callable[["CaseStudy"], list[Obstacle]]
WITHDRAWABLE = (Status.HELD, Status.SUBMITTED, *CLAIMABLE)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one move asks, beside the states it leads from and to."""

    label: str | Promise
    who: frozenset[Role]
    guards: tuple[Guard, ...] = ()
    reason: bool = False  # the person has to say why
    tells: str = ""  # the kind of message that goes to the contributor
    decides: bool = False  # nobody decides on a story of their own
    holder_only: bool = False  # only the editor who has claimed it

    def may(self, case: CaseStudy, actor: Actor) -> bool:
        """Whether `actor` may make this move on `case`, whatever its state."""
        if not any(actor.acts_as(role) for role in self.who):
            return False
        if self.holder_only and (actor.user is None or case.claimed_by_id != actor.user.pk):
            return False
        return not self.decides or guards.may_decide(case, actor)

    def obstacles(self, case: CaseStudy) -> list[Obstacle]:
        return [found for guard in self.guards for found in guard(case)]


def move(
    label: str | Promise,
    source: Status | Iterable[Status],
    target: Any,
    *who: Role,
    guards: tuple[Guard, ...] = (),
    reason: bool = False,
    tells: str = "",
    decides: bool = False,
    holder_only: bool = False,
) -> Callable[[Any], Any]:
    """A row of the table, on django-fsm-2's `transition`."""
    rule = Rule(label, frozenset(who), guards, reason, tells, decides, holder_only)
    return transition(
        field="status",
        source=source if isinstance(source, Status) else list(source),
        target=target,
        conditions=[_condition(guard) for guard in guards],
        permission=cast(Any, rule.may),  # it is handed the actor, where django-fsm hands a user
        custom={"rule": rule},
    )


def _condition(guard: Guard) -> Callable[[Any], bool]:
    return lambda case: not guard(case)


class Workflow(FSMModelMixin, models.Model):
    """The status of a case study, and every move that changes it or what hangs on it."""

    status = FSMField(_("status"), default=Status.DRAFT, choices=Status.choices, protected=True, db_index=True)

    # What the moves write; declared in `CaseStudy`.
    claimed_by: Any
    claimed_by_id: int | None
    offered_to: Any
    publish_at: datetime | None
    first_published_at: datetime | None
    submitted_at: datetime | None
    held_because: str
    lapsed_at: datetime | None
    proof_hash: str
    featured: int | None
    reminders: int
    contributor: Any

    class Meta:
        abstract = True

    # --- the contributor's side, before an editor sees it ---------------------------------------------------------------

    @move(
        _("Send"),
        Status.DRAFT,
        RETURN_VALUE(Status.AWAITING_CONFIRMATION, Status.SUBMITTED, Status.HELD),
        Role.CONTRIBUTOR,
        guards=(guards.draft_is_complete,),
        tells="sent",
    )
    def send(self, *, now: datetime, junk: str = "") -> Status:
        if self.contributor.address_confirmed_at is None:
            return Status.AWAITING_CONFIRMATION
        return self._enter_queue(now, junk)

    @move(
        _("Confirm the address"),
        Status.AWAITING_CONFIRMATION,
        RETURN_VALUE(Status.SUBMITTED, Status.HELD),
        Role.CONTRIBUTOR,
        tells="received",
    )
    def confirm(self, *, now: datetime, junk: str = "") -> Status:
        return self._enter_queue(now, junk)

    def _enter_queue(self, now: datetime, junk: str) -> Status:
        """`junk`: what speaks against it, as `casestudies.junk` names it; "" where nothing does."""
        self.submitted_at, self.held_because = now, junk
        return Status.HELD if junk else Status.SUBMITTED

    @move(_("Correct the address"), Status.AWAITING_CONFIRMATION, Status.DRAFT, Role.CONTRIBUTOR)
    def correct_address(self, *, now: datetime) -> None: ...

    @move(_("Discard"), (Status.DRAFT, Status.AWAITING_CONFIRMATION), Status.REMOVED, Role.CONTRIBUTOR)
    def discard(self, *, now: datetime) -> None: ...

    @move(
        _("Expire"),
        (Status.DRAFT, Status.AWAITING_CONFIRMATION),
        Status.REMOVED,
        Role.CLOCK,
        guards=(guards.draft_has_expired,),
    )
    def expire(self, *, now: datetime) -> None: ...

    # --- the queue ------------------------------------------------------------------------------------------------------

    @move(_("Let in"), Status.HELD, Status.SUBMITTED, Role.EDITOR)
    def let_in(self, *, now: datetime) -> None:
        self.held_because = ""

    @move(_("Decline without a message"), Status.HELD, Status.DECLINED, Role.EDITOR, decides=True)
    def decline_quietly(self, *, now: datetime) -> None: ...

    @move(_("Set aside as junk"), (Status.SUBMITTED, Status.IN_REVIEW), Status.HELD, Role.EDITOR, reason=True)
    def set_aside(self, *, now: datetime) -> None:
        self.claimed_by = None

    @move(_("Claim"), Status.SUBMITTED, Status.IN_REVIEW, Role.EDITOR, decides=True)
    def claim(self, *, now: datetime, by: Any) -> None:
        self.claimed_by, self.offered_to = by, None

    @move(_("Release"), CLAIMABLE, RETURN_VALUE(Status.SUBMITTED, *CLAIMABLE[1:]), Role.EDITOR, holder_only=True)
    def release(self, *, now: datetime) -> Status:
        return self._held_by(None)

    @move(_("Assign"), CLAIMABLE, RETURN_VALUE(Status.SUBMITTED, *CLAIMABLE), Role.EDITOR)
    def assign(self, *, now: datetime, to: Any) -> Status:
        """Hand it to the editor `to`, or to nobody (None)."""
        return self._held_by(to)

    def _held_by(self, editor: Any) -> Status:
        self.claimed_by = editor
        return Status.SUBMITTED if editor is None and self.status == Status.IN_REVIEW else Status(self.status)

    # --- questions and the decision -------------------------------------------------------------------------------------

    @move(
        _("Request changes"),
        Status.IN_REVIEW,
        Status.CHANGES_REQUESTED,
        Role.EDITOR,
        reason=True,
        tells="changes-requested",
    )
    def request_changes(self, *, now: datetime) -> None:
        self.reminders = 0

    @move(
        _("Send again"),
        Status.CHANGES_REQUESTED,
        Status.SUBMITTED,
        Role.CONTRIBUTOR,
        guards=(guards.draft_is_complete,),
        tells="received",
    )
    def resubmit(self, *, now: datetime) -> None:
        self.offered_to, self.claimed_by, self.submitted_at = self.claimed_by or self.offered_to, None, now
        self.reminders = 0

    @move(
        _("Lapse"),
        Status.CHANGES_REQUESTED,
        Status.DECLINED,
        Role.CLOCK,
        guards=(guards.answer_is_overdue,),
        tells="lapsed",
    )
    def lapse(self, *, now: datetime) -> None:
        self.lapsed_at, self.offered_to, self.claimed_by = now, self.claimed_by, None

    @move(_("Take up again"), Status.DECLINED, Status.CHANGES_REQUESTED, Role.CONTRIBUTOR, guards=(guards.has_lapsed,))
    def take_up_again(self, *, now: datetime) -> None:
        self.lapsed_at, self.reminders = None, 0

    @move(_("Accept"), Status.IN_REVIEW, Status.EDITING, Role.EDITOR, tells="accepted", decides=True)
    def accept(self, *, now: datetime) -> None:
        self.reminders = 0

    @move(
        _("Decline"),
        (Status.IN_REVIEW, Status.EDITING, Status.WITH_CONTRIBUTOR, Status.APPROVED),
        Status.DECLINED,
        Role.EDITOR,
        reason=True,
        tells="declined",
        decides=True,
    )
    def decline(self, *, now: datetime) -> None:
        self.claimed_by = self.publish_at = None

    @move(_("Reopen"), Status.DECLINED, Status.IN_REVIEW, Role.ADMINISTRATOR, reason=True, decides=True)
    def reopen_declined(self, *, now: datetime, by: Any) -> None:
        self.claimed_by, self.lapsed_at, self.submitted_at = by, None, now  # an answer is promised from now on

    # --- the proof ------------------------------------------------------------------------------------------------------

    @move(
        _("Send the proof"),
        Status.EDITING,
        Status.WITH_CONTRIBUTOR,
        Role.EDITOR,
        guards=(guards.has_contributor, guards.both_languages_filled),
        tells="proof",
    )
    def send_proof(self, *, now: datetime, proof_hash: str) -> None:
        self.proof_hash, self.reminders = proof_hash, 0

    @move(_("Agree"), Status.WITH_CONTRIBUTOR, Status.APPROVED, Role.CONTRIBUTOR, tells="agreed")
    def agree(self, *, now: datetime) -> None:
        self.reminders = 0

    @move(_("Ask for changes"), Status.WITH_CONTRIBUTOR, Status.EDITING, Role.CONTRIBUTOR, reason=True)
    def ask_for_changes(self, *, now: datetime) -> None:
        self.reminders = 0

    @move(_("Take back"), Status.WITH_CONTRIBUTOR, Status.EDITING, Role.EDITOR, tells="proof-taken-back")
    def take_back(self, *, now: datetime) -> None:
        # Not silent for long enough: with the next proof it begins anew.
        if guards.contributor_not_needed(self):  # type: ignore[arg-type]
            self.reminders = 0

    @move(
        _("Approve without the contributor"),
        (Status.EDITING, Status.WITH_CONTRIBUTOR),
        Status.APPROVED,
        Role.EDITOR,
        guards=(guards.contributor_not_needed, guards.both_languages_filled),
        reason=True,
        decides=True,
    )
    def approve_without_contributor(self, *, now: datetime) -> None: ...

    @move(_("Reopen for editing"), Status.APPROVED, Status.EDITING, Role.EDITOR)
    def reopen(self, *, now: datetime) -> None:
        self.publish_at = None

    # --- publication ----------------------------------------------------------------------------------------------------

    @move(_("Schedule"), Status.APPROVED, Status.APPROVED, Role.EDITOR, guards=(guards.may_be_published,), decides=True)
    def schedule(self, *, now: datetime, publish_at: datetime) -> None:
        self.publish_at = publish_at

    @move(_("Unschedule"), Status.APPROVED, Status.APPROVED, Role.EDITOR, Role.CLOCK)
    def unschedule(self, *, now: datetime) -> None:
        self.publish_at = None

    @move(
        _("Publish"),
        Status.APPROVED,
        Status.PUBLISHED,
        Role.EDITOR,
        Role.CLOCK,
        guards=(guards.may_be_published,),
        tells="published",
        decides=True,
    )
    def publish(self, *, now: datetime) -> None:
        self.claimed_by = self.offered_to = self.publish_at = None
        self.first_published_at = self.first_published_at or now

    @move(_("Archive"), Status.PUBLISHED, Status.ARCHIVED, Role.EDITOR, reason=True, tells="archived")
    def archive(self, *, now: datetime) -> None:
        self.featured = None

    @move(
        _("Put back"),
        Status.ARCHIVED,
        Status.PUBLISHED,
        Role.EDITOR,
        guards=(guards.permissions_stand,),
        decides=True,
    )
    def put_back(self, *, now: datetime) -> None: ...

    # --- leaving, and coming back ---------------------------------------------------------------------------------------

    @move(
        _("Withdraw permission"),
        (Status.PUBLISHED, Status.ARCHIVED),
        Status.WITHDRAWN,
        Role.CONTRIBUTOR,
        Role.HEADTEACHER,
        tells="withdrawn",
    )
    def withdraw_permission(self, *, now: datetime) -> None:
        self.featured = None

    @move(_("Withdraw"), WITHDRAWABLE, Status.WITHDRAWN, Role.CONTRIBUTOR, tells="withdrawn")
    def withdraw(self, *, now: datetime) -> None:
        self.claimed_by = self.offered_to = self.publish_at = None

    @move(
        _("Offer again"),
        Status.WITHDRAWN,
        RETURN_VALUE(Status.EDITING, Status.HELD),
        Role.CONTRIBUTOR,
        guards=(guards.permissions_given_anew,),
        tells="received",
    )
    def come_back(self, *, now: datetime) -> Status:
        """What was withdrawn while it was held is held again: no editor has let it in."""
        self.reminders = 0
        return Status.HELD if guards.was_held(self) else Status.EDITING  # type: ignore[arg-type]

    @move(
        _("Change the contributor"),
        [status for status in Status if status != Status.REMOVED],
        RETURN_VALUE(*[status for status in Status if status != Status.REMOVED]),
        Role.EDITOR,
        reason=True,
        tells="contributor-changed",
        decides=True,
    )
    def change_contributor(self, *, now: datetime) -> Status:
        return Status(self.status)


@cache
def rules() -> dict[str, Rule]:
    """The rule of every move, by its name."""
    return {
        name: fsm_transition.custom["rule"]
        for name, method in vars(Workflow).items()
        if hasattr(method, "_django_fsm")
        for fsm_transition in list(method._django_fsm.transitions.values())[:1]
    }
