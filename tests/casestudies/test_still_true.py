"""A year on: the contributor is asked, confirms or says what has changed, and nothing is ever taken from the public."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudy, CaseStudyEdition
from casestudies.yearly import ask_whether_true
from desk.figures import count_figures
from foundation.bilingual.addresses import address_in
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render
from foundation.people.models import User
from foundation.record.models import Event
from tests.factories import CaseStudyFactory
from tests.joinin.school import address, opened
from tests.noon import NOON, at_noon

pytestmark = [pytest.mark.django_db, pytest.mark.page, at_noon]


def published(days: int, **fields: Any) -> CaseStudy:
    """A story that went live so many days ago."""
    case = CaseStudyFactory.create(status="published", **fields)
    CaseStudyEdition.objects.filter(content=case).update(live_since=NOON - timedelta(days=days))
    return case


def test_a_year_after_publication_or_confirmation_it_is_asked_once() -> None:
    due = published(366, contributor__language="cy", edition__title_cy="Darllen yn uchel")
    young, nobody = published(364), published(366, contributor__email="", contributor__address_confirmed_at=None)
    confirmed = published(800, last_confirmed_at=NOON - timedelta(days=300))
    corrected = published(366, correction=True)
    CaseStudyEdition.objects.filter(content=corrected, stage="working").update(live_since=None)
    archived = CaseStudyFactory.create(status="archived")
    CaseStudyEdition.objects.filter(content=archived).update(live_since=NOON - timedelta(days=900))
    for _ in range(2):
        ask_whether_true(NOON)
    told = Message.objects.filter(kind="still-true")
    assert {message.about for message in told} == {due.uuid, corrected.uuid}
    assert told.count() == 2
    body = render(told.get(about=due.uuid)).text
    assert ("Darllen yn uchel" in body, body.count("http")) == (True, 2)
    assert not Event.objects.filter(subject__in=[young.uuid, nobody.uuid, confirmed.uuid, archived.uuid]).exists()
    ask_whether_true(NOON + timedelta(days=366))
    assert told.filter(about=due.uuid).count() == 2
    assert CaseStudy.objects.get(pk=due.pk).status == "published"


def test_one_click_confirms_and_readers_see_the_day(client: Client) -> None:
    case = published(366)
    browser = opened(case)
    assert "Yes, it is still true" in browser.get(address("status")).content.decode()
    for _ in range(2):
        browser.get(address("still_true"))
    assert CaseStudy.objects.get(pk=case.pk).last_confirmed_at is None
    done = browser.post(address("still_true"), {"version": case.version, "confirm": "1"})
    assert done["Location"] == address("status")
    assert not CaseStudy.objects.to_confirm(timezone.now()).exists()
    assert "Last confirmed" in client.get(address_in("en", case)).content.decode()
    assert Event.objects.about(case.uuid).get(code="confirm-true").role == "contributor"


def test_what_has_changed_goes_to_the_editors_and_the_story_stays(client: Client) -> None:
    case = published(366)
    browser, data = opened(case), {"version": case.version, "changed": "1"}
    empty = browser.post(address("still_true"), {**data, "what": " "}).content.decode()
    assert (empty.count("Say what has changed"), "<title>Error: " in empty) == (2, True)
    long = browser.post(address("still_true"), {**data, "what": "x" * 5001}).content.decode()
    assert ("x" * 5001 in long, long.count("Shorten what has changed to 5000")) == (True, 2)
    switched = browser.post(address("still_true", "cy"), {**data, "what": "hanner", "switch": "cy"}).content.decode()
    assert ("hanner" in switched, '<html lang="cy">' in switched) == (True, True)
    assert Message.objects.filter(kind="has-changed").count() == 0
    browser.post(address("still_true", "cy"), {**data, "what": "Mae’r pennaeth wedi newid."})
    message = Message.objects.get(kind="has-changed")
    assert (message.recipient, message.note_cy, message.state) == (
        "editors@example.org",
        "Mae’r pennaeth wedi newid.",
        "waiting",
    )
    assert client.get(address_in("en", case)).status_code == 200
    assert CaseStudy.objects.to_confirm(timezone.now()).get() == case


@pytest.mark.parametrize("button", [{"confirm": "1"}, {"changed": "1", "what": "Fy ngeiriau"}])
def test_too_late_does_nothing_and_keeps_the_words(button: dict[str, str]) -> None:
    case = published(366)
    browser = opened(case)
    stale = browser.post(address("still_true"), {"version": case.version + 1, **button})
    assert (stale.status_code, button.get("what", "") in stale.content.decode()) == (409, True)
    CaseStudy.objects.filter(pk=case.pk).update(status="archived")
    gone = browser.post(address("still_true"), {"version": case.version, **button})
    assert (gone.status_code, button.get("what", "") in gone.content.decode()) == (
        409 if "what" in button else 302,
        True,
    )
    assert not Event.objects.about(case.uuid).filter(code__in=["confirm-true", "has-changed"]).exists()


def test_the_desk_counts_and_lists_those_overdue(editor: User, client_of: Callable[[User], Client]) -> None:
    case, young = published(366), published(3)
    browser = client_of(editor)
    count_figures(timezone.now())
    waiting = browser.get(reverse("admin:index")).context["waiting"]
    assert [line.count for line in waiting if line.address.endswith("to-confirm")] == [1]
    shown = browser.get(reverse("admin:casestudies_casestudy_changelist"), {"state": "to-confirm"}).content.decode()
    assert (case.reference in shown, young.reference in shown) == (True, False)
