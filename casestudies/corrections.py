"""Correcting a published story: a working edition beside the live one, with a small state of its own.

The case study stays published. Where the meaning changes, the contributor sees the proof and agrees, or asks for changes; where
it does not, an editor says so, with a reason. What was agreed to is kept as a hash: words written since, on whatever road, are
not what was agreed. The swap asks all that a first publication asks.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casestudies import guards
from casestudies.messages import write_to_contributor, write_to_editor
from casestudies.models import CaseStudy, CaseStudyEdition
from casestudies.services import MoveRefused, Words, proof_hash
from casestudies.vocabulary import Correction, Origin, Status
from casestudies.workflow import rules
from foundation.publishing.gate import Obstacle
from foundation.publishing.models import Stage
from foundation.publishing.services import (
    ChangedSince,
    GateClosed,
    NotWorking,
    discard_working,
    put_live,
    start_working,
    store_state,
)
from foundation.record.actors import CLOCK, CONTRIBUTOR, Actor
from foundation.record.models import Event
from foundation.record.services import write

EDITING, WITH_CONTRIBUTOR, AGREED = Correction.EDITING, Correction.WITH_CONTRIBUTOR, Correction.AGREED


def correction_of(case: CaseStudy) -> CaseStudyEdition | None:
    """The correction of a published story; None where there is none."""
    return case.working if case.status == Status.PUBLISHED else None


def waits_for_contributor(case: CaseStudy) -> bool:
    correction = correction_of(case)
    return correction is not None and correction.correction == WITH_CONTRIBUTOR


def asks_contributor(case: CaseStudy) -> bool:
    """Whether there is somebody whose story it is, and who can be asked."""
    return case.origin == Origin.CONTRIBUTOR and not guards.has_contributor(case)


def obstacles_of(correction: CaseStudyEdition) -> list[Obstacle]:
    """What keeps a correction from taking the place of what readers see, beside the gate."""
    case = correction.content
    if case.status != Status.PUBLISHED:
        return [Obstacle("not-published", _("The case study is not published."))]
    found = guards.may_be_published(case)
    if asks_contributor(case):
        if correction.correction != AGREED:
            found.insert(0, Obstacle("not-agreed", _("Nobody has agreed to the correction yet.")))
        elif correction.agreed_hash != proof_hash(correction):
            found.insert(
                0, Obstacle("changed-since-agreed", _("It has been changed since it was agreed to: take it back."))
            )
    return found


# --- its moves ------------------------------------------------------------------------------------------------------------


def _locked(case_id: int, version: int | None) -> tuple[CaseStudy, CaseStudyEdition]:
    """The published case study and its correction, held until the end of the transaction."""
    case = CaseStudy.objects.select_for_update().get(pk=case_id)
    if version is not None and case.version != version:
        raise ChangedSince(case)
    correction = correction_of(case)
    if correction is None:
        raise MoveRefused("wrong-state")
    return case, correction


@transaction.atomic
def _move(
    case_id: int,
    *sources: Correction,
    to: Correction,
    code: str,
    actor: Actor,
    version: int | None,
    reason: Words | None = None,
    words: Words | None = None,
    check: Callable[[CaseStudy, CaseStudyEdition], None] = lambda case, correction: None,
    tells: str = "",
    tells_editor: bool = False,
) -> CaseStudy:
    """From one state of the correction to another, with a line of the log, and a message where somebody has to know.

    `words`: what the editor adds to the message.
    """
    case, correction = _locked(case_id, version)
    if correction.correction not in sources:
        raise MoveRefused("wrong-state")
    check(case, correction)
    correction.correction = to
    correction.agreed_hash = proof_hash(correction) if to == AGREED else ""
    correction.publish_at = correction.publish_by = None
    store_state(correction, "correction", "agreed_hash", "publish_at", "publish_by")
    case.version += 1
    case.save(update_fields=["version"])
    said = reason or words or Words()
    event = write(
        actor=actor, kind=case.kind, subject=case.uuid, code=code, note_cy=said.cy.strip(), note_en=said.en.strip()
    )
    if tells:
        write_to_contributor(case=case, kind=tells, event=event, note_cy=said.cy, note_en=said.en)
    if tells_editor:
        write_to_editor(
            case=case, kind="answer", event=event, note_cy=said.cy, note_en=said.en, editor=correction.updated_by
        )
    return case


@transaction.atomic
def start_correction(*, case_id: int, actor: Actor) -> CaseStudyEdition:
    """The correction of a published story: the one there is, or a new one with the words of the live edition."""
    case = CaseStudy.objects.select_for_update().get(pk=case_id)
    if case.status != Status.PUBLISHED or case.live is None:
        raise MoveRefused("wrong-state")
    if case.working is not None:
        return case.working
    write(actor=actor, kind=case.kind, subject=case.uuid, code="correction-started")
    return start_working(live=case.live, by=actor.user)


def send_correction(*, case_id: int, actor: Actor, version: int | None = None, words: Words | None = None) -> CaseStudy:
    """Have the contributor read it, with `words` in the message: the text are frozen until they have answered, or it is taken back."""

    def check(case: CaseStudy, correction: CaseStudyEdition) -> None:
        found = [*guards.has_contributor(case), *guards.both_languages_filled(case)]
        if found:
            raise MoveRefused("guard", found)

    return _move(
        case_id, EDITING, to=WITH_CONTRIBUTOR, code="correction-sent", actor=actor, version=version, check=check,
        tells="correction-proof", words=words,
    )  # fmt: skip


def take_back_correction(
    *, case_id: int, actor: Actor, version: int | None = None, words: Words | None = None
) -> CaseStudy:
    """Go on writing it. A contributor who had it is told, with `words` in the message; what was agreed to is to be agreed to again."""
    had_it = waits_for_contributor(CaseStudy.objects.get(pk=case_id))
    return _move(
        case_id, WITH_CONTRIBUTOR, AGREED, to=EDITING, code="correction-taken-back", actor=actor, version=version,
        tells="proof-taken-back" if had_it else "", words=words,
    )  # fmt: skip


def agree_to_correction(*, case_id: int, shown: str, version: int | None = None) -> CaseStudy:
    """The contributor agrees to the texts whose hash is `shown`: a page gone stale is refused."""

    def check(case: CaseStudy, correction: CaseStudyEdition) -> None:
        if shown != proof_hash(correction):
            raise MoveRefused("proof-stale")

    return _move(
        case_id, WITH_CONTRIBUTOR, to=AGREED, code="correction-agreed", actor=CONTRIBUTOR, version=version, check=check
    )


def ask_for_correction_changes(*, case_id: int, reason: Words, version: int | None = None) -> CaseStudy:
    """The contributor wants something else changed; whoever wrote the correction gets a message."""
    return _move(
        case_id, WITH_CONTRIBUTOR, to=EDITING, code="correction-changes", actor=CONTRIBUTOR, version=version,
        reason=reason, tells_editor=True,
    )  # fmt: skip


def agree_without_contributor(*, case_id: int, actor: Actor, reason: Words, version: int | None = None) -> CaseStudy:
    """The meaning does not change, or the contributor has not answered: an editor says so, with a reason."""
    if not reason:
        raise MoveRefused("reason-missing")
    if not rules()["publish"].may(CaseStudy.objects.get(pk=case_id), actor):
        raise MoveRefused("not-allowed")
    return _move(
        case_id, EDITING, WITH_CONTRIBUTOR, to=AGREED, code="correction-not-asked", actor=actor, version=version,
        reason=reason,
    )  # fmt: skip


@transaction.atomic
def discard_correction(*, case_id: int, actor: Actor, version: int) -> None:
    """Give it up: readers go on seeing what they saw. A contributor who was sent it is told that nothing else will come.

    `version` is that of the words the actor has seen. Raises as `discard_working` does.
    """
    case, correction = _locked(case_id, None)
    begun = (
        Event.objects.about(case.uuid).filter(code__in=("correction-started", "correction-sent")).order_by("pk").last()
    )
    discard_working(working=correction, actor=actor, version=version)
    case.version += 1
    case.save(update_fields=["version"])
    if begun is not None and begun.code == "correction-sent":
        write_to_contributor(case=case, kind="correction-given-up")


# --- the swap -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def publish_correction(
    *,
    correction: CaseStudyEdition,
    actor: Actor,
    version: int | None = None,
    reason: Words | None = None,
    words: Words | None = None,
    now: datetime | None = None,
) -> CaseStudyEdition:
    """Put the correction in the place of what readers see, in both languages at once, and tell the contributor.

    `version` is that of the words the actor has seen; `reason` is asked of who decides on a story of their own, and `words`
    go with the message. Raises
    `GateClosed`, `ChangedSince`, `NotWorking`, or `MoveRefused` where the actor may not decide on this story.
    """
    case = CaseStudy.objects.select_for_update().get(pk=correction.content_id)
    stored = CaseStudyEdition.objects.select_related("content").filter(pk=correction.pk, stage=Stage.WORKING).first()
    if stored is None:
        raise NotWorking
    if not rules()["publish"].may(case, actor):
        raise MoveRefused("not-allowed")
    said = reason or Words()
    if guards.is_own(case, actor) and not said:
        raise MoveRefused("reason-missing")
    found = obstacles_of(stored)
    if found:
        raise GateClosed(found)
    live = put_live(working=stored, actor=actor, version=version, now=now, note_cy=said.cy, note_en=said.en)
    case.version += 1
    case.save(update_fields=["version"])
    added = words or Words()
    write_to_contributor(case=case, kind="corrected", note_cy=added.cy, note_en=added.en)
    return live


def publish_planned_correction(correction: CaseStudyEdition, now: datetime) -> None:
    """At its time, by the clock."""
    publish_correction(correction=correction, actor=CLOCK, now=now)
