"""Several rows at once: assigned, tagged, taken out as a file. Nothing chosen means nothing done."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import CaseStudy, Tag
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.problems.services import report
from foundation.record.export import MARK, cell, csv_file
from foundation.record.models import Event
from tests.desk.pressing import messages_of
from tests.factories import CaseStudyFactory
from tests.factories import editor as make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
LIST = "/admin/casestudies/casestudy/?state=all"


def act(browser: Client, action: str, cases: list[CaseStudy], address: str = LIST, **sent: Any) -> Any:
    """What the button beside the list of actions sends."""
    return browser.post(
        address, {"action": action, "index": "0", "_selected_action": [case.pk for case in cases], **sent}
    )


def apply(browser: Client, action: str, cases: list[CaseStudy], **sent: Any) -> Any:
    """What the page sends that the action leads to, as it was shown."""
    seen = act(browser, action, cases).context["seen"]
    form = {"action": action, "_selected_action": [case.pk for case in cases], "seen": seen, "apply": "1", **sent}
    return browser.post(LIST, form)


def read(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK))))


def told(browser: Client, answer: Any) -> list[str]:
    assert answer.status_code == 302
    return messages_of(browser.get(answer["Location"]))


# --- assigning ------------------------------------------------------------------------------------------------------------


def test_each_is_assigned_by_its_move_and_those_that_cannot_be_are_named(editor: User, client_of: Browse) -> None:
    to, browser = make_editor(), client_of(editor)
    waits, reviewed = (CaseStudyFactory.create(status=status) for status in ("editing", "in_review"))
    done, has_it = CaseStudyFactory.create(status="published"), CaseStudyFactory.create(status="editing", claimed_by=to)
    their_own = CaseStudyFactory.create(status="editing", origin="editors", started_by=to, claimed_by=editor)
    answer = apply(browser, "assign_chosen", [waits, reviewed, done, has_it, their_own], to=to.pk)
    assert told(browser, answer) == [
        "2 case studies are assigned.",
        f"Left as they are: {done.reference}. This cannot be done from the state it is in now.",
        f"Left as they are: {has_it.reference}. It is that way already.",
        f"Left as they are: {their_own.reference}. You may not do this, or it is that editor’s own story.",
    ]
    held = dict(CaseStudy.objects.values_list("pk", "claimed_by"))
    assert [held[case.pk] for case in (waits, reviewed, done, has_it, their_own)] == [
        to.pk,
        to.pk,
        None,
        to.pk,
        editor.pk,
    ]
    assert sorted(Event.objects.filter(code="assign").values_list("subject", flat=True)) == sorted(
        [waits.uuid, reviewed.uuid]
    )


def test_what_has_changed_since_it_was_chosen_stays(editor: User, client_of: Browse) -> None:
    to, browser, case = make_editor(), client_of(editor), CaseStudyFactory.create(status="in_review")
    seen = act(browser, "assign_chosen", [case]).context["seen"]
    CaseStudy.objects.filter(pk=case.pk).update(version=case.version + 1)
    sent = {"action": "assign_chosen", "_selected_action": [case.pk], "apply": "1", "to": to.pk}
    shown: list[str]
    for shown in (seen, []):  # as it was, and from a page that never was
        answer = browser.post(LIST, {**sent, "seen": shown})
        assert told(browser, answer) == [f"Left as they are: {case.reference}. It has changed since you chose it."]
    assert CaseStudy.objects.get().claimed_by_id == case.claimed_by_id


def test_to_nobody_only_where_that_is_said(editor: User, client_of: Browse) -> None:
    browser, case = client_of(editor), CaseStudyFactory.create(status="in_review")
    for nothing in ({}, {"to": ""}, {"to": "0"}, {"to": str(User.objects.create_user(email="x@example.org").pk)}):
        assert apply(browser, "assign_chosen", [case], **nothing).context["form"].errors.keys() == {"to"}
    assert CaseStudy.objects.get().claimed_by_id == case.claimed_by_id
    assert apply(browser, "assign_chosen", [case], to="nobody").status_code == 302
    assert (CaseStudy.objects.get().claimed_by, CaseStudy.objects.get().status) == (None, "submitted")


def test_nothing_chosen_means_nothing_done(editor: User, client_of: Browse) -> None:
    browser, case, tag = client_of(editor), CaseStudyFactory.create(), Tag.objects.create(name_cy="A", name_en="A")
    before = Event.objects.count()
    for action in ("assign_chosen", "tag_chosen", "export_csv", "export_json"):
        answer = act(browser, action, [], apply="1", to=editor.pk, put_on=tag.pk)
        assert answer.status_code == 302
        assert not isinstance(answer, StreamingHttpResponse)
    assert (Event.objects.count(), case.tags.count(), CaseStudy.objects.get().claimed_by) == (before, 0, None)


def test_translators_neither_assign_nor_tag(translator: User, client_of: Browse) -> None:
    browser, case, tag = client_of(translator), CaseStudyFactory.create(), Tag.objects.create(name_cy="A", name_en="A")
    offered = [name for name, _label in browser.get(LIST).context["action_form"].fields["action"].choices]
    assert offered == ["", "export_csv", "export_json"]
    for action in ("assign_chosen", "tag_chosen"):
        act(browser, action, [case], apply="1", to=translator.pk, put_on=tag.pk, seen=f"{case.pk}:{case.version}")
    assert (case.tags.count(), CaseStudy.objects.get().claimed_by) == (0, None)


def test_in_the_other_language_with_what_was_ticked(editor: User, client_of: Browse) -> None:
    browser, case, tag = (
        client_of(editor),
        CaseStudyFactory.create(),
        Tag.objects.create(name_cy="Iaith", name_en="Language"),
    )
    answer = apply(browser, "tag_chosen", [case], put_on=tag.pk, _language="cy")
    assert (answer.status_code, answer.context["form"]["put_on"].value()) == (200, [str(tag.pk)])
    assert "Iaith" in answer.content.decode()
    assert (case.tags.count(), answer.context["seen"]) == (0, [f"{case.pk}:{case.version}"])


# --- tags -----------------------------------------------------------------------------------------------------------------


def test_tags_go_on_and_come_off_and_filter_the_list(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    one, two = (Tag.objects.create(name_cy=f"Pwnc {n}", name_en=f"Subject {n}") for n in (1, 2))
    cases, draft = [CaseStudyFactory.create() for _time in range(2)], CaseStudyFactory.create(status="draft")
    cases[0].tags.add(two)
    answer = apply(browser, "tag_chosen", [*cases, draft], put_on=[one.pk], take_off=[two.pk])
    assert told(browser, answer) == [
        "The tags of 2 case studies are as you chose.",
        f"Left as they are: {draft.reference}. It has not been sent yet.",
    ]
    assert [list(case.tags.all()) for case in (*cases, draft)] == [[one], [one], []]
    shown = browser.get(f"{LIST}&tag={one.pk}").context["cl"].result_list
    assert [case.pk for case in shown] == [case.pk for case in cases]
    assert not browser.get(f"{LIST}&tag={two.pk}").context["cl"].result_list


def test_no_tag_or_one_both_ways_is_asked_again(editor: User, client_of: Browse) -> None:
    browser, case, tag = client_of(editor), CaseStudyFactory.create(), Tag.objects.create(name_cy="A", name_en="A")
    for sent, code in (({}, "required"), ({"put_on": tag.pk, "take_off": tag.pk}, "both")):
        form = apply(browser, "tag_chosen", [case], **sent).context["form"]
        assert [error.code for error in form.non_field_errors().as_data()] == [code]
    assert case.tags.count() == 0


def test_a_tag_is_written_in_both_languages_and_readers_never_see_it(
    editor: User, translator: User, client: Client, client_of: Browse
) -> None:
    browser, add = client_of(editor), reverse("admin:casestudies_tag_add")
    assert browser.post(add, {"name_cy": "", "name_en": "Secret subject"}).status_code == 200
    assert browser.post(add, {"name_cy": "Pwnc cudd", "name_en": "Secret subject"}).status_code == 302
    assert browser.post(add, {"name_cy": "Pwnc cudd", "name_en": "Another"}).status_code == 200
    assert client_of(translator).get(add).status_code == 403
    case = CaseStudyFactory.create(status="published")
    case.tags.add(Tag.objects.get())
    pages = [client.get(f"/en/case-studies/{case.slug_en}/"), client.get("/en/case-studies/")]
    assert [page.status_code for page in pages] == [200, 200]
    assert [b"Secret" in page.content for page in pages] == [False, False]
    assert b"Secret subject" in browser.get(LIST).content


# --- files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_no_cell_is_a_formula(begin: str) -> None:
    assert cell(f"{begin}HYPERLINK(1)") == f"'{begin}HYPERLINK(1)"
    assert cell(f"a{begin}b") == f"a{begin}b"


def test_numbers_stay_numbers_and_every_text_is_quoted() -> None:
    assert [cell(value) for value in (-3, 2.5, None, True)] == [-3, 2.5, "", "yes"]
    text = b"".join(csv_file("x", ["=a"], [['b"; =1', "c\nd"]]).streaming_content).decode()  # type: ignore[arg-type]
    assert text == f'{MARK}"\'=a"\r\n"b""; =1","c\nd"\r\n'


def test_case_studies_as_csv_in_the_readers_language(editor: User, client_of: Browse) -> None:
    User.objects.filter(pk=editor.pk).update(language="cy")
    editor.refresh_from_db()
    tag = Tag.objects.create(name_cy="Iaith", name_en="Language")
    case = CaseStudyFactory.create(edition__title_cy="=1+1", edition__title_en="Fine", contributor__name="+44 Mari")
    case.tags.add(tag)
    CaseStudyFactory.create(status="published")
    answer = act(client_of(editor), "export_csv", [case])
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = read(answer)
    assert len(rows) == 1
    line = dict(zip(head, rows[0], strict=True))
    assert {case.reference, "'=1+1", "Fine", "'+44 Mari", "Iaith"} <= set(line.values())
    assert "Language" not in line.values()


def test_who_sent_it_only_for_those_who_may_see_and_of_a_draft_nothing(
    editor: User, translator: User, client_of: Browse
) -> None:
    sent = CaseStudyFactory.create(contributor__name="Mari Planted", contributor__email="planted@example.org")
    draft = CaseStudyFactory.create(
        status="draft",
        contributor__name="Hidden Name",
        contributor__email="hidden@example.org",
        edition__title_en="Hidden title",
    )
    for person, columns in ((editor, 22), (translator, 19)):
        text = b"".join(act(client_of(person), "export_json", [sent, draft]).streaming_content).decode()
        rows = {row["reference"]: row for row in json.loads(text)}
        assert len(rows) == (2 if person == editor else 1)  # translators see no drafts at all
        assert {len(row) for row in rows.values()} == {columns}
        assert ("planted@example.org" in text, "Mari Planted" in text) == (person == editor, person == editor)
        assert "idden" not in text
        assert rows[sent.reference]["state"] == "submitted"


def test_an_export_asks_no_more_for_three_rows(editor: User, client_of: Browse) -> None:
    browser, counts = client_of(editor), []
    cases: list[CaseStudy] = []
    for number in (1, 3):
        while len(cases) < number:
            cases.append(CaseStudyFactory.create(edition__hallmarks=[]))
            cases[-1].tags.add(Tag.objects.create(name_cy=str(len(cases)), name_en=str(len(cases))))
        act(browser, "export_csv", cases)
        with CaptureQueriesContext(connection) as asked:
            assert len(read(act(browser, "export_csv", cases))) == number + 1
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_problems_and_messages_go_out_to_editors_only(editor: User, translator: User, client_of: Browse) -> None:
    problem = report(Problem(asked_as="x", kind="error", text="@SUM(1)", language="cy", email="reader@example.org"))
    address = reverse("admin:problems_problem_changelist")
    rows = read(act(client_of(editor), "export_csv", [problem], address))  # type: ignore[list-item]
    assert {"'@SUM(1)", "reader@example.org"} <= set(rows[1])
    assert act(client_of(translator), "export_csv", [problem], address).status_code == 403  # type: ignore[list-item]
    case = CaseStudyFactory.create(status="submitted")
    listed = reverse("admin:correspondence_message_changelist")
    for person, offered in ((editor, True), (translator, False)):
        page = client_of(person).get(listed)
        assert ("export_csv" in page.content.decode()) == (offered and bool(page.context["cl"].result_list))
    assert case.status == "submitted"
