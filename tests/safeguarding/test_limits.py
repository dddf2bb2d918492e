"""Every public form counts its use, by address and by network, and says when it may be tried again."""

import importlib
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from casestudies.joinin.limits import ASK, START, TYPING
from casestudies.models import CaseStudy, LinkRequest
from foundation.people.limits import NEARBY, Limit, TooOften, around, network, take, take_from
from foundation.people.models import RateLimit
from tests.joinin.school import School, address
from tests.sweeps.addresses import address_of, patterns
from tests.sweeps.trying import Try, all_tries
from tests.sweeps.world import STATES, World, contributor, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.page]
HERE = "127.0.0.1"
#: What presses every button there is, and fills in every box.
TYPED = {
    "name": "Nia", "email": "nia@ysgol.example", "headteacher_name": "Huw", "headteacher_email": "huw@ysgol.example",
    "is_headteacher": "no", "headteacher": "on", "licence": "on", "privacy": "on", "pictures": "on", "agree": "1",
    "decline": "1", "picture": "x", "save": "all", "confirm": "1", "kind": "error", "text": "x",
    "language": "cy", "markup": "<p>x</p>", "has_changed": "1", "what": "x",
}  # fmt: skip
#: A POST does no more than a GET; or nothing, where no single sign-on is set up; or what a secret link in a mail asks, which
#: mail programs press and which does the same however often it is pressed.
NOT_LIMITED = {"sitemap", "openid_connect_login", "openid_connect_callback", "stop_mail"}


def every_limit() -> list[Limit]:
    """All that any public room declares."""
    names = [name for name in sys.modules if name.startswith(("casestudies.", "foundation.", "pages.", "hallmarks."))]
    found = [one for name in names for one in vars(importlib.import_module(name)).values() if isinstance(one, Limit)]
    return list({one.name: one for one in found}.values())


def use_up(limits: list[Limit]) -> None:
    """As if this address had done everything as often as it may."""
    for limit in limits:
        take(limit, HERE)
    RateLimit.objects.update(count=10**6)


def tries_by_name(world: World) -> Iterator[tuple[str, list[Try]]]:
    """Each public pattern with the addresses to try; one that the sweep of addresses does not know is tried all the same."""
    found = all_tries(world)
    for name, parts in patterns().items():
        if not name.startswith(("admin", "<path")):
            unknown = Try(name, "", "", dict.fromkeys(parts, "x" * 22))
            yield name, [one for one in found if one.name == name] or [unknown]


def state_of_everything() -> list[Any]:
    """How many rows each table has, and every version: a move, a message or a row would show."""
    own = {"RateLimit", "Session"}
    counts = [(model.__name__, model._base_manager.count()) for model in apps.get_models() if model.__name__ not in own]
    return [*counts, *CaseStudy.objects.order_by("pk").values_list("status", "version")]


def leads_to_sign_in(answer: Any) -> bool:
    """It is for those who work here: a stranger is asked who they are."""
    path = urlsplit(answer.headers.get("Location", "")).path
    return answer.status_code == 302 and path in (reverse("account_login"), reverse("admin:login"))


def test_no_public_form_does_anything_when_the_limit_is_reached(tell: Callable[[str], None]) -> None:
    """An address that takes a POST answers 429 in the first state in which it would have done something."""
    world = make_world()
    people = {state: contributor(world, state) for state in STATES}
    use_up(every_limit())
    for case in world.cases.values():
        take(TYPING, str(case.uuid))
    RateLimit.objects.update(count=10**6)
    before = state_of_everything()
    limited: list[str] = []
    readers: list[str] = []
    staff: list[str] = []
    left: list[str] = []
    for name, tries in tries_by_name(world):
        answers = set()
        for one, state in [(one, state) for one in tries for state in STATES]:
            case = world.cases[state]
            sent = {**TYPED, "version": case.version, "story": case.reference}
            answer = people[state].client.post(address_of(name, "en", one.kwargs), sent)
            answers.add(answer.status_code)
            if answer.status_code in (405, 429) or leads_to_sign_in(answer):
                break
        found = (
            limited if 429 in answers else readers if 405 in answers else staff if leads_to_sign_in(answer) else left
        )
        found.append(name)
    tell(f"{len(limited)} public addresses take a POST, and all are limited; {len(readers)} take none")
    assert sorted(left) == sorted(NOT_LIMITED), "; ".join(left)
    assert len(staff) == 14, "; ".join(staff)
    assert state_of_everything() == before
    assert len(limited) >= 22
    assert {"joinin:start", "joinin:step", "joinin:check", "joinin:personal", "joinin:link", "joinin:ask"} <= set(
        limited
    )


def request_from(where: str) -> HttpRequest:
    return RequestFactory().post("/", REMOTE_ADDR=where)


@pytest.mark.parametrize(
    ("addresses", "elsewhere"),
    [
        ([f"192.0.2.{last}" for last in range(1, 9)], "192.0.3.1"),
        ([f"2001:db8:7:{last:x}::1" for last in range(1, 9)], "2001:db8:8::1"),
    ],
)
def test_an_address_and_its_network_are_counted_apart(addresses: list[str], elsewhere: str) -> None:
    limit, done = Limit("for this test", 3, 3600), []
    for where in addresses:
        for _time in range(4):
            try:
                take_from(request_from(where), limit)
            except TooOften:
                continue
            done.append(where)
    # Three each, until the network has done five times as much as one address may.
    assert [done.count(where) for where in addresses][:4] == [3, 3, 3, 3]
    assert len(done) == limit.most * NEARBY
    take_from(request_from(elsewhere), limit)


@pytest.mark.parametrize(
    ("where", "its_network", "wider"),
    [
        ("192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:7:9::1", "2001:db8:7:9::/64", "2001:db8:7::/48"),
        ("not an address", "", ""),
    ],
)
def test_what_counts_as_one_address_and_as_its_network(where: str, its_network: str, wider: str) -> None:
    found = network(request_from(where))
    assert (found, around(found)) == (its_network, wider)


def test_no_address_is_kept() -> None:
    take_from(request_from("192.0.2.77"), START)
    keys = list(RateLimit.objects.values_list("key", flat=True))
    assert (len(keys), any("192" in key and "." in key for key in keys), {len(key) for key in keys}) == (2, False, {64})


@pytest.mark.parametrize(("language", "words"), [("en", "Try again after"), ("cy", "Rhowch gynnig arall arni ar ôl")])
def test_it_is_said_when_to_try_again_and_what_was_typed_is_kept(language: str, words: str) -> None:
    use_up([ASK])
    answer = Client().post(address("ask", language), {"email": "nia+un@ysgol.example"})
    page = answer.content.decode()
    assert (answer.status_code, LinkRequest.objects.count()) == (429, 0)
    assert '<input type="hidden" name="email" value="nia+un@ysgol.example">' in page
    assert words in page


def test_sending_says_when_too_and_the_story_stays(school: School) -> None:
    school.fill()
    for limit in every_limit():
        take(limit, HERE)
    RateLimit.objects.update(count=10**6)
    answer = school.send()
    assert (answer.status_code, school.case.status) == (429, "draft")
    assert (
        "There have been very many requests from your network. Your story is kept: send it after"
        in answer.content.decode()
    )
