"""Pictures and documents in the form: what comes in, what is refused, and nothing typed is lost by either."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring
from pytest_django import Settings

from casestudies.documents import MOST_DOCUMENTS
from casestudies.models import Document, EditionPicture
from foundation.bilingual.models import Agreement
from foundation.files.documents.judging import REFUSALS
from tests.factories import DocumentFactory
from tests.files.making import HIDDEN, TELLING, telling_word, word
from tests.joinin.school import School, address, answers, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def send(school: School, key: str, data: bytes, name: str = "cynllun.docx", **more: str) -> str:
    field = {"documents": "document", "pictures": "picture"}[key]
    upload = SimpleUploadedFile(name, data, "application/x-lies")
    response = school.client.post(step(key, school.language), {field: upload, "add": "1", **more}, follow=True)
    return str(response.content.decode())


def test_a_document_comes_in_stays_and_goes(school: School) -> None:
    school.start()
    told = telling_word()
    page = send(school, "documents", told, "C:\\Siân\\cynllun.docx")
    document = Document.objects.get()
    assert (document.name, document.case_study) == ("cynllun.docx", school.case)
    assert HIDDEN in document.text
    assert f'<a href="{document.address}">cynllun.docx</a>' in page
    assert school.client.get(document.address).getvalue() == told
    assert Client().get(document.address).status_code == 404
    assert "cynllun.docx" in school.get("check").content.decode()
    school.client.post(step("documents"), {"remove": "of another story"})
    assert Document.objects.count() == 1
    school.client.post(step("documents"), {"remove": document.token})
    assert Document.objects.count() == 0


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_refused_document_leaves_everything_where_it_was(language: str, school: School) -> None:
    school = School(language)
    school.start()
    send(school, "documents", word(), "un.docx")
    page = send(school, "documents", b"<script>alert(1)</script>", "dau.pdf")
    assert page.count('href="#id_document"') == 1
    assert 'id="id_document_error"' in page
    assert 'aria-describedby="id_document_helptext id_document_error" aria-invalid="true"' in page
    assert f"<title>{'Gwall:' if language == 'cy' else 'Error:'} " in page
    assert "un.docx" in page
    assert Document.objects.count() == 1


def test_why_a_file_was_refused_is_said_in_the_other_language_too(school: School) -> None:
    school.start()
    page = send(school, "documents", b"<script>alert(1)</script>", "dau.pdf")
    fields = fromstring(page).get_element_by_id("page-form").fields
    switched = school.client.post(step("documents"), {"refused": fields["refused"], "switch": "cy"})
    shown = school.client.get(switched["Location"]).content.decode()
    assert switched["Location"].startswith(step("documents", "cy"))
    assert ("<title>Gwall: " in shown, 'id="id_document_error"' in shown) == (True, True)
    again = school.client.post(switched["Location"], {}).content.decode()
    assert 'id="id_document_error"' not in again
    assert 'id="id_document_error"' not in school.client.get(f"{step('documents')}?refused=forged").content.decode()


def test_no_file_chosen_and_too_many_have_messages_of_their_own(school: School) -> None:
    case = school.start()
    page = school.client.post(step("documents"), {"add": "1"}).content.decode()
    assert page.count("Choose a document to add") == 2  # in the summary, and beside the field
    for _time in range(MOST_DOCUMENTS):
        DocumentFactory.create(case_study=case)
    page = send(school, "documents", word())
    assert "A story can have 5 documents. Remove one before you add another." in page
    assert Document.objects.count() == MOST_DOCUMENTS
    assert 'type="file"' not in page


def test_the_limits_are_told_beforehand(school: School, settings: Settings) -> None:
    school.fill()
    settings.FILE_MAX_BYTES, settings.FILE_MAX_PIXELS, settings.DOCUMENT_MAX_PAGES = 3 * 2**20, 7_000_000, 9
    documents, pictures = (school.client.get(step(key)).content.decode() for key in ("documents", "pictures"))
    assert "A PDF or Word file (.docx) of at most 3 MB and 9 pages; a story can have 5 documents." in documents
    assert (
        "A JPEG, PNG, WebP or HEIC file of at most 3 MB and 7 million pixels; a story can have 6 pictures." in pictures
    )


def test_what_was_typed_about_pictures_outlives_a_refused_file(school: School) -> None:
    school.fill()
    send(school, "pictures", TELLING["HEIC"](), "IMG_0001.HEIC")
    token = EditionPicture.objects.get().picture.token
    typed = {f"alt_cy-{token}": "Silff o lyfrau Cymraeg", f"people-{token}": "no"}
    page = send(school, "pictures", b"GIF89a", "a.jpg", **typed)
    assert "The picture must be a JPEG, PNG, WebP or HEIC file." in page
    assert "Silff o lyfrau Cymraeg" in page
    assert school.case.draft.answers["pictures"] == typed


def test_an_alternative_text_in_one_language_is_work_for_a_translator(school: School) -> None:
    school.fill(answers(writing="cy"))
    send(school, "pictures", TELLING["JPEG"](), "a.jpg")
    token = EditionPicture.objects.get().picture.token
    page = school.client.get(step("pictures")).content.decode()
    assert (f"alt_cy-{token}" in page, f"alt_en-{token}" in page) == (True, False)
    school.answer("pictures", {f"alt_cy-{token}": "Silff o lyfrau", f"people-{token}": "no"})
    school.send()
    row = EditionPicture.objects.get()
    assert (row.alt_cy, row.alt_en or "") == ("Silff o lyfrau", "")
    assert not Agreement.objects.filter(object_id=row.pk, field="alt").exists()


def test_documents_go_along_when_the_story_is_sent_and_are_not_asked_for(school: School) -> None:
    school.fill()
    send(school, "documents", word())
    school.send()
    assert Document.objects.get().case_study.status == "awaiting_confirmation"
    assert school.client.get(address("sent")).status_code == 200


def test_the_page_of_documents_asks_the_same_however_many_there_are(school: School) -> None:
    case = school.fill()
    counts = []
    for number in (1, 2):
        for _time in range(number):
            DocumentFactory.create(case_study=case)
        with CaptureQueriesContext(connection) as queries:
            assert school.client.get(step("documents")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_the_words_of_every_refusal_reach_the_page(school: School) -> None:
    school.start()
    for code, data in (
        ("empty", b""),
        ("type", b"MZ"),
        ("damaged", b"%PDF-1.4"),
        ("macros", word(parts={"word/vbaProject.bin": b"x"})),
    ):
        assert str(REFUSALS[code]).split(".")[0] in send(school, "documents", data), code
    assert not Document.objects.exists()
