"""How much slower the bibliography is with 10,000 works than with few: prints times, queries and their ratio.

The public pages with 100 and with 10,000 works; exports and imports, for one work, of 1,000 and of 10,000 works, where a
ratio of 1 is linear (in time of the processor, as others may use the machine); the preview of an import in the admin, of a file with as many works as it takes. Run it with `python bench/bibliography.py`; it makes a database of its own and removes it.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test.utils import CaptureQueriesContext

ROOT = Path(__file__).resolve().parents[1]
FEW, MANY, TURNS = 100, 10_000, 15
ADDRESSES = {
    "the list": "/en/references/",
    "the list in Welsh": "/cy/cyfeiriadau/",
    "the last letters": "/en/references/?page=999",
    "filtered": "/en/references/?hallmark=1&type=report&year=2010-2019&language=en",
}


def main() -> None:
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": os.environ.get("SECRET_KEY", "for-the-benchmark"),
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "ALLOWED_HOSTS": "testserver",
        }
        import django
        from django.conf import settings

        django.setup()
        settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        figures = measure() | exchanged()
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    if "--json" in sys.argv:
        print(json.dumps(figures))


def measure() -> dict[str, dict[str, float]]:
    """For each address the milliseconds with few and with many works (the best of some turns), their ratio, the queries."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    found: dict[str, dict[str, float]] = {name: {} for name in ADDRESSES}
    have = 0
    for wanted in (FEW, MANY):
        add_works(have, wanted)
        have = wanted
        for name, address in ADDRESSES.items():
            milliseconds, queries = answer(address)
            found[name] |= {f"ms with {wanted}": milliseconds, f"queries with {wanted}": queries}
    for figure in found.values():
        figure["ratio"] = round(figure[f"ms with {MANY}"] / figure[f"ms with {FEW}"], 2)
    return found


SIZES = (1_000, 10_000)


def exchanged() -> dict[str, dict[str, float]]:
    """Milliseconds for one work in files of either size, their ratio; and the preview of the largest file that it takes."""
    from references.exchange.admin import MOST_WORKS
    from references.exchange.formats import Format, read, write
    from references.exchange.plan import plan_import
    from references.services import refresh_works

    found: dict[str, dict[str, float]] = {}

    def note(name: str, size: int, job: Callable[[], Any]) -> Any:
        times = []
        for _turn in range(2):
            begun = time.process_time()  # others may use the machine too
            result = job()
            times.append(time.process_time() - begun)
        figure = found.setdefault(name, {})
        figure[f"ms a work of {size}"] = round(min(times) * 1000 / size, 3)
        if size == SIZES[1]:
            figure["ratio"] = round(figure[f"ms a work of {size}"] / figure[f"ms a work of {SIZES[0]}"], 2)
        return result

    for size in SIZES:
        items = [item_of(number) for number in range(size)]
        for one in Format:
            text = note(f"exporting {one.label}", size, partial(write, items, one))
            note(f"reading {one.label}", size, partial(read, text))
        note("comparing with 10,000 works", size, partial(plan_import, items))
        note("importing, without rendering", size, partial(imported, items))
    for one in Format:
        found[f"preview in the admin, {one.label}"] = preview(write(items[:MOST_WORKS], one))
    add_rendering(found, refresh_works)
    return found


def item_of(number: int) -> dict[str, Any]:
    """A work with what most works have."""
    return {
        "id": f"item-{number}", "type": ("report", "book", "chapter", "article-journal")[number % 4],
        "title": f"Leading learning, number {number}: dysgu yng Nghymru", "publisher": "Gwasg", "language": "en",
        "author": [{"family": f"Jones{number % 500}", "given": "Ann Mair"}, {"family": "Evans", "given": "Huw"}],
        "issued": {"date-parts": [[1950 + number % 75, 1 + number % 12]]}, "DOI": f"10.1000/x.{number}", "page": "1-20",
        "URL": f"https://example.org/{number}", "container-title": "Journal",
    }  # fmt: skip


def imported(items: list[dict[str, Any]]) -> None:
    """Carried out, and taken back."""
    from unittest.mock import patch

    from django.db import transaction

    from references.exchange.carrying import carry_out
    from references.exchange.plan import plan_import

    with transaction.atomic(), patch("references.services.RENDERED_AT_ONCE", 0):
        carry_out(plan_import(items))
        transaction.set_rollback(True)


def preview(text: str) -> dict[str, float]:
    """The best time of the page that shows what a file holds, its queries and its size."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from foundation.people.models import User

    user, _made = User.objects.get_or_create(
        email="bench@example.org", defaults={"is_superuser": True, "is_staff": True}
    )
    client = Client()
    client.force_login(user)
    times, queries, size = [], 0, 0
    for _turn in range(3):
        begun = time.process_time()
        with counted() as made:
            answer = client.post("/admin/references/work/import/", {"file": SimpleUploadedFile("works", text.encode())})
        times.append(time.process_time() - begun)
        if answer.status_code != 200 or b"works_form" not in answer.content:
            raise SystemExit(f"the preview answers {answer.status_code}")
        queries, size = len(made), len(answer.content)
    return {"ms": round(min(times) * 1000, 1), "queries": queries, "kB": size // 1000}


def add_rendering(found: dict[str, dict[str, float]], refresh_works: Callable[..., int]) -> None:
    """What the worker, or the command, does after a large import."""
    from references.models import Work

    sample = 100
    Work.objects.filter(pk__in=list(Work.objects.values_list("pk", flat=True)[:sample])).update(entry_version=0)
    begun = time.process_time()
    refresh_works(only_old=True)
    found["rendering, in both languages"] = {"ms a work": round((time.process_time() - begun) * 1000 / sample, 1)}


def add_works(start: int, end: int) -> None:
    """Works in the list of a published hallmark: one is written by its service, the others are copies under other names."""
    from django.utils import timezone

    from foundation.bilingual.alphabet import initial, sort_key
    from hallmarks.models import Hallmark, HallmarkEdition, HallmarkReference
    from references.models import Work
    from references.services import save_work

    texts = {f"{name}_{code}": name for name in ("title", "lead_in", "short_name", "body") for code in ("cy", "en")}
    hallmark, _made = Hallmark.objects.get_or_create(number=1, defaults={"slug_cy": "un", "slug_en": "one"})
    edition, _made = HallmarkEdition.objects.get_or_create(
        content=hallmark, stage="live", defaults={"live_since": timezone.now(), **texts}
    )
    issued = {"date-parts": [[2000]]}
    item = {"type": "report", "title": "Learning", "issued": issued, "author": [{"family": "Jones", "given": "A"}]}
    pattern = save_work(key="pattern", csl=item)
    columns: dict[str, Any] = {
        field.attname: getattr(pattern, field.attname) for field in Work._meta.concrete_fields if not field.primary_key
    }
    works = []
    for number in range(start, end):
        name = f"{'ABCDEFGHIJLMNOPRSTUWY'[number % 21]}{['a', 'l', 'h', 'd'][number % 4]}en{number}"
        keys = {f"sort_{code}": sort_key(name, code)[:255] for code in ("cy", "en")}
        letters = {f"letter_{code}": initial(name, code) for code in ("cy", "en")}
        own = {
            "key": f"work-{number}",
            "creators": name,
            "year": 1950 + number % 75,
            "type": ("report", "book", "chapter", "thesis")[number % 4],
            "title_language": ("en", "cy")[number % 5 == 0],
        }
        works.append(Work(**{**columns, **keys, **letters, **own}))
    made = Work.objects.bulk_create(works, batch_size=200)
    HallmarkReference.objects.bulk_create(
        [HallmarkReference(edition=edition, work=work, position=number % 30_000) for number, work in enumerate(made)],
        batch_size=200,
    )


def counted() -> "CaptureQueriesContext":
    """The queries of what is done within."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def answer(address: str) -> tuple[float, int]:
    """The best time of an answer, in milliseconds, and its queries."""
    from django.test import Client

    client = Client()
    times: list[float] = []
    with counted() as queries:
        status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address} answers {status}")
    for _turn in range(TURNS):
        begun = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - begun)
    return round(min(times) * 1000, 1), len(queries)


if __name__ == "__main__":
    main()
