"""`manage.py check_integrity`: what the database derives, derived anew, and put right where it differs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from references.models import Work
from references.services import refresh_each

PROGRESS = 500


class Command(BaseCommand):
    help = (
        "Derive the columns, entries and names of every work of the bibliography anew from its item, and store what differs: "
        "SQL, update() or loaddata may have left it behind. Run it after restoring a dump."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON, and nothing else")

    def handle(self, **options: Any) -> None:
        total, repaired = Work.objects.count(), 0
        for number, differed in enumerate(refresh_each(), 1):
            repaired += differed
            if number % PROGRESS == 0:
                self.stderr.write(f"{number}/{total}")
        if options["json"]:
            self.stdout.write(json.dumps({"works": {"checked": total, "repaired": repaired}}))
            return
        said = ngettext(
            "%(repaired)d of %(count)d work was put right.", "%(repaired)d of %(count)d works were put right.", total
        )
        self.stdout.write(said % {"repaired": repaired, "count": total})
