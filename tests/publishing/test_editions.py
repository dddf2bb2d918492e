"""Working and live: starting a correction, saving words, going live, versions and addresses; and what the database refuses."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint
from django.utils import timezone
from reversion.models import Version

from foundation.bilingual.agreement import State
from foundation.bilingual.models import Agreement
from foundation.bilingual.policies import columns
from foundation.bilingual.services import states_of
from foundation.publishing.models import FormerSlug, Provenance, Stage, WrittenFromFile
from foundation.publishing.services import (
    ChangedSince,
    GateClosed,
    NotWorking,
    former,
    free_slug,
    put_live,
    save_words,
    set_slug,
    start_working,
)
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from hallmarks.models import HallmarkEdition
from pages.models import Page, PageEdition
from tests.factories import (
    CaseStudyFactory,
    ConnectionFactory,
    HallmarkEditionFactory,
    HallmarkFactory,
    PageEditionFactory,
    PageFactory,
    editor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def live() -> HallmarkEdition:
    """A live hallmark with two references and a connection."""
    HallmarkFactory.create(number=4, edition__works=2)
    edition = HallmarkEdition.objects.get()
    ConnectionFactory.create(edition=edition)
    return edition


# --- starting a correction --------------------------------------------------------------------------------------------------


def test_a_working_edition_has_the_words_rows_and_agreements_of_the_live_one(live: HallmarkEdition) -> None:
    working = start_working(live=live, by=None)
    assert working.pk != live.pk
    assert (working.stage, working.live_since, working.version) == (Stage.WORKING, None, 1)
    assert {name: getattr(working, name) for name in columns(HallmarkEdition)} == {
        name: getattr(live, name) for name in columns(HallmarkEdition)
    }
    assert list(working.references.values_list("work", "position", "printed_cy", "printed_en")) == list(
        live.references.values_list("work", "position", "printed_cy", "printed_en")
    )
    assert working.references.count() == 2
    assert [row.strand for row in working.connections.all()] == [row.strand for row in live.connections.all()]
    assert {state.state for state in states_of(working).values()} == {State.IN_STEP}
    assert HallmarkEdition.objects.get(pk=live.pk).references.count() == 2


def test_there_is_only_one_working_edition(live: HallmarkEdition) -> None:
    first = start_working(live=live, by=None)
    assert start_working(live=live, by=None) == first
    assert HallmarkEdition.objects.count() == 2


def test_pictures_keep_their_agreements_in_a_correction() -> None:
    case = CaseStudyFactory.create(status="published", edition__pictures=2)
    assert case.live is not None
    working = start_working(live=case.live, by=None)
    rows = list(working.pictures.all())
    assert [states_of(row)["alt"].state for row in rows] == [State.IN_STEP, State.IN_STEP]
    assert {row.picture_id for row in rows} == {row.picture_id for row in case.live.pictures.all()}


# --- saving words -------------------------------------------------------------------------------------------------------------


def test_the_second_of_two_people_is_told_and_loses_nothing() -> None:
    edition = PageEditionFactory.create(stage="working")
    mine, theirs = PageEdition.objects.get(pk=edition.pk), PageEdition.objects.get(pk=edition.pk)
    person = editor()
    theirs.body_cy = "<p>Eu geiriau.</p>"
    saved = save_words(edition=theirs, version=theirs.version, by=person)
    assert (saved.version, saved.updated_by) == (2, person)

    mine.body_cy = "<p>Fy ngeiriau.</p>"
    with pytest.raises(ChangedSince) as told:
        save_words(edition=mine, version=mine.version, by=None)
    assert isinstance(told.value.current, PageEdition)
    assert told.value.current.body_cy == "<p>Eu geiriau.</p>"
    assert mine.body_cy == "<p>Fy ngeiriau.</p>"
    assert PageEdition.objects.get().body_cy == "<p>Eu geiriau.</p>"
    assert Version.objects.count() == 1


def test_a_live_edition_is_never_written() -> None:
    edition = PageEditionFactory.create()
    edition.body_en = "<p>Typed into the live site.</p>"
    with pytest.raises(NotWorking):
        save_words(edition=edition, version=edition.version, by=None)
    with pytest.raises(NotWorking):
        put_live(working=edition, actor=Actor(Role.EDITOR))
    assert PageEdition.objects.get().body_en == "<p>A warm welcome to all.</p>"


# --- going live ---------------------------------------------------------------------------------------------------------------


def test_going_live_replaces_keeps_versions_and_takes_agreements_along(live: HallmarkEdition) -> None:
    person, now = editor(), timezone.now()
    working = start_working(live=live, by=person)
    content_uuid = live.content.uuid
    put_live(working=working, actor=Actor(Role.EDITOR, person), now=now)

    edition = HallmarkEdition.objects.get()
    assert (edition.pk, edition.stage, edition.live_since) == (working.pk, Stage.LIVE, now)
    assert {state.state for state in states_of(edition).values()} == {State.IN_STEP}
    assert set(Agreement.objects.values_list("object_id", flat=True)) == {edition.pk}
    assert edition.references.count() == 2
    versions = list(Version.objects.order_by("pk"))
    assert [int(version.object_id) for version in versions] == [live.pk, working.pk]
    assert set(json.loads(versions[0].serialized_data)[0]["fields"]) == set(columns(HallmarkEdition))
    origins = Provenance.objects.order_by("pk").values_list("kind", "subject", "stage", "revision__user")
    assert list(origins) == [("hallmark", content_uuid, "live", person.pk)] * 2
    assert list(Event.objects.about(content_uuid).values_list("code", "actor")) == [("go-live", str(person.key))]


def test_a_closed_gate_changes_nothing(live: HallmarkEdition) -> None:
    working = start_working(live=live, by=None)
    HallmarkEdition.objects.filter(pk=working.pk).update(body_cy="<p>Newydd.</p>")
    with pytest.raises(GateClosed):
        put_live(working=working, actor=Actor(Role.EDITOR))
    assert dict(HallmarkEdition.objects.values_list("pk", "stage")) == {live.pk: "live", working.pk: "working"}
    assert (Version.objects.count(), Event.objects.count()) == (0, 0)


def test_going_live_is_one_transaction(live: HallmarkEdition) -> None:
    """When the last step fails, the live edition still stands."""
    working = start_working(live=live, by=None)
    with pytest.raises(RuntimeError), transaction.atomic():
        put_live(working=working, actor=Actor(Role.EDITOR))
        raise RuntimeError
    assert dict(HallmarkEdition.objects.values_list("pk", "stage")) == {live.pk: "live", working.pk: "working"}
    assert HallmarkEdition.objects.get(pk=live.pk).references.count() == 2


# --- addresses ------------------------------------------------------------------------------------------------------------------


def test_a_former_address_is_remembered_for_its_language() -> None:
    page = PageFactory.create(slug_cy="hen", slug_en="old")
    set_slug(content=page, language="en", slug="new")
    assert former(Page, language="en", slug="old") == page.pk
    assert former(Page, language="cy", slug="old") is None
    assert Page.objects.values_list("slug_cy", "slug_en").get() == ("hen", "new")
    set_slug(content=page, language="en", slug="new")
    assert FormerSlug.objects.count() == 1


def test_an_address_that_comes_back_redirects_no_more() -> None:
    page = PageFactory.create(slug_en="old")
    for slug in ("new", "old"):
        set_slug(content=page, language="en", slug=slug)
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["new"]


def test_a_free_address_is_nobodys_now_or_before() -> None:
    page = PageFactory.create(slug_en="big-day")
    set_slug(content=page, language="en", slug="small-day")
    PageFactory.create(slug_en="big-day-2")
    other = PageFactory.create()
    assert free_slug(content=other, language="en", title="Big day!") == "big-day-3"
    assert free_slug(content=page, language="en", title="Big day!") == "big-day"
    assert free_slug(content=other, language="cy", title="Big day!") == "big-day"
    assert free_slug(content=other, language="cy", title="ŵŷ") == "wy"
    assert free_slug(content=other, language="cy", title="!!!") == "page"


# --- what the database refuses, whoever asks ------------------------------------------------------------------------------------


def page_row(**columns_: Any) -> Callable[[], object]:
    return lambda: PageEdition.objects.filter(stage="live").update(**columns_)


def second(stage: str) -> Callable[[], object]:
    def make() -> object:
        content = PageEdition.objects.filter(stage=stage)[:1].get().content
        return PageEdition.objects.create(content=content, stage=stage, live_since=timezone.now(), title_cy="a",
                                          title_en="a", body_cy="a", body_en="a")  # fmt: skip

    return make


def pages(**columns_: Any) -> Callable[[], object]:
    return lambda: Page.objects.filter(key="one").update(**columns_)


def former_slug(language: str, times: int) -> Callable[[], object]:
    row = {"content_type_id": 1, "object_id": 1, "language": language, "slug": "a", "until": timezone.now()}
    return lambda: [FormerSlug.objects.create(**row) for _time in range(times)]


def from_file(language: str, times: int) -> Callable[[], object]:
    row = {"source": "starter", "kind": "page", "key": "a", "language": language, "file_hash": "", "written_hash": ""}
    return lambda: [WrittenFromFile.objects.create(**row) for _time in range(times)]


ONE = {"override": "one-language", "override_at": timezone.now(), "override_reason": "urgent"}
FORBIDDEN: dict[str, Callable[[], object]] = {
    "pageedition_one_live": second("live"),
    "pageedition_one_working": second("working"),
    "pageedition_stage_known": page_row(stage="lost"),
    "pageedition_live_since": page_row(live_since=None),
    "pageedition_planned_when_working": page_row(publish_at=timezone.now()),
    "pageedition_override_recorded": page_row(override="unchecked", override_at=None),
    "pageedition_one_language_bounded (31 days)": page_row(**ONE, only_language="cy", only_language_days=31),
    "pageedition_one_language_bounded (0 days)": page_row(**ONE, only_language="cy", only_language_days=0),
    "pageedition_one_language_bounded (no language)": page_row(**ONE, only_language_days=3),
    "pageedition_one_language_bounded (no reason)": page_row(
        **ONE | {"override_reason": ""}, only_language="cy", only_language_days=3
    ),
    "pageedition_one_language_bounded (no override)": page_row(only_language="cy", only_language_days=3),
    "pageedition_filled_when_live (empty)": page_row(title_cy=""),
    "pageedition_filled_when_live (null)": page_row(body_en=None),
    "page_slug_cy_once": pages(slug_cy="two-cy"),
    "page_slug_en_once": pages(slug_en="two-en"),
    "page_slug_not_reserved (en)": pages(slug_en="search"),
    "page_slug_not_reserved (cy)": pages(slug_cy="chwilio"),
    "page_needed_not_archived": pages(key="privacy", archived_at=timezone.now()),
    "formerslug_once": former_slug("cy", 2),
    "formerslug_language_known": former_slug("fr", 1),
    "writtenfromfile_once": from_file("", 2),
    "writtenfromfile_language_known": from_file("fr", 1),
}


RULES = {
    rule.name: rule for model in (Page, PageEdition, FormerSlug, WrittenFromFile) for rule in model._meta.constraints
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_database_refuses(name: str) -> None:
    for key in ("one", "two"):
        PageFactory.create(key=key)
    PageFactory.create(key="three", edition__stage="working")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        FORBIDDEN[name]()
    rule = RULES[name.split(" ")[0]]
    if isinstance(rule, CheckConstraint):  # SQLite names the columns of a broken unique rule, not the rule
        assert rule.name in str(refusal.value)


def test_every_rule_for_editions_was_tried() -> None:
    assert {name.split(" ")[0] for name in FORBIDDEN} == set(RULES)


def test_one_language_may_stand_for_thirty_days() -> None:
    PageFactory.create(key="one")
    page_row(**ONE, only_language="cy", only_language_days=30, title_en="", body_en=None)()
    assert PageEdition.objects.get().only_language_days == 30


def test_two_without_an_address_do_not_clash() -> None:
    PageFactory.create_batch(2, slug_cy="", slug_en="", edition__stage="working")
    assert Page.objects.filter(slug_cy="").count() == 2


def test_a_live_hallmark_misses_nothing_even_in_plain_sql() -> None:
    edition = HallmarkEditionFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE hallmarks_hallmarkedition SET lead_in_cy = NULL WHERE id = %s", [edition.pk])
