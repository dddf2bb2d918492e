"""Two people at one text in two browsers: each is told of the other, and neither loses a word."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from foundation.people.models import OpenPage, User
from pages.models import PageEdition
from tests.browser.accessibility import faults, scrolls_sideways
from tests.factories import PageFactory
from tests.factories import editor as make_editor


@pytest.mark.django_db(transaction=True)
def test_two_people_write_one_text(
    signed_in: Callable[[User], Page], site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foundation.publishing.admin.together.EVERY", 0.5)
    working = PageFactory.create(edition__stage="working").editions.get()
    address = f"{site}/admin/pages/pageedition/{working.pk}/change/"
    mine, theirs = signed_in(make_editor(name="Ann Owen")), signed_in(make_editor(name="Nia Ŵyn"))
    mine.goto(address)
    expect(mine.locator("#others p")).to_have_count(0)
    theirs.goto(address)
    expect(theirs.locator("#others")).to_contain_text("Ann Owen has had this open since")
    expect(mine.locator("#others")).to_contain_text("Nia Ŵyn has had this open since")  # by the ping

    theirs.fill("[name=title_cy]", "Teitl Nia")
    theirs.fill("[name=title_en]", "Nia’s title")
    theirs.click("[name=_continue]")
    expect(theirs.locator(".messagelist .success")).to_be_visible()

    mine.fill("[name=title_en]", "Ann’s title")
    mine.click("[name=_save]")
    merged = mine.locator("#together")
    expect(merged).to_contain_text("Title (Welsh)")
    expect(merged.locator("fieldset")).to_have_count(1)
    expect(merged.locator("del")).to_contain_text("Nia’s")
    expect(merged.locator("ins")).to_contain_text("Ann’s")
    assert mine.input_value("[name=title_cy]") == "Teitl Nia"
    assert mine.input_value("[name=title_en]") == "Ann’s title"
    assert PageEdition.objects.get(pk=working.pk).title_en == "Nia’s title"
    assert faults(mine) == []
    mine.set_viewport_size({"width": 360, "height": 740})
    assert not scrolls_sideways(mine)

    mine.fill("[name=title_en]", "Ann and Nia’s title")
    mine.click("#together button")
    expect(mine.locator(".messagelist .success")).to_be_visible()
    stored = PageEdition.objects.get(pk=working.pk)
    assert (stored.title_cy, stored.title_en, stored.version) == ("Teitl Nia", "Ann and Nia’s title", 3)
    assert OpenPage.objects.count() == 2
