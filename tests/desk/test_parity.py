"""The parity report: each figure from things of which we know how they stand, as a page and as a file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.models import CaseStudy
from desk.parity.delays import delays_in
from desk.parity.period import Period, reporting_year
from desk.parity.words import count_in_words
from foundation.clock.models import Figure
from foundation.correspondence.models import Message
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.problems.services import report
from foundation.record.actors import CLOCK, Actor, Role
from foundation.record.export import MARK
from foundation.record.services import write
from hallmarks.models import HallmarkEdition
from pages.models import Page, PageEdition
from tests.factories import CaseStudyFactory, HallmarkFactory, PageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
REPORT, FILE = "/admin/parity/", "/admin/parity/file/"
MAY = "?from=2026-05-01&to=2026-05-31"


def day(number: int, month: int = 5) -> datetime:
    return datetime(2026, month, number, 12, tzinfo=UTC)


def table(browser: Client, title: str, query: str = MAY) -> dict[str, list[Any]]:
    tables = {table.title: table for table in browser.get(REPORT + query).context["tables"]}
    return {line.label: list(line.values) for line in tables[title].lines}


def one_language(page: Page, *, since: datetime, days: int = 30) -> None:
    PageEdition.objects.filter(content=page, stage="live").update(
        override="one-language", override_reason="Urgent.", override_at=since, only_language="en", only_language_days=days,
        live_since=since,
    )  # fmt: skip


def log(page: Page, *codes: tuple[str, datetime]) -> None:
    for code, at in codes:
        write(actor=CLOCK, kind="page", subject=page.uuid, code=code, at=at)


def test_pages_and_overrides_as_they_stand(editor: User, client_of: Browse) -> None:
    PageFactory.create_batch(2)
    PageFactory.create(edition__stage="working")
    urgent, over = PageFactory.create(), PageFactory.create()
    one_language(urgent, since=timezone.now() - timedelta(days=3))
    one_language(over, since=timezone.now() - timedelta(days=40))
    HallmarkFactory.create(number=1)
    HallmarkEdition.objects.update(override="unchecked", override_at=timezone.now())
    log(urgent, ("go-live", day(3)), ("go-live", day(31)), ("go-live", day(1, 6)))
    browser = client_of(editor)
    assert table(browser, "Pages in both languages") == {
        "case studies": [0, 0, 0, 0], "hallmarks": [1, 0, 0, 0], "standing pages": [2, 0, 2, 2],
    }  # fmt: skip
    assert table(browser, "Overrides") == {
        "case studies": [0, 0, 0],
        "hallmarks": [1, 0, 0],
        "standing pages": [0, 1, 1],
    }
    texts = table(browser, "Texts in one language")
    assert {name: (values[0], values[3]) for name, values in texts.items()} == {
        f"Title {urgent.key}": ("English", "in force"), f"Title {over.key}": ("English", "days over"),
    }  # fmt: skip


def test_delays_run_from_one_publication_to_the_next_in_both(editor: User, client_of: Browse) -> None:
    ended, still, gone, before, never = (PageFactory.create() for _time in range(5))
    log(
        ended, ("override-one-language", day(1)), ("go-live", day(2)), ("override-removed", day(5)), ("go-live", day(6))
    )
    log(still, ("override-one-language", day(10)), ("go-live", day(10)), ("go-live", day(12)))
    one_language(still, since=day(10))
    log(gone, ("override-one-language", day(3)), ("go-live", day(3)), ("archive", day(13)))
    log(
        before,
        ("override-one-language", day(1, 3)),
        ("go-live", day(1, 3)),
        ("override-removed", day(2, 3)),
        ("go-live", day(2, 3)),
    )
    log(never, ("override-one-language", day(3)), ("override-removed", day(4)), ("go-live", day(5)))
    now = day(30)
    found = delays_in(Period(date(2026, 5, 1), date(2026, 5, 31)), now)
    assert sorted((delay.days(now), delay.end is None) for delay in found) == [(4, False), (10, False), (20, True)]
    values = table(client_of(editor), "Delays between the languages")
    assert (values["standing pages"][0], values["standing pages"][3], values["hallmarks"]) == (3, 1, [0, None, None, 0])


def story(language: str, sent: datetime, answered: datetime | None) -> CaseStudy:
    case = CaseStudyFactory.create(contributor__language=language)
    write(
        actor=CLOCK,
        kind=CaseStudy.kind,
        subject=case.uuid,
        code="send",
        from_state="draft",
        to_state="submitted",
        at=sent,
    )
    if answered:
        actor = Actor(Role.EDITOR, None)
        write(
            actor=actor,
            kind=CaseStudy.kind,
            subject=case.uuid,
            code="accept",
            from_state="in_review",
            to_state="editing",
            at=answered,
        )
    return case


def test_answers_by_language_in_the_period(editor: User, client_of: Browse) -> None:
    story("cy", day(4), day(6))
    story("cy", day(4), day(8))
    story("en", day(30, 4), day(4))  # came in before the period
    story("en", day(5), day(9, 6))  # answered after it
    story("", day(5), None)
    browser = client_of(editor)
    assert table(browser, "Answers to stories") == {"Welsh": [2, 2, 3, 4], "English": [1, 1, 2, 2]}
    for number, language in enumerate(("cy", "cy", "en")):
        problem = report(Problem(asked_as=str(number), kind="error", text="?", language=language))
        due = date(2026, 5, 6) if number else date(2026, 5, 20)
        Problem.objects.filter(pk=problem.pk).update(
            came_at=day(4), due_on=due, state="answered", answered_at=day(7 + number)
        )
    Problem.objects.filter(language="en").update(looks_like_junk=True)
    values = table(browser, "Answers to problems that readers report")
    assert values == {"Welsh": [2, 2, 3.5, 1], "English": [0, 0, None, 0]}


def test_messages_by_language(editor: User, client_of: Browse) -> None:
    states = [("cy", "sent"), ("cy", "waiting"), ("en", "failed"), ("both", "bounced"), ("en", "queued")]
    for number, (language, state) in enumerate(states):
        sent_at = day(5) if state in ("sent", "bounced") else None
        made = Message.objects.create(
            kind="accepted", about=editor.key, recipient=f"{number}@example.org", language=language, subject="S", body="B",
            state=state, next_try=day(5), sent_at=sent_at,
        )  # fmt: skip
        Message.objects.filter(pk=made.pk).update(created_at=day(4) if number < 4 else day(4, 6))
    assert list(table(client_of(editor), "Messages").values()) == [[2, 1, 0, 1, 1], [1, 0, 1, 0, 0], [1, 1, 1, 0, 0]]


def test_words_are_counted_by_the_clock_and_only_those_that_are_published(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    assert table(browser, "Completeness in words") == {}
    words = {
        "title_cy": "Un",
        "body_cy": "<p>dau <b>tri</b></p>",
        "title_en": "One",
        "body_en": "<p>two three four five six</p>",
    }
    PageFactory.create(**{f"edition__{name}": text for name, text in words.items()})
    PageFactory.create(edition__stage="working", edition__body_en="<p>nobody reads this yet</p>")
    count_in_words(timezone.now())
    assert Figure.objects.get(name="words").value == {"pages.page": {"cy": 3, "en": 6}}
    assert table(browser, "Completeness in words") == {"standing pages": [3, 6, 50]}


def test_the_file_holds_what_the_page_shows(editor: User, client_of: Browse) -> None:
    page = PageFactory.create(edition__title_en="=cmd|'/c calc'!A1")
    one_language(page, since=timezone.now())
    browser = client_of(editor)
    answer = browser.get(FILE + MAY)
    assert answer["Content-Disposition"] == 'attachment; filename="parity-report-2026-05-01-2026-05-31.csv"'
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith(MARK)
    head, *rows = csv.reader(io.StringIO(text.removeprefix(MARK)))
    assert (len(head), rows[0][3], rows[1][3]) == (4, "2026-05-01", "2026-05-31")
    tables = browser.get(REPORT + MAY).context["tables"]
    assert len(rows) - 2 == sum(len(line.values) for table in tables for line in table.lines) > 40
    assert [row[1] for row in rows if row[0] == "Texts in one language"] == ["'=cmd|'/c calc'!A1"] * 4


def test_in_welsh_the_file_and_the_page_are_welsh(editor: User, client_of: Browse) -> None:
    User.objects.filter(pk=editor.pk).update(language="cy")
    editor.refresh_from_db()
    browser = client_of(editor)
    text = b"".join(browser.get(FILE + MAY).streaming_content).decode()  # type: ignore[attr-defined]
    assert "astudiaethau achos" in text
    assert 'lang="cy"' in browser.get(REPORT).content.decode()


def test_a_period_that_is_none_is_asked_for_again(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    for query in (
        "?from=2026-05-31&to=2026-05-01",
        "?from=x&to=2026-05-01",
        "?to=2026-05-01",
        "?from=0001-01-01&to=9999-12-31",
    ):
        page = browser.get(REPORT + query)
        assert (page.status_code, page.context["tables"], bool(page.context["form"].errors)) == (200, [], True)
        assert browser.get(FILE + query)["Location"].startswith(REPORT)


def test_only_those_who_moderate(editor: User, administrator: User, translator: User, client_of: Browse) -> None:
    for address in (REPORT, FILE):
        codes = [client_of(person).get(address).status_code for person in (editor, administrator, translator)]
        assert codes == [200, 200, 403]
    assert REPORT in client_of(editor).get("/admin/").content.decode()
    assert REPORT not in client_of(translator).get("/admin/").content.decode()


def test_the_reporting_year_begins_in_april() -> None:
    assert reporting_year(date(2026, 3, 31)) == Period(date(2025, 4, 1), date(2026, 3, 31))
    assert reporting_year(date(2026, 4, 1)) == Period(date(2026, 4, 1), date(2026, 4, 1))
    assert reporting_year(date(2026, 11, 5), before=1) == Period(date(2025, 4, 1), date(2026, 3, 31))


def test_as_many_queries_for_one_as_for_three(editor: User, client_of: Browse) -> None:
    browser, counts = client_of(editor), []
    for number in (1, 3):
        while PageFactory._meta.model.objects.count() < number:
            page = PageFactory.create()
            one_language(page, since=timezone.now())
            log(page, ("override-one-language", day(1)), ("go-live", day(2)))
            story("cy", day(4), day(6))
        browser.get(REPORT + MAY)
        with CaptureQueriesContext(connection) as asked:
            assert len(table(browser, "Texts in one language")) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
