"""One kind of message, with a value, a link and a note in it; and a mail server on this machine."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from foundation.correspondence import kinds
from foundation.correspondence.models import Message
from foundation.correspondence.services import write_message
from tests.correspondence.mailhost import MailHost

WORDING = (
    '{% extends "correspondence/letter.txt" %}{% load i18n %}'
    "{% block subject %}{% get_current_language as here %}Subject in {{ here }}{% endblock %}"
    "{% block letter %}{greeting}\n\n{note}\n\n\n\n{trial-link}{% endblock %}\n"
)


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "correspondence"
    (folder / "frames").mkdir(parents=True)
    (folder / "trial.txt").write_text(WORDING)
    (folder / "frames" / "bare.txt").write_text("{% autoescape off %}{{ paragraphs }}{% endautoescape %}")
    own = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**own, "DIRS": [tmp_path, *own["DIRS"]]}]
    for name in ("_kinds", "_frames", "_links", "_values"):
        monkeypatch.setattr(kinds, name, {})
    counter = iter(range(100))
    kinds.register_kind("trial", "A trial", frame="bare")
    kinds.register_value("greeting", lambda context: context["greeting"], "a greeting")
    kinds.register_link("trial-link", lambda message, language: f"https://example.org/{language}/{next(counter)}")


@pytest.fixture
def trial() -> Callable[..., Message]:
    """`trial("cy", note_cy="…")`: a message of that kind, written."""

    def written(language: str = "cy", greeting: str = "Helo", **more: Any) -> Message:
        return write_message(
            kind="trial", recipient="ysgol@example.org", language=language, about=uuid.uuid4(),
            context={"greeting": greeting}, **more,
        )  # fmt: skip

    return written


@pytest.fixture
def mailhost(settings: Settings) -> Iterator[MailHost]:
    """A real mail server, on loopback, that we send to; it is stopped at the end."""
    host = MailHost()
    host.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", host.port, 2
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield host
    if not host.loop.is_closed():
        host.stop()
