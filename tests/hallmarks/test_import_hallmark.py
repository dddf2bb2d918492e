"""`import_hallmark`: a page of text becomes the working edition of its hallmark, in one language, and nothing else changes."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from foundation.bilingual.agreement import State
from foundation.bilingual.services import states_of
from foundation.publishing.models import Stage, WrittenFromFile
from foundation.publishing.services import put_live, save_words
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from hallmarks.importing import arrange
from hallmarks.models import Framework, Hallmark, HallmarkEdition
from references.models import Work
from references.services import save_work
from tests.factories import FrameworkFactory, HallmarkFactory, PictureFactory, StrandFactory, WorkFactory

pytestmark = pytest.mark.page

ENGLISH = """Skip to main content
English | Cymraeg
Leading Professional Learning

Well-led professional learning is…
Grown from honest organisational talk

When colleagues meet with a question in mind, what they learn travels further than the room. A school can give them the time and the reason to do it, and can listen to what comes back (Gale and Reed, 2011).
Leaders who talk openly about what did not work make it safe for others to do so & to try < again > (Harbour Council, 2020; Moss, 2004).

Gale, T. (2022)
Insight Series: Talking About Learning (2022)

A lighthouse at dusk book cover
Gale, T. and Reed, S. (2011)
A Lighthouse at Dusk: Learning to talk. Cardiff: Quarry Press

Harbour Council (2020)
Standards for Conversation Online

Moss, B.R. et al (2004)
Why we listen. London: Fern

Make the Connection

Whole Schools Talking
Growing and feeding a culture of enquiry | A strand that nobody knows

Be Inspired
Read about what schools are doing
Join In
Tell us about your school
"""

WELSH = """Neidio i’r prif gynnwys
English | Cymraeg
Arwain Dysgu Proffesiynol

Mae dysgu proffesiynol sy’n cael ei arwain yn dda…
Wedi tyfu o siarad gonest

Pan fydd cydweithwyr yn cwrdd â chwestiwn mewn golwg, mae’r hyn y maent yn ei ddysgu yn teithio ymhellach na’r ystafell. Gall ysgol roi amser a rheswm iddynt wneud hynny, a gall wrando ar yr hyn a ddaw yn ôl (Gale a Reed, 2011).

Gale, T. a Reed, S. (2011)
A Lighthouse at Dusk: Learning to talk. Caerdydd: Quarry Press

Cyngor yr Harbwr (2020)
Standards for Conversation Ar-lein

Wyn, E. (2019)
Gwrando a deall. Aberystwyth: Gwasg y Bryn

Gwneud y Cysylltiad

Whole Schools Talking
Growing and feeding a culture of inquiry
"""


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., str]:
    """A file with a page: `page()`, `page(WELSH)`, `page(ENGLISH.replace(…), "b.txt")`."""

    def write(text: str | bytes = ENGLISH, name: str = "page.txt") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


@pytest.fixture
def site(db: None) -> Hallmark:
    """A live hallmark with that title in other spellings, its works and a framework; another hallmark beside it."""
    lighthouse = {"type": "book", "title": "A lighthouse at dusk: learning to talk", "issued": {"date-parts": [[2012]]}}
    save_work(key="gale-reed-2012", csl={**lighthouse, "author": [{"family": "Gale"}, {"family": "Reed"}]})
    standards = {"title": "Standards for conversation", "issued": {"date-parts": [[2020]]}}
    save_work(
        key="harbour-standards",
        csl={**standards, "author": [{"literal": "Harbour Council"}], "custom": {"author_cy": "Cyngor yr Harbwr"}},
    )
    save_work(key="harbour-journey", csl={**standards, "title": "Journeys", "author": [{"literal": "Harbour Council"}]})
    framework = FrameworkFactory.create(key="talking", name_en="Whole schools talking (WST)", name_cy="")
    StrandFactory.create(framework=framework, number=4, name_en="Growing a culture of inquiry",
                         variants=["Growing and feeding a culture of inquiry"])  # fmt: skip
    HallmarkFactory.create(number=6)
    hallmark: Hallmark = HallmarkFactory.create(
        number=2,
        edition__title_en="Grown from honest organizational talk...",
        edition__title_cy="Wedi tyfu o siarad gonest",
    )
    HallmarkEdition.objects.get(content=hallmark).references.create(work=WorkFactory.create(key="leaves"))
    return hallmark


def run(*arguments: str) -> list[dict[str, Any]]:
    out = StringIO()
    try:
        call_command("import_hallmark", "--json", *arguments, stdout=out)
    finally:
        found: list[dict[str, Any]] = json.loads(out.getvalue())["files"]
    return found


def refused(*arguments: str) -> dict[str, Any]:
    """Run what should be refused: it fails, and writes nothing."""
    before, out = contents(), StringIO()
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_hallmark", "--json", *arguments, stdout=out)
    assert contents() == before
    [found] = [one for one in json.loads(out.getvalue())["files"] if one["outcome"] == "refused"]
    return dict(found)


def contents() -> list[Any]:
    """Everything an import could write."""
    rows = [list(model._base_manager.values().order_by("pk")) for model in (Hallmark, HallmarkEdition, Work, Event)]
    editions = HallmarkEdition.objects.order_by("pk")
    children = [[list(edition.references.values()), list(edition.connections.values())] for edition in editions]
    return [rows, children, list(WrittenFromFile.objects.values("kind", "key", "language", "written_hash"))]


def working(hallmark: Hallmark) -> HallmarkEdition:
    return HallmarkEdition.objects.get(content=hallmark, stage=Stage.WORKING)


def printed(edition: HallmarkEdition, language: str) -> list[tuple[str, str]]:
    return [(row.work.key, getattr(row, f"printed_{language}") or "") for row in edition.references.all()]


# --- what is written --------------------------------------------------------------------------------------------------------


def test_the_page_becomes_the_working_edition(site: Hallmark, page: Callable[..., str]) -> None:
    live_before = HallmarkEdition.objects.filter(content=site).values().get()
    [report] = run(page())
    assert (report["outcome"], report["number"], report["language"], report["language_guessed"]) == (
        "written",
        2,
        "en",
        True,
    )
    edition = working(site)
    assert (edition.title_en, edition.lead_in_en) == (
        "Grown from honest organizational talk...",
        "Well-led professional learning is…",
    )
    assert edition.body_en is not None
    assert edition.body_en.count("<p>") == 2
    assert "do so &amp; to try &lt; again &gt; (Harbour Council" in edition.body_en
    assert edition.title_cy == "Wedi tyfu o siarad gonest"
    assert HallmarkEdition.objects.filter(content=site, stage=Stage.LIVE).values().get() == live_before
    assert states_of(edition)["body"].state == State.CY_STALE
    assert Event.objects.about(site.uuid).values_list("code", flat=True).last() == "import"


def test_the_list_is_matched_added_and_kept_as_printed(site: Hallmark, page: Callable[..., str]) -> None:
    [report] = run(page())
    edition = working(site)
    assert printed(edition, "en") == [
        ("gale-2022", "Gale, T. (2022)\nInsight Series: Talking About Learning (2022)"),
        (
            "gale-reed-2012",
            "Gale, T. and Reed, S. (2011)\nA Lighthouse at Dusk: Learning to talk. Cardiff: Quarry Press",
        ),
        ("harbour-standards", "Harbour Council (2020)\nStandards for Conversation Online"),
        ("moss-2004", "Moss, B.R. et al (2004)\nWhy we listen. London: Fern"),
    ]
    assert edition.source == Work.objects.get(key="gale-2022")
    added = Work.objects.get(key="moss-2004")
    assert (added.title, added.year, added.identity, added.is_verified) == ("Why we listen", 2004, "stated", False)
    assert added.csl["author"] == [{"family": "Moss", "given": "B.R."}]
    assert added.note
    assert [one["work"] for one in report["references"] if one["added"]] == ["gale-2022", "moss-2004"]
    assert any("year differs: 2011 here, 2012" in note for note in report["notes"])
    assert any("A lighthouse at dusk book cover" in note for note in report["notes"])


def test_connections_are_matched_and_the_unknown_is_said(site: Hallmark, page: Callable[..., str]) -> None:
    [report] = run(page())
    [row] = working(site).connections.all()
    assert (row.framework.key, row.strand and row.strand.number) == ("talking", 4)
    assert row.printed_en == "Growing and feeding a culture of enquiry"
    assert any("A strand that nobody knows" in note for note in report["notes"])


def test_a_cover_gets_the_text_that_stood_above_the_entry(site: Hallmark, page: Callable[..., str]) -> None:
    Work.objects.filter(key="gale-reed-2012").update(cover=PictureFactory.create())
    run(page())
    assert Work.objects.get(key="gale-reed-2012").cover_alt_en == "A lighthouse at dusk book cover"


def test_both_languages_share_one_list(site: Hallmark, page: Callable[..., str]) -> None:
    run(page())
    english = page(WELSH, "welsh.txt")
    [report] = run(english)
    assert (report["outcome"], report["language"], report["number"]) == ("written", "cy", 2)
    edition = working(site)
    assert edition.title_en == "Grown from honest organizational talk..."
    both = {key: (cy, en) for (key, cy), (_key, en) in zip(printed(edition, "cy"), printed(edition, "en"), strict=True)}
    assert {key: (bool(cy), bool(en)) for key, (cy, en) in both.items()} == {
        "gale-reed-2012": (True, True),
        "harbour-standards": (True, True),
        "wyn-2019": (True, False),
        "gale-2022": (False, True),
        "moss-2004": (False, True),
    }
    assert [one["outcome"] for one in run(page(), english)] == ["unchanged", "unchanged"]


def keys(edition: HallmarkEdition, language: str) -> list[str]:
    """The works that a language prints, in the order of the list."""
    return [key for key, entry in printed(edition, language) if entry]


MIXED = (
    WELSH[: WELSH.index("Gale, T. a Reed")]
    + """Cyngor yr Harbwr (2020)
Standards for Conversation Ar-lein

Wyn, E. (2019)
Gwrando a deall. Aberystwyth: Gwasg y Bryn

Gale, T. a Reed, S. (2011)
A Lighthouse at Dusk: Learning to talk. Caerdydd: Quarry Press
"""
)


def test_the_second_language_leaves_the_order_of_the_first(site: Hallmark, page: Callable[..., str]) -> None:
    english, welsh = page(), page(MIXED, "welsh.txt")
    run(english)
    order = keys(working(site), "en")
    [report] = run(welsh)
    edition = working(site)
    assert keys(edition, "en") == order == ["gale-2022", "gale-reed-2012", "harbour-standards", "moss-2004"]
    assert keys(edition, "cy") == ["gale-reed-2012", "harbour-standards", "wyn-2019"]
    assert [row.work.key for row in edition.references.all()] == [*order[:3], "wyn-2019", "moss-2004"]
    assert [row.position for row in edition.references.all()] == [0, 1, 2, 3, 4]
    assert any("in the order of the other language’s list" in note for note in report["notes"])
    before = contents()
    assert [one["outcome"] for one in run(english, welsh)] == ["unchanged", "unchanged"]
    assert contents() == before


def test_a_changed_page_of_either_language_leaves_both_orders(site: Hallmark, page: Callable[..., str]) -> None:
    run(page(), page(WELSH, "welsh.txt"))
    orders = [keys(working(site), "en"), keys(working(site), "cy")]
    english = page(ENGLISH.replace("with a question", "with a worry"))
    welsh = page(WELSH.replace("chwestiwn", "phryder"), "welsh.txt")
    assert [one["outcome"] for one in run(english, welsh)] == ["written", "written"]
    assert [keys(working(site), "en"), keys(working(site), "cy")] == orders
    assert [one["outcome"] for one in run(english, welsh)] == ["unchanged", "unchanged"]


def test_a_list_printed_in_another_order_is_a_change(site: Hallmark, page: Callable[..., str]) -> None:
    run(page())
    harbour = "Harbour Council (2020)\nStandards for Conversation Online\n\n"
    moved = ENGLISH.replace(harbour, "").replace("A lighthouse at dusk book", harbour + "A lighthouse at dusk book")
    [report] = run(page(moved))
    assert report["outcome"] == "written"
    assert keys(working(site), "en") == ["gale-2022", "harbour-standards", "gale-reed-2012", "moss-2004"]


def test_an_order_that_an_editor_gave_is_an_edit(site: Hallmark, page: Callable[..., str]) -> None:
    run(page())
    working(site).references.filter(work__key="moss-2004").update(position=1)
    working(site).references.filter(work__key="gale-reed-2012").update(position=3)
    assert refused(page())["code"] == "edited"


def test_connections_keep_the_order_of_the_first_language_too(site: Hallmark, page: Callable[..., str]) -> None:
    StrandFactory.create(framework=Framework.objects.get(), number=5, name_en="Listening well", name_cy="Gwrando")
    run(page(ENGLISH.replace("A strand that nobody knows", "Listening well")))
    strand = "Growing and feeding a culture of inquiry"
    run(page(WELSH.replace(strand, f"Gwrando | {strand}"), "welsh.txt"))
    rows = working(site).connections.all()
    assert [(row.strand and row.strand.number, row.printed_cy) for row in rows] == [(4, strand), (5, "Gwrando")]


@pytest.mark.parametrize(
    ("both", "kept", "order"),
    [
        (["a", "b"], [], ["a", "b"]),
        (["b", "a"], ["a", "b"], ["a", "b"]),
        (["x", "a", "y", "z"], ["a", "b"], ["x", "a", "y", "z", "b"]),
        (["x", "y", "b"], ["a", "b"], ["a", "x", "y", "b"]),
        (["x", "y"], ["a", "b"], ["a", "b", "x", "y"]),
        ([], ["a"], ["a"]),
    ],
)
def test_what_one_list_has_stands_beside_its_neighbour(both: list[str], kept: list[str], order: list[str]) -> None:
    assert arrange(both, kept) == order


# --- a title in the other language ------------------------------------------------------------------------------------------

ESTYN = "Estyn (2017)\nCymorth ysgol-i-ysgol a chydweithio: crynodeb a phapur trafod. Caerdydd: Estyn"
COUNCIL = "Cyngor yr Harbwr (2021)\nSafonau sgwrsio yn yr ysgol. Caerdydd: Cyngor yr Harbwr"


def body(key: str, title: str, year: int, author: str = "Estyn", **more: Any) -> None:
    """A work of a corporate author."""
    item = {"type": "report", "title": title, "author": [{"literal": author}], "issued": {"date-parts": [[year]]}}
    save_work(key=key, csl={**item, **more})


def works_of(page: Callable[..., str], *entries: str) -> tuple[list[tuple[str, bool]], list[str]]:
    """Which works a Welsh page with these entries lists, each with whether it is only probable, and the notes."""
    text = WELSH[: WELSH.index("Gale, T. a Reed")] + "\n\n".join(entries) + "\n"
    [report] = run(page(text, "bodies.txt"))
    return [(one["work"], one["probable"]) for one in report["references"]], report["notes"]


def test_a_work_under_its_title_in_the_other_language_is_probable(site: Hallmark, page: Callable[..., str]) -> None:
    body("estyn-2017", "School-to-school support and collaboration", 2017)
    custom = {"author_cy": "Cyngor yr Harbwr"}
    body("harbour-2021", "Talking in the school", 2021, "Harbour Council", custom=custom)
    works = Work.objects.count()
    found, notes = works_of(page, COUNCIL, ESTYN)
    assert found == [("harbour-2021", True), ("estyn-2017", True)]
    assert [note.split(":")[0] for note in notes if "probably" in note] == [
        "“Cyngor yr Harbwr (2021)” is probably harbour-2021",
        "“Estyn (2017)” is probably estyn-2017",
    ]
    assert Work.objects.count() == works
    assert works_of(page, COUNCIL, ESTYN)[0] == [("harbour-2021", False), ("estyn-2017", False)]  # remembered


def test_two_works_of_the_author_and_year_are_not_guessed_between(site: Hallmark, page: Callable[..., str]) -> None:
    body("estyn-2017", "School-to-school support and collaboration", 2017)
    body("estyn-2017-b", "The annual report of the inspectorate", 2017)
    assert works_of(page, ESTYN)[0] == [("estyn-2017-2", False)]


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "School-to-school support", "year": 2016},
        {"title": "School-to-school support", "year": 2017, "author": "Estyn and the Council"},
        {"title": "Yr adroddiad blynyddol", "year": 2017},
        {"title": "Quiet rooms", "year": 2017, "custom": {"title_cy": "Ystafelloedd tawel"}},
        {"title": "Arolwg", "year": 2017, "language": "cy"},
    ],
)
def test_another_year_author_or_a_welsh_title_is_another_work(
    site: Hallmark, page: Callable[..., str], facts: dict[str, Any]
) -> None:
    body("the-other", **facts)
    [(key, probable)] = works_of(page, ESTYN)[0]
    assert key.startswith("estyn-2017")
    assert not probable


def test_two_entries_do_not_share_a_probable_work(site: Hallmark, page: Callable[..., str]) -> None:
    body("estyn-report", "School-to-school support and collaboration", 2017)
    second = "Estyn (2017)\nYr adroddiad blynyddol. Caerdydd: Estyn"
    assert works_of(page, ESTYN, second)[0] == [("estyn-2017", False), ("estyn-2017-2", False)]


def test_an_entry_that_names_the_title_goes_first(site: Hallmark, page: Callable[..., str]) -> None:
    body("estyn-report", "School-to-school support and collaboration", 2017)
    second = "Estyn (2017)\nSchool-to-school support and collaboration. Cardiff: Estyn"
    assert works_of(page, ESTYN, second)[0] == [("estyn-2017", False), ("estyn-report", False)]


# --- what the page looks like -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "variant",
    ["GROWN FROM HONEST ORGANIZATIONAL TALK", "Grown from honest organisational talk…", "Grown from honest  organizational talk"],
)  # fmt: skip
def test_a_variant_of_the_title_leaves_the_title(site: Hallmark, page: Callable[..., str], variant: str) -> None:
    [report] = run(page(ENGLISH.replace("Grown from honest organisational talk", variant)))
    assert report["title"] == working(site).title_en == "Grown from honest organizational talk..."
    [note] = [note for note in report["notes"] if "another spelling" in note]
    assert note.endswith("“Grown from honest organizational talk...” stays.")


def test_the_title_itself_and_a_new_one_are_no_variants(site: Hallmark, page: Callable[..., str]) -> None:
    for title in ("Grown from honest organizational talk...", "Fed by quiet rooms"):
        [report] = run(page(ENGLISH.replace("Grown from honest organisational talk", title)), "--number", "2")
        assert report["title"] == working(site).title_en == title
        assert not [note for note in report["notes"] if "another spelling" in note]


def test_a_language_that_the_text_does_not_look_like_is_said(site: Hallmark, page: Callable[..., str]) -> None:
    [english] = run(page(), "--language", "cy", "--number", "2", "--dry-run")
    [welsh] = run(page(WELSH, "welsh.txt"), "--language", "en", "--number", "2", "--dry-run")
    assert [(one["outcome"], one["language"]) for one in (english, welsh)] == [
        ("would-be-written", "cy"),
        ("would-be-written", "en"),
    ]
    looks = [[note for note in one["notes"] if "looks" in note] for one in (english, welsh)]
    assert looks == [["The text looks English."], ["The text looks Welsh."]]


def test_a_language_that_fits_is_not_remarked_on(site: Hallmark, page: Callable[..., str]) -> None:
    for arguments in ([page(), "--language", "en"], [page(WELSH, "welsh.txt"), "--language", "cy"], [page()]):
        [report] = run(*arguments)
        assert not [note for note in report["notes"] if "looks" in note]


def test_two_files_at_once(site: Hallmark, page: Callable[..., str]) -> None:
    found = run(page(), page(WELSH, "welsh.txt"))
    assert [one["outcome"] for one in found] == ["written", "written"]
    assert Work.objects.filter(key__startswith="gale-2022").count() == 1


def test_what_the_page_has_not_stays(site: Hallmark, page: Callable[..., str]) -> None:
    """Only the body, as some saved pages are: title, list and connections are left alone."""
    body = ENGLISH[ENGLISH.index("When colleagues") : ENGLISH.index("Gale, T. (2022)")]
    only_body = page(body + "Make the Connection\nWhole Schools Talking\n", "body.txt")
    run(only_body, "--number", "2")
    edition = working(site)
    live = HallmarkEdition.objects.get(content=site, stage=Stage.LIVE)
    assert (edition.title_en, edition.references.count()) == (live.title_en, 1)
    assert [row.strand for row in edition.connections.all()] == [None]
    assert edition.body_en != live.body_en


def test_a_number_makes_the_row_that_is_missing(db: None, page: Callable[..., str]) -> None:
    [report] = run(page(), "--number", "5")
    assert report["outcome"] == "written"
    assert [(row.number, row.slug_en) for row in Hallmark.objects.all()] == [(5, "")]
    assert HallmarkEdition.objects.get().stage == Stage.WORKING


# --- again, after, and instead ----------------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(site: Hallmark, page: Callable[..., str]) -> None:
    run(page())
    before = contents()
    out = StringIO()
    call_command("import_hallmark", page(), stdout=out)
    assert "Nothing to change." in out.getvalue()
    assert contents() == before


def test_after_publication_the_same_file_changes_nothing_either(site: Hallmark, page: Callable[..., str]) -> None:
    run(page(), page(WELSH, "welsh.txt"))
    edition = working(site)
    HallmarkEdition.objects.filter(pk=edition.pk).update(override="unchecked", override_at=edition.updated_at)
    put_live(working=working(site), actor=Actor(Role.EDITOR))
    assert [one["outcome"] for one in run(page(), page(WELSH, "welsh.txt"))] == ["unchanged", "unchanged"]
    assert not HallmarkEdition.objects.filter(stage=Stage.WORKING, content=site).exists()


def test_a_changed_file_overwrites_what_the_import_wrote(site: Hallmark, page: Callable[..., str]) -> None:
    run(page())
    [report] = run(page(ENGLISH.replace("with a question", "with a worry")))
    assert report["outcome"] == "written"
    assert "with a worry" in (working(site).body_en or "")


def edit(hallmark: Hallmark, **changes: str) -> None:
    edition = working(hallmark)
    for name, value in changes.items():
        setattr(edition, name, value)
    save_words(edition=edition, version=edition.version, by=None)


def test_an_edited_working_edition_is_refused_with_a_diff(site: Hallmark, page: Callable[..., str]) -> None:
    run(page())
    edit(site, lead_in_en="An editor’s opening")
    found = refused(page())
    assert found["code"] == "edited"
    diff = found["diff"].splitlines()
    assert diff[:2] == ["--- working edition", "+++ page.txt"]
    assert [line for line in diff[2:] if line[0] in "+-"] == [
        "-An editor’s opening",
        "+Well-led professional learning is…",
    ]
    [report] = run(page(), "--replace")
    assert report["outcome"] == "written"
    assert working(site).lead_in_en == "Well-led professional learning is…"


def test_a_reference_added_by_an_editor_is_an_edit(site: Hallmark, page: Callable[..., str]) -> None:
    run(page())
    working(site).references.create(work=WorkFactory.create(), position=9)
    assert refused(page())["code"] == "edited"


def test_work_in_the_other_language_is_no_edit_of_this_one(site: Hallmark, page: Callable[..., str]) -> None:
    run(page())
    edit(site, body_cy="<p>Geiriau golygydd.</p>")
    [report] = run(page(ENGLISH.replace("with a question", "with a worry")))
    assert report["outcome"] == "written"
    assert working(site).body_cy == "<p>Geiriau golygydd.</p>"
    assert refused(page(WELSH, "welsh.txt"))["code"] == "edited"


def test_a_working_edition_that_somebody_else_began_is_refused(site: Hallmark, page: Callable[..., str]) -> None:
    live = HallmarkEdition.objects.get(content=site)
    HallmarkEdition.objects.create(content=site, title_en=live.title_en, body_en="<p>Not imported.</p>")
    assert refused(page())["code"] == "edited"


def test_a_dry_run_says_the_same_and_writes_nothing(site: Hallmark, page: Callable[..., str]) -> None:
    before = contents()
    [dry] = run(page(), "--dry-run")
    assert contents() == before
    [wet] = run(page())
    assert dry.pop("outcome") == "would-be-written"
    assert wet.pop("outcome") == "written"
    assert dry == wet


# --- what is refused --------------------------------------------------------------------------------------------------------


def test_an_unknown_title_is_refused_with_the_known_ones(site: Hallmark, page: Callable[..., str]) -> None:
    found = refused(page(ENGLISH.replace("Grown from honest organisational talk", "Fed by quiet rooms")))
    assert found["code"] == "unknown-title"
    assert found["reason"].splitlines()[1:] == [
        "  2  Grown from honest organizational talk...",
        "  6  Hallmark number 6",
    ]


def test_a_title_in_the_other_language_only_is_unknown(site: Hallmark, page: Callable[..., str]) -> None:
    assert refused(page(), "--language", "cy")["code"] == "unknown-title"


def test_a_title_of_two_hallmarks_is_refused(site: Hallmark, page: Callable[..., str]) -> None:
    HallmarkEdition.objects.filter(content__number=6).update(title_en="Grown from Honest Organisational Talk")
    assert "More than one hallmark" in refused(page())["reason"]


def test_a_page_without_title_is_refused(site: Hallmark, page: Callable[..., str]) -> None:
    body = ENGLISH[ENGLISH.index("When colleagues") :]
    assert refused(page(body))["code"] == "no-title"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"\x89PNG\0\0", "binary"), (b"<html><body><p>Hello there.</p></body></html>", "markup"),
     (b"A shopping list is not much of a page. It has bread and milk in it, and some cheese.", "not_this_kind")],
)  # fmt: skip
def test_what_is_no_such_page_is_refused(site: Hallmark, page: Callable[..., str], data: bytes, code: str) -> None:
    assert refused(page(data), "--number", "2")["code"] == code


def test_one_bad_file_stops_all(site: Hallmark, page: Callable[..., str]) -> None:
    assert refused(page(), page(b"", "empty.txt"))["file"].endswith("empty.txt")


def test_a_missing_file_is_refused(site: Hallmark, tmp_path: Path) -> None:
    assert refused(str(tmp_path / "nowhere.txt"))["code"] == "unreadable"


def test_the_title_of_another_hallmark_is_refused(site: Hallmark, page: Callable[..., str]) -> None:
    found = refused(page(), "--number", "6")
    assert found["code"] == "other-hallmark"
    assert found["reason"] == (
        "“Grown from honest organizational talk...” is the title of hallmark 2, and --number says 6. "
        "To import the page as hallmark 6 all the same, use --replace."
    )
    [report] = run(page(), "--number", "6", "--replace")
    assert (report["outcome"], report["number"]) == ("written", 6)


def test_a_title_that_two_hallmarks_share_may_be_either(site: Hallmark, page: Callable[..., str]) -> None:
    HallmarkEdition.objects.filter(content__number=6).update(title_en="Grown from Honest Organisational Talk")
    assert [run(page(), "--number", number, "--dry-run")[0]["number"] for number in ("2", "6")] == [2, 6]


def test_too_long_a_title_is_refused(site: Hallmark, page: Callable[..., str]) -> None:
    long = "Well-led professional learning is…\n" + "Grown from " + "uncharacteristically " * 10 + "honest talk\n"
    text = ENGLISH.replace("Well-led professional learning is…\nGrown from honest organisational talk\n", long)
    assert refused(page(text), "--number", "2")["code"] == "too-long"


def test_number_is_for_one_file(site: Hallmark, page: Callable[..., str]) -> None:
    before = contents()
    with pytest.raises(CommandError, match="one file only"):
        call_command("import_hallmark", page(), page(WELSH, "welsh.txt"), "--number", "2", stdout=StringIO())
    assert contents() == before


def test_the_same_hallmark_twice_is_refused(site: Hallmark, page: Callable[..., str]) -> None:
    before = contents()
    with pytest.raises(CommandError, match="2 files were refused"):
        call_command("import_hallmark", page(), page(ENGLISH, "again.txt"), stdout=StringIO())
    assert contents() == before


def test_a_report_for_people(site: Hallmark, page: Callable[..., str]) -> None:
    out = StringIO()
    call_command("import_hallmark", page(), "--language", "en", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].endswith("page.txt: hallmark 2, “Grown from honest organizational talk...”.")
    assert lines[1] == "  Language: English."
    assert lines[-1] == "  paragraphs: 2; references: 4; new works: 2; connections: 1"


def test_no_framework_needs_to_be_known(site: Hallmark, page: Callable[..., str]) -> None:
    Framework.objects.all().delete()
    [report] = run(page())
    assert report["connections"] == []
    assert any("Whole Schools Talking" in note for note in report["notes"])
