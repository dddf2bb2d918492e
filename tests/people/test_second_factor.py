"""The second factor: required where the site says so, and reset by an administrator who is asked."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from foundation.people.models import RateLimit, User
from foundation.record.models import Event
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
SETUP = "/admin/account/second-step/?next="


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def give_app(user: User) -> Authenticator:
    return Authenticator.objects.create(
        user=user, type="totp", data={"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    )


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/hallmarks/hallmark/",
        "/admin/jsi18n/",
        "/admin/autocomplete/",
        "/admin/casestudies/casestudy/1/do/",
    ],
)
def test_no_page_of_the_desk_opens_without_one(address: str, required: None, editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    for answer in (browser.get(address), browser.post(address)):
        assert (answer.status_code, answer.headers["Location"][: len(SETUP)]) == (302, SETUP)
    Authenticator.objects.create(user=editor, type="recovery_codes", data={})
    assert browser.get(address).headers["Location"].startswith(SETUP)
    give_app(editor)
    assert not browser.get(address).headers.get("Location", "").startswith(SETUP)


def test_what_is_needed_to_set_it_up_opens(required: None, editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    for name in ("account", "mfa_index", "sessions", "account_change_password"):
        assert browser.get(reverse(name)).status_code == 200
    assert browser.post(reverse("admin:language"), {"language": "cy"}).status_code == 302
    assert browser.get("/cy/").status_code == 200


def test_where_it_is_not_required_the_desk_opens(editor: User, client_of: Browse) -> None:
    assert client_of(editor).get("/admin/").status_code == 200


def test_it_costs_one_question_whatever_there_is(
    required: None, editor: User, client_of: Browse, django_assert_num_queries: Any
) -> None:
    from foundation.signin.middleware import has_second_factor

    for _time in range(3):
        with django_assert_num_queries(1):
            has_second_factor(editor)
        Authenticator.objects.create(user=editor, type="webauthn", data={})


def test_the_password_alone_does_not_sign_in_somebody_who_has_one(editor: User) -> None:
    give_app(editor)
    browser = Client()
    answer = browser.post("/admin/account/sign-in/", {"login": editor.email, "password": PASSWORD})
    assert answer.headers["Location"].startswith("/admin/account/second-step/sign-in/")
    assert "_auth_user_id" not in browser.session
    assert browser.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_codes_are_not_guessed(editor: User) -> None:
    give_app(editor)
    browser = Client()
    browser.post("/admin/account/sign-in/", {"login": editor.email, "password": PASSWORD})
    answers = [browser.post("/admin/account/second-step/sign-in/", {"code": f"{n:06}"}).status_code for n in range(17)]
    assert answers == [200] * 15 + [429] * 2


def test_secrets_are_not_stored_in_clear(editor: User) -> None:
    app = give_app(editor)
    assert "JBSWY3DPEHPK3PXP" not in str(app.data)
    assert get_adapter().decrypt(app.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_an_administrator_resets_it_and_all_sessions_end(administrator: User, editor: User, client_of: Browse) -> None:
    theirs = client_of(editor)
    give_app(editor)
    Authenticator.objects.create(user=editor, type="recovery_codes", data={})
    page = client_of(administrator).get(reverse("admin:people_user_change", args=[editor.pk])).content.decode()
    assert "Reset the second step" in page
    do = reverse("admin:people_user_do", args=[editor.pk])
    assert client_of(administrator).post(do, {"_do": "reset-factor"}).status_code == 302
    assert not Authenticator.objects.exists()
    assert theirs.get("/admin/").headers["Location"].startswith("/admin/login/")
    event = Event.objects.get(subject=editor.key)
    assert (event.code, event.actor, event.role) == ("reset-second-step", str(administrator.key), "administrator")


@pytest.mark.parametrize("action", ["reset-factor", "end-sessions"])
def test_nobody_else_does_that(
    action: str, editor: User, translator: User, administrator: User, client_of: Browse
) -> None:
    superuser = UserFactory.create(is_superuser=True)
    give_app(superuser)
    give_app(translator)
    tried = [(editor, translator), (translator, editor), (administrator, superuser), (editor, editor)]
    for who, whom in tried:
        answer = client_of(who).post(reverse("admin:people_user_do", args=[whom.pk]), {"_do": action})
        assert answer.status_code == 403
    assert (Authenticator.objects.count(), Event.objects.count()) == (2, 0)
    assert client_of(administrator).get(reverse("admin:people_user_do", args=[editor.pk])).status_code == 405


#: What no browser answers for a passkey; each part of an answer in turn is none.
SHAPE = {
    "clientDataJSON": "e30",
    "authenticatorData": "AAAA",
    "signature": "AAAA",
    "userHandle": "MQ",
    "attestationObject": "oA",
}
WRONG: tuple[Any, ...] = (None, "", "\N{SNOWMAN}", "____", 1, [], {})
NO_ANSWERS = [
    "[" * 50_000,
    "", "null", "{}", "[]", '"x"', "7", "NaN", '{"id": "!"}', '{"id": [], "rawId": {}, "type": 1, "response": []}',
    *(
        json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": SHAPE | {part: wrong}})
        for part in SHAPE
        for wrong in WRONG
    ),
]  # fmt: skip


def test_what_is_no_answer_of_a_passkey_is_a_wrong_one(editor: User, client_of: Browse) -> None:
    stranger, halfway, known = Client(), Client(), client_of(editor)
    give_app(editor)
    halfway.post(reverse("account_login"), {"login": editor.email, "password": PASSWORD})
    stranger.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})  # begins to ask
    pages = [
        (stranger, "mfa_login_webauthn"),
        (halfway, "mfa_authenticate"),
        (known, "mfa_add_webauthn"),
        (known, "mfa_reauthenticate_webauthn"),
    ]
    tried = 0
    for browser, name in pages:
        browser.get(reverse(name))
        for answer in NO_ANSWERS:
            RateLimit.objects.all().delete()
            assert browser.post(reverse(name), {"credential": answer}).status_code in (200, 302), (name, answer[:80])
            tried += 1
    assert tried == 4 * (10 + 5 * 7)
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert [SESSION_KEY in browser.session for browser in (stranger, halfway)] == [False, False]
