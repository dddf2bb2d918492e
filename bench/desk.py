#!/usr/bin/env python
"""What the first page of the desk costs when there is much, beside what it costs when there is little, on PostgreSQL.

`python bench/desk.py` makes two databases, of 1,000 stories, 10,000 events and 5,000 messages, and of 20,000, 200,000 and
100,000; `python bench/desk.py 0.1` makes both ten times smaller. In one run it asks for the desk of an editor in each, and for
the first page of Django's own admin with the same models registered, in turn, and prints the ratios of their medians. The
clock's counting, which no page waits for, is timed once in each.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = {"small": (1_000, 10_000, 5_000), "large": (20_000, 200_000, 100_000)}
ROUNDS, IN_A_ROW = 12, 4
MOST_GROWTH, MOST_BESIDE_STOCK = 1.5, 3.0


def main() -> None:
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    from bin.check import postgresql

    with tempfile.TemporaryDirectory() as folder, postgresql(Path(folder)) as url:
        os.environ |= {
            "VAR_DIR": folder,
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", url),
            "EMAIL_URL": "memorymail://",
            "LOG_LEVEL": "ERROR",
            "SECOND_FACTOR_REQUIRED": "off",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()
        measure({name: tuple(int(count * scale) for count in counts) for name, counts in SIZES.items()})


def measure(sizes: dict[str, tuple[int, ...]]) -> None:
    stand_stock_beside()
    browsers = {name: build(name, *counts) for name, counts in sizes.items()}
    times: dict[tuple[str, str], list[float]] = {}
    for _round in range(ROUNDS):
        for size, browser in browsers.items():
            turn_to(size)
            for page, address in (("desk", "/admin/"), ("stock", "/stock/")):
                browser.get(address)  # a new connection, and what is looked up once
                for _time in range(IN_A_ROW):
                    times.setdefault((page, size), []).append(timed(browser, address))
    halves = {key: median(found) * 1000 for key, found in times.items()}
    for (page, size), milliseconds in sorted(halves.items()):
        print(f"{page:6} {size:6} {milliseconds:8.1f} ms")
    growth = halves["desk", "large"] / halves["desk", "small"]
    beside = halves["desk", "large"] / halves["stock", "large"]
    print(f"large beside small   {growth:6.2f} (at most {MOST_GROWTH})")
    print(f"desk beside stock    {beside:6.2f} (at most {MOST_BESIDE_STOCK})")
    if growth > MOST_GROWTH or beside > MOST_BESIDE_STOCK:
        sys.exit(1)


def timed(browser: Any, address: str) -> float:
    began = time.perf_counter()
    answer = browser.get(address)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return took


def stand_stock_beside() -> None:
    """Django's own admin at /stock/, with the models of ours."""
    from django.conf import settings
    from django.contrib import admin
    from django.urls import path

    from config.urls import urlpatterns
    from desk.site import Desk

    class Stock(Desk):
        """With the addresses that our frame of every page links, and Django's own first page."""

        index = admin.AdminSite.index
        index_template = "admin/index.html"

    stock = Stock("stock")
    for model in admin.site._registry:
        stock.register(model)
    urls: Any = ModuleType("bench_urls")
    urls.urlpatterns = [path("stock/", stock.urls), *urlpatterns]
    sys.modules["bench_urls"] = urls
    settings.ROOT_URLCONF = "bench_urls"


def turn_to(name: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = f"bench_{name}"


def build(name: str, stories: int, events: int, messages: int) -> Any:
    """A database of this size, and the browser of an editor who holds a third of what is held."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from bench.desk_rows import fill
    from desk.figures import count_figures, count_steps
    from tests.factories import editor

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE bench_{name}")
    turn_to(name)
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0)
    person = editor()
    fill(person, stories, events, messages)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    for count in (count_figures, count_steps):
        began = time.perf_counter()
        count(timezone.now())
        print(f"{count.__name__:14} {name:6} {time.perf_counter() - began:8.1f} s")
    browser = Client()
    browser.force_login(person)
    return browser


if __name__ == "__main__":
    main()
