"""The first page of the desk: what each number counts, where it leads, who sees it, and what it costs."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudy
from desk.charts import draw
from desk.figures import count_figures, count_steps, kept_figures
from desk.stories import Line
from foundation.clock.days import months_before, promised_since, working_day_after, working_days_between
from foundation.clock.jobs import run_due
from foundation.clock.models import Figure, Job
from foundation.correspondence.models import Message
from foundation.correspondence.services import write_message
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.problems.services import report
from foundation.publishing.gate import one_language_expired, one_language_over
from foundation.record.actors import CONTRIBUTOR, Actor, Role
from foundation.record.services import write
from hallmarks.models import HallmarkEdition
from tests.factories import CaseStudyFactory, CommentFactory, HallmarkFactory, LinkFactory, PageFactory
from tests.factories import editor as make_editor
from tests.noon import NOON, at_noon

pytestmark = [pytest.mark.page, at_noon]

Browse = Callable[[User], Client]


def home(browser: Client) -> Any:
    answer = browser.get(reverse("admin:index"))
    assert answer.status_code == 200
    return answer


def lines(browser: Client) -> dict[str, Line]:
    return {str(line.label): line for line in home(browser).context["waiting"]}


def days_ago(case: CaseStudy, days: int) -> CaseStudy:
    at = NOON - timedelta(days=days)
    CaseStudy.objects.filter(pk=case.pk).update(submitted_at=at, status_since=at)
    return case


def message(n: int, state: str = "waiting") -> Message:
    case = CaseStudyFactory.create(status="editing", claimed_by=make_editor(), edition__hallmarks=[])
    made = write_message(
        kind="accepted", recipient=f"c{n}@example.org", language="cy", about=case.uuid,
        context={"about": case, "contributor": case.contributor}, note_en="In English only.",
    )  # fmt: skip
    Message.objects.filter(pk=made.pk).update(state=state)
    return made


def everything(n: int) -> None:
    """One more of each thing that the desk counts."""
    for status in ("submitted", "held", "in_review", "editing", "draft", "published"):
        days_ago(CaseStudyFactory.create(status=status), 40 * (status not in ("draft", "published")))
    CaseStudyFactory.create(status="published", correction=True)
    CommentFactory.create(is_answered=True, answer="This one.")
    message(n)
    message(n + 100, "failed")
    LinkFactory.create(failures=4, works=1)
    PageFactory.create()
    report(Problem(asked_as=f"{n}", kind="error", text="?", language="cy"))
    Job.objects.create(name=f"job {n}", next_at=NOON, error="ValueError: no")


def test_as_many_queries_for_three_of_everything_as_for_one(
    administrator: User, client_of: Browse, amount: Callable[[int, int], int]
) -> None:
    browser, counts, made = client_of(administrator), [], 0
    for wanted in (1, 3, amount(3, 100)):
        while made < wanted:
            made += 1
            everything(made)
        count_figures(NOON)
        count_steps(NOON)
        home(browser)  # content types are looked up once
        with CaptureQueriesContext(connection) as queries:
            answer = home(browser)
        counts.append(len(queries))
    assert set(counts) == {counts[0]}
    assert counts[0] <= 26
    assert sum(line.count for line in answer.context["waiting"]) > 30


def test_every_number_is_that_of_the_list_it_leads_to(editor: User, client_of: Browse) -> None:
    for n in (1, 2):
        everything(n)
    count_figures(NOON)
    count_steps(NOON)
    browser, asked = client_of(editor), 0
    for label, line in lines(browser).items():
        answer = browser.get(line.address)
        assert answer.status_code == 200, label
        if "cl" in answer.context and "?" in line.address:
            assert len(answer.context["cl"].result_list) == line.count, label
            asked += 1
    assert asked == 7 + 6 + 1 + 2 + 4 + 3  # states, editors' lines, problems, messages, links and step, overrides
    page = home(browser).content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'<a href="(/admin/[^"]+\?[^"]+)"', page)}
    assert len(links) > 40
    assert {browser.get(link).status_code for link in links} == {200}


def test_mine_nobodys_and_all(editor: User, client_of: Browse) -> None:
    CaseStudyFactory.create(status="in_review", claimed_by=editor)
    CaseStudyFactory.create(status="editing", claimed_by=make_editor())
    CaseStudyFactory.create(status="approved", claimed_by=None)
    offered = CaseStudyFactory.create(status="submitted")
    CaseStudy.objects.filter(pk=offered.pk).update(offered_to=editor)
    answer = home(client_of(editor))
    shown = {str(line.label): (line.mine, line.unclaimed, line.count) for line in answer.context["stories"]}
    assert shown == {
        "submitted": (0, 1, 1), "held": (0, 0, 0), "in review": (1, 0, 1), "being edited": (0, 0, 1),
        "approved": (0, 1, 1), "changes requested": (0, 0, 0), "with the contributor": (0, 0, 0),
    }  # fmt: skip
    assert [step.words for step in answer.context["steps"] if "/casestudies/" in step.address] == [
        "1 story waits for your decision.",
        "1 story is offered to you first.",
        "1 story waits for somebody to claim it.",
    ]


def test_late_is_said_in_words_and_leads_to_the_late_ones(editor: User, client_of: Browse) -> None:
    late = days_ago(CaseStudyFactory.create(status="in_review", claimed_by=editor), 30)
    days_ago(CaseStudyFactory.create(status="published"), 30)
    CaseStudyFactory.create(status="submitted")
    browser = client_of(editor)
    answer = home(browser)
    found = lines(browser)
    assert (found["in review"].is_trouble, found["submitted"].is_trouble) == (True, False)
    assert "Late: an answer was promised by" in found["in review"].note
    assert found["submitted"].note.startswith("The oldest came today. An answer is promised by")
    assert found["stories late for the promised answer"].count == 1
    assert answer.context["steps"][0].words == "1 story you have claimed is late."
    listed = browser.get(answer.context["steps"][0].address).context["cl"].result_list
    assert [case.pk for case in listed] == [late.pk]


@pytest.mark.parametrize("age", range(9, 20))
def test_the_lists_late_is_the_storys_own_promise(db: None, age: int) -> None:
    case = days_ago(CaseStudyFactory.create(status="submitted"), age)
    case.refresh_from_db()
    assert case.answer_by is not None
    assert CaseStudy.objects.late(NOON).exists() == (case.answer_by < timezone.localdate(NOON))


def test_new_answers_are_new_until_an_editor_moves_the_story(editor: User, client_of: Browse) -> None:
    case = CommentFactory.create(case_study__claimed_by=editor, is_answered=True, answer="This one.").case_study
    CommentFactory.create(is_sent=True)  # not answered
    CommentFactory.create(case_study__status="declined", is_answered=True, answer="This one.")
    browser, label = client_of(editor), "stories with new answers to editors’ questions"
    write(actor=CONTRIBUTOR, kind="case-study", subject=case.uuid, code="answer", at=NOON + timedelta(hours=1))
    count_figures(NOON)
    assert lines(browser)[label].count == 1
    assert [row.pk for row in browser.get(lines(browser)[label].address).context["cl"].result_list] == [case.pk]
    actor = Actor(Role.EDITOR, editor)
    write(actor=actor, kind="case-study", subject=case.uuid, code="accept", at=NOON + timedelta(hours=1))
    count_figures(NOON)
    assert lines(browser)[label].count == 0


def test_drafts_are_numbers_and_ages_only(editor: User, client_of: Browse) -> None:
    soon = CaseStudyFactory.create(
        status="draft", contributor__name="Needle Person", contributor__email="n@example.org"
    )
    soon.draft.touched_at = NOON - timedelta(days=settings.DRAFT_DAYS - 2)
    soon.draft.save()
    days_ago(CaseStudyFactory.create(status="draft"), 5)
    count_figures(NOON)
    browser = client_of(editor)
    found = lines(browser)
    assert (found["drafts that are not sent yet"].count, found["drafts that are about to expire"].count) == (2, 1)
    assert found["drafts that are not sent yet"].note == "The oldest has waited for 5 days."
    for address in (reverse("admin:index"), found["drafts that are about to expire"].address):
        page = browser.get(address).content.decode()
        assert ("Needle" in page, "n@example.org" in page) == (False, False)


@pytest.mark.parametrize(("days", "ago", "over"), [(1, 0.5, False), (1, 1.5, True), (30, 29.5, False), (30, 31, True)])
def test_an_override_is_over_for_the_database_as_for_us(db: None, days: int, ago: float, over: bool) -> None:
    edition = HallmarkFactory.create(number=1).editions.get()
    HallmarkEdition.objects.filter(pk=edition.pk).update(
        override="one-language", override_reason="?", only_language="cy", only_language_days=days,
        override_at=NOON - timedelta(days=ago),
    )  # fmt: skip
    edition.refresh_from_db()
    assert one_language_expired(edition, NOON) is over
    assert (one_language_over(HallmarkEdition, NOON) == [edition.content_id]) is over


def test_translators_see_what_is_theirs(translator: User, client_of: Browse) -> None:
    for n in (1, 2):
        everything(n)
    count_figures(NOON)
    count_steps(NOON)
    answer = home(client_of(translator))
    assert [str(line.label) for line in answer.context["others"]] == [
        "messages waiting for a translation", "case studies out of step", "hallmarks out of step",
        "standing pages out of step", "citation findings",
    ]  # fmt: skip
    assert (answer.context["worker"], answer.context["figures"], answer.context["charts"]) == (None, None, [])
    page = answer.content.decode()
    assert ("claimed=" in page, 'class="bars"' in page, "not running" in page) == (False, False, False)


def test_it_says_when_the_worker_is_not_running(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    assert "It has never been at work." in home(browser).content.decode()
    run_due(NOON)
    page = home(browser).content.decode()
    assert ("The worker is not running" in page, "The worker is running: it was last at work on" in page) == (
        False,
        True,
    )
    Job.objects.update(claimed_at=NOON - timedelta(minutes=16))
    page = home(browser).content.decode()
    assert ("The worker is not running" in page, "It was last at work on" in page) == (True, True)


# --- figures --------------------------------------------------------------------------------------------------------------


def told(case: CaseStudy, *, sent: int, answered: int, code: str = "accept") -> None:
    """Its log says that it came in and was answered so many days ago."""
    about: dict[str, Any] = {"kind": "case-study", "subject": case.uuid}
    write(
        actor=CONTRIBUTOR, code="confirm", from_state="awaiting_confirmation", to_state="submitted",
        at=NOON - timedelta(days=sent), **about,
    )  # fmt: skip
    write(actor=Actor(Role.EDITOR, make_editor()), code=code, at=NOON - timedelta(days=answered), **about)


def test_the_median_answer_is_of_first_answers_by_language(db: None) -> None:
    first = CaseStudyFactory.create(status="editing", contributor__language="cy")
    told(first, sent=35, answered=28)  # a week: five working days
    told(first, sent=20, answered=1)  # sent again: not its first answer
    told(CaseStudyFactory.create(status="declined", contributor__language="cy"), sent=49, answered=28, code="decline")
    told(CaseStudyFactory.create(status="editing", contributor__language="en"), sent=36, answered=8)
    told(CaseStudyFactory.create(status="editing", contributor__language="en"), sent=900, answered=700)
    told(CaseStudyFactory.create(status="held", contributor__language="en"), sent=9, answered=3, code="set_aside")
    count_figures(NOON)
    kept = kept_figures().figures
    assert kept is not None
    assert kept.median == {"cy": 10.0, "en": 20.0}
    assert [sum(row.values()) > 0 for row in kept.answers.values()][-1]
    assert sum(row["cy"] for row in kept.received.values()) == 2
    assert (len(kept.received), len(kept.published), len(kept.answers)) == (12, 12, 4)


def test_each_number_of_a_chart_leads_to_what_it_counts(editor: User, client_of: Browse) -> None:
    """Stories of three languages and months, of which some were sent again, or answered without having been sent."""
    for number, language in enumerate(("cy", "en", "")):
        for days in (2, 40, 100 * number + 70):
            case = CaseStudyFactory.create(
                status="published", edition__first_language="", contributor__language=language
            )
            told(case, sent=days, answered=days - 2 * number)
            CaseStudy.objects.filter(pk=case.pk).update(first_published_at=NOON - timedelta(days=days // 2))
    told(case, sent=1, answered=0)
    unsent = CaseStudyFactory.create(status="editing", contributor=None, edition__first_language="cy")
    write(actor=Actor(Role.EDITOR, editor), code="accept", at=NOON, kind="case-study", subject=unsent.uuid)
    count_figures(NOON)
    browser = client_of(editor)
    drawn = {chart.key: chart for chart in home(browser).context["charts"]()}
    assert list(drawn) == ["states", "received", "published", "answered"]
    followed = 0
    for chart in drawn.values():
        for bar in (bar for row in chart.rows for bar in row.bars if bar.value not in ("0", "–")):
            found = browser.get(bar.address).context["cl"].result_count
            assert found == int(bar.value) if chart.key != "answered" else found > 0, bar
            followed += 1
    assert sum(int(bar.value) for row in drawn["received"].rows for bar in row.bars) == 9
    assert followed > 12
    lists = [
        browser.get(address).context["cl"].result_count for _code, _days, address in home(browser).context["medians"]
    ]
    assert lists == [3, 3]


def test_states_and_months_are_counted(editor: User, client_of: Browse) -> None:
    for language in ("cy", "cy", "en"):
        CaseStudyFactory.create(status="published", contributor__language=language)
    CaseStudyFactory.create(status="declined")
    browser = client_of(editor)
    assert "The figures are shown once the worker has counted them." in home(browser).content.decode()
    run_due(NOON)
    kept = kept_figures().figures
    assert kept is not None
    assert (kept.states["published"], kept.states["declined"]) == (3, 1)
    assert list(kept.published.values())[-1] == {"cy": 2, "en": 1, "": 0}
    page = home(browser).content.decode()
    charts = page.count('<svg class="bars"')
    assert (charts, page.count("</desc>"), page.count('<figure class="chart">'), page.count("<caption class=")) == (
        4,
    ) * 4
    assert '<td class="number"><a href="/admin/casestudies/casestudy/?state=published">3</a></td>' in page
    assert " style=" not in page.split('id="content"', 1)[1]


def test_texts_out_of_step_are_counted_and_listed(editor: User, client_of: Browse) -> None:
    behind_hallmark = HallmarkFactory.create(number=1, edition__agreed=False)
    HallmarkFactory.create(number=2)
    behind = CaseStudyFactory.create(status="published", edition__agreed=False)
    CaseStudyFactory.create(status="published")
    CaseStudyFactory.create(status="declined", edition__agreed=False)
    count_steps(NOON)
    browser = client_of(editor)
    line, hallmarks = lines(browser)["case studies out of step"], lines(browser)["hallmarks out of step"]
    assert (line.count, hallmarks.count) == (1, 1)
    assert line.note.startswith("Counted on")
    assert [one.pk for one in browser.get(hallmarks.address).context["cl"].result_list] == [behind_hallmark.pk]
    assert [case.pk for case in browser.get(line.address).context["cl"].result_list] == [behind.pk]
    assert Figure.objects.get(name="out-of-step-keys").value["casestudies.casestudy"] == [behind.pk]


def test_the_last_twelve_months() -> None:
    months = months_before(date(2026, 2, 28))
    assert (months[0], months[-1], len(set(months))) == (date(2025, 3, 1), date(2026, 2, 1), 12)


def test_the_longest_bar_fills_the_width_and_none_is_no_number() -> None:
    chart = draw(
        "k",
        "T",
        "D",
        "month",
        [("cy", "Welsh"), ("en", "English")],
        [("a", [4, 2], ["", ""]), ("b", [None, 0], ["", ""])],
    )
    bars = [(bar.value, bar.width) for row in chart.rows for bar in row.bars]
    full = chart.rows[0].bars[0].width
    assert bars == [("4", full), ("2", full // 2), ("–", 0), ("0", 0)]
    assert full + chart.left < chart.width
    assert chart.height > chart.rows[-1].bars[-1].y + chart.bar


@pytest.mark.parametrize("start", range(7))
def test_working_days(start: int) -> None:
    """A week of first days against counting them one by one."""
    first = date(2026, 11, 16) + timedelta(days=start)
    for length in range(30):
        last = first + timedelta(days=length)
        counted = sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, length + 1))
        assert working_days_between(first, last) == counted
    since = timezone.localdate(promised_since(first, 10))
    assert working_day_after(since, 10) >= first > working_day_after(since - timedelta(days=1), 10)
    assert isinstance(promised_since(first, 10), datetime)
