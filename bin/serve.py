#!/usr/bin/env python
"""What `make run` does: prepare the site, then serve it with its worker until told to stop.

Both processes live and die together: Ctrl-C or SIGTERM stops both, and when one ends by itself the other is stopped too.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 12  # seconds that a process has to finish what it is doing
STOPPED_BY_US, ONE_DIED = 0, 1


class Supervisor:
    """Named child processes that run together until one ends or somebody says stop."""

    def __init__(self, commands: Mapping[str, Sequence[str]], *, patience: float = PATIENCE) -> None:
        self.commands = commands
        self.patience = patience
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def run(self) -> int:
        """Start all, wait, stop all; 0 when somebody said stop, 1 when a process ended by itself."""
        before = [signal.signal(number, self._told_to_stop) for number in (signal.SIGINT, signal.SIGTERM)]
        try:
            for name, command in self.commands.items():
                # In a session of their own: Ctrl-C reaches this process alone, which then ends them in order.
                self.children[name] = subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603
            ended = self._wait()
        finally:
            self._stop_all()
            for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
                signal.signal(number, handler)
        if ended is None:
            return STOPPED_BY_US
        say(f"The {ended} ended by itself (exit code {self.children[ended].returncode}), so everything was stopped.")
        return ONE_DIED

    def _wait(self) -> str | None:
        """The name of the first process that ended by itself, or None when told to stop."""
        while not self.stopping:
            for name, child in self.children.items():
                if child.poll() is not None:
                    return name
            time.sleep(0.1)
        return None

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _stop_all(self) -> None:
        for child in self.children.values():
            with suppress(ProcessLookupError):
                child.terminate()
        end = time.monotonic() + self.patience
        for child in self.children.values():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def say(line: str) -> None:
    print(line, flush=True)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def ensure_secret(env_file: Path, environment: Mapping[str, str]) -> bool:
    """Write a random SECRET_KEY into `env_file` if none is set anywhere. Whether it was written."""
    lines = env_file.read_text(encoding="utf-8").splitlines() if env_file.exists() else []
    if environment.get("SECRET_KEY") or any(line.startswith("SECRET_KEY=") for line in lines):
        return False
    env_file.touch(mode=0o600)
    env_file.chmod(0o600)
    env_file.write_text("\n".join([*lines, f"SECRET_KEY={secrets.token_urlsafe(50)}", ""]), encoding="utf-8")
    return True


def named_in(env_file: Path, name: str) -> bool:
    return env_file.exists() and f"\n{name}=" in f"\n{env_file.read_text(encoding='utf-8')}"


def web_command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", os.environ.get("WEB_WORKERS", "2"), "--threads", "8"),
        *("--timeout", "60", "--graceful-timeout", "8", "--keep-alive", "5"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def announce(port: int) -> None:
    """Say where the site is as soon as it answers, from a process of its own."""
    address = f"http://127.0.0.1:{port}"
    for _try in range(300):
        with suppress(OSError), urlopen(f"{address}/healthz", timeout=5):  # noqa: S310
            say(f"\n  The site:    {address}/\n  The admin:   {address}/admin/\n  Ctrl-C stops it.\n")
            return
        time.sleep(0.1)


def main() -> int:
    if sys.argv[1:2] == ["announce"]:
        announce(int(sys.argv[2]))
        return 0
    wanted = os.environ.get("PORT") or "8000"
    if not (wanted.isdecimal() and 0 < int(wanted) < 65536):
        say(f"PORT={wanted} is not a port: name a number from 1 to 65535.")
        return 2
    port = int(wanted)
    if not port_is_free(port):
        say(f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={port + 1}")
        return 2
    env_file = ROOT / ".env"
    if ensure_secret(env_file, os.environ):
        say("Wrote a new secret key to .env (kept out of the repository).")
    if not named_in(env_file, "SITE_URL"):
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")  # mail in the console is seen when it is sent
    prepared = subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=False)
    if prepared.returncode:
        return prepared.returncode
    announcer = subprocess.Popen([sys.executable, __file__, "announce", str(port)], start_new_session=True)  # noqa: S603
    try:
        return Supervisor({"web server": web_command(port), "worker": [sys.executable, "manage.py", "work"]}).run()
    finally:
        announcer.kill()
        announcer.wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # while preparing: there is nothing to stop yet
        sys.exit(main())
    sys.exit(130)
