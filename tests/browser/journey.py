"""A school tells its story in a browser, page by page, as a person would: from the front page to its reference number."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from casestudies.joinin.steps import STEPS
from casestudies.models import CaseStudy
from tests.factories import png

SECTIONS = ("about", "context", "activity", "impact", "evidence", "sharing")
PARAGRAPHS = ("Dyma’r adran / This is the part on {key}.", "Ŵ ŷ & <b>dim HTML</b> {{{{ 7 }}}}.")
TITLE = {"cy": "Darllen â’n gilydd bob bore Gwener", "en": "Reading together on Fridays"}
TYPED = {
    "you": {"name": "Nia Prysor-Unigryw", "role": "Pennaeth", "email": "nia@ysgol.example"},
    "setting": {"setting_name_cy": "Ysgol y Cwmwl Crwn"},
    "references": {"typed": "Estyn (2017) Adroddiad enghreifftiol."},
    "people": {"name-1": "Gwen Enwog", "role-1": "Athrawes", "email-1": "gwen@ysgol.example"},
}
TICKED = {
    "setting": ["[name=kind][value=school]"],
    "hallmarks": ["[name=hallmarks] >> nth=2"],
    "permissions": ["[name=is_headteacher][value=yes]", "[name=headteacher]", "[name=licence]", "[name=privacy]"],
}
CHOSEN = {"phase": "primary", "medium": "welsh", "authority": "gwynedd"}


def send_the_story(page: Page, site: str, language: str, *, scripts: bool = True) -> None:
    """Start at the front page, answer every page in `language`, in which the story is written too, and send it."""
    page.goto(f"{site}/{language}/")
    page.locator("main a[href$='/ymunwch/'], main a[href$='/join-in/']").first.click()
    page.locator("main form [type=submit]").click()
    for step in [one for one in STEPS if one.key != "schools"]:
        expect(page).to_have_url(re.compile(re.escape(f"{site}{step.address(language)}") + r"([?#].*)?$"))
        assert page.locator("html").get_attribute("lang") == language
        _answer(page, step.key, language, scripts=scripts)
        page.locator("#page-form button.button:not(.button--quiet)").last.click()
    expect(page).to_have_url(re.compile(r"/(gwirio|check)/"))
    assert page.locator(".error-summary").count() == 0
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("main")).to_contain_text(CaseStudy.objects.latest("pk").reference)


def _answer(page: Page, key: str, language: str, *, scripts: bool) -> None:
    ticked = {**TICKED, "language": [f"[value={language}]"], "writing": [f"[value={language}]"]}
    for selector in ticked.get(key, []):
        page.locator(selector).check()
    if key == "setting":
        for name, value in CHOSEN.items():
            _choose(page, name, value)
    elif key == "pictures":
        _add_picture(page)
    elif key == "title":
        page.fill(f"#id_title_{language}", TITLE[language])
        page.fill(f"#id_summary_{language}", "Sut y dysgodd staff gyda’i gilydd. / How staff learned together.")
    elif key in SECTIONS:
        _write(page, key, language, scripts=scripts)
    for name, text in TYPED.get(key, {}).items():
        page.fill(f"#id_{name}", text)


def _choose(page: Page, name: str, value: str) -> None:
    """From a list, or from the boxes that a short list has instead."""
    if page.locator(f"select[name={name}]").count():
        page.select_option(f"[name={name}]", value)
    else:
        page.locator(f"[name={name}][value={value}]").check()


def _write(page: Page, key: str, language: str, *, scripts: bool) -> None:
    paragraphs = [text.format(key=key) for text in PARAGRAPHS]
    if not scripts:
        page.fill(f"#id_{key}_{language}", "\n\n".join(paragraphs))
        return
    page.locator(".editor__text").click()
    for number, paragraph in enumerate(paragraphs):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(paragraph)


def _add_picture(page: Page) -> None:
    file: Any = {"name": "llun.png", "mimeType": "image/png", "buffer": png(800, 500).getvalue()}
    page.set_input_files("#id_picture", file)
    page.click("[name=add]")
    page.locator("#pictures input[type=text], #pictures textarea").first.fill("Tair cadair wag o amgylch bwrdd.")
    page.locator("#pictures input[type=radio]").last.check()
