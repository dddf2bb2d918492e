"""What keeps the web server and the worker together, tried on small processes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bin.serve import Supervisor, ensure_secret, named_in, port_is_free

ROOT = Path(__file__).resolve().parents[2]
WAITS = [sys.executable, "-c", "import time; time.sleep(60)"]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]
WILL_NOT_END = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_when_one_ends_the_other_is_stopped_and_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    supervisor = Supervisor({"web server": WAITS, "worker": ENDS})

    assert supervisor.run() == 1
    assert "The worker ended by itself (exit code 3)" in capsys.readouterr().out
    assert not any(is_running(child.pid) for child in supervisor.children.values())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_both(number: signal.Signals) -> None:
    supervisor = Supervisor({"web server": WAITS, "worker": WAITS})
    threading.Timer(0.4, os.kill, (os.getpid(), number)).start()

    assert supervisor.run() == 0
    assert len(supervisor.children) == 2
    assert not any(is_running(child.pid) for child in supervisor.children.values())


def test_one_that_will_not_end_is_ended(capsys: pytest.CaptureFixture[str]) -> None:
    supervisor = Supervisor(
        {"web server": WILL_NOT_END, "worker": [*WAITS[:2], "import time; time.sleep(0.5)"]}, patience=0.5
    )
    start = time.monotonic()

    assert supervisor.run() == 1
    assert supervisor.children["web server"].returncode == -signal.SIGKILL
    assert time.monotonic() - start < 10


def test_a_secret_is_written_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("DEBUG=off\n")

    assert ensure_secret(env_file, {}) is True
    written = env_file.read_text()
    assert ensure_secret(env_file, {}) is False
    assert env_file.read_text() == written
    assert written.startswith("DEBUG=off\nSECRET_KEY=")
    assert len(written.split("SECRET_KEY=")[1].strip()) >= 50
    assert env_file.stat().st_mode & 0o777 == 0o600
    assert named_in(env_file, "DEBUG")
    assert not named_in(env_file, "SITE_URL")


def test_a_secret_of_the_environment_is_enough(tmp_path: Path) -> None:
    assert ensure_secret(tmp_path / ".env", {"SECRET_KEY": "given"}) is False
    assert not (tmp_path / ".env").exists()


def test_a_busy_port_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "bin/serve.py"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert not port_is_free(port)
    assert done.returncode == 2
    assert done.stdout == f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={port + 1}\n"


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_what_is_no_port_is_said_plainly(port: str) -> None:
    done = subprocess.run(
        [sys.executable, "bin/serve.py"],
        cwd=ROOT,
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, f"PORT={port} is not a port: name a number from 1 to 65535.\n")
