"""Digests and reminders: in time, in the person's language, only where something waits, and stopped by a link."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.people.models import Digest, User
from foundation.signin import waiting
from foundation.signin.waiting import Waiting, register_waiting, write_to_those_who_wait
from tests.factories import CaseStudyFactory
from tests.factories import editor as make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.page]
MONDAY = datetime(2026, 9, 7, 8, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Waiting]:
    """What waits for everybody, in the place of what the desk has registered."""
    lines: list[Waiting] = []
    monkeypatch.setattr(waiting, "_found", [])
    register_waiting(lambda user: lines)
    return lines


def tell(moment: datetime) -> list[str]:
    """What is written at that moment, each as kind."""
    before = set(Message.objects.values_list("pk", flat=True))
    write_to_those_who_wait(moment)
    written = Message.objects.exclude(pk__in=before)
    written.update(created_at=moment)
    return sorted(written.values_list("kind", flat=True))


def test_nothing_is_sent_when_nothing_waits(found: list[Waiting], editor: User) -> None:
    found.append(Waiting("stories", 0, own=True, is_late=True))
    assert tell(MONDAY) == []


@pytest.mark.parametrize(
    ("wish", "days"), [(Digest.NEVER, []), (Digest.WEEKLY, [0, 7]), (Digest.DAILY, [0, 1, 2, 3, 4, 7, 8])]
)
def test_as_often_as_was_wished(wish: Digest, days: list[int], found: list[Waiting], editor: User) -> None:
    User.objects.update(digest=wish)
    found.append(Waiting("stories", 2))
    assert [day for day in range(9) if tell(MONDAY + timedelta(days=day))] == days


def test_once_a_day_and_not_at_night(found: list[Waiting], editor: User) -> None:
    found.append(Waiting("stories", 2))
    assert [tell(MONDAY.replace(hour=hour)) for hour in (5, 6, 7, 8, 23)] == [[], [], ["digest"], [], []]


def test_a_reminder_of_what_is_late_and_ones_own_once_a_week(found: list[Waiting], editor: User) -> None:
    User.objects.update(digest=Digest.NEVER)
    found.append(Waiting("others’", 2, is_late=True))
    assert tell(MONDAY) == []
    found.append(Waiting("mine", 1, own=True, is_late=True))
    assert [day for day in range(15) if tell(MONDAY + timedelta(days=day, minutes=day))] == [0, 7, 14]
    assert ["others’" in message.body for message in Message.objects.all()] == [False, False, False]


def test_a_digest_says_it_all(found: list[Waiting], editor: User) -> None:
    found.append(Waiting("mine", 1, own=True, is_late=True))
    assert [tell(MONDAY), tell(MONDAY + timedelta(hours=1))] == [["digest"], []]


def test_who_has_left_gets_none(found: list[Waiting], editor: User) -> None:
    found.append(Waiting("stories", 2))
    User.objects.update(is_active=False)
    assert tell(MONDAY) == []


@pytest.mark.parametrize(("kind", "left"), [("digest", ("never", True)), ("reminder", ("weekly", False))])
def test_the_link_in_the_mail_stops_it(kind: str, left: tuple[str, bool], found: list[Waiting], editor: User) -> None:
    other = make_editor()
    found.append(Waiting("mine", 1, own=True, is_late=True))
    tell(MONDAY if kind == "digest" else MONDAY + timedelta(days=1))
    message = Message.objects.get(about=editor.key)
    assert message.kind == kind
    link = re.findall(r"http://testserver(/admin/account/mail/\S+)", render(message).text)[0]
    browser = Client()
    assert browser.get(link).status_code == 200
    editor.refresh_from_db()
    assert (editor.digest, editor.reminders) == ("weekly", True)
    assert browser.post(link).status_code == 200
    for user, wanted in ((editor, left), (other, ("weekly", True))):
        user.refresh_from_db()
        assert (user.digest, user.reminders) == wanted
    assert tell(MONDAY + timedelta(days=7)).count("digest") == (1 if kind == "digest" else 2)


@pytest.mark.parametrize("token", ["x", "eyJrZXkiOiJ4In0:1:2"])
def test_a_link_we_did_not_make_stops_nothing(token: str, editor: User) -> None:
    assert Client().post(reverse("stop_mail", args=[token])).status_code == 404


def test_the_desk_says_what_waits_in_the_persons_language(editor: User) -> None:
    User.objects.update(language="cy", digest=Digest.DAILY)
    CaseStudyFactory.create(status="submitted", submitted_at=timezone.now())
    assert tell(MONDAY) == ["digest"]
    message = Message.objects.get(kind="digest")
    assert message.language == "cy"
    assert re.search(r"^– .+: 1$", message.body, re.M), message.body


def test_preferences_are_ones_own(editor: User, client_of: Callable[[User], Client]) -> None:
    other, browser = make_editor(), client_of(editor)
    typed: dict[str, Any] = {"name": "Enw Newydd", "language": "cy", "digest": "daily"}
    assert browser.post(reverse("account"), typed).status_code == 302
    for user in (editor, other):
        user.refresh_from_db()
    assert (editor.name, editor.language, editor.digest, editor.reminders) == ("Enw Newydd", "cy", "daily", False)
    assert (other.language, other.digest, other.reminders) == ("en", "weekly", True)
    assert '<html lang="cy"' in browser.get(reverse("account")).content.decode()
    again = browser.post(reverse("account"), typed | {"digest": "hourly", "name": "Arall"})
    editor.refresh_from_db()
    assert (again.status_code, editor.name) == (200, "Enw Newydd")
