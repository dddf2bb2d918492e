"""Making a move: the checks, the move itself, what follows from it, the log and the message, in one transaction."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_fsm import can_proceed

from casestudies import guards
from casestudies.consequences import AFTER, BEFORE_SAVING, Making, nothing, remove, working_of
from casestudies.messages import write_to_contributor
from casestudies.models import AccessLink, CaseStudy, CaseStudyEdition, Contributor, Permission
from casestudies.safeguarding.scanning import forget_picture
from casestudies.vocabulary import Status
from casestudies.workflow import Rule, rules
from foundation.bilingual.agreement import fingerprint
from foundation.bilingual.policies import columns
from foundation.correspondence.services import cancel_all
from foundation.files.models import Picture
from foundation.people.models import User
from foundation.publishing.gate import Obstacle
from foundation.publishing.services import ChangedSince
from foundation.record.actors import Actor, Role
from foundation.record.services import write
from references.checking.counting import recount


class MoveRefused(Exception):
    """The move may not be made. `code`: wrong-state, not-allowed, reason-missing, guard, proof-stale."""

    def __init__(self, code: str, obstacles: list[Obstacle] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.obstacles = obstacles or []


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote about a move: in one language, or in both."""

    cy: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.cy.strip() or self.en.strip())


def actor_for(user: User) -> Actor:
    """As what a member of staff acts on case studies: from their permissions."""
    if user.has_perm("casestudies.administer_casestudy"):
        return Actor(Role.ADMINISTRATOR, user)
    if user.has_perm("casestudies.moderate_casestudy"):
        return Actor(Role.EDITOR, user)
    if user.has_perm("casestudies.translate_casestudy"):
        return Actor(Role.TRANSLATOR, user)
    return Actor(Role.ANYONE, user)


def moves_for(case: CaseStudy, actor: Actor) -> list[tuple[str, Rule, list[Obstacle]]]:
    """The moves that `actor` may make from where `case` is: name, rule, and what stands in the way now."""
    stands = cache(lambda guard: guard(case))  # several moves ask the same
    return [
        (name, rule, [found for guard in rule.guards for found in stands(guard)])
        for name, rule in rules().items()
        if can_proceed(getattr(case, name), check_conditions=False) and rule.may(case, actor)
    ]


@transaction.atomic
def perform(
    move: str,
    *,
    case_id: int,
    actor: Actor,
    version: int | None = None,
    words: int | None = None,
    reason: Words | None = None,
    now: datetime | None = None,
    **given: Any,
) -> CaseStudy:
    """Make one move of the table, or raise and change nothing.

    `version` is that of the case study the actor was looking at, `words` that of its working edition. Raises `ChangedSince`
    when one of them has changed since, and `MoveRefused` when the state, the actor, a guard or a missing reason forbids the
    move. Gives the case study as it is after the move; a removed one is no longer stored.
    """
    now = now or timezone.now()
    case = CaseStudy.objects.select_for_update().get(pk=case_id)  # who writes its words holds it too
    if version is not None and case.version != version:
        raise ChangedSince(case)
    if words is not None and case.working is not None and case.working.version != words:
        raise ChangedSince(case)
    _check(case, move, actor, reason)
    before = case.status
    making = Making(case, actor, now, given, case.claimed_by_id)
    arguments = _BEFORE.get(move, _as_given)(making)
    getattr(case, move)(now=now, **arguments)
    case.version += 1
    if case.status != before:
        case.status_since, case.reminded_at = now, None
    if case.status == Status.REMOVED:
        _record(making, move, before, reason or Words())
        remove(case)
        return case
    BEFORE_SAVING.get(move, nothing)(making)
    case.save()
    AFTER.get(move, nothing)(making)
    _record(making, move, before, reason or Words())
    if case.status != before:
        recount(case)  # staff see it now, or no longer
    return case


def _check(case: CaseStudy, move: str, actor: Actor, reason: Words | None) -> None:
    rule = rules()[move]
    if not can_proceed(getattr(case, move), check_conditions=False):
        raise MoveRefused("wrong-state")
    if not rule.may(case, actor):  # before the guards: who may not move is not told what stands in the way
        raise MoveRefused("not-allowed")
    obstacles = rule.obstacles(case)
    if obstacles:
        raise MoveRefused("guard", obstacles)
    own_after_all = rule.decides and guards.is_own(case, actor)
    if (rule.reason or own_after_all) and not reason:
        raise MoveRefused("reason-missing")


def _record(making: Making, move: str, before: str, reason: Words) -> None:
    case, rule = making.case, rules()[move]
    event = write(
        actor=making.actor,
        kind=case.kind,
        subject=case.uuid,
        code=move,
        from_state=before,
        to_state=case.status,
        note_cy=reason.cy.strip(),
        note_en=reason.en.strip(),
        at=making.now,
    )
    if rule.tells:
        why_their_own = not rule.reason and guards.is_own(case, making.actor)
        told = Words() if why_their_own else reason
        kind = _kind_of(rule, making)
        write_to_contributor(case=case, kind=kind, event=event, note_cy=told.cy.strip(), note_en=told.en.strip())


def _kind_of(rule: Rule, making: Making) -> str:
    """The message that a move sends, where that depends on what came of it or on who made it."""
    if rule.tells == "sent":
        return "confirm-address" if making.case.status == Status.AWAITING_CONFIRMATION else "received"
    if rule.tells == "withdrawn" and making.actor.role == Role.HEADTEACHER:
        return "withdrawn-by-headteacher"
    return rule.tells


# --- what moves need (what follows from them: `consequences`) ------------------------------------------------------------


def _as_given(making: Making) -> dict[str, Any]:
    return making.given


def proof_hash(edition: CaseStudyEdition) -> str:
    """The hash of the story that a proof shows: words in both languages, facts, hallmarks, references, pictures.

    Who is credited is each person's own affair: when one of them declines, what was read is not gone stale.
    """
    parts = [fingerprint(getattr(edition, column)) for column in columns(CaseStudyEdition)]
    parts += [edition.kind, edition.phase, edition.medium, edition.authority, edition.schools]
    for shown in edition.hallmarks.all():
        parts += [str(shown.hallmark_id), fingerprint(shown.how_cy), fingerprint(shown.how_en)]
    parts += [str(row.work_id) for row in edition.references.all()]
    parts += [row.text for row in edition.typed_references.all()]
    for picture in edition.pictures.all():
        parts += [picture.picture.token, fingerprint(picture.alt_cy), fingerprint(picture.alt_en)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _by_actor(making: Making) -> dict[str, Any]:
    return {"by": making.actor.user}


def _proof(making: Making) -> dict[str, Any]:
    return {"proof_hash": proof_hash(working_of(making.case))}


def _agrees_to_what_it_saw(making: Making) -> dict[str, Any]:
    """*Agree* names the hash of the texts that were shown: a page gone stale is refused."""
    if making.given.get("proof_hash") != proof_hash(working_of(making.case)):
        raise MoveRefused("proof-stale")
    return {}


def _new_contributor(making: Making) -> dict[str, Any]:
    """The new address confirms: the links of the person before are revoked."""
    case = making.case
    contributor = case.contributor_or_none or Contributor(case_study=case)
    cancel_all(about=case.uuid, recipient=contributor.email)
    for name in ("name", "role", "email", "language"):
        setattr(contributor, name, making.given.get(name, ""))
    contributor.address_confirmed_at = None
    contributor.save()
    of_others = (AccessLink.Purpose.HEADTEACHER, AccessLink.Purpose.CREDIT)
    case.links.standing().exclude(purpose__in=of_others).update(revoked_at=making.now)
    _forget_who_typed(case)
    return {}


def _forget_who_typed(case: CaseStudy) -> None:
    """What the person before typed about themselves leaves the form; the new one answers those pages."""
    draft = getattr(case, "draft", None)
    if draft is not None:
        for page in ("language", "you"):
            draft.answers.pop(page, None)
            draft.answers.get("_", {}).get("beside", {}).pop(page, None)
        draft.is_complete = False
        draft.save(update_fields=["answers", "is_complete"])


def _to_somebody_elses(making: Making) -> dict[str, Any]:
    """A story is not handed to an editor whose own it is."""
    to: User | None = making.given.get("to")
    if to is not None and guards.is_own(making.case, actor_for(to)):
        raise MoveRefused("not-allowed")
    return making.given


def _nothing_given(making: Making) -> dict[str, Any]:
    return {}


_BEFORE: dict[str, Callable[[Making], dict[str, Any]]] = {
    "claim": _by_actor,
    "reopen_declined": _by_actor,
    "send_proof": _proof,
    "agree": _agrees_to_what_it_saw,
    "archive": _nothing_given,  # where its readers are sent is for what follows from the move
    "assign": _to_somebody_elses,
    "change_contributor": _new_contributor,
}
# --- beside the moves -----------------------------------------------------------------------------------------------------


@transaction.atomic
def write_directly(*, actor: Actor, origin: str) -> CaseStudy:
    """A case study that an editor writes: it starts in `editing`, with an empty working edition."""
    case = CaseStudy(origin=origin, started_by=actor.user, claimed_by=actor.user, status=Status.EDITING)
    case.save()
    CaseStudyEdition.objects.create(content=case)
    write(actor=actor, kind=case.kind, subject=case.uuid, code="write", to_state=Status.EDITING)
    return case


def release_all(user: User, *, actor: Actor) -> int:
    """Let go of everything that a member of staff holds, when they are deactivated. How many."""
    held = CaseStudy.objects.filter(claimed_by=user)
    for case in held:
        perform("assign", case_id=case.pk, actor=actor, to=None)
    CaseStudy.objects.filter(offered_to=user).update(offered_to=None)
    return len(held)


def record_permission(
    *,
    case: CaseStudy,
    kind: str,
    text_version: str,
    text_language: str,
    text: str,
    person: str,
    picture: Picture | None = None,
    now: datetime | None = None,
) -> Permission:
    """Keep one agreement. One of the same kind that stands already is ended by it."""
    now = now or timezone.now()
    case.permissions.filter(kind=kind, picture=picture).withdraw(now)
    if picture is not None:
        forget_picture(case, picture.token)
    return Permission.objects.create(
        case_study=case,
        kind=kind,
        picture=picture,
        text_version=text_version,
        text_language=text_language,
        text=text,
        person=person,
        given_at=now,
    )


def follow(token: str, now: datetime | None = None) -> AccessLink | None:
    """The link with this token, if it may still be followed. Looking changes nothing."""
    return AccessLink.objects.good(token, now or timezone.now()).select_related("case_study").first()
