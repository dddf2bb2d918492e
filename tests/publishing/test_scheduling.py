"""Texts published at a set time, given up, archived with a tombstone or a successor, put back; addresses that moved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from desk.planned import KIND
from foundation.bilingual.addresses import address_in
from foundation.clock.jobs import run_due
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.people.models import User
from foundation.publishing.models import Successor
from foundation.publishing.planned import clear_plan, plan, publish_planned
from foundation.publishing.services import (
    AddressTaken,
    ChangedSince,
    GateClosed,
    NotWorking,
    discard_working,
    put_live,
    save_words,
    set_slug,
    start_working,
)
from foundation.publishing.successors import at_address, set_successor, successor_of
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from hallmarks.models import HallmarkEdition
from pages.models import KEPT, Page, PageEdition
from pages.services import NotPossible, archive, put_back
from tests.factories import CaseStudyFactory, HallmarkEditionFactory, HallmarkFactory, PageEditionFactory, PageFactory
from tests.noon import NOON, at_noon

pytestmark = [pytest.mark.django_db, at_noon]
SOON = NOON + timedelta(hours=2)
SECRET = "Gair na welodd neb"
Browse = Callable[[User], Client]


def editing(who: User) -> Actor:
    return Actor(Role.EDITOR, who)


@pytest.fixture(params=["hallmark", "page"])
def working(request: pytest.FixtureRequest) -> Any:
    """The correction of a hallmark, or of a standing page, in step."""
    texts = {"title_cy": f"{SECRET} cy", "title_en": f"{SECRET} en"}
    if request.param == "hallmark":
        return HallmarkEditionFactory.create(content=HallmarkFactory.create(number=3), stage="working", **texts)
    return PageEditionFactory.create(content=PageFactory.create(), stage="working", **texts)


def stored(edition: Any) -> Any:
    return type(edition).objects.get(pk=edition.pk)


class TestAtASetTime:
    def test_both_languages_go_live_together_when_the_time_has_come(self, working: Any, editor: User) -> None:
        plan(working=working, at=SOON, actor=editing(editor), version=1)
        publish_planned(SOON - timedelta(seconds=1))
        assert stored(working).stage == "working"
        publish_planned(SOON)
        publish_planned(SOON)
        live = stored(working)
        assert (live.stage, live.live_since, live.publish_at, live.publish_by) == ("live", SOON, None, None)
        assert type(live).objects.filter(content=live.content).count() == 1
        for language in ("cy", "en"):
            assert f"{SECRET} {language}" in Client().get(address_in(language, live)).content.decode()
        codes = [(event.code, event.role) for event in Event.objects.about(live.content.uuid)]
        assert codes == [("plan", "editor"), ("go-live", "clock")]

    def test_the_job_of_the_clock_does_it(self, working: Any, editor: User) -> None:
        plan(working=working, at=SOON, actor=editing(editor), version=1)
        assert "publish-planned" in run_due(SOON)
        assert stored(working).stage == "live"

    def test_what_fails_the_gate_by_then_loses_its_time_and_its_editor_is_told_why(self, working: Any) -> None:
        me = User.objects.create_user(email="me@example.org", password="x", name="Me", language="cy")
        plan(working=working, at=SOON, actor=editing(me), version=1)
        type(working).objects.filter(pk=working.pk).update(body_en="")
        sound = PageEditionFactory.create(content=PageFactory.create(), stage="working", publish_at=SOON)
        publish_planned(SOON)
        publish_planned(SOON)
        left = stored(working)
        assert (left.stage, left.publish_at, left.publish_by, stored(sound).stage) == ("working", None, None, "live")
        event = Event.objects.about(left.content.uuid).get(code="plan-failed")
        assert event.note.text_en == "– Write this text in English."
        assert event.note.text_cy and event.note.text_cy != event.note.text_en
        message = Message.objects.get(kind=KIND)
        assert (message.recipient, message.language, message.note_cy) == ("me@example.org", "cy", event.note.text_cy)
        text = render(message).text
        assert f"{SECRET} cy" in text
        assert reverse(f"admin:{left.content._meta.app_label}_{left.content._meta.model_name}_change", args=[left.content.pk]) in text  # fmt: skip

    def test_where_whoever_set_it_has_left_the_editors_are_told(self, working: Any) -> None:
        type(working).objects.filter(pk=working.pk).update(publish_at=SOON, body_cy="")
        publish_planned(SOON)
        assert Message.objects.get(kind=KIND).recipient == settings.CONTACT_EMAIL

    def test_words_that_somebody_else_writes_after_the_time_was_set_do_not_go_by_themselves(
        self, working: Any, editor: User, translator: User
    ) -> None:
        plan(working=working, at=SOON, actor=editing(editor), version=1)
        saved = save_words(edition=stored(working), version=stored(working).version, by=editor)
        assert (saved.publish_at, saved.publish_by) == (SOON, editor)  # who set the time has seen the words
        saved.title_cy = "Teitl arall"
        saved = save_words(edition=saved, version=saved.version, by=translator)
        assert (saved.publish_at, saved.publish_by, saved.version) == (None, None, stored(saved).version)
        publish_planned(SOON)
        assert stored(working).stage == "working"
        message = Message.objects.get(kind=KIND)
        assert (message.recipient, message.note_en) == (
            editor.email, "– Somebody else has changed the words since the time was set. Read them first."
        )  # fmt: skip
        assert Event.objects.about(saved.content.uuid).get(code="plan-failed").note.text_en == message.note_en

    def test_nothing_is_planned_that_could_not_go_now_or_was_changed(self, working: Any, editor: User) -> None:
        with pytest.raises(ChangedSince):
            plan(working=working, at=SOON, actor=editing(editor), version=7)
        type(working).objects.filter(pk=working.pk).update(title_en="")
        with pytest.raises(GateClosed):
            plan(working=working, at=SOON, actor=editing(editor), version=1)
        assert (stored(working).publish_at, Event.objects.count()) == (None, 0)

    def test_a_time_is_taken_away_and_publishing_now_takes_it_too(self, working: Any, editor: User) -> None:
        plan(working=working, at=SOON, actor=editing(editor), version=1)
        for _time in range(2):
            clear_plan(working=working, actor=editing(editor), code="plan-cleared")
        publish_planned(SOON)
        assert stored(working).stage == "working"
        assert [event.code for event in Event.objects.about(working.content.uuid)] == ["plan", "plan-cleared"]
        plan(working=working, at=SOON, actor=editing(editor), version=3)
        put_live(working=working, actor=editing(editor))
        assert stored(working).publish_at is None
        assert start_working(live=stored(working), by=editor).publish_at is None

    def test_words_written_on_a_page_from_before_take_no_time_away(self, working: Any, editor: User) -> None:
        before = stored(working)
        plan(working=working, at=SOON, actor=editing(editor), version=1)
        with pytest.raises(ChangedSince):
            save_words(edition=before, version=before.version, by=editor)
        assert stored(working).publish_at == SOON

    def test_only_a_working_edition_has_a_time(self) -> None:
        live = PageFactory.create().editions.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            PageEdition.objects.filter(pk=live.pk).update(publish_at=SOON)

    def test_it_is_done_with_buttons(self, working: Any, editor: User, client_of: Browse) -> None:
        browser, content = client_of(editor), working.content
        page = reverse(f"admin:{content._meta.app_label}_{content._meta.model_name}_change", args=[content.pk])
        assert 'value="plan"' in browser.get(page).content.decode()
        past = {"_do": "plan", "seen_edition": 1, "plan-publish_at": "2020-01-01T09:00"}
        answer = browser.post(page, past)
        assert (answer.status_code, stored(working).publish_at) == (200, None)
        assert "Choose a time that is still to come" in answer.content.decode()
        assert browser.post(page, past | {"plan-publish_at": "2099-01-01T09:00"}).status_code == 302
        assert (stored(working).publish_at.year, stored(working).publish_by) == (2099, editor)
        assert "To be published: 2099-01-01 09:00." in browser.get(page).content.decode()
        for late in ({"_do": "plan", "plan-publish_at": "2098-01-01T09:00"}, {"_do": "unplan"}):
            assert browser.post(page, late | {"seen_edition": 1}).status_code == 200  # a page from before it had a time
        assert stored(working).publish_at.year == 2099
        assert browser.post(page, {"_do": "unplan", "seen_edition": 2}).status_code == 302
        assert browser.post(page, {"_do": "discard", "seen_edition": 7}).status_code == 200
        assert browser.post(page, {"_do": "discard", "seen_edition": 3}).status_code == 302
        assert list(content.editions.values_list("stage", flat=True)) == ["live"]

    def test_a_translator_has_none_of_these_buttons(self, working: Any, translator: User, client_of: Browse) -> None:
        browser, content = client_of(translator), working.content
        page = reverse(f"admin:{content._meta.app_label}_{content._meta.model_name}_change", args=[content.pk])
        assert browser.get(page).status_code == 200
        for name in ("plan", "unplan", "discard", "publish"):
            assert browser.post(page, {"_do": name, "seen_edition": 1}).status_code == 403
        assert stored(working).stage == "working"


class TestGivingUp:
    def test_a_correction_is_given_up_and_its_words_are_kept(self, working: Any, editor: User) -> None:
        working.title_en = "Words nobody will read"
        save_words(edition=working, version=1, by=editor)
        with pytest.raises(ChangedSince):
            discard_working(working=working, actor=editing(editor), version=1)
        discard_working(working=working, actor=editing(editor), version=2)
        assert [edition.stage for edition in working.content.editions.all()] == ["live"]
        assert "Words nobody will read" in "".join(Version.objects.values_list("serialized_data", flat=True))

    def test_the_first_words_of_a_text_are_not_given_up(self, editor: User) -> None:
        working = PageFactory.create(edition__stage="working").editions.get()
        with pytest.raises(NotWorking):
            discard_working(working=working, actor=editing(editor), version=1)


def seen(page: Page) -> dict[str, str]:
    """What a page of the admin carries that was opened now."""
    return {"seen_page": Page.objects.get(pk=page.pk).mark}


class TestArchivedPages:
    @pytest.fixture
    def page(self) -> Page:
        made: Page = PageFactory.create(key="news", edition__title_cy=SECRET, edition__title_en=SECRET)
        set_slug(content=made, language="en", slug="later-news")
        return made

    def addresses(self, page: Page) -> list[str]:
        return [address_in("cy", page), address_in("en", page), "/en/news-en/"]

    def test_both_languages_and_every_former_address_say_that_it_is_gone(self, page: Page, editor: User) -> None:
        archive(page=page, actor=editing(editor), note_en="Out of date.")
        for address in self.addresses(page):
            answer = Client().get(address)
            assert (answer.status_code, SECRET in answer.content.decode()) == (410, False), address
        assert SECRET not in Client().get("/en/").content.decode()
        assert address_in("en", page) not in Client().get("/sitemap.xml").content.decode()
        assert Event.objects.get(code="archive").note.text_en == "Out of date."

    def test_it_is_put_back_as_it_was(self, page: Page, editor: User) -> None:
        archive(page=page, actor=editing(editor), leads_to=HallmarkFactory.create(number=2))
        put_back(page=page, actor=editing(editor))
        assert [Client().get(address).status_code for address in self.addresses(page)] == [200, 200, 301]
        assert not Successor.objects.exists()
        with pytest.raises(NotPossible):
            put_back(page=page, actor=editing(editor))

    def test_readers_are_sent_on_in_their_language_as_long_as_that_is_published(self, page: Page, editor: User) -> None:
        other = PageFactory.create()
        archive(page=page, actor=editing(editor), leads_to=other)
        for language, address in zip(("cy", "en", "en"), self.addresses(page), strict=True):
            answer = Client().get(address)
            assert (answer.status_code, answer["Location"]) == (301, address_in(language, other))
        last = HallmarkFactory.create(number=2)
        archive(page=other, actor=editing(editor), leads_to=last)
        assert Client().get(self.addresses(page)[0])["Location"] == address_in("cy", last)
        set_successor(content=other, successor=page)
        assert [Client().get(address).status_code for address in self.addresses(page)] == [410] * 3

    def test_a_planned_correction_does_not_go_live_behind_it(self, page: Page, editor: User) -> None:
        working = PageEditionFactory.create(content=page, stage="working")
        plan(working=working, at=SOON, actor=editing(editor), version=1)
        archive(page=page, actor=editing(editor))
        publish_planned(SOON)
        assert stored(working).stage == "working"

    @pytest.mark.parametrize("key", KEPT)
    def test_what_is_needed_is_never_archived(self, key: str, editor: User) -> None:
        page = PageFactory.create(key=key)
        with pytest.raises(NotPossible):
            archive(page=page, actor=editing(editor))
        with pytest.raises(IntegrityError), transaction.atomic():
            Page.objects.filter(pk=page.pk).update(archived_at=NOON)

    def test_it_is_done_with_buttons(self, page: Page, editor: User, client_of: Browse) -> None:
        browser = client_of(editor)
        address = reverse("admin:pages_page_change", args=[page.pk])
        unpublished = PageFactory.create(edition__stage="working")
        for wrong in ({"archive-reason": " "}, {"archive-leads_to": address_in("en", unpublished)}):
            refused = browser.post(address, seen(page) | {"_do": "archive", "archive-reason": "Old", **wrong})
            assert (refused.status_code, Page.objects.get(pk=page.pk).archived_at) == (200, None)
        other = PageFactory.create()
        sent = {
            "_do": "archive",
            "archive-reason": "Old",
            "archive-leads_to": f"https://x.example{address_in('cy', other)}",
        }
        typed = {name: text for name, text in sent.items() if name != "_do"}
        switched = browser.post(address, typed | {"_language": "cy"}).content.decode()
        assert [text in switched for text in typed.values()] == [True, True]
        browser.post(address, {"_language": "en"})
        assert browser.post(address, seen(page) | sent).status_code == 302
        assert successor_of(page) == other
        shown = browser.get(address).content.decode()
        assert address_in("en", other) in shown
        assert browser.post(address, {"_do": "publish"}).status_code == 200
        assert seen(page)["seen_page"] in shown
        assert browser.post(address, seen(page) | {"_do": "put-back"}).status_code == 302
        assert Page.objects.get(pk=page.pk).archived_at is None

    def test_a_button_pressed_on_what_readers_no_longer_see_does_nothing(
        self, page: Page, editor: User, client_of: Browse
    ) -> None:
        browser, address = client_of(editor), reverse("admin:pages_page_change", args=[page.pk])
        before = seen(page)
        put_live(working=PageEditionFactory.create(content=page, stage="working"), actor=editing(editor))
        answer = browser.post(address, before | {"_do": "archive", "archive-reason": "Out of date."})
        assert "Look at it again" in answer.content.decode()
        assert "Out of date." in answer.content.decode()
        assert Page.objects.get(pk=page.pk).archived_at is None
        archive(page=page, actor=editing(editor))
        first = seen(page)
        put_back(page=page, actor=editing(editor))
        archive(page=page, actor=editing(editor))
        assert "Look at it again" in browser.post(address, first | {"_do": "put-back"}).content.decode()
        assert Page.objects.get(pk=page.pk).archived_at is not None


class TestSuccessors:
    def test_only_what_is_published_can_be_chosen(self) -> None:
        shown = [HallmarkFactory.create(number=1), PageFactory.create(), CaseStudyFactory.create(status="published")]
        hidden = [
            HallmarkFactory.create(number=2, edition__stage="working"),
            PageFactory.create(archived_at=NOON),
            CaseStudyFactory.create(status="archived"),
        ]
        for language in ("cy", "en"):
            assert [at_address(address_in(language, one)) for one in shown] == shown
            assert [at_address(address_in(language, one)) for one in hidden] == [None] * 3
        for wrong in ("", "x", "//[", "/en/case-studies/", "https://example.org", "/admin/", "/cy/\x00/"):
            assert at_address(wrong) is None

    def test_nothing_leads_to_itself(self) -> None:
        page = PageFactory.create()
        with pytest.raises(IntegrityError), transaction.atomic():
            set_successor(content=page, successor=page)


class TestAddresses:
    def test_every_address_of_a_chain_leads_straight_to_the_last(self) -> None:
        page = PageFactory.create()
        first = address_in("cy", page)
        for slug in ("ail", "trydydd", "pedwerydd"):
            set_slug(content=page, language="cy", slug=slug)
        for address in (first, "/cy/ail/", "/cy/trydydd/"):
            assert Client().get(address)["Location"] == "/cy/pedwerydd/"
        set_slug(content=page, language="cy", slug="ail")
        assert Client().get("/cy/ail/").status_code == 200
        assert Client().get("/cy/pedwerydd/")["Location"] == "/cy/ail/"

    def test_an_address_that_another_once_had_is_not_taken(self) -> None:
        one, other = PageFactory.create(), PageFactory.create()
        set_slug(content=one, language="en", slug="moved-away")
        set_slug(content=one, language="en", slug="somewhere-else")
        with pytest.raises(AddressTaken):
            set_slug(content=other, language="en", slug="moved-away")
        set_slug(content=other, language="cy", slug="moved-away")
        assert Client().get("/en/moved-away/")["Location"] == "/en/somewhere-else/"


@pytest.mark.parametrize("make", [lambda: HallmarkFactory.create(number=1), PageFactory.create])
def test_readers_see_when_it_was_last_published(make: Any) -> None:
    content = make()
    model = HallmarkEdition if content.kind == "hallmark" else PageEdition
    model.objects.filter(content=content).update(live_since="2026-02-03T12:00Z")
    assert "3 February 2026" in Client().get(address_in("en", content)).content.decode()
    assert "3 Chwefror 2026" in Client().get(address_in("cy", content)).content.decode()
