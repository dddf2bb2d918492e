"""Entries on pages and in the database: year letters, links, and what is stored with a work."""

import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from foundation.people.models import User
from references.models import Work, WorkName
from references.services import refresh_works, save_work
from references.styles import VERSION, entry_html, year_letters
from tests.factories import CaseStudyFactory, HallmarkFactory, WorkFactory

OWEN = {"family": "Owen", "given": "Ffion Mair"}
BERG = {"non-dropping-particle": "van der", "family": "Berg", "given": "Jan-Piet"}
EVANS = {"family": "Evans", "given": "Ioan", "suffix": "Jr."}
BOOK = {"type": "book", "title": "Dysgu", "language": "cy", "author": [OWEN], "issued": {"date-parts": [[2020, 3, 5]]}}
OFFICIAL = {
    "type": "report", "title": "Learning together", "author": [{"literal": "The Body"}], "publisher": "The Body",
    "issued": {"date-parts": [[2020]]}, "DOI": "10.1000/x", "URL": "https://example.org/en",
    "custom": {"title_cy": "Cyd-ddysgu", "author_cy": "Y Corff", "url_cy": "https://example.org/cy"},
}  # fmt: skip


# --- year letters -----------------------------------------------------------------------------------------------------------


def works_of(*rows: tuple[str, str, int | None]) -> list[Work]:
    return [
        WorkFactory.create(key=f"work-{number}", csl={**BOOK, "author": [{"literal": author}], "title": title, "issued": (
            {"date-parts": [[year]]} if year else {})})
        for number, (author, title, year) in enumerate(rows)
    ]  # fmt: skip


def letters(works: list[Work]) -> list[str]:
    given = year_letters(works)
    return [given.get(work.pk, "") for work in works]


def test_letters_are_for_works_of_one_list_with_the_same_authors_and_year(db: None) -> None:
    works = works_of(("A", "Yfory", 2020), ("A", "Echdoe", 2020), ("B", "Heddiw", 2020), ("A", "Neithiwr", 2021),
                     ("A", "Beth", None), ("A", "Amser", None))  # fmt: skip
    assert letters(works) == ["b", "a", "", "", "b", "a"]
    assert letters(works[:1] + works[2:5]) == ["", "", "", ""]
    assert letters([works[0], works[0]]) == ["", ""]


def test_letters_go_on_after_z(db: None) -> None:
    works = works_of(*(("A", f"Rhan {number:03}", 2020) for number in range(28)))
    assert letters(works) == [*"abcdefghijklmnopqrstuvwxyz", "aa", "ab"]


def test_authors_who_are_shortened_alike_are_the_same(db: None) -> None:
    first = {**BOOK, "author": [OWEN, EVANS, BERG, OWEN]}
    second = {**BOOK, "author": [OWEN, BERG, EVANS, EVANS], "title": "Byd"}
    assert letters([save_work(key="a", csl=first), save_work(key="b", csl=second)]) == ["b", "a"]


# --- on pages ---------------------------------------------------------------------------------------------------------------


def test_a_list_shows_stored_entries_with_letters_and_the_bibliography_shows_none(client: Client, db: None) -> None:
    first, second, _other = works = works_of(("A", "Yfory", 2020), ("A", "Echdoe", None), ("A", "Heddiw", 2020))
    HallmarkFactory.create(number=1, edition__works=works)
    page = client.get("/en/hallmarks/hallmark-1/").content.decode()
    year = '<a href="/en/references/work-0/">A (<span class="year">2020b</span>)</a> <cite lang="cy">Yfory</cite>.'
    assert f'<li class="reference" id="ref-work-0">{year}</li>' in squeezed(page)
    assert "(n.d.)".join(re.findall(r"20\d\d[ab]\b", page)) == "2020b(n.d.)2020a"
    assert "2020a" not in client.get("/en/references/").content.decode()
    welsh = client.get("/cy/nodweddion/nodwedd-1/").content.decode()
    assert (
        f'id="ref-{second.key}"><a href="/cy/cyfeiriadau/work-1/">A (<span class="year">d.d.</span>)</a>'
        in squeezed(welsh)
    )
    assert first.entry_en.count("2020b") == 0


def squeezed(page: str) -> str:
    return re.sub(r"\s*\n\s*", "", page)


def test_the_list_of_a_case_study_shows_the_stored_entry(client: Client, db: None) -> None:
    work = WorkFactory.create(key="a", csl=BOOK)
    case = CaseStudyFactory.create(status="published")
    case.editions.get().references.create(work=work, position=0)
    page = squeezed(client.get(case.get_absolute_url()).content.decode())
    assert (
        '<li class="reference" id="ref-a"><a href="/en/references/a/">Owen, F.M. (<span class="year">2020</span>)</a>'
        in page
    )


# --- stored -----------------------------------------------------------------------------------------------------------------


def test_entries_are_stored_with_the_work_and_follow_the_welsh_columns(db: None) -> None:
    work = save_work(key="a", csl=OFFICIAL)
    assert (work.entry_cy, work.entry_en) == (entry_html(OFFICIAL, "cy"), entry_html(OFFICIAL, "en"))
    changed = save_work(key="a", csl=OFFICIAL, welsh_title="Teitl arall", welsh_author="", welsh_url="")
    changed.refresh_from_db()
    assert "Teitl arall" in changed.entry_cy
    assert changed.entry_cy.startswith("The Body (")
    assert 'href="https://doi.org/10.1000/x"' in changed.entry_cy
    assert (changed.csl, changed.entry_en, changed.entry_version) == (OFFICIAL, work.entry_en, VERSION)


def test_entries_left_behind_are_rendered_anew(db: None) -> None:
    works = [save_work(key=key, csl={**BOOK, "title": key}) for key in "abcd"]
    right = {work.pk: (work.entry_cy, work.entry_en) for work in works}
    Work.objects.filter(key="a").update(entry_en="<b>old</b>")
    Work.objects.filter(key="b").update(entry_version=VERSION - 1)
    Work.objects.filter(key="c").update(welsh_title="Newydd")
    assert refresh_works(only_old=True) == 1
    assert refresh_works() == 2
    assert refresh_works() == 0
    found = {work.pk: (work.entry_cy, work.entry_en) for work in Work.objects.all()}
    assert found.pop(works[2].pk)[0] == right[works[2].pk][0].replace("<cite>c</cite>", "<cite>Newydd</cite>")
    assert found == {pk: entries for pk, entries in right.items() if pk != works[2].pk}


def test_columns_and_names_left_behind_are_put_right(db: None) -> None:
    works = [save_work(key=key, csl={**OFFICIAL, "title": key}) for key in "abc"]
    columns = ("key", "title", "doi", "year", "sort_cy", "letter_cy", "creators", "entry_en", "welsh_title")
    right = list(Work.objects.order_by("key").values_list(*columns))
    names = set(WorkName.objects.values_list("work", "key", "form"))
    Work.objects.filter(key="a").update(doi="https://doi.org/10.1000/x", title="wrong", letter_cy="Z")
    WorkName.objects.filter(work=works[1]).delete()
    assert run_check() == {"works": {"checked": 3, "repaired": 2}}
    assert run_check() == {"works": {"checked": 3, "repaired": 0}}
    assert list(Work.objects.order_by("key").values_list(*columns)) == right
    assert set(WorkName.objects.values_list("work", "key", "form")) == names
    assert len(names) >= 3


def test_an_item_that_was_spoiled_stops_nobody(db: None) -> None:
    spoiled, other = (save_work(key=key, csl={**BOOK, "title": key}) for key in "ab")
    Work.objects.filter(pk=spoiled.pk).update(csl={"no": "title"})
    Work.objects.filter(pk=other.pk).update(title="wrong")
    run_check()
    assert list(Work.objects.order_by("key").values_list("title", flat=True)) == ["a", "b"]


def run_check() -> dict[str, Any]:
    out = StringIO()
    call_command("check_integrity", "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_entry_follows_what_an_editor_writes_beside_the_item(
    editor: User, client_of: Callable[[User], Client]
) -> None:
    work = save_work(key="a", csl=BOOK)
    data = {"csl": json.dumps(BOOK), "identity": "stated", "welsh_title": "Dysgu o’r newydd", "welsh_author": "Y Corff"}
    blank = dict.fromkeys(("welsh_url", "cover_alt_cy", "cover_alt_en", "note"), "")
    address = reverse("admin:references_work_change", args=[work.pk]) + "?item=csl-json"
    assert client_of(editor).post(address, {**blank, **data}).status_code == 302
    work.refresh_from_db()
    assert work.entry_cy == 'Y Corff (<span class="year">2020</span>) <cite>Dysgu o’r newydd</cite>.'
    assert work.entry_en == entry_html(BOOK, "en")


def test_a_work_without_stored_entries_is_shown_all_the_same(client: Client, db: None) -> None:
    work = save_work(key="a", csl=BOOK)
    Work.objects.update(entry_cy="", entry_en="")
    work.refresh_from_db()
    assert work.entry("cy") == entry_html(BOOK, "cy")
