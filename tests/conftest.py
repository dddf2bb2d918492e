"""Fixtures for all tests. Objects are made by `tests.factories`."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from foundation.people.models import User
from tests.factories import HallmarkFactory
from tests.factories import administrator as make_administrator
from tests.factories import editor as make_editor
from tests.factories import translator as make_translator
from tests.joinin.school import School

#: Whether long proofs run at full size, as `make soak` asks.
FULL_SIZE = os.environ.get("SOAK") == "1"

# No test fails because the machine had something else to do. `make test` tries the same examples each time, so that it fails
# for what was changed; `make soak` looks for new ones.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not FULL_SIZE
)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
#: Where the reference documents lie, on the machines that have them.
SHARED = ROOT.parent / "shared"
collect_ignore = [] if (SHARED / "seeds").is_dir() else ["acceptance"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say whether the acceptance tests over the reference documents were part of this run."""
    are = "were not run: the documents are not on this machine" if collect_ignore else "are part of the suite here"
    terminalreporter.write_line(f"The acceptance tests over ../shared {are}.")
    for report in terminalreporter.stats.get("passed", []):
        told = [str(text) for name, text in report.user_properties if name == TOLD]
        printed = report.capstdout.splitlines() if "/sweeps/" in report.nodeid else []
        for text in told + printed:
            terminalreporter.write_line(f"{report.location[2]}: {text}")


#: Rooms whose tests take longest: they are begun first, so that no worker is left alone with one at the end.
LONGEST = {"soak", "sweeps", "acceptance"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests need a database, and begin with the longest."""
    for item in items:
        if _needs_database(item):
            item.add_marker(pytest.mark.database)
    nowhere = [item.nodeid for item in items if item.get_closest_marker("once") and not _is_for_postgresql(item)]
    if nowhere:
        raise pytest.UsageError(f"`make test` would run these on no database: {', '.join(nowhere)}")
    items.sort(key=lambda item: not LONGEST & set(item.path.parts))


def _is_for_postgresql(item: pytest.Item) -> bool:
    """Whether `make test` runs it there."""
    return bool(item.get_closest_marker("database")) and not item.get_closest_marker("page")


def pytest_collection_finish(session: pytest.Session) -> None:
    """The collector of garbage need not look again and again at what was imported: an eighth of the time of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _needs_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("soak")
    return bool(marked) or "db" in getattr(item, "fixturenames", ())


TOLD = "told"


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """`tell("156 combinations tried")`: what a sweep says of itself, at the end of the run."""
    return lambda text: record_property(TOLD, text)


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """No test sees what another left in the cache, or the language it was answered in."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def amount() -> Callable[[int, int], int]:
    """`amount(few, many)`: how often a long proof repeats, in `make test` and in `make soak`."""
    return lambda few, many: many if FULL_SIZE else few


@pytest.fixture(scope="session")
def figure() -> Iterator[Callable[..., None]]:
    """`figure("moves under kill", 200, "moves")`: a measured figure. `make soak` adds them to bench/RESULTS.md."""
    lines: list[str] = []
    yield lambda name, value, unit="": lines.append(f"| {name} | {value} {unit} |")
    if lines and FULL_SIZE:
        python = ".".join(map(str, sys.version_info[:3]))
        heading = f"\n## {timezone.now():%Y-%m-%d %H:%M} UTC · {connection.vendor} · Python {python}\n\n"
        with (ROOT / "bench" / "RESULTS.md").open("a", encoding="utf-8") as file:
            file.write(heading + "| proof | figure |\n|---|---|\n" + "\n".join(lines) + "\n")


@pytest.fixture
def school(db: None) -> School:
    """Somebody who writes a story in Join In, with three hallmarks to choose from."""
    for number in (1, 2, 3):
        HallmarkFactory.create(number=number)
    return School()


@pytest.fixture
def editor(db: None) -> User:
    return make_editor()


@pytest.fixture
def translator(db: None) -> User:
    return make_translator()


@pytest.fixture
def administrator(db: None) -> User:
    return make_administrator()


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which a person is signed in: `client_of(editor).get(…)`."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
