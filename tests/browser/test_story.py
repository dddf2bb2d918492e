"""The whole story in a browser: read in both languages, sent in Welsh, moderated, translated, agreed, published in both."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from casestudies.models import CaseStudy
from casestudies.vocabulary import Status
from foundation.correspondence.services import sweep
from foundation.people.models import User
from foundation.record.models import Event
from hallmarks.models import Hallmark
from tests.browser.accessibility import faults
from tests.browser.journey import SECTIONS, send_the_story
from tests.desk.pressing import page_of
from tests.factories import editor, translator


def follow_the_link_in_mail(page: Page) -> None:
    sweep()
    link = re.search(r"http://\S+/ymunwch/\S+", str(mail.outbox[-1].body))
    assert link, mail.outbox[-1].body
    page.goto(link[0])
    page.locator("main form [type=submit]").first.click()


def do(page: Page, move: str) -> None:
    """Press the button of a move on the workbench, having looked at its message where it has one."""
    for summary in page.locator(f"#move-{move} > details:not([open]) > summary").all():
        summary.click()
    page.click(f"#move-{move} button[value='move:{move}']")
    expect(page.locator(".messagelist .success")).to_be_visible()


def translate_into_english(page: Page) -> None:
    for field in ("title", "setting_name"):
        page.fill(f"#id_{field}_en", f"The {field} in English")
    page.fill("#id_summary_en", "How staff learned by reading together.")
    for field in SECTIONS:
        page.locator(f"#pair-{field} .pair-side").nth(1).locator(".tiptap").fill(f"This is {field} in English.")
    for picture_alt in page.locator("input[name$='alt_en']:visible").all():
        picture_alt.fill("Three empty chairs around a table.")
    # Also beneath the line on how the hallmark shows, which was left empty: there is nothing to match.
    for tick in page.locator("input[type=checkbox][name*=agree_]:visible").all():
        tick.check()
    page.click("[name=_save]")


@pytest.mark.django_db(transaction=True)
def test_from_a_reader_to_a_published_story(
    site: str, page: Page, open_page: Callable[..., Page], signed_in: Callable[[User], Page], settings: Any
) -> None:
    call_command("load_starter_content", stdout=io.StringIO())
    hallmark = Hallmark.objects.get(number=3)

    # A leader reads a hallmark in both languages.
    page.goto(f"{site}/en/")
    page.locator(f"main a[href='/en/hallmarks/{hallmark.slug_en}/']").last.click()
    expect(page).to_have_url(f"{site}/en/hallmarks/{hallmark.slug_en}/")
    page.wait_for_load_state()
    english_headings = page.locator("main :is(h1, h2, h3)").count()
    page.locator("header [hreflang=cy]").click()
    expect(page).to_have_url(f"{site}/cy/nodweddion/{hallmark.slug_cy}/")
    expect(page.locator("main :is(h1, h2, h3)")).to_have_count(english_headings)
    assert faults(page) == []

    # A school sends a story in Welsh, and confirms its address.
    send_the_story(page, site, "cy")
    follow_the_link_in_mail(page)
    case = CaseStudy.objects.latest("pk")
    assert case.status == Status.SUBMITTED

    # An editor claims and accepts it; a translator writes the English; the editor sends the proof.
    desk = signed_in(editor())
    desk.goto(f"{site}/admin/casestudies/casestudy/")
    desk.get_by_role("link", name=case.reference).click()
    workbench = f"{site}{page_of(case)}"
    expect(desk).to_have_url(workbench)
    do(desk, "claim")
    do(desk, "accept")
    assert faults(desk) == []
    translating = signed_in(translator())
    translating.goto(f"{site}/admin/casestudies/casestudyedition/{case.editions.get().pk}/change/")
    translate_into_english(translating)
    expect(translating.locator(".messagelist .success")).to_be_visible()
    desk.goto(workbench)
    do(desk, "send_proof")

    # The contributor reads the proof and agrees.
    follow_the_link_in_mail(page)
    page.locator("main a[href$='/proflen/'], main a[href$='/proof/']").first.click()
    expect(page.locator("main")).to_contain_text("This is context in English.")
    page.click("[name=agree]")

    # The editor publishes it; it is public in both languages, and under its hallmark.
    desk.goto(workbench)
    do(desk, "publish")
    case = CaseStudy.objects.get(pk=case.pk)
    assert case.status == Status.PUBLISHED
    codes = ["send", "confirm", "claim", "accept", "send_proof", "agree", "publish"]
    assert [code for code in Event.objects.about(case.uuid).values_list("code", flat=True) if code in codes] == codes
    reader = open_page()
    for language, title, words in (
        ("cy", "Darllen â’n gilydd bob bore Gwener", "& <b>dim HTML</b> {{ 7 }}."),
        ("en", "The title in English", "This is context in English."),
    ):
        for listing in ("astudiaethau-achos/" if language == "cy" else "case-studies/",):
            reader.goto(f"{site}/{language}/{listing}")
            reader.get_by_role("link", name=title).click()
        expect(reader.locator("main")).to_contain_text(words)
        picture = reader.locator("main figure img, main img").first
        picture.scroll_into_view_if_needed()
        reader.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
        assert faults(reader) == []
        path = f"nodweddion/{hallmark.slug_cy}" if language == "cy" else f"hallmarks/{hallmark.slug_en}"
        reader.goto(f"{site}/{language}/{path}/")
        expect(reader.get_by_role("link", name=title)).to_be_visible()
    assert reader.context.cookies() == []
