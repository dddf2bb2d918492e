"""Sessions: seen, ended one by one or all at once, and over when somebody leaves."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.people.models import User
from foundation.record.models import Event
from foundation.signin.services import forget_sessions
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1"


def sign_in(user: User, agent: str = FIREFOX) -> Client:
    browser = Client(headers={"user-agent": agent})
    answer = browser.post("/admin/account/sign-in/", {"login": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/admin/"
    return browser


def is_in(browser: Client) -> bool:
    return bool(browser.get("/admin/").status_code == 200)


def test_one_sees_where_one_is_signed_in_and_ends_one(editor: User, translator: User) -> None:
    desk, phone = sign_in(editor), sign_in(editor, PHONE)
    other = sign_in(translator)
    page = desk.get(reverse("sessions")).content.decode()
    assert ("Firefox, Windows" in page, "Safari, iPhone" in page, page.count("End the session")) == (True, True, 2)
    theirs = UserSession.objects.get(user=translator)
    assert desk.post(reverse("sessions"), {"session": theirs.pk}).status_code == 404
    assert is_in(other)
    mine = UserSession.objects.get(session_key=phone.session.session_key)
    desk.post(reverse("sessions"), {"session": mine.pk})
    assert (is_in(desk), is_in(phone)) == (True, False)


@pytest.mark.parametrize("session", ["x", "-1", "9" * 40, "٣"])
def test_what_is_no_session_ends_none(session: str, editor: User) -> None:
    desk = sign_in(editor)
    assert desk.post(reverse("sessions"), {"session": session}).status_code == 404
    assert is_in(desk)


def test_to_end_the_one_that_is_used_signs_out(editor: User) -> None:
    desk = sign_in(editor)
    answer = desk.post(reverse("sessions"), {"session": UserSession.objects.get().pk})
    assert (answer.headers["Location"], is_in(desk)) == ("/admin/account/sign-in/", False)


def test_everywhere_but_here_also_ends_what_is_not_listed(editor: User, client_of: Browse) -> None:
    desk, unlisted = sign_in(editor), client_of(editor)
    phone = sign_in(editor, PHONE)
    desk.post(reverse("sessions"))
    assert (is_in(desk), is_in(phone), is_in(unlisted)) == (True, False, False)
    assert UserSession.objects.filter(user=editor).count() == 1


def test_an_administrator_ends_all_sessions_of_a_person(editor: User, administrator: User, client_of: Browse) -> None:
    desk, unlisted, boss = sign_in(editor), client_of(editor), client_of(administrator)
    assert boss.post(reverse("admin:people_user_do", args=[editor.pk]), {"_do": "end-sessions"}).status_code == 302
    assert (is_in(desk), is_in(unlisted), is_in(boss)) == (False, False, True)
    assert Event.objects.get().code == "end-sessions"


@pytest.mark.parametrize("leaves", ["is_active", "is_staff"])
def test_who_leaves_is_signed_out(leaves: str, editor: User, administrator: User, client_of: Browse) -> None:
    desk = sign_in(editor)
    form: dict[str, Any] = {
        "email": editor.email,
        "name": editor.name,
        "language": "en",
        "is_active": "on",
        "is_staff": "on",
    }
    del form[leaves]
    boss = client_of(administrator)
    assert boss.post(reverse("admin:people_user_change", args=[editor.pk]), form).status_code == 302
    assert (is_in(desk), UserSession.objects.count(), Session.objects.count()) == (False, 0, 1)
    answer = Client().post("/admin/account/sign-in/", {"login": editor.email, "password": PASSWORD})
    assert answer.status_code == 200 or answer.headers["Location"] == "/admin/account/not-active/"


def test_a_new_password_ends_all_other_sessions(editor: User) -> None:
    desk, phone = sign_in(editor), sign_in(editor, PHONE)
    typed = {"oldpassword": PASSWORD, "password1": "llygod bach mewn llaeth", "password2": "llygod bach mewn llaeth"}
    assert desk.post(reverse("account_change_password"), typed).status_code == 302
    assert (is_in(desk), is_in(phone)) == (True, False)
    assert len(desk.get(reverse("sessions")).context["sessions"]) == 1


def test_what_is_known_of_sessions_goes_with_them(editor: User, translator: User) -> None:
    desk, other = sign_in(editor), sign_in(translator)
    Session.objects.filter(pk=other.session.session_key).update(expire_date=timezone.now())
    forget_sessions(timezone.now())
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [desk.session.session_key]


def test_signing_out_by_either_address(editor: User) -> None:
    for address in ("/admin/logout/", reverse("account_logout")):
        desk = sign_in(editor)
        assert desk.post(address).headers["Location"] == "/admin/account/sign-in/"
        assert not is_in(desk)
