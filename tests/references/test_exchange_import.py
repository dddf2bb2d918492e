"""Importing works: what is new, same, changed or doubtful; carrying it out; by command and in the admin. Merging."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.models import CaseStudyReference
from foundation.people.models import User
from foundation.record.actors import CLOCK
from foundation.record.models import Event
from hallmarks.models import HallmarkReference
from references import services
from references.exchange.carrying import ChangedMeanwhile, carry_out
from references.exchange.formats import Format, write
from references.exchange.items import staff_item
from references.exchange.merging import merge_works
from references.exchange.plan import Decision, Outcome, plan_import
from references.models import CitationLink, Excuse, FormerKey, Work, WorkName
from references.services import save_work
from references.styles import VERSION
from tests.factories import CaseStudyFactory, HallmarkFactory, PictureFactory, WorkFactory
from tests.public.reading import read as read_page

pytestmark = pytest.mark.django_db


#: A savepoint each, what is there, what was decided on, new works and their names.
LARGE_IMPORT = 10


def item(**fields: Any) -> dict[str, Any]:
    """A book of Jones, 2019."""
    plain = {"type": "book", "title": "Leading & learning", "issued": {"date-parts": [[2019]]}}
    return {**plain, "author": [{"family": "Jones", "given": "Ann"}], **fields}


def outcomes(*items: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    rows = plan_import(list(items)).rows
    return [(row.outcome.value, row.key, row.work.key if row.work else None) for row in rows]


def test_on_an_empty_bibliography_everything_is_new_with_a_key_that_can_stand_in_an_address() -> None:
    assert outcomes(
        item(id="own-key"), item(id="http://example.org/1", title="B"), item(title="C"), item(title="D", author=[], issued={}),
        item(title="E", id="x" * 101),
    ) == [
        ("new", "own-key", None), ("new", "jones-2019", None), ("new", "jones-2019-2", None), ("new", "d-n-d", None),
        ("new", "jones-2019-3", None),
    ]  # fmt: skip
    assert not Work.objects.exists()


def test_the_same_again_is_the_same_and_a_field_that_differs_is_named() -> None:
    save_work(key="jones-2019", csl=item(id="jones-2019", DOI="10.1/a", custom={"note": "Kept.", "title_cy": None}))
    assert outcomes(item(id="jones-2019")) == [("same", "jones-2019", "jones-2019")]
    [row] = plan_import([item(id="jones-2019", DOI="10.1/b", publisher="P", custom={"note": "Other."})]).rows
    assert (row.outcome, [(one.field, one.before, one.after) for one in row.differences]) == (
        Outcome.CHANGED, [("DOI", "10.1/a", "10.1/b"), ("publisher", None, "P"), ("custom.note", "Kept.", "Other.")],
    )  # fmt: skip


def test_what_came_under_an_id_of_another_program_is_known_by_it() -> None:
    carry_out(plan_import([item(id="http://example.org/1")]))
    assert outcomes(item(id="http://example.org/1")) == [("same", "jones-2019", "jones-2019")]
    assert Work.objects.get().csl["id"] == "http://example.org/1"


@pytest.mark.parametrize(
    ("there", "found", "reason"),
    [
        ({"DOI": "10.1/AB"}, {"DOI": "https://doi.org/10.1/ab", "title": "Other"}, "the same DOI"),
        ({"ISBN": "978-0-306-40615-7"}, {"ISBN": "0306406152", "title": "Other"}, "the same ISBN"),
        ({}, {"title": "LEADING and  Léarning!", "publisher": "P"}, "the same title and year"),
    ],
)
def test_a_duplicate_is_doubtful_and_says_why(there: dict[str, Any], found: dict[str, Any], reason: str) -> None:
    save_work(key="jones-2019", csl=item(**there))
    [row] = plan_import([item(**{"id": "jones", "publisher": "Q", **found})]).rows
    assert (row.outcome, row.key, row.work and row.work.key) == (Outcome.DOUBTFUL, "jones", "jones-2019")
    assert row.reasons == [f"Jones, A. (2019) (jones-2019) has {reason}."]
    assert row.choices == [Decision.LEAVE, Decision.UPDATE, Decision.ADD]


def test_chapters_of_one_book_are_not_each_other() -> None:
    save_work(key="a", csl=item(type="chapter", ISBN="9780306406157", title="One"))
    assert outcomes(item(id="b", type="chapter", ISBN="9780306406157", title="Two")) == [("new", "b", None)]


def test_a_key_that_means_another_work_an_item_without_title_and_a_pair_in_the_file_are_doubtful() -> None:
    save_work(key="jones-2019", csl=item())
    another = item(id="jones-2019", title="Another", author=[{"family": "Evans"}], issued={"date-parts": [[1999]]})
    rows = plan_import([another, item(id="x", title=" "), item(id="y", title="Z"), item(id="z", title="z")]).rows
    assert [(row.outcome, row.key) for row in rows] == [
        (Outcome.DOUBTFUL, "evans-1999"), (Outcome.DOUBTFUL, "x"), (Outcome.NEW, "y"), (Outcome.DOUBTFUL, "z"),
    ]  # fmt: skip
    assert [row.reasons for row in rows] == [
        ["Its key “jones-2019” means another work here."], ["It has no title. Give it one in the file."], [],
        ["It may be the same work as entry 3 of the file."],
    ]  # fmt: skip
    assert rows[1].choices == [Decision.LEAVE]


def test_carrying_out_adds_and_changes_and_keeps_what_editors_wrote_since() -> None:
    work = save_work(key="jones-2019", csl=item(DOI="10.1/a", custom={"note": "Old.", "x": 1}))
    Work.objects.filter(pk=work.pk).update(note="Newer.", welsh_title="Teitl")
    done = carry_out(
        plan_import([item(id="jones-2019", publisher="P"), item(id="new", title="B"), item(id="z", title="b")])
    )
    assert [(row.number, decision) for row, decision in done] == [(1, Decision.UPDATE), (2, Decision.ADD)]
    work.refresh_from_db()
    assert (work.note, work.welsh_title, work.doi, work.csl["publisher"]) == ("Newer.", "Teitl", "10.1/a", "P")
    assert work.csl["custom"] == {"note": "Newer.", "x": 1, "title_cy": "Teitl"}
    assert sorted(Work.objects.values_list("key", flat=True)) == ["jones-2019", "new"]


def test_what_is_decided_is_done_and_nothing_that_is_not_offered() -> None:
    save_work(key="jones-2019", csl=item())
    plan = plan_import([item(id="a", publisher="P"), item(id="b", title="B"), item(id="c", title="")])
    done = carry_out(plan, {1: Decision.ADD, 2: Decision.UPDATE, 3: Decision.ADD})
    assert [(row.key, decision) for row, decision in done] == [("a", Decision.ADD)]
    assert sorted(Work.objects.values_list("key", flat=True)) == ["a", "jones-2019"]


def test_a_plan_that_is_out_of_date_changes_nothing() -> None:
    plan = plan_import([item(id="a"), item(id="b", title="B")])
    save_work(key="b", csl=item(title="Somebody's"))
    with pytest.raises(ChangedMeanwhile):
        carry_out(plan)
    assert [(work.key, work.title) for work in Work.objects.all()] == [("b", "Somebody's")]


def test_two_rows_for_one_work_are_both_written() -> None:
    save_work(key="jones-2019", csl=item(DOI="10.1/a"))
    plan = plan_import([item(id="jones-2019", publisher="P"), item(id="x", DOI="10.1/A", edition="2")])
    carry_out(plan, {1: Decision.UPDATE, 2: Decision.UPDATE})
    work = Work.objects.get()
    assert (work.csl["publisher"], work.csl["edition"], work.doi) == ("P", "2", "10.1/A")


def test_a_key_that_somebody_takes_at_the_same_moment_changes_nothing() -> None:
    plan = plan_import([item(id="a"), item(id="b", title="B")])
    plan.rows[1].key = "a"  # as another process would take it between our look and our write
    with pytest.raises(ChangedMeanwhile):
        carry_out(plan)
    assert not Work.objects.exists()


def test_a_doi_given_as_an_address_is_found_again_and_goes_out_as_it_came() -> None:
    came = item(id="jones-2019", DOI="https://doi.org/10.1/AB")
    carry_out(plan_import([came]))
    work = Work.objects.get()
    assert (work.doi, work.csl, staff_item(work)) == ("10.1/AB", came, came)
    for written in ("10.1/ab", "DOI:10.1/ab", "http://dx.doi.org/10.1/AB"):
        assert outcomes(item(id="b", title="Other", DOI=written)) == [("doubtful", "b", "jones-2019")]


def test_what_stands_beside_an_item_goes_out_as_it_came() -> None:
    for number, custom in enumerate(
        [{"url_cy": "javascript:1"}, {"identity": "stated: x"}, {"note": 7}, {"title_cy": None, "verified": False}, {}]
    ):
        came = item(id=f"k{number}", title=f"T{number}", custom=custom)
        assert staff_item(save_work(key=f"k{number}", csl=came)) == came


@pytest.mark.parametrize("more", [0, 30])
def test_the_entries_of_a_large_import_are_left_to_the_worker_and_shown_meanwhile(
    more: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "RENDERED_AT_ONCE", 2)
    plan = plan_import([item(id=f"k{number}", title=f"T{number}") for number in range(5 + more)])
    with CaptureQueriesContext(connection) as queries:
        carry_out(plan)
    assert len(queries) == LARGE_IMPORT
    works = list(Work.objects.order_by("pk"))
    assert [bool(work.entry_en) for work in works] == [True] * 2 + [False] * (3 + more)
    assert works[4].entry("en") == works[0].entry_en.replace("T0", "T4")
    assert {work.pk for work in works} == set(WorkName.objects.values_list("work", flat=True))
    services.render_entries(timezone.now())
    assert [work.entry_en for work in Work.objects.order_by("pk")] == [work.entry("en") for work in works]
    assert not Work.objects.exclude(entry_version=VERSION).exists()


def test_rendering_gives_way_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        WorkFactory.create(key=f"k{number}")
    Work.objects.update(entry_version=0)
    monkeypatch.setattr(services, "RUN_SECONDS", -1)
    services.render_entries(timezone.now())
    assert Work.objects.filter(entry_version=0).count() == 2


# --- commands ---------------------------------------------------------------------------------------------------------------


def run(name: str, *arguments: object) -> str:
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.parametrize("file_format", list(Format))
def test_the_bibliography_goes_out_and_comes_back_whole(file_format: Format, tmp_path: Path) -> None:
    first = WorkFactory.create(
        key="own-key", csl=item(id="http://example.org/1", custom={"identity": "stated; and more"})
    )
    second = WorkFactory.create(
        key="b", csl=item(title="B", note="N"), note="Private.", welsh_title="Teitl", is_verified=True
    )
    run("export_references", "--output", tmp_path / "all", "--format", file_format.value)
    before = {work.title: (work.note, work.welsh_title, work.is_verified, work.identity) for work in (first, second)}
    Work.objects.all().delete()
    report = json.loads(run("import_references", tmp_path / "all", "--json"))
    assert {name: report[name] for name in ("written", "new", "same", "changed", "doubtful")} == {
        "written": True, "new": 2, "same": 0, "changed": 0, "doubtful": 0,
    }  # fmt: skip
    works = Work.objects.order_by("pk")
    assert {work.title: (work.note, work.welsh_title, work.is_verified, work.identity) for work in works} == before
    assert works[0].csl == first.csl
    assert json.loads(run("import_references", tmp_path / "all", "--json"))["same"] == 2


def test_some_works_are_exported_by_key_and_an_unknown_key_fails() -> None:
    for key in ("a", "b", "c"):
        WorkFactory.create(key=key)
    assert [one["id"] for one in json.loads(run("export_references", "c", "a"))] == ["a", "c"]
    with pytest.raises(CommandError, match="nobody"):
        run("export_references", "nobody", "a")


def test_one_bad_file_and_nothing_is_written(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.ris"
    good.write_text(write([item(id="a")], Format.RIS))
    bad.write_text("TY  - BOOK\nTI  - A\n")
    with pytest.raises(CommandError) as refused:
        run("import_references", good, bad, tmp_path / "missing.bib", "--json")
    assert "bad.ris: Line 1" in str(refused.value)
    assert "2 files were refused; nothing was written." in str(refused.value)
    assert not Work.objects.exists()


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "works.ris"  # BibTeX all the same
    file.write_text("@book{a, title={A}, year=2019}", encoding="utf-8-sig")
    said = run("import_references", file, "--dry-run")
    assert said == "new: a – A\n1 new, 0 the same, 0 changed, 0 doubtful and left out. Nothing was written.\n"
    assert not Work.objects.exists()


# --- in the admin -----------------------------------------------------------------------------------------------------------

IMPORT = "/admin/references/work/import/"
Signed = Callable[[User], Client]


def upload(client: Client, data: str | bytes) -> Any:
    content = data.encode() if isinstance(data, str) else data
    return client.post(IMPORT, {"file": SimpleUploadedFile("works.txt", content)})


def fields_of(answer: Any) -> dict[str, str]:
    page = read_page(answer)
    boxes = {
        e.attributes["name"]: e.attributes["value"]
        for e in page.all("input", type="checkbox")
        if "checked" in e.attributes
    }
    hidden = {
        e.attributes["name"]: e.attributes["value"]
        for e in page.all("input", type="hidden")
        if e.attributes["name"] in ("data", "print")
    }
    return {**boxes, **hidden}


def test_a_file_is_shown_before_it_is_imported(editor: User, client_of: Signed) -> None:
    save_work(key="old", csl=item(title="Old"))
    save_work(key="dup", csl=item(title="Dup"))
    client = client_of(editor)
    items = [
        item(id="fresh", title="<b>Fresh</b>"),
        item(id="old", title="Old", publisher="P"),
        item(id="d2", title="Dup", publisher="Q"),
    ]
    answer = upload(client, write(items, Format.RIS))
    text = answer.content.decode()
    assert (answer.status_code, Work.objects.count()) == (200, 2)
    assert "1 new, 0 the same, 1 changed, 1 doubtful. Nothing has been written yet." in text
    assert "&lt;b&gt;Fresh&lt;/b&gt;" in text
    fields = fields_of(answer)
    assert {name: value for name, value in fields.items() if name.startswith("row")} == {
        "row-1": "add",
        "row-2": "update",
    }
    answer = client.post(IMPORT, {**fields, "row-3": "add"}, follow=True)
    assert "2 works were added. 1 work was changed." in answer.content.decode()
    assert sorted(Work.objects.values_list("key", flat=True)) == ["d2", "dup", "fresh", "old"]


def test_what_is_not_ticked_is_left_out(editor: User, client_of: Signed) -> None:
    client = client_of(editor)
    fields = fields_of(upload(client, write([item(id="a"), item(id="b", title="B")], Format.BIBTEX)))
    del fields["row-1"]
    client.post(IMPORT, fields)
    assert list(Work.objects.values_list("key", flat=True)) == ["b"]


def test_the_preview_is_shown_in_the_other_language_with_what_was_ticked(editor: User, client_of: Signed) -> None:
    client = client_of(editor)
    fields = fields_of(upload(client, write([item(id="a"), item(id="b", title="B")], Format.CSL_JSON)))
    del fields["row-2"]
    answer = client.post(IMPORT, {**fields, "_language": "cy"})
    assert (answer.status_code, Work.objects.count()) == (200, 0)
    assert '<html lang="cy"' in answer.content.decode()
    assert fields_of(answer)["row-1"] == "add"
    assert "row-2" not in fields_of(answer)


def test_if_somebody_changed_the_bibliography_it_is_shown_again(editor: User, client_of: Signed) -> None:
    client = client_of(editor)
    fields = fields_of(upload(client, write([item(id="a")], Format.CSL_JSON)))
    save_work(key="a", csl=item(title="Somebody's"))
    answer = client.post(IMPORT, fields)
    assert (answer.status_code, Work.objects.get().title) == (200, "Somebody's")
    assert "Somebody changed the bibliography meanwhile." in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("just words", "This is not RIS"),
        (b"TY  - BOOK\nTI  - \xff", "Line 2: the file is not in UTF-8"),
        ("[" + "{}," * 1000 + "{}]", "more than 1,000 works"),
        ("[" + " " * (3 * 1024 * 1024) + "]", "larger than 3 MB"),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_with_the_reason(
    editor: User, client_of: Signed, data: str | bytes, said: str
) -> None:
    answer = upload(client_of(editor), data)
    assert (answer.status_code, Work.objects.count()) == (200, 0)
    assert said in answer.content.decode()


@pytest.mark.parametrize("data", ["", "not base64!", "anVuaw=="])
def test_a_tampered_preview_changes_nothing(editor: User, client_of: Signed, data: str) -> None:
    answer = client_of(editor).post(IMPORT, {"data": data, "row-1": "add", "row-x": "add", "print": "x"})
    assert (answer.status_code, Work.objects.count()) == (302, 0)


def test_a_translator_may_neither_import_nor_merge(translator: User, client_of: Signed) -> None:
    one, other = WorkFactory.create(), WorkFactory.create()
    client = client_of(translator)
    assert client.get(IMPORT).status_code == upload(client, write([item()], Format.RIS)).status_code == 403
    for answer in (
        client.get(f"/admin/references/work/{one.pk}/merge/"),
        client.post(f"/admin/references/work/{one.pk}/merge/", {"stays": other.pk}),
    ):
        assert answer.status_code == 403
    assert Work.objects.count() == 2
    assert "/import/" not in client.get("/admin/references/work/").content.decode()


# --- merging ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def two() -> tuple[Work, Work]:
    """Two works: the one that goes stands in the lists of a hallmark, of its draft and of a case study; both in another's."""
    gone, stays = WorkFactory.create(key="gone", note="Kept."), WorkFactory.create(key="stays")
    Work.objects.filter(pk=gone.pk).update(cover=PictureFactory.create(), cover_alt_cy="Clawr", cover_alt_en="Cover")
    hallmark, both = HallmarkFactory.create(number=1, edition__source=gone), HallmarkFactory.create(number=2)
    HallmarkReference.objects.create(edition=hallmark.editions.get(), work=gone, printed_en="As printed")
    HallmarkReference.objects.create(
        edition=both.editions.get(), work=gone, position=1, printed_en="Here", printed_cy="Yma"
    )
    HallmarkReference.objects.create(edition=both.editions.get(), work=stays, position=5, printed_cy="Yno")
    draft = HallmarkFactory.create(number=3, edition__stage="working")
    HallmarkReference.objects.create(edition=draft.editions.get(), work=gone)
    case = CaseStudyFactory.create(status="editing")
    CaseStudyReference.objects.create(edition=case.editions.get(), work=gone)
    FormerKey.objects.create(key="older", work=gone)
    return gone, stays


def test_after_a_merge_no_citation_is_lost(two: tuple[Work, Work]) -> None:
    gone, stays = two
    item_before = gone.csl
    done = merge_works(gone=gone, stays=stays, actor=CLOCK)
    rows = HallmarkReference.objects.order_by("edition__content__number")
    assert [(row.edition.content.number, row.work.key, row.position, row.printed_cy or "", row.printed_en) for row in rows] == [
        (1, "stays", 0, "", "As printed"), (2, "stays", 1, "Yno", "Here"), (3, "stays", 0, "", ""),
    ]  # fmt: skip
    assert CaseStudyReference.objects.get().work == stays
    assert rows[0].edition.source == stays
    assert (done.moved["reference"], done.double["reference"]) == (3, 1)
    stays.refresh_from_db()
    assert (stays.note, stays.cover_alt_cy, stays.cover_alt_en, stays.cover is not None) == (
        "Kept.",
        "Clawr",
        "Cover",
        True,
    )
    assert list(FormerKey.objects.values_list("key", "work__key")) == [("gone", "stays"), ("older", "stays")]
    assert FormerKey.objects.get(key="gone").csl == item_before
    assert list(Event.objects.values_list("kind", "code")) == [("work", "work-merged")]
    assert not CitationLink.objects.filter(work=gone.pk).exists()


def test_excuses_follow_the_work(two: tuple[Work, Work]) -> None:
    gone, stays = two
    text, other = uuid4(), uuid4()

    def excuse(subject: UUID, work: Work, printed: str, reason: str) -> None:
        Excuse.objects.create(
            subject=subject,
            kind="listed_never_cited",
            language="en",
            work_key=work.key,
            as_printed=printed,
            reason=reason,
        )

    excuse(text, gone, str(gone), "shown by its name")
    excuse(text, gone, "Jones, A. (2019)", "as printed")
    excuse(other, gone, "Both", "goes")
    excuse(other, stays, "Both", "stays")
    before = dict(Excuse.objects.values_list("reason", "at"))
    done = merge_works(gone=gone, stays=stays, actor=CLOCK)
    found = Excuse.objects.order_by("reason").values_list("subject", "work_key", "as_printed", "reason")
    assert list(found) == [
        (text, "stays", "Jones, A. (2019)", "as printed"), (text, "stays", str(stays), "shown by its name"),
        (other, "stays", "Both", "stays"),
    ]  # fmt: skip
    assert (done.moved["excused finding"], done.double["excused finding"]) == (2, 1)
    assert dict(Excuse.objects.values_list("reason", "at")).items() <= before.items()


def test_the_old_addresses_lead_to_the_work_that_stays(two: tuple[Work, Work], client: Client) -> None:
    merge_works(gone=two[0], stays=two[1], actor=CLOCK)
    for key in ("gone", "older"):
        for old, new in (
            ("/en/references/{}/", "/en/references/stays/"),
            ("/cy/cyfeiriadau/{}.ris", "/cy/cyfeiriadau/stays.ris"),
        ):
            answer = client.get(old.format(key))
            assert (answer.status_code, answer["Location"]) == (301, new)


def test_a_key_that_was_merged_means_the_work_that_stays_and_is_not_given_again(two: tuple[Work, Work]) -> None:
    gone, stays = two
    merge_works(gone=gone, stays=stays, actor=CLOCK)
    assert outcomes({**stays.csl, "id": "gone"}) == [("same", "stays", "stays")]
    [row] = plan_import([item(id="gone", title="Quite another")]).rows
    assert (row.outcome, row.key) == (Outcome.DOUBTFUL, "jones-2019")


def test_the_same_title_a_year_off_is_doubtful_and_says_why(two: tuple[Work, Work]) -> None:
    first = two[0]
    year = first.year or 0
    for off, outcome in ((-2, Outcome.NEW), (-1, Outcome.DOUBTFUL), (1, Outcome.DOUBTFUL), (2, Outcome.NEW)):
        near = {"type": "book", "title": first.title, "issued": {"date-parts": [[year + off]]}}
        [row] = plan_import([near]).rows
        assert row.outcome == outcome
        assert ("the year before or after" in "".join(row.reasons)) == (outcome == Outcome.DOUBTFUL)


def test_a_work_is_not_merged_into_itself(two: tuple[Work, Work]) -> None:
    with pytest.raises(ValueError, match="itself"):
        merge_works(gone=two[0], stays=two[0], actor=CLOCK)


def test_an_editor_sees_both_before_they_are_made_one(two: tuple[Work, Work], editor: User, client_of: Signed) -> None:
    gone, stays = two
    client, address = client_of(editor), f"/admin/references/work/{gone.pk}/merge/"
    assert client.get(address).status_code == 200
    shown = client.get(address, {"stays": stays.pk}).content.decode()
    said = ("reference lists (hallmarks): 3", "reference lists (case studies): 1", "Make them one work")
    assert [each in shown for each in said] == [True, True, True]
    assert "names of works" not in shown
    assert Work.objects.count() == 2
    for wrong in ("", "x", gone.pk, 987654):
        assert client.post(address, {"stays": wrong}).status_code == 200
    assert Work.objects.count() == 2
    answer = client.post(address, {"stays": stays.pk})
    assert answer["Location"] == f"/admin/references/work/{stays.pk}/change/"
    assert list(Work.objects.values_list("key", flat=True)) == ["stays"]
    assert client.get(address).status_code == 404
