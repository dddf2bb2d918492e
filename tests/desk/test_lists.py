"""The lists: as many queries for three rows as for one, and what each shows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudy
from foundation.clock.models import Job
from foundation.correspondence.services import write_message
from foundation.people.models import User
from foundation.record.actors import Actor, Role
from foundation.record.services import write
from tests.factories import CaseStudyFactory, HallmarkFactory, LinkFactory, PageFactory, StrandFactory, WorkFactory
from tests.factories import editor as make_editor

pytestmark = pytest.mark.page

Browse = Callable[[User], Client]


def case(n: int) -> Any:
    return CaseStudyFactory.create(status="in_review", claimed_by=make_editor(), edition__pictures=1)


def message(n: int) -> Any:
    made = CaseStudyFactory.create(status="editing", claimed_by=make_editor(), edition__hallmarks=[])
    return write_message(
        kind="accepted", recipient=f"c{n}@example.org", language="cy", about=made.uuid,
        context={"case": made, "contributor": made.contributor}, note_en="In English only.",
    )  # fmt: skip


def event(n: int) -> Any:
    return write(actor=Actor(Role.EDITOR, make_editor()), kind="hallmark", subject=make_editor().key, code="go-live")


MAKERS: dict[str, Callable[[int], Any]] = {
    "casestudies_casestudy": case,
    "hallmarks_hallmark": lambda n: HallmarkFactory.create(number=n + 2),
    "hallmarks_framework": lambda n: StrandFactory.create(),
    "hallmarks_strand": lambda n: StrandFactory.create(),
    "pages_page": lambda n: PageFactory.create(),
    "references_work": lambda n: WorkFactory.create(),
    "references_link": lambda n: LinkFactory.create(works=1),
    "correspondence_message": message,
    "record_event": event,
    "clock_job": lambda n: Job.objects.create(name=f"job {n}", next_at=timezone.now()),
    "people_user": lambda n: make_editor(),
}


@pytest.mark.parametrize("name", MAKERS)
def test_as_many_queries_for_three_rows_as_for_one(name: str, administrator: User, client_of: Browse) -> None:
    browser, address = client_of(administrator), reverse(f"admin:{name}_changelist")
    HallmarkFactory.create(number=1)
    counts = []
    browser.get(address)  # content types are looked up once
    for wanted in (1, 2):
        for n in range(wanted):
            MAKERS[name](n * 3 + wanted)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = browser.get(address)
        assert answer.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_index_takes_as_many_queries_whatever_waits(administrator: User, client_of: Browse) -> None:
    browser = client_of(administrator)
    counts = []
    for wanted in (1, 2):
        for n in range(wanted):
            message(n + wanted * 5)
            case(n)
        browser.get(reverse("admin:index"))  # content types are looked up once
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(reverse("admin:index"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    waiting = {str(line.label): line.count for line in answer.context["waiting"]}
    assert waiting == {
        "submitted": 0, "held": 0, "in review": 3, "being edited": 3, "approved": 0, "changes requested": 0,
        "with the contributor": 0, "drafts that are not sent yet": 0,
        "published stories nobody has confirmed for a year": 0, "problems that readers reported": 0,
        "messages waiting for a translation": 3, "messages that were not delivered": 0, "links that no longer work": 0, "citation findings": 0, "Failing jobs": 0,
    }  # fmt: skip


def test_the_queue_has_the_longest_waiting_first_and_nothing_that_is_done(editor: User, client_of: Browse) -> None:
    old, new = CaseStudyFactory.create(status="submitted"), CaseStudyFactory.create(status="submitted")
    for status in ("published", "declined", "draft"):
        CaseStudyFactory.create(status=status)
    CaseStudy.objects.filter(pk=old.pk).update(status_since=timezone.now() - timedelta(days=9))
    answer = client_of(editor).get(reverse("admin:casestudies_casestudy_changelist"))
    assert [row.pk for row in answer.context["cl"].result_list] == [old.pk, new.pk]
    assert "9 days" in answer.content.decode()


def test_filters_of_the_queue(editor: User, client_of: Browse) -> None:
    hallmark = HallmarkFactory.create(number=6)
    mine = CaseStudyFactory.create(
        status="in_review", claimed_by=editor, edition__first_language="cy", edition__hallmarks=[hallmark]
    )
    other = CaseStudyFactory.create(status="submitted", edition__first_language="en", edition__title_en="Needle here")
    CaseStudy.objects.filter(pk=other.pk).update(offered_to=editor)
    address = reverse("admin:casestudies_casestudy_changelist")
    expected = {
        "claimed=mine": [mine], "claimed=nobody": [other], "claimed=offered": [other], "first=cy": [mine], "first=en": [other],
        "first=both": [], "hallmark=6": [mine], "hallmark=6x": [mine, other], "state=submitted": [other], "state=all": [mine, other],
        "q=needle": [other], f"q={mine.reference}": [mine], "q=nothing": [],
    }  # fmt: skip
    for query, wanted in expected.items():
        rows = client_of(editor).get(f"{address}?{query}").context["cl"].result_list
        assert sorted(row.pk for row in rows) == sorted(row.pk for row in wanted), query


def test_nothing_but_the_filters_is_asked_of_a_list(editor: User, client_of: Browse) -> None:
    """Else a query would tell, row by row, what the list does not show."""
    CaseStudyFactory.create(status="submitted", contributor__email="secret@example.org")
    address = reverse("admin:casestudies_casestudy_changelist")
    asked = (
        "contributor__email__contains=secret",
        "editions__title_en__contains=a",
        "state__exact=submitted",
        "version=1",
    )
    answers = [client_of(editor).get(f"{address}?{query}").status_code for query in asked]
    assert answers == [400, 400, 400, 400]


def test_every_link_of_the_desk_leads_to_a_list(editor: User, client_of: Browse) -> None:
    case(1)
    message(2)
    CaseStudyFactory.create(status="submitted")
    browser = client_of(editor)
    links = {line.address for line in browser.get(reverse("admin:index")).context["waiting"]}
    assert any("?" in link for link in links)
    assert {browser.get(link).status_code for link in links} == {200}


def test_a_filter_that_no_database_could_answer_is_refused(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(administrator)
    for address in ("references/work/?identity__exact=", "correspondence/message/?language__exact="):
        assert browser.get(f"/admin/{address}%00").status_code == 400
        assert browser.get(f"/admin/{address}").status_code == 200
