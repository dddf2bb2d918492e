"""The translators' queue: what is needed most first, in both directions, with nothing in it that is not theirs to see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.models import CaseStudyEdition
from foundation.bilingual.agreement import State, pair
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.services import agree, states_of
from foundation.correspondence.models import Message
from foundation.correspondence.services import write_message
from foundation.people.models import User
from pages.models import PageEdition
from tests.factories import CaseStudyFactory, PageEditionFactory, PageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
QUEUE = "/admin/translation-files/"
SECRET = "the-contributor@example.org"


def message(editor: User, note: str = "Two words.", status: str = "editing") -> Message:
    holder = editor if status == "editing" else None
    case = CaseStudyFactory.create(status=status, claimed_by=holder, edition=False, contributor__email=SECRET)
    return write_message(
        kind="accepted", recipient=SECRET, language="cy", about=case.uuid,
        context={"about": case, "reader": case.contributor}, note_en=note,
    )  # fmt: skip


def correction(**words: str) -> PageEdition:
    """A working edition beside a live one, in step but for these words."""
    made = PageEditionFactory.create(content=PageFactory.create(), stage="working")
    PageEdition.objects.filter(pk=made.pk).update(**words)
    return PageEdition.objects.get(pk=made.pk)


def first_draft(**words: Any) -> PageEdition:
    """A page that readers do not see yet."""
    content = PageFactory.create(edition__stage="working", **{f"edition__{name}": text for name, text in words.items()})
    return PageEdition.objects.get(content=content)


def lines(browser: Client, query: str = "") -> list[Any]:
    found: list[Any] = browser.get(QUEUE + query).context["lines"]
    return found


def test_people_who_wait_come_first_then_publications_then_what_is_out_of_step(
    translator: User, editor: User, client_of: Browse
) -> None:
    unconfirmed = correction()
    Agreement.objects.filter(object_id=unconfirmed.pk).delete()
    stale = correction(title_en="Another title")
    waits = first_draft(title_cy="", agreed=False)
    planned = correction(title_cy="")
    PageEdition.objects.filter(pk=planned.pk).update(publish_at=timezone.now() + timedelta(days=3))
    written = message(editor)
    found = lines(client_of(translator))
    assert [(line.need.name, line.address.split("/")[-3], line.to) for line in found] == [
        ("PERSON", str(written.pk), "cy"),
        ("PUBLICATION", str(planned.pk), "cy"),
        ("PUBLICATION", str(waits.pk), "cy"),
        ("PUBLICATION", str(waits.pk), "en"),  # its body is there in both, and nobody has said that they match
        ("STEP", str(stale.pk), "cy"),
        ("CHECK", str(unconfirmed.pk), None),
    ]
    assert [(line.texts, line.words) for line in found][:2] == [(1, 2), (1, 2)]


def test_each_direction_has_its_own_part_and_says_how_long_it_is(translator: User, client_of: Browse) -> None:
    correction(title_en="Another title")
    correction(title_cy="Teitl arall", body_cy="<p>Un dau tri.</p>")
    Agreement.objects.filter(object_id=correction().pk).delete()
    browser = client_of(translator)
    assert [(line.to, line.words) for line in lines(browser, "?to=cy")] == [("cy", 2), (None, 7)]
    assert [(line.to, line.words) for line in lines(browser, "?to=en")] == [("en", 5), (None, 7)]
    tabs = browser.get(QUEUE).context["tabs"]
    assert [(address, count, is_shown) for address, _name, count, is_shown in tabs] == [
        ("?to=", 3, True), ("?to=cy", 2, False), ("?to=en", 2, False),
    ]  # fmt: skip


def test_the_longest_waiting_first_with_its_age_and_late_in_red(
    translator: User, editor: User, client_of: Browse
) -> None:
    new, old = message(editor), message(editor, note="Three more words.")
    Message.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))
    found = lines(client_of(translator))
    assert [(line.address.split("/")[-3], line.days, line.is_late) for line in found] == [
        (str(old.pk), 9, True), (str(new.pk), 0, False),
    ]  # fmt: skip
    page = client_of(translator).get(QUEUE).content.decode()
    assert page.count("badge-error") == 1
    assert "9 days" in page


def test_a_story_has_waited_since_it_came_to_be_edited(translator: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="editing", edition__about_cy="")
    since = timezone.now() - timedelta(days=20)
    type(case).objects.filter(pk=case.pk).update(status_since=since)
    assert [(line.need.name, line.days) for line in lines(client_of(translator))] == [("PUBLICATION", 20)]


def test_nothing_of_a_draft_and_no_address_and_no_file_of_a_message(
    translator: User, editor: User, client_of: Browse
) -> None:
    message(editor)
    message(editor, note="Nobody sees this.", status="draft")
    CaseStudyFactory.create(status="submitted", edition__about_cy="", edition__title_en="Not yet for translators")
    browser = client_of(translator)
    page = browser.get(f"{QUEUE}?to=cy")
    assert len(page.context["lines"]) == 1
    for secret in (SECRET, "Nobody sees this", "Not yet for translators", 'type="checkbox"'):
        assert secret not in page.content.decode()
    answer = browser.post(QUEUE, {"to": "cy", "version": "2.0", "scope": "waiting", "_all": "1"})
    assert answer["Content-Type"].startswith("text/html")  # nothing that may go out in a file


def test_everything_at_once_makes_no_file(translator: User, client_of: Browse) -> None:
    correction(title_en="Another title")
    answer = client_of(translator).post(QUEUE, {"to": "", "version": "2.0", "scope": "waiting", "_all": "1"})
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, "text/html")


def test_as_many_queries_for_one_as_for_three(translator: User, editor: User, client_of: Browse) -> None:
    browser, counts = client_of(translator), []
    for number in (1, 3):
        while Message.objects.count() < number:
            message(editor)
            correction(title_en="Another title")
            CaseStudyFactory.create(status="editing", edition__pictures=1, edition__about_cy="")
        browser.get(QUEUE)
        with CaptureQueriesContext(connection) as asked:
            assert len(lines(browser)) == 3 * number
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- beside the field -----------------------------------------------------------------------------------------------------


def test_what_has_changed_since_the_texts_last_matched_stands_beside_the_field(
    translator: User, client_of: Browse
) -> None:
    edition = correction(body_en="<p>A cold welcome to all.</p>")
    address = f"/admin/pages/pageedition/{edition.pk}/change/"
    browser = client_of(translator)
    page = browser.get(address)
    rows = {row.field: row.since for row in page.context["rows"]}
    assert rows["title"] is None
    [(language, pieces)] = rows["body"].changes
    assert (language, [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"]) == (
        "en", [("removed", "warm "), ("added", "cold ")],
    )  # fmt: skip
    assert page.content.decode().count("What has changed since the two texts last matched") == 1


def test_a_tick_that_they_still_match_takes_it_away(translator: User, client_of: Browse) -> None:
    edition = correction(title_en="Title, really")
    assert states_of(edition)["title"].state == State.CY_STALE
    browser, address = client_of(translator), f"/admin/pages/pageedition/{edition.pk}/change/"
    form = browser.get(address).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields if not name.startswith("agree_")}
    sent |= {"seen_version": form.seen_version, "agree_title": form.fields["agree_title"].widget.attrs["value"]}
    assert browser.post(address, sent).status_code == 302
    assert states_of(PageEdition.objects.get(pk=edition.pk))["title"].state == State.IN_STEP
    assert [row.since for row in browser.get(address).context["rows"]] == [None, None]


def test_rows_of_an_edition_show_it_too_and_ask_no_more_for_three(editor: User, client_of: Browse) -> None:
    counts = []
    for number in (1, 3):
        case = CaseStudyFactory.create(status="editing", claimed_by=editor, edition__pictures=number)
        edition = CaseStudyEdition.objects.get(content=case)
        for row in edition.pictures.all():
            agree(obj=row, field="alt", seen=pair(row.alt_cy, row.alt_en), how=How.SPEAKER)
            type(row)._base_manager.filter(pk=row.pk).update(alt_en="Something else")
        browser, address = client_of(editor), f"/admin/casestudies/casestudyedition/{edition.pk}/change/"
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address).content.decode()
        assert page.count("What has changed since the two texts last matched") == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
