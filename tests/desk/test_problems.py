"""Problems on the desk: what waits, answering, closing, and hiding what is about a person until it is decided."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.hiding import PASSAGES, hide, parts_of
from casestudies.models import SECTIONS, CaseStudy, CreditedPerson, EditionPicture, TypedReference
from foundation.bilingual.addresses import address_in
from foundation.bilingual.languages import speaking
from foundation.correspondence.models import Message
from foundation.people.models import User
from foundation.problems.models import Problem, ProblemNote
from foundation.problems.services import report
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, DocumentCopyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
SECRET = "Cyfrinach"


def told(case: CaseStudy | None = None, **given: Any) -> Problem:
    given = {
        "asked_as": str(Problem.objects.count()),
        "kind": "error",
        "text": "Mae rhywbeth o’i le",
        "language": "cy",
        **given,
    }
    if case is not None:
        given |= {"subject": case.uuid, "subject_kind": case.kind, "page": address_in("cy", case), "where": "Darllen"}
    return report(Problem(**given))


def page_of(problem: Problem) -> str:
    return reverse("admin:problems_problem_change", args=[problem.pk])


def do(browser: Client, problem: Problem, what: str, **typed: str) -> Any:
    shown = browser.get(page_of(problem)).context or {}
    typed = {"seen_problem": shown.get("seen_problem", ""), **typed}
    return browser.post(reverse("admin:problems_problem_do", args=[problem.pk]), {"_do": what, **typed}, follow=True)


def again(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


# --- the list -------------------------------------------------------------------------------------------------------------


def line(browser: Client) -> Any:
    lines = browser.get(reverse("admin:index")).context["waiting"]
    return next(one for one in lines if str(one.label) == "problems that readers reported")


def test_what_waits_is_counted_on_the_first_page_and_red_when_late(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    assert (line(browser).count, line(browser).is_trouble) == (0, False)
    first = told()
    told(looks_like_junk=True)
    assert (line(browser).count, line(browser).is_trouble) == (1, False)
    Problem.objects.filter(pk=first.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert (line(browser).count, line(browser).is_trouble) == (1, True)
    listed = browser.get(line(browser).address)
    assert list(listed.context["cl"].result_list) == [first]
    assert '<span class="badge badge-error">' in listed.content.decode()


@pytest.mark.parametrize(
    ("state", "expected"), [("waiting", [0, 1]), ("late", [1]), ("answered", [2]), ("closed", [3]), ("junk", [4])]
)
def test_the_list_by_state(state: str, expected: list[int], editor: User, client_of: Browse) -> None:
    made = [told() for _time in range(5)]
    Problem.objects.filter(pk=made[1].pk).update(due_on=timezone.localdate() - timedelta(days=1))
    Problem.objects.filter(pk=made[2].pk).update(state="answered", answered_at=timezone.now())
    Problem.objects.filter(pk=made[3].pk).update(state="closed", closed_at=timezone.now())
    Problem.objects.filter(pk=made[4].pk).update(looks_like_junk=True)
    listed = client_of(editor).get(reverse("admin:problems_problem_changelist"), {"state": state})
    assert {problem.pk for problem in listed.context["cl"].result_list} == {made[number].pk for number in expected}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_whatever_it_holds(
    rows: int, editor: User, client_of: Browse, django_assert_num_queries: Any
) -> None:
    for _row in range(rows):
        told()
    browser = client_of(editor)
    with django_assert_num_queries(6):
        browser.get(reverse("admin:problems_problem_changelist"))


def test_translators_and_strangers_see_none(translator: User, client_of: Browse, client: Client) -> None:
    problem = told()
    for address in (page_of(problem), reverse("admin:problems_problem_changelist")):
        assert client_of(translator).get(address).status_code == 403
        assert client.get(address).status_code == 302
    assert (
        client_of(translator)
        .post(reverse("admin:problems_problem_do", args=[problem.pk]), {"_do": "reopen"})
        .status_code
        == 403
    )


# --- answering and closing ------------------------------------------------------------------------------------------------


def test_an_answer_in_the_readers_language_goes_at_once(editor: User, client_of: Browse) -> None:
    problem = told(email="nia@example.org", name="Nia")
    answer = do(client_of(editor), problem, "answer", answer_cy="Diolch: mae’n iawn nawr.")
    assert "The answer is on its way." in answer.content.decode()
    message = Message.objects.get(kind="problem-answer")
    assert (message.state, message.recipient, message.language, message.note_cy) == (
        "queued", "nia@example.org", "cy", "Diolch: mae’n iawn nawr.",
    )  # fmt: skip
    assert (again(problem).state, [event.code for event in Event.objects.about(problem.uuid)]) == (
        "answered", ["problem-reported", "problem-answered"],
    )  # fmt: skip


def test_an_answer_in_the_other_language_waits_for_a_translator(editor: User, client_of: Browse) -> None:
    problem = told(email="nia@example.org")
    do(client_of(editor), problem, "answer", answer_en="Thank you: it is mended.")
    assert Message.objects.get(kind="problem-answer").state == "waiting"


@pytest.mark.parametrize(
    ("what", "typed"),
    [("answer", {}), ("answer", {"answer_cy": "a" * 5001}), ("note", {"note": " "}), ("close", {"reason": ""}), ("let-in", {}),
     ("reopen", {}), ("hide:about", {}), ("show:about", {})],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(
    what: str, typed: dict[str, str], editor: User, client_of: Browse
) -> None:
    problem = told(email="nia@example.org")
    answer = do(
        client_of(editor), problem, what, **{"answer_en": "Typed already", **typed} if what != "answer" else typed
    )
    assert (answer.status_code, "errornote" in answer.content.decode()) == (409, True)
    assert ("Typed already" in answer.content.decode()) == (what != "answer")
    assert (again(problem).state, ProblemNote.objects.count(), Message.objects.count()) == ("open", 0, 1)


def test_the_switch_keeps_what_was_typed(editor: User, client_of: Browse) -> None:
    problem, browser = told(email="nia@example.org"), client_of(editor)
    page = browser.get(page_of(problem)).content.decode()
    assert re.search(r'<button type="submit" form="problem_form" name="_language" value="cy"', page)
    typed = {
        "answer_cy": "Diolch yn fawr",
        "note": "Gofyn i Mari",
        "reason": "Wedi’i drwsio",
        "seen_problem": "open-0-0",
    }
    address = reverse("admin:problems_problem_do", args=[problem.pk])
    shown = browser.post(address, {**typed, "_language": "cy"}).content.decode()
    assert [text in shown for text in typed.values()] == [True] * 4
    assert '<html lang="cy"' in shown
    assert (ProblemNote.objects.count(), again(problem).state) == (0, "open")
    assert browser.post(address, {**typed, "_do": "note"}).status_code == 409  # it was made before the mail of thanks


def test_without_an_address_there_is_nobody_to_answer(editor: User, client_of: Browse) -> None:
    problem = told()
    assert 'name="answer_cy"' not in client_of(editor).get(page_of(problem)).content.decode()
    assert do(client_of(editor), problem, "answer", answer_cy="Helo").status_code == 409


def test_notes_closing_and_opening_again(editor: User, client_of: Browse) -> None:
    problem, browser = told(), client_of(editor)
    do(browser, problem, "note", note="Asked Mari.")
    do(browser, problem, "close", reason="Mended.")
    assert (again(problem).state, [(note.text, note.closes) for note in problem.notes.all()]) == (
        "closed", [("Asked Mari.", False), ("Mended.", True)],
    )  # fmt: skip
    do(browser, problem, "reopen")
    assert (again(problem).state, again(problem).closed_at) == ("open", None)


def test_what_is_no_junk_is_answered_like_the_others(editor: User, client_of: Browse) -> None:
    problem = told(looks_like_junk=True, email="nia@example.org", kind="person")
    assert Message.objects.count() == 0
    do(client_of(editor), problem, "let-in")
    assert (again(problem).looks_like_junk, set(Message.objects.values_list("kind", flat=True))) == (
        False, {"editor-problem", "problem-received"},
    )  # fmt: skip


def status_of(browser: Client, address: str) -> int:
    """The status alone; a file is read to its end."""
    answer: Any = browser.get(address)
    list(answer.streaming_content if answer.streaming else [])
    return int(answer.status_code)


# --- hiding ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def case(db: None) -> CaseStudy:
    """Published, with a word of its own in everything that can be hidden."""
    words = {f"edition__{name}_{code}": f"<p>{SECRET}-{name}</p>" for name in SECTIONS for code in ("cy", "en")}
    words |= {f"edition__summary_{code}": f"{SECRET}-summary" for code in ("cy", "en")}
    made = CaseStudyFactory.create(status="published", edition__pictures=2, **words)
    edition = made.editions.get()
    edition.hallmarks.update(how_cy=f"{SECRET}-how", how_en=f"{SECRET}-how")
    TypedReference.objects.create(edition=edition, text=f"{SECRET}-typed_references")
    CreditedPerson.objects.create(
        case_study=made, name=f"{SECRET}-credits", email="g@example.org", told_at=made.first_published_at
    )
    DocumentCopyFactory.create(
        document__case_study=made, title_cy=f"{SECRET}-documents", title_en=f"{SECRET}-documents"
    )
    return made


def public_pages(case: CaseStudy) -> str:
    """Every public page that shows something of the story, in both languages."""
    found, browser = [], Client()
    for language in ("cy", "en"):
        hallmark = case.editions.get().hallmarks.get().hallmark
        with speaking(language):
            lists = [reverse("casestudies:case_studies"), reverse("hallmarks:home")]
        for address in (address_in(language, case), address_in(language, hallmark), *lists):
            answer = browser.get(address)
            assert answer.status_code == 200
            found.append(answer.content.decode())
    return "\n".join(found)


@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_is_hidden_everywhere_at_once_and_shown_again(
    name: str, case: CaseStudy, editor: User, client_of: Browse
) -> None:
    problem, browser = told(case, kind="person"), client_of(editor)
    before = public_pages(case)
    assert all(f"{SECRET}-{one}" in before for one in PASSAGES)
    assert do(browser, problem, f"hide:{name}").status_code == 200
    hidden = public_pages(case)
    assert {one for one in PASSAGES if f"{SECRET}-{one}" not in hidden} == {name}
    assert hidden.count('<p class="notice">') == 2  # the page of the story, in both languages
    assert do(browser, problem, f"show:{name}").status_code == 200
    assert public_pages(case).count(f"{SECRET}-{name}") == before.count(f"{SECRET}-{name}")
    codes = [event.code for event in Event.objects.about(case.uuid)]
    assert (codes, Event.objects.about(case.uuid)[0].actor) == (["hide", "show-again"], str(editor.key))
    assert CaseStudy.objects.get().editions.get().about_cy == f"<p>{SECRET}-about</p>"


def test_a_picture_is_hidden_with_its_files(case: CaseStudy, editor: User, client_of: Browse) -> None:
    first, second = EditionPicture.objects.order_by("position")
    addresses = [first.picture.full_address, first.picture.small_address]
    problem = told(case, kind="person")
    assert [status_of(Client(), address) for address in addresses] == [200, 200]
    do(client_of(editor), problem, f"hide:{first.picture.token}")
    assert [status_of(Client(), address) for address in addresses] == [404, 404]
    assert status_of(Client(), second.picture.full_address) == 200
    assert [status_of(client_of(editor), address) for address in addresses] == [200, 200]
    pages = public_pages(case)
    assert (first.picture.token in pages, second.picture.token in pages) == (False, True)


def test_documents_are_hidden_with_their_files(case: CaseStudy, editor: User) -> None:
    address = case.documents.get().copy.address
    assert status_of(Client(), address) == 200
    hide(case, name="documents", actor=Actor(Role.EDITOR, editor))
    assert status_of(Client(), address) == 404


def test_a_cache_is_told_at_once(case: CaseStudy, editor: User) -> None:
    address = address_in("cy", case)
    tag = Client().get(address)["ETag"]
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 304
    hide(case, name="about", actor=Actor(Role.EDITOR, editor))
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 200


def test_only_what_is_about_a_person_is_hidden(case: CaseStudy, editor: User, client_of: Browse) -> None:
    problem = told(case, kind="error")
    assert "hide:about" not in client_of(editor).get(page_of(problem)).content.decode()
    assert do(client_of(editor), problem, "hide:about").status_code == 409
    person = told(case, kind="person")
    assert do(client_of(editor), person, "hide:title").status_code == 409
    assert CaseStudy.objects.get().hidden == []


def test_it_is_not_closed_while_something_is_hidden(case: CaseStudy, editor: User, client_of: Browse) -> None:
    problem, browser = told(case, kind="person"), client_of(editor)
    do(browser, problem, "hide:about")
    assert do(browser, problem, "close", reason="Decided").status_code == 409
    do(browser, problem, "show:about")
    assert do(browser, problem, "close", reason="Decided").status_code == 200
    assert again(problem).state == "closed"


def test_what_is_not_published_has_nothing_to_hide(db: None) -> None:
    assert parts_of(CaseStudyFactory.create(status="archived")) == []


# --- what will go when ----------------------------------------------------------------------------------------------------


def test_what_will_go_when(editor: User, translator: User, administrator: User, client_of: Browse) -> None:
    told()
    problem = told()
    closed = timezone.now() - timedelta(days=360)
    Problem.objects.filter(pk=problem.pk).update(state="closed", closed_at=closed)
    CaseStudyFactory.create(status="declined")
    page = client_of(editor).get(reverse("admin:retention"))
    lines = {line.period.name: (line.count, line.due, address) for line, address in page.context["lines"]}
    assert lines["problems"] == (1, 0, "/admin/problems/problem/?state=closed")
    assert lines["declined"] == (1, 0, "/admin/casestudies/casestudy/?state=declined")
    first = next(line.first for line, _address in page.context["lines"] if line.period.name == "problems")
    assert first == timezone.localtime(closed + timedelta(days=365)).date()
    assert set(lines) == {
        "messages", "problems", "drafts-without-address", "drafts", "declined", "withdrawn", "documents", "links", "permissions",
        "invitations",
    }  # fmt: skip
    people = lines.pop("invitations")[2]  # administrators see who is invited
    assert client_of(administrator).get(people).status_code == 200
    for _count, _due, address in lines.values():
        assert not address or client_of(editor).get(address).status_code == 200
    assert client_of(translator).get(reverse("admin:retention")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_as_often_whatever_there_is(
    rows: int, editor: User, client_of: Browse, django_assert_num_queries: Any
) -> None:
    for _row in range(rows):
        told()
        CaseStudyFactory.create(status="declined")
    browser = client_of(editor)
    with django_assert_num_queries(2 + 2 + 10):
        browser.get(reverse("admin:retention"))
