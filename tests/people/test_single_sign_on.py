"""Single sign-on, against a provider that really answers."""

from collections.abc import Iterator
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from foundation.people.models import User
from foundation.signin.models import Invitation
from foundation.signin.services import invite
from tests.factories import administrator, editor
from tests.people.oidc import CLIENT, SECRET, Provider, Running, new_key

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with Running(Provider()) as running:
        app = {
            "provider_id": "oidc", "name": "Hwb", "client_id": CLIENT, "secret": SECRET,
            "settings": {"server_url": running.address},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield running


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


def come(client: Client, start: str = "/admin/account/single/oidc/?next=/admin/hallmarks/") -> Any:
    """To the provider and back, as a browser would go."""
    sent = client.get(start)
    assert sent.status_code == 302, sent.content.decode()
    opener = build_opener(Stay())
    try:
        back = opener.open(sent.headers["Location"], timeout=5).headers["Location"]
    except Exception as redirect:  # urllib takes a redirect that is not followed for an error
        back = redirect.headers["Location"]  # type: ignore[attr-defined]
    return client.get(back.removeprefix("http://testserver"))


def said(email: str, *, verified: bool = True, **more: Any) -> dict[str, Any]:
    return {"sub": "person-1", "email": email, "email_verified": verified, "name": "Mari Owen", **more}


def test_a_known_address_comes_in_and_is_known_by_its_number_from_then_on(provider: Provider, client: Client) -> None:
    user = editor(email="mari@example.org")
    assert "Sign in with Hwb" in client.get("/admin/account/sign-in/").content.decode()
    provider.person = said("Mari@Example.org")
    answer = come(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/hallmarks/")
    assert client.session["_auth_user_id"] == str(user.pk)
    User.objects.filter(pk=user.pk).update(email="mari.owen@example.org")
    again = Client()
    assert come(again).status_code == 302
    assert again.session["_auth_user_id"] == str(user.pk)
    assert SocialAccount.objects.get().user == user
    assert "/keys" in provider.asked


@pytest.mark.parametrize(
    "person",
    [said("nobody@example.org"), said("mari@example.org", verified=False), {"sub": "1"}, said("gone@example.org")],
)
def test_anybody_else_is_refused_and_told_why(person: dict[str, Any], provider: Provider, client: Client) -> None:
    editor(email="mari@example.org")
    editor(email="gone@example.org", is_active=False)
    provider.person = person
    answer = come(client)
    assert (answer.status_code, "_auth_user_id" in client.session) == (403, False)
    assert "You have no account here" in answer.content.decode()
    assert (SocialAccount.objects.count(), User.objects.count()) == (0, 2)


def test_one_who_was_deactivated_is_refused(provider: Provider, client: Client) -> None:
    user = editor(email="mari@example.org")
    provider.person = said("mari@example.org")
    come(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    again = Client()
    assert come(again).headers["Location"] == "/admin/account/not-active/"
    assert "_auth_user_id" not in again.session


def test_an_invited_address_accepts_its_invitation(provider: Provider, client: Client) -> None:
    invite(email="nia@example.org", language="cy", groups=[], by=administrator())
    provider.person = said("nia@example.org")
    assert come(client).status_code == 302
    user = User.objects.get(email="nia@example.org")
    assert (user.name, user.language, user.has_usable_password()) == ("Mari Owen", "cy", False)
    assert Invitation.objects.get().state == Invitation.State.ACCEPTED


@pytest.mark.parametrize("wrong", [{"signs_with": new_key()}, {"audience": "another site"}])
def test_a_token_that_is_not_for_us_opens_nothing(wrong: dict[str, Any], provider: Provider, client: Client) -> None:
    editor(email="mari@example.org")
    provider.person = said("mari@example.org")
    for name, value in wrong.items():
        setattr(provider, name, value)
    answer = come(client)
    assert (answer.status_code, "_auth_user_id" in client.session) == (401, False)
    assert "Signing in did not work" in answer.content.decode()


def test_who_stops_on_the_way_is_told_that_nothing_changed(provider: Provider, client: Client) -> None:
    provider.cancels = True
    assert come(client).headers["Location"] == "/admin/account/single-cancelled/"


def test_the_answer_to_a_question_nobody_asked_is_refused(provider: Provider, client: Client) -> None:
    editor(email="mari@example.org")
    provider.person = said("mari@example.org")
    for query in ("?code=a-code&state=made-up", "?code=a-code", ""):
        assert client.get(f"/admin/account/single/oidc/back/{query}").status_code == 401


def test_without_a_provider_there_is_no_such_page(client: Client) -> None:
    assert client.get("/admin/account/single/oidc/").status_code == 404
    assert client.get("/admin/account/single/oidc/back/").status_code == 404
    assert "/single/" not in client.get("/admin/account/sign-in/").content.decode()
