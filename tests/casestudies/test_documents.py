"""Documents: evidence for editors and for whom it came from; a cleaned copy for readers while its story is published."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from casestudies.documents import add_document, make_copy, publish_copy, read_document, remove_document, take_back
from casestudies.joinin.access import SESSION_KEY
from casestudies.models import CaseStudy, Document, DocumentCheck, DocumentCopy
from casestudies.services import actor_for, perform
from casestudies.vocabulary import UNSENT, Status
from foundation.bilingual.addresses import address_in
from foundation.files.orphans import FEW, remove_orphans
from foundation.people.models import User
from foundation.record.actors import CLOCK, CONTRIBUTOR
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, DocumentCopyFactory, DocumentFactory, EditionPictureFactory, editor
from tests.files.making import HIDDEN, telling_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    """Files of other tests are not counted here."""
    local = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "default": local}


def contributor_of(case: CaseStudy) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY] = {"uuid": str(case.uuid), "email": case.contributor.email.casefold()}
    session.save()
    return client


def got(client: Client, address: str) -> int:
    """What it answers; a file is read to its end, so that it is closed."""
    response = client.get(address)
    response.getvalue()
    return int(response.status_code)


def stored() -> list[str]:
    """The names of all files of documents."""

    def below(folder: str) -> list[str]:
        folders, files = default_storage.listdir(folder)
        return [f"{folder}/{name}" for name in files] + [one for name in folders for one in below(f"{folder}/{name}")]

    return below("documents") if default_storage.exists("documents") else []


# --- who may have it ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [status for status in Status if status != Status.REMOVED])
def test_evidence_is_for_editors_of_what_was_sent_and_for_whom_it_came_from(
    status: Status, client_of: Browser, editor: User, translator: User
) -> None:
    document = DocumentFactory.create(case_study__status=status)
    other = CaseStudyFactory.create(status="published")
    answers = {
        "nobody": got(Client(), document.address),
        "translator": got(client_of(translator), document.address),
        "another contributor": got(contributor_of(other), document.address),
        "editor": got(client_of(editor), document.address),
        "contributor": got(contributor_of(document.case_study), document.address),
    }
    seen = 404 if status in UNSENT else 200
    expected = {"nobody": 404, "translator": 404, "another contributor": 404, "editor": seen, "contributor": 200}
    assert answers == expected


def test_evidence_is_handed_out_so_that_nothing_opens_keeps_or_indexes_it(client_of: Browser, editor: User) -> None:
    document = DocumentFactory.create(name='cynllun "ŵyth".pdf', data=b"%PDF-1.7 x")
    response = client_of(editor).get(document.address)
    assert response.getvalue() == b"%PDF-1.7 x"
    names = (
        "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control",
        "X-Robots-Tag", "Cross-Origin-Resource-Policy",
    )  # fmt: skip
    assert {name: response[name] for name in names} == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": "attachment; filename*=utf-8''cynllun%20%22%C5%B5yth%22.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert not response.has_header("ETag")
    assert len(document.token) >= 22
    assert client_of(editor).post(document.address).status_code == 405


# --- a copy for readers ---------------------------------------------------------------------------------------------------


def workbench(case: CaseStudy) -> str:
    return reverse("admin:casestudies_casestudy_change", args=[case.pk])


def press(client: Client, document: Document, what: str, **given: Any) -> Any:
    """Press a button on a page that shows the copy as it is now, or as `copy` says."""
    copy = DocumentCopy.objects.filter(document=document).first()
    given = {"copy": copy.token if copy else "", **given}
    named = {f"document-{document.pk}-{name}": value for name, value in given.items()}
    return client.post(workbench(document.case_study), {"_do": f"document:{document.pk}:{what}", **named}, follow=True)


TITLES = {"title_cy": "Cynllun", "title_en": "Plan", "written_in": "en"}


@pytest.mark.django_db(transaction=True)
def test_an_editor_publishes_a_cleaned_copy_and_takes_it_back(client_of: Browser) -> None:
    case = CaseStudyFactory.create(status="published")
    someone = editor()
    client, reader = client_of(someone), Client()
    data = telling_pdf()
    document = DocumentFactory.create(case_study=case, data=data, text=HIDDEN)
    assert press(client, document, "copy", title_cy="Cynllun").status_code == 200
    assert not DocumentCopy.objects.exists()

    press(client, document, "copy", **TITLES)
    copy = DocumentCopy.objects.get()
    assert (got(reader, copy.address), got(client, copy.address)) == (404, 200)
    press(client, document, "publish", copy=copy.token, checked=["names", "language"])
    for stale in ("copy", "publish", "take-back"):
        kept = press(client, document, stale, copy="another", checked=DocumentCheck.What.values, title_cy="Newydd")
        assert ("This has changed since you opened it." in kept.text, 'value="Newydd"' in kept.text) == (True, True)
    copy.refresh_from_db()
    assert (copy.published_at, copy.title_cy) == (None, "Cynllun")

    press(client, document, "publish", copy=copy.token, checked=DocumentCheck.What.values)
    assert list(copy.checks.values_list("what", "by")) == [(what, someone.pk) for what in DocumentCheck.What.values]
    response = reader.get(copy.address)
    handed = response.getvalue()
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert response["Content-Disposition"] == f'attachment; filename="{case.reference}.pdf"'
    assert HIDDEN.encode() not in handed
    assert (PdfReader(io.BytesIO(handed)).metadata or {}) == {"/Title": "Plan"}
    assert (got(reader, document.address), client.get(document.address).getvalue()) == (404, data)

    press(client, document, "take-back")
    assert got(reader, copy.address) == 404
    assert len(stored()) == 1
    codes = list(Event.objects.about(case.uuid).values_list("code", flat=True))
    assert [code for code in codes if code.startswith("document")] == ["document-published", "document-taken-back"]


def test_readers_see_a_chosen_copy_with_its_kind_its_size_and_its_language() -> None:
    case = CaseStudyFactory.create(status="published")
    copy = DocumentCopyFactory.create(document__case_study=case, data=b"x" * 225_000)
    DocumentCopyFactory.create(document__case_study=case, title_cy="Cudd", title_en="Hidden", published_at=None)
    for language, words in (("en", "(PDF, 220 KB, Welsh)"), ("cy", "(PDF, 220 KB, Cymraeg)")):
        page = Client().get(address_in(language, case)).content.decode()
        title = {"en": "Improvement plan", "cy": "Cynllun gwella"}[language]
        assert f'<a href="{copy.address}" hreflang="cy">{title}</a> <span class="quiet">{words}</span>' in page
        assert page.count("/document") == 1


@pytest.mark.parametrize("status", [status for status in Status if status not in (Status.PUBLISHED, Status.REMOVED)])
def test_a_copy_is_readers_only_while_its_story_is_published(status: Status) -> None:
    copy = DocumentCopyFactory.create(document__case_study__status=status)
    assert got(Client(), copy.address) == 404
    assert not DocumentCopy.objects.published().exists()


@pytest.mark.django_db(transaction=True)
def test_withdrawing_takes_every_copy_with_it() -> None:
    copy = DocumentCopyFactory.create(document__case_study=CaseStudyFactory.create(status="published"))
    assert got(Client(), copy.address) == 200
    perform("withdraw_permission", case_id=copy.document.case_study.pk, actor=CONTRIBUTOR)
    assert not DocumentCopy.objects.exists()
    assert [name for name in stored() if name.endswith("/copy")] == []
    assert Document.objects.count() == len(stored()) == 1


def test_nobody_chooses_a_copy_for_a_story_of_their_own_or_before_it_is_accepted(client_of: Browser) -> None:
    someone = editor()
    editor()
    own = DocumentFactory.create(case_study__status="editing", case_study__contributor__email=someone.email)
    early = DocumentFactory.create(case_study__status="submitted")
    elsewhere = DocumentFactory.create(case_study__status="editing")
    for document in (own, early):
        press(client_of(someone), document, "copy", **TITLES)
    refused = client_of(someone).post(workbench(own.case_study), {"_do": f"document:{elsewhere.pk}:copy"})
    assert refused.status_code == 404
    assert not DocumentCopy.objects.exists()
    assert actor_for(someone).role == "editor"


# --- going --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("move", ["discard", "expire"])
def test_what_is_discarded_or_expires_takes_its_files_with_it(move: str) -> None:
    case = CaseStudyFactory.create(status="draft", edition=True)
    picture = EditionPictureFactory.create(edition=case.editions.get()).picture
    DocumentCopyFactory.create(document__case_study=case)
    names = [*stored(), *(str(one.name) for one in picture.sizes.values())]
    assert [default_storage.exists(name) for name in names] == [True] * 4
    long_ago = timezone.now() - timedelta(days=400)
    case.draft.__class__.objects.update(touched_at=long_ago, warned_at=long_ago)
    perform(move, case_id=case.pk, actor=CONTRIBUTOR if move == "discard" else CLOCK)
    assert not Document.objects.exists()
    assert [name for name in names if default_storage.exists(name)] == []


@pytest.mark.django_db(transaction=True)
def test_a_document_goes_with_its_files() -> None:
    copy = DocumentCopyFactory.create()
    remove_document(copy.document)
    assert stored() == []


def test_files_left_behind_by_a_process_that_died_go_a_day_later() -> None:
    kept = [*DocumentCopyFactory.create().document.__class__.objects.values_list("file", flat=True)]
    picture = EditionPictureFactory.create().picture
    lost = default_storage.save("documents/zz/lost/evidence", ContentFile(b"x"))
    now = timezone.now()
    remove_orphans(now + timedelta(hours=23))
    assert default_storage.exists(lost)
    remove_orphans(now + timedelta(days=1, minutes=5))
    assert not default_storage.exists(lost)
    assert [name for name in (*kept, picture.full.name, picture.small.name) if not default_storage.exists(name)] == []


def test_where_most_files_have_no_row_none_is_removed(caplog: pytest.LogCaptureFixture) -> None:
    names = [default_storage.save(f"documents/zz/{n}/evidence", ContentFile(b"x")) for n in range(FEW + 1)]
    remove_orphans(timezone.now() + timedelta(days=2))
    assert [default_storage.exists(name) for name in names] == [True] * len(names)
    assert "is this their database?" in caplog.text


def test_the_text_of_a_document_is_kept_for_those_who_look_for_names() -> None:
    case = CaseStudyFactory.create(status="draft")
    upload = SimpleUploadedFile("../Siân \u202eblwyddyn 3.PDF", telling_pdf())
    document = add_document(case, read_document(upload))
    assert (document.name, document.kind, document.size) == ("Siân blwyddyn 3.pdf", "pdf", upload.size)
    assert f"{HIDDEN} comment" in document.text


def test_a_copy_is_made_anew_at_another_address() -> None:
    DocumentFactory.create(data=telling_pdf(), case_study__status="editing")
    given: dict[str, Any] = {"title_cy": "Un", "title_en": "One", "written_in": "both", "by": editor()}
    first, second = [make_copy(Document.objects.get(), **given) for _time in range(2)]
    assert first.token != second.token
    assert DocumentCopy.objects.get().token == second.token


@pytest.mark.parametrize("went_on", ["withdrawn", "gone", "copied anew", "taken back"])
def test_no_copy_is_made_or_published_of_what_went_on_in_the_meantime(went_on: str) -> None:
    DocumentCopyFactory.create(document__case_study__status="approved", document__data=telling_pdf())
    seen, by = Document.objects.select_related("copy").get(), editor()
    if went_on == "withdrawn":
        perform("withdraw", case_id=seen.case_study_id, actor=CONTRIBUTOR)
    elif went_on == "gone":
        remove_document(Document.objects.get())
    elif went_on == "copied anew":
        make_copy(Document.objects.get(), title_cy="Un", title_en="One", written_in="both", by=by)
    else:
        take_back(Document.objects.get())
    left = list(DocumentCopy.objects.values_list("token", "published_at"))
    with pytest.raises(ValidationError, match="changed since you opened it"):
        make_copy(seen, title_cy="Dau", title_en="Two", written_in="both", by=by)
    with pytest.raises(ValidationError, match="changed since you opened it"):
        publish_copy(seen.copy, actor=actor_for(by), by=by, checked=DocumentCheck.What.values)
    assert list(DocumentCopy.objects.values_list("token", "published_at")) == left
