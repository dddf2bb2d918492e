"""`load_starter_content`: all of `content/` goes live, once, and nothing that people wrote since is overwritten."""

import json
import re
import shutil
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from casestudies.models import CaseStudy, CaseStudyEdition, ReadyReason
from casestudies.services import Words, perform
from casestudies.vocabulary import Origin, Status
from desk.starter_files import read_case_studies, read_hallmarks, read_pages, without_rel
from foundation.bilingual.models import Agreement, How
from foundation.files.models import Picture
from foundation.publishing.gate import obstacles
from foundation.publishing.models import Override, Stage
from foundation.publishing.prose import clean_prose
from foundation.publishing.services import put_live, start_working
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from hallmarks.models import Framework, Hallmark, HallmarkEdition
from pages.models import Page, PageEdition
from references.models import Work
from references.services import save_work
from tests.factories import png

pytestmark = pytest.mark.page

CONTENT = settings.BASE_DIR / "content"
EDITOR = Actor(Role.ADMINISTRATOR)
SECTIONS = ("about", "context", "activity", "impact", "sharing")


def run(folder: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("load_starter_content", "--json", "--folder", str(folder), *options, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    return report["added"], report["updated"], report["unchanged"], report["kept"]


def texts(language: str, **more: str) -> str:
    lines = {"slug": f"one-{language}", "title": f"One {language}", **more}
    return f"[{language}]\n" + "".join(
        f"{key} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in lines.items()
    )


def hallmark_toml(body: str = "<p>Leaders learn.</p>") -> str:
    both = {"lead_in": "It is…", "short_name": "One", "summary": "Short."}
    return (
        'number = 1\nreferences = ["bell-2001"]\nsource = "bell-2001"\n'
        '[[connections]]\nframework = "whole"\nstrand = 1\n[[connections]]\nframework = "whole"\n'
        + texts("cy", **both, body="<p>Mae arweinwyr yn dysgu.</p>")
        + texts("en", **both | {"lead_in": "It was…", "short_name": "The one", "summary": "Brief."}, body=body)
    )


def story_toml(**facts: str) -> str:
    told = {"kind": "school", "phase": "primary", "medium": "welsh", "authority": "gwynedd", **facts}
    return (
        'hallmarks = [1]\nreferences = ["bell-2001"]\npublished = 2026-03-02\nfirst_language = "cy"\n'
        + "".join(f'{key} = "{value}"\n' for key, value in told.items())
        + '[[pictures]]\nfile = "pictures/a.png"\nalt_cy = "Sgwâr gwyrdd."\nalt_en = "A green square."\n'
        + texts("cy", setting_name="Ysgol y Lleuad", summary="S.", **{name: f"<p>{name} cy</p>" for name in SECTIONS})
        + texts("en", setting_name="Moon School", summary="Sum.", **{name: f"<p>{name} en</p>" for name in SECTIONS})
    )


def reasons_toml(text: str = "Too short.") -> str:
    return (
        '[[reasons]]\nkey = "short"\nmove = "decline"\ntitle_cy = "Byr"\ntitle_en = "Short"\n'
        f'text_cy = "Rhy fyr."\ntext_en = "{text}"\n'
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content of our own: one thing of each kind."""
    for name in ("hallmarks", "pages", "case-studies/pictures"):
        (tmp_path / name).mkdir(parents=True)
    work = {"id": "bell-2001", "type": "book", "title": "Slow bells", "author": [{"family": "Bell"}]}
    (tmp_path / "references.csl.json").write_text(json.dumps([work]), "utf-8")
    (tmp_path / "frameworks.toml").write_text(
        '[[frameworks]]\nkey = "whole"\nname_en = "The whole"\n[[frameworks.strands]]\nnumber = 1\nname_en = "A part"\n'
        'name_cy_candidate = "Rhan"\nname_cy_candidate_source = "a guess"\nvariants = ["Some part"]\n',
        "utf-8",
    )
    (tmp_path / "reasons.toml").write_text(reasons_toml(), "utf-8")
    (tmp_path / "hallmarks/1.toml").write_text(hallmark_toml(), "utf-8")
    page = texts("cy", body="<p>Croeso.</p>") + texts("en", body="<p>Welcome.</p>")
    (tmp_path / "pages/about.toml").write_text(f'key = "about"\norder = 1\n{page}', "utf-8")
    (tmp_path / "case-studies/one.toml").write_text(story_toml(), "utf-8")
    (tmp_path / "case-studies/pictures/a.png").write_bytes(png().getvalue())
    return tmp_path


def rows() -> tuple[int, ...]:
    return tuple(
        model._base_manager.count()
        for model in (Work, Framework, Hallmark, Page, CaseStudy, ReadyReason, Picture, Event)
    )


# --- our own content ------------------------------------------------------------------------------------------------------


def test_no_text_of_ours_is_changed_by_cleaning() -> None:
    bodies = [
        (source.file, name, text)
        for source in (*read_hallmarks(CONTENT), *read_pages(CONTENT), *read_case_studies(CONTENT))
        for name, text in source.words.items()
        if text.startswith("<")
    ]
    assert len(bodies) > 2 * (8 + 5 + 12 * 5)
    assert [(file, name) for file, name, text in bodies if without_rel(clean_prose(text)) != text] == []


@pytest.mark.django_db
def test_everything_of_ours_goes_live_and_a_second_run_changes_nothing() -> None:
    started = time.process_time()
    report = run(CONTENT)
    assert time.process_time() - started < 15
    before = rows()
    works = len(json.loads((CONTENT / "references.csl.json").read_text("utf-8")))
    assert counts(report) == (sum(before[:6]), 0, 0, 0)
    assert before[0] == works
    assert list(Hallmark.objects.published().values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert Page.objects.published().count() == Page.objects.count() == 5
    published = CaseStudy.objects.published()
    assert published.count() == CaseStudy.objects.count() >= 12
    assert set(CaseStudy.objects.values_list("origin", flat=True)) == {Origin.ILLUSTRATION}
    for model in (HallmarkEdition, PageEdition, CaseStudyEdition):
        assert set(model._base_manager.values_list("stage", "override")) == {(Stage.LIVE, Override.UNCHECKED)}
        assert [found for edition in model._base_manager.all() for found in obstacles(edition)] == []
    assert set(Agreement.objects.values_list("how", flat=True)) == {How.STARTER}

    assert counts(run(CONTENT)) == (0, 0, sum(before[:6]), 0)
    assert rows() == before


# --- what becomes of a thing ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_of_each_is_added_as_the_file_says(folder: Path) -> None:
    assert counts(run(folder)) == (6, 0, 0, 0)
    hallmark = HallmarkEdition.objects.get()
    assert (hallmark.title_cy, hallmark.title_en, hallmark.content.slug_cy) == ("One cy", "One en", "one-cy")
    assert hallmark.source == Work.objects.get()
    assert [(str(row.framework), row.strand and row.strand.number) for row in hallmark.connections.all()] == [
        ("The whole", 1),
        ("The whole", None),
    ]
    case = CaseStudy.objects.get()
    edition = CaseStudyEdition.objects.get()
    assert (case.status, str(case.first_published_at)[:10]) == (Status.PUBLISHED, "2026-03-02")
    assert (edition.first_language, edition.authority, edition.setting_name_cy) == ("cy", "gwynedd", "Ysgol y Lleuad")
    assert [(row.alt_cy, row.alt_en, row.shows_people) for row in edition.pictures.all()] == [
        ("Sgwâr gwyrdd.", "A green square.", False)
    ]
    assert list(Event.objects.about(case.uuid).values_list("code", flat=True)) == [
        "write",
        "override-unchecked",
        "approve_without_contributor",
        "go-live",
        "publish",
    ]


@pytest.mark.django_db
def test_a_changed_file_is_written_again_while_nobody_has_edited(folder: Path) -> None:
    run(folder)
    (folder / "hallmarks/1.toml").write_text(hallmark_toml("<p>Leaders learn more.</p>"), "utf-8")
    (folder / "case-studies/one.toml").write_text(story_toml(phase="special"), "utf-8")
    before = Picture.objects.count()
    assert counts(run(folder)) == (0, 2, 4, 0)
    assert HallmarkEdition.objects.get().body_en == "<p>Leaders learn more.</p>"
    edition = CaseStudyEdition.objects.get()
    assert (edition.stage, edition.phase) == (Stage.LIVE, "special")
    assert Picture.objects.count() == before
    assert edition.pictures.get().picture.full.storage.exists(str(edition.pictures.get().picture.full.name))
    assert counts(run(folder)) == (0, 0, 6, 0)


def publish_edit(live: Any, **changes: str) -> None:
    working = start_working(live=live, by=None)
    for name, value in changes.items():
        setattr(working, name, value)
    working.save()
    put_live(working=working, actor=EDITOR)


@pytest.mark.django_db
def test_what_was_edited_since_is_kept_unless_replacing(folder: Path) -> None:
    run(folder)
    publish_edit(HallmarkEdition.objects.get(), body_en="<p>An editor’s words.</p>")
    start_working(live=PageEdition.objects.get(), by=None)
    publish_edit(CaseStudyEdition.objects.get(), medium="dual")
    save_work(key="bell-2001", csl={"title": "Slow bells", "type": "book"}, note="checked by hand")
    Framework.objects.update(name_cy="Y cyfan")
    assert counts(run(folder)) == (0, 0, 1, 5)
    (folder / "hallmarks/1.toml").write_text(hallmark_toml("<p>Leaders learn more.</p>"), "utf-8")
    assert counts(run(folder)) == (0, 0, 1, 5)
    assert HallmarkEdition.objects.get().body_en == "<p>An editor’s words.</p>"

    assert counts(run(folder, "--replace")) == (0, 5, 1, 0)
    assert HallmarkEdition.objects.get().body_en == "<p>Leaders learn more.</p>"
    assert PageEdition.objects.get().stage == Stage.LIVE
    assert CaseStudyEdition.objects.get().medium == "welsh"
    assert counts(run(folder, "--replace")) == (0, 0, 6, 0)


@pytest.mark.django_db
def test_a_new_address_and_an_archived_story_are_not_made_again(folder: Path) -> None:
    run(folder)
    case = CaseStudy.objects.get()
    perform("archive", case_id=case.pk, actor=EDITOR, reason=Words(en="Old."))
    assert counts(run(folder, "--only", "case-studies", "--replace")) == (0, 0, 0, 1)
    assert CaseStudy.objects.get().status == Status.ARCHIVED


@pytest.mark.django_db
def test_only_one_kind(folder: Path) -> None:
    report = run(folder, "--only", "references", "--only", "frameworks")
    assert [line["kind"] for line in report["lines"]] == ["work", "framework"]
    assert rows()[:5] == (1, 1, 0, 0, 0)


@pytest.mark.django_db
def test_progress_and_a_count_for_people(folder: Path) -> None:
    out = StringIO()
    call_command("load_starter_content", "--folder", str(folder), stdout=out)
    assert out.getvalue().splitlines() == [
        "added: work bell-2001",
        "added: framework whole",
        "added: hallmark 1",
        "added: page about",
        "added: reason short",
        "added: case-study one-en",
        "6 added, 0 updated, 0 unchanged, 0 edited since and kept.",
    ]


# --- mistakes name the file and the key, and change nothing -----------------------------------------------------------------

MISTAKES = [
    ("hallmarks/1.toml", "number = 1", "number = 9", "number"),
    ("hallmarks/1.toml", "number = 1", "", "number"),
    ("hallmarks/1.toml", "number = 1", 'number = "1"', "number"),
    ("hallmarks/1.toml", "number = 1", "number = 1\ncolour = 2", "colour"),
    ("hallmarks/1.toml", '["bell-2001"]', "[2001]", "references"),
    ("hallmarks/1.toml", 'source = "bell-2001"', 'source = "bell-2002"', "source"),
    ("hallmarks/1.toml", '["bell-2001"]', '["bell-2001", "nobody-1"]', "references"),
    ("hallmarks/1.toml", 'framework = "whole"', 'framework = "half"', "connections.framework"),
    ("hallmarks/1.toml", "strand = 1", "strand = 7", "connections.strand"),
    ("hallmarks/1.toml", 'slug = "one-cy"', 'slug = "un dau"', "cy.slug"),
    ("hallmarks/1.toml", 'title = "One en"', f'title = "{"x" * 201}"', "en.title"),
    ("hallmarks/1.toml", 'title = "One en"', 'title = " "', "en.title"),
    ("hallmarks/1.toml", "<p>Leaders", "<p class='x'>Leaders", "en.body"),
    ("hallmarks/1.toml", "<p>Leaders learn.</p>", "<script>x</script><p>a</p>", "en.body"),
    ("pages/about.toml", 'slug = "one-en"', 'slug = "search"', "en.slug"),
    ("pages/about.toml", "order = 1", "order = true", "order"),
    ("pages/about.toml", "order = 1", "order = ", ""),
    ("case-studies/one.toml", 'phase = "primary"', 'phase = "moon"', "phase"),
    ("case-studies/one.toml", "hallmarks = [1]", "hallmarks = []", "hallmarks"),
    ("case-studies/one.toml", "hallmarks = [1]", "hallmarks = [2]", "hallmarks"),
    ("case-studies/one.toml", "pictures/a.png", "pictures/b.png", "pictures[1].file"),
    ("case-studies/one.toml", "pictures/a.png", "../hallmarks/1.toml", "pictures[1].file"),
    ("case-studies/one.toml", "2026-03-02", '"soon"', "published"),
    ("frameworks.toml", 'name_en = "A part"', "", "frameworks[1].strands[1].name_en"),
    ("references.csl.json", '"Slow bells"', '" "', "works[1].title"),
    ("references.csl.json", '"bell-2001"', '"bell 2001"', "works[1].id"),
    ("references.csl.json", "[{", "{", ""),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "old", "new", "key"), MISTAKES)
def test_a_mistake_names_its_file_and_key(folder: Path, file: str, old: str, new: str, key: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_starter_content", "--json", "--folder", str(folder), stdout=out)
    error = json.loads(out.getvalue())["error"]
    assert (error["file"], error["key"]) == (file, key)
    assert error["message"]
    assert rows() == (0,) * 8


@pytest.mark.django_db
def test_a_failure_at_the_end_leaves_no_file_behind(folder: Path) -> None:
    shutil.copy(folder / "case-studies/one.toml", folder / "case-studies/two.toml")
    two = (folder / "case-studies/two.toml").read_text("utf-8").replace('"one-en"', '"two-en"')
    (folder / "case-studies/two.toml").write_text(two, "utf-8")  # the Welsh address is taken
    stored = Path(settings.VAR_DIR) / "files"
    before = sorted(path for path in stored.rglob("*") if path.is_file())
    with pytest.raises(CommandError, match=r"case-studies/two.toml: cy.slug"):
        call_command("load_starter_content", "--folder", str(folder), stdout=StringIO())
    assert sorted(path for path in stored.rglob("*") if path.is_file()) == before
    assert rows() == (0,) * 8


@pytest.mark.django_db
def test_reasons_are_offered_and_those_that_editors_changed_or_took_away_stay_so(folder: Path) -> None:
    run(folder)
    reason = ReadyReason.objects.get()
    assert (reason.move, reason.text_en, list(ReadyReason.objects.offered())) == ("decline", "Too short.", [reason])
    (folder / "reasons.toml").write_text(reasons_toml("Much too short."), "utf-8")
    assert counts(run(folder, "--only=reasons")) == (0, 1, 0, 0)
    assert [one.text_en for one in ReadyReason.objects.offered()] == ["Much too short."]
    ReadyReason.objects.update(text_en="By an editor.")
    (folder / "reasons.toml").write_text(reasons_toml("Other."), "utf-8")
    assert counts(run(folder, "--only=reasons")) == (0, 0, 0, 1)
    ReadyReason.objects.all().delete()
    assert counts(run(folder, "--only=reasons")) == (0, 0, 0, 1)
    assert not ReadyReason.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (reasons_toml().replace("decline", "claim"), "reasons[1].move"),
        (reasons_toml(""), "reasons[1].text_en"),
        (reasons_toml() * 2, "reasons.key"),
        (reasons_toml() + "text_fr = 'x'\n", "reasons[1].text_fr"),
    ],
)
def test_a_reason_that_cannot_be_used_is_named(folder: Path, wrong: str, key: str) -> None:
    (folder / "reasons.toml").write_text(wrong, "utf-8")
    with pytest.raises(CommandError, match=re.escape(f"reasons.toml: {key}:")):
        call_command("load_starter_content", "--folder", str(folder), verbosity=0)
    assert not ReadyReason.objects.exists()
