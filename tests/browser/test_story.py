"""The whole story in a browser: read in both languages, sent in Welsh, moderated, translated, agreed, published in both."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from casestudies.joinin.steps import STEPS
from casestudies.models import CaseStudy
from casestudies.vocabulary import Status
from foundation.correspondence.services import sweep
from foundation.people.models import User
from foundation.record.models import Event
from hallmarks.models import Hallmark
from tests.browser.accessibility import faults
from tests.factories import editor, png, translator

SECTIONS = ("about", "context", "activity", "impact", "evidence", "sharing")
ANSWERS: dict[str, dict[str, str]] = {
    "you": {"name": "Nia Prysor-Unigryw", "role": "Pennaeth", "email": "nia@ysgol.example"},
    "setting": {"setting_name_cy": "Ysgol y Cwmwl Crwn"},
    "title": {
        "title_cy": "Darllen â’n gilydd bob bore Gwener",
        "summary_cy": "Sut y dysgodd staff drwy ddarllen gyda’i gilydd.",
    },
    **{
        key: {f"{key}_cy": f"Dyma’r adran {key}.\n\nAil baragraff ŵ ŷ & <b>dim HTML</b> {{{{ 7 }}}}."}
        for key in SECTIONS
    },
    "references": {"typed": "Estyn (2017) Adroddiad enghreifftiol."},
    "people": {"name-1": "Gwen Enwog", "role-1": "Athrawes", "email-1": "gwen@ysgol.example"},
}
TICKED = {
    "language": ["[value=cy]"],
    "setting": ["[name=kind][value=school]", "[name=phase][value=primary]", "[name=medium][value=welsh]"],
    "hallmarks": ["[name=hallmarks] >> nth=2"],
    "writing": ["[value=cy]"],
    "permissions": ["[name=is_headteacher][value=yes]", "[name=headteacher]", "[name=licence]", "[name=privacy]"],
}


def choose(page: Page, selector: str) -> None:
    """Tick what a person would tick, or pick it where the page offers a list."""
    box = page.locator(selector)
    if box.evaluate("element => element.tagName") == "OPTION":
        name, value = re.findall(r"=(\w+)\]", selector)
        page.select_option(f"[name={name}]", value)
    else:
        box.check()


def answer(page: Page, key: str) -> None:
    for selector in TICKED.get(key, []):
        if key == "setting" and page.locator(selector).count() == 0:
            name, value = re.findall(r"=(\w+)\]", selector)
            page.select_option(f"[name={name}]", value)
        else:
            choose(page, selector)
    if key == "setting":
        page.select_option("[name=authority]", "gwynedd")
    for name, text in ANSWERS.get(key, {}).items():
        if key in SECTIONS:
            write(page, text)
        else:
            page.fill(f"#id_{name}", text)


def write(page: Page, text: str) -> None:
    """Type paragraphs into the one editor of a page."""
    page.locator(".editor__text").click()
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(paragraph)


def add_picture(page: Page) -> None:
    page.set_input_files(
        "#id_picture", {"name": "llun.png", "mimeType": "image/png", "buffer": png(800, 500).getvalue()}
    )
    page.click("[name=add]")
    page.locator("#pictures input[type=text], #pictures textarea").first.fill("Tair cadair wag o amgylch bwrdd.")
    page.locator("#pictures input[type=radio]").last.check()


def send_the_story(page: Page, site: str) -> None:
    page.goto(f"{site}/cy/")
    page.locator("header nav a[href='/cy/ymunwch/']").click()
    page.locator("main form [type=submit]").click()
    for step in [one for one in STEPS if one.key != "schools"]:
        expect(page).to_have_url(re.compile(re.escape(f"{site}{step.address('cy')}") + r"([?#].*)?$"))
        assert page.locator("html").get_attribute("lang") == "cy"
        if step.key == "pictures":
            add_picture(page)
        answer(page, step.key)
        assert faults(page) == []
        page.locator("#page-form [name=save], #page-form button.button:not(.button--quiet)").last.click()
    assert page.locator(".error-summary").count() == 0
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("main")).to_contain_text(CaseStudy.objects.latest("pk").reference)


def follow_the_link_in_mail(page: Page) -> None:
    sweep()
    link = re.search(r"http://\S+/ymunwch/\S+", str(mail.outbox[-1].body))
    assert link, mail.outbox[-1].body
    page.goto(link[0])
    page.locator("main form [type=submit]").first.click()


def do(page: Page, move: str) -> None:
    """Press the button of a move on the workbench."""
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
    # The line on how the hallmark shows was left empty: there is nothing to match.
    for tick in page.locator("input[type=checkbox][name*=agree_]:not([name^=hallmarks]):visible").all():
        tick.check()
    page.click("[name=_save]")


@pytest.mark.django_db(transaction=True)
def test_from_a_reader_to_a_published_story(
    site: str, page: Page, browser: Browser, signed_in: Callable[[User], Page], settings: Any
) -> None:
    call_command("load_starter_content", stdout=io.StringIO())
    hallmark = Hallmark.objects.get(number=3)

    # A leader reads a hallmark in both languages.
    page.goto(f"{site}/en/")
    page.locator(f"main a[href='/en/hallmarks/{hallmark.slug_en}/']").last.click()
    english_headings = page.locator("main :is(h1, h2, h3)").count()
    page.locator("header [hreflang=cy]").click()
    expect(page).to_have_url(f"{site}/cy/nodweddion/{hallmark.slug_cy}/")
    assert page.locator("main :is(h1, h2, h3)").count() == english_headings
    assert faults(page) == []

    # A school sends a story in Welsh, and confirms its address.
    send_the_story(page, site)
    follow_the_link_in_mail(page)
    case = CaseStudy.objects.latest("pk")
    assert case.status == Status.SUBMITTED

    # An editor claims and accepts it; a translator writes the English; the editor sends the proof.
    desk = signed_in(editor())
    desk.goto(f"{site}/admin/casestudies/casestudy/")
    desk.get_by_role("link", name=case.reference).click()
    workbench = desk.url
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
    reader = browser.new_context().new_page()
    for language, title, words in (
        ("cy", "Darllen â’n gilydd bob bore Gwener", "& <b>dim HTML</b> {{ 7 }}."),
        ("en", "The title in English", "This is context in English."),
    ):
        for listing in ("astudiaethau-achos/" if language == "cy" else "case-studies/",):
            reader.goto(f"{site}/{language}/{listing}")
            reader.get_by_role("link", name=title).click()
        expect(reader.locator("main")).to_contain_text(words)
        picture = reader.locator("main figure img, main img").first
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
        assert faults(reader) == []
        path = f"nodweddion/{hallmark.slug_cy}" if language == "cy" else f"hallmarks/{hallmark.slug_en}"
        reader.goto(f"{site}/{language}/{path}/")
        expect(reader.get_by_role("link", name=title)).to_be_visible()
    assert reader.context.cookies() == []
