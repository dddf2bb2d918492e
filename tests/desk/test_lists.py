"""The lists: as many queries for three rows as for one, and what each shows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudy, Erasure
from casestudies.models.reasons import ReadyReason
from casestudies.models.tags import Tag
from foundation.clock.models import Job
from foundation.correspondence.kinds import kinds
from foundation.correspondence.services import write_message
from foundation.correspondence.wordings import save_wording, wording_of
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.problems.services import report
from foundation.record.actors import Actor, Role
from foundation.record.models import Redaction
from foundation.record.services import write
from foundation.signin.models import Invitation
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
        context={"about": made, "reader": made.contributor}, note_en="In English only.",
    )  # fmt: skip


def event(n: int) -> Any:
    return write(actor=Actor(Role.EDITOR, make_editor()), kind="hallmark", subject=make_editor().key, code="go-live")


def wording(kind: str) -> Any:
    return save_wording(wording=wording_of(kind), version=0, by=None)


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
    "problems_problem": lambda n: report(Problem(asked_as=str(n), kind="error", text="?", language="cy")),
    "casestudies_erasure": lambda n: Erasure.objects.create(subject=make_editor().key, what="all", at=timezone.now()),
    "correspondence_wording": lambda n: wording(sorted(kinds())[n]),
    "record_redaction": lambda n: Redaction.objects.create(at=timezone.now(), marks=[]),
    "casestudies_readyreason": lambda n: ReadyReason.objects.create(
        move="decline", title_cy="T", title_en="T", text_cy="X", text_en="X"
    ),
    "casestudies_tag": lambda n: Tag.objects.create(name_cy=f"tag {n}", name_en=f"tag {n}"),
    "signin_invitation": lambda n: Invitation.objects.create(email=f"i{n}@example.org", invited_by=make_editor()),
}


@pytest.mark.parametrize("name", MAKERS)
def test_as_many_queries_for_many_rows_as_for_one(
    name: str, administrator: User, client_of: Browse, amount: Callable[[int, int], int]
) -> None:
    """In `make soak` for a thousand rows, of which a page shows so many; there are eight hallmarks, and so many wordings."""
    browser, address = client_of(administrator), reverse(f"admin:{name}_changelist")
    HallmarkFactory.create(number=1)
    most = {"hallmarks_hallmark": 3, "correspondence_wording": 3}.get(name, amount(3, 1000))
    made, counts = 0, []
    for rows in (1, 3, most):
        while made < rows:
            made += 1
            MAKERS[name](made)
        browser.get(address)  # content types are looked up once
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
        assert answer.status_code == 200
        counts.append(len(queries))
    assert set(counts) == {counts[0]}


def test_no_list_is_left_out(administrator: User, client_of: Browse) -> None:
    """Every list an administrator may open is counted above; those of editions lead elsewhere."""
    browser, found = client_of(administrator), set()
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if browser.get(reverse(f"admin:{name}_changelist")).status_code == 200:
            found.add(name)
    assert found == set(MAKERS)


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
        "received=2026-13": [mine, other], "published=year": [], "language=both": [], "language=fr": [mine, other],
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
