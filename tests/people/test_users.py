"""Members of staff: found by their address whatever its case, and answered in their language."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory

from foundation.people.middleware import browser_language
from foundation.people.models import User

pytestmark = pytest.mark.django_db


def test_an_address_is_one_person_whatever_its_case() -> None:
    user = User.objects.create_user("Mari.Owen@Example.org", "a long enough password", name="Mari")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("mari.owen@example.ORG", name="Another")
    with pytest.raises(ValidationError) as refused:
        User(email="MARI.OWEN@example.org", name="Another", password="x").full_clean()
    assert refused.value.messages == ["Somebody has this email address already."]
    assert User.objects.get_by_natural_key("MARI.OWEN@EXAMPLE.ORG") == user
    assert Client().login(username="mari.owen@example.org", password="a long enough password")


@pytest.mark.parametrize("fields", [{"email": ""}, {"email": "a@example.org", "language": "fr"}])
def test_the_database_refuses_what_cannot_be(fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(**{"name": "Somebody", **fields})
    assert not User.objects.exists()


def test_a_superuser_may_use_the_admin() -> None:
    user = User.objects.create_superuser("admin@example.org", "x" * 12, name="Admin")
    assert (user.is_staff, user.is_superuser, str(user), user.get_short_name()) == (True, True, "Admin", "Admin")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("cy", "cy"),
        ("en-GB,en;q=0.9,cy;q=0.5", "en"),
        ("fr,cy-GB;q=0.8,en;q=0.2", "cy"),
        ("de", "en"),
        ("\x00", "en"),
    ],
)
def test_the_browser_says_which_language_comes_first(header: str, language: str) -> None:
    assert browser_language(RequestFactory().get("/", headers={"Accept-Language": header})) == language


def test_a_signed_out_persons_choice_comes_before_the_browsers() -> None:
    request = RequestFactory().get("/admin/", headers={"Accept-Language": "en"})
    request.COOKIES["admin_language"] = "cy"
    assert browser_language(request) == "cy"
    request.COOKIES["admin_language"] = "xx"
    assert browser_language(request) == "en"
