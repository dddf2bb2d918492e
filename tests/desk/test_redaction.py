"""Redaction: a unique name, written everywhere, is afterwards in no table and in no file; and only that it was done is kept."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from reversion.models import Version

from casestudies.forgetting import erase_again
from casestudies.models import (
    CaseStudy,
    CaseStudyEdition,
    Document,
    Erasure,
    Finding,
    LinkRequest,
    ReadyReason,
    Snapshot,
)
from foundation.bilingual.agreement import State
from foundation.bilingual.services import agree_all, states_of
from foundation.clock.models import Job
from foundation.correspondence.models import Attempt, Message
from foundation.people.models import User
from foundation.problems.models import Problem, ProblemNote
from foundation.publishing.models import FormerSlug
from foundation.publishing.services import save_words, set_slug
from foundation.record.actors import CLOCK, Actor, Role
from foundation.record.models import Event, Redaction
from foundation.record.passages import MARK, Named, Passages, mark_of, words_of
from foundation.record.redaction import all_words, find_passages, redact, redact_again
from hallmarks.models import Framework, Strand
from pages.models import PageEdition
from references.models import CitationLink, Excuse
from tests.factories import (
    CaseStudyFactory,
    ConnectionFactory,
    DocumentFactory,
    HallmarkEditionFactory,
    HallmarkFactory,
    PageFactory,
    WorkFactory,
)
from tests.joinin.school import School
from tests.joinin.test_forgetting import NAME, PLACES, found_in_files, found_in_tables, own_files, planted
from tests.problems.test_personal_data import listed

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
__all__ = ["own_files", "planted"]  # fixtures

#: Places of words beyond those that a story fills by itself.
MORE = {
    "admin.LogEntry.change_message", "admin.LogEntry.object_repr", "bilingual.Agreement.text_cy", "bilingual.Agreement.text_en",
    "casestudies.CaseStudy.slug_cy", "casestudies.CaseStudyEdition.about", "casestudies.CaseStudyEdition.schools",
    "casestudies.ReadyReason.text_cy", "casestudies.ReadyReason.title_en", "hallmarks.Framework.variants",
    "hallmarks.Strand.candidate_source", "casestudies.Finding.quote", "casestudies.LinkRequest.email", "clock.Job.error", "correspondence.Attempt.answer",
    "correspondence.Message.error", "hallmarks.Connection.printed_cy", "hallmarks.HallmarkEdition.body_cy",
    "pages.PageEdition.title_en", "problems.Problem.where", "problems.ProblemNote.text", "publishing.FormerSlug.slug",
    "references.CitationLink.as_printed", "references.Excuse.reason", "reversion.Version.object_repr",
    "reversion.Version.serialized_data",
}  # fmt: skip


@pytest.fixture
def everywhere(planted: School, editor: User) -> CaseStudy:
    """The name also in earlier versions, agreements, addresses, and in what stands around stories."""
    case = CaseStudy.objects.get()
    edition = case.editions.get()
    edition.title_cy, edition.title_en = f"Taith {NAME}", f"The journey of {NAME}"
    edition.schools = f"Ysgol {NAME}"
    save_words(edition=edition, version=edition.version, by=None)
    agree_all(obj=edition, how="speaker", by=editor)  # type: ignore[arg-type]
    for slug in (f"cyn-{NAME.lower()}", f"taith-{NAME.lower()}-2"):
        set_slug(content=case, language="cy", slug=slug)
    Finding.objects.create(case_study=case, kind="pupil", field="about", language="cy", quote=NAME, before="Dyma ")
    LinkRequest.objects.create(email=f"{NAME}@example.org")
    Job.objects.create(name="a-job", next_at=timezone.now(), error=f"Key (email)=({NAME}@example.org)")
    Message.objects.update(error=f"550 {NAME}")
    Attempt.objects.create(message=Message.objects.all()[0], answer=f"250 {NAME}")
    Problem.objects.update(where=f"Taith {NAME}")
    ProblemNote.objects.create(problem=Problem.objects.get(), text=f"Ask {NAME}", by=editor)
    page = PageFactory.create(edition__stage="working").editions.get()
    page.title_en = f"Thanks to {NAME}"
    save_words(edition=page, version=page.version, by=editor)
    hallmark = HallmarkEditionFactory.create(
        content=HallmarkFactory.create(number=7), stage="working", body_cy=f"<p>{NAME}</p>"
    )
    connection = ConnectionFactory.create(edition=hallmark, printed_cy=f"Gweler {NAME}")
    Framework.objects.filter(pk=connection.strand.framework_id).update(variants=[f"Fframwaith {NAME}"])
    Strand.objects.filter(pk=connection.strand_id).update(candidate_source=f"In a letter of {NAME}")
    ReadyReason.objects.create(
        move="decline", title_cy="Dim digon", title_en=f"As {NAME} says", text_cy=f"Gofynnwch i {NAME}.", text_en="Ask."
    )
    kinds = {"subject": case.uuid, "language": "cy", "field": "about", "by": editor}
    Excuse.objects.create(**kinds, kind="cited_not_listed", as_printed="(Jones, 2020)", reason=f"{NAME} says so")
    CitationLink.objects.create(
        of=case, field="about", language="cy", as_printed=f"({NAME}, 2020)", work=WorkFactory.create()
    )
    LogEntry.objects.create(
        user=editor, content_type=ContentType.objects.get_for_model(CaseStudy), object_id=str(case.pk), object_repr=NAME,
        action_flag=CHANGE, change_message=json.dumps([{"changed": {"name": "person", "object": NAME}}]),
    )  # fmt: skip
    return case


def boss_of(user: User) -> Actor:
    return Actor(Role.ADMINISTRATOR, user)


# --- the planted name -------------------------------------------------------------------------------------------------------


def test_the_name_is_in_no_table_and_no_file(
    everywhere: CaseStudy, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert (PLACES | MORE) - found_in_tables(NAME) == set()
    assert found_in_files(NAME) == {"evidence", "copy"}
    with django_capture_on_commit_callbacks(execute=True):
        done = redact(passages=Passages.of([NAME]), actor=boss_of(administrator))
    assert (found_in_tables(NAME), found_in_files(NAME)) == (set(), set())
    assert len(done.places) >= 25
    assert find_passages(Passages.of([NAME])) == []


def test_what_is_left_is_whole(everywhere: CaseStudy, administrator: User, client_of: Browse) -> None:
    before = states_of(everywhere.editions.get())["title"].state
    version = everywhere.editions.get().version
    redact(passages=Passages.of([NAME]), actor=boss_of(administrator))
    case = CaseStudy.objects.get()
    edition = case.editions.get()
    assert (edition.title_cy, edition.about_en) == (f"Taith {MARK}", f"<p>This is {MARK}.</p>")
    assert (before, states_of(edition)["title"].state, edition.version) == (State.IN_STEP, State.IN_STEP, version + 1)
    assert re.fullmatch(r"taith-[a-z]{6}-2", case.slug_cy)
    assert FormerSlug.objects.filter(object_id=case.pk, content_type__model="casestudy").count() == 0
    assert (case.contributor.name, case.contributor.email, case.contributor.address_confirmed_at) == (
        f"Nia {MARK}",
        "",
        None,
    )
    assert Snapshot.objects.all()[0].story["about_cy"] == f"<p>Dyma {MARK}.</p>"
    assert (Document.objects.count(), case.credits.count(), CitationLink.objects.count()) == (0, 0, 0)
    assert Excuse.objects.get().reason == f"{MARK} says so"
    for stored in Version.objects.all():
        assert json.loads(stored.serialized_data)[0]["fields"]
    for name in ("casestudies_casestudy_change", "casestudies_casestudy_history"):
        assert client_of(administrator).get(reverse(f"admin:{name}", args=[case.pk])).status_code == 200


def test_the_log_says_that_it_was_done_and_never_what(everywhere: CaseStudy, administrator: User) -> None:
    lines = Event.objects.count()
    done = redact(passages=Passages.of([NAME, "Mair"]), actor=boss_of(administrator))
    event = Event.objects.about(done.uuid).get()
    assert (event.code, event.kind, event.role, event.actor) == (
        "redact",
        "redaction",
        "administrator",
        str(administrator.key),
    )
    assert (Event.objects.count(), len(done.marks)) == (lines + 1, 2)
    kept = json.dumps([done.marks, done.places]).casefold()
    assert [word for word in (*words_of(NAME), "mair") if word in kept] == []


def test_staff_and_the_bibliography_are_counted_and_stay(administrator: User) -> None:
    User.objects.filter(pk=administrator.pk).update(name=f"Nia {NAME}")
    WorkFactory.create(title=f"By {NAME}")
    found = {each.words.model.__name__: each.words.stays for each in find_passages(Passages.of([NAME]))}
    assert found == {"User": True, "Work": True}
    assert redact(passages=Passages.of([NAME]), actor=boss_of(administrator)).places == {}
    administrator.refresh_from_db()
    assert administrator.name == f"Nia {NAME}"


def test_it_is_done_altogether_or_not_at_all(
    everywhere: CaseStudy, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no")

    there = found_in_tables(NAME)
    monkeypatch.setattr("foundation.record.redaction.write", fails)
    with pytest.raises(RuntimeError):
        redact(passages=Passages.of([NAME]), actor=boss_of(administrator))
    assert (found_in_tables(NAME), found_in_files(NAME)) == (there, {"evidence", "copy"})
    assert Redaction.objects.count() == 0


# --- the registry against the document --------------------------------------------------------------------------------------


def test_every_column_of_the_document_is_registered() -> None:
    """Those that are files go with their rows, a password is a hash, and the list of redactions holds nobody."""
    said = {f"{words.model._meta.label}.{column}" for words in all_words() for column in words.columns}
    document = {f"{label}.{column}" for label, columns in listed().items() for column in columns}
    not_words = {
        "casestudies.Document.file", "casestudies.DocumentCopy.file", "files.Picture.full", "files.Picture.small",
        "people.User.password",
    }  # fmt: skip
    staff = ("mfa.", "socialaccount.", "usersessions.")  # how members of staff sign in
    assert {name for name in document - said if not name.startswith(staff)} == not_words
    for words in all_words():
        assert words.names != [], words.model


# --- finding ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Siân Prys", MARK),
        ("SIÂN  PRYS a Sian Prys", f"{MARK} a {MARK}"),
        ("Sia\u0302n\nPrys", MARK),
        ("sian-prys_2026.pdf", f"{MARK}_2026.pdf"),
        ("sian.prys@ysgol.example", f"{MARK}@ysgol.example"),
        ("<p>Siân <strong>Prys</strong>.</p>", f"<p>{MARK}<strong></strong>.</p>"),
        ("<p>Siân&nbsp;Prys’s</p>", f"<p>{MARK}’s</p>"),
        ('<a href="mailto:sian.prys@x.example">ebost</a>', f'<a href="mailto:{MARK}@x.example">ebost</a>'),
        ("Siân a Prys", "Siân a Prys"),
        ("Siân Pryse a Rhosiân Prys", "Siân Pryse a Rhosiân Prys"),
        ("Siân", "Siân"),
        ("", ""),
    ],
)
def test_a_passage_is_found_however_it_is_written(text: str, left: str) -> None:
    assert Passages.of(["Siân Prys"]).replace(text)[0] == left


def test_what_json_holds_is_replaced_at_any_depth_and_counted() -> None:
    story = {"title_cy": "Nia Prys", "rows": [{"alt": "Llun o Nia Prys", "n": 3}, None], "ok": True}
    assert Passages.of(["Nia Prys"]).replace(story) == (
        {"title_cy": MARK, "rows": [{"alt": f"Llun o {MARK}", "n": 3}, None], "ok": True}, 2,
    )  # fmt: skip


@given(st.text(max_size=40), st.text(max_size=40), st.lists(st.text(max_size=8), min_size=1, max_size=3))
def test_nothing_named_is_left_and_marks_find_the_same(before: str, after: str, words: list[str]) -> None:
    named = Passages.of([" ".join(words)])
    text = f"{before} {' '.join(words)} {after}"
    replaced, times = named.replace(text)
    if named.named:
        assert times >= 1
        assert named.replace(replaced)[1] == 0
    assert Passages.marked(named.marks).replace(text) == (replaced, times)


def test_a_passage_of_two_letters_is_none() -> None:
    assert [Passages.of([text]).too_short for text in ("ab", "…", "", "abc", "a b c")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert mark_of(("nia",)) != mark_of(("nia", "prys"))
    assert isinstance(Passages.of(["abc"]), Named)


# --- the page ---------------------------------------------------------------------------------------------------------------

ADDRESS = "/admin/redaction/"


def test_only_administrators_redact(editor: User, translator: User, administrator: User, client_of: Browse) -> None:
    page = PageFactory.create(edition__stage="working", edition__title_en=NAME)
    for user in (editor, translator):
        assert client_of(user).get(ADDRESS).status_code == 403
        assert client_of(user).post(ADDRESS, {"passages": NAME, "_redact": "1", "seen": "1"}).status_code == 403
    assert (Client().get(ADDRESS).status_code, client_of(administrator).get(ADDRESS).status_code) == (302, 200)
    assert PageEdition.objects.get(content=page).title_en == NAME


def test_it_is_shown_first_and_then_done(administrator: User, client_of: Browse) -> None:
    PageFactory.create(edition__stage="working", edition__title_en=f"{NAME}, {NAME}", edition__agreed=False)
    DocumentFactory.create(text=f"Gan {NAME}")
    browser = client_of(administrator)
    shown = browser.post(ADDRESS, {"passages": NAME, "_look": "1"})
    rows = re.findall(
        r"<th scope=\"row\">(.*?)</th>\s*<td>(.*?)</td>\s*<td>(\d+)</td>\s*<td>(\d+)</td>\s*<td>(.*?)</td>",
        shown.content.decode(),
    )
    assert ("Documents", "What it says", "1", "1", "goes altogether") in rows
    assert [row[0] for row in rows] == ["Texts of standing pages", "Documents"]
    seen = shown.context["seen"]
    assert (found_in_tables(NAME) != set(), "no-store" in shown["Cache-Control"]) == (True, True)
    stale = browser.post(ADDRESS, {"passages": NAME, "_redact": "1", "seen": str(seen + 1)})
    assert ("More or fewer were found" in stale.content.decode(), Redaction.objects.count()) == (True, 0)
    done = browser.post(ADDRESS, {"passages": NAME, "_redact": "1", "seen": str(seen)}, follow=True)
    assert "The passages are replaced everywhere." in done.content.decode()
    assert (found_in_tables(NAME), Redaction.objects.get().actor) == (set(), str(administrator.key))
    row = browser.get(reverse("admin:record_redaction_change", args=[Redaction.objects.get().pk])).content.decode()
    assert ("Documents: 1" in row, administrator.name in row) == (True, True)


@pytest.mark.parametrize("passages", ["", "ab", "Nia Prys\nab", "…", "x" * 2001])
def test_what_cannot_be_a_passage_is_refused(passages: str, administrator: User, client_of: Browse) -> None:
    answer = client_of(administrator).post(ADDRESS, {"passages": passages, "_redact": "1", "seen": "0"})
    assert (answer.status_code, 'class="errorlist"' in answer.content.decode() or passages == "Nia Prys\nab") == (
        200,
        True,
    )
    assert (Redaction.objects.count(), Event.objects.count()) == (0, 0)


def test_the_switch_keeps_what_was_typed(administrator: User, client_of: Browse) -> None:
    answer = client_of(administrator).post(ADDRESS, {"passages": "Nia Prys", "_language": "cy"}).content.decode()
    assert ('<html lang="cy"' in answer, ">\nNia Prys</textarea>" in answer) == (True, True)
    assert Redaction.objects.count() == 0


def test_the_pages_on_keeping_lead_there(administrator: User, editor: User, client_of: Browse) -> None:
    found = reverse("admin:record_redaction_changelist")
    retention = reverse("admin:retention")
    shown = [found in client_of(user).get(retention).content.decode() for user in (administrator, editor)]
    assert shown == [True, False]
    assert ADDRESS in client_of(administrator).get(found).content.decode()


# --- after a backup ---------------------------------------------------------------------------------------------------------


def test_a_redaction_is_done_again_to_what_a_backup_brings_back(administrator: User, editor: User) -> None:
    page = PageFactory.create(edition__stage="working", edition__title_en=f"By Nia {NAME}").editions.get()
    done = redact(passages=Passages.of([f"Nia {NAME}"]), actor=boss_of(administrator))
    PageEdition.objects.filter(pk=page.pk).update(title_en=f"By Nia <em>{NAME.upper()}</em>, not Nia")
    assert redact_again(done) == {"pages.PageEdition": 1}
    assert PageEdition.objects.get().title_en == f"By {MARK}<em></em>, not Nia"
    lines = Event.objects.count()
    assert (redact_again(done, actor=CLOCK), Event.objects.count()) == ({}, lines)


def test_the_list_is_taken_out_and_done_again(administrator: User, tmp_path: Path, capsys: Any) -> None:
    gone, story = CaseStudyFactory.create(status="declined"), CaseStudyFactory.create(status="published")
    Erasure.objects.create(subject=gone.uuid, what="all", at=timezone.now())
    Erasure.objects.create(subject=story.uuid, what="people", at=timezone.now())
    redact(passages=Passages.of([NAME]), actor=boss_of(administrator))
    call_command("erasures")
    file = tmp_path / "erasures.json"
    file.write_text(capsys.readouterr().out)
    assert NAME.casefold() not in file.read_text().casefold()
    Erasure.objects.all().delete()
    Redaction.objects.all().delete()  # as in a backup that is older than they are
    CaseStudyEdition.objects.filter(content=story).update(summary_cy=f"Gan {NAME}")
    for said in ("Erased again: 2. Redacted again: 1.", "Erased again: 1. Redacted again: 0."):
        call_command("erasures", str(file), "--again")
        assert said in capsys.readouterr().out
    assert list(CaseStudy.objects.values_list("pk", flat=True)) == [story.pk]
    assert CaseStudy.objects.get().contributor_or_none is None
    assert CaseStudyEdition.objects.get().summary_cy == f"Gan {MARK}"
    assert (Erasure.objects.count(), Redaction.objects.count()) == (2, 1)


@pytest.mark.parametrize("status", ["published", "archived", "withdrawn"])
def test_words_that_were_withdrawn_and_erased_are_erased_again_and_nobody_is_written_to(status: str) -> None:
    story = CaseStudyFactory.create(
        status=status, edition__summary_cy=f"Gan {NAME}", first_published_at=timezone.now(), contributor__name=NAME
    )
    erasure = Erasure.objects.create(subject=story.uuid, what="words", at=timezone.now())
    assert erase_again(erasure)
    story = CaseStudy.objects.get(pk=story.pk)
    assert (story.status, story.editions.count(), story.contributor_or_none) == ("withdrawn", 0, None)
    assert not Message.objects.filter(about=story.uuid).exists()
    assert found_in_tables(NAME) == set()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"erasures": [{}], "redactions": []}'])
def test_a_file_that_is_no_list_changes_nothing(content: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(content)
    with pytest.raises(CommandError):
        call_command("erasures", str(file), "--again")
    with pytest.raises(CommandError):
        call_command("erasures", str(file))
    assert Erasure.objects.count() == 0
