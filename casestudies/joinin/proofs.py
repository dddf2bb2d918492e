"""A story as a proof shows it, in one language."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casestudies.models import CaseStudyEdition
from foundation.bilingual.languages import Language, speaking, words
from foundation.files.models import Picture

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Proof:
    """The words, facts and pictures of a story in one language, headings and all."""

    language: Language
    title: str
    setting_name: str
    summary: str
    facts: list[tuple[Words, Words]]
    sections: list[tuple[Words, str]]
    pictures: list[tuple[Picture, str]]


def proof_of(edition: CaseStudyEdition, language: Language) -> Proof:
    with speaking(language):
        return Proof(
            language=language,
            title=words(edition, "title"),
            setting_name=words(edition, "setting_name"),
            summary=words(edition, "summary"),
            facts=[
                (_("Kind of setting"), str(edition.get_kind_display())),
                (_("Phase"), str(edition.get_phase_display())),
                (_("Language medium"), str(edition.get_medium_display())),
                (_("Local authority"), str(edition.get_authority_display())),
            ],
            sections=[
                (_("About the setting"), words(edition, "about")),
                (_("Context and background"), words(edition, "context")),
                (_("What was done"), words(edition, "activity")),
                (_("What difference it made"), words(edition, "impact")),
                (_("How it was shared"), words(edition, "sharing")),
            ],
            pictures=[(row.picture, words(row, "alt")) for row in edition.pictures.select_related("picture")],
        )
