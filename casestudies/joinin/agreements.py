"""The texts that a contributor agrees to, as they stand in `content/agreements.toml`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from casestudies.models import PermissionKind


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
