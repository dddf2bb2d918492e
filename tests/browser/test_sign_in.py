"""Signing in as a person does it: password, app, passkey, recovery code; every page fits, in both languages."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from foundation.bilingual.languages import speaking
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.people.models import User
from foundation.signin.services import invite
from tests.browser.accessibility import faults, scrolls_sideways
from tests.factories import PASSWORD, administrator, editor

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = ((360, 780), (1280, 900))
#: The pages of one's own account.
OWN = ("", "sessions/", "second-step/", "second-step/app/", "password/", "passkeys/", "passkeys/add/", "sign-out/")


@pytest.fixture
def person(site: str, settings: Any) -> User:
    settings.SECOND_FACTOR_REQUIRED = True
    return editor(language="en", email="golygydd@example.org", name="Golygydd")


@pytest.fixture
def passkeys(page: Page) -> Iterator[Any]:
    """A device with a fingerprint reader, as far as the browser knows."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": True}})
    yield session
    session.detach()


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def sign_in(page: Page, site: str, person: User) -> None:
    page.goto(f"{site}/admin/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/sign-in/[?]next"))


def check(page: Page, problems: list[str], *, everywhere: bool) -> None:
    """In both languages and at two widths; the switch leads back to where it was.

    axe looks once in each language, `everywhere` at each width too.
    """
    for narrow_first in (True, False):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            if everywhere or narrow_first == (width == 360):
                problems += faults(page)
            if scrolls_sideways(page):
                problems.append(f"{page.url} scrolls sideways at {width} px")
        before = page.evaluate("document.documentElement.lang")
        page.locator(".language-switch__other").click()
        expect(page.locator("html")).to_have_attribute("lang", {"cy": "en", "en": "cy"}[before])


def test_a_person_sets_up_an_app_and_signs_in_with_it(page: Page, site: str, person: User) -> None:
    sign_in(page, site, person)
    expect(page).to_have_url(f"{site}/admin/account/second-step/?next=%2Fadmin%2F")
    page.goto(f"{site}/admin/hallmarks/hallmark/")
    expect(page).to_have_url(re.compile("/admin/account/second-step/"))
    page.get_by_role("link", name="Set up an app").click()
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    secret = page.locator(".signin-key").inner_text()
    expect(page.locator(".signin-qr svg path").first).to_be_visible()
    page.fill("[name=code]", code_of(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".signin-codes code")).to_have_count(10)
    codes = page.locator(".signin-codes code").all_inner_texts()
    assert len(set(codes)) == 10
    stored = Authenticator.objects.get(type="totp")
    assert secret not in str(stored.data)
    page.goto(f"{site}/admin/")
    expect(page).to_have_url(f"{site}/admin/")

    page.context.clear_cookies()
    sign_in(page, site, person)
    expect(page).to_have_url(re.compile("/second-step/sign-in/"))
    page.goto(f"{site}/admin/")
    expect(page).to_have_url(re.compile("/second-step/sign-in/"))  # half signed in is not signed in
    page.fill("[name=code]", "000000")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("That code is not right")
    page.fill("[name=code]", codes[0])
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/admin/")


def test_a_passkey_is_enough(page: Page, site: str, person: User, passkeys: Any) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    sign_in(page, site, person)
    page.goto(f"{site}/admin/account/passkeys/add/")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.fill("[name=name]", "My laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator(".signin-codes")).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").wrap().name == "My laptop"

    page.context.clear_cookies()
    page.goto(f"{site}/admin/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{site}/admin/")
    assert [text for text in said if "Content Security Policy" in text or "Error" in text] == []


def test_what_is_wrong_is_said_in_both_languages_and_what_was_typed_stays(page: Page, site: str, person: User) -> None:
    page.goto(f"{site}/admin/account/sign-in/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", "not this one")
    page.keyboard.press("Enter")
    for language in ("en", "cy"):
        with speaking(language):
            expect(page.locator(".error-summary")).to_contain_text(_("The address or the password is not right."))
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("[name=login]")).to_have_value(person.email)
        assert page.evaluate("document.title").startswith(("Error", "Gwall"))
        page.locator(".language-switch__other").click()
        expect(page.locator("html")).not_to_have_attribute("lang", language)
    page.fill("[name=login]", "half")
    page.locator(".language-switch__other").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("[name=login]")).to_have_value("half")


@pytest.mark.soak
def test_every_page_fits_and_is_accessible(
    page: Page, site: str, person: User, settings: Any, amount: Callable[[int, int], int]
) -> None:
    look = partial(check, everywhere=bool(amount(0, 1)))
    settings.SECOND_FACTOR_REQUIRED = False
    problems: list[str] = []
    for address in ("sign-in/", "password/lost/", "password/lost/sent/", "not-active/", "single-cancelled/"):
        page.goto(f"{site}/admin/account/{address}")
        look(page, problems)
    page.goto(f"{site}/admin/account/sign-in/")
    page.click("#page-form .button")
    look(page, problems)
    page.goto(invitation_link())
    look(page, problems)
    sign_in(page, site, person)
    expect(page).to_have_url(f"{site}/admin/")
    for address in OWN:
        page.goto(f"{site}/admin/account/{address}")
        if "is it you" in page.content().casefold():
            look(page, problems)
            page.fill("[name=password]", PASSWORD)
            page.click("#page-form .button")
        look(page, problems)
    assert "\n".join(problems) == ""


def invitation_link() -> str:
    invite(email="newydd@example.org", language="cy", groups=[], by=administrator())
    return str(re.findall(r"http\S+", render(Message.objects.get(kind="invitation")).text)[0])


def test_an_invited_person_comes_in(page: Page, site: str, person: User) -> None:
    page.goto(invitation_link())
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.fill("[name=name]", "Nia Newydd")
    page.fill("[name=password1]", "afal afal")
    page.fill("[name=password2]", "afal afal")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator(".language-switch__other").click()
    expect(page.locator(".error-summary")).to_contain_text("12")
    expect(page.locator("[name=name]")).to_have_value("Nia Newydd")
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", "afalau cochion yn y berllan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/admin/account/sign-in/")
    assert (user := User.objects.get(email="newydd@example.org")).check_password("afalau cochion yn y berllan")
    assert (user.name, user.language) == ("Nia Newydd", "cy")
