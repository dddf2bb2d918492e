"""A real web server on this machine that does what the worst servers do, each for a bounded time; and its certificate."""

import base64
import hashlib
import secrets
import socket
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MOST_SECONDS = 4.0
STATUSES = {"/gone": 410, "/missing": 404, "/busy": 429, "/hostile": 403, "/linkedin": 999, "/down": 500, "/away": 503}
REDIRECTS = {
    "/moved": "/fine", "/loop": "/loop-on", "/loop-on": "/loop", "/to-private": "http://10.0.0.1/", "/to-file": "file:///etc/hosts",
    "/to-metadata": "http://169.254.169.254/latest/", "/to-script": "javascript:alert(1)", "/to-mapped": "http://[::ffff:10.0.0.1]/",
    "/cookie": "/cookie",
}  # fmt: skip


@dataclass
class Seen:
    """What the server was asked, and how much of the endless answer it got rid of."""

    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    sent: int = 0
    at_once: int = 0
    most_at_once: int = 0
    is_mended: bool = False

    def methods(self, path: str) -> list[str]:
        return [method for method, asked, _headers in self.asked if asked == path]


class Handler(BaseHTTPRequestHandler):
    """One request; what it does stands in the path."""

    protocol_version = "HTTP/1.1"
    seen: Seen

    def do_HEAD(self) -> None:
        self._count()

    def do_GET(self) -> None:
        self._count()

    def log_message(self, *args: Any) -> None:
        pass

    def _count(self) -> None:
        seen = self.seen
        seen.asked.append((self.command, self.path, {name.lower(): value for name, value in self.headers.items()}))
        seen.at_once += 1
        seen.most_at_once = max(seen.most_at_once, seen.at_once)
        try:
            self._misbehave()
        except OSError:
            pass  # the client has had enough
        finally:
            seen.at_once -= 1
            self.close_connection = True

    def _misbehave(self) -> None:
        path = self.path.partition("?")[0]
        own = getattr(self, f"_{path.strip('/').replace('-', '_')}", None)
        if own is not None:
            own()
        elif path == "/endless":
            self._answer(302, Location=f"/endless?{len(self.seen.asked)}")
        elif path in REDIRECTS:
            cookie: dict[str, Any] = {"Set-Cookie": "a=b"} if path == "/cookie" else {}
            self._answer(302, Location=REDIRECTS[path], **cookie)
        else:
            self._answer(STATUSES.get(path, 200))

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status, "Whatever")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def _no_head(self) -> None:
        self._answer(405 if self.command == "HEAD" else 200)

    def _slow(self) -> None:
        time.sleep(MOST_SECONDS)

    def _drip(self) -> None:
        """Always one more byte of the head before any read would time out."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        end = time.monotonic() + MOST_SECONDS
        while time.monotonic() < end:
            self.wfile.write(b"a")
            time.sleep(0.05)

    def _huge(self) -> None:
        """A body without end; HEAD is refused, so that it is asked for."""
        if self.command == "HEAD":
            self._answer(405)
            return
        self.send_response(200)
        self.end_headers()
        end = time.monotonic() + MOST_SECONDS
        while time.monotonic() < end:
            self.seen.sent += self.wfile.write(b"x" * 65536)

    def _huge_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n")

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _reset_head(self) -> None:
        if self.command == "HEAD":
            self._reset()
        else:
            self._answer(200)

    def _garbage(self) -> None:
        self.wfile.write(b"\x00\xff this is no HTTP \r\n\r\n")

    def _hang_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def _etag(self) -> None:
        if self.headers.get("If-None-Match") == '"one"':
            self._answer(304)
        else:
            self._answer(200, ETag='"one"', Last_Modified="Sun, 01 Nov 2026 00:00:00 GMT")

    def _mended(self) -> None:
        self._answer(200 if self.seen.is_mended else 404)


class Server(ThreadingHTTPServer):
    """Says nothing of clients that have had enough."""

    daemon_threads = True

    def handle_error(self, *args: Any) -> None:
        pass


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[tuple[str, Seen]]:
    """The address of a server that runs while the block does, and what it has seen."""
    seen = Seen()
    server = Server(("127.0.0.1", 0), type("Own", (Handler,), {"seen": seen}))
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        socket.socket.close(server.socket)
        thread.join(5)


# --- a certificate that nobody has signed -----------------------------------------------------------------------------------


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def _number(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _prime(bits: int, exponent: int) -> int:
    while True:
        found = secrets.randbits(bits) | 1 | 3 << (bits - 2)
        likely = all(found % small for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37))
        if likely and (found - 1) % exponent and all(pow(base, found - 1, found) == 1 for base in (2, 3, 5, 7)):
            return found


def write_certificate(path: Path) -> Path:
    """A key and a certificate for 127.0.0.1 that signs itself, made here so that no key lies in the repository."""
    e = 65537
    p, q = _prime(1024, e), _prime(1024, e)
    n, d = p * q, pow(e, -1, (p - 1) * (q - 1))
    sha256_rsa = _der(0x30, bytes.fromhex("06092a864886f70d01010b0500"))
    name = _der(0x30, _der(0x31, _der(0x30, bytes.fromhex("0603550403"), _der(0x0C, b"127.0.0.1"))))
    valid = _der(0x30, _der(0x17, b"200101000000Z"), _der(0x17, b"490101000000Z"))
    public = _der(0x03, b"\0", _der(0x30, _number(n), _number(e)))
    subject_key = _der(0x30, _der(0x30, bytes.fromhex("06092a864886f70d0101010500")), public)
    body = _der(0x30, _number(1), sha256_rsa, name, valid, name, subject_key)
    signed = _der(0x03, b"\0", _sign(body, n, d))
    key = _der(0x30, *map(_number, (0, n, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))))
    path.write_text(_pem("RSA PRIVATE KEY", key) + _pem("CERTIFICATE", _der(0x30, body, sha256_rsa, signed)))
    return path


def _sign(body: bytes, n: int, d: int) -> bytes:
    digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(body).digest()
    padded = b"\0\1" + b"\xff" * (256 - 3 - len(digest)) + b"\0" + digest
    return pow(int.from_bytes(padded, "big"), d, n).to_bytes(256, "big")


def _pem(label: str, der: bytes) -> str:
    return f"-----BEGIN {label}-----\n{base64.encodebytes(der).decode()}-----END {label}-----\n"
