"""Going live: what was seen, with addresses, in the languages that an override still allows."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.people.models import User
from foundation.publishing.gate import obstacles
from foundation.publishing.models import Override
from foundation.publishing.services import ChangedSince, GateClosed, put_live, save_words, set_override, start_working
from foundation.record.actors import Actor, Role
from foundation.record.models import Note
from hallmarks.models import Hallmark, HallmarkEdition
from pages.models import Page, PageEdition
from tests.factories import HallmarkEditionFactory, PageEditionFactory

pytestmark = pytest.mark.django_db
EDITOR = Actor(Role.EDITOR)


def test_words_that_nobody_has_seen_do_not_go_live(editor: User) -> None:
    seen = PageEditionFactory.create(stage="working")
    newer = PageEdition.objects.get(pk=seen.pk)
    newer.body_en = "<p>Unseen.</p>"
    save_words(edition=newer, version=newer.version, by=editor)
    agree_all(obj=newer, how=How.SPEAKER)
    with pytest.raises(ChangedSince):
        put_live(working=seen, actor=EDITOR, version=seen.version)
    assert PageEdition.objects.get().stage == "working"
    assert put_live(working=newer, actor=EDITOR, version=newer.version).stage == "live"


def test_an_override_is_recorded_beside_words_that_were_changed_meanwhile(editor: User) -> None:
    read_before = PageEditionFactory.create(stage="working")
    newer = PageEdition.objects.get(pk=read_before.pk)
    newer.title_en = "New words"
    save_words(edition=newer, version=newer.version, by=editor)
    with translation.override("cy"):
        set_override(edition=read_before, override=Override.UNCHECKED, actor=EDITOR, reason="Nid oes siaradwr ar gael")
    stored = PageEdition.objects.get()
    assert (stored.title_en, stored.version, stored.override) == ("New words", newer.version + 1, "unchecked")
    assert (Note.objects.get().text_cy, Note.objects.get().text_en) == ("Nid oes siaradwr ar gael", "")


def test_a_hallmark_that_goes_live_without_an_address_is_given_one() -> None:
    hallmark = Hallmark.objects.create(number=5)
    edition = HallmarkEditionFactory.create(content=hallmark, stage="working", title_cy="Pwrpasol", title_en="Bespoke")
    put_live(working=edition, actor=EDITOR)
    hallmark.refresh_from_db()
    assert (hallmark.slug_cy, hallmark.slug_en) == ("pwrpasol", "bespoke")
    for path in ("/en/", "/cy/", "/en/hallmarks/", "/cy/nodweddion/pwrpasol/", "/sitemap.xml"):
        assert Client().get(path).status_code == 200


def test_an_address_that_is_made_is_never_one_of_another_part_of_the_site() -> None:
    page = Page.objects.create(key="search")
    edition = PageEditionFactory.create(content=page, stage="working", title_cy="Chwilio", title_en="Search")
    put_live(working=edition, actor=EDITOR)
    page.refresh_from_db()
    assert (page.slug_cy, page.slug_en) == ("chwilio-2", "search-2")


def test_days_that_are_over_let_nothing_more_through_and_take_nothing_away() -> None:
    live = HallmarkEditionFactory.create(
        stage="live", title_cy="", override="one-language", override_at=timezone.now() - timedelta(days=31),
        override_reason="Urgent", only_language="en", only_language_days=30,
    )  # fmt: skip
    assert obstacles(live) == []
    working = start_working(live=live, by=None)
    with pytest.raises(GateClosed):
        put_live(working=working, actor=EDITOR)
    assert HallmarkEdition.objects.get(stage="live").pk == live.pk
    HallmarkEdition.objects.filter(pk=working.pk).update(override_at=timezone.now())
    assert obstacles(HallmarkEdition.objects.get(pk=working.pk)) == []
