"""Finding, resolving and linking the citations of a text: `python bench/citations.py`, from the root of the repository.

Prints the time for 1,000 words against a list and a bibliography of 1,000 works, of this process alone and by the clock on
the wall, and how it grows with either: the slope of its logarithm, 1 where the time doubles with the size and 0 where it does
not grow. Best of several runs, on a database in memory.
"""

import math
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["DATABASE_URL"] = "sqlite://:memory:"
os.environ.setdefault("SECRET_KEY", "of no use outside this measurement")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from references.citations import Listed  # noqa: E402
from references.citations.linking import link_citations  # noqa: E402
from references.citations.names import keys_of  # noqa: E402
from references.models import Work, WorkName  # noqa: E402

WORDS, WORKS, RUNS = 1_000, 1_000, 50
STEPS = (1, 2, 4, 8)
LISTED = 20  # in the text's own list
BUDGET = 10.0  # milliseconds


def add_works(first: int, last: int) -> None:
    """Works number `first` to `last`, each by an author and in a year of its own."""
    works = []
    for number in range(first, last):
        csl = {"title": f"Work {number}", "author": [{"family": name(number), "given": "A."}], "issued": issued(number)}
        works.append(Work(key=f"w-{number}", csl=csl, type="book", title=f"Work {number}", year=year(number)))
    stored = Work.objects.bulk_create(works)
    rows = [WorkName(work=work, key=key, form=form) for work in stored for key, form in keys_of(work.csl).items()]
    WorkName.objects.bulk_create(rows)


def name(number: int) -> str:
    letters = "abcdefghij"
    return "Awdur" + "".join(letters[int(figure)] for figure in str(number))


def year(number: int) -> int:
    return 1950 + number % 70


def issued(number: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [[year(number)]]}


def text(words: int) -> str:
    """Prose with a citation every 25 words: of the list, of the bibliography, and of neither in turn."""
    parts = []
    for place in range(words // 25):
        number = (place % LISTED, 100 + place % 500, 900_000 + place)[place % 3]
        parts.append(f"<p>{'geiriau am ddysgu ' * 7} ({name(number)}, {year(number)}).</p>")
    return "\n".join(parts)


def best(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Milliseconds of the quickest of several runs."""
    times = []
    for _ in range(RUNS):
        begin = clock()
        work()
        times.append(clock() - begin)
    return min(times) * 1_000


def slope(times: list[float]) -> float:
    """Of the straight line through the logarithms of sizes and times."""
    across = [math.log(step) for step in STEPS]
    up = [math.log(one) for one in times]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / sum(
        (x - middle) ** 2 for x in across
    )


def report(label: str, times: list[float]) -> None:
    figures = "  ".join(f"×{step} {one:.1f} ms" for step, one in zip(STEPS, times, strict=True))
    print(f"{label}: {figures}  slope {slope(times):.2f}")


def main() -> int:
    call_command("migrate", verbosity=0)
    add_works(0, WORKS)
    listed = [Listed(work) for work in Work.objects.order_by("pk")[:LISTED]]

    def measure(markup: str) -> float:
        return best(lambda: link_citations(markup, listed, "en"))

    thousand = text(WORDS)
    wall = best(lambda: link_citations(thousand, listed, "en"), time.perf_counter)
    by_text = [measure(text(WORDS * step)) for step in STEPS]
    by_works = []
    for step in STEPS:
        add_works(Work.objects.count(), WORKS * step)
        by_works.append(measure(text(WORDS)))
    print(
        f"{WORDS} words against {WORKS} works: {by_text[0]:.1f} ms (may take {BUDGET:.0f} ms); on the wall {wall:.1f} ms"
    )
    report("text ", by_text)
    report("works", by_works)
    kept = by_text[0] < BUDGET and slope(by_text) < 1.15 and slope(by_works) < 0.15
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
