"""Whatever comes in, at any address: never a 500, never lost, never run. What Join In does with it: tests/joinin."""

import copy
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.sweeps.addresses import address_of, patterns
from tests.sweeps.forms import PageForm, forms_of
from tests.sweeps.nasty import BODIES, ENCODED, MARK, PATHS, TEXTS, body_of, encoded, faults, is_kept
from tests.sweeps.trying import Try, all_tries
from tests.sweeps.world import Person, World, browser, contributor, make_world, staff

pytestmark = [pytest.mark.django_db, pytest.mark.soak, pytest.mark.no_cover]
Amount = Callable[[int, int], int]
WITH_STORIES = ("draft", "awaiting_confirmation", "changes_requested", "with_contributor", "published", "withdrawn")
#: Beside those that its own links and forms name.
PARAMETERS = (
    "page",
    "p",
    "q",
    "o",
    "e",
    "all",
    "next",
    "change",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "id__in",
)
#: Nobody types anything there; and of boxes, those whose words no page repeats.
TRAP, SECRET = "website", "password"


@dataclass
class Site:
    world: World
    people: list[Person]

    def visits(self) -> Iterator[tuple[Try, Person, str]]:
        """Every address once for each person who is let in, in turn in one language and in the other."""
        languages = cycle(("cy", "en"))
        for one in all_tries(self.world):
            for person in self.people:
                if person.role == "contributor" and not one.name.startswith("joinin:"):
                    continue
                if one.letter_for(person) == "I":
                    yield one, person, address_of(one.name, next(languages), one.kwargs) + one.query


@pytest.fixture
def site(db: None) -> Site:
    world = make_world()
    known = staff()
    people = [Person("anonymous", browser()), known["administrator"], known["translator"]]
    return Site(world, [*people, *(contributor(world, state) for state in WITH_STORIES)])


@contextmanager
def unchanged(client: Client) -> Iterator[None]:
    """Afterwards nothing has happened: not in the database, and not in the browser."""
    cookies = copy.deepcopy(client.cookies)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies


def _first_of_each(site: Site) -> dict[str, Try]:
    found: dict[str, Try] = {}
    for one in all_tries(site.world):
        if one.name not in found or ("I" in one.letters and "I" not in found[one.name].letters):
            found[one.name] = one
    return found


def _report(problems: list[str], tried: int, least: int) -> None:
    print(f"{tried} tried", *dict.fromkeys(problems), sep="\n")  # noqa: T201
    assert "\n".join(dict.fromkeys(problems)) == ""
    assert tried >= least


@pytest.mark.once
def test_every_method_at_every_address(site: Site, amount: Amount) -> None:
    """In `make test` two of the methods at each address, in turn."""
    anonymous, administrator = site.people[:2]
    tried, problems, methods = 0, [], cycle(("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"))
    for one in _first_of_each(site).values():
        mostly = administrator if one.name.startswith("admin") else anonymous
        for person in site.people if amount(0, 1) else [mostly]:
            address = address_of(one.name, "cy", one.kwargs)
            for method in islice(methods, amount(2, 7)):
                with unchanged(person.client):
                    answer = person.client.generic(method, address, b"", content_type=ENCODED)
                    if method == "HEAD" and not answer.streaming and answer.content:
                        problems.append(f"HEAD {address} has a body")
                    problems += [f"{method} {address} by {person}: {fault}" for fault in faults(answer)]
                tried += 1
    _report(problems, tried, len(patterns()) * 2)


def test_every_part_of_every_path(site: Site, amount: Amount) -> None:
    anonymous, administrator = site.people[:2]
    tried, problems, paths = 0, [], cycle(PATHS)
    for one in _first_of_each(site).values():
        own = one.kwargs.get("cy", one.kwargs)
        for part in patterns()[one.name]:
            whole = address_of(one.name, "cy", one.kwargs)
            for raw in islice(paths, amount(5, len(PATHS))):
                value = quote(str(own[part]), safe="")
                before, _value, after = whole.rpartition(value) if one.name != "picture" else whole.partition(value)
                person = administrator if one.name.startswith("admin") else anonymous
                with unchanged(person.client):
                    answer = person.client.get(before + raw + after)
                    problems += [f"{before}{raw[:80]}{after} ({one.name}): {fault}" for fault in faults(answer)]
                tried += 1
    _report(problems, tried, 300)


@pytest.mark.once
def test_every_parameter_of_every_page(site: Site, amount: Amount) -> None:
    tried, problems, texts, others = 0, [], cycle(TEXTS.items()), cycle(PARAMETERS)
    seen = set()
    for one, person, address in site.visits():
        if one.name in seen:
            continue
        seen.add(one.name)
        path = urlsplit(address).path
        answer = person.client.get(address)
        for name in dict.fromkeys([*_parameters(answer, path), *islice(others, amount(3, len(PARAMETERS)))]):
            for kind, text in islice(texts, amount(1, 5)):
                asked = f"{path}?{encoded({name: [text[:4000]]})}"
                with unchanged(person.client):
                    found = faults(person.client.get(asked))
                problems += [f"{path}?{name}= {kind} by {person}: {fault}" for fault in found]
                tried += 1
    _report(problems, tried, 250)


def _parameters(answer: Any, path: str) -> list[str]:
    page = body_of(answer)
    linked = re.findall(rf'href="(?:{re.escape(path)})?\?([^"#]+)"', page)
    named = [pair.split("=")[0] for query in linked for pair in query.replace("&amp;", "&").split("&")]
    typed = [name for form in forms_of(page, path) if form.method == "get" for name in form.names]
    return [*named, *typed]


# --- forms ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A form of a page, and who has it before them."""

    form: PageForm
    person: Person
    page: str

    def send(self, data: dict[str, list[str]], button: int) -> Any:
        name, value, elsewhere = (
            self.form.buttons[button % len(self.form.buttons)] if self.form.buttons else ("", "", "")
        )
        if name:
            data = {**data, name: [value]}
        address = elsewhere or self.form.action
        return self.person.client.post(address, encoded(data), content_type=ENCODED)


def all_forms(site: Site) -> list[Asked]:
    """Every form that is sent by POST, once for each address it goes to with its fields and buttons."""
    found: dict[Any, Asked] = {}
    seen: set[str] = set()
    for one, person, address in site.visits():
        if one.name in seen and one.name.endswith(("_history", "_preview")):
            continue  # nothing is written there but in what stands on all pages
        seen.add(one.name)
        for form in forms_of(body_of(person.client.get(address)), address):
            if form.method == "post":
                where = one.name if form.action == address else urlsplit(form.action).path
                key = (where, tuple(form.names), tuple(button[:2] for button in form.buttons))
                found.setdefault(key, Asked(form, person, address))
    return list(found.values())


def filled(form: PageForm, text: str, *, tamper: bool) -> dict[str, list[str]]:
    """The form with `text` in every box; where it is tampered with, also for every choice and in what is not seen."""
    data = form.data()
    for each in form.fields:
        visible = each.is_written and each.kind != "hidden"
        if each.name and (visible or tamper):
            data[each.name] = [text]
        elif each.kind in ("radio", "select") and each.name and not data.get(each.name, [""])[0]:
            data[each.name] = [next((option for option in each.options if option), each.value)]
    data.pop(TRAP, None)
    return data


def lost(form: PageForm, data: dict[str, list[str]], answer: Any) -> list[str]:
    """Boxes whose text is not on the page that shows the form again."""
    if answer.status_code in (301, 302) or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    page = body_of(answer)
    boxes = [each for each in form.fields if each.is_written and each.kind not in ("hidden", SECRET)]
    typed = [each.name for each in boxes if each.name in data and each.name != TRAP]
    return [name for name in typed if not is_kept(data[name][0], page)]


@pytest.mark.once
def test_every_form(site: Site, amount: Amount) -> None:
    asked = all_forms(site)
    print(f"{len(asked)} forms")  # noqa: T201
    assert len(asked) >= 60
    third = amount(3, 1)  # in `make test` a third of the forms each, which together are all of them
    _every_box(asked[::third], amount)
    _missing_and_repeated(asked[third // 2 :: third], amount)
    _strange_bodies(asked[third - 1 :: third], amount)
    _ten_megabytes(asked, amount)


def _every_box(asked: list[Asked], amount: Amount) -> None:
    tried, problems, turns = 0, [], cycle(enumerate(TEXTS.items()))
    for one in asked:
        buttons = max(len(one.form.buttons), 1)
        for turn, (kind, text) in islice(turns, amount(1, len(TEXTS))):
            for button in {turn, turn + 1} if amount(0, 1) else [turn]:
                for tamper in (False, True) if amount(0, 1) else [turn % 3 == 2]:
                    data = filled(one.form, text, tamper=tamper)
                    with unchanged(one.person.client):
                        answer = one.send(data, button)
                        found = faults(answer)
                        if not tamper:
                            found += [f"loses {name} ({answer.status_code})" for name in lost(one.form, data, answer)]
                        if answer.status_code == 302 and answer.headers["Location"].startswith("/"):
                            found += faults(one.person.client.get(answer.headers["Location"]))
                    button_name = one.form.buttons[button % buttons][:2] if one.form.buttons else ""
                    problems += [f"{one.page} by {one.person}, {button_name}, {kind}: {fault}" for fault in found]
                    tried += 1
    _report(problems, tried, 60)


def _missing_and_repeated(asked: list[Asked], amount: Amount) -> None:
    tried, problems, ways = 0, [], cycle(WAYS.items())
    for turn, one in enumerate(asked):
        for what, way in islice(ways, amount(1, len(WAYS))):
            with unchanged(one.person.client):
                found = faults(way(one, turn))
            problems += [f"{one.page} by {one.person}, {what}: {fault}" for fault in found]
            tried += 1
    _report(problems, tried, 60)


def _twice(one: Asked, turn: int) -> Any:
    return one.send({name: [*values, MARK, "", "-1"] for name, values in one.form.data().items()}, turn)


def _unknown_fields(one: Asked, turn: int) -> Any:
    more = {"is_superuser": ["on"], "status": ["published"], "pk": ["1"], "_": ["x"], "_to_field": ["x"]}
    return one.send({**one.form.data(), **more}, turn)


def _files_for_texts(one: Asked, turn: int) -> Any:
    name = (one.form.buttons[turn % len(one.form.buttons)] if one.form.buttons else ("add", "1"))[:2]
    content = b"\x89PNG\r\n\x1a\n<script>alert(7)</script>"
    uploads = {each: SimpleUploadedFile("x.png", content, "image/png") for each in one.form.names}
    return one.person.client.post(one.form.action, {**uploads, name[0] or "x": name[1]})


def _unknown_choices(one: Asked, turn: int) -> Any:
    """The form as it stands, but every choice, tick and action is made of what is no choice."""
    number, text = ("9223372036854775808", MARK) if turn % 2 else ("-1", "\0")
    chosen = {
        each.name: each.options[-1:] if each.name == "action" else [number, text]
        for each in one.form.fields
        if each.name and each.kind in ("select", "radio", "checkbox")
    }
    return one.send({**one.form.data(), **chosen}, turn)


def _texts_for_files(one: Asked, turn: int) -> Any:
    return one.person.client.post(one.form.action, {**dict.fromkeys(one.form.names, MARK), "add": "1"})


WAYS: dict[str, Callable[[Asked, int], Any]] = {
    "nothing": lambda one, turn: one.send({}, turn),
    "everything twice": _twice,
    "unknown fields": _unknown_fields,
    "unknown choices": _unknown_choices,
    "files for texts": _files_for_texts,
    "texts for files": _texts_for_files,
}


def _strange_bodies(asked: list[Asked], amount: Amount) -> None:
    tried, problems, bodies = 0, [], cycle(BODIES.items())
    for one in asked:
        for what, (kind, body) in islice(bodies, amount(1, len(BODIES))):
            with unchanged(one.person.client):
                answer = one.person.client.generic("POST", one.form.action, body, content_type=kind)
                problems += [f"{one.form.action} by {one.person}, {what}: {fault}" for fault in faults(answer)]
            tried += 1
    _report(problems, tried, 60)


def _ten_megabytes(asked: list[Asked], amount: Amount) -> None:
    tried, problems, text = 0, [], "gair " * 2_000_000
    asked = [one for one in asked if _boxes(one.form)]
    for place in range(0, len(asked), amount(max(len(asked) // 5, 1), 1)):
        one = asked[place]
        boxes = _boxes(one.form)
        name = boxes[place % len(boxes)]
        data = {**one.form.data(), name: [text]}
        with unchanged(one.person.client):
            answer = one.send(data, place)
            found = faults(answer)
            if answer.status_code == 200 and text.strip() not in body_of(answer):
                found.append("loses it")
        problems += [f"{one.page} by {one.person}, {name}: {fault}" for fault in found]
        tried += 1
    _report(problems, tried, 5)


def _boxes(form: PageForm) -> list[str]:
    return [each.name for each in form.fields if each.kind in ("text", "textarea", "email") and each.name != TRAP]
