"""The texts that a contributor agrees to, as they stand in `content/agreements.toml`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from casestudies.headteachers import forget_headteacher, name_headteacher
from casestudies.joinin.asking import Typed
from casestudies.models import CaseStudy, PermissionKind
from foundation.files.models import Picture
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


def agreed_to(
    case: CaseStudy, typed: Typed, pictures: list[Picture]
) -> Iterator[tuple[str, Picture | None, dict[str, Any]]]:
    """Each agreement that was ticked: its kind, its picture, and the words, version and language that it was given in."""
    for kind, agreed in typed["agreed"].items():
        text = agreement_texts()[kind]
        given = {
            "text_version": text.version,
            "text_language": agreed["language"],
            "text": text.in_language(agreed["language"]),
            "person": case.contributor.name,
        }
        meant = (
            [picture for picture in pictures if picture.token in agreed.get("pictures", [])]
            if kind == "pictures"
            else [None]
        )
        for picture in meant:
            yield kind, picture, given


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
