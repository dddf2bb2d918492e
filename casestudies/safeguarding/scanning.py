"""Everything in a story that is asked about, and keeping it as findings: nothing settled is asked again, nothing gone is kept."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from casestudies.models import SECTIONS, CaseStudy, CaseStudyEdition, Document, Finding, PermissionKind
from casestudies.safeguarding.finding import Found, find
from casestudies.safeguarding.kinds import Kind
from foundation.bilingual.policies import columns
from foundation.publishing.models import Stage
from foundation.publishing.prose import text_from_prose

DOCUMENT = "document-"


@dataclass(frozen=True, slots=True)
class Place:
    """Something found, and the text of the story that it stands in."""

    field: str
    language: str
    found: Found

    @property
    def key(self) -> tuple[str, str, str, str]:
        """As `Finding.key`."""
        return str(self.found.kind), self.field, self.language, self.found.quote


def mark_of(key: tuple[str, str, str, str]) -> str:
    """A short name for a finding, for a form: the same as long as the words are."""
    return hashlib.sha256("\0".join(key).encode()).hexdigest()[:16]


def places_in(field: str, language: str, text: str) -> list[Place]:
    return [Place(field, language, found) for found in find(text)]


def picture_place(token: str, kind: Kind) -> Place:
    """What is asked about a picture itself."""
    return Place(f"picture-{token}", "", Found(kind, 0, 0, "", "", ""))


def person_places(name: str, role: str) -> list[Place]:
    """What is asked about somebody credited. Their name is kept with them alone, so only the role is quoted."""
    found = find(role)
    if any(one.kind == Kind.PUPIL for one in find(f"{name}, {role}")):
        found = [Found(Kind.PUPIL, 0, len(role), role[:150], "", ""), *[one for one in found if one.kind != Kind.PUPIL]]
    return [Place("credits", "", one) for one in found]


# --- what an edition says -------------------------------------------------------------------------------------------------


def places_of(edition: CaseStudyEdition) -> list[Place]:
    """Everything that is asked about a story as its edition says it. Its documents were read when they came in."""
    found = [place for field, language, text in _texts(edition) for place in places_in(field, language, text)]
    for person in edition.content.credits.filter(declined_at__isnull=True):
        found += person_places(person.name, person.role)
    return [*found, *_pictures(edition)]


def _texts(edition: CaseStudyEdition) -> Iterator[tuple[str, str, str]]:
    """Field, language and words of every text of an edition."""
    for column in columns(CaseStudyEdition):
        field, _underscore, language = column.rpartition("_")
        text = getattr(edition, column) or ""
        if language == "en" and text == getattr(edition, f"{field}_cy"):
            continue  # one text for both, like the name of most schools: asked about once
        yield field, language, text_from_prose(text) if field in SECTIONS else text
    yield "schools", "", edition.schools
    yield "typed_references", "", "\n".join(edition.typed_references.values_list("text", flat=True))
    for shown in edition.hallmarks.all():
        for language in ("cy", "en"):
            yield f"how-{shown.hallmark.number}", language, getattr(shown, f"how_{language}") or ""
    for row in edition.pictures.all():
        for language in ("cy", "en"):
            yield f"alt-{row.picture.token}", language, getattr(row, f"alt_{language}") or ""


def _pictures(edition: CaseStudyEdition) -> Iterator[Place]:
    standing = edition.content.permissions.standing().filter(kind=PermissionKind.PICTURES)
    permitted = set(standing.values_list("picture_id", flat=True))
    for row in edition.pictures.all():
        if row.shows_people is None:
            yield picture_place(row.picture.token, Kind.UNMARKED)
        elif row.shows_people and row.picture_id not in permitted:
            yield picture_place(row.picture.token, Kind.PICTURE)


# --- keeping it -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def scan(case: CaseStudy, *, explained: Mapping[str, str] | None = None) -> None:
    """Have the findings of a story match what its working edition says, or the live one where there is no other.

    What an editor settled stays settled as long as the same words stand in the same text. Words that are gone take their
    finding with them, settled or not, so that no name outlives the story that it was taken out of; the log keeps that it was
    settled. `explained` is what the contributor says to each: mark → words.
    """
    CaseStudy.objects.select_for_update().get(pk=case.pk)
    shown = CaseStudyEdition.objects.prefetch_related("hallmarks__hallmark", "pictures__picture")
    editions = shown.select_related("content").filter(content=case)
    edition = editions.filter(stage=Stage.WORKING).first() or editions.first()
    if edition is None:
        return
    found = {place.key: place for place in reversed(places_of(edition))}
    rows = case.findings.exclude(kind=Kind.NOTED).exclude(field__startswith=DOCUMENT)
    there = {row.key: row for row in rows}
    case.findings.filter(pk__in=[row.pk for key, row in there.items() if key not in found]).delete()
    _keep(case, [place for key, place in reversed(found.items()) if key not in there])
    for row in there.values():
        if row.key in found:
            _move(row, found[row.key].found)
    if explained:
        _explain(case, explained)


def _explain(case: CaseStudy, explained: Mapping[str, str]) -> None:
    for row in case.findings.exclude(kind=Kind.NOTED):
        words = explained.get(mark_of(row.key))
        if words is not None and words != row.explanation:
            row.explanation = words
            row.save(update_fields=["explanation"])


def _keep(case: CaseStudy, places: Iterable[Place]) -> None:
    Finding.objects.bulk_create(
        Finding(
            case_study=case,
            kind=place.found.kind,
            field=place.field,
            language=place.language,
            quote=place.found.quote,
            start=place.found.start,
            end=place.found.end,
            before=place.found.before,
            after=place.found.after,
        )
        for place in places
    )


def _move(row: Finding, found: Found) -> None:
    """The same words, which may stand elsewhere in the text by now."""
    place = {name: getattr(found, name) for name in ("start", "end", "before", "after")}
    if any(getattr(row, name) != value for name, value in place.items()):
        Finding.objects.filter(pk=row.pk).update(**place)


def note_document(document: Document, found: Iterable[Found]) -> None:
    """Keep what is asked about a document, from its text, comments, tracked changes and properties."""
    _keep(document.case_study, [Place(f"{DOCUMENT}{document.token}", "", one) for one in found])


def forget_document(document: Document) -> None:
    """A document that is gone takes what was asked about it with it."""
    document.case_study.findings.filter(field=f"{DOCUMENT}{document.token}").delete()


def forget_picture(case: CaseStudy, token: str) -> None:
    """There is a permission for the people in this picture now: whether there is one is asked no more."""
    case.findings.filter(kind=Kind.PICTURE, field=f"picture-{token}").delete()
