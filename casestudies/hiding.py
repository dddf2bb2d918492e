"""Hiding a picture or a passage of a published story while somebody looks into what a person said about it.

What is hidden stands on the row of the case study, by the name of its text or the token of its picture: every page that shows
the story has that row at hand. Nothing else changes: the words, the permissions and the status stay as they are.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.models import SECTIONS, CaseStudy, CaseStudyEdition, EditionPicture
from foundation.bilingual.languages import words
from foundation.record.actors import Actor
from foundation.record.services import write

#: The passages that can be hidden, beside the pictures. For the title or the name of a setting there is *archive*.
PASSAGES: dict[str, str | Promise] = {
    "summary": _("summary"),
    **{name: CaseStudyEdition._meta.get_field(name).verbose_name for name in SECTIONS},  # type: ignore[union-attr]
    "how": _("how the hallmarks show"),
    "typed_references": _("references to be resolved"),
    "credits": _("people credited"),
    "documents": _("documents"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a published story that can be hidden."""

    name: str
    label: str | Promise
    is_hidden: bool
    picture: EditionPicture | None = None


def parts_of(case: CaseStudy) -> list[Part]:
    """The parts of what readers see that can be hidden; none where the story is not published."""
    edition = CaseStudyEdition.objects.published().for_page().filter(content=case).first()
    if edition is None:
        return []
    there = [name for name in PASSAGES if _says_something(edition, name)]
    return [Part(name, PASSAGES[name], name in case.hidden) for name in there] + [
        Part(row.picture.token, str(row), row.picture.token in case.hidden, row) for row in edition.pictures.all()
    ]


def _says_something(edition: CaseStudyEdition, name: str) -> bool:
    if name == "credits":
        return bool(edition.content.people_shown)  # type: ignore[attr-defined]
    if name == "documents":
        return bool(edition.content.documents_shown)  # type: ignore[attr-defined]
    if name == "typed_references":
        return bool(edition.typed_references.all())
    if name == "how":
        return any(words(row, "how", code) for row in edition.hallmarks.all() for code in ("cy", "en"))
    return any(words(edition, name, code) for code in ("cy", "en"))


@transaction.atomic
def hide(case: CaseStudy, *, name: str, actor: Actor) -> bool:
    """Hide one part from readers, at once. False where it is not shown anyway."""
    case = CaseStudy.objects.select_for_update().get(pk=case.pk)
    if name not in {part.name for part in parts_of(case) if not part.is_hidden}:
        return False
    return _record(case, [*case.hidden, name], actor, code="hide")


@transaction.atomic
def show_again(case: CaseStudy, *, name: str, actor: Actor) -> bool:
    """Let readers see it again. False where it was not hidden."""
    case = CaseStudy.objects.select_for_update().get(pk=case.pk)
    if name not in case.hidden:
        return False
    return _record(case, [one for one in case.hidden if one != name], actor, code="show-again")


def _record(case: CaseStudy, hidden: list[str], actor: Actor, *, code: str) -> bool:
    case.hidden = hidden
    case.save(update_fields=["hidden"])
    write(actor=actor, kind=case.kind, subject=case.uuid, code=code)
    return True


def without_hidden(edition: CaseStudyEdition) -> CaseStudyEdition:
    """A live edition (from `for_page`), in memory, as readers may see it: what is hidden is not in it. Never save it."""
    hidden = set(edition.content.hidden)
    edition.hidden_parts = frozenset(hidden)
    for name in hidden & {"summary", *SECTIONS}:
        for language in ("cy", "en"):
            setattr(edition, f"{name}_{language}", "")
    for row in edition.hallmarks.all() if "how" in hidden else ():
        row.how_cy = row.how_en = ""
    if "credits" in hidden:
        edition.content.people_shown = []  # type: ignore[attr-defined]
    if "documents" in hidden:
        edition.content.documents_shown = []  # type: ignore[attr-defined]
    return edition
