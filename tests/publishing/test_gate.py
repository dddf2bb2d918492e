"""The gate: both languages filled and in step, or one of the two overrides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.bilingual.models import How
from foundation.bilingual.services import agree, agree_all, states_of
from foundation.publishing.gate import obstacles, one_language_expired
from foundation.publishing.models import Edition, Override
from foundation.publishing.services import GateClosed, put_live, set_override
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from pages.models import PageEdition
from tests.factories import CaseStudyFactory, EditionPictureFactory, HallmarkEditionFactory, PageEditionFactory

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor(Role.ADMINISTRATOR)


def found(edition: Edition) -> set[tuple[str, str]]:
    return {(obstacle.field, obstacle.code) for obstacle in obstacles(edition)}


def test_in_step_is_open() -> None:
    assert found(PageEditionFactory.create(stage="working")) == set()


@pytest.mark.parametrize(
    ("cy", "en", "code"),
    [
        ("", "", "empty"),
        ("", "<p>One.</p>", "cy-missing"),
        ("<p>Un.</p>", "<p> </p>", "en-missing"),
        ("<p>Un.</p>", "<p>One.</p>", "not-in-step"),
        ("<p>OK</p>", "<p>OK</p>", "copied"),
    ],
)
def test_a_required_text(cy: str, en: str, code: str) -> None:
    edition = PageEditionFactory.create(stage="working", agreed=False, body_cy=cy, body_en=en)
    assert ("body", code) in found(edition)
    with pytest.raises(GateClosed) as closed:
        put_live(working=edition, actor=ADMINISTRATOR)
    assert {(one.field, one.code) for one in closed.value.obstacles} == found(edition)
    assert PageEdition.objects.get().stage == "working"


@pytest.mark.parametrize(
    ("cy", "en", "expected"),
    [
        ("", "", set()),
        ("", "Short.", {("summary", "cy-missing")}),
        ("Byr.", "", {("summary", "en-missing")}),
        ("Byr.", "Short.", {("summary", "not-in-step")}),
    ],
)
def test_an_optional_text(cy: str, en: str, expected: set[tuple[str, str]]) -> None:
    edition = HallmarkEditionFactory.create(stage="working", summary_cy="", summary_en="")
    edition.summary_cy, edition.summary_en = cy, en
    assert found(edition) == expected


def test_a_shared_text_may_be_equal_and_needs_no_agreement() -> None:
    edition = CaseStudyFactory.create(
        status="editing", edition__setting_name_cy="Tŷ", edition__setting_name_en="Tŷ"
    ).working
    assert edition is not None
    assert found(edition) == set()
    edition.setting_name_cy = ""
    assert found(edition) == {("setting_name", "cy-missing")}


def test_rows_of_the_edition_are_asked_too() -> None:
    edition = CaseStudyFactory.create(status="editing").working
    assert edition is not None
    EditionPictureFactory.create(edition=edition)
    assert found(edition) == set()
    EditionPictureFactory.create(edition=edition, alt_cy="")
    EditionPictureFactory.create(edition=edition, agreed=False)
    assert found(edition) == {("alt", "cy-missing"), ("alt", "not-in-step")}


def test_unchecked_lets_through_what_is_there_in_both() -> None:
    edition = PageEditionFactory.create(stage="working", agreed=False)
    assert found(edition) == {("title", "not-in-step"), ("body", "not-in-step")}
    set_override(edition=edition, override=Override.UNCHECKED, actor=ADMINISTRATOR, reason="starter")
    assert found(edition) == set()
    edition.body_cy = ""
    edition.title_en = edition.title_cy
    assert found(edition) == {("body", "cy-missing"), ("title", "copied")}


def test_one_language_lets_through_what_is_there_in_that_one() -> None:
    edition = PageEditionFactory.create(stage="working", agreed=False, title_en="", body_en="")
    set_override(
        edition=edition,
        override=Override.ONE_LANGUAGE,
        actor=ADMINISTRATOR,
        reason="urgent",
        only_language="cy",
        days=7,
    )
    assert found(edition) == set()
    live = put_live(working=edition, actor=ADMINISTRATOR)
    assert (live.language_shown("cy"), live.language_shown("en")) == ("cy", "cy")
    edition.title_cy = ""
    assert found(edition) == {("title", "missing")}


def test_one_language_ends_but_unpublishes_nothing() -> None:
    edition = PageEditionFactory.create(stage="working", title_en="", body_en="", agreed=False)
    set_override(
        edition=edition,
        override=Override.ONE_LANGUAGE,
        actor=ADMINISTRATOR,
        reason="urgent",
        only_language="cy",
        days=7,
    )
    live = put_live(working=edition, actor=ADMINISTRATOR)
    assert not one_language_expired(live, timezone.now() + timedelta(days=6))
    assert one_language_expired(live, timezone.now() + timedelta(days=8))
    assert PageEdition.objects.published().count() == 1


def test_an_override_is_recorded_and_can_be_taken_away() -> None:
    edition = PageEditionFactory.create(stage="working", agreed=False)
    set_override(edition=edition, override=Override.UNCHECKED, actor=ADMINISTRATOR, reason="starter")
    set_override(edition=edition, override=Override.NONE, actor=ADMINISTRATOR)
    edition = PageEdition.objects.get()
    assert (edition.override, edition.override_at, edition.override_reason) == ("", None, "")
    events = Event.objects.about(edition.content.uuid)
    assert [(event.code, str(getattr(event, "note", ""))) for event in events] == [
        ("override-unchecked", "starter"),
        ("override-removed", ""),
    ]


def test_agreeing_opens_the_gate() -> None:
    edition = PageEditionFactory.create(stage="working", agreed=False, title_cy="Cwcis", title_en="Cwcis")
    agree_all(obj=edition, how=How.CONTRIBUTOR)
    assert found(edition) == {("title", "copied")}  # texts that came as a pair say nothing of a copied one
    agree(obj=edition, field="title", seen=states_of(edition)["title"].now, how=How.SPEAKER)
    assert found(edition) == set()
