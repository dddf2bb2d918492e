"""How much slower the public bibliography is with 10,000 works than with 100: prints times, queries and their ratio.

Run it with `python bench/bibliography.py`; it makes a database of its own and removes it.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

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
        figures = measure()
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


def answer(address: str) -> tuple[float, int]:
    """The best time of an answer, in milliseconds, and its queries."""
    from django.db import connection
    from django.test import Client

    client = Client()
    times: list[float] = []
    queries: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
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
