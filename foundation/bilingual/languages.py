"""The two languages, and speaking one of them for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.utils import translation


class Language(models.TextChoices):
    """A language of the site. The label is always in its own language, so it is never translated."""

    CY = "cy", "Cymraeg"
    EN = "en", "English"

    @property
    def other(self) -> "Language":
        return Language.EN if self is Language.CY else Language.CY


def current() -> Language:
    """The language the reader is being answered in."""
    return Language.CY if translation.get_language() == Language.CY else Language.EN


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Answer in `language` inside the block, and in the language before it afterwards."""
    with translation.override(language):
        yield


def words(obj: Any, field: str, language: str | None = None) -> str:
    """The text of a translated field in one language, or "" (the concrete column: no fallback, and quick)."""
    return getattr(obj, f"{field}_{language or current()}") or ""
