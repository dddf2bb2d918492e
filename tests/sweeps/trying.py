"""Every address to try, and what each person should get there."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.sweeps.addresses import address_of
from tests.sweeps.expectations import (
    ANSWERS,
    COPIES,
    DELETE,
    DELETED,
    DESK,
    EVIDENCE,
    JOIN_IN,
    LETTERS,
    LINKS,
    MODELS,
    OPEN,
    PEOPLE,
    PICTURES,
    POSTERS,
    PREVIEWS,
    REDIRECT,
    SHORT,
    SIGN_IN,
    UNKNOWN,
    UNSENT_PAGES,
    WITH_HISTORY,
)
from tests.sweeps.world import STATES, UNSENT, Person, World, step_kwargs

NOBODY = 987654
FORMATS = ("ris", "bib", "json")
#: What stands behind an address of a list or a form: its filters, its pages, windows that pop up, and what cannot be.
QUERIES = {
    "_changelist": ("?q=dim-byd-o-gwbl", "?_popup=1", "?e=1", "?p=99", "?o=1", "?all="),
    "_add": ("?_popup=1",),
    "_change": ("?_popup=1",),
}


@dataclass(frozen=True)
class Try:
    """One address with the object it is about."""

    name: str
    label: str
    letters: str  # of the five people; of Join In: of one without a story, then of contributors by state
    kwargs: dict[str, Any] = field(default_factory=dict)
    query: str = ""

    def letter_for(self, person: Person) -> str:
        if self.name in JOIN_IN:
            return self.letters[1 + STATES.index(person.state)] if person.state else self.letters[0]
        return self.letters[PEOPLE.index(person.role)]

    def status_for(self, person: Person) -> int:
        return LETTERS[self.letter_for(person)]


def all_tries(world: World) -> list[Try]:
    return [*_open(world), *_join_in(world), *_sign_in(world), *_desk(world), *_models(world), *_previews(world)]


def admin_tries(world: World, role: str, most: int) -> Iterator[Try]:
    """What this person may see in the admin; of an address of many objects the first `most`."""
    turns: Counter[str] = Counter()
    for one in all_tries(world):
        person = Person(role, Client())
        if one.name.startswith("admin") and one.letter_for(person) in "IOG":
            turns[one.name + one.letter_for(person)] += 1
            if turns[one.name + one.letter_for(person)] <= most:
                yield one


def addresses(one: Try, most: int) -> Iterator[str]:
    """Its own address, and at most so many with something asked of it."""
    address = address_of(one.name, "cy", one.kwargs)
    yield address + one.query
    for ending, queries in QUERIES.items():
        if one.name.endswith(ending):
            yield from (address + query for query in queries[:most])


def _slugs(obj: Any) -> dict[str, Any]:
    return {code: {"slug": getattr(obj, f"slug_{code}")} for code in ("cy", "en")}


def _open(world: World) -> Iterator[Try]:
    things, unknown = world.things, {"slug": "nowhere-at-all"}
    objects: dict[str, dict[str, Any]] = {
        "hallmarks:hallmark": {
            "published": _slugs(things["hallmark"]),
            "not published": _slugs(things["unpublished hallmark"]),
        },
        "casestudies:case_study": {state: _slugs(case) for state, case in world.cases.items() if case.slug_en},
        "references:work": {
            "published": {"key": things["work"].key},
            "not published": {"key": things["unpublished work"].key},
            "unknown": {"key": "nobody-1"},
        },
        "pages:page": {"published": _slugs(things["page"]), "not published": _slugs(things["unpublished page"])},
    }
    for name, rows in OPEN.items():
        for label, letters in rows.items():
            page = name.replace("work_file", "work").replace("hallmarks:references_file", "hallmarks:hallmark")
            page = page.replace("casestudies:references_file", "casestudies:case_study")
            own = objects.get(page, {}).get(label, {} if label == "" else unknown)
            own = {"key": "nobody"} if name == "problems:sent" else own
            yield Try(name, label, letters, _as_file(own, label) if name.endswith("_file") else own)
    for state, letters in PICTURES.items():
        picture = world.picture(state)
        for size in picture.sizes:
            yield Try("picture", f"{state} {size}", letters, {"token": picture.token, "name": size})
    for state, case in world.cases.items():
        document = case.documents.get()
        yield Try("evidence", state, EVIDENCE[state], {"token": document.token})
        yield Try("document", state, COPIES[state], {"token": document.copy.token})
        yield Try("short", state, SHORT[state], {"reference": case.reference})
        yield Try("admin:casestudies_casestudy_poster", state, POSTERS[state], {"object_id": case.pk})
    yield Try("short", "unknown", "GGGGG", {"reference": "LPL-222222"})
    for name in ("evidence", "document"):
        yield Try(name, "unknown", "GGGGG", {"token": "x" * 22})
    yield Try(
        "picture", "published, unknown size", "GGGGG", {"token": world.picture("published").token, "name": "x.png"}
    )
    yield Try("picture", "unknown", "GGGGG", {"token": "x" * 43, "name": next(iter(picture.sizes))})


def _as_file(kwargs: dict[str, Any], label: str) -> dict[str, Any]:
    """The same thing as data, in one of the formats."""
    if label in FORMATS:
        return {"file_format": label}
    if set(kwargs) == {"cy", "en"}:
        return {code: {**own, "file_format": "bib"} for code, own in kwargs.items()}
    return {**kwargs, "file_format": "ris"}


def _join_in(world: World) -> Iterator[Try]:
    for name, (without, states) in JOIN_IN.items():
        kwargs = step_kwargs() if name == "joinin:step" else {"": {}}
        for label, own in kwargs.items():
            yield Try(name, label, without + states, own)
    yield Try("joinin:step", "unknown", "G" * 15, {"slug": "no-such-page"})
    swapped = {"cy": {"slug": "about-you"}, "en": {"slug": "amdanoch-chi"}}
    yield Try("joinin:step", "in the other language", "P" * 15, swapped)
    for label, letter in LINKS.items():
        yield Try("joinin:link", label, letter * 5, {"token": world.tokens.get(label, "x" * 43)})
    for name in ("headteacher", "credit"):
        for label, letter in ANSWERS.items():
            yield Try(f"joinin:{name}", label, letter * 5, {"token": world.answers.get((name, label), "x" * 43)})


def _sign_in(world: World) -> Iterator[Try]:
    strange = {"invitation": {"token": "x" * 43}, "stop_mail": {"token": "x:y:z"}}
    strange |= {name: {"provider_id": "nobody"} for name in ("openid_connect_login", "openid_connect_callback")}
    strange["account_reset_password_from_key"] = {"uidb36": "1", "key": "x-y"}
    for name, rows in SIGN_IN.items():
        for label, letters in rows.items():
            own: dict[str, Any] = {"token": world.tokens[label]} if label in world.tokens else strange.get(name, {})
            own = {"pk": NOBODY} if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else own
            yield Try(name, label, letters, own)


def _desk(world: World) -> Iterator[Try]:
    things = world.things
    kind = {"content_type_id": things["hallmark type"].pk}
    kwargs: dict[tuple[str, str], dict[str, Any]] = {
        ("admin:view_on_site", "hallmark"): {**kind, "object_id": things["hallmark"].pk},
        ("admin:view_on_site", "unknown"): {**kind, "object_id": NOBODY},
        ("admin:auth_user_password_change", "person"): {"id": things["people_user"].pk},
        ("admin:auth_user_password_change", "unknown"): {"id": NOBODY},
        ("admin:correspondence_message_again", "message"): {"key": things["correspondence_message"].pk},
        ("admin:correspondence_message_again", "unknown"): {"key": uuid.uuid4()},
        ("admin:correspondence_message_cancel", "message"): {"key": things["correspondence_message"].pk},
        ("admin:correspondence_message_cancel", "unknown"): {"key": uuid.uuid4()},
        ("admin:problems_problem_do", "problem"): {"key": things["problems_problem"].pk},
        ("admin:people_user_do", "person"): {"key": things["people_user"].pk},
        ("admin:signin_invitation_do", "invitation"): {"key": things["signin_invitation"].pk},
        ("admin:references_work_merge", "work"): {"object_id": things["references_work"].pk},
        ("admin:references_work_merge", "unknown"): {"object_id": NOBODY},
    }
    for name, rows in DESK.items():
        for label, letters in rows.items():
            own = {"app_label": label} if name == "admin:app_list" else kwargs.get((name, label), {})
            own = {"url": label} if name.endswith("$") else own
            query = (
                "?app_label=hallmarks&model_name=hallmarkreference&field_name=work&term=a" if label == "works" else ""
            )
            yield Try(name, label, letters, own, query)


def _models(world: World) -> Iterator[Try]:
    for name, (listing, add, change) in MODELS.items():
        yield Try(f"admin:{name}_changelist", "", listing)
        yield Try(f"admin:{name}_add", "", add)
        for label, key in _objects(world, name).items():
            own = (
                _unknown(change)
                if label == "unknown"
                else UNSENT_PAGES.get(name, change)
                if label in UNSENT
                else change
            )
            yield Try(f"admin:{name}_change", label, own, {"object_id": key})
            yield Try(f"admin:{name}_history", label, _history(name, label, own), {"object_id": key})
            yield Try(
                f"admin:{name}_delete",
                label,
                DELETED.get(name, DELETE) if label == "there" else _unknown(DELETED.get(name, DELETE)),
                {"object_id": key},
            )
            route = f"admin/{name.rpartition('_')[0]}/{name.rpartition('_')[2]}/<path:object_id>/"
            yield Try(route, label, REDIRECT, {"object_id": key})


def _history(name: str, label: str, change: str) -> str:
    """Who sees the history of one, who may see the one itself as in `change`."""
    if name not in WITH_HISTORY:
        return UNKNOWN if label == "unknown" else change
    if label in ("unknown", *UNSENT):
        return "LLGGG"
    return REDIRECT if name.endswith("edition") else change  # that of an edition is that of its content


def _unknown(change: str) -> str:
    """Who may see none of a model is told so; who may is sent back from one that is not there."""
    return "".join("O" if one == "O" else gone for one, gone in zip(change, UNKNOWN, strict=True))


def _objects(world: World, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"unknown": NOBODY}
    if name == "casestudies_casestudy":
        found |= {state: case.pk for state, case in world.cases.items()}
    elif name == "casestudies_casestudyedition":
        found |= {state: case.editions.latest("pk").pk for state, case in world.cases.items()}
    elif name in world.things:
        found["there"] = world.things[name].pk
    return found


def _previews(world: World) -> Iterator[Try]:
    for name, rows in PREVIEWS.items():
        for label, letters in rows.items():
            if name.startswith("admin:casestudies_casestudy_"):
                key = world.cases[label].pk
            else:
                kind = name.removeprefix("admin:").split("_")[1]
                found = {"published": kind, "not published": f"unpublished {kind}"}.get(label)
                key = world.things[found].pk if found else NOBODY
            if name.endswith("_frames"):
                yield Try(name, label, letters, {"object_id": key})
                continue
            for language in ("cy", "en"):
                yield Try(name, f"{label} {language}", letters, {"object_id": key, "language": language})
        if name.endswith("_preview"):
            yield Try(name, "a third language", "LLGGG", {"object_id": key, "language": "fr"})
