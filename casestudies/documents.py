"""Documents that came with a story: taking one in, removing it, and publishing a cleaned copy of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy, Document, DocumentCheck, DocumentCopy
from casestudies.safeguarding import Found, find
from casestudies.safeguarding.scanning import forget_document, note_document
from casestudies.vocabulary import Status
from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.files.documents.judging import Judged, cleaned, judge
from foundation.files.documents.kinds import Kind
from foundation.files.names import clean_name
from foundation.files.services import delete_files
from foundation.people.models import User
from foundation.record.actors import Actor
from foundation.record.services import write

MOST_DOCUMENTS = 5
#: In these states an editor may publish a copy; it is seen only while the story is published.
OPEN_TO_COPIES = (Status.EDITING, Status.WITH_CONTRIBUTOR, Status.APPROVED, Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document that was judged and is not kept yet, with the name it came with."""

    name: str
    judged: Judged
    found: tuple[Found, ...] = ()  # what is asked about its text


def read_document(upload: UploadedFile[Any]) -> Incoming:
    """Judge a document. Takes its time, so do it before anything is locked. Raises `ValidationError`."""
    judged = judge(cast(Any, upload), size=upload.size or 0)
    return Incoming(upload.name or "", judged, tuple(find(judged.text)))


def add_document(case: CaseStudy, incoming: Incoming) -> Document:
    """Keep a document with its story. Raises `ValidationError` where it has as many as it can have."""
    if case.documents.count() >= MOST_DOCUMENTS:
        raise ValidationError(
            _("A story can have %(limit)s documents. Remove one before you add another."),
            code="too-many",
            params={"limit": MOST_DOCUMENTS},
        )
    judged = incoming.judged
    document = Document(
        case_study=case,
        name=clean_name(incoming.name, judged.kind),
        kind=judged.kind,
        size=len(judged.data),
        sha256=judged.sha256,
        text=judged.text,
    )
    document.file.save("evidence", ContentFile(judged.data), save=False)
    document.save()
    note_document(document, incoming.found)
    return document


def remove_document(document: Document) -> None:
    """Delete the document and its copy now, and their files once the transaction is through."""
    files = files_of([document])
    forget_document(document)
    document.delete()
    delete_files(files)


def files_of(documents: Iterable[Document]) -> list[FieldFile]:
    """The stored files of documents and of their copies."""
    return [stored for one in documents for stored in (one.file, one.copy_or_none and one.copy_or_none.file) if stored]


def make_copy(document: Document, *, title_cy: str, title_en: str, written_in: str, by: User) -> DocumentCopy:
    """A fresh cleaned copy, at an address of its own, for editors to look at; the one that was there before is gone.

    Raises `ValidationError`, and changes nothing then.
    """
    if not (title_cy and title_en):
        raise ValidationError(_("Give the document a title in Welsh and in English."), code="title")
    if max(len(title_cy), len(title_en)) > 150:
        raise ValidationError(_("Shorten the title of the document to 150 characters or fewer."), code="title-long")
    if written_in not in DocumentCopy.Written.values:
        raise ValidationError(_("Say in which language the document is written."), code="language")
    titles = {"cy": title_cy, "en": title_en}
    title, language = titles.get(written_in, f"{title_cy} / {title_en}"), written_in if written_in in titles else "cy"
    with document.file.open("rb") as stored:
        data = cleaned(Kind(document.kind), stored.read(), title=title, language=language)
    with transaction.atomic():
        document = _held(document)
        take_back(document)
        copy = DocumentCopy(
            document=document, size=len(data), title_cy=title_cy, title_en=title_en, written_in=written_in
        )
        copy.file.save("copy", ContentFile(data), save=False)
        copy.save()
        agree_all(obj=copy, how=How.SPEAKER, by=by)
    return copy


def _held(document: Document) -> Document:
    """The document as it is stored, its story held. Raises `ValidationError` where it, its copy or its story went on."""
    cases = CaseStudy.objects.select_for_update().filter(pk=document.case_study_id, status__in=OPEN_TO_COPIES)
    stored = Document.objects.filter(pk=document.pk, case_study=cases.first()).select_related("copy").first()
    if stored is None or stored.copy_or_none != document.copy_or_none:
        raise ValidationError(_("This has changed since you opened it. Look at the copy again."), code="changed")
    return stored


@transaction.atomic
def publish_copy(copy: DocumentCopy, *, actor: Actor, by: User, checked: Iterable[str]) -> None:
    """Show the copy on the page of its story, as somebody who has looked at it. Raises `ValidationError`."""
    if set(DocumentCheck.What.values) - set(checked):
        raise ValidationError(_("Tick each line when you have looked at it in the cleaned copy."), code="unchecked")
    _held(copy.document)
    now = timezone.now()
    copy.published_at = now
    copy.save()
    copy.checks.all().delete()
    DocumentCheck.objects.bulk_create(
        [DocumentCheck(copy=copy, what=what, by=by, at=now) for what in DocumentCheck.What.values]
    )
    case = copy.document.case_study
    write(actor=actor, kind=case.kind, subject=case.uuid, code="document-published")


def take_back(document: Document) -> bool:
    """Remove the copy, so that its address is gone for good. Whether there was one."""
    copy = document.copy_or_none
    if copy is None:
        return False
    delete_files([copy.file])
    copy.delete()
    document._state.fields_cache.pop("copy", None)
    return True


def take_back_all(case: CaseStudy) -> None:
    """What a withdrawal does with the documents of a story: none is offered to readers until an editor chooses it anew."""
    for document in case.documents.select_related("copy"):
        take_back(document)
