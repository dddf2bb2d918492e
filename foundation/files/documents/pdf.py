"""What a PDF says in any place of it, and a copy without what is hidden in it. Runs in a process of its own: see `child`."""

import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import is_zipfile

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from foundation.files.documents.metadata import without_metadata
from foundation.files.documents.refused import Refused

#: What pypdf raises for files that are not what they should be.
BROKEN = (PyPdfError, OSError, RecursionError, ValueError, TypeError, KeyError, AttributeError, IndexError)
MOST_OBJECTS = 200_000
MOST_REVISIONS = 20
#: What makes a PDF more than pages to look at: scripts, files inside it, what starts, fetches or sends something.
ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/GoToE", "/GoToR", "/SubmitForm", "/ImportData", "/Rendition", "/Movie"}
ACTIVE_NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}
#: Keys under which people's words stand outside the pages.
SPOKEN = {
    "/ActualText", "/Alt", "/Author", "/Contents", "/Creator", "/DV", "/E", "/Keywords", "/Producer", "/RC", "/Subj",
    "/Subject", "/T", "/TU", "/Title", "/URI", "/V",
}  # fmt: skip
#: Of the catalogue of a copy only what shows the pages and lets a screen reader read them.
KEPT_OF_CATALOGUE = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/PageLabels"}
DROPPED = {"/AA", "/AF", "/LastModified", "/Metadata", "/OpenAction", "/PieceInfo", "/Thumb", *ACTIVE_KEYS}
_DEVICES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_ADDRESS = re.compile(r"(https?|mailto):", re.IGNORECASE)


def read(data: bytes, most_pages: int, most_characters: int) -> str:
    """Everything that a PDF says: its pages, notes, form, properties, and the words of its earlier states."""
    if is_zipfile(io.BytesIO(data)):
        raise Refused("active")  # two kinds of file in one
    reader = _open(data, most_pages)
    try:
        _refuse_active(reader)
        said = _said(reader)
    except BROKEN as error:
        raise Refused("damaged") from error
    for before in _earlier(data):
        known = set(said)
        said += [line for line in before if line not in known]
    text = "\n".join(said)
    if len(text) > most_characters:
        raise Refused("too-long")
    return text


def _open(data: bytes, most_pages: int) -> PdfReader:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise Refused("damaged")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Refused("password")
        pages = len(reader.pages)
    except BROKEN as error:
        raise Refused("damaged") from error
    if not pages:
        raise Refused("damaged")
    if pages > most_pages:
        raise Refused("too-long")
    return reader


def parts(start: Any) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached from `start`, each once."""
    waiting, seen, count = [start], set(), 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list(one)
        count += 1
        if count > MOST_OBJECTS:
            raise Refused("too-long")


def _refuse_active(reader: PdfReader) -> None:
    for part in parts(reader.trailer):
        action, note = part.get("/S"), part.get("/Subtype")
        if ACTIVE_KEYS & set(part) or action in ACTIVE_ACTIONS or note in ACTIVE_NOTES:
            raise Refused("active")
        if part.get("/Type") == "/EmbeddedFile" or (part.get("/F") is not None and part.get("/Type") == "/Filespec"):
            raise Refused("active")


def _said(reader: PdfReader) -> list[str]:
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    for part in parts(reader.trailer):
        if isinstance(part, StreamObject) and part.get("/Type") == "/Metadata":
            lines += re.sub(r"<[^>]*>", "\n", part.get_data().decode("utf-8", "replace")).splitlines()
        lines += [_text(part[key]) for key in sorted(SPOKEN & set(part)) if key != "/V" or part.get("/FT")]
    return [line.strip() for line in lines if line.strip()]


def _text(value: Any) -> str:
    if isinstance(value, ByteStringObject):
        return value.decode("utf-8", "replace")
    return str(value) if isinstance(value, TextStringObject) else ""


def _earlier(data: bytes) -> Iterator[list[str]]:
    """What the file said before it was saved over: a PDF keeps its earlier states in front of the last one."""
    ends = [found.end() for found in re.finditer(rb"%%EOF", data)][:-1]
    for end in ends[-MOST_REVISIONS:]:
        try:
            yield _said(PdfReader(io.BytesIO(data[:end])))
        except BROKEN:
            continue  # no whole file ended here


def clean(data: bytes, title: str, language: str, most_pages: int) -> bytes:
    """The pages alone, with their tags for screen readers and their links to the web."""
    reader = _open(data, most_pages)
    try:
        _refuse_active(reader)
        writer = PdfWriter(clone_from=reader)
        catalogue = writer.root_object
        for key in [key for key in catalogue if key not in KEPT_OF_CATALOGUE]:
            del catalogue[key]
        for part in list(parts(catalogue)):
            _scrub(part)
        catalogue[NameObject("/Lang")] = TextStringObject(language)
        shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
        catalogue[NameObject("/ViewerPreferences")] = shown
        # Written twice: the second time only what can still be reached from the catalogue comes along.
        fresh = PdfWriter(clone_from=PdfReader(io.BytesIO(_written(writer))))
        fresh.metadata = {"/Title": title}
        return _written(fresh)
    except BROKEN as error:
        raise Refused("not-copied") from error


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _scrub(part: DictionaryObject) -> None:
    for key in DROPPED & set(part):
        del part[key]
    if "/Annots" in part:
        notes = list(part["/Annots"])  # type: ignore[call-overload]
        for note in notes:
            _keep_link_only(note.get_object())
        part[NameObject("/Annots")] = ArrayObject([note for note in notes if note.get_object()])
    for key in list(part):
        part[NameObject(key)] = _without_profile(part.raw_get(key))
    if isinstance(part, StreamObject) and part.get("/Subtype") == "/Image":
        _clean_image(part)


def _without_profile(value: Any) -> Any:
    """Colours without the profile of the camera or the printer, which is a file with words of its own."""
    found = value.get_object()
    if not isinstance(found, ArrayObject) or not found:
        return value
    if found[0] == "/Indexed":
        return ArrayObject([found[0], _without_profile(found[1]), *found[2:]])
    if found[0] != "/ICCBased":
        return value
    return NameObject(_DEVICES.get(found[1].get_object().get("/N"), "/DeviceRGB"))


def _keep_link_only(note: Any) -> None:
    """A link to the web stays a link; any other note is emptied where it stands, whatever else points to it."""
    action = note.get("/A")
    address = _text(action.get_object().get("/URI")) if action is not None and note.get("/Subtype") == "/Link" else ""
    kept = {key: note.raw_get(key) for key in ("/Rect", "/StructParent", "/P") if key in note}
    note.clear()
    if not _ADDRESS.match(address):
        return
    target = DictionaryObject({NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(address)})
    named = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"), "/A": target}
    for key, value in {**kept, **named, "/Border": ArrayObject([NumberObject(0)] * 3)}.items():
        note[NameObject(key)] = value


def _clean_image(image: StreamObject) -> None:
    """Photographs stand in a PDF as they came from the camera: what they say of place and time goes."""
    filters = image.get("/Filter")
    names = list(filters) if isinstance(filters, ArrayObject) else [filters]
    if names[-1] not in ("/DCTDecode", "/JPXDecode"):
        return
    image._data = without_metadata(image.get_data() if len(names) > 1 else image._data)
    image[NameObject("/Filter")] = NameObject(str(names[-1]))
    image.pop("/DecodeParms", None)
