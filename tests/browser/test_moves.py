"""Every move of the one table, made with the buttons of the real pages: the workbench, Join In, and the clock.

A row of `WAYS` is a case study in its state, somebody's hand, and the state after it. The rows together name every move there is.
Whose move it is not has no button for it, and is refused without one. `JOURNEY` carries one story through the states, and back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from casestudies.clock import publish_due, tend
from casestudies.models import AccessLink, CaseStudy, Draft, Headteacher
from casestudies.services import perform
from casestudies.vocabulary import CLAIMABLE, UNSENT, Status
from casestudies.workflow import rules
from foundation.bilingual.models import How
from foundation.bilingual.policies import policies_of
from foundation.bilingual.services import agree_all
from foundation.correspondence.models import Message, State
from foundation.people.models import User
from foundation.record.actors import CLOCK, CONTRIBUTOR, Role
from foundation.record.models import Event
from tests.browser.conftest import take_cookie
from tests.desk.pressing import page_of
from tests.factories import CaseStudyFactory, HallmarkFactory, overdue, translator
from tests.factories import administrator as make_administrator
from tests.factories import editor as make_editor
from tests.joinin.school import School, address

#: A day that is still to come when this is read.
LATER = "2099-03-01T09:00"


@dataclass
class World:
    """Who there is, and the browsers that they have open."""

    site: str
    language: str
    desk: dict[str, Page]
    contributor: Page
    people: dict[str, User]
    case: CaseStudy = field(init=False)
    school: School = field(init=False)

    def path(self, name: str, **kwargs: Any) -> str:
        return self.site + address(name, self.language, **kwargs)

    def follow(self, purpose: str = "open", email: str = "") -> None:
        """A link in a message to the contributor, and the button of its page."""
        self.contributor.context.clear_cookies()
        token = AccessLink.mint(self.case, purpose, email or self.case.contributor.email)
        self.contributor.goto(self.path("link", token=token))
        submit(self.contributor, "main form [type=submit]")

    def go_on(self) -> None:
        """In the browser in which the story was written: a link that is followed would confirm the address."""
        take_cookie(self.contributor, self.school.client, self.site)


Hand = Callable[[World], None]


def submit(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).last.click()


# --- hands: how a move is made --------------------------------------------------------------------------------------------


def others(move: str) -> list[str]:
    """Members of staff who may not make this move; "own" is an editor whose own story it is."""
    rule = rules()[move]
    return [role.value for role in (Role.TRANSLATOR, Role.EDITOR) if role not in rule.who] + ["own"] * rule.decides


def is_refused(world: World, who: str, move: str) -> None:
    """There is no button for it; and the page, sent as if there were one, changes nothing."""
    page, case = world.desk[who], CaseStudy.objects.get(pk=world.case.pk)
    if who == "own":
        User.objects.filter(pk=world.people["own"].pk).update(email=case.contributor.email)
    page.goto(world.site + page_of(case))
    assert page.locator(f'button[value="move:{move}"]').count() == 0, f"{move} is offered to {who}"
    before = (case.status, case.version, case.claimed_by_id)
    working = case.working.version if case.working else ""
    sent: dict[str, str | float | bool] = {
        "csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value") or "",
        "seen_case": str(case.version), "seen_edition": str(working), "_do": f"move:{move}",
        f"{move}-reason_cy": "Am reswm", f"{move}-reason_en": "For a reason", f"{move}-publish_at": LATER,
    }  # fmt: skip
    page.request.post(page.url, form=sent, headers={"Referer": page.url})
    now = CaseStudy.objects.get(pk=case.pk)
    assert (now.status, now.version, now.claimed_by_id) == before, f"{move} by {who}"


def is_no_button(world: World, move: str) -> None:
    """What the school, the headteacher or the clock does has no button on the desk, for nobody."""
    is_theirs = not {Role.EDITOR, Role.ADMINISTRATOR} & set(rules()[move].who)
    for who in ("translator", "editor", "administrator") if is_theirs and world.case.status not in UNSENT else ():
        is_refused(world, who, move)


def on_the_desk(move: str, who: str = "editor", **typed: str) -> Hand:
    """The button of the workbench, with what it asks typed in."""

    def make(world: World) -> None:
        page = world.desk[who]
        for other in others(move):
            is_refused(world, other, move)
        page.goto(world.site + page_of(world.case))
        button = page.locator(f'button[value="move:{move}"]')
        folded = page.locator(f'details:not([open]):has(button[value="move:{move}"]) > summary')
        if folded.count():
            folded.click()
        for name, text in typed.items():
            box = page.locator(f'[name="{move}-{name}"]')
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(text or str(world.people["editor"].pk))
            else:
                box.fill(text)
        with page.expect_navigation():
            button.click()
        expect(page.locator(".messagelist .success")).to_be_visible()

    return make


def in_join_in(name: str, selector: str = "main form [type=submit]", **typed: str) -> Hand:
    """A link in a message, a page of Join In, and its button; "on" ticks a box."""

    def make(world: World) -> None:
        if world.case.status == Status.AWAITING_CONFIRMATION:
            world.go_on()
        else:
            world.follow()
        page = world.contributor
        page.goto(world.path(name))
        for box, text in typed.items():
            if text == "on":
                page.check(f"[name={box}]")
            elif text == "yes":
                page.check(f"[name={box}][value=yes]")
            else:
                page.fill(f"[name={box}]", text)
        submit(page, selector)

    return make


def by_link(purpose: str) -> Hand:
    return lambda world: world.follow(purpose)


def send_again(world: World) -> None:
    """Open the form again from the page of the story, look the answers over, and send."""
    in_join_in("status", f'form[action="{address("revise", world.language)}"] button')(world)
    submit(world.contributor, "main form [type=submit]")


def take_up(world: World) -> None:
    in_join_in("status", f'form[action="{address("revise", world.language)}"] button')(world)


def as_headteacher(world: World) -> None:
    head = Headteacher.objects.create(case_study=world.case, name="Huw Tegid", email="huw@ysgol.example")
    world.contributor.context.clear_cookies()
    token = AccessLink.mint(world.case, "headteacher", head.email)
    world.contributor.goto(world.path("headteacher", token=token))
    submit(world.contributor, "main [name=withdraw]")


def by_the_clock(run: Callable[[datetime], None]) -> Hand:
    return lambda world: run(timezone.now())


# --- stories, as they stand before ----------------------------------------------------------------------------------------


def story(status: str, **fields: Any) -> Callable[[World], CaseStudy]:
    """In `status`, held by the editor where somebody holds it."""

    def make(world: World) -> CaseStudy:
        held = {"claimed_by": world.people["editor"]} if status in CLAIMABLE else {}
        case: CaseStudy = CaseStudyFactory.create(status=status, **held, **fields)
        return case

    return make


def told_by_a_school(world: World) -> CaseStudy:
    """A draft with every answer given."""
    world.school = School(world.language)
    return world.school.fill()


def sent_by_a_school(world: World) -> CaseStudy:
    told_by_a_school(world)
    world.school.send()
    return world.school.case


def asked_for_changes(world: World) -> CaseStudy:
    case = sent_by_a_school(world)
    if case.status == Status.AWAITING_CONFIRMATION:
        perform("confirm", case_id=case.pk, actor=CONTRIBUTOR)
    CaseStudy.objects.filter(pk=case.pk).update(status=Status.CHANGES_REQUESTED, claimed_by=world.people["editor"])
    return CaseStudy.objects.get(pk=case.pk)


def long_silent(status: str, days: int) -> Callable[[World], CaseStudy]:
    def make(world: World) -> CaseStudy:
        case = overdue(story(status)(world), days=days)
        CaseStudy.objects.filter(pk=case.pk).update(reminded_at=timezone.now() - timedelta(days=10))
        return case

    return make


def lapsed(world: World) -> CaseStudy:
    return perform("lapse", case_id=long_silent("changes_requested", 61)(world).pk, actor=CLOCK)


def forgotten_draft(world: World) -> CaseStudy:
    case = story("draft", contributor__email="")(world)
    Draft.objects.filter(case_study=case).update(touched_at=timezone.now() - timedelta(days=30))
    return case


def due(**missing: Any) -> Callable[[World], CaseStudy]:
    return story("approved", publish_at=timezone.now() - timedelta(minutes=1), **missing)


@dataclass(frozen=True)
class Way:
    """One move: the story before it, whose hand makes it and how, and its state after it ("": it is gone)."""

    move: str
    before: Callable[[World], CaseStudy]
    hand: Hand
    after: str


WHY = {"reason_cy": "Am reswm", "reason_en": "For a reason"}
SELF = {"is_headteacher": "yes", "headteacher": "on", "licence": "on", "privacy": "on"}
NEW = {"name": "Gwen Newydd", "email": "gwen@newydd.example"}
WAYS = [
    Way("send", told_by_a_school, in_join_in("check"), "submitted"),
    Way("confirm", story("awaiting_confirmation"), by_link("confirm"), "submitted"),
    Way("correct_address", sent_by_a_school, in_join_in("correct_address", email="a@b.example"), "awaiting_confirmation"),
    Way("discard", story("draft"), in_join_in("discard"), ""),
    Way("expire", forgotten_draft, by_the_clock(tend), ""),
    Way("let_in", story("held"), on_the_desk("let_in"), "submitted"),
    Way("decline_quietly", story("held"), on_the_desk("decline_quietly"), "declined"),
    Way("set_aside", story("submitted"), on_the_desk("set_aside", **WHY), "held"),
    Way("claim", story("submitted"), on_the_desk("claim"), "in_review"),
    Way("release", story("in_review"), on_the_desk("release"), "submitted"),
    Way("assign", story("in_review"), on_the_desk("assign", "administrator", to=""), "in_review"),
    Way("request_changes", story("in_review"), on_the_desk("request_changes", **WHY), "changes_requested"),
    Way("resubmit", asked_for_changes, send_again, "submitted"),
    Way("lapse", long_silent("changes_requested", 61), by_the_clock(tend), "declined"),
    Way("take_up_again", lapsed, take_up, "changes_requested"),
    Way("accept", story("in_review"), on_the_desk("accept"), "editing"),
    Way("decline", story("editing"), on_the_desk("decline", **WHY), "declined"),
    Way("reopen_declined", story("declined"), on_the_desk("reopen_declined", "administrator", **WHY), "in_review"),
    Way("send_proof", story("editing"), on_the_desk("send_proof"), "with_contributor"),
    Way("agree", story("with_contributor"), in_join_in("proof", "[name=agree]"), "approved"),
    Way("ask_for_changes", story("with_contributor"), in_join_in("proof", "[name=ask]", reason="Na."), "editing"),
    Way("take_back", story("with_contributor"), on_the_desk("take_back"), "editing"),
    Way("approve_without_contributor", long_silent("with_contributor", 29), on_the_desk("approve_without_contributor", **WHY), "approved"),
    Way("reopen", story("approved"), on_the_desk("reopen"), "editing"),
    Way("schedule", story("approved"), on_the_desk("schedule", publish_at=LATER), "approved"),
    Way("unschedule", due(), on_the_desk("unschedule"), "approved"),
    Way("unschedule", due(permissions=False), by_the_clock(publish_due), "approved"),
    Way("publish", story("approved"), on_the_desk("publish"), "published"),
    Way("publish", due(), by_the_clock(publish_due), "published"),
    Way("archive", story("published"), on_the_desk("archive", **WHY), "archived"),
    Way("put_back", story("archived"), on_the_desk("put_back"), "published"),
    Way("withdraw_permission", story("published"), in_join_in("withdraw"), "withdrawn"),
    Way("withdraw_permission", story("archived"), as_headteacher, "withdrawn"),
    Way("withdraw", story("in_review"), in_join_in("withdraw"), "withdrawn"),
    Way("come_back", story("withdrawn"), in_join_in("come_back", **SELF), "editing"),
    Way("change_contributor", story("editing"), on_the_desk("change_contributor", **NEW, **WHY), "editing"),
]  # fmt: skip


def test_the_ways_name_every_move() -> None:
    assert {way.move for way in WAYS} == set(rules())


@pytest.fixture
def world(open_page: Callable[..., Page], site: str, language: str, db: None) -> World:
    for number in (1, 2, 3):
        HallmarkFactory.create(number=number)
    makers = {"editor": make_editor, "administrator": make_administrator, "translator": translator, "own": make_editor}
    people = {name: make(language=language) for name, make in makers.items()}

    def opened(user: User | None = None) -> Page:
        page = open_page()
        if user is not None:
            client = Client()
            client.force_login(user)
            take_cookie(page, client, site)
        return page

    desk = {name: opened(user) for name, user in people.items()}
    return World(site, language, desk, opened(), people)


@pytest.mark.again
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["cy", "en"])
def test_every_move_is_made_with_the_buttons_of_the_pages(world: World, tell: Callable[[str], None]) -> None:
    wrong, made = [], set()
    for way in WAYS:
        world.case = way.before(world)
        uuid, before = world.case.uuid, Event.objects.count()
        try:
            is_no_button(world, way.move)
            way.hand(world)
        except Exception as problem:  # the others are tried all the same: one run tells of all
            wrong.append(f"{way.move}: {str(problem).splitlines()[0]}")
            continue
        made |= set(Event.objects.about(uuid).values_list("code", flat=True)) & {way.move}
        after = CaseStudy.objects.filter(uuid=uuid).first()
        if (after.status if after else "") != way.after or Event.objects.count() == before:
            wrong.append(f"{way.move}: {after and after.status}, not {way.after}")
    assert not wrong, "\n".join(wrong)
    assert made == set(rules())
    tell(f"{len(WAYS)} ways, {len(made)} moves, in {world.language}")


def translated(world: World) -> None:
    """What the translator does between the moves (tests/browser/test_story.py shows how): all is there in both languages."""
    case = CaseStudy.objects.get(pk=world.case.pk)
    edition = case.working
    assert edition is not None
    for one in (edition, *edition.hallmarks.all(), *edition.pictures.all()):
        for name in policies_of(type(one)):
            text = getattr(one, f"{name}_cy") or getattr(one, f"{name}_en")
            if text:
                setattr(one, f"{name}_cy", text)
                setattr(one, f"{name}_en", f"{text} ")
        one.save()
        agree_all(obj=one, how=How.SPEAKER, by=world.people["translator"])


#: Through every state that a story which was once sent can stand in, by every door that leads back from it.
JOURNEY = (
    "send", "set_aside", "let_in", "claim", "release", "claim", "assign", "request_changes", "resubmit", "claim", "accept",
    "decline", "reopen_declined", "accept", "send_proof", "take_back", "send_proof", "ask_for_changes", "send_proof", "agree",
    "reopen", "send_proof", "agree", "schedule", "publish", "archive", "put_back", "withdraw_permission", "come_back",
)  # fmt: skip


@pytest.mark.again
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["cy", "en"])
def test_one_story_goes_through_every_state_and_back(world: World) -> None:
    ways = {way.move: way for way in reversed(WAYS)}
    world.case = told_by_a_school(world)
    states = {world.case.status}
    for move in JOURNEY:
        if move in ("send_proof", "publish"):
            translated(world)
        if move == "schedule":  # what the worker does within moments: who is named has been told
            Message.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=timezone.now())
        ways[move].hand(world)
        world.case = CaseStudy.objects.get(pk=world.case.pk)
        states.add(world.case.status)
        assert world.case.status == ways[move].after, move
    assert states == set(Status.values) - {Status.AWAITING_CONFIRMATION, Status.REMOVED}
    log = Event.objects.about(world.case.uuid).filter(code__in=rules()).order_by("pk").values_list("code", flat=True)
    assert list(log) == list(JOURNEY)
