"""The findings in the admin: beside the text, on the dashboard and at the gate; who may settle them, and what the buttons do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.figures import count_figures
from foundation.people.models import User
from hallmarks.models import HallmarkEdition
from references.checking.counting import recount_all
from references.checking.overview import check_edition
from references.models import CitationLink, Excuse, Work
from tests.desk.pressing import messages_of
from tests.factories import CaseStudyFactory, HallmarkFactory, PageFactory, UserFactory

pytestmark = pytest.mark.page

Browse = Callable[[User], Client]
DESK = "/admin/citations/"
CITES = "<p>Lanterns help (Ellis, 2019).</p>"


@pytest.fixture
def edition(ellis: Work) -> HallmarkEdition:
    """A working edition that cites, in English alone, a work that its list lacks."""
    HallmarkFactory.create(
        number=1, edition__stage="working", edition__body_en=CITES, edition__works=1, edition__first_language="en"
    )
    made = HallmarkEdition.objects.select_related("content").get()
    made.references.update(printed_cy="Rees, R. (2001)", printed_en="")
    return made


def page_of(edition: Any) -> str:
    return reverse(f"admin:{edition._meta.app_label}_{edition._meta.model_name}_change", args=[edition.pk])


def mark_of(edition: Any, kind: str, language: str = "en") -> str:
    checkup = check_edition(edition)
    assert checkup is not None
    [found] = [
        one.finding.mark for one in checkup.shown if (one.finding.kind, one.finding.language) == (kind, language)
    ]
    return found


def typed(edition: HallmarkEdition, **more: Any) -> dict[str, Any]:
    """What the page of the edition sends."""
    return {
        "seen_version": edition.version, "body_en": "<p>Typed meanwhile (Ellis, 2019).</p>",
        "references-TOTAL_FORMS": 0, "references-INITIAL_FORMS": 0,
        "connections-TOTAL_FORMS": 0, "connections-INITIAL_FORMS": 0, **more,
    }  # fmt: skip


def box(name: str, edition: Any, mark: str) -> str:
    """The name of a box about a finding."""
    return f"{name}-{edition._meta.model_name}-{edition.pk}-{mark}"


def settle(browser: Client, edition: Any, do: str, *, query: str = "", **more: Any) -> Any:
    return browser.post(f"{DESK}{query}", {f"_beside:{edition._meta.label_lower}:{edition.pk}": do, **more})


@pytest.mark.parametrize("language", ["cy", "en"])
def test_findings_stand_beside_the_text_in_the_language_of_the_editor(
    language: str, edition: HallmarkEdition, client_of: Browse
) -> None:
    browser = client_of(UserFactory.create(group="Editors", language=language))
    shown = browser.get(page_of(edition)).content.decode()
    assert f'id="{box("finding", edition, mark_of(edition, "cited_not_listed"))}"' in shown
    assert f'name="{box("reason", edition, mark_of(edition, "listed_never_cited", "cy"))}"' in shown
    assert f'<html lang="{language}"' in shown
    assert language == "cy" or "Ellis, 2019” is cited, and no entry" in shown


def test_an_excuse_beside_the_text_keeps_what_was_typed(
    edition: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    mark = mark_of(edition, "cited_not_listed")
    sent = typed(edition, _beside=f"citation:excuse:{mark}", **{box("reason", edition, mark): "It is a lecture."})
    answer = client_of(editor).post(page_of(edition), sent)
    assert answer.status_code == 200
    assert "Typed meanwhile" in answer.content.decode()
    assert messages_of(answer) == ["The finding is excused."]
    assert list(Excuse.objects.values_list("as_printed", "reason", "by")) == [
        ("Ellis, 2019", "It is a lecture.", editor.pk)
    ]
    assert HallmarkEdition.objects.get().body_en == CITES


def test_what_was_typed_about_a_finding_is_there_in_the_other_language_too(
    edition: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    browser, mark = client_of(editor), mark_of(edition, "cited_not_listed")
    boxes = {
        box("reason", edition, mark): "A lecture.",
        box("other", edition, mark): "ellis-20",
        box("work", edition, mark): "ellis-2019",
    }
    shown = browser.post(page_of(edition), typed(edition, _language="cy", **boxes)).content.decode()
    assert f'name="{box("reason", edition, mark)}" rows="2" cols="60" maxlength="2000">A lecture.<' in shown
    assert f'name="{box("other", edition, mark)}" value="ellis-20"' in shown
    assert '<option value="ellis-2019" selected>' in shown


def test_a_work_added_to_the_list_is_no_clash_with_what_was_typed(
    edition: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    browser, mark = client_of(editor), mark_of(edition, "cited_not_listed")
    answer = browser.post(page_of(edition), typed(edition, _beside=f"citation:list:{mark}:ellis-2019"))
    assert messages_of(answer) == ["The work is in the reference list."]
    shown = HallmarkEdition.objects.get()
    assert list(shown.references.values_list("work__key", flat=True))[-1] == "ellis-2019"
    assert f'name="seen_version" value="{shown.version}"' in answer.content.decode()
    assert "Typed meanwhile" in answer.content.decode()


@pytest.mark.parametrize("status", ["editing", "approved"])
def test_nothing_is_put_into_the_list_of_a_story_that_was_agreed_to(
    status: str, ellis: Work, editor: User, client_of: Browse
) -> None:
    edition = CaseStudyFactory.create(status=status, edition__about_en=CITES).editions.get()
    browser, mark = client_of(editor), mark_of(edition, "reference_list_absent")
    page = browser.get(reverse("admin:casestudies_casestudy_change", args=[edition.content_id])).content.decode()
    is_open = status == "editing"
    assert (f'value="citation:list:{mark}:ellis-2019"' in page) is is_open
    assert settle(browser, edition, f"citation:list:{mark}:ellis-2019").status_code == (200 if is_open else 403)
    assert edition.references.count() == is_open


def test_what_the_dashboard_counts_and_filters(edition: HallmarkEdition, editor: User, client_of: Browse) -> None:
    PageFactory.create(edition__body_en="<p>(Pryce, 2020)</p>", edition__body_cy="<p>(Pryce, 2020)</p>")
    recount_all()
    browser = client_of(editor)

    def shown(query: str = "") -> list[tuple[str, str]]:
        sections = browser.get(f"{DESK}{query}").context["sections"]
        return sorted(
            (line.shown.finding.kind.value, line.shown.finding.language)
            for section in sections
            for line in section.lines
        )

    everything = [
        ("cited_not_listed", "en"),
        ("different_in_languages", "en"),
        ("listed_never_cited", "cy"),
        ("reference_list_absent", "cy"),
        ("reference_list_absent", "en"),
    ]
    assert shown() == everything
    assert shown("?language=cy") == [everything[2], everything[3]]
    assert shown("?kind=reference_list_absent&language=en") == [everything[4]]
    assert shown("?text=hallmarks.hallmarkedition") == everything[:3]
    assert shown("?kind=nonsense&text=nonsense") == []
    assert shown("?kind=%00&page=99999999999999999999") == []
    assert shown("?state=excused") == []
    answer = browser.get(DESK)
    assert answer.context["open"] == 5
    [kinds] = [choices for name, _label, choices in answer.context["filters"] if name == "kind"]
    assert {choice.value: choice.count for choice in kinds} == {
        "": 5, "cited_not_listed": 1, "different_in_languages": 1, "listed_never_cited": 1, "reference_list_absent": 2,
    }  # fmt: skip


def test_the_buttons_of_the_dashboard(edition: HallmarkEdition, editor: User, client_of: Browse) -> None:
    browser, mark = client_of(editor), mark_of(edition, "cited_not_listed")
    answer = settle(browser, edition, f"citation:excuse:{mark}")
    assert messages_of(answer) == ["Say why the finding may stand."]
    assert not Excuse.objects.exists()
    settle(browser, edition, f"citation:excuse:{mark}", **{box("reason", edition, mark): "So."})
    excuse = Excuse.objects.get()
    settle(browser, edition, f"citation:take-back:{excuse.pk}")
    assert not Excuse.objects.exists()
    settle(browser, edition, f"citation:link:{mark}", **{box("work", edition, mark): "nobody-1"})
    assert not CitationLink.objects.exists()
    settle(
        browser,
        edition,
        f"citation:link:{mark}",
        **{box("work", edition, mark): "x", box("other", edition, mark): "ellis-2019"},
    )
    link = CitationLink.objects.get()
    assert (link.work.key, link.as_printed, link.occurrence, link.by) == ("ellis-2019", "Ellis, 2019", 1, editor)
    settle(browser, edition, f"citation:unlink:{link.pk}")
    assert not CitationLink.objects.exists()
    settle(browser, edition, f"citation:list:{mark}:ellis-2019")
    assert edition.references.filter(work__key="ellis-2019").exists()


def test_what_was_typed_about_others_stays_on_the_dashboard(
    edition: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    other = PageFactory.create(edition__body_en="<p>(Pryce, 2020)</p>").editions.get()
    recount_all()
    browser, query = client_of(editor), "?kind=reference_list_absent&language=en"
    mark, elsewhere = mark_of(edition, "cited_not_listed"), mark_of(other, "reference_list_absent")
    boxes = {box("reason", edition, mark): "A lecture.", box("reason", other, elsewhere): "It comes later."}
    answer = browser.post(f"{DESK}{query}", {"_language": "cy", **boxes})
    shown = answer.content.decode()
    assert '<html lang="cy"' in shown
    assert (">It comes later.<" in shown, "A lecture." in shown) == (True, False)  # as it is filtered
    assert f'action="{DESK}?kind=reference_list_absent&amp;language=en"' in shown
    shown = settle(browser, edition, f"citation:excuse:{mark}", **boxes).content.decode()
    assert ">It comes later.<" in shown
    assert [excuse.reason for excuse in Excuse.objects.all()] == ["A lecture."]


@pytest.mark.parametrize(
    "do",
    ["", "citation:", "citation:nonsense:1", "citation:take-back:1", "citation:unlink:x", "citation:list:{mark}:other"],
)
def test_a_button_that_is_not_there(do: str, edition: HallmarkEdition, editor: User, client_of: Browse) -> None:
    answer = settle(client_of(editor), edition, do.format(mark=mark_of(edition, "cited_not_listed")))
    assert answer.status_code == (200 if do == "" else 404)


@pytest.mark.parametrize(
    "name", ["", "hallmarks.hallmarkedition:987654", "people.user:1", "hallmarks.hallmarkedition:x", "٣:٣"]
)
def test_a_text_that_is_not_there(name: str, edition: HallmarkEdition, editor: User, client_of: Browse) -> None:
    answer = client_of(editor).post(DESK, {f"_beside:{name}": "citation:excuse:x"})
    assert answer.status_code == 404


def test_a_finding_that_has_gone_meanwhile(edition: HallmarkEdition, editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    gone = "0123456789abcdef"
    answer = settle(browser, edition, f"citation:excuse:{gone}", **{box("reason", edition, gone): "So."})
    assert messages_of(answer) == ["That finding is no longer there: the text has changed since you opened the page."]
    assert not Excuse.objects.exists()


def test_translators_settle_what_they_may_write(edition: HallmarkEdition, translator: User, client_of: Browse) -> None:
    """The text was first written in English: the Welsh is theirs, the English is not; the list is the editors'."""
    browser = client_of(translator)
    welsh, english = mark_of(edition, "listed_never_cited", "cy"), mark_of(edition, "cited_not_listed")
    assert (
        settle(browser, edition, f"citation:excuse:{welsh}", **{box("reason", edition, welsh): "Felly."}).status_code
        == 200
    )
    assert (
        settle(browser, edition, f"citation:excuse:{english}", **{box("reason", edition, english): "So."}).status_code
        == 403
    )
    assert settle(browser, edition, f"citation:list:{english}:ellis-2019").status_code == 403
    assert list(Excuse.objects.values_list("language", "reason")) == [("cy", "Felly.")]
    recount_all()
    shown = browser.get(DESK).content.decode()
    assert f'id="{box("finding", edition, english)}"' in shown
    assert box("reason", edition, english) not in shown


def test_in_what_is_published_only_editors_settle(
    ellis: Work, editor: User, translator: User, client_of: Browse
) -> None:
    HallmarkFactory.create(number=1, edition__body_cy=CITES, edition__body_en=CITES, edition__works=1)
    live = HallmarkEdition.objects.get(stage="live")
    mark = mark_of(live, "cited_not_listed", "cy")
    sent = {box("other", live, mark): "ellis-2019"}
    assert settle(client_of(translator), live, f"citation:link:{mark}", **sent).status_code == 403
    assert not CitationLink.objects.exists()
    assert settle(client_of(editor), live, f"citation:link:{mark}", **sent).status_code == 200
    assert CitationLink.objects.get().by == editor


def test_nobody_else_sees_or_settles_anything(edition: HallmarkEdition, db: None) -> None:
    mark = mark_of(edition, "cited_not_listed")
    recount_all()
    strangers = [Client(), Client()]
    strangers[1].force_login(UserFactory.create())
    for browser in strangers:
        assert b"Ellis" not in browser.get(DESK).content
        refused = settle(browser, edition, f"citation:excuse:{mark}", **{box("reason", edition, mark): "So."})
        assert refused.status_code in (302, 403)
    assert not Excuse.objects.exists()


def test_open_findings_are_a_warning_at_the_gate_and_no_wall(
    edition: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    browser = client_of(editor)
    address = reverse("admin:hallmarks_hallmark_change", args=[edition.content.pk])
    shown = browser.get(address).content.decode()
    assert f'<a href="{page_of(edition)}#citations">3 citation findings are open.</a>' in shown
    answer = browser.post(address, {"_do": "publish", "seen_edition": edition.version})
    assert answer.status_code == 302
    assert HallmarkEdition.objects.get().stage == "live"


def test_findings_stand_on_the_workbench_and_can_be_settled_there(ellis: Work, editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="editing", claimed_by=editor, edition__about_en=CITES)
    edition, browser = case.editions.get(), client_of(editor)
    address = reverse("admin:casestudies_casestudy_change", args=[case.pk])
    mark = mark_of(edition, "reference_list_absent")
    assert f'value="citation:excuse:{mark}"' in browser.get(address).content.decode()
    answer = browser.post(
        address, {"_beside": f"citation:excuse:{mark}", box("reason", edition, mark): "It comes later."}
    )
    assert messages_of(answer) == ["The finding is excused."]
    assert Excuse.objects.get().subject == case.uuid


def test_the_desk_says_how_many_are_open(edition: HallmarkEdition, editor: User, client_of: Browse) -> None:
    recount_all()
    count_figures(timezone.now())  # as the clock does every few minutes
    waiting = client_of(editor).get("/admin/").context["waiting"]
    assert [(line.count, line.address) for line in waiting if line.address == DESK] == [(3, DESK)]


def test_as_many_queries_for_three_texts_as_for_one(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)

    def count() -> int:
        recount_all()
        browser.get(DESK)
        with CaptureQueriesContext(connection) as asked:
            browser.get(DESK)
        return len(asked)

    HallmarkFactory.create(number=1, edition__body_en=CITES, edition__works=1)
    first = count()
    for number in (2, 3):
        HallmarkFactory.create(number=number, edition__body_en=CITES, edition__works=2)
    assert count() == first
