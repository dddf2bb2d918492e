"""One HTTP request over a connection of our own: to an IP address that was judged, within a time that nothing stretches."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote

CONNECT_SECONDS = 5.0
READ_SECONDS = 8.0
MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an answer has to be there, whatever the server does meanwhile."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    def at_most(self, seconds: float) -> float:
        """The seconds to wait for one step. Raises `TimeoutError` when there are none left."""
        left = min(seconds, self.at - time.monotonic())
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status and the headers; of the body no more than that it came."""

    status: int
    headers: Mapping[str, str]


class _Reader(io.RawIOBase):
    """Reads a socket so that a server which sends a byte now and then is not waited for longer than the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.at_most(READ_SECONDS))
        return self._sock.recv_into(buffer)


class _Socket:
    """As much of a socket as `http.client` uses. It is closed by `send`, when the body has been read."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: Any) -> None:
        self._sock.settimeout(self._deadline.at_most(READ_SECONDS))
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._deadline))

    def close(self) -> None:
        pass


class _Connection(http.client.HTTPConnection):
    """Connects to `ip` and speaks to `host`: the certificate is checked against the name."""

    def __init__(self, scheme: str, host: str, port: int, *, ip: str, deadline: Deadline) -> None:
        super().__init__(host, port)
        self.default_port = 443 if scheme == "https" else 80  # left out of the Host header
        self._scheme, self._ip, self._deadline = scheme, ip, deadline
        self.raw: socket.socket | None = None

    def connect(self) -> None:
        sock = socket.create_connection((self._ip, self.port), timeout=self._deadline.at_most(CONNECT_SECONDS))
        try:
            if self._scheme == "https":
                sock.settimeout(self._deadline.at_most(CONNECT_SECONDS))
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        except BaseException:
            sock.close()
            raise
        self.raw = sock
        self.sock: Any = _Socket(sock, self._deadline)


def send(
    method: str, parts: SplitResult, host: str, port: int, *, ip: str, headers: Mapping[str, str], deadline: Deadline
) -> Reply:
    """Ask once, follow nothing. Raises `OSError` (with `ssl.SSLError` and `TimeoutError`) and `http.client.HTTPException`."""
    connection = _Connection(parts.scheme, host, port, ip=ip, deadline=deadline)
    try:
        connection.request(method, _target(parts), headers=dict(headers))
        response = connection.getresponse()
        if method == "GET":
            response.read(MOST_BYTES)
        return Reply(response.status, {name.lower(): value for name, value in response.getheaders()})
    finally:
        if connection.raw is not None:
            connection.raw.close()


def _target(parts: SplitResult) -> str:
    """Path and query as they go over the wire: what is escaped stays so, what is not ASCII becomes so."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._[]')}" if parts.query else path
