"""Settings come from the environment, and what has no safe default is required."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
SHOW = """
import json, environ
environ.Env.read_env = lambda *args, **kwargs: None  # this machine's .env is not looked at
from config import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""


def with_environment(names: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], **environment}
    code = SHOW.format(names=names)
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean, capture_output=True, text=True, check=False
    )


def settings_with(names: list[str], **environment: str) -> dict[str, Any]:
    done = with_environment(names, SECRET_KEY="x", **environment)
    assert done.returncode == 0, done.stderr
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


def test_without_a_secret_key_nothing_starts_and_the_error_names_it() -> None:
    done = with_environment(["DEBUG"])
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr.splitlines()[-1]


def test_what_is_not_said_is_safe() -> None:
    names = ["DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_HTTPONLY", "X_FRAME_OPTIONS"]
    assert settings_with(names) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost"],
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "X_FRAME_OPTIONS": "DENY",
    }


@pytest.mark.parametrize(("address", "secure"), [("https://www.example.org", True), ("http://127.0.0.1:8000", False)])
def test_an_https_address_switches_everything_that_protects_it_on(address: str, secure: bool) -> None:
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_PRELOAD"]
    assert settings_with(names, SITE_URL=address) == dict.fromkeys(names, secure)


def test_sqlite_waits_for_its_turn_and_postgresql_keeps_its_connections() -> None:
    sqlite = settings_with(["DATABASES"], DATABASE_URL="sqlite:////tmp/somewhere.sqlite3")["DATABASES"]
    postgresql = settings_with(["DATABASES"], DATABASE_URL="postgres://me:pw@db.example.org/site")["DATABASES"]
    assert sqlite["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert sqlite["default"]["OPTIONS"]["timeout"] == 20
    assert postgresql["default"]["CONN_HEALTH_CHECKS"] is True
    assert postgresql["default"]["HOST"] == "db.example.org"


def test_nothing_inline_may_run() -> None:
    policy: dict[str, Any] = settings.CONTENT_SECURITY_POLICY
    directives = policy["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert not any("unsafe" in str(source) for sources in directives.values() for source in sources)


def test_languages_are_two_and_neither_falls_back_to_the_other() -> None:
    assert [code for code, _name in settings.LANGUAGES] == ["cy", "en"]
    assert settings.MODELTRANSLATION_ENABLE_FALLBACKS is False
