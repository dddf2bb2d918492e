"""The files that come with a page of the form: read before anything is locked, kept with the answers of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casestudies.documents import read_document
from casestudies.joinin.fields import Words
from casestudies.joinin.journey import Journey
from casestudies.joinin.steps import Step
from foundation.bilingual.languages import Language, current, speaking
from foundation.files.services import clean_picture

Errors = list[tuple[str, str]]  # the id of the field, and the words beside it
Refused = dict[str, list[str]]  # why a file was refused, in each language


@dataclass(frozen=True, slots=True)
class Taking:
    """How one page takes files: the name of its field, and what is done with what came."""

    field: str
    missing: Words
    read: Callable[[Any], Any]
    keep: Callable[[Journey, Any], None]
    remove: Callable[[Journey, str], None]


TAKING = {
    "pictures": Taking(
        "picture", _("Choose a picture to add"), lambda upload: clean_picture(upload, size=upload.size or 0),
        Journey.add_picture, Journey.remove_picture,
    ),
    "documents": Taking(
        "document", _("Choose a document to add"), read_document, Journey.add_document, Journey.remove_document
    ),
}  # fmt: skip


def receive(request: HttpRequest, step: Step) -> None:
    """Read the file that came with the page, if one did: cleaning it takes its time, and nobody else waits for it."""
    taking = TAKING.get(step.key)
    upload = request.FILES.get(taking.field) if taking else None
    if taking is None or upload is None:
        return
    try:
        cast(Any, request).received = taking.read(upload)
    except ValidationError as error:
        cast(Any, request).received = error


def keep(request: HttpRequest, step: Step, journey: Journey) -> Refused:
    """Keep what was received, and remove what the person asked to have removed; why, where a file is refused."""
    taking = TAKING.get(step.key)
    if taking is None:
        return {}
    if "remove" in request.POST:
        taking.remove(journey, request.POST["remove"])
    received = getattr(request, "received", None)
    if received is None:
        return _refused(ValidationError(taking.missing)) if "add" in request.POST else {}
    try:
        if isinstance(received, ValidationError):
            raise received
        taking.keep(journey, received)
    except ValidationError as error:
        return _refused(error)
    return {}


def _refused(error: ValidationError) -> Refused:
    found = {}
    for language in Language.values:
        with speaking(language):
            found[language] = list(error.messages)
    return found


def write_refused(refused: Refused) -> str:
    """For the page to carry, signed: its switch shows why in the other language, though the file did not come along."""
    return signing.dumps(refused, salt=__name__) if refused else ""


def read_refused(carried: str) -> Refused:
    try:
        return cast(Refused, signing.loads(carried, salt=__name__))
    except signing.BadSignature:
        return {}


def errors_of(step: Step, refused: Refused) -> Errors:
    """The errors of the page, in its language."""
    taking = TAKING.get(step.key)
    return [(f"id_{taking.field}", words) for words in refused.get(current().value, [])] if taking else []
