"""Link health, against a real server on this machine that misbehaves in every way we know."""

import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation.people.models import User
from references.links import services
from references.links.asking import Answer, Known, Manners, ask
from references.links.hosts import is_public
from references.links.services import accept, addresses_of, check_due, check_links, gather, record, want_check, works_at
from references.models import Link, LinkCheck, Problem, Verdict
from tests.factories import HallmarkFactory, LinkFactory, WorkFactory
from tests.references.misbehaving import Seen, serving, write_certificate

pytestmark = pytest.mark.page

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
Server = tuple[str, Seen]
Browse = Callable[[User], Client]


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    settings.LINK_CHECKS_LOOPBACK = True
    with serving() as running:
        yield running


def quick() -> Manners:
    """Without pauses, and with little patience."""
    return Manners(pause=0, total=1.0)


def check(address: str) -> Answer:
    return ask(address, None, quick())


# --- what servers do ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "verdict", "problem", "status"),
    [
        ("/fine", "works", "", 200), ("/moved", "works", "", 200), ("/no-head", "works", "", 200),
        ("/reset-head", "works", "", 200), ("/huge", "works", "", 200),
        ("/missing", "fails", "status", 404), ("/gone", "fails", "status", 410), ("/down", "fails", "status", 500),
        ("/hostile", "unclear", "hostile", 403), ("/linkedin", "unclear", "hostile", 999), ("/cookie", "unclear", "hostile", 403),
        ("/busy", "unclear", "busy", 429), ("/away", "unclear", "busy", 503),
        ("/loop", "fails", "redirects", None), ("/endless", "fails", "redirects", None),
        ("/slow", "fails", "timeout", None), ("/drip", "fails", "timeout", None),
        ("/reset", "fails", "reset", None), ("/hang-up", "fails", "reset", None),
        ("/garbage", "fails", "garbage", None), ("/huge-head", "fails", "garbage", None),
        ("/to-private", "fails", "private", None), ("/to-metadata", "fails", "private", None), ("/to-mapped", "fails", "private", None),
        ("/to-file", "fails", "address", None), ("/to-script", "fails", "address", None),
    ],
)  # fmt: skip
def test_what_a_server_does_has_a_name_and_takes_no_longer_than_allowed(
    server: Server, path: str, verdict: str, problem: str, status: int | None
) -> None:
    begun = time.monotonic()
    answer = check(server[0] + path)
    assert (answer.verdict, answer.problem, answer.status) == (verdict, problem, status)
    assert time.monotonic() - begun < 3


def test_of_an_endless_body_little_is_read(server: Server) -> None:
    check(f"{server[0]}/huge")
    time.sleep(0.2)
    assert server[1].sent < 8_000_000  # what the buffers of two sockets hold


def test_redirects_have_an_end(server: Server) -> None:
    check(f"{server[0]}/endless")
    assert len(server[1].asked) == 9


def test_a_certificate_that_nobody_signed_is_not_trusted(tmp_path: Path, settings: Any) -> None:
    settings.LINK_CHECKS_LOOPBACK = True
    with serving(write_certificate(tmp_path / "own.pem")) as (address, seen):
        answer = check(f"{address}/fine")
    assert (answer.verdict, answer.problem, seen.asked) == (Verdict.FAILS, Problem.CERTIFICATE, [])


def test_nobody_at_the_port_and_no_such_host(settings: Any) -> None:
    settings.LINK_CHECKS_LOOPBACK = True
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and not listening
        port = taken.getsockname()[1]
        assert check(f"http://127.0.0.1:{port}/").problem == Problem.CONNECTION
    assert check("http://no-such-host.invalid/").problem == Problem.NAME


@pytest.mark.parametrize(
    "address",
    ["", "http://", "http://a:b:c/", "ftp://example.org/", "http://[::1", "http://" + "a" * 70, "http://h:99999/"],
)
def test_what_is_no_address_of_the_web_is_not_asked(address: str) -> None:
    assert check(address).problem == Problem.ADDRESS


# --- politeness -----------------------------------------------------------------------------------------------------------


def test_who_asks_says_so_and_how_to_reach_them(server: Server) -> None:
    check(f"{server[0]}/fine")
    [(method, _path, headers)] = server[1].asked
    assert (method, headers["from"]) == ("HEAD", "editors@example.org")
    assert headers["user-agent"] == "link-check/1.0 (+http://testserver/; editors@example.org)"


def test_the_same_host_is_left_alone_for_a_while_between_two_requests(server: Server) -> None:
    waits: list[float] = []
    manners = Manners(pause=5, wait=waits.append)
    for path in ("/fine", "/no-head"):
        ask(server[0] + path, None, manners)
    assert [method for method, _path, _headers in server[1].asked] == ["HEAD", "HEAD", "GET"]
    assert (len(waits), all(4 < wait <= 5 for wait in waits), server[1].most_at_once) == (2, True, 1)


def test_a_page_that_has_not_changed_is_not_sent_again(server: Server) -> None:
    address = f"{server[0]}/etag"
    first = check(address)
    again = ask(address, first.known, quick())
    assert first.known == Known(address, '"one"', "Sun, 01 Nov 2026 00:00:00 GMT")
    assert (again.verdict, again.status, again.known) == (Verdict.WORKS, 304, first.known)
    assert server[1].asked[1][2]["if-modified-since"] == "Sun, 01 Nov 2026 00:00:00 GMT"


def test_what_one_address_said_is_not_told_to_another(server: Server) -> None:
    ask(f"{server[0]}/fine", Known(f"{server[0]}/etag", '"one"', "x"), quick())
    assert "if-none-match" not in server[1].asked[0][2]


# --- whom we may ask ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "192.0.2.1", "224.0.0.1",
     "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_addresses_that_are_not_of_the_internet(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", ["8.8.8.8", "193.39.1.1", "2a00:1450:4009::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are(ip: str) -> None:
    assert is_public(ip_address(ip))


def test_without_the_setting_of_the_tests_this_machine_is_not_asked() -> None:
    with serving() as (address, seen):
        found = [check(f"{host}/fine") for host in (address, address.replace("127.0.0.1", "localhost"))]
        assert [(answer.verdict, answer.problem) for answer in found] == [(Verdict.FAILS, Problem.PRIVATE)] * 2
        assert seen.asked == []


def test_a_name_is_looked_up_once_and_the_judged_address_is_the_one_that_is_called(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that is public when it is judged and private when it is called is never called."""
    port = int(server[0].rsplit(":", 1)[1])
    looked_up: list[str] = []

    def resolve(host: str, *args: object, **kwargs: object) -> list[object]:
        if host == "127.0.0.1":  # what `connect` makes of an address that is one already
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        looked_up.append(host)
        ip = "127.0.0.1" if len(looked_up) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert check(f"http://two-faced.example:{port}/fine").verdict == Verdict.WORKS
    assert looked_up == ["two-faced.example"]
    assert server[1].asked[0][2]["host"] == f"two-faced.example:{port}"
    assert check(f"http://two-faced.example:{port}/fine").problem == Problem.PRIVATE


# --- which are asked, and when --------------------------------------------------------------------------------------------


def test_the_addresses_of_a_work() -> None:
    assert addresses_of("https://e.org/a", "", "10.1000/x<y>") == {
        "https://e.org/a",
        "https://doi.org/10.1000/x%3Cy%3E",
    }
    assert addresses_of("https://doi.org/10.1/a", "https://e.org/cy", "10.1/a") == {
        "https://doi.org/10.1/a",
        "https://e.org/cy",
    }
    assert addresses_of("", "", "") == set()


def cited(**csl: str) -> None:
    works = [WorkFactory.create(csl={"type": "book", "title": "Darllen", **csl})]
    HallmarkFactory.create(edition__works=works)


def test_only_published_works_are_asked_about(db: None) -> None:
    cited(URL="https://e.org/a", DOI="10.1/a")
    WorkFactory.create(csl={"type": "book", "title": "Hidden", "URL": "https://e.org/hidden"})
    gather(NOW)
    gather(NOW)
    assert set(Link.objects.values_list("address", flat=True)) == {"https://e.org/a", "https://doi.org/10.1/a"}
    assert {
        address: [str(work) for work in works] for address, works in works_at(["https://doi.org/10.1/a"]).items()
    } == {"https://doi.org/10.1/a": ["Darllen (n.d.)"]}


def test_an_address_that_no_published_work_names_is_left_in_peace_until_one_does(db: None) -> None:
    LinkFactory.create(address="https://e.org/a", failures=3, next_at=NOW)
    gather(NOW)
    assert (list(Link.objects.due(NOW)), Link.objects.broken().count()) == ([], 0)
    cited(URL="https://e.org/a")
    gather(NOW)
    assert (Link.objects.due(NOW).count(), Link.objects.broken().count()) == (1, 1)


def test_each_address_at_most_once_a_week_unless_an_editor_asks(db: None, server: Server) -> None:
    link = Link.objects.create(address=f"{server[0]}/fine", next_at=NOW)
    turns = [NOW, NOW + DAY, NOW + WEEK - DAY, NOW + WEEK]
    assert [len(check_due(now, quick())) for now in turns] == [1, 0, 0, 1]
    assert want_check([link], NOW + WEEK + DAY) == 1
    assert len(check_due(NOW + WEEK + DAY, quick())) == 1
    assert Link.objects.get().is_wanted is False


def test_one_run_asks_no_more_than_a_batch_and_begins_with_what_is_wanted(db: None, server: Server) -> None:
    for number in range(services.BATCH + 3):
        Link.objects.create(address=f"{server[0]}/fine?{number}", next_at=NOW, is_wanted=number == 14)
    assert [len(check_due(NOW, quick())) for _turn in range(2)] == [services.BATCH, 3]
    assert server[1].asked[0][1] == "/fine?14"


def test_the_job_does_nothing_where_it_is_switched_off(db: None, settings: Any) -> None:
    cited(URL="http://127.0.0.1:9/a")
    check_links(NOW)
    assert Link.objects.count() == 0
    settings.LINK_CHECKS = True
    check_links(NOW)
    assert [(link.verdict, link.problem) for link in Link.objects.all()] == [(Verdict.FAILS, Problem.PRIVATE)]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_a_server_is_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[bool] = []
    waits = Manners(pause=9, total=1.0, wait=lambda seconds: inside.append(connection.in_atomic_block))
    for number in range(2):
        Link.objects.create(address=f"{server[0]}/fine?{number}", next_at=NOW)
    check_due(NOW, waits)
    assert inside == [False]


# --- what is written down, and told ---------------------------------------------------------------------------------------


def failing(link: Link, *times: datetime, status: int = 404) -> Link:
    for now in times:
        link = record(link, Answer(Verdict.FAILS, Problem.STATUS, status), now)
    return link


def test_editors_are_told_after_three_failures_over_three_days(db: None) -> None:
    link = Link.objects.create(address="https://e.org/a", next_at=NOW)
    told = []
    for now in (NOW, NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY):
        link = failing(link, now)
        told.append(Link.objects.broken().count())
    assert told == [0, 0, 0, 1]
    other = failing(Link.objects.create(address="https://e.org/b", next_at=NOW), NOW, NOW + 9 * DAY)
    assert (other.failures, Link.objects.broken().count()) == (2, 1)


def test_what_cannot_be_checked_is_not_broken(db: None) -> None:
    link = Link.objects.create(address="https://e.org/a", next_at=NOW)
    for days in range(9):
        link = record(link, Answer(Verdict.UNCLEAR, Problem.HOSTILE, 403), NOW + days * DAY)
    assert (link.failures, link.verdict, Link.objects.broken().count()) == (0, Verdict.UNCLEAR, 0)


def test_an_address_that_answers_again_is_forgiven_and_its_history_says_so(db: None, server: Server) -> None:
    link = Link.objects.create(address=f"{server[0]}/mended", next_at=NOW)
    for week in range(4):
        server[1].is_mended = week == 3
        check_due(NOW + week * WEEK, quick())
        link.refresh_from_db()
        assert Link.objects.broken().count() == (week == 2)
    assert (link.verdict, link.failures, link.failing_since, link.worked_at) == ("works", 0, None, NOW + 3 * WEEK)
    assert [(check.verdict, check.status) for check in link.checks.all()] == [("works", 200), *[("fails", 404)] * 3]


def test_the_history_is_bounded(db: None) -> None:
    link = Link.objects.create(address="https://e.org/a", next_at=NOW)
    failing(link, *(NOW + number * DAY for number in range(services.HISTORY + 5)))
    assert link.checks.count() == services.HISTORY
    assert link.checks.last() == LinkCheck.objects.get(at=NOW + 5 * DAY)


def test_what_a_person_says_stands_until_the_answer_is_another(db: None, editor: User) -> None:
    link = failing(Link.objects.create(address="https://e.org/a", next_at=NOW), NOW, NOW + WEEK, NOW + 2 * WEEK)
    assert accept([link], user=editor, now=NOW) == 1
    assert Link.objects.broken().count() == 0
    link = failing(link, NOW + 3 * WEEK)
    assert (link.accepted_by, Link.objects.broken().count()) == (editor, 0)
    link = failing(link, NOW + 4 * WEEK, status=410)
    assert (link.accepted_by, link.accepted_at, Link.objects.broken().count()) == (None, None, 1)


def test_while_our_own_network_is_down_nobody_is_blamed(db: None, server: Server) -> None:
    dead = Link.objects.create(address="http://no-such-host.invalid/", next_at=NOW)
    assert check_due(NOW, quick()) == []  # nobody ever answered: it may be us
    dead.refresh_from_db()
    assert (dead.verdict, dead.failures, dead.next_at) == (Verdict.UNCHECKED, 0, NOW + services.LATER)
    LinkFactory.create(address=f"{server[0]}/fine")
    assert check_due(NOW + WEEK, quick()) == [dead]  # another answers, so it is not us
    assert (Link.objects.get(pk=dead.pk).failures, server[1].methods("/fine")) == (1, ["HEAD"])


# --- the desk -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_desk_says_how_many_and_leads_to_them(editor: User, client_of: Browse, language: str) -> None:
    User.objects.update(language=language)
    broken = LinkFactory.create(address="https://e.org/broken", failures=3, works=1)
    LinkFactory.create(address="https://e.org/once", failures=1, works=1)
    LinkFactory.create(address="https://e.org/accepted", failures=3, accepted=True, works=1)
    browser = client_of(editor)
    [line] = [line for line in browser.get("/admin/").context["waiting"] if "state=broken" in line.address]
    answer = browser.get(line.address)
    assert (line.count, line.is_trouble) == (1, True)
    assert list(answer.context["cl"].result_list) == [broken]
    page = answer.content.decode()
    [work] = works_at([broken.address])[broken.address]
    assert (f'<html lang="{language}"' in page, reverse("admin:references_work_change", args=[work.pk]) in page) == (
        True,
        True,
    )


def test_an_editor_asks_again_and_says_that_it_works(editor: User, translator: User, client_of: Browse) -> None:
    link = LinkFactory.create(failures=3)
    address = reverse("admin:references_link_changelist")
    chosen = {"_selected_action": [str(link.pk)]}
    assert client_of(translator).post(address, {"action": "it_works", **chosen}).status_code == 403
    for action in ("check_again", "it_works"):
        assert client_of(editor).post(address, {"action": action, **chosen}).status_code == 302
    link.refresh_from_db()
    assert (link.is_wanted, link.accepted_by, link.failures) == (True, editor, 3)
    page = client_of(editor).get(reverse("admin:references_link_change", args=[link.pk])).content.decode()
    assert (f"{editor.name} said on" in page, "within a few minutes" in page) == (True, True)


def test_the_filters_of_the_list(editor: User, client_of: Browse) -> None:
    made = {
        "works": LinkFactory.create(), "broken": LinkFactory.create(failures=3), "accepted": LinkFactory.create(failures=4, accepted=True),
        "unclear": LinkFactory.create(verdict="unclear", problem="busy", status=429),
    }  # fmt: skip
    LinkFactory.create(in_use=False, failures=9)
    wanted = {"broken": {"broken"}, "accepted": {"accepted"}, "works": {"works"}, "unclear": {"unclear"}, "fails": {"broken", "accepted"},
              "unchecked": set(), "nonsense": set(made)}  # fmt: skip
    address = reverse("admin:references_link_changelist")
    found = {
        state: {link.pk for link in client_of(editor).get(f"{address}?state={state}").context["cl"].result_list}
        for state in wanted
    }
    assert found == {state: {made[name].pk for name in names} for state, names in wanted.items()}


def test_readers_see_nothing_of_it(db: None, client: Client) -> None:
    link = LinkFactory.create(failures=3, works=1)
    [work] = works_at([link.address])[link.address]
    page = client.get(f"/en/references/{work.key}/").content.decode()
    link.delete()
    assert page == client.get(f"/en/references/{work.key}/").content.decode()
    assert link.address in page
