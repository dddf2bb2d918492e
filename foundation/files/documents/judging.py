"""Whether a document may come in, and what it says; and making a copy without what is hidden in it.

What the file is follows from its content. It is opened only by `child`, in a process that can be lost.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.files.documents.kinds import Kind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Word wrote before 2007, and what it writes under a password
REFUSALS: Mapping[str, "_StrPromise"] = {
    "empty": _("The document is an empty file. Choose another."),
    "too-big": _("The document is larger than %(limit)d MB. Choose a smaller one."),
    "type": _("The document must be a PDF or a Word file (.docx). Save it as one of these and choose it again."),
    "old-word": _(
        "This is a Word file of the older kind (.doc). Open it in Word, choose “Save as” and then “Word document (.docx)”, "
        "and choose the new file here."
    ),
    "damaged": _("The document is damaged and cannot be read. Save it again, or choose another."),
    "password": _("The document is protected by a password. Save it without one and choose it again."),
    "macros": _("The document contains macros, which are small programs. Save it as a plain Word document (.docx) or as a PDF."),
    "active": _(
        "The document contains scripts, other files, or parts that it fetches from elsewhere. Print it to a new PDF and "
        "choose that."
    ),
    "too-long": _("The document is too long to be checked. Choose one of at most %(pages)d pages."),
    "not-word": _("The document must be a Word file (.docx). Open it in Word, save it as one, and choose that."),
    "not-copied": _("No cleaned copy could be made of this document. Ask for it as a PDF, printed anew."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A document that may come in."""

    kind: Kind
    data: bytes
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def judge(upload: BinaryIO, *, size: int) -> Judged:
    """What is in `upload` (of `size` bytes). Raises `ValidationError` with one of the codes of `REFUSALS`."""
    data = _data(upload, size)
    kind = _kind(data)
    answer, _copy = _ask({"what": "read", "kind": kind, "characters": settings.DOCUMENT_MAX_CHARACTERS}, data)
    return Judged(kind, data, answer["text"])


def html_of(upload: BinaryIO, *, size: int) -> str:
    """The running text of a Word file as HTML, not cleaned yet, with its pictures in it. Raises as `judge` does."""
    data = _data(upload, size)
    if _kind(data) != Kind.WORD:
        raise refusal("not-word")
    question = {"what": "html", "kind": Kind.WORD, "characters": settings.DOCUMENT_MAX_CHARACTERS}
    _answer, found = _ask(question, data)
    return found.decode()


def cleaned(kind: Kind, data: bytes, *, title: str, language: str) -> bytes:
    """A copy without metadata, comments, changes, macros, other files and scripts. Raises `ValidationError`."""
    _answer, copy = _ask({"what": "clean", "kind": kind, "title": title, "language": language}, data)
    return copy


def refusal(code: str) -> ValidationError:
    """The words for a document that is not taken."""
    limits = {"limit": settings.FILE_MAX_BYTES // 1024 // 1024, "pages": settings.DOCUMENT_MAX_PAGES}
    return ValidationError(REFUSALS[code], code=code, params=limits)


def _data(upload: BinaryIO, size: int) -> bytes:
    if size == 0:
        raise refusal("empty")
    if size > settings.FILE_MAX_BYTES:
        raise refusal("too-big")
    return upload.read()


def _kind(data: bytes) -> Kind:
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return Kind.WORD
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refusal("password")
        raise refusal("old-word" if "WordDocument".encode("utf-16-le") in data else "type")
    raise refusal("damaged" if b"%PDF-" in data[:1024] else "type")


def _ask(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Have a process of its own take the document apart; one that runs too long, or dies of it, is a refusal too."""
    limits = {
        "seconds": settings.DOCUMENT_SECONDS,
        "memory": settings.DOCUMENT_MEMORY,
        "pages": settings.DOCUMENT_MAX_PAGES,
    }
    line = json.dumps({**question, **limits}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "foundation.files.documents.child"],
            input=line + data,
            capture_output=True,
            timeout=settings.DOCUMENT_SECONDS * 2,
            cwd=settings.BASE_DIR,
            env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise refusal("too-long") from slow
    first, _newline, rest = done.stdout.partition(b"\n")
    if done.returncode < 0:  # killed by its limit of time
        raise refusal("too-long")
    if done.returncode or not first:
        raise refusal("damaged")
    answer: dict[str, Any] = json.loads(first)
    if "refused" in answer:
        raise refusal(answer["refused"])
    return answer, rest
