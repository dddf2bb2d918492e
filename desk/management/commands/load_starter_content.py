"""`manage.py load_starter_content`: our own words, from `content/` into the database and live."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from desk.starter import KINDS, Line, Outcome, load
from desk.starter_files import StarterProblem


class Command(BaseCommand):
    help = (
        "Write the starter content (folder content/) into the database and put it live, in one transaction. A second run "
        "changes nothing; what people have edited since is never overwritten without --replace."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", action="append", choices=list(KINDS), help="only this kind; may be repeated")
        parser.add_argument("--replace", action="store_true", help="overwrite what people have edited since")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "content", help="where the files are")
        parser.add_argument("--json", action="store_true", help="print the report as JSON, and nothing else")

    def handle(self, *, only: list[str] | None, replace: bool, folder: Path, **options: object) -> None:
        self.as_json, self.verbosity = bool(options["json"]), int(str(options["verbosity"]))
        try:
            lines = load(root=folder, only=only or (), replace=replace, tell=self.tell)
        except StarterProblem as problem:
            if self.as_json:
                error = {"file": problem.file, "key": problem.key, "message": problem.message}
                self.stdout.write(json.dumps({"error": error}, ensure_ascii=False, indent=2))
            raise CommandError(_("Nothing was loaded. %(problem)s") % {"problem": problem}) from problem
        self.report(lines)

    def tell(self, line: Line) -> None:
        """Progress: a line for each thing that is written or left alone."""
        if self.as_json or self.verbosity == 0 or (line.outcome == Outcome.UNCHANGED and self.verbosity < 2):
            return
        self.stdout.write(f"{WORDS[line.outcome]()}: {line.kind} {line.key}")
        self.stdout.flush()

    def report(self, lines: list[Line]) -> None:
        counts = Counter(line.outcome for line in lines)
        if self.as_json:
            found = {
                "lines": [asdict(line) for line in lines],
                **{outcome.value: counts[outcome] for outcome in Outcome},
            }
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        elif self.verbosity:
            self.stdout.write(
                _("%(added)d added, %(updated)d updated, %(unchanged)d unchanged, %(kept)d edited since and kept.")
                % {outcome.value: counts[outcome] for outcome in Outcome}
            )


WORDS = {
    Outcome.ADDED: lambda: _("added"),
    Outcome.UPDATED: lambda: _("updated"),
    Outcome.UNCHANGED: lambda: _("unchanged"),
    Outcome.KEPT: lambda: _("edited since and kept"),
}
