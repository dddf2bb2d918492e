"""Signing in and out, and the password: who comes in, who does not, and what both are told."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from casestudies.guards import is_own, may_decide
from casestudies.services import MoveRefused, actor_for, perform
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.people.models import User
from tests.factories import PASSWORD, CaseStudyFactory
from tests.factories import editor as make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.page]
SIGN_IN = "/admin/account/sign-in/"


def test_signing_in_leads_to_the_page_that_was_asked_for(editor: User, client: Client) -> None:
    wanted = client.get("/admin/hallmarks/hallmark/", follow=True)
    assert wanted.redirect_chain == [
        ("/admin/login/?next=/admin/hallmarks/hallmark/", 302),
        (f"{SIGN_IN}?next=/admin/hallmarks/hallmark/", 302),
    ]
    typed = {"login": editor.email.upper(), "password": PASSWORD}
    sent = client.post(f"{SIGN_IN}?next=/admin/hallmarks/hallmark/", typed)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/admin/hallmarks/hallmark/")
    assert client.get("/admin/hallmarks/hallmark/").status_code == 200


def test_no_link_leads_off_the_site(editor: User, client: Client) -> None:
    typed = {"login": editor.email, "password": PASSWORD}
    assert client.post(f"{SIGN_IN}?next=https://example.com/", typed).headers["Location"] == "/admin/"


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_who_does_not_work_here_any_more_does_not_come_in(change: dict[str, bool], client: Client) -> None:
    user = make_editor(**change)
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_somebody_signed_in_who_may_not_enter_is_not_sent_round(client: Client) -> None:
    client.force_login(make_editor(is_staff=False))
    assert client.get("/admin/", follow=True).status_code == 403


def test_passwords_are_not_guessed(editor: User) -> None:
    answers = [Client().post(SIGN_IN, {"login": editor.email, "password": "no"}).status_code for _time in range(17)]
    assert answers == [200] * 15 + [429] * 2
    refused = Client().post(SIGN_IN, {"login": editor.email, "password": PASSWORD})
    assert (refused.status_code, "Try again after" in refused.content.decode()) == (429, True)
    other = make_editor()
    assert Client().post(SIGN_IN, {"login": other.email, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_signup", "mfa_signup_webauthn"])
def test_nobody_makes_an_account_for_themselves(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_password_is_set_anew_by_mail_in_the_persons_language(language: str) -> None:
    user = make_editor(language=language)
    known = Client().post(reverse("account_reset_password"), {"email": user.email.upper()}, follow=True)
    unknown = Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.language) == ("password-reset", user.email, language)
    link = re.findall(r"http://testserver(\S+)", render(message).text)[0]
    browser = Client()
    page: Any = browser.get(link, follow=True)
    assert f'<html lang="{language}"' in page.content.decode()
    new = "llygod bach mewn llaeth"
    browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert Message.objects.filter(kind="account-changed", recipient=user.email).count() == 1
    assert "set-password" not in Client().get(link).headers.get("Location", "")


def test_a_made_up_link_sets_no_password(editor: User) -> None:
    for parts in (["1", "x-y"], ["zzzzzzzzzzzzzzzzzzzz", "set-password"], ["1", "set-password"]):
        page = Client().post(
            reverse("account_reset_password_from_key", args=parts), {"password1": "a", "password2": "a"}
        )
        assert "This link no longer works" in page.content.decode()


def test_nobody_decides_on_a_story_sent_from_their_own_address(administrator: User) -> None:
    """Whatever its case, and only where the address was confirmed."""
    writer, other = make_editor(email="mari@example.org"), make_editor()
    case = CaseStudyFactory.create(status="submitted", contributor__email="Mari@Example.org")
    assert case.contributor.address_confirmed_at is not None
    assert [may_decide(case, actor_for(user)) for user in (writer, other)] == [False, True]
    with pytest.raises(MoveRefused):
        perform("claim", case_id=case.pk, actor=actor_for(writer), version=case.version)
    case.contributor.address_confirmed_at = None
    assert not is_own(case, actor_for(writer))
