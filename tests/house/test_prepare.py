"""`manage.py prepare` and `first_administrator`: from nothing to a site, and no change the second time."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from foundation.people.models import User
from hallmarks.models import Hallmark
from pages.models import Page
from tests.factories import UserFactory


def run(command: str, *arguments: str, **options: object) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "base_url": None},
        }
    }


@pytest.mark.django_db
def test_the_first_administrator_can_sign_in_with_what_is_printed() -> None:
    said = run("first_administrator", email="Someone@example.org", name="Someone", language="cy")

    password = re.search(r"password:\s+(\S+)", said)
    user = User.objects.get()
    assert password is not None
    assert user.check_password(password[1])
    assert len(password[1]) >= 12
    assert (user.email, user.name, user.language) == ("Someone@example.org", "Someone", "cy")
    assert [group.name for group in user.groups.all()] == ["Administrators"]
    assert not user.is_superuser


@pytest.mark.django_db
def test_there_is_only_one_first_administrator() -> None:
    run("first_administrator")

    assert run("first_administrator", email="another@example.org") == (
        "There is an administrator already: nothing was changed.\n"
    )
    assert run("first_administrator", email="another@example.org", quiet=True) == ""
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_one_who_has_left_is_not_counted() -> None:
    UserFactory.create(group="Administrators", is_active=False)

    assert "password:" in run("first_administrator")


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["nonsense", "taken@example.org"])
def test_a_bad_address_is_refused_and_nothing_is_made(email: str) -> None:
    UserFactory.create(email="Taken@example.org")

    with pytest.raises(CommandError, match=re.escape(email)):
        run("first_administrator", email=email)
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("_own_folder")
def test_prepare_makes_a_site_out_of_nothing_and_then_leaves_it_alone(tmp_path: Path) -> None:
    first = run("prepare")

    assert Hallmark.objects.published().count() == 8
    assert Page.objects.published().count() >= 5
    assert "password:" in first
    assert (tmp_path / "static" / "admin").is_dir()

    Page.objects.all().delete()  # somebody's decision: it is not undone
    assert run("prepare") == ""
    assert Page.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("_own_folder")
def test_prepare_collects_the_static_files_again_when_they_changed(tmp_path: Path) -> None:
    run("prepare", "--no-content")
    (tmp_path / "static.stamp").write_text("something else")

    assert run("prepare", "--no-content") == "Collected the static files.\n"
    assert Hallmark.objects.count() == 0
