"""A whole site in a folder of its own, with web server and worker as processes that a test may kill."""

import os
import random
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from email import message_from_bytes
from email.message import Message as Mail
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg2  # type: ignore[import-untyped]
from psycopg2.extras import RealDictCursor  # type: ignore[import-untyped]

from bin.serve import web_command

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds that anything here may take
BETWEEN_MAILS = b"-" * 79 + b"\n"  # as Django's file backend parts them


class Site:
    """Web server and worker on a database and in folders that nobody else uses. Use it in a `with` statement."""

    def __init__(self, folder: Path, server: str) -> None:
        """`server`: the address of a PostgreSQL in which a database is made for the time of the test, or "" for SQLite."""
        self.folder = folder
        self.mail = folder / "mail"
        self.port = free_port()
        self.server = server
        self.database = database_in(server, f"lpl_soak_{secrets.token_hex(4)}") if server else ""
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Site":
        self.mail.mkdir()
        if self.server:
            self._in_server(f'CREATE DATABASE "{urlsplit(self.database).path[1:]}"')
        try:
            self.run("tests/soak/prepare.py")
            self.start("web", "worker")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What the processes are told; of this process's own environment only what any programme needs."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
            "SECRET_KEY": "of-a-site-that-lives-for-a-minute",
            "DEBUG": "off",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": self.address,
            "SITE_URL_CY": self.address,
            "SITE_URL_EN": self.address,
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database or f"sqlite:///{self.folder / 'site.sqlite3'}",
            "EMAIL_URL": f"filemail:///{self.mail}",
            "MESSAGE_LEASE_SECONDS": "2",
            "JOIN_IN_LEAST_SECONDS": "0",  # nobody here types
            "LINK_CHECKS": "off",
            "SECOND_FACTOR_REQUIRED": "off",  # nobody here has a telephone
            "BEHIND_PROXY": "on",  # each story comes from a network of its own, told in X-Forwarded-For
            "WEB_WORKERS": "1",
            "LOG_LEVEL": "ERROR",
        }

    # --- processes ------------------------------------------------------------------------------------------------------

    def run(self, *command: str) -> None:
        """Run a script to its end in the site's environment."""
        subprocess.run([sys.executable, *command], cwd=ROOT, env=self.environment, check=True, timeout=120)

    def start(self, *names: str) -> None:
        """Start what does not run. Returns when the web server answers."""
        commands = {
            "web": web_command(self.port),
            "worker": [sys.executable, "manage.py", "work", "--interval", "0.05"],
        }
        with (self.folder / "processes.log").open("ab") as log:
            for name in names:
                self.children[name] = subprocess.Popen(
                    commands[name], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
                )
        if "web" in names:
            wait_until(self._answers, "the web server answers")

    def _answers(self) -> bool:
        assert self.children["web"].poll() is None, (self.folder / "processes.log").read_text()
        with suppress(OSError), urlopen(f"{self.address}/healthz", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
        return False

    def kill(self, *names: str) -> None:
        """End these with all the processes they started, at once, whatever they are doing."""
        for name in names:
            child = self.children[name]
            assert child.poll() is None, f"the {name} ended by itself: {(self.folder / 'processes.log').read_text()}"
            os.killpg(child.pid, signal.SIGKILL)
        for name in names:
            self.children[name].wait(PATIENCE)

    def stop(self) -> None:
        """End everything that was started here, and take the database away."""
        for child in self.children.values():
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait(PATIENCE)
        if self.server:
            self._in_server(f'DROP DATABASE IF EXISTS "{urlsplit(self.database).path[1:]}" WITH (FORCE)')

    # --- what stands there ----------------------------------------------------------------------------------------------

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The rows that a query finds, read past all our code."""
        if self.server:
            with (
                closing(psycopg2.connect(self.database)) as connection,
                connection.cursor(cursor_factory=RealDictCursor) as cursor,
            ):
                cursor.execute(query)
                return [dict(row) for row in cursor.fetchall()]
        with closing(sqlite3.connect(self.folder / "site.sqlite3", timeout=20)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]

    def _in_server(self, statement: str) -> None:
        with closing(psycopg2.connect(self.server)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)

    def mails(self) -> list[Mail]:
        """Every mail that was sent, the earliest first. A mail of which a part was written is none."""
        files = sorted(self.mail.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        return [
            message_from_bytes(part.strip()) for path in files for part in path.read_bytes().split(BETWEEN_MAILS)[:-1]
        ]


class Reaper:
    """Draws when what is killed, and kills it."""

    def __init__(self, site: Site, rng: random.Random, kills: int, share: float) -> None:
        """`share`: the part of the writing requests at which something is killed, until that was done `kills` times."""
        self.site, self.rng, self.left, self.share = site, rng, kills, share
        self.done = {"web": 0, "worker": 0}
        self.times = self.unanswered = 0

    def due(self, *, writes: bool) -> bool:
        """Whether to kill at this request; at one that only reads, more rarely."""
        return self.left > 0 and self.rng.random() < self.share / (1 if writes else 4)

    def during(self, start: Callable[[], None]) -> None:
        """Kill before `start()`, which begins a request, or some moment after; then start again what was killed."""
        names = [("web",), ("worker",)][self.times % 2] if self.rng.random() < 0.8 else ("web", "worker")
        between = self.rng.random() < 0.2
        if not between:
            start()
            # A request takes 20 to 100 ms, most of them less than 50; what it gives the worker to do comes after it.
            drawn = self.rng.random()
            time.sleep(0.15 * drawn**2 if "web" in names else 0.2 * drawn)
        self.site.kill(*names)
        self.site.start(*names)
        if between:
            start()
        self.left -= 1
        self.times += 1
        for name in names:
            self.done[name] += 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(reached: Callable[[], object], what: str) -> None:
    """Look every 20 ms whether it is so."""
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, f"not in {PATIENCE} s: {what}"
        time.sleep(0.02)


def database_in(server: str, name: str) -> str:
    """The address of the database `name` in the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
