"""Asking an address whether it is still there: HEAD, then GET; redirects followed by hand, each hop judged anew."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.conf import settings

from references.links.hosts import NoAddress, Private, checked_ip, parts_of
from references.links.wire import Deadline, Reply, send
from references.models import Problem, Verdict

TOTAL_SECONDS = 15.0
PAUSE_SECONDS = 1.0
MOST_HOPS = 8
REDIRECTS = {301, 302, 303, 307, 308}
#: Answers that programmes get where people get the page, or that say nothing of the page.
HOSTILE = {401, 402, 403, 406, 407, 418, 451, 999}
BUSY = {408, 425, 429, 503}


@dataclass(frozen=True, slots=True)
class Known:
    """What the last answer told us to say the next time, to that address only."""

    address: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one check."""

    verdict: Verdict
    problem: Problem = Problem.NONE
    status: int | None = None
    seconds: float = 0.0
    known: Known = field(default_factory=Known)

    @property
    def is_of_the_network(self) -> bool:
        """Nobody answered at all: it may be our own network that is down."""
        return self.problem in (Problem.NAME, Problem.CONNECTION, Problem.TIMEOUT)


class Manners:
    """One request at a time, and a pause before the next to the same host."""

    def __init__(
        self, *, pause: float = PAUSE_SECONDS, wait: Callable[[float], None] = time.sleep, total: float = TOTAL_SECONDS
    ) -> None:
        self.pause, self.total, self._wait = pause, total, wait
        self._last: dict[str, float] = {}

    def before(self, host: str) -> None:
        left = self._last.get(host, -self.pause) + self.pause - time.monotonic()
        if left > 0:
            self._wait(left)

    def after(self, host: str) -> None:
        self._last[host] = time.monotonic()


class _Endless(Exception):
    """A redirect to where we were, or one too many."""


def ask(address: str, known: Known | None = None, manners: Manners | None = None) -> Answer:
    """Ask, and judge the answer. Never raises: whatever a server does is an answer. At most `manners.total` seconds
    beside the pauses and the lookup of names, which has the limits of the system's resolver."""
    manners, known, begun = manners or Manners(), known or Known(), time.monotonic()
    try:
        where, reply = _follow(address, known, manners)
    except Exception as error:  # the worst server is still only an address that does not work
        return Answer(Verdict.FAILS, _problem_of(error), seconds=time.monotonic() - begun)
    verdict, problem = _judge(reply)
    seconds = time.monotonic() - begun
    if verdict != Verdict.WORKS:
        return Answer(verdict, problem, reply.status, seconds)
    if reply.status == http.HTTPStatus.NOT_MODIFIED:
        return Answer(verdict, problem, reply.status, seconds, known)
    met = Known(where, reply.headers.get("etag", ""), reply.headers.get("last-modified", ""))
    return Answer(verdict, problem, reply.status, seconds, met)


def _follow(address: str, known: Known, manners: Manners) -> tuple[str, Reply]:
    """The last address of a chain of redirects, and what it replied."""
    deadline, seen = Deadline.after(manners.total), set[str]()
    with_cookies = False
    for _hop in range(MOST_HOPS + 1):
        if address in seen:
            break
        seen.add(address)
        reply, pauses = _fetch(address, known if address == known.address else Known(), manners, deadline)
        deadline = Deadline(deadline.at + pauses)
        with_cookies = with_cookies or "set-cookie" in reply.headers
        if reply.status not in REDIRECTS or "location" not in reply.headers:
            return address, reply
        address = urljoin(address, reply.headers["location"].strip()).partition("#")[0]
    if with_cookies:  # a site that turns away whoever keeps no cookies
        return address, Reply(403, {})
    raise _Endless


def _fetch(address: str, known: Known, manners: Manners, deadline: Deadline) -> tuple[Reply, float]:
    """The reply to HEAD; to GET where HEAD is not answered well. And the seconds that were spent on manners."""
    parts, host, port = parts_of(address)
    ip, headers, paused = checked_ip(host, port), _headers(known), 0.0

    def once(method: str) -> Reply:
        nonlocal paused
        begun = time.monotonic()
        manners.before(host)
        paused += time.monotonic() - begun
        try:
            return send(
                method, parts, host, port, ip=ip, headers=headers, deadline=Deadline(deadline.at + paused)
            )  # fmt: skip
        finally:
            manners.after(host)

    try:
        reply = once("HEAD")
    except (http.client.HTTPException, ConnectionResetError):
        reply = None
    if reply is None or (reply.status >= 400 and reply.status not in BUSY):
        reply = once("GET")
    return reply, paused


def _headers(known: Known) -> dict[str, str]:
    """Who asks and how to reach them; and what we hold already."""
    contact = settings.CONTACT_EMAIL
    headers = {
        "User-Agent": f"link-check/1.0 (+{settings.SITE_URL}/; {contact})",
        "From": contact,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _judge(reply: Reply) -> tuple[Verdict, Problem]:
    status: int = reply.status
    if 200 <= status < 300 or status == http.HTTPStatus.NOT_MODIFIED:
        return Verdict.WORKS, Problem.NONE
    if status in HOSTILE or "cf-mitigated" in reply.headers:
        return Verdict.UNCLEAR, Problem.HOSTILE
    if status in BUSY:
        return Verdict.UNCLEAR, Problem.BUSY
    return Verdict.FAILS, Problem.STATUS


_PROBLEMS: Mapping[type[BaseException], Problem] = {
    NoAddress: Problem.ADDRESS,
    Private: Problem.PRIVATE,
    _Endless: Problem.REDIRECTS,
    TimeoutError: Problem.TIMEOUT,
    socket.gaierror: Problem.NAME,
    ssl.SSLCertVerificationError: Problem.CERTIFICATE,
    ConnectionResetError: Problem.RESET,
    BrokenPipeError: Problem.RESET,
    ssl.SSLError: Problem.CONNECTION,
    http.client.RemoteDisconnected: Problem.RESET,
    http.client.IncompleteRead: Problem.RESET,
    http.client.HTTPException: Problem.GARBAGE,
    OSError: Problem.CONNECTION,
}


def _problem_of(error: Exception) -> Problem:
    """The most particular name for what happened."""
    for kind in type(error).__mro__:
        if kind in _PROBLEMS:
            return _PROBLEMS[kind]
    return Problem.GARBAGE
