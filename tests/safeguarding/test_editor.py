"""Findings at the editors': kept when a story is sent, matched again at each change, settled before it is published."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.clock import publish_due
from casestudies.documents import Incoming, add_document, remove_document
from casestudies.models import CaseStudy, CaseStudyEdition, Finding
from casestudies.safeguarding import find
from casestudies.safeguarding.scanning import scan
from casestudies.services import Words, actor_for, perform, record_permission
from foundation.correspondence.models import Message
from foundation.files.documents.judging import Judged
from foundation.files.documents.kinds import Kind
from foundation.people.models import User
from tests.desk.pressing import messages_of, page_of, press, status_of
from tests.desk.test_editions import address_of, form_of
from tests.factories import CaseStudyFactory
from tests.joinin.school import School, confirm
from tests.safeguarding.conftest import NAMED, RING

pytestmark = [pytest.mark.django_db, pytest.mark.page]

Browse = Callable[[User], Client]
PUPIL, TELEPHONE = "Tomos, disgybl ym Mlwyddyn 6", "01970 555 123"


def story(status: str = "in_review", **more: Any) -> CaseStudy:
    """One whose words name a pupil in Welsh and give a number in English, scanned."""
    made = CaseStudyFactory.create(
        status=status, edition__activity_cy=f"<p>{NAMED}</p>", edition__activity_en=f"<p>{RING}</p>", **more
    )
    scan(made)
    return CaseStudy.objects.get(pk=made.pk)


def write(case: CaseStudy, **texts: str) -> None:
    CaseStudyEdition.objects.filter(content=case).update(**texts)
    scan(case)


def settle(finding: Finding, by: User, verdict: str = "cleared", reason: str = "") -> None:
    finding.verdict, finding.decided_by, finding.reason = verdict, by, reason
    finding.save()


def quotes(case: CaseStudy) -> list[tuple[str, str]]:
    return sorted(case.findings.values_list("quote", "verdict"))


def test_what_was_settled_stays_settled_while_the_same_words_stand(editor: User) -> None:
    case = story()
    assert quotes(case) == [(TELEPHONE, "open"), (PUPIL, "open")]
    settle(case.findings.get(quote=PUPIL), editor, "justified", "Mae’r teulu’n cytuno.")
    write(case, activity_cy=f"<p>Paragraff newydd.</p><p>{NAMED}</p>", summary_cy="Cai (8 oed)")
    assert quotes(case) == [(TELEPHONE, "open"), ("Cai (8 oed)", "open"), (PUPIL, "justified")]
    kept = case.findings.get(quote=PUPIL)
    assert (kept.reason, kept.decided_by, kept.start) == ("Mae’r teulu’n cytuno.", editor, 25)


def test_the_same_words_in_another_text_or_language_are_another_finding(editor: User) -> None:
    case = story()
    settle(case.findings.get(quote=PUPIL), editor)
    write(case, activity_cy="<p>Dim.</p>", impact_cy=f"<p>{NAMED}</p>", activity_en=f"<p>{NAMED}</p>")
    assert sorted(case.findings.values_list("field", "language", "verdict")) == [
        ("activity", "en", "open"),
        ("impact", "cy", "open"),
    ]


def test_words_that_are_gone_take_their_finding_with_them(editor: User) -> None:
    case = story()
    settle(case.findings.get(quote=PUPIL), editor)
    noted = Finding.objects.create(case_study=case, what="A nickname on the wall display")
    write(case, activity_cy="<p>Dim.</p>", activity_en="<p>Nothing.</p>")
    assert list(case.findings.all()) == [noted]


def test_scanning_twice_changes_nothing() -> None:
    case = story()
    before = list(case.findings.order_by("pk").values())
    scan(case)
    assert list(case.findings.order_by("pk").values()) == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(case_study=case, kind="pupil", field="activity", language="cy", quote=PUPIL)


def test_every_text_of_an_edition_is_read() -> None:
    case = CaseStudyFactory.create(status="editing", edition__pictures=1)
    edition = case.editions.get()
    read = 0
    for field in ("title", "setting_name", "summary", "about", "context", "activity", "impact", "evidence", "sharing"):
        for language in ("cy", "en"):
            before = getattr(edition, f"{field}_{language}")
            write(case, **{f"{field}_{language}": f"Cai (8 oed) {language}"})
            assert list(case.findings.values_list("field", "language")) == [(field, language)]
            write(case, **{f"{field}_{language}": before})
            read += 1
    write(case, schools="Ysgol A: 01970 555 123")
    assert list(case.findings.values_list("field", "quote")) == [("schools", TELEPHONE)]
    write(case, schools="")
    edition.typed_references.create(text="Elan, Bl. 2, llythyr")
    edition.pictures.update(alt_cy="Cai (8 oed) yn darllen")
    case.credits.create(email="huw@elsewhere.example", name="Huw", role="pennaeth, huw@ysgol.example")
    scan(case)
    token = edition.pictures.get().picture.token
    assert sorted(case.findings.values_list("field", "quote")) == sorted(
        [
            (f"alt-{token}", "Cai (8 oed)"),
            ("credits", "huw@ysgol.example"),
            ("typed_references", "Elan, Bl. 2"),
        ]
    )
    assert read == 18


def test_an_editors_save_is_scanned(editor: User, client_of: Browse) -> None:
    case = story("editing", claimed_by=editor)
    settle(case.findings.get(quote=PUPIL), editor)
    edition, browser = case.editions.get(), client_of(editor)
    typed = {"impact_en": "<p>Harri and Noah from Reception.</p>", "activity_en": "<p>We read.</p>"}
    assert browser.post(address_of(edition), form_of(browser, edition) | typed).status_code == 302
    assert quotes(case) == [("Harri and Noah from Reception", "open"), (PUPIL, "cleared")]


def test_the_contributor_s_words_stand_beside_the_text(named: School, editor: User, client_of: Browse) -> None:
    page = named.get("personal")
    box = page.context["answers"][0].box
    named.post("personal", {box: "Mae ei rieni’n cytuno."})
    named.send()
    case = confirm(named)
    html = client_of(editor).get(page_of(case)).content.decode()
    text = html[html.index('id="compared-activity"') : html.index('id="compared-impact"')]
    assert "“Tomos, disgybl ym Mlwyddyn 6” may name a pupil. Can you leave the name out?" in text
    assert "<mark>Tomos, disgybl ym Mlwyddyn 6</mark>" in text
    assert "<q>Mae ei rieni’n cytuno.</q>" in text
    finding = case.findings.get(quote=PUPIL)
    assert [text.count(f'value="finding:{finding.pk}:{verdict}"') for verdict in ("cleared", "justified")] == [1, 1]
    assert html.count(f'value="finding:{finding.pk}:cleared"') == 1
    assert press(client_of(editor), case, f"finding:{finding.pk}:cleared").status_code == 302
    assert case.findings.get(pk=finding.pk).verdict == "cleared"


def test_a_finding_that_is_gone_meanwhile_is_said_to_be(editor: User, client_of: Browse) -> None:
    case = story("editing", claimed_by=editor)
    finding = case.findings.get(quote=PUPIL)
    write(case, activity_cy="<p>Dim.</p>")
    answer = press(
        client_of(editor), case, f"finding:{finding.pk}:justified", **{f"finding-{finding.pk}-reason": "Iawn"}
    )
    assert (answer.status_code, messages_of(answer)) == (
        200,
        ["This has changed since you opened it. Look at it again, then decide."],
    )


def test_translators_see_no_findings(translator: User, client_of: Browse) -> None:
    html = client_of(translator).get(page_of(story("editing"))).content.decode()
    assert ("may name a pupil" in html, "<mark>" in html) == (False, False)


def test_nothing_is_published_while_one_is_open_and_the_clock_asks_too(editor: User, client_of: Browse) -> None:
    case = story("approved", claimed_by=editor)
    browser = client_of(editor)
    assert press(browser, case, "move:publish").status_code == 200
    for finding in case.findings.all():
        settle(finding, editor, "justified", "The family agrees.")
    due = timezone.now() + timedelta(days=1)
    perform("schedule", case_id=case.pk, actor=actor_for(editor), version=case.version, publish_at=due)
    case.credits.create(name="Gwen", role="Year 6 pupil", email="gwen@ysgol.example", told_at=timezone.now())
    scan(case)
    publish_due(due)
    case = CaseStudy.objects.get(pk=case.pk)
    assert (case.status, case.publish_at) == ("approved", None)
    assert Message.objects.get(kind="schedule-failed").note_en == "– Clear or justify every safeguarding finding."
    case.credits.all().delete()
    scan(case)
    perform("schedule", case_id=case.pk, actor=actor_for(editor), version=case.version, publish_at=due)
    publish_due(due)
    assert status_of(case) == "published"


def test_what_is_sent_again_is_looked_at_again(named: School, editor: User) -> None:
    named.send()
    case = confirm(named)
    settle(case.findings.get(quote=PUPIL), editor)
    case = perform("claim", case_id=case.pk, actor=actor_for(editor), version=case.version)
    perform("request_changes", case_id=case.pk, actor=actor_for(editor), version=case.version, reason=Words(en="More."))
    named.post("revise")
    named.answer("activity", {"activity_cy": f"Eto. {NAMED}", "activity_en": "Gone. Cai (8 oed)."})
    assert named.send().status_code == 302
    assert named.case.status == "submitted"
    assert quotes(case) == [("Cai (8 oed)", "open"), (PUPIL, "cleared")]


def test_a_document_is_read_when_it_comes_in_and_forgotten_when_it_goes() -> None:
    case = story("editing")
    text = f"Cynllun. {NAMED} Sylw: ffoniwch 01286 555987"
    judged = Judged(kind=Kind.PDF, data=b"%PDF-1.7", text=text)
    document = add_document(case, Incoming("cynllun.pdf", judged, tuple(find(text))))
    scan(case)
    field = f"document-{document.token}"
    assert sorted(case.findings.filter(field=field).values_list("quote", flat=True)) == ["01286 555987", PUPIL]
    remove_document(document)
    assert not case.findings.filter(field=field).exists()
    assert case.findings.count() == 2  # those of the story stand


@pytest.mark.parametrize(("shows", "kinds"), [(None, ["unmarked"]), (True, ["picture"]), (False, [])])
def test_a_picture_is_asked_about_until_it_is_marked_and_permitted(shows: bool | None, kinds: list[str]) -> None:
    case = CaseStudyFactory.create(status="editing", edition__pictures=1)
    rows = case.editions.get().pictures
    rows.update(shows_people=shows)
    scan(case)
    assert list(case.findings.values_list("kind", flat=True)) == kinds
    picture = rows.get().picture
    if shows:
        record_permission(
            case=case, kind="pictures", text_version="1", text_language="cy", text="…", person="Nia", picture=picture
        )
        assert list(case.findings.all()) == []
        scan(case)
        assert list(case.findings.all()) == []


def test_the_workbench_asks_as_much_of_three_findings_as_of_one(editor: User, client_of: Browse) -> None:
    browser, counts = client_of(editor), []
    for many in (1, 3):
        case = story("editing", claimed_by=editor)
        text = " ".join(["Cai (8 oed).", "Elan, Bl. 2.", "Nel (Blwyddyn 3)."][:many])
        judged = Judged(kind=Kind.PDF, data=b"%PDF-1.7", text=text)
        add_document(case, Incoming("cynllun.pdf", judged, tuple(find(text))))
        browser.get(page_of(case))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(page_of(case)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
