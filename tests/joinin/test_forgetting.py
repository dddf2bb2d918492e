"""A contributor takes away what we hold, and has it erased: a name planted everywhere is then nowhere but where we say."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from casestudies import retention
from casestudies.forgetting import forget_story
from casestudies.models import AccessLink, CaseStudy, Comment, Contributor, Erasure, Finding, Permission, Snapshot
from casestudies.questions import Answer, request_changes, save_answers
from casestudies.services import Words, perform
from foundation.clock.retention import forget_what_is_over
from foundation.correspondence.models import Message
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.problems.services import report
from foundation.publishing.models import Stage
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, DocumentCopyFactory, DocumentFactory, EditionPictureFactory
from tests.joinin.school import School, address, answers, opened
from tests.noon import NOON, at_noon

pytestmark = [pytest.mark.django_db, at_noon]
NAME = "Xanthia-Unigryw"
ADDRESS = f"{NAME.lower()}@ysgol.example"


def found_in_tables(name: str) -> set[str]:
    """Every place of every table whose text holds `name`, sessions taken apart."""
    found, looked_at = set(), 0
    for model in apps.get_models(include_auto_created=True):
        fields = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.values(*fields):
            looked_at += 1
            for field, value in row.items():
                if name.casefold() in str(value).casefold():
                    found.add(f"{model._meta.label}.{field}")
    for session in Session.objects.all():
        if name.casefold() in str(session.get_decoded()).casefold():
            found.add("sessions.Session.session_data")
    assert looked_at > 20
    return found


def found_in_files(name: str) -> set[str]:
    root = Path(default_storage.location)  # type: ignore[attr-defined]
    files = [path for path in root.rglob("*") if path.is_file()]
    return {path.name for path in files if name.encode() in path.read_bytes()}


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """Nothing on disk but what a test puts there itself."""
    stored = settings.STORAGES["default"]
    settings.STORAGES = {
        **settings.STORAGES, "default": {**stored, "OPTIONS": {**stored["OPTIONS"], "location": str(tmp_path)}},
    }  # fmt: skip


@pytest.fixture
def planted(school: School, editor: User) -> School:
    """A story that has come as far as a second submission, with a name wherever somebody can write one."""
    given = answers()
    given["you"] = {"name": f"Nia {NAME}", "role": f"Pennaeth {NAME}", "email": ADDRESS}
    given["people"] = {"name-1": f"Gwen {NAME}", "role-1": f"Athrawes {NAME}", "email-1": f"gwen-{ADDRESS}"}
    given["about"] = {"about_cy": f"Dyma {NAME}.", "about_en": f"This is {NAME}."}
    given["permissions"] |= {
        "is_headteacher": "no", "headteacher_name": f"Mair {NAME}", "headteacher_email": f"mair-{ADDRESS}",
    }  # fmt: skip
    school.fill(given)
    DocumentCopyFactory.create(
        document=DocumentFactory.create(
            case_study=school.case, name=f"{NAME}.pdf", text=f"Gan {NAME}", data=f"%PDF {NAME}".encode()
        ),
        data=NAME.encode(), title_cy=NAME, title_en=NAME,
    )  # fmt: skip
    school.send()
    case = CaseStudy.objects.get()
    school.client.post(link_of(case))
    Finding.objects.filter(case_study=case).update(explanation=f"Mae {NAME} yn fodlon.")
    finding = Finding.objects.create(case_study=case, what=f"names {NAME}", explanation=NAME)
    boss = Actor(Role.EDITOR, editor)
    perform("claim", case_id=case.pk, actor=boss)
    Finding.objects.filter(pk=finding.pk).update(verdict="justified", reason=f"{NAME} agrees", decided_by=editor)
    Comment.objects.create(
        case_study=case, field="about", language="cy", quote=NAME, text_cy=f"Pwy yw {NAME}?", text_en=f"Who is {NAME}?",
        asked_by=editor,
    )  # fmt: skip
    Comment.objects.create(
        case_study=case, field="about", language="en", text_en=f"Ask {NAME}", is_internal=True, asked_by=editor
    )
    request_changes(case_id=case.pk, actor=boss, version=None, reason=Words(cy=f"Annwyl {NAME}", en=f"Dear {NAME}"))
    question = Comment.objects.get(is_internal=False)
    save_answers(case_id=case.pk, answers={question.pk: Answer(f"{NAME} ydw i")}, language="cy")
    report(
        Problem(asked_as="once", kind="person", text=f"I am {NAME}", name=NAME, email=ADDRESS, language="cy",
                subject=case.uuid, subject_kind=case.kind)
    )  # fmt: skip
    return school


def link_of(case: CaseStudy) -> str:
    return address("link", token=AccessLink.mint(case, AccessLink.Purpose.CONFIRM, ADDRESS))


def published(case: CaseStudy, editor: User) -> CaseStudy:
    """The same story, as it is once it is published: by the rows, as the moves have tests of their own."""
    case.editions.update(stage=Stage.LIVE, live_since=timezone.now())
    columns = {
        "status": "published",
        "first_published_at": timezone.now(),
        "slug_cy": "a",
        "slug_en": "b",
        "claimed_by": None,
    }
    CaseStudy.objects.filter(pk=case.pk).update(**columns)
    return CaseStudy.objects.get(pk=case.pk)


PLACES = {  # where the name stands before, so that the search is known to look there
    "casestudies.AccessLink.email", "casestudies.CaseStudyEdition.about_cy", "casestudies.CaseStudyEdition.about_en",
    "casestudies.Comment.answer", "casestudies.Comment.quote", "casestudies.Comment.text_cy", "casestudies.Comment.text_en",
    "casestudies.Contributor.email", "casestudies.Contributor.name", "casestudies.Contributor.role",
    "casestudies.CreditedPerson.email", "casestudies.CreditedPerson.name", "casestudies.CreditedPerson.role",
    "casestudies.Document.name", "casestudies.Document.text", "casestudies.DocumentCopy.title_cy",
    "casestudies.DocumentCopy.title_en", "casestudies.Draft.answers", "casestudies.Finding.explanation",
    "casestudies.Finding.reason", "casestudies.Finding.what", "casestudies.Headteacher.email", "casestudies.Headteacher.name",
    "casestudies.Permission.person", "casestudies.Snapshot.story", "correspondence.Message.body",
    "correspondence.Message.note_cy", "correspondence.Message.recipient", "problems.Problem.email", "problems.Problem.name",
    "problems.Problem.text", "record.Note.text_cy", "record.Note.text_en", "sessions.Session.session_data",
}  # fmt: skip
#: The published words, and what was noted about them for the children in them: until somebody redacts them.
REMAINS = {
    "bilingual.Agreement.text_cy", "bilingual.Agreement.text_en",
    "casestudies.CaseStudyEdition.about", "casestudies.CaseStudyEdition.about_cy", "casestudies.CaseStudyEdition.about_en",
    "casestudies.Finding.what", "casestudies.Finding.reason", "reversion.Version.serialized_data",
}  # fmt: skip


def erase(school: School, **given: str) -> Any:
    case = CaseStudy.objects.get()
    return school.client.post(address("erase"), {"version": case.version, **given})


def test_the_name_was_planted_everywhere(planted: School) -> None:
    assert PLACES - found_in_tables(NAME) == set()
    assert found_in_files(NAME) == {"evidence", "copy"}


def test_the_published_text_stays_and_the_people_are_gone(
    planted: School, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    published(planted.case, editor)
    with django_capture_on_commit_callbacks(execute=True):
        answer = erase(planted, text="stays")
    assert (answer.status_code, answer.context["what"]) == (200, "people")
    assert found_in_tables(NAME) <= REMAINS
    assert {"casestudies.CaseStudyEdition.about_cy", "reversion.Version.serialized_data"} <= found_in_tables(NAME)
    assert found_in_files(NAME) == set()
    case = CaseStudy.objects.get()
    assert (case.status, case.contributor_or_none, case.links.count()) == ("published", None, 0)


def test_withdrawn_with_its_words_nothing_is_left(
    planted: School, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    case = published(planted.case, editor)
    with django_capture_on_commit_callbacks(execute=True):
        answer = erase(planted, text="goes")
    assert answer.context["what"] == "words"
    assert (found_in_tables(NAME), found_in_files(NAME)) == (set(), set())
    assert Client().get(case.get_absolute_url()).status_code == 410
    assert list(Erasure.objects.values_list("subject", "what")) == [(case.uuid, "words")]


def test_what_was_never_published_goes_altogether(planted: School, django_capture_on_commit_callbacks: Any) -> None:
    uuid = planted.case.uuid
    with django_capture_on_commit_callbacks(execute=True):
        answer = erase(planted)
    assert (answer.context["what"], CaseStudy.objects.count()) == ("all", 0)
    assert (found_in_tables(NAME), found_in_files(NAME)) == (set(), set())
    assert list(Erasure.objects.values_list("subject", "what")) == [(uuid, "all")]
    last = Event.objects.about(uuid).last()
    assert last and (last.code, last.to_state, last.role) == ("erase-all", "removed", "contributor")
    message = Message.objects.get()
    assert (message.kind, NAME in message.body + message.subject) == ("editor-erased", False)
    assert planted.client.get(address("status")).status_code == 302


def test_a_choice_has_to_be_made_and_nothing_happens_on_get(planted: School, editor: User) -> None:
    case = published(planted.case, editor)
    assert planted.client.get(address("erase")).status_code == 200
    answer = erase(planted)
    assert answer.context["summary"] == [("id_text_0", "Choose what becomes of the text")]
    stale = planted.client.post(address("erase"), {"version": case.version - 1, "text": "goes"})
    assert (stale.status_code, Contributor.objects.count(), Erasure.objects.count()) == (409, 1, 0)


def test_a_draft_is_discarded_instead(school: School) -> None:
    school.fill()
    assert school.client.get(address("erase"))["Location"] == address("discard")


def test_only_the_open_session_may(planted: School) -> None:
    for name in ("held", "erase"):
        for browser in (
            Client(),
            opened(CaseStudyFactory.create(status="submitted", contributor__email="o@example.org")),
        ):
            text = b"".join([browser.get(address(name)).content, browser.post(address(name), {"version": 1}).content])
            assert NAME.encode() not in text
    assert Contributor.objects.filter(email=ADDRESS).count() == 1


# --- taking it away -------------------------------------------------------------------------------------------------------


def taken(browser: Client, language: str = "en") -> zipfile.ZipFile:
    answer = browser.post(address("held", language))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert "no-cache" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_everything_is_in_the_file_and_nothing_of_others(planted: School, editor: User) -> None:
    archive = taken(planted.client)
    data, page = json.loads(archive.read("held.json")), archive.read("held.html").decode()
    document = planted.case.documents.get()
    assert sorted(archive.namelist()) == sorted(["held.json", "held.html", f"documents/1-{document.token}.pdf"])
    assert archive.read(f"documents/1-{document.token}.pdf") == f"%PDF {NAME}".encode()
    assert data["contributor"][0]["email"] == ADDRESS
    assert (data["headteacher"][0]["name"], data["people"][0]["email"]) == (f"Mair {NAME}", f"gwen-{ADDRESS}")
    assert [row["answer"] for row in data["questions"]] == [f"{NAME} ydw i"]
    assert data["editions"][0]["about_cy"] == f"<p>Dyma {NAME}.</p>"
    assert {row["recipient"] for row in data["messages"]} == {ADDRESS}
    assert [row["text"] for row in data["problems"]] == [f"I am {NAME}"]
    assert [one for one, rows in data.items() if not rows] == ["pictures"]
    for private in (f"Ask {NAME}", f"{NAME} agrees", f"names {NAME}", editor.email, str(editor.key), "token_hash"):
        assert private not in json.dumps(data, ensure_ascii=False) + page
    assert ("<p>" in data["editions"][0]["about_cy"], "&lt;p&gt;" in page) == (True, False)


def test_the_page_to_read_is_in_the_language_of_the_person(planted: School) -> None:
    assert '<html lang="cy">' in taken(planted.client, "cy").read("held.html").decode()


def test_pictures_are_in_it(db: None) -> None:
    case = CaseStudyFactory.create(status="submitted", edition__pictures=2)
    names = taken(opened(case)).namelist()
    assert len([name for name in names if name.startswith("pictures/")]) == 2


def test_a_draft_can_be_taken_away_too(school: School) -> None:
    school.fill()
    data = json.loads(taken(school.client).read("held.json"))
    assert data["draft"][0]["you"]["name"] == "Nia Prysor-Unigryw"


@pytest.mark.parametrize("state", ["submitted", "published"])
def test_the_pages_of_the_story_lead_there(state: str) -> None:
    browser = opened(CaseStudyFactory.create(status=state))
    assert f'href="{address("held")}"' in browser.get(address("status")).content.decode()
    assert f'href="{address("erase")}"' in browser.get(address("held")).content.decode()


# --- the clock ------------------------------------------------------------------------------------------------------------


def long_ago(days: int) -> Any:
    return NOON - timedelta(days=days)


@pytest.mark.parametrize(("status", "first"), [("declined", False), ("withdrawn", True)])
def test_a_story_goes_when_its_time_is_over_and_not_before(status: str, first: bool) -> None:
    kept, gone = CaseStudyFactory.create_batch(2, status=status, first_published_at=NOON if first else None)
    for case, days in ((kept, 364), (gone, 365)):
        EditionPictureFactory.create(edition=case.editions.get())
        CaseStudy.objects.filter(pk=case.pk).update(status_since=long_ago(days))
    forget_what_is_over(NOON)
    forget_what_is_over(NOON)
    assert set(Contributor.objects.values_list("case_study_id", flat=True)) == {kept.pk}
    assert (CaseStudy.objects.filter(pk=gone.pk).exists(), Snapshot.objects.count()) == (first, 1)
    assert list(Erasure.objects.values_list("subject", "what")) == [(gone.uuid, "words" if first else "all")]
    assert [event.code for event in Event.objects.about(gone.uuid)] == ["forget"]
    assert set(Permission.objects.values_list("case_study_id", flat=True)) == (
        {kept.pk, gone.pk} if first else {kept.pk}
    )
    if first:
        assert Client().get(gone.get_absolute_url()).status_code == 410


def test_who_permitted_what_is_kept_as_proof_and_then_goes() -> None:
    case = CaseStudyFactory.create(status="withdrawn", first_published_at=NOON)
    Permission.objects.update(withdrawn_at=long_ago(2189))
    forget_what_is_over(NOON)
    assert Permission.objects.count() == 3
    forget_what_is_over(NOON + timedelta(days=1))
    assert (Permission.objects.count(), CaseStudy.objects.filter(pk=case.pk).exists()) == (0, True)


def test_the_rest_goes_by_its_own_time(django_capture_on_commit_callbacks: Any) -> None:
    case = CaseStudyFactory.create(status="published")
    CaseStudy.objects.filter(pk=case.pk).update(first_published_at=long_ago(365))
    DocumentFactory.create(case_study=case, name="old.pdf")
    shown = DocumentCopyFactory.create(document__case_study=case)
    waiting = DocumentFactory.create(case_study=CaseStudyFactory.create(status="in_review"))
    AccessLink.mint(case, "open", "a@example.org")
    AccessLink.objects.update(expires_at=long_ago(90))
    problems = [Problem(asked_as=str(n), kind="error", text="x", language="cy") for n in range(3)]
    for problem in problems:
        report(problem)
    Problem.objects.exclude(pk=problems[0].pk).update(state="closed", closed_at=long_ago(364))
    Problem.objects.filter(pk=problems[2].pk).update(closed_at=long_ago(365))
    for state in ("queued", "failed"):
        Message.objects.create(
            kind="accepted", about=case.uuid, recipient="a@example.org", language="cy", next_try=NOON, state=state
        )
    Message.objects.update(created_at=long_ago(730))
    with django_capture_on_commit_callbacks(execute=True):
        forget_what_is_over(NOON)
    assert set(case.documents.values_list("pk", flat=True)) == {shown.document.pk}
    assert waiting.file.storage.exists(waiting.file.name)
    assert set(Problem.objects.values_list("pk", flat=True)) == {problems[0].pk, problems[1].pk}
    assert list(Message.objects.values_list("state", flat=True)) == ["queued"]
    assert AccessLink.objects.count() == 0


def test_one_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = CaseStudyFactory.create_batch(2, status="declined")
    CaseStudy.objects.update(status_since=long_ago(400))
    real = forget_story

    def fails(case: CaseStudy) -> None:
        if case.pk == first.pk:
            raise RuntimeError("no")
        real(case)

    monkeypatch.setattr(retention, "forget_story", fails)
    with pytest.raises(RuntimeError):
        forget_what_is_over(NOON)
    assert list(CaseStudy.objects.values_list("pk", flat=True)) == [first.pk]
    assert Event.objects.about(first.uuid).count() == 0
    assert not CaseStudy.objects.filter(pk=second.pk).exists()
