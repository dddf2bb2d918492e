"""The texts that a contributor agrees to, as they stand in `content/agreements.toml`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from casestudies.headteachers import forget_headteacher, name_headteacher
from casestudies.joinin.asking import Typed
from casestudies.models import CaseStudy, PermissionKind
from foundation.publishing.prose import clean_text


@dataclass(frozen=True, slots=True)
class AgreementText:
    """One text in one version: `in_language` gives its words. The basis in law is named on the privacy page."""

    kind: str
    version: str
    basis: str
    cy: str
    en: str

    def in_language(self, language: str) -> str:
        return self.cy if language == "cy" else self.en


@lru_cache(maxsize=1)
def agreement_texts() -> dict[str, AgreementText]:
    """Kind of permission → the text that is agreed to today. Read once in the life of a process."""
    with (settings.BASE_DIR / "content" / "agreements.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {kind: AgreementText(kind=kind, **tables[kind]) for kind in PermissionKind.values}


def say_who_leads(case: CaseStudy, typed: Typed) -> None:
    """Keep what the page of permissions says of the headteacher: that it is the writer, or else whom to ask.

    One who said no is asked again when the story is sent again.
    """
    if typed.get("is_headteacher") != "no":
        forget_headteacher(case)
        return
    name, email = (" ".join(clean_text(typed[part]).split()) for part in ("headteacher_name", "headteacher_email"))
    head = name_headteacher(case, name=name, email=email)
    if head.refused_at is not None:
        head.refused_at = head.asked_at = None
        head.save(update_fields=["refused_at", "asked_at"])
