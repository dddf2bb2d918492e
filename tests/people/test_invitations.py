"""Invitations: by mail, for a time, once."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.people.models import User
from foundation.record.models import Event
from foundation.signin.models import Invitation, InvitationLink, hash_token
from foundation.signin.services import NotPossible, accept, invite, revoke_invitation, send_invitation
from tests.factories import editor as make_editor

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
GOOD = {"name": "Nia Newydd", "password1": "afalau cochion y berllan", "password2": "afalau cochion y berllan"}


def link_in(message: Message) -> str:
    return re.findall(r"http://testserver(\S+)", render(message).text)[0]


@pytest.fixture
def invitation(administrator: User) -> Invitation:
    groups = Group.objects.filter(name__in=["Editors", "Translators"])
    return invite(email="nia@example.org", language="cy", groups=groups, by=administrator)


@pytest.fixture
def link(invitation: Invitation) -> str:
    return link_in(Message.objects.get(about=invitation.key))


def test_an_administrator_invites_from_the_desk(administrator: User, client_of: Browse) -> None:
    groups = Group.objects.get(name="Editors")
    typed = {"email": "nia@example.org", "language": "cy", "groups": [groups.pk]}
    answer = client_of(administrator).post(reverse("admin:signin_invitation_add"), typed)
    assert answer.status_code == 302, answer.content.decode()
    made, message = Invitation.objects.get(), Message.objects.get()
    assert (made.email, list(made.groups.all()), made.invited_by) == ("nia@example.org", [groups], administrator)
    assert (message.kind, message.recipient, message.language) == ("invitation", "nia@example.org", "cy")
    assert Event.objects.values_list("kind", "code", "actor").get() == ("invitation", "invite", str(administrator.key))
    again = client_of(administrator).post(reverse("admin:signin_invitation_add"), typed | {"email": "NIA@example.org"})
    assert (again.status_code, Invitation.objects.count()) == (200, 1)


def test_somebody_with_an_account_is_not_invited(administrator: User, client_of: Browse) -> None:
    make_editor(email="mari@example.org")
    groups = Group.objects.get(name="Editors")
    typed = {"email": "MARI@example.org", "language": "cy", "groups": [groups.pk]}
    assert client_of(administrator).post(reverse("admin:signin_invitation_add"), typed).status_code == 200
    assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["editor", "translator"])
def test_nobody_else_sees_or_writes_one(
    who: str, invitation: Invitation, request: pytest.FixtureRequest, client_of: Browse
) -> None:
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(reverse("admin:signin_invitation_changelist")).status_code == 403
    assert browser.get(reverse("admin:signin_invitation_add")).status_code == 403
    for action in ("again", "revoke"):
        done = browser.post(reverse("admin:signin_invitation_do", args=[invitation.pk]), {"_do": action})
        assert done.status_code == 403
    invitation.refresh_from_db()
    assert (invitation.state, Message.objects.count()) == ("open", 1)


def test_the_link_is_kept_as_a_hash_and_each_attempt_makes_one(invitation: Invitation, link: str) -> None:
    other = link_in(Message.objects.get())
    tokens = [address.split("/")[-2] for address in (link, other)]
    assert set(InvitationLink.objects.values_list("token_hash", flat=True)) == {hash_token(one) for one in tokens}
    assert len(set(tokens)) == 2
    assert [Client().get(address).status_code for address in (link, other)] == [200, 200]


def test_to_look_changes_nothing_and_to_send_makes_the_account(invitation: Invitation, link: str) -> None:
    browser = Client()
    page = browser.get(link)
    assert (page.status_code, User.objects.filter(email="nia@example.org").exists()) == (200, False)
    assert '<html lang="cy"' in page.content.decode()
    assert browser.post(link, GOOD).headers["Location"] == "/admin/account/sign-in/"
    user = User.objects.get(email="nia@example.org")
    assert (user.name, user.language, user.check_password(GOOD["password1"])) == ("Nia Newydd", "cy", True)
    assert {group.name for group in user.groups.all()} == {"Editors", "Translators"}
    assert Event.objects.get(code="accept-invitation").subject == user.key
    assert (browser.get(link).status_code, browser.post(link, GOOD).status_code) == (410, 410)
    assert User.objects.filter(email="nia@example.org").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"password1": "byr", "password2": "byr"}, "password1"),
        ({"password1": "nia@example.org", "password2": "nia@example.org"}, "password1"),
        ({"password2": "something else here"}, "password2"),
    ],
)
def test_what_is_wrong_is_said_and_no_account_is_made(change: dict[str, str], field: str, link: str) -> None:
    page: Any = Client().post(link, GOOD | change)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert not User.objects.filter(email="nia@example.org").exists()


def test_rules_for_passwords_are_said_in_the_persons_language(link: str) -> None:
    page: Any = Client().post(link, GOOD | {"password1": "byr", "password2": "byr"})
    with translation.override("cy"):
        from django.contrib.auth.password_validation import MinimumLengthValidator

        wanted = MinimumLengthValidator(12).get_error_message()
    assert wanted in page.context["form"].errors["password1"]
    assert "This password is too short" not in page.content.decode()


def test_it_runs_out_and_sending_it_again_gives_it_new_time(
    invitation: Invitation, link: str, administrator: User, client_of: Browse
) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert Client().get(link).status_code == 410
    with pytest.raises(NotPossible):
        accept(invitation=invitation, name="Nia", password="x")
    boss = client_of(administrator)
    boss.post(reverse("admin:signin_invitation_do", args=[invitation.pk]), {"_do": "again"})
    assert (Message.objects.count(), Client().get(link).status_code) == (2, 200)


def test_a_revoked_one_opens_nothing_and_does_not_go(invitation: Invitation, link: str, administrator: User) -> None:
    revoke_invitation(invitation=invitation, by=administrator)
    assert Client().get(link).status_code == 410
    assert Message.objects.get().state == "cancelled"
    assert Client().get(link_in(Message.objects.get())).status_code == 404
    with pytest.raises(NotPossible):
        send_invitation(invitation=invitation, by=administrator)
    assert invite(email="nia@example.org", language="en", groups=[], by=administrator).pk != invitation.pk


def test_two_at_once_make_one_account(invitation: Invitation) -> None:
    accept(invitation=invitation, name="Nia", password="x")
    with pytest.raises(NotPossible):
        accept(invitation=invitation, name="Nia", password="x")
    assert User.objects.filter(email="nia@example.org").count() == 1
