"""Taking in what readers report, and what editors do with it. Each leaves a line in the log, in the same transaction."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.correspondence.services import forget_messages
from foundation.people.limits import Limit, TooOften, take
from foundation.people.models import User
from foundation.problems.letters import write_to_editors, write_to_reader
from foundation.problems.models import Kind, Problem, ProblemNote, State
from foundation.record.actors import ANYONE, Actor
from foundation.record.models import Event, Note
from foundation.record.services import write

KIND = "problem"
#: So many acknowledgements go to one address in a day: nobody's mail is filled by this form.
ACKNOWLEDGED = Limit("something-wrong-mail", 5, 86400)


@transaction.atomic
def report(problem: Problem) -> Problem:
    """Keep what a reader reported, acknowledge it, and tell the editors at once where it is about a person.

    The same form sent twice is one problem: the first is given back. What looks like junk waits on the desk, and nobody is
    written to.
    """
    before = Problem.objects.filter(asked_as=problem.asked_as).first()
    if before is not None:
        return before
    problem.due_on = Problem.due_for(problem.kind, problem.came_at)
    problem.save(force_insert=True)
    event = write(actor=ANYONE, kind=KIND, subject=problem.uuid, code="problem-reported", to_state=problem.state)
    if not problem.looks_like_junk:
        _tell(problem, event)
    return problem


def _tell(problem: Problem, event: Event) -> None:
    if problem.kind == Kind.PERSON:
        write_to_editors(problem=problem, kind="editor-problem", event=event)
    if problem.email and _may_acknowledge(problem.email):
        write_to_reader(problem=problem, kind="problem-received", event=event)


def _may_acknowledge(email: str) -> bool:
    try:
        take(ACKNOWLEDGED, email.casefold())
    except TooOften:
        return False
    return True


@transaction.atomic
def let_in(problem: Problem, *, actor: Actor) -> None:
    """It is no junk after all: it is answered like the others, from now."""
    problem.looks_like_junk = False
    problem.due_on = Problem.due_for(problem.kind, timezone.now())
    problem.save(update_fields=["looks_like_junk", "due_on"])
    event = write(actor=actor, kind=KIND, subject=problem.uuid, code="problem-let-in")
    _tell(problem, event)


@transaction.atomic
def answer(problem: Problem, *, actor: Actor, note_cy: str, note_en: str) -> None:
    """Answer the reader in their language. Words that are not there in it go to the translators' queue first."""
    now = timezone.now()
    before, problem.state = problem.state, State.ANSWERED
    problem.answered_at, problem.closed_at = now, None
    problem.save(update_fields=["state", "answered_at", "closed_at"])
    event = write(
        actor=actor, kind=KIND, subject=problem.uuid, code="problem-answered", from_state=before,
        to_state=problem.state, note_cy=note_cy, note_en=note_en, at=now,
    )  # fmt: skip
    write_to_reader(problem=problem, kind="problem-answer", event=event, note_cy=note_cy, note_en=note_en)


@transaction.atomic
def close(problem: Problem, *, actor: Actor, by: User, reason: str) -> None:
    """Say that nothing more is to be done, and why."""
    before, problem.state, problem.closed_at = problem.state, State.CLOSED, timezone.now()
    problem.save(update_fields=["state", "closed_at"])
    ProblemNote.objects.create(problem=problem, text=reason, closes=True, by=by)
    write(actor=actor, kind=KIND, subject=problem.uuid, code="problem-closed", from_state=before, to_state=State.CLOSED)


@transaction.atomic
def reopen(problem: Problem, *, actor: Actor) -> None:
    """Take a closed problem up again."""
    before, problem.state, problem.closed_at = problem.state, State.OPEN, None
    problem.save(update_fields=["state", "closed_at"])
    write(actor=actor, kind=KIND, subject=problem.uuid, code="problem-reopened", from_state=before, to_state=State.OPEN)


def add_note(problem: Problem, *, by: User, text: str) -> None:
    """Write something down for the others."""
    ProblemNote.objects.create(problem=problem, text=text, by=by)


def forget(problem: Problem, now: datetime) -> None:
    """Delete a problem with all that was written about it. The log keeps its lines, which hold no words."""
    forget_messages(problem.uuid)
    Note.objects.filter(event__subject=problem.uuid).delete()
    problem.delete()


def forget_reports_of(email: str) -> int:
    """Delete what somebody who has their details erased reported from their address. How many."""
    found = list(Problem.objects.filter(email__iexact=email)) if email else []
    for problem in found:
        forget(problem, timezone.now())
    return len(found)
