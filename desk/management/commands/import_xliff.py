"""`manage.py import_xliff`: translations from files into the working editions they were made from."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from desk.xliff.carrying import carry_out
from desk.xliff.commanding import add_by, facts_of, lines_of, request_by
from desk.xliff.judging import Plan, plan_import
from foundation.bilingual.xliff import MOST_BYTES, File, Refused, read


class Command(BaseCommand):
    help = (
        "Read XLIFF files that export_xliff or the desk made, and write each translation into the working edition. A text "
        "that has moved since is refused by itself, with the reason. All files are read first: if one is refused, nothing "
        "is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an XLIFF file")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        add_by(parser)

    def handle(self, *, files: list[Path], **options: Any) -> None:
        request = request_by(options["by"])
        read_files = {file: self.read(file) for file in files}
        found: dict[Path, Plan] = {}
        with transaction.atomic():
            for number, (file, held) in enumerate(read_files.items(), 1):
                if options["verbosity"] > 1:
                    self.stderr.write(f"{number}/{len(read_files)} {file}")
                found[file] = plan_import(request, held) if options["dry_run"] else carry_out(request, held)
        if options["json"]:
            facts = [{"file": str(file), **facts_of(plan)} for file, plan in found.items()]
            self.stdout.write(json.dumps({"written": not options["dry_run"], "files": facts}))
            return
        for file, plan in found.items():
            self.stdout.write(f"{file}:")
            for line in lines_of(plan):
                self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write(_("Nothing has been written."))

    def read(self, file: Path) -> File:
        try:
            with file.open("rb") as opened:
                return read(opened.read(MOST_BYTES + 1))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except Refused as refused:
            said = _("%(file)s: %(reason)s Nothing was written.")
            raise CommandError(said % {"file": file, "reason": refused.message}) from refused
