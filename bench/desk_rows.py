"""Rows for `bench/desk.py`, in the proportions of a resource that has run for years; the same in every size."""

import uuid
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from casestudies.models import CaseStudy, CaseStudyEdition, Comment, Contributor, Draft
from casestudies.vocabulary import CLAIMABLE, UNSENT
from foundation.correspondence.models import Message
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.record.models import Event
from references.models import FindingCount, Link
from tests.factories import CaseStudyFactory, HallmarkFactory, editor

#: Of a hundred stories; of two hundred messages.
STATES = {
    "published": 58, "declined": 12, "archived": 5, "withdrawn": 3, "draft": 5, "awaiting_confirmation": 1, "submitted": 3,
    "held": 1, "in_review": 4, "changes_requested": 2, "editing": 3, "with_contributor": 2, "approved": 1,
}  # fmt: skip
POST = {"sent": 192, "queued": 2, "failed": 2, "bounced": 1, "waiting": 2, "cancelled": 1}
#: The moves of one story, from its coming in.
MOVES = (
    ("confirm", "awaiting_confirmation", "submitted"), ("claim", "submitted", "in_review"),
    ("request_changes", "in_review", "changes_requested"), ("resubmit", "changes_requested", "submitted"),
    ("claim", "submitted", "in_review"), ("accept", "in_review", "editing"), ("send_proof", "editing", "with_contributor"),
    ("agree", "with_contributor", "approved"), ("publish", "approved", "published"), ("confirm-true", "", ""),
)  # fmt: skip


def fill(person: User, stories: int, events: int, messages: int) -> None:
    for number in range(1, 9):
        HallmarkFactory.create(number=number)
    pattern = CaseStudyFactory.create(status="published").editions.get()
    cases = make_stories(stories, [person, editor(), editor()])
    make_texts(cases, pattern)
    make_events(cases, events)
    make_messages(cases, messages)
    make_the_rest(cases, person)


def spread(parts: dict[str, int]) -> list[str]:
    """Each name as often as its part says, mixed."""
    names = [name for name, part in parts.items() for _time in range(part)]
    return [names[number * 37 % len(names)] for number in range(len(names))]


def stored(rows: list[Any]) -> list[Any]:
    model: type[Model] = type(rows[0])
    return model._base_manager.bulk_create(rows, batch_size=2000)


def make_stories(count: int, editors: list[User]) -> list[CaseStudy]:
    now, rows = timezone.now(), []
    holders = cycle(editors)
    for number, status in enumerate(islice(cycle(spread(STATES)), count)):
        at = now - timedelta(hours=number * 26_000 / count)
        case = CaseStudy(submitted_at=None if status in UNSENT else at, status_since=at)
        case.__dict__["status"] = status  # the table of moves guards the attribute
        if status in CLAIMABLE:
            case.claimed_by = next(holders)
        if status in ("published", "archived"):
            case.slug_cy = case.slug_en = f"stori-{number}"
            case.first_published_at = at
        case.reference = f"LPL-{number:08d}"
        rows.append(case)
    return stored(rows)


def make_texts(cases: list[CaseStudy], pattern: CaseStudyEdition) -> None:
    names = [
        field.attname for field in CaseStudyEdition._meta.concrete_fields if field.attname not in ("id", "content_id")
    ]
    words = {name: pattern.__dict__[name] for name in names}
    texts, people, drafts = [], [], []
    for number, case in enumerate(cases):
        language = ("en", "cy", "en")[number % 3]
        is_live = case.status in ("published", "archived")
        stage = (
            {"stage": "live", "live_since": case.first_published_at}
            if is_live
            else {"stage": "working", "live_since": None}
        )
        texts.append(CaseStudyEdition(**{**words, **stage, "first_language": language, "content": case}))
        email = f"somebody-{number}@example.org"
        people.append(
            Contributor(
                case_study=case, name="Somebody", email=email, language=language, address_confirmed_at=case.created_at
            )
        )
        if case.status in UNSENT:
            drafts.append(Draft(case_study=case, touched_at=timezone.now() - timedelta(days=number % 60)))
    stored(texts)
    stored(people)
    stored(drafts)


def make_events(cases: list[CaseStudy], count: int) -> None:
    rows = []
    for number in range(count):
        case, step = cases[number // len(MOVES) % len(cases)], number % len(MOVES)
        code, before, after = MOVES[step]
        at = case.status_since - timedelta(days=2 * (len(MOVES) - step))
        role = "contributor" if code in ("confirm", "resubmit", "agree", "confirm-true") else "editor"
        rows.append(
            Event(at=at, role=role, kind="case-study", subject=case.uuid, code=code, from_state=before, to_state=after)
        )
    stored(rows)


def make_messages(cases: list[CaseStudy], count: int) -> None:
    rows, now = [], timezone.now()
    for number, state in enumerate(islice(cycle(spread(POST)), count)):
        case = cases[number % len(cases)]
        sent_at = now if state in ("sent", "bounced") else None
        rows.append(
            Message(
                kind="accepted", about=case.uuid, recipient=f"somebody-{number}@example.org", language="cy", subject="Stori",
                body="Diolch. " * 60, state=state, next_try=now, sent_at=sent_at,
            )
        )  # fmt: skip
    stored(rows)


def make_the_rest(cases: list[CaseStudy], person: User) -> None:
    """Questions with answers, findings, problems, addresses, and what the person did last."""
    now, today = timezone.now(), timezone.localdate()
    kind = ContentType.objects.get_for_model(CaseStudy)
    held = [case for case in cases if case.status in CLAIMABLE]
    stored([
        Comment(
            case_study=case, field="about", language="en", text_en="Which?", asked_by=person, sent_at=case.status_since,
            answer="This one." if number % 2 else "", answered_at=now if number % 2 else None,
            answer_language="en" if number % 2 else "",
        )
        for number, case in enumerate(held)
    ])  # fmt: skip
    stored([
        FindingCount(content_type=kind, object_id=case.pk, language="cy", kind="cited_not_listed", state="open", count=2)
        for case in cases[::10]
    ])  # fmt: skip
    stored([
        Problem(asked_as=uuid.uuid4().hex, kind="error", text="?", language="cy", due_on=today, reference=f"P-{number}")
        for number, _case in enumerate(cases[::50])
    ])  # fmt: skip
    stored([Link(address=f"https://example.org/{number}", next_at=now) for number, _case in enumerate(cases[::4])])
    stored([
        LogEntry(user=person, content_type=kind, object_id=str(case.pk), object_repr=str(case), action_flag=2)
        for case in cases[::10]
    ])  # fmt: skip
