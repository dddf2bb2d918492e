"""Several people write and move the same texts at once, at random: nothing is lost, and the log tells what happened.

Each person has a connection of their own. They look, do something else, and act on what they saw: edits go through the forms
of the desk, moves, claims and ticks through the services, each with the version that was seen.
"""

import os
import random
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from casestudies.models import CaseStudy, CaseStudyEdition
from casestudies.services import MoveRefused, Words, actor_for, perform
from casestudies.vocabulary import Status
from casestudies.workflow import Workflow, rules
from foundation.bilingual.models import How
from foundation.bilingual.services import TextHasMoved, agree, states_of
from foundation.people.models import User
from foundation.publishing.services import ChangedSince, NotWorking, save_words
from foundation.record.models import Event
from pages.models import PageEdition
from tests.desk.filling import form_of
from tests.factories import CaseStudyFactory, PageFactory
from tests.factories import administrator as make_administrator
from tests.factories import editor as make_editor

pytestmark = [pytest.mark.soak, pytest.mark.once, pytest.mark.no_cover, pytest.mark.django_db(transaction=True)]

PEOPLE, OPERATIONS = 8, 200
COLUMNS = ("title_cy", "title_en", "body_cy", "body_en")
STORY_COLUMNS = ("title_cy", "title_en", "summary_cy", "summary_en")
MOVES = (
    "claim",
    "release",
    "assign",
    "accept",
    "send_proof",
    "take_back",
    "reopen",
    "reopen_declined",
    "decline",
    "set_aside",
    "let_in",
)


@dataclass
class Saved:
    """A save that was acknowledged: all that the person was shown, what they wrote, and what was to stand there then."""

    edition: tuple[str, int]
    after: int
    seen: str
    wrote: set[str]
    stands: dict[str, str]


@dataclass
class Book:
    """What the people were told, from all threads."""

    saved: list[Saved] = field(default_factory=list)
    moved: list[tuple[int, str, int, str]] = field(default_factory=list)
    ticked: list[tuple[Any, str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def operations(self) -> int:
        return len(self.saved) + len(self.moved) + len(self.ticked) + len(self.refused)


@dataclass
class Person:
    """Somebody at the desk, in a thread of their own."""

    user: User
    rng: random.Random
    book: Book
    pages: list[int]
    cases: list[int]
    done: int = 0

    def token(self) -> str:
        self.done += 1
        return f"text {self.user.pk}-{self.done}"

    def work(self, operations: int, start: threading.Barrier) -> None:
        self.browser = Client()
        self.browser.force_login(self.user)
        start.wait()
        try:
            for _each in range(operations):
                self.rng.choices((self.write_page, self.write_story, self.move, self.tick), (1, 5, 8, 2))[0]()
        except Exception as error:
            self.book.broken.append(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    # --- what they do ---------------------------------------------------------------------------------------------------

    def write_page(self) -> None:
        """Through the form of the desk; on a clash, what the page proposes, with a choice for each box, as long as it takes."""
        pk = self.rng.choice(self.pages)
        address = reverse("admin:pages_pageedition_change", args=[pk])
        page = self.browser.get(address).content.decode()
        data, shown = form_of(page), page
        typed = {column: self.token() for column in self.rng.sample(COLUMNS, self.rng.randint(1, 2))}
        typed |= {column: f"<p>{text}</p>" for column, text in typed.items() if column.startswith("body")}
        data |= typed
        for _attempt in range(40):
            answer = self.browser.post(address, data | {"_continue": "1"})
            if answer.status_code == 302:
                stands = {column: one(data[column]) for column in COLUMNS}
                self.book.saved.append(
                    Saved(("page", pk), int(one(data["seen_version"])) + 1, unescape(shown), set(typed), stands)
                )
                return
            page = answer.content.decode()
            data, shown = form_of(page), shown + page
            assert {column: one(data[column]) for column in typed} == typed, "what was typed is on the page"
            for column in data.get("undecided", []):
                if self.rng.random() < 0.5:  # they edit the box
                    typed[column] = typed[column].replace("text", "text, again,")
                    data[column] = typed[column]
        raise AssertionError("it never came to a save")

    def write_story(self) -> None:
        """Through the service, on what they saw a moment before."""
        edition = CaseStudyEdition.objects.get(content=self.rng.choice(self.cases), stage="working")
        seen = repr([getattr(edition, column) for column in STORY_COLUMNS])
        self.look_away()
        wrote = set(self.rng.sample(STORY_COLUMNS, 2))
        for column in wrote:
            setattr(edition, column, self.token())
        stands = {column: getattr(edition, column) or "" for column in STORY_COLUMNS}
        try:
            stored = save_words(edition=edition, version=edition.version, by=self.user)
        except (ChangedSince, NotWorking) as refused:
            self.book.refused.append(type(refused).__name__)
        else:
            self.book.saved.append(Saved(("story", edition.pk), stored.version, seen, wrote, stands))

    def move(self) -> None:
        case = CaseStudy.objects.get(pk=self.rng.choice(self.cases))
        name = self.rng.choice(MOVES)
        given: dict[str, Any] = {"to": self.user} if name == "assign" else {}
        self.look_away()
        try:
            moved = perform(
                name, case_id=case.pk, actor=actor_for(self.user), version=case.version,
                reason=Words(cy="Rheswm", en="Reason") if rules()[name].reason else None, **given,
            )  # fmt: skip
        except (ChangedSince, MoveRefused) as refused:
            self.book.refused.append(getattr(refused, "code", "changed"))
        else:
            self.book.moved.append((case.pk, name, moved.version, case.status))

    def tick(self) -> None:
        edition = CaseStudyEdition.objects.get(content=self.rng.choice(self.cases), stage="working")
        seen = states_of(edition)["title"].now
        self.look_away()
        try:
            fresh = CaseStudyEdition.objects.get(pk=edition.pk)
            agree(obj=fresh, field="title", seen=seen, how=How.SPEAKER, by=self.user)
        except (TextHasMoved, ValueError):
            self.book.refused.append("tick")
        else:
            self.book.ticked.append((edition.pk, "title", seen))

    def look_away(self) -> None:
        """For as long as somebody else may need to come in between."""
        threading.Event().wait(self.rng.random() * 0.02)


def one(sent: Any) -> str:
    """What a form sends of one box."""
    return str(sent[0] if isinstance(sent, list) else sent)


def words(text: str) -> str:
    return text.removeprefix("<p>").removesuffix("</p>")


def people(rng: random.Random, book: Book) -> Iterator[Person]:
    pages = [PageFactory.create(edition__stage="working").editions.get().pk for _each in range(2)]
    cases = [
        CaseStudyFactory.create(status=status).pk for status in (Status.SUBMITTED, Status.EDITING, Status.IN_REVIEW)
    ]
    for number in range(PEOPLE):
        user = make_editor() if number % 2 else make_administrator()
        yield Person(user, random.Random(rng.random()), book, pages, cases)


# --- the model ------------------------------------------------------------------------------------------------------------


def no_update_is_lost(book: Book) -> None:
    """Saves of one edition form one chain: each was made on what the one before left, text by text."""
    for kind, pk in {saved.edition for saved in book.saved}:
        chain = sorted((one for one in book.saved if one.edition == (kind, pk)), key=lambda one: one.after)
        assert [one.after for one in chain] == list(range(2, len(chain) + 2)), "each version was stored once"
        for before, after in pairwise(chain):
            replaced = {column for column, text in before.stands.items() if after.stands[column] != text}
            assert replaced <= after.wrote, "nobody changed what they did not write in"
            unseen = [
                text for column, text in before.stands.items() if column in replaced and words(text) not in after.seen
            ]
            assert unseen == [], "who replaced a text had seen it"
        model = PageEdition if kind == "page" else CaseStudyEdition
        edition = model.objects.get(pk=pk)
        assert edition.version == chain[-1].after
        assert {column: getattr(edition, column) or "" for column in chain[-1].stands} == chain[-1].stands
        kept = [version.field_dict for version in Version.objects.get_for_object(edition).order_by("pk")]
        told = [tuple(one.stands.values()) for one in chain]
        assert [tuple(words[column] or "" for column in chain[0].stands) for words in kept][-len(told) :] == told


def log_and_state_agree(book: Book, cases: list[int], began: dict[int, tuple[str, int | None, int]]) -> None:
    """Replaying the log of each story gives its state, from states that the table allows."""
    for pk in cases:
        case = CaseStudy.objects.get(pk=pk)
        status, holder, version = began[pk]
        told = {after: (name, status_before) for key, name, after, status_before in book.moved if key == pk}
        for event in Event.objects.about(case.uuid).filter(code__in=MOVES).order_by("pk"):
            version += 1
            assert event.from_state == status, "each move was made from the state it was in"
            assert told.pop(version) == (event.code, event.from_state)
            assert event.to_state in targets(event.code, event.from_state)
            status, holder = event.to_state, held_after(event, holder)
        assert told == {}
        assert (case.status, case.version, case.claimed_by_id) == (status, version, holder)


def targets(name: str, source: str) -> set[str]:
    transition = getattr(Workflow, name)._django_fsm.transitions
    found = transition.get(source) or transition.get("*")
    assert found is not None, f"{name} is not allowed from {source}"
    return {str(state) for state in getattr(found.target, "allowed_states", None) or [found.target]}


def held_after(event: Event, holder: int | None) -> int | None:
    """Who holds the story after a line of the log."""
    if event.code in ("claim", "assign", "reopen_declined"):
        return User.objects.get(key=event.actor).pk
    return None if event.code in ("release", "set_aside", "decline") else holder


def ticks_mean_what_was_seen(book: Book) -> None:
    hashes = {(pk, seen.cy, seen.en) for pk, _name, seen in book.ticked}
    for pk in {pk for pk, _name, _seen in book.ticked}:
        row = CaseStudyEdition.objects.get(pk=pk).agreements.get(field="title")
        assert (pk, row.hash_cy, row.hash_en) in hashes


def test_two_hundred_at_once(amount: Callable[[int, int], int], figure: Callable[..., None]) -> None:
    """`TOGETHER_SEED` is printed; threads run as they will, so it repeats the draws and not their order.

    `TOGETHER_ROUNDS` in the environment says how often.
    """
    rng_seed = int(os.environ.get("TOGETHER_SEED") or secrets.randbelow(2**31))
    sys.stdout.write(f"TOGETHER_SEED={rng_seed}\n")
    rng = random.Random(rng_seed)
    totals = {"operations": 0, "saves": 0, "moves": 0, "refused": 0}
    for _round in range(int(os.environ.get("TOGETHER_ROUNDS") or amount(1, 20))):
        book = Book()
        staff = list(people(rng, book))
        cases = staff[0].cases
        began = {
            case.pk: (case.status, case.claimed_by_id, case.version) for case in CaseStudy.objects.filter(pk__in=cases)
        }
        start = threading.Barrier(PEOPLE)
        threads = [threading.Thread(target=one.work, args=(OPERATIONS // PEOPLE, start)) for one in staff]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(300)
        assert book.broken == []
        assert book.operations == OPERATIONS
        no_update_is_lost(book)
        log_and_state_agree(book, cases, began)
        ticks_mean_what_was_seen(book)
        assert min(len(book.saved), len(book.moved), len(book.refused)) >= 3, "enough happened to say something"
        for name, many in {
            "operations": book.operations,
            "saves": len(book.saved),
            "moves": len(book.moved),
            "refused": len(book.refused),
        }.items():
            totals[name] += many
    for name, many in totals.items():
        figure(f"Together: {name}", many)
