"""“Something wrong with this page?”: the form of FORMS.md, and what becomes of what was told."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.bilingual.addresses import address_in
from foundation.bilingual.languages import speaking
from foundation.clock.days import working_day_after
from foundation.correspondence.models import Message
from foundation.people.limits import Limit
from foundation.problems import views
from foundation.problems.models import Problem
from foundation.problems.pages import subject_at
from foundation.record.models import Event
from pages.models import RESERVED
from tests.factories import CaseStudyFactory, HallmarkFactory, PageFactory, WorkFactory
from tests.public.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.page]
TOLD = {"kind": "error", "text": "Mae’r dyddiad yn anghywir.", "language": "cy"}


@pytest.fixture(autouse=True)
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here waits as long as a person takes to type; the trap of time has a test of its own."""
    monkeypatch.setattr(views, "LEAST_SECONDS", -1)


def form(language: str = "en") -> str:
    with speaking(language):
        return reverse("problems:form")


def begun(client: Client, address: str) -> str:
    found = re.search(r'name="begun" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


def send(client: Client, here: str = "en", **given: Any) -> Any:
    data = {**TOLD, "begun": begun(client, form(here)), **given}
    return client.post(form(here), {name: value for name, value in data.items() if value is not None})


def content_pages() -> dict[str, Any]:
    hallmark, case = HallmarkFactory.create(number=1, edition__works=1), CaseStudyFactory.create(status="published")
    return {
        "hallmark": hallmark,
        "case": case,
        "page": PageFactory.create(),
        "work": hallmark.editions.get().references.get().work,
    }


@pytest.mark.parametrize("language", ["cy", "en"])
def test_every_content_page_leads_to_it_and_it_knows_the_page(client: Client, language: str) -> None:
    addresses = [address_in(language, thing) for thing in content_pages().values()]
    with speaking(language):
        addresses += [
            reverse(name) for name in (
                "hallmarks:home", "hallmarks:hallmarks", "casestudies:case_studies", "references:works", "joinin:start",
            )
        ]  # fmt: skip
    seen = 0
    for address in addresses:
        footer = [e for e in read(client.get(address)).all("a") if "?page=" in e.attributes.get("href", "")]
        assert len(footer) == 1, address
        link = footer[0].attributes["href"]
        assert link.startswith(form(language))
        page = client.get(link)
        with speaking(language):
            title = page.context["subject"].title
        assert page.context["path"] == address
        assert f'name="page" value="{address}"' in page.content.decode()
        assert title in html.unescape(page.content.decode())
        seen += 1
    assert seen == 9


def test_a_page_with_a_secret_in_its_address_is_never_named(client: Client) -> None:
    with speaking("en"):
        secret = reverse("joinin:link", kwargs={"token": "x" * 43})
    text = client.get(secret).content.decode()
    assert f'href="{form()}"' in text
    assert "?page=" not in text


@pytest.mark.parametrize(
    "page",
    ["https://example.org/en/", "//example.org/en/", "/en//example.org", "/admin/", "/en/nowhere/", "/en/join-in/link/abc/",
     "javascript:alert(1)", "/en/\r\nhallmarks/", "/en/case-studies/not-published/", "en/", "/en/" + "a" * 400, "\0"],
)  # fmt: skip
def test_a_page_that_is_not_ours_is_left_out(client: Client, page: str) -> None:
    CaseStudyFactory.create(status="editing", slug_en="not-published")
    assert subject_at(page) is None
    answer = client.get(form(), {"page": page})
    assert (answer.status_code, answer.context["path"], "where" in answer.context["form"].fields) == (200, "", True)
    assert send(client, page=page, where="The page on reading").status_code == 302
    problem = Problem.objects.get()
    assert (problem.page, problem.where, problem.subject) == ("", "The page on reading", None)


def test_what_was_told_is_kept_and_acknowledged(client: Client) -> None:
    case = CaseStudyFactory.create(status="published", edition__title_cy="Darllen", edition__title_en="Reading")
    answer = send(client, "cy", page=address_in("cy", case), name=" Nia  Prys ", email="nia@example.org", kind="error")
    problem = Problem.objects.get()
    assert (problem.where, problem.subject, problem.subject_kind) == ("Darllen", case.uuid, "case-study")
    assert (problem.name, problem.email, problem.language, problem.text) == (
        "Nia Prys",
        "nia@example.org",
        "cy",
        TOLD["text"],
    )
    assert problem.due_on == working_day_after(timezone.localdate(), 10)
    thanks = client.get(answer["Location"])
    assert (thanks.status_code, problem.reference in thanks.content.decode()) == (200, True)
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.language, problem.reference in message.subject) == (
        "problem-received", "nia@example.org", "cy", True,
    )  # fmt: skip
    assert list(Event.objects.about(problem.uuid).values_list("code", "role")) == [("problem-reported", "anyone")]


def test_the_editors_are_told_at_once_where_it_is_about_a_person(client: Client, settings: Any) -> None:
    send(client, kind="person", text="My daughter is in the second picture.")
    problem = Problem.objects.get()
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.language) == ("editor-problem", settings.CONTACT_EMAIL, "both")
    assert "daughter" not in message.body
    assert problem.due_on == working_day_after(timezone.localdate(), 2)
    send(client, kind="complaint")
    assert Message.objects.count() == 1  # no address was given, and it is about nobody


def test_sent_twice_it_is_one(client: Client) -> None:
    data = {**TOLD, "begun": begun(client, form()), "email": "nia@example.org"}
    first, second = client.post(form(), data), client.post(form(), data)
    assert first["Location"].split("?")[0][:20] == second["Location"][:20]
    assert (Problem.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_errors_are_said_in_the_title_above_and_beside_and_lose_nothing(client: Client, language: str) -> None:
    answer = send(client, language, kind=None, text="", language=None, name="Nia", email="nia@@example", page="")
    page = read(answer)
    text = answer.content.decode()
    with speaking(language):
        assert answer.context["summary"] == [
            ("id_kind_0", str(answer.context["form"].fields["kind"].error_messages["required"])),
            ("id_text", str(answer.context["form"].fields["text"].error_messages["required"])),
            ("id_email", str(answer.context["form"].fields["email"].error_messages["invalid"])),
            ("id_language_0", str(answer.context["form"].fields["language"].error_messages["required"])),
        ]
    for target, words in answer.context["summary"]:
        assert f'href="#{target}"' in text
        assert text.count(words) >= 2
        assert [e for e in page.elements if e.attributes.get("id") == target]
    assert ('value="Nia"' in text, 'value="nia@@example"' in text, Problem.objects.count()) == (True, True, 0)
    assert text.index("error-summary") < text.index("<h1>")


def test_signs_that_are_not_kept_are_still_on_the_page(client: Client) -> None:
    typed = "\u202etext\u202c \x07\x1b here"
    page = html.unescape(send(client, kind=None, text=typed, name=f"\0{typed}").content.decode())
    assert page.count(typed) == 2
    assert send(client, text=typed, name=typed).status_code == 302
    problem = Problem.objects.get()
    assert (problem.text, problem.name) == ("text  here", "text here")


@pytest.mark.parametrize("name", ["text", "name", "email", "where"])
def test_what_is_too_long_is_refused_and_kept(client: Client, name: str) -> None:
    long = "a" * 5001 + ("@example.org" if name == "email" else "")
    answer = send(client, **{name: long})
    assert (answer.status_code, long in answer.content.decode(), "maxlength" in answer.content.decode()) == (
        200,
        True,
        False,
    )
    assert len(answer.context["summary"]) >= 1


def test_the_language_switch_loses_nothing_and_sends_nothing(client: Client) -> None:
    case = CaseStudyFactory.create(status="published")
    address = address_in("en", case)
    typed = {
        **TOLD,
        "page": address,
        "begun": begun(client, form()),
        "name": "Nia",
        "email": "n@example.org",
        "text": "Un\n\nDau",
    }
    answer = client.post(form("cy"), {**typed, "switch": "cy"})
    text = answer.content.decode()
    shown = {name: answer.context["form"][name].value() for name in ("kind", "text", "name", "email", "language")}
    assert shown == {name: typed[name] for name in shown}
    assert (f'value="{address}"' in text, typed["begun"] != "", Problem.objects.count()) == (True, True, 0)
    assert str(case.editions.get().title_cy) in text
    assert answer.context["summary"] == []
    assert len(client.post(form("cy"), {"switch": "cy", "judged": "1"}).context["summary"]) == 3


@pytest.mark.parametrize("changed", [{"website": "https://spam.example"}, {"begun": "made-up"}, {"text": "www.a " * 4}])
def test_junk_is_kept_apart_without_a_puzzle_and_nobody_is_written_to(
    client: Client, changed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "begun" in changed:
        monkeypatch.setattr(views, "LEAST_SECONDS", 3)
    answer = send(client, **{"email": "somebody@example.org", "kind": "person", **changed})
    assert client.get(answer["Location"]).status_code == 200
    assert (Problem.objects.get().looks_like_junk, Message.objects.count()) == (True, 0)


def test_what_is_sent_too_quickly_looks_like_junk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LEAST_SECONDS", 3)
    send(client)
    assert Problem.objects.get().looks_like_junk


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cache.clear()
    monkeypatch.setattr(views, "SEND", Limit("something-wrong", 2, 3600))
    yield


def test_a_limit_says_when_to_try_again_and_keeps_what_was_typed(client: Client, few: None) -> None:
    assert [send(client).status_code for _time in range(3)] == [302, 302, 429]
    answer = send(client, text="A third thing")
    text = answer.content.decode()
    assert ("A third thing" in text, re.search(r"send it again after \d\d:\d\d", text) is not None) == (True, True)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert send(elsewhere).status_code == 302


def test_a_network_has_a_limit_too(few: None) -> None:
    codes = [send(Client(REMOTE_ADDR=f"192.0.2.{number}")).status_code for number in range(11)]
    assert codes == [302] * 10 + [429]


def test_nobodys_mail_is_filled_by_it(client: Client) -> None:
    for _time in range(7):
        send(client, email="nia@example.org")
    assert (Problem.objects.count(), Message.objects.count()) == (7, 5)


def test_the_page_of_thanks_cannot_be_guessed(client: Client) -> None:
    send(client)
    with speaking("en"):
        for key in (Problem.objects.get().reference, "x", begun(client, form())):
            assert client.get(reverse("problems:sent", kwargs={"key": key})).status_code == 404


def test_no_page_can_take_its_address() -> None:
    assert {"something-wrong", "rhywbeth-o-i-le"} <= set(RESERVED)


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_few_queries(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    WorkFactory.create_batch(rows)
    cases = [CaseStudyFactory.create(status="published") for _row in range(rows)]
    with django_assert_num_queries(2):
        client.get(form(), {"page": address_in("en", cases[-1])})


def test_what_came_in_on_a_friday_is_due_after_the_weekend() -> None:
    friday = timezone.datetime(2026, 11, 20).date()  # type: ignore[attr-defined]
    assert working_day_after(friday, 2) == friday + timedelta(days=4)
