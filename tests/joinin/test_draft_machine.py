"""Random stories of one draft: tabs, a colleague, languages, links, pictures, and a model of what must still be there.

The model is the promise of `saving.py` and no more: a text that was saved goes only when a page that showed it is saved
without it. And nobody without a link sees a word of it.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from casestudies.models import AccessLink, CaseStudy, Draft
from foundation.correspondence.models import Message
from foundation.people.models import RateLimit
from tests.factories import CaseStudyFactory, png
from tests.joinin.school import address, step
from tests.joinin.tab import Tab

NIA, ELIN = "nia@ysgol.example", "elin@arall.example"
PAGES = {"title": ("title_cy", "title_en"), "about": ("about_cy", "about_en"), "impact": ("impact_cy", "impact_en")}
BESIDE = re.compile(r'<blockquote[^>]*>(.*?)</blockquote>\s*<button[^>]* name="take" value="((\w+):\w+)"', re.S)
happened: Counter[str] = Counter()


class Open(Tab):
    """A tab that remembers what it showed: in each box, and beside it."""

    def take_over(self, response: Any) -> None:
        super().take_over(response)
        self.base = self.boxes
        self.beside: dict[str, set[str]] = {}
        self.takes = []
        for text, key, name in BESIDE.findall(self.page):
            self.beside.setdefault(name, set()).add(text)
            self.takes.append(key)

    @property
    def boxes(self) -> dict[str, str]:
        return {name: self.data[name][0] for name in PAGES[self.key] if name in self.data}


class DraftMachine(RuleBasedStateMachine):
    """Nia and her colleague Elin at one draft, in several tabs; and a stranger."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.tabs: list[Open] = []
        self.numbers = itertools.count(1)
        self.stranger = Client()
        self.begin_anew()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def begin_anew(self) -> None:
        person = {"name": "Nia Unigryw", "role": "Pennaeth", "email": NIA}
        self.case = CaseStudyFactory.create(
            status="draft",
            contributor__email=NIA,
            contributor__address_confirmed_at=timezone.now(),
            draft__answers={"language": {"language": "cy"}, "you": person, "writing": {"writing": "both"}},
        )
        self.kept: dict[tuple[str, str], set[str]] = {(key, name): set() for key in PAGES for name in PAGES[key]}
        self.nia = self.browser_by_link(NIA, "open")
        self.elin: Client | None = None
        self.tabs = [Open(self.nia, "about", "en"), Open(self.nia, "about", "cy")]

    def browser_by_link(self, email: str, purpose: str) -> Client:
        client, path = Client(), address("link", token=AccessLink.mint(self.case, purpose, email))
        assert client.get(step("about"))["Location"] == address("start")
        assert client.get(path).status_code == 200
        client.post(path)
        return client

    # --- tabs -----------------------------------------------------------------------------------------------------------

    @rule(key=st.sampled_from(sorted(PAGES)), language=st.sampled_from(["cy", "en"]), by_elin=st.booleans())
    def open_a_tab(self, key: str, language: str, by_elin: bool) -> None:
        tab = Open(self.elin if by_elin and self.elin else self.nia, key, language)
        if tab.boxes:
            self.tabs = [*self.tabs[-5:], tab]
            happened["tab"] += 1

    @precondition(lambda self: self.tabs)
    @rule(data=st.data(), words=st.integers(0, 5), lost=st.booleans())
    def type_and_save_as_one_types(self, data: st.DataObject, words: int, lost: bool) -> None:
        self.autosave(self.typed_in(data, words), lost=lost)

    def autosave(self, tab: Open, *, lost: bool = False) -> None:
        problems = self.draft().problems
        state = tab.autosave(arrives=not lost).json()["state"]
        assert state in ({"saved", "both"} if self.may_write(tab) else {"closed"})
        assert self.draft().problems == problems
        if state == "saved":
            self.saved(tab, tab.boxes)
        happened[f"autosave: {state}"] += 1

    @precondition(lambda self: self.tabs)
    @rule(data=st.data(), words=st.integers(0, 5), button=st.sampled_from(["", "", "", "switch", "later", "take"]))
    def type_and_press_a_button(self, data: st.DataObject, words: int, button: str) -> None:
        tab = self.typed_in(data, words)
        if self.may_write(tab):
            self.press(tab, button)

    def press(self, tab: Open, button: str) -> None:
        boxes = tab.boxes
        self.saved(tab, boxes)
        if not button:  # "Save and continue": what was shown beside is let go
            for name, texts in tab.beside.items():
                self.kept[(tab.key, name)] -= texts - {boxes.get(name)}
        other = "en" if tab.language == "cy" else "cy"
        value = {"switch": other, "take": tab.takes[0] if tab.takes else "about_cy:0"}.get(button, "1")
        tab.data["turn"] = [str(int(tab.data["turn"][0]) + 1)]
        assert tab.save(**({button: value} if button else {})).status_code == 200
        tab.language = other if button == "switch" else tab.language
        happened["button: both are shown" if tab.takes else f"button: {button or 'continue'}"] += 1
        if not tab.boxes:  # it went on to another page
            self.tabs.remove(tab)

    def typed_in(self, data: st.DataObject, words: int) -> Open:
        """A tab in which something new stands in a box: a text, or nothing any more (words=0); or as it was (words=1)."""
        tab: Open = data.draw(st.sampled_from(self.tabs))
        name = data.draw(st.sampled_from(sorted(tab.boxes)))
        if words != 1:
            tab.type(**{name: f"gair{next(self.numbers)}x" if words else ""})
        return tab

    @precondition(lambda self: self.tabs)
    @rule(data=st.data(), pressed=st.booleans())
    def two_write_in_one_box(self, data: st.DataObject, pressed: bool) -> None:
        """The first saves as they type, the second does not know it."""
        first = data.draw(st.sampled_from(self.tabs))
        second = Open(self.elin or self.nia, first.key, "cy")
        self.tabs = [*self.tabs[-5:], second] if second.boxes else self.tabs
        for tab in (first, second):
            name = min(tab.boxes, default="")
            if name and tab in self.tabs and self.may_write(tab):
                tab.type(**{name: f"gair{next(self.numbers)}x"})
                self.press(tab, "later") if pressed else self.autosave(tab)

    # --- beside the tabs ------------------------------------------------------------------------------------------------

    @rule(
        what=st.sampled_from(["languages", "error", "upload", "come back", "hand over", "revoke", "discard", "limits"]),
        writing=st.sampled_from(["cy", "en", "both", "both"]),
    )
    def something_else(self, what: str, writing: str) -> None:
        happened[what] += 1
        if what in ("languages", "error"):
            self.choose_the_languages(writing if what == "languages" else "fr")
        elif what == "upload" and self.pictures() < 2:
            self.upload_a_picture()
        elif what == "come back":
            self.nia = self.browser_by_link(NIA, "open")
        elif what == "hand over" and self.elin is None:
            self.hand_over()
        elif what == "revoke" and self.elin is not None:
            self.revoke(self.elin)
        elif what == "discard" and len(self.tabs) > 3:
            self.discard()
        elif what == "limits":
            RateLimit.objects.all().delete()

    def choose_the_languages(self, writing: str) -> None:
        page = self.nia.post(step("writing"), {"writing": writing})
        assert page.status_code == (200 if writing == "fr" else 302)

    def upload_a_picture(self) -> None:
        before, file = self.pictures(), png(8, 8)
        file.name = "llun.png"
        self.nia.post(step("pictures"), {"picture": file, "add": "1"})
        assert self.pictures() == before + 1

    def hand_over(self) -> None:
        self.nia.post(address("colleague"), {"email": ELIN})
        assert AccessLink.objects.standing().filter(email=ELIN).count() == 1
        self.elin = self.browser_by_link(ELIN, "write")

    def revoke(self, elin: Client) -> None:
        self.nia.post(address("colleague"), {"revoke": ELIN})
        self.sees_nothing(elin)
        self.elin = None

    def discard(self) -> None:
        browsers = [tab.client for tab in self.tabs]
        self.nia.post(address("discard"), {"version": self.case.version})
        assert not CaseStudy.objects.exists()
        assert not Message.objects.exists()
        for browser in browsers:
            self.sees_nothing(browser)
        self.begin_anew()

    # --- the model ------------------------------------------------------------------------------------------------------

    def draft(self) -> Draft:
        return Draft.objects.get(case_study=self.case)

    def pictures(self) -> int:
        edition = self.case.editions.first()
        return edition.pictures.count() if edition else 0

    def may_write(self, tab: Open) -> bool:
        """Nia in every browser of hers, Elin while her link stands."""
        return tab.client is self.elin or "email" in tab.client.session["join-in"]

    def saved(self, tab: Open, boxes: dict[str, str]) -> None:
        """Where the box was changed since this tab showed it, the new text is there, and the one it replaced may go."""
        for name, text in boxes.items():
            if text != tab.base.get(name):
                kept = self.kept[(tab.key, name)]
                kept -= {tab.base.get(name, "")}
                kept |= {text} - {""}
        tab.base = dict(boxes)

    @invariant()
    def nothing_is_lost(self) -> None:
        answers = self.draft().answers
        for (key, name), texts in self.kept.items():
            beside = answers.get("_", {}).get("beside", {}).get(key, {}).get(name, [])
            there = {answers.get(key, {}).get(name, ""), *(one["value"] for one in beside)}
            assert texts <= there, f"{name}: {texts - there} is lost, {there} is there"

    @invariant()
    def a_stranger_sees_nothing(self) -> None:
        self.sees_nothing(self.stranger)

    def sees_nothing(self, client: Client) -> None:
        for path in (step("about"), address("check"), address("start")):
            page = client.get(path).content.decode()
            assert re.search(r"gair\d+x", page) is None
            assert self.case.reference not in page


@pytest.mark.soak
@pytest.mark.django_db
def test_no_text_that_was_saved_is_ever_lost(
    amount: Callable[[int, int], int], tell: Callable[[str], None], figure: Callable[..., None]
) -> None:
    happened.clear()
    examples, steps = amount(3, 60), amount(20, 50)
    run(
        DraftMachine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    tell(f"{happened.total()} things done to drafts: {dict(sorted(happened.items()))}")
    figure("things done to drafts at random, no saved text lost", happened.total(), "rules")
    assert happened.total() > examples * 5
