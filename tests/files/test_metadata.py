"""Nothing but what a picture shows, or a document says to its readers, is kept of it: every stored byte is read back."""

import io
import zipfile

import mammoth
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import StreamObject

from foundation.files.documents.judging import cleaned, judge
from foundation.files.documents.kinds import Kind
from foundation.files.services import add_picture
from tests.files.making import HIDDEN, IN_WORD, TELLING, pdf_bytes, saved_over, telling_pdf, telling_word, word

pytestmark = pytest.mark.page

NEEDLE = HIDDEN.encode()


@pytest.mark.django_db
@pytest.mark.parametrize("form", TELLING)
def test_nothing_that_a_picture_says_beside_its_pixels_is_stored(form: str) -> None:
    data = TELLING[form]()
    assert data.count(NEEDLE) >= 3, "the picture must have something to hide"
    picture = add_picture(io.BytesIO(data), size=len(data))
    for stored in (picture.full, picture.small):
        with stored.open("rb") as opened:
            kept = bytes(opened.read())
        assert NEEDLE not in kept
        image = Image.open(io.BytesIO(kept))
        assert (len(image.getexif()), getattr(image, "n_frames", 1), image.size) == (0, 1, (60, 40))
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}
        red, green, blue = image.convert("RGB").getpixel((30, 20))  # type: ignore[misc]
        assert red < 30, "still teal"
        assert 100 < green < 150
        assert 100 < blue < 150


def reading(data: bytes) -> str:
    return judge(io.BytesIO(data), size=len(data)).text


def test_what_a_word_file_says_is_read_wherever_it_stands() -> None:
    said = reading(telling_word())
    assert [place for place, letter in IN_WORD.items() if f"{HIDDEN}{letter}" not in said] == []
    assert "Cyn ac ar ôl" in said.splitlines()


def test_a_word_split_by_its_form_is_one_word() -> None:
    runs = "<w:p><w:r><w:t>Si</w:t></w:r><w:r><w:t>ân, Blwyddyn 3</w:t></w:r></w:p>"
    assert reading(word(runs)) == "Siân, Blwyddyn 3"


def test_the_copy_of_a_word_file_says_what_its_readers_saw() -> None:
    copy = cleaned(Kind.WORD, telling_word(), title="Teitl & <enw>", language="cy")
    archive = zipfile.ZipFile(io.BytesIO(copy))
    parts = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, data in parts.items() if NEEDLE in data] == []
    assert set(parts) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/media/a.jpg",
        "word/settings.xml", "word/_rels/settings.xml.rels", "docProps/core.xml",
    }  # fmt: skip
    assert b"<dc:title>Teitl &amp; &lt;enw&gt;</dc:title><dc:language>cy</dc:language>" in parts["docProps/core.xml"]
    shown = mammoth.convert_to_html(io.BytesIO(copy)).value
    assert "<p>Cyn ac ar ôl</p>" in shown
    assert '<a href="https://example.org/">dolen</a>' in shown
    assert b'r:embed="rId2"' in parts["word/document.xml"]


def test_what_a_pdf_says_is_read_wherever_it_stands() -> None:
    said = reading(telling_pdf()).splitlines()
    assert said.count(HIDDEN) >= 3  # author and title, the packet of properties, an item of the outline
    assert {f"{HIDDEN} comment", "Reading together", "https://example.org/"} <= set(said)


def test_what_was_saved_over_in_a_pdf_is_read_too_and_is_not_in_the_copy() -> None:
    data = saved_over()
    assert PdfReader(io.BytesIO(data)).pages[0].extract_text() == ""
    assert HIDDEN in reading(data).splitlines()
    assert reading(cleaned(Kind.PDF, data, title="T", language="cy")) == "T"


def test_the_copy_of_a_pdf_says_what_its_readers_saw() -> None:
    copy = cleaned(Kind.PDF, telling_pdf(), title="Teitl â", language="cy")
    assert NEEDLE not in copy
    read = PdfReader(io.BytesIO(copy))
    objects = [read.get_object(number) for number in range(1, len(read.xref[0]))]
    everything = [one.get_data() for one in objects if isinstance(one, StreamObject)]
    assert everything
    assert [data for data in everything if NEEDLE in data] == []
    assert (read.metadata or {}) == {"/Title": "Teitl â"}
    assert str(read.root_object["/Lang"]) == "cy"
    assert set(reading(copy).splitlines()) == {"Reading together", "a link", "Teitl â", "https://example.org/"}
    assert len(read.pages[0].images) == 1


def test_a_long_document_is_copied_whole() -> None:
    copy = cleaned(Kind.PDF, pdf_bytes(*[f"Page {number}" for number in range(30)]), title="T", language="en")
    assert len(PdfReader(io.BytesIO(copy)).pages) == 30
