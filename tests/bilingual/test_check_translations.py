"""`check_translations` counts every state from the texts as they stand, and fails for a live text that is out of step."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.bilingual.completeness import count
from foundation.publishing.admin.step import out_of_step
from pages.models import Page, PageEdition
from tests.factories import PageEditionFactory, PageFactory, WorkFactory

pytestmark = pytest.mark.django_db


def run() -> dict[str, Any]:
    out = StringIO()
    try:
        call_command("check_translations", "--json", stdout=out)
    finally:
        report: dict[str, Any] = json.loads(out.getvalue())
    return report


def test_nothing_at_all() -> None:
    report = run()
    assert (report["objects"], report["percent"], report["not_in_step"]) == (0, {"cy": 100, "en": 100}, [])


def test_what_lists_keep_is_derived_anew_when_it_is_asked_for() -> None:
    page = PageFactory.create()
    PageEdition.objects.filter(content=page).update(title_cy="Arall")  # as SQL does
    out = StringIO()
    with pytest.raises(CommandError):  # it is live, and out of step
        call_command("check_translations", stdout=out)
    assert out_of_step(Page) == []
    with pytest.raises(CommandError):
        call_command("check_translations", "--repair", stdout=out)
    assert out_of_step(Page) == [page.pk]
    assert "Derived anew" in out.getvalue()


def test_states_and_words_are_counted() -> None:
    both = {"title_cy": "Un", "title_en": "One", "body_cy": "<p>un dau tri</p>", "body_en": "<p>one two</p>"}
    PageEditionFactory.create(**both)
    late = PageEditionFactory.create(stage="working", **both)
    PageEdition.objects.filter(pk=late.pk).update(body_en="<p>one</p>", title_cy="")
    WorkFactory.create()
    report = run()
    assert report["objects"] == 3
    assert {state: number for state, number in report["states"].items() if number} == {
        "in-step": 2,
        "cy-stale": 1,
        "cy-missing": 1,
        "empty": 1,  # the work has no cover: no text is wanted
    }
    assert report["words"] == {"cy": 7, "en": 5}
    assert report["percent"] == {"cy": 100, "en": 71}
    assert [(item["pk"], item["field"], item["state"]) for item in report["not_in_step"]] == [
        (late.pk, "title", "cy-missing"),
        (late.pk, "body", "cy-stale"),
    ]
    assert report["live_without_override"] == []


def test_a_live_text_that_is_out_of_step_fails() -> None:
    page = PageFactory.create()
    PageEdition.objects.filter(content=page).update(body_cy="<p>Wedi newid.</p>")
    out = StringIO()
    with pytest.raises(CommandError, match="1 field of a live text"):
        call_command("check_translations", "--json", stdout=out)
    [item] = json.loads(out.getvalue())["live_without_override"]
    assert (item["model"], item["field"], item["state"]) == ("pages.PageEdition", "body", "not-in-step")

    PageEdition.objects.filter(content=page).update(override="unchecked", override_at=timezone.now())
    assert run()["live_without_override"] == []


def test_copied_texts_are_listed_as_such() -> None:
    PageEditionFactory.create(stage="working", title_cy="Cwcis", title_en="Cwcis", agreed=False)
    report = run()
    assert report["states"]["copied"] == 1
    assert [item["state"] for item in report["not_in_step"]] == ["copied", "unconfirmed"]


def test_a_report_for_people() -> None:
    PageEditionFactory.create(stage="working", title_cy="Cwcis", title_en="Cwcis", agreed=False)
    out = StringIO()
    call_command("check_translations", stdout=out, verbosity=2)
    text = out.getvalue()
    assert "     2 not confirmed yet" in text
    assert "     1 copied, not translated" in text
    assert "Cymraeg: 5 words, 83 %" in text


def test_working_texts_cost_no_more_queries_when_there_are_more() -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            count()
        return len(found)

    PageEditionFactory.create(stage="working")
    one = queries()
    PageEditionFactory.create_batch(2, stage="working")
    assert queries() == one
