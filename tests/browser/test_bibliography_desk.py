"""The rest of the bibliography's desk, in each language: a work typed in, downloads, an ambiguous citation, broken links."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.people.models import User
from hallmarks.models import HallmarkEdition
from references.checking.counting import recount_all
from references.models import CitationLink, Link, Verdict, Work
from tests.browser.accessibility import faults, scrolls_sideways
from tests.factories import HallmarkFactory, LinkFactory, WorkFactory, editor, png

CHAPTER: dict[str, Any] = {
    "type": "chapter",
    "title": "Ar lanternau",
    "language": "cy",
    "author": [
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van den", "suffix": "Jr"},
        {"literal": "Cymdeithas y Llusernau"},
    ],
    "editor": [{"family": "Pugh", "given": "Rhys"}],
    "container-title": "Golau a chysgod",
    "publisher": "Gwasg Enghraifft",
    "page": "12-30",
    "issued": {"date-parts": [[2014]]},
}
EDITED_BY = {"cy": "gol.", "en": "ed."}


def look(page: Page) -> None:
    """On a desk and on a phone nothing is wider than the screen, and axe finds nothing: once, with the longer words."""
    if page.locator("html").get_attribute("lang") == "cy":
        assert faults(page) == []
        page.set_viewport_size({"width": 360, "height": 740})
        assert not scrolls_sideways(page), page.url
        page.set_viewport_size({"width": 1280, "height": 900})


def name_a_creator(desk: Page, number: int, **parts: str) -> None:
    if "role" in parts:
        desk.select_option(f"[name=item-name-{number}-role]", parts.pop("role"))
    for part, value in parts.items():
        desk.fill(f"[name=item-name-{number}-{part.replace('_', '-')}]", value)


def type_in_a_work(desk: Page, site: str, language: str) -> None:
    """A chapter, field by field: what its kind does not have is put away, and its names are moved."""
    desk.goto(f"{site}/admin/references/work/add/")
    look(desk)
    desk.select_option("[name=item-type]", "chapter")
    expect(desk.locator("[name=item-ISSN]")).to_be_hidden()
    expect(desk.locator("[name=item-container-title]")).to_be_visible()
    for name in ("container-title", "publisher", "page"):
        desk.fill(f"[name=item-{name}]", CHAPTER[name])
    desk.select_option("[name=item-language]", "cy")
    desk.fill("[name=item-issued-year]", "2014")
    desk.fill("[name=key]", "van-den-berg-2014")
    name_a_creator(desk, 0, role="editor", family="Pugh", given="Rhys")
    desk.locator(".names summary").nth(1).click()
    name_a_creator(desk, 1, family="Berg", given="Anna", non_dropping_particle="van den", suffix="Jr")
    name_a_creator(desk, 2, literal="Cymdeithas y Llusernau")
    desk.keyboard.press("Tab")
    expect(desk.locator("[name=item-name-2-family]")).to_be_hidden()
    desk.click("[name=item-row][value=down-0]")
    desk.click("[name=item-row][value=down-1]")
    desk.click("[name=item-row][value=add]")
    desk.click("[name=item-row][value=remove-3]")
    desk.press("[name=key]", "Enter")  # saves, and speaks the same language
    expect(desk.locator("html")).to_have_attribute("lang", language)
    expect(desk.locator(".field-item-title .errorlist")).to_be_visible()
    assert not Work.objects.filter(key="van-den-berg-2014").exists()
    look(desk)
    desk.fill("[name=item-title]", CHAPTER["title"])
    desk.click("[name=_continue]")
    entry = desk.locator(".entry")
    for words in ("van den Berg", "2014", "Ar lanternau", EDITED_BY[language], "12–30"):
        expect(entry).to_contain_text(words)
    assert (entry.locator("[lang=cy]").count() > 0) == (language == "en")  # said where the page is in another language
    assert Work.objects.get(key="van-den-berg-2014").csl == CHAPTER

    # It is put right where it stands, in a field or as it is kept, and the entry follows.
    desk.fill("[name=item-title]", "Ar lampau")
    desk.fill("[name=note]", "Teitl wedi’i gywiro.")
    desk.click("[name=_continue]")
    expect(entry).to_contain_text("Ar lampau")
    look(desk)
    desk.click("a[href='?item=csl-json']")
    look(desk)
    desk.fill("[name=csl]", json.dumps({**CHAPTER, "title": "Ar lampau", "x": [1]}))
    desk.click("[name=_continue]")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    has_a_cover_and_a_welsh_edition(desk)
    work = Work.objects.get(key="van-den-berg-2014")
    assert (work.csl, work.note) == ({**CHAPTER, "title": "Ar lampau", "x": [1]}, "Teitl wedi’i gywiro.")


def has_a_cover_and_a_welsh_edition(desk: Page) -> None:
    """A cover needs words for those who do not see it, in both languages; the official Welsh edition stands beside the item."""
    desk.fill("[name=welsh_title]", "Ar lusernau")
    desk.fill("[name=welsh_url]", "https://example.org/cy/llusernau")
    file: Any = {"name": "clawr.png", "mimeType": "image/png", "buffer": png(300, 400).getvalue()}
    desk.set_input_files("[name=cover_upload]", file)
    desk.fill("[name=cover_alt_cy]", "Llusern ar silff.")
    desk.click("[name=_continue]")
    expect(desk.locator(".field-cover_alt_en .errorlist")).to_be_visible()
    look(desk)
    desk.set_input_files("[name=cover_upload]", file)
    desk.fill("[name=cover_alt_en]", "A lantern on a shelf.")
    desk.click("[name=_continue]")
    expect(desk.locator(".field-cover_shown img")).to_be_visible()
    work = Work.objects.get(key="van-den-berg-2014")
    assert (work.welsh_title, work.welsh_url) == ("Ar lusernau", "https://example.org/cy/llusernau")
    assert (work.cover_alt_cy, work.cover_alt_en) == ("Llusern ar silff.", "A lantern on a shelf.")  # type: ignore[attr-defined]


def find_and_download(desk: Page, site: str) -> None:
    """The list finds a work by its title; what is downloaded is what readers see, and no draft's work."""
    desk.goto(f"{site}/admin/references/work/?q=lampau")
    look(desk)
    assert desk.locator("#result_list tbody tr").count() == 1
    for suffix, holds in (("ris", "TI  - On bridges"), ("bib", "On bridges"), ("json", '"On bridges"')):
        with desk.expect_download() as caught:
            desk.locator(f".downloads a[href$='.{suffix}']").click()
        text = caught.value.path().read_text("utf-8")
        assert holds in text
        assert "lampau" not in text


def refuse_a_file(desk: Page, site: str) -> None:
    desk.goto(f"{site}/admin/references/work/import/")
    wrong: Any = {"name": "works.ris", "mimeType": "text/plain", "buffer": b"Dear editor, here are the works."}
    desk.set_input_files("[name=file]", wrong)
    desk.locator("#content form [type=submit]").click()
    expect(desk.locator(".errorlist")).to_be_visible()
    look(desk)


def say_which_work_is_meant(desk: Page, site: str, edition: HallmarkEdition) -> None:
    """From the findings over all texts: chosen from those it may mean, taken back, and chosen again."""
    desk.goto(f"{site}/admin/citations/")
    look(desk)
    desk.select_option("#filter-kind", "ambiguous")
    desk.locator(".citation-filters [type=submit]").click()
    expect(desk).to_have_url(re.compile("kind=ambiguous"))
    finding = desk.locator("li[data-kind]")
    expect(finding).to_have_count(1)
    expect(finding).to_have_attribute("data-kind", "ambiguous")
    for settled_before in (0, 1):
        desk.goto(f"{site}/admin/citations/?kind=ambiguous&state=open")
        finding.locator("details").first.locator("summary").click()
        finding.locator("select").select_option("literacy-council-2020-b")
        finding.locator("button[value^='citation:link:']").click()
        expect(desk.locator(".messagelist .success")).to_be_visible()
        expect(finding).to_have_count(0)
        link = CitationLink.objects.get()
        assert (link.work.key, link.as_printed, link.language) == (
            "literacy-council-2020-b",
            "Literacy Council, 2020",
            "en",
        )
        if not settled_before:
            desk.goto(f"{site}/admin/hallmarks/hallmarkedition/{edition.pk}/change/")
            taking_back = desk.locator("button[value^='citation:unlink:']")
            desk.locator("#citations > details").filter(has=taking_back).locator("summary").click()
            taking_back.click()
            expect(desk.locator(".messagelist .success")).to_be_visible()
            assert CitationLink.objects.count() == 0


def publish_with_a_warning(desk: Page, site: str, edition: HallmarkEdition) -> None:
    """What is still open is said where the page is published, and does not stand in the way."""
    desk.goto(f"{site}/admin/hallmarks/hallmark/{edition.content_id}/change/")
    remark = desk.locator(".remark a")
    expect(remark).to_contain_text("3")  # nobody listed, one never cited, and one that the Welsh does not cite
    remark.click()
    expect(desk.locator("#citations li[data-kind=cited_not_listed]")).to_be_visible()
    expect(desk.locator(".ProseMirror[aria-label]").first).to_be_visible()
    assert faults(desk) == []
    assert desk.locator("#citations li[data-kind] .badge-warning").count() == 3
    desk.go_back()
    desk.click("button[value=publish]")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto(f"{site}/en/hallmarks/hallmark-1/")
    assert [link.get_attribute("href") for link in desk.locator("a.citation").all()] == ["#ref-literacy-council-2020-b"]
    assert [year.inner_text() for year in desk.locator(".references .year").all()] == ["2020a", "2020b"]


def look_after_the_links(desk: Page, site: str) -> None:
    desk.goto(f"{site}/admin/references/link/?state=broken")
    look(desk)
    desk.locator("#result_list .field-verdict_badge a").click()
    expect(desk.locator(".field-history_shown tbody tr")).to_have_count(3)
    look(desk)
    desk.go_back()
    desk.check("#result_list [name=_selected_action]")
    desk.select_option("[name=action]", "it_works")
    desk.locator(".actions [type=submit]").click()
    expect(desk.locator("#result_list .field-verdict_badge")).to_have_count(0)
    assert Link.objects.get().accepted_at is not None


@pytest.mark.parametrize("language", ["cy", pytest.param("en", marks=pytest.mark.again)])
@pytest.mark.django_db(transaction=True)
def test_an_editor_reaches_the_rest_of_the_bibliography(
    site: str, signed_in: Callable[[User], Page], language: str
) -> None:
    councils = [
        WorkFactory.create(
            key=f"literacy-council-2020-{letter}",
            csl={
                "type": "report",
                "title": f"On reading {letter}",
                "author": [{"literal": "Literacy Council"}],
                "issued": {"date-parts": [[2020]]},
            },
        )
        for letter in ("a", "b")
    ]
    HallmarkFactory.create(
        number=1,
        edition__stage="working",
        edition__body_en="<p>Reading helps (Literacy Council, 2020), says (Nobody, 1999).</p>",
        edition__body_cy="<p>Mae darllen yn helpu.</p>",
        edition__works=councils,
    )
    edition = HallmarkEdition.objects.get()
    edition.references.update(printed_cy="")
    address = "https://example.org/bridges"
    published = WorkFactory.create(csl={"type": "webpage", "title": "On bridges", "URL": address})
    HallmarkFactory.create(number=2, edition__works=[published])
    link = LinkFactory.create(address=address, failures=3)
    for _week in range(3):
        link.checks.create(at=link.checked_at, verdict=Verdict.FAILS, problem="status", status=404, seconds=0.4)

    recount_all()  # as the clock does: the factories write past the services
    desk = signed_in(editor(language=language))
    type_in_a_work(desk, site, language)
    find_and_download(desk, site)
    refuse_a_file(desk, site)
    look_after_the_links(desk, site)
    say_which_work_is_meant(desk, site, edition)
    publish_with_a_warning(desk, site, edition)
    assert desk.locator("html").get_attribute("lang") == "en"
