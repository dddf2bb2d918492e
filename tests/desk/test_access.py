"""Every admin page × (anonymous, translator, editor, administrator): who gets in, and none of them breaks."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring

from casestudies.models import CaseStudyEdition, Erasure, ReadyReason, Tag
from foundation.clock.models import Job
from foundation.correspondence.models import Message
from foundation.correspondence.services import write_message
from foundation.correspondence.wordings import save_wording, wording_of
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.problems.services import report
from foundation.record.actors import ANYONE
from foundation.record.models import Event, Redaction
from foundation.record.services import write
from foundation.signin.models import Invitation
from hallmarks.models import HallmarkEdition
from pages.models import PageEdition
from references.models import Work
from tests.factories import (
    CaseStudyFactory,
    ConnectionFactory,
    HallmarkEditionFactory,
    HallmarkFactory,
    LinkFactory,
    PageFactory,
    WorkFactory,
)

pytestmark = pytest.mark.page

ROLES = ("anonymous", "translator", "editor", "administrator")
IN, OUT, LOGIN, GONE = 200, 403, 302, 404

#: Page → what anonymous people, translators, editors and administrators get. Addresses hold the key of what `things` made.
LISTS = {
    "casestudies_casestudy": (LOGIN, IN, IN, IN),
    "hallmarks_hallmark": (LOGIN, IN, IN, IN),
    "hallmarks_framework": (LOGIN, IN, IN, IN),
    "hallmarks_strand": (LOGIN, IN, IN, IN),
    "pages_page": (LOGIN, IN, IN, IN),
    "references_work": (LOGIN, IN, IN, IN),
    "references_link": (LOGIN, OUT, IN, IN),
    "casestudies_readyreason": (LOGIN, IN, IN, IN),
    "casestudies_tag": (LOGIN, IN, IN, IN),
    "signin_invitation": (LOGIN, OUT, OUT, IN),
    "correspondence_message": (LOGIN, IN, IN, IN),
    "correspondence_wording": (LOGIN, IN, IN, IN),
    "record_event": (LOGIN, OUT, IN, IN),
    "clock_job": (LOGIN, OUT, IN, IN),
    "people_user": (LOGIN, OUT, OUT, IN),
    "problems_problem": (LOGIN, OUT, IN, IN),
    "casestudies_erasure": (LOGIN, OUT, IN, IN),
    "record_redaction": (LOGIN, OUT, OUT, IN),
    "casestudies_casestudyedition": (LOGIN, LOGIN, LOGIN, LOGIN),  # on to the list of case studies
    "hallmarks_hallmarkedition": (LOGIN, LOGIN, LOGIN, LOGIN),
    "pages_pageedition": (LOGIN, LOGIN, LOGIN, LOGIN),
}
ADDS = {
    "casestudies_casestudy": (LOGIN, OUT, OUT, OUT),
    "hallmarks_hallmark": (LOGIN, OUT, OUT, OUT),
    "hallmarks_framework": (LOGIN, OUT, IN, IN),
    "hallmarks_strand": (LOGIN, OUT, IN, IN),
    "pages_page": (LOGIN, OUT, IN, IN),
    "references_work": (LOGIN, OUT, IN, IN),
    "references_link": (LOGIN, OUT, OUT, OUT),
    "casestudies_readyreason": (LOGIN, OUT, IN, IN),
    "casestudies_tag": (LOGIN, OUT, IN, IN),
    "signin_invitation": (LOGIN, OUT, OUT, IN),
    "correspondence_message": (LOGIN, OUT, OUT, OUT),
    "correspondence_wording": (LOGIN, OUT, OUT, OUT),
    "record_event": (LOGIN, OUT, OUT, OUT),
    "clock_job": (LOGIN, OUT, OUT, OUT),
    "people_user": (LOGIN, OUT, OUT, IN),
    "problems_problem": (LOGIN, OUT, OUT, OUT),
    "casestudies_erasure": (LOGIN, OUT, OUT, OUT),
    "record_redaction": (LOGIN, OUT, OUT, OUT),
    "casestudies_casestudyedition": (LOGIN, OUT, OUT, OUT),
    "hallmarks_hallmarkedition": (LOGIN, OUT, OUT, OUT),
    "pages_pageedition": (LOGIN, OUT, OUT, OUT),
}
CHANGES = {name: LISTS[name] for name in LISTS if not name.endswith("edition")} | {
    "casestudies_casestudyedition": (LOGIN, IN, IN, IN),
    "hallmarks_hallmarkedition": (LOGIN, IN, IN, IN),
    "pages_pageedition": (LOGIN, IN, IN, IN),
}


@pytest.fixture
def things(db: None, editor: User) -> dict[str, Any]:
    """One of each, by the name of its pages."""
    case = CaseStudyFactory.create(status="editing", claimed_by=editor, edition__pictures=1)
    hallmark = HallmarkFactory.create(number=3)
    working = HallmarkEditionFactory.create(content=hallmark, stage="working", works=1)
    connection = ConnectionFactory.create(edition=working)
    page = PageFactory.create(edition__stage="working")
    write(actor=ANYONE, kind="case-study", subject=case.uuid, code="start")
    message = write_message(
        kind="accepted", recipient="c@example.org", language="cy", about=case.uuid,
        context={"about": case, "reader": case.contributor}, note_en="Only in English.",
    )  # fmt: skip
    return {
        "casestudies_casestudy": case,
        "casestudies_casestudyedition": CaseStudyEdition.objects.get(content=case),
        "hallmarks_hallmark": hallmark,
        "hallmarks_hallmarkedition": working,
        "hallmarks_framework": connection.framework,
        "hallmarks_strand": connection.strand,
        "pages_page": page,
        "pages_pageedition": PageEdition.objects.get(content=page),
        "references_work": WorkFactory.create(),
        "references_link": LinkFactory.create(),
        "casestudies_readyreason": ReadyReason.objects.create(
            move="decline", title_cy="Rheswm", title_en="A reason", text_cy="Am hynny.", text_en="Because."
        ),
        "casestudies_tag": Tag.objects.create(name_cy="Darllen", name_en="Reading"),
        "signin_invitation": Invitation.objects.create(email="new@example.org"),
        "correspondence_message": message,
        "correspondence_wording": save_wording(wording=wording_of("accepted"), version=0, by=editor),
        "record_event": Event.objects.latest("pk"),
        "clock_job": Job.objects.create(name="a-job", next_at=timezone.now(), error="Traceback\nValueError: no"),
        "people_user": editor,
        "problems_problem": report(Problem(asked_as="once", kind="error", text="Something", language="cy")),
        "record_redaction": Redaction.objects.create(at=timezone.now(), marks=[], places={"pages.PageEdition": 1}),
        "casestudies_erasure": Erasure.objects.create(subject=uuid.uuid4(), what="all", at=timezone.now()),
    }


@pytest.fixture
def browsers(
    translator: User, editor: User, administrator: User, client_of: Callable[[User], Client]
) -> dict[str, Client]:
    return {
        "anonymous": Client(),
        "translator": client_of(translator),
        "editor": client_of(editor),
        "administrator": client_of(administrator),
    }


def test_the_table_names_every_model_of_the_admin() -> None:
    registered = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    registered -= {name for name in registered if name.startswith("django_tasks")}
    assert set(LISTS) == registered


def test_who_gets_in(things: dict[str, Any], browsers: dict[str, Client]) -> None:
    found, wanted = {}, {}
    tried = 0
    for place, table in (("changelist", LISTS), ("add", ADDS), ("change", CHANGES)):
        for name, row in table.items():
            args = [things[name].pk] if place == "change" else []
            address = reverse(f"admin:{name}_{place}", args=args)
            for role, status in zip(ROLES, row, strict=True):
                found[name, place, role] = browsers[role].get(address).status_code
                wanted[name, place, role] = status
                tried += 1
    assert {key: value for key, value in found.items() if wanted[key] != value} == {}
    assert tried == 3 * 21 * 4


def test_nobody_deletes(things: dict[str, Any], browsers: dict[str, Client]) -> None:
    boss = User.objects.create_superuser("boss@example.org", "pedwar ceffyl gwyn a chi", name="Boss")
    browsers["anonymous"].force_login(boss)
    for own in ("readyreason", "tag"):  # editors' own words, with nothing hanging on them
        del things[f"casestudies_{own}"]
    tried = 0
    for name, thing in things.items():
        for browser in browsers.values():
            answer = browser.post(reverse(f"admin:{name}_delete", args=[thing.pk]), {"post": "yes"})
            assert answer.status_code == OUT, name
            tried += 1
    assert tried == 19 * 4
    assert Group.objects.count() == 3
    assert Message.objects.count() == 1
    assert HallmarkEdition.objects.count() == 3


@pytest.mark.parametrize("language", ["cy", "en"])
def test_every_page_keeps_the_policy_and_says_its_language(
    things: dict[str, Any], administrator: User, client_of: Callable[[User], Client], language: str
) -> None:
    User.objects.filter(pk=administrator.pk).update(language=language)
    browser = client_of(administrator)
    addresses = [reverse("admin:index"), reverse("account_change_password")]
    addresses += [reverse(f"admin:{name}_changelist") for name in LISTS if not name.endswith("edition")]
    addresses += [reverse(f"admin:{name}_change", args=[thing.pk]) for name, thing in things.items()]
    addresses += [reverse(f"admin:{name}_add") for name, row in ADDS.items() if row[3] == IN]
    for address in addresses:
        answer = browser.get(address)
        page = answer.content.decode()
        policy = answer.headers["Content-Security-Policy"]
        assert "'unsafe" not in policy, address
        assert f'<html lang="{language}"' in page, address
        inline = [tag for tag in _tags(page, "script") if " src=" not in tag]
        assert [tag for tag in inline if "nonce=" not in tag and "application/json" not in tag] == [], address
        styles = [tag for tag in _tags(page, "style") if 'nonce="' not in tag]
        assert (styles, page.count(" style="), page.count(" onclick=")) == ([], 0, 0), address
        other = {"cy": "English", "en": "Cymraeg"}[language]
        assert f">{other}</button>" in page, address
        assert _pressed_by_enter(page) - ENTER - {("_language", language)} == set(), address
    assert len(addresses) == 2 + 18 + 21 + 8


def test_enter_saves_what_may_be_saved_and_shows_the_rest_again(
    ellis: Work, editor: User, client_of: Callable[[User], Client]
) -> None:
    cites = "<p>Lanterns help (Ellis, 2019).</p>"
    for number, stage in enumerate(("working", "live"), 1):
        HallmarkFactory.create(
            number=number, edition__stage=stage, edition__body_en=cites, edition__body_cy=cites, edition__works=1
        )
    pressed = {
        edition.stage: _pressed_by_enter(
            client_of(editor).get(reverse("admin:hallmarks_hallmarkedition_change", args=[edition.pk])).content.decode()
        )
        for edition in HallmarkEdition.objects.all()
    }
    assert pressed == {"working": {("_enter", "en")}, "live": {("_language", "en")}}


#: What Enter in a field may press on a page of the desk: saving, searching, going on, or the chosen action of a list. Or it
#: shows the page again.
ENTER = {("_enter", "cy"), ("_enter", "en"), ("", ""), ("go", "1"), ("index", "0")}


def _pressed_by_enter(page: str) -> set[tuple[str, str]]:
    """Name and value of the first button of each form that has a field to press Enter in."""
    found = set()
    whole = fromstring(page)
    for form in whole.forms:
        if any(field.get("type", "text") in FIELDS for field in form.iter("input")):
            buttons = whole.xpath("//button[@type='submit' or not(@type)] | //input[@type='submit']")
            owned = [one for one in buttons if one.get("form", form.get("id")) == form.get("id")]
            first = next(one for one in owned if one.get("form") or form in one.iterancestors())
            found.add((first.get("name", ""), "" if not first.get("name") else first.get("value", "")))
    return found


FIELDS = ("text", "email", "url", "number", "search", "password", "checkbox", "radio")


def _tags(page: str, name: str) -> list[str]:
    return [part.split(">", 1)[0] for part in page.split(f"<{name}")[1:]]
