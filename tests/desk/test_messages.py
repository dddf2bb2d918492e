"""Messages on the desk: history, sending again and cancelling with buttons, what was not delivered, what waits too long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.models import AccessLink, CaseStudy
from foundation.clock.days import working_days_before
from foundation.correspondence.models import Attempt, Message
from foundation.correspondence.services import deliver, write_message
from foundation.people.models import User
from tests.factories import CaseStudyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]


@pytest.fixture
def case(editor: User) -> CaseStudy:
    return CaseStudyFactory.create(status="editing", claimed_by=editor, contributor__email="mari@example.org")


def message(case: CaseStudy, **changed: Any) -> Message:
    written = write_message(
        kind="accepted", recipient=case.contributor.email, language="cy", about=case.uuid,
        context={"about": case, "reader": case.contributor}, note_en=changed.pop("note_en", ""),
    )  # fmt: skip
    Message.objects.filter(pk=written.pk).update(**changed)
    return Message.objects.get(pk=written.pk)


def page_of(message: Message) -> str:
    return reverse("admin:correspondence_message_change", args=[message.pk])


def press(browser: Client, name: str, message: Message) -> int:
    return browser.post(reverse(f"admin:correspondence_message_{name}", args=[message.pk])).status_code


def waits(browser: Client) -> dict[str, tuple[int, bool, str]]:
    """The lines on messages of the first page: how many, whether it is trouble, and where they are."""
    lines = browser.get(reverse("admin:index")).context["waiting"]
    return {
        str(line.label): (line.count, line.is_trouble, line.address)
        for line in lines
        if str(line.label).startswith("messages")
    }


def test_its_history_is_on_its_page(case: CaseStudy, editor: User, client_of: Browse) -> None:
    sent = message(case)
    deliver(sent.pk)
    Attempt.objects.create(message=sent, outcome="bounced", answer="5.1.1 <no such person>")
    page = client_of(editor).get(page_of(sent)).content.decode()
    assert page.count("accepted by the mail server") == 1
    assert "5.1.1 &lt;no such person&gt;" in page
    assert f">{case.reference}</a>" in page
    assert '<div lang="cy"><p>Annwyl' in page
    assert ("[[" in page, AccessLink.objects.count()) == (False, 1)  # the one that went with it; looking makes none


@pytest.mark.parametrize(
    ("changed", "buttons"),
    [
        ({"state": "failed"}, ["again"]),
        ({"state": "bounced", "sent_at": timezone.now()}, ["again"]),
        ({"state": "cancelled"}, ["again"]),
        ({"state": "sent", "sent_at": timezone.now()}, ["again"]),
        ({"state": "queued"}, ["cancel"]),
        ({"state": "waiting"}, ["cancel"]),
        ({"state": "queued", "lease_until": timezone.now() + timedelta(minutes=1)}, []),
    ],
)
def test_the_buttons_fit_its_state(
    case: CaseStudy, editor: User, client_of: Browse, changed: dict[str, Any], buttons: list[str]
) -> None:
    row, browser = message(case, **changed), client_of(editor)
    page = browser.get(page_of(row)).content.decode()
    addresses = {name: reverse(f"admin:correspondence_message_{name}", args=[row.pk]) for name in ("again", "cancel")}
    assert [name for name, address in addresses.items() if f'action="{address}"' in page] == buttons
    # Whatever the page showed when it was opened, only what fits is done.
    after = {"again": "queued", "cancel": "cancelled"}
    for name in addresses:
        assert press(browser, name, row) == 302
        row.refresh_from_db()
        assert row.state == (after[name] if name in buttons else changed["state"])
        Message.objects.update(**{"state": "queued", "sent_at": None, "lease_until": None} | changed)


def test_only_editors_press_them_and_only_by_post(
    case: CaseStudy, editor: User, translator: User, client_of: Browse
) -> None:
    row = message(case, note_en="In English only.")
    for user, status in ((translator, 403), (None, 302)):
        browser = client_of(user) if user else Client()
        for name in ("again", "cancel"):
            assert press(browser, name, row) == status
    for name in ("again", "cancel"):
        address = reverse(f"admin:correspondence_message_{name}", args=[row.pk])
        assert client_of(editor).get(address).status_code == 405
        csrf = Client(enforce_csrf_checks=True)
        csrf.force_login(editor)
        assert csrf.post(address).status_code == 403
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    page = client_of(translator).get(page_of(row)).content.decode()
    assert ("mari@example.org" in page, "history-title" in page, "/cancel/" in page) == (False, False, False)


def test_of_drafts_nothing_is_pressed(editor: User, client_of: Browse) -> None:
    row = message(CaseStudyFactory.create(status="draft"), state="failed")
    assert press(client_of(editor), "again", row) == 404
    row.refresh_from_db()
    assert row.state == "failed"


def test_what_was_not_delivered_is_counted_linked_and_seen_beside_its_case_study(
    case: CaseStudy, editor: User, client_of: Browse
) -> None:
    browser = client_of(editor)
    workbench = reverse("admin:casestudies_casestudy_change", args=[case.pk])
    message(case)
    count, trouble, address = waits(browser)["messages that were not delivered"]
    assert (count, trouble) == (0, False)
    assert "was not delivered" not in browser.get(workbench).content.decode()
    message(case, state="failed", error="550 5.1.1 no such person")
    count, trouble, address = waits(browser)["messages that were not delivered"]
    assert (count, trouble) == (1, True)
    message(case, state="bounced", sent_at=timezone.now(), error="5.1.1")
    assert waits(browser)["messages that were not delivered"][0] == 2
    assert len(browser.get(address).context["cl"].result_list) == 2
    page = browser.get(workbench).content.decode()
    assert ("2 messages were not delivered" in page, "550 5.1.1 no such person" in page) == (True, True)
    assert page.count("messages to this address come back") == 1
    case.contributor.email = "newydd@example.org"
    case.contributor.save()
    assert "messages to this address come back" not in browser.get(workbench).content.decode()


def test_what_waits_for_longer_than_two_working_days_is_red(
    case: CaseStudy, editor: User, translator: User, client_of: Browse
) -> None:
    row = message(case, note_en="In English only.")
    limit = working_days_before(timezone.now(), 2)
    for age, red in ((limit + timedelta(minutes=1), False), (limit - timedelta(minutes=1), True)):
        Message.objects.filter(pk=row.pk).update(created_at=age)
        for user in (editor, translator):
            count, trouble, address = waits(client_of(user))["messages waiting for a translation"]
            assert (count, trouble) == (1, red)
        listed = client_of(translator).get(address).content.decode()
        assert ('class="badge badge-error"' in listed) is red


@pytest.mark.parametrize(
    ("now", "then"), [("2026-03-04", "2026-03-02"), ("2026-03-02", "2026-02-26"), ("2026-03-01", "2026-02-26")]
)
def test_weekends_do_not_count(now: str, then: str) -> None:
    moment = timezone.datetime.fromisoformat(f"{now}T12:00+00:00")  # type: ignore[attr-defined]
    assert working_days_before(moment, 2).date().isoformat() == then
