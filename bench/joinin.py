#!/usr/bin/env python
"""How long the server works on the sending of a whole story: every page answered in both languages, five pictures, sent.

`python bench/joinin.py` makes a database of its own and prints the milliseconds of each page and their sum. The pictures
are already small files: what their re-encoding takes is printed apart and left out of the sum.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = 5
#: Paragraphs of each section: about a thousand words, in each language.
PARAGRAPHS = 40


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3"),
            "EMAIL_URL": "memorymail://",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure()


def measure() -> None:
    from casestudies.joinin import uploads as joinin_uploads
    from casestudies.models import EditionPicture
    from tests.factories import HallmarkFactory, png
    from tests.joinin.school import School, answers

    for number in range(1, 9):
        HallmarkFactory.create(number=number)
    encoding = 0.0
    uploads: Any = joinin_uploads
    clean = uploads.clean_picture

    def timed_encoding(*args: Any, **kwargs: Any) -> Any:
        nonlocal encoding
        began = time.perf_counter()
        try:
            return clean(*args, **kwargs)
        finally:
            encoding += time.perf_counter() - began

    uploads.clean_picture = timed_encoding
    school = School()
    times: dict[str, float] = {}

    def timed(name: str, act: Callable[[], Any]) -> Any:
        began, before = time.perf_counter(), encoding
        answer = act()
        times[name] = times.get(name, 0.0) + time.perf_counter() - began - (encoding - before)
        return answer

    school.fill()  # templates and catalogues are read once
    school.client.post("/en/join-in/discard/", {"version": school.case.version})
    school = School()
    timed("start", school.start)
    long = "\n\n".join("Darllenodd pawb bob wythnos, ac yna trafod y gwaith. " * 3 for _part in range(PARAGRAPHS))
    given = answers()
    for key in ("about", "context", "activity", "impact", "evidence", "sharing"):
        given[key] = {name: f"{text}\n\n{long}" for name, text in given[key].items()}
    for key, answer in given.items():
        if key == "pictures":
            for number in range(PICTURES):
                upload = png(1600, 1200, "teal")
                upload.name = f"llun-{number}.png"
                timed("pictures", partial(school.answer, "pictures", {"picture": upload, "add": "1"}))
            rows = EditionPicture.objects.filter(edition__content=school.case).select_related("picture")
            answer = {f"alt_{one}-{row.picture.token}": "Silff" for row in rows for one in ("cy", "en")}
            answer |= {f"people-{row.picture.token}": "no" for row in rows}
        timed(key, partial(school.answer, key, answer))
    timed("check (shown)", lambda: school.get("check"))
    answer = timed("check (sent)", school.send)
    case = school.case
    pictures = sum(edition.pictures.count() for edition in case.editions.all())
    for name, seconds in times.items():
        print(f"{name:20} {seconds * 1000:8.1f} ms")
    print(f"{'whole':20} {sum(times.values()) * 1000:8.1f} ms of server time, without re-encoding {pictures} pictures")
    print(f"{'sending alone':20} {times['check (sent)'] * 1000:8.1f} ms")
    print(f"{'re-encoding':20} {encoding * 1000:8.1f} ms")
    print(f"state now: {case.status}, answer {answer.status_code}")


if __name__ == "__main__":
    main()
