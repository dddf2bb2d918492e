"""The workbench in a browser, in each language, with the keyboard alone: a message is read, filled and sent."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casestudies.models import CaseStudy, CaseStudyEdition, Finding, ReadyReason
from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.correspondence.models import Message
from foundation.people.models import User
from tests.browser.accessibility import faults, lost_on_the_way, scrolls_sideways
from tests.factories import CaseStudyFactory, CommentFactory, editor

WORDS = {"title_cy": "Rhy fyr", "title_en": "Too short", "text_cy": "Mae’n rhy fyr.", "text_en": "It is too short."}


def look(page: Page, name: str) -> None:
    """On a phone and on a desk nothing is wider than the screen, and axe finds nothing: once, with the longer words."""
    language = page.locator("html").get_attribute("lang")
    assert language == "en" or faults(page) == []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert not scrolls_sideways(page), (page.url, width)
        if "PICTURES" in os.environ:
            page.screenshot(path=f"{os.environ['PICTURES']}/{name}_{language}_{width}.png", full_page=True)


def go_to(page: Page, selector: str, most: int = 80) -> None:
    """With the Tab key alone."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key does not lead to {selector}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["cy", pytest.param("en", marks=pytest.mark.again)])
def test_the_workbench_with_the_keyboard_alone(site: str, signed_in: Callable[[User], Page], language: str) -> None:
    person = editor(language=language)
    case = CaseStudyFactory.create(
        status="in_review", claimed_by=person, contributor__language=language, edition__pictures=2
    )
    CaseStudyEdition.objects.filter(content=case).update(impact_en="<p>Pupils read much more now.</p>")
    CommentFactory.create(case_study=case, is_answered=True, answer="Gofynnon ni iddyn nhw.", asked_by=person)
    CommentFactory.create(case_study=case, text_cy="Pryd oedd hynny?", text_en="When was that?", asked_by=person)
    Finding.objects.create(case_study=case, kind="pupil", field="impact", language="en", quote="Pupils")
    agree_all(obj=ReadyReason.objects.create(move="request_changes", **WORDS), how=How.SPEAKER)
    desk = signed_in(person)
    desk.goto(f"{site}/admin/casestudies/casestudy/{case.pk}/change/")
    for how in ("inline", "side"):
        desk.click(f".comparisons a[href*='compare={how}']")
        expect(desk.locator("#compared-impact ins").first).to_contain_text("much")
        look(desk, how)
    stops, lost = lost_on_the_way(desk, most=25)
    assert (stops > 20, lost) == (True, [])

    # The message is opened, its box filled from the ready-made reasons, changed, and sent.
    desk.reload()
    go_to(desk, "#move-request_changes summary")
    desk.keyboard.press("Enter")
    go_to(desk, "#ready-request_changes")
    desk.keyboard.press("ArrowDown")
    go_to(desk, "#move-request_changes button[data-into]")
    desk.keyboard.press("Enter")
    box = desk.locator(f"#id_request_changes-reason_{language}")
    expect(box).to_have_value(WORDS[f"text_{language}"])
    look(desk, "letter")
    box.focus()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Diolch!")
    go_to(desk, "#move-request_changes button[value='move:request_changes']")
    desk.keyboard.press("Enter")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert "compare=side" in desk.url
    message = Message.objects.get(kind="changes-requested")
    assert f"{WORDS[f'text_{language}']} Diolch!" in getattr(message, f"note_{language}")
    assert CaseStudy.objects.get(pk=case.pk).status == "changes_requested"

    # Both previews stand in frames.
    for width, wanted in (("phone", 360), ("desk", 1000)):
        desk.goto(f"{site}/admin/casestudies/casestudy/{case.pk}/preview/?width={width}")
        for number, code in enumerate(("cy", "en")):
            inside = desk.frame_locator("iframe").nth(number)
            expect(inside.locator("html")).to_have_attribute("lang", code)
            expect(inside.locator("h1")).to_be_visible()
            shown = desk.locator("iframe").nth(number).evaluate("frame => frame.contentWindow.innerWidth")
            assert shown >= wanted - 2
        look(desk, f"frames_{width}")
    desk.goto(f"{site}/admin/casestudies/readyreason/{ReadyReason.objects.get().pk}/change/")
    look(desk, "reason")
