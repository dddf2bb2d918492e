"""The bibliography at the desk, in each language: works come in by file, findings are settled, two works become one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.people.models import User
from hallmarks.models import HallmarkEdition
from references.models import CitationLink, Excuse, FormerKey, Work
from tests.browser.accessibility import faults
from tests.factories import HallmarkFactory, WorkFactory, editor

RIS = """TY  - BOOK
AU  - Ellis, Mair
PY  - 2019
TI  - On lanterns & lamps
PB  - Gwasg Enghraifft
ER  -

TY  - BOOK
AU  - Morgan, Elin
PY  - 2003
TI  - On maps
PB  - Gwasg Arall
ER  -
"""
CITES = "<p>Lanterns help (Ellis, 2019). So do maps (Morgan, 2003), and so did bells (Pritchard, 1999).</p>"


def import_a_file(desk: Page, site: str) -> None:
    desk.goto(f"{site}/admin/references/work/import/")
    assert faults(desk) == []
    upload: Any = {"name": "works.ris", "mimeType": "text/plain", "buffer": RIS.encode()}
    desk.set_input_files("[name=file]", upload)
    desk.locator("#content form [type=submit]").click()
    assert not Work.objects.filter(key="ellis-2019").exists()
    assert faults(desk) == []
    # One has the title and the year of a work that is here: nothing is done with it unless somebody says what.
    choice = desk.locator("#works_form select")
    assert (choice.count(), choice.input_value()) == (1, "leave")
    choice.select_option("update")
    desk.locator("#works_form [type=submit]").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert Work.objects.get(key="morgan-2003").csl["publisher"] == "Gwasg Arall"


def settle(desk: Page, kind: str, press: str, *, typed: str = "") -> None:
    """Press the button of the first finding of this kind that has it, and write what it asks for."""
    button = f"button[value^='citation:{press}:']"
    line = desk.locator(f"#citations li[data-kind={kind}]").filter(has=desk.locator(button)).first
    if typed:
        line.locator("details").filter(has=desk.locator(button)).locator("summary").click()
        line.locator("textarea").fill(typed)
    line.locator(button).first.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()


@pytest.mark.parametrize("language", ["cy", pytest.param("en", marks=pytest.mark.again)])
@pytest.mark.django_db(transaction=True)
def test_an_editor_keeps_the_bibliography_true(site: str, signed_in: Callable[[User], Page], language: str) -> None:
    WorkFactory.create(key="morgan-2003", family="Morgan", title="On maps", year=2003)
    HallmarkFactory.create(
        number=1, edition__stage="working", edition__body_en=CITES, edition__works=1, edition__first_language="en"
    )
    edition = HallmarkEdition.objects.get()
    edition.references.update(printed_cy="", printed_en="Rees, R. (2001)\nOn rivers.")
    desk = signed_in(editor(language=language))
    assert desk.locator("html").get_attribute("lang") == language
    import_a_file(desk, site)
    work = Work.objects.get(key="ellis-2019")
    assert (work.title, work.year) == ("On lanterns & lamps", 2019)

    # The findings stand beside the text: one is added to the list, one is excused; both stay done.
    desk.goto(f"{site}/admin/hallmarks/hallmarkedition/{edition.pk}/change/")
    settle(desk, "cited_not_listed", "list")
    assert edition.references.count() == 2
    settle(desk, "cited_not_listed", "excuse", typed="Mae’r golygydd wedi gwirio hyn.")
    assert Excuse.objects.get().reason == "Mae’r golygydd wedi gwirio hyn."
    desk.locator("button[value^='citation:take-back:']").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert Excuse.objects.count() == 0
    desk.goto(f"{site}/admin/citations/")
    assert faults(desk) == []

    # The same work came in twice: the two become one, and the old address leads on.
    double = WorkFactory.create(key="ellis-m-2019", family="Ellis", title="On lanterns and lamps", year=2019)
    desk.goto(f"{site}/admin/references/work/{double.pk}/merge/?stays={work.pk}")
    expect(desk.locator(".select2-selection[aria-label]")).to_be_visible()
    assert faults(desk) == []
    desk.goto(f"{site}/admin/references/work/{double.pk}/merge/")
    expect(desk.locator(".select2-selection[aria-label]")).to_be_visible()
    assert faults(desk) == []
    desk.go_back()
    desk.locator("#content form[method=post] [type=submit]").last.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert FormerKey.objects.get().work == work
    assert CitationLink.objects.count() == 0
