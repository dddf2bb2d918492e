"""Every page of the admin in Welsh, and what comes back when its forms are sent empty: no English, and nothing from elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from pytest_django import Settings

from foundation.people.models import User
from tests.sweeps.forms import PageForm, forms_of
from tests.sweeps.policy import breaches
from tests.sweeps.saying import Ear, data, said_in_welsh
from tests.sweeps.trying import addresses, admin_tries
from tests.sweeps.world import Person, World, make_world, staff

pytestmark = [pytest.mark.django_db, pytest.mark.soak, pytest.mark.page, pytest.mark.no_cover]
Amount = Callable[[int, int], int]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def people(world: World, settings: Settings) -> dict[str, Person]:
    settings.SECOND_FACTOR_REQUIRED = False  # all of the desk is looked at here, and its door too
    known = staff()
    User.objects.update(language="cy")
    return known


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sent_empty(person: Person, form: PageForm) -> Iterator[Any]:
    """What comes back when a form is sent with nothing in it that one could write, by each of its buttons."""
    written = {one.name for one in form.fields if one.is_written and one.kind != "hidden"}
    sent = {name: value for name, value in form.data().items() if name not in written}
    sent |= {name: [""] for name in written}
    for name, value, action in form.buttons or [("", "", "")]:
        if urlsplit(action or form.action).path in LEFT_ALONE:
            continue
        with undone():
            yield person.client.post(action or form.action, {**sent, name: value} if name else sent, follow=True)


LEFT_ALONE = {"/admin/language/", "/admin/logout/"}  # the switch, which is meant to lead to English, and the way out


def is_page(answer: Any) -> bool:
    """Whether it is a page of the admin, and not one that speaks both languages because nothing is at its address."""
    if answer.headers.get("Content-Language") == "cy, en":
        return False
    return not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html")


class Walk:
    """A walk through the admin by one person: how many pages, and what was wrong with them."""

    def __init__(self, person: Person, *, sends: bool) -> None:
        self.person, self.ear, self.sends = person, Ear(data()), sends
        self.pages, self.sent, self.texts = 0, 0, set[str]()
        self.problems: dict[str, str] = {}
        self.forms: set[str] = set()

    def visit(self, address: str) -> None:
        answer: Any = self.person.client.get(address)
        self.hear(answer, address)
        if self.sends and is_page(answer) and answer.status_code == 200:
            for form in forms_of(answer.content.decode(), address):
                self.send(form, address)

    def send(self, form: PageForm, address: str) -> None:
        """Each form once: forms of the same fields and buttons answer alike."""
        kind = (
            f"{urlsplit(address).path.split('/')[2:4]} {form.names} {[name for name, _value, _action in form.buttons]}"
        )
        if form.method == "post" and kind not in self.forms:
            self.forms.add(kind)
            for answer in sent_empty(self.person, form):
                self.sent += 1
                self.hear(answer, f"{form.action} sent from {address}")

    def hear(self, answer: Any, address: str) -> None:
        if not is_page(answer):
            return
        page = answer.content.decode()
        self.pages += 1
        self.texts |= said_in_welsh(page)
        for text in self.ear.english_in(page):
            self.problems.setdefault(text, f"{self.person.role} at {address} ({answer.status_code})")
        for breach in breaches(answer):
            self.problems.setdefault(f"policy: {breach}", f"{self.person.role} at {address} ({answer.status_code})")

    def report(self) -> str:
        found = "\n".join(f"{text!r}: {where}" for text, where in sorted(self.problems.items()))
        print(f"{self.person.role}: {self.pages} pages, {self.sent} of them after a form was sent", found, sep="\n")  # noqa: T201
        return found


@pytest.mark.parametrize("role", ["administrator", "editor", "translator"])
def test_the_admin_says_nothing_in_english(world: World, people: dict[str, Person], role: str, amount: Amount) -> None:
    """In `make test` only the administrator sees every page, and sends the forms, which are nearly the same for all."""
    sends = role == "administrator" or bool(amount(0, 1))
    walk = Walk(people[role], sends=sends)
    for one in islice(admin_tries(world, role, amount(1, 99)), 0, None, 1 if sends else 4):
        for address in addresses(one, amount(0, 99)):
            walk.visit(address)
    assert walk.report() == ""
    assert walk.pages > amount(40 if sends else 10, 150)
    assert not sends or walk.sent > 20
    assert len(walk.texts) > (300 if sends else 150)
