"""What belongs to an edition beside its words, written from what was typed and read back: its hallmarks and its references."""

from typing import Any

from casestudies.joinin.asking import Typed
from casestudies.joinin.reference_forms import works_at
from casestudies.models import CaseStudyEdition, CaseStudyReference, EditionHallmark, TypedReference
from hallmarks.models import Hallmark


def write_hallmarks(edition: CaseStudyEdition, numbers: list[int], lines: dict[str, str]) -> None:
    """The hallmarks that were chosen, with a line on how each shows. A language that `lines` does not have keeps its line."""
    edition.hallmarks.exclude(hallmark__number__in=numbers).delete()
    there = {row.hallmark_id: row for row in edition.hallmarks.all()}
    for position, hallmark in enumerate(Hallmark.objects.filter(number__in=numbers).order_by("number")):
        row = there.get(hallmark.pk) or EditionHallmark(edition=edition, hallmark=hallmark)
        row.position = position
        for language in ("cy", "en"):
            column = f"how_{language}"
            setattr(row, column, lines.get(f"{column}-{hallmark.number}", getattr(row, column) or ""))
        row.save()


def typed_hallmarks(edition: CaseStudyEdition) -> tuple[Typed, Typed]:
    """What somebody would have typed on the page of the hallmarks, and on that of how each shows."""
    rows = list(edition.hallmarks.select_related("hallmark"))
    lines = {
        f"how_{language}-{row.hallmark.number}": getattr(row, f"how_{language}") or ""
        for row in rows
        for language in ("cy", "en")
    }
    return {"hallmarks": [str(row.hallmark.number) for row in rows]}, lines


def write_references(edition: CaseStudyEdition, keys: list[str], typed: list[str]) -> None:
    """The works that were chosen, in that order, then what was typed. A work that stands there keeps how it was printed."""
    works = works_at(keys)
    edition.references.exclude(work__in=works).delete()
    there = {row.work_id: row for row in edition.references.all()}
    for position, work in enumerate(works):
        row = there.get(work.pk) or CaseStudyReference(edition=edition, work=work)
        row.position = position
        row.save()
    edition.typed_references.all().delete()
    TypedReference.objects.bulk_create(
        TypedReference(edition=edition, text=text, position=len(works) + place) for place, text in enumerate(typed)
    )


def typed_references(edition: CaseStudyEdition) -> Typed:
    """What somebody would have chosen and typed on the page of references."""
    return {
        "works": list(edition.references.values_list("work__key", flat=True)),
        "typed": "\n".join(edition.typed_references.values_list("text", flat=True)),
    }


def story_of_belongings(edition: CaseStudyEdition) -> dict[str, Any]:
    """What a snapshot keeps of them."""
    rows = list(edition.hallmarks.select_related("hallmark"))
    return {
        "hallmarks": [row.hallmark.number for row in rows],
        "how": {str(row.hallmark.number): {"cy": row.how_cy or "", "en": row.how_en or ""} for row in rows},
        "references": list(edition.references.values_list("work__key", flat=True)),
        "typed_references": list(edition.typed_references.values_list("text", flat=True)),
    }
