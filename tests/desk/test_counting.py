"""How many findings wait: counted when a text is checked, and never checked by the desk's first page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk import citations
from desk.figures import count_figures
from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.clock.jobs import run_due
from foundation.clock.models import Job
from foundation.people.models import User
from foundation.publishing.services import put_live, save_words
from foundation.record.actors import Actor, Role
from hallmarks.models import HallmarkEdition
from references.checking import services
from references.checking.counting import recount_all
from references.checking.overview import check_edition
from references.exchange.merging import merge_works
from references.models import FindingCount, Work
from references.services import save_work
from tests.factories import CaseStudyFactory, HallmarkFactory, PageFactory, UserFactory, WorkFactory

Browse = Callable[[User], Client]
CITES = "<p>Lanterns help (Ellis, 2019).</p>"


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """`with commit():` what is to follow a commit follows the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def actor(editor: User) -> Actor:
    return Actor(Role.EDITOR, editor)


@pytest.fixture
def edition(ellis: Work) -> HallmarkEdition:
    """A working edition that cites, in both languages, the one work that it lists."""
    HallmarkFactory.create(
        number=1, edition__stage="working", edition__body_en=CITES, edition__body_cy=CITES, edition__works=[ellis]
    )
    made = HallmarkEdition.objects.select_related("content").get()
    made.references.update(printed_cy="", printed_en="")
    recount_all()
    return made


def waiting(person: User | None = None) -> int:
    """The number on the desk of an editor, or of `person`."""
    request = RequestFactory().get("/admin/")
    request.user = person or UserFactory.create(group="Editors")
    return citations.count_for(request)


def open_findings(edition: Any) -> list[Any]:
    checkup = check_edition(edition)
    assert checkup is not None
    return [one.finding for one in checkup.open]


def write(edition: HallmarkEdition, body_en: str) -> None:
    edition.body_en = body_en
    save_words(edition=edition, version=edition.version, by=None)


def test_it_follows_an_edit_an_excuse_a_link_and_the_list(edition: HallmarkEdition, actor: Actor, commit: Any) -> None:
    assert waiting() == 0
    with commit():
        write(edition, CITES.replace("2019", "2019; Pryce, 2020"))
    assert waiting() == 1
    [finding] = open_findings(edition)
    with commit():
        excuse = services.excuse(edition=edition, finding=finding, reason="So.", actor=actor, language="en")
    assert waiting() == 0
    with commit():
        services.take_back_excuse(edition=edition, pk=excuse.pk, actor=actor)
    assert waiting() == 1
    pryce = WorkFactory.create(family="Price", year=2021)
    with commit():
        link = services.link(edition=edition, finding=finding, work=pryce, actor=actor)
        services.add_to_list(edition=edition, work=pryce, actor=actor)
    assert waiting() == len(open_findings(edition)) == 1
    assert FindingCount.objects.get(state="open").kind == "listed_never_cited"
    with commit():
        services.take_back_link(edition=edition, pk=link.pk, actor=actor)
    assert waiting() == len(open_findings(edition)) == 3
    with commit():
        write(edition, "<p>Nothing.</p>")
    assert waiting() == len(open_findings(edition)) == 3


def test_it_follows_what_is_ticked_and_typed_on_the_page(
    edition: HallmarkEdition, editor: User, client_of: Browse, commit: Any
) -> None:
    """Words, rows and agreements are written after one another: what is counted is what stands there in the end."""
    page = reverse("admin:hallmarks_hallmarkedition_change", args=[edition.pk])
    row = edition.references.get()
    sent = {
        "seen_version": edition.version, "body_en": "<p>(Ellis, 2018)</p>", "body_cy": CITES, "title_cy": "T", "title_en": "T",
        "references-TOTAL_FORMS": 1, "references-INITIAL_FORMS": 1, "references-0-id": row.pk,
        "references-0-edition": edition.pk, "references-0-work": row.work_id, "references-0-position": 0,
        "references-0-printed_en": "Ellis, A. (2018)\nOn lanterns",
        "connections-TOTAL_FORMS": 0, "connections-INITIAL_FORMS": 0,
    }  # fmt: skip
    with commit():
        assert client_of(editor).post(page, sent).status_code == 302
    edition.refresh_from_db()
    assert edition.references.get().printed_en == "Ellis, A. (2018)\nOn lanterns"
    assert waiting() == len(open_findings(edition)) == 0
    edition.references.update(printed_en="Ellis, A. (2017)")
    assert waiting() == 0  # written behind our back
    recount_all()
    assert waiting() == 1


def test_it_follows_the_correction_of_a_work(edition: HallmarkEdition, ellis: Work, commit: Any) -> None:
    other = PageFactory.create(edition__body_en="<p>Nothing is cited.</p>").editions.get()
    with commit():
        save_work(key=ellis.key, csl={**ellis.csl, "issued": {"date-parts": [[2018]]}})
    assert waiting() == len(open_findings(edition)) == 2
    assert open_findings(other) == []
    with commit():
        save_work(key=ellis.key, csl=ellis.csl)
    assert waiting() == 0


def test_it_follows_a_merge(edition: HallmarkEdition, ellis: Work, actor: Actor, commit: Any) -> None:
    """The work that stays is not of the year that the text cites."""
    stays = WorkFactory.create(key="ellis-2017", family="Ellis", title="On lanterns", year=2017)
    with commit():
        merge_works(gone=ellis, stays=stays, actor=actor)
    assert waiting() == len(open_findings(edition)) == 2


def test_it_follows_publication_and_counts_each_text_once(edition: HallmarkEdition, actor: Actor, commit: Any) -> None:
    with commit():
        write(edition, CITES.replace("2019", "2019; Pryce, 2020"))
        agree_all(obj=edition, how=How.SPEAKER)
        put_live(working=edition, actor=actor)
    assert waiting() == len(open_findings(HallmarkEdition.objects.get())) == 1


def test_the_clock_counts_what_others_wrote(edition: HallmarkEdition) -> None:
    HallmarkEdition.objects.update(body_en=CITES.replace("2019", "2019; Pryce, 2020"))
    Job.objects.all().delete()
    assert waiting() == 0
    assert "count-findings" in run_due()
    assert waiting() == 1
    HallmarkEdition.objects.update(body_en=CITES)
    assert "count-findings" in run_due(timezone.now() + timedelta(hours=24))
    assert (waiting(), FindingCount.objects.count()) == (0, 0)


def test_nobody_is_told_of_what_they_may_not_see(edition: HallmarkEdition, translator: User) -> None:
    for status in ("submitted", "draft", "declined"):
        CaseStudyFactory.create(status=status, edition__about_en=CITES)
    HallmarkEdition.objects.update(body_en="<p>(Pryce, 2020)</p>")
    recount_all()
    no_text = ContentType.objects.get_for_model(User)
    FindingCount.objects.create(
        content_type=no_text, object_id=1, language="cy", kind="ambiguous", state="open", count=9
    )
    kept = {row.object_id for row in FindingCount.objects.filter(kind="reference_list_absent")}
    assert len(kept) == 1  # of the story that was sent
    assert waiting() == waiting(translator) > 0
    assert waiting(UserFactory.create()) == waiting(AnonymousUser()) == 0  # type: ignore[arg-type]


def test_no_query_for_the_number_whatever_the_texts(editor: User, client_of: Browse) -> None:
    asked, browser = [], client_of(editor)
    for number in (1, 2, 3):
        HallmarkFactory.create(number=number, edition__body_en=CITES, edition__works=1)
        recount_all()
        count_figures(timezone.now())
        browser.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            found = browser.get("/admin/").context["waiting"]
        assert [line.count for line in found if line.address == "/admin/citations/"] == [3 * number]
        about = [query["sql"] for query in queries if "_findingcount" in query["sql"]]
        asked.append((len(about), len(queries)))
    assert asked[0] == asked[1] == asked[2]
    assert asked[0][0] == 0  # the clock asks once for each kind of text


def test_the_dashboard_shows_so_many_texts_a_page(
    editor: User, client_of: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citations, "FINDINGS_A_PAGE", 3)  # two in English in each text
    for number in (1, 2, 3):
        HallmarkFactory.create(number=number, edition__body_en=CITES, edition__works=1)
    recount_all()
    browser = client_of(editor)
    shown = [browser.get(f"/admin/citations/?language=en&page={number}").context for number in (1, 2)]
    assert [len(one["sections"]) for one in shown] == [2, 1]
    assert len({section.checkup.edition.pk for one in shown for section in one["sections"]}) == 3
    assert b'href="?language=en&amp;page=2"' in browser.get("/admin/citations/?language=en").content
