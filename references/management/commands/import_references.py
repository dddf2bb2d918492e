"""`manage.py import_references`: works from RIS, BibTeX and CSL-JSON files into the bibliography."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.exchange.carrying import carry_out
from references.exchange.formats import read
from references.exchange.plan import Decision, ImportPlan, Outcome, plan_import, shown
from references.exchange.values import Item, ReadRefused
from references.services import refresh_each

PROGRESS = 500


class Command(BaseCommand):
    help = (
        "Read works from files in RIS, BibTeX or CSL-JSON (told apart by what they hold) and write them into the "
        "bibliography: what is new is added, what is changed is written; what is doubtful is left out and named. All files "
        "are read and checked first: if one is refused, nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a RIS, BibTeX or CSL-JSON file")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON, and nothing else")

    def handle(self, *, files: list[Path], dry_run: bool, **options: Any) -> None:
        items, origin = self.read_all(files)
        with transaction.atomic():
            made = plan_import(items)
            done = {} if dry_run else {row.number: decision for row, decision in carry_out(made)}
        if not dry_run:
            self.render()
        if options["json"]:
            self.stdout.write(json.dumps(report(made, done, origin, written=not dry_run), ensure_ascii=False, indent=1))
        else:
            self.say(made, origin, written=not dry_run)

    def render(self) -> None:
        """The entries of a large import, with a sign of life: they take some milliseconds each."""
        for number, _differed in enumerate(refresh_each(only_old=True), 1):
            if number % PROGRESS == 0:
                self.stderr.write(
                    ngettext("%(count)d entry rendered …", "%(count)d entries rendered …", number) % {"count": number}
                )

    def read_all(self, files: list[Path]) -> tuple[list[Item], list[str]]:
        """The works of all files, and the file of each."""
        items: list[Item] = []
        origin: list[str] = []
        problems = []
        for file in files:
            try:
                found = read(file.read_bytes())
            except (ReadRefused, OSError) as error:
                problems.append(f"{file}: {getattr(error, 'strerror', None) or error}")
                continue
            items += found
            origin += [str(file)] * len(found)
        if problems:
            said = ngettext(
                "%(count)d file was refused; nothing was written.",
                "%(count)d files were refused; nothing was written.",
                len(problems),
            )
            raise CommandError("\n".join([*problems, said % {"count": len(problems)}]))
        return items, origin

    def say(self, made: ImportPlan, origin: list[str], *, written: bool) -> None:
        several = len(set(origin)) > 1
        for row in made.rows:
            place = f"{origin[row.number - 1]}: " if several else ""
            self.stdout.write(f"{place}{row.outcome.label}: {row.key} – {shown(row.item.get('title'))}")
            for one in row.differences:
                self.stdout.write(f"    {one.field}: {one.before_shown} → {one.after_shown}")
            for reason in row.reasons:
                self.stdout.write(f"    {reason}")
        counts = made.counts
        total = _("%(new)d new, %(same)d the same, %(changed)d changed, %(doubtful)d doubtful and left out.") % counts
        self.stdout.write(total if written else f"{total} {_('Nothing was written.')}")


def report(made: ImportPlan, done: dict[int, Decision], origin: list[str], *, written: bool) -> dict[str, Any]:
    """For programs: the counts, and a line for every work of the files."""
    return {
        "written": written,
        **made.counts,
        "works": [
            {
                "file": origin[row.number - 1],
                "key": row.work.key if row.work and row.outcome != Outcome.DOUBTFUL else row.key,
                "outcome": row.outcome.value,
                "done": done.get(row.number, Decision.LEAVE).value,
                "title": str(row.item.get("title") or ""),
                "differs": [{"field": one.field, "before": one.before, "after": one.after} for one in row.differences],
                "work": row.work.key if row.work else None,
                "reasons": row.reasons,
            }
            for row in made.rows
        ],
    }
