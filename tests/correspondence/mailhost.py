"""A mail server for tests: aiosmtpd on loopback, which can be told to misbehave."""

import asyncio
import email
import email.policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class MailHost(Controller):
    """Keeps what it accepts. `answers` are given, one a mail, in place of the usual ones; see `_Handler`."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.answers: list[tuple[str, Any]] = []
        self.connections = 0
        super().__init__(_Handler(self), hostname="127.0.0.1", port=0, ready_timeout=5)

    def factory(self) -> SMTP:
        self.connections += 1
        return SMTP(self.handler, hostname="mail.example.org")

    def _trigger_server(self) -> None:
        """The base class connects to the port it was given; ours is the one that the system chose."""
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()
        self.connections = 0

    def next_answer(self, at: str) -> Any:
        """What the test wants said at this point of the talk ("rcpt", "data"), once."""
        if self.answers and self.answers[0][0] == at:
            return self.answers.pop(0)[1]
        return None


class _Handler:
    """An answer is a line to say, a number of seconds to wait before saying yes, or "drop": to hang up.

    "accept, drop" takes the mail, and hangs up where the sender waits to hear so.
    """

    def __init__(self, host: MailHost) -> None:
        self.host = host

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        answer = self.host.next_answer("rcpt")
        if answer == "drop":
            _hang_up(server)
        elif isinstance(answer, str) and not answer.startswith("250"):
            return answer
        envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.host.next_answer("data")
        if isinstance(answer, float):
            await asyncio.sleep(answer)
        elif answer == "drop":
            _hang_up(server)
            return "451 gone"
        elif isinstance(answer, str) and answer != "accept, drop":
            return answer
        self.host.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        if answer == "accept, drop":
            _hang_up(server)
        return "250 taken"

    async def handle_QUIT(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.host.next_answer("quit") == "drop":
            _hang_up(server)
        return "221 Bye"


def _hang_up(server: SMTP) -> None:
    """At once, without a word."""
    transport = server.transport
    assert transport is not None
    transport.abort()  # type: ignore[attr-defined]
