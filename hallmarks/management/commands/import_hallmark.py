"""`manage.py import_hallmark`: the text of hallmark pages into the working editions of their hallmarks."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.publishing.services import ChangedSince
from hallmarks.import_plan import ImportRefused, Plan
from hallmarks.import_writing import carry_out
from hallmarks.importing import plan


class Command(BaseCommand):
    help = (
        "Read the text of hallmark pages and write it into the working edition of each hallmark, found by its title or "
        "named by --number. The live text is not touched. All files are read and checked first: if one is refused, "
        "nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the text of a page")
        parser.add_argument("--number", type=int, choices=range(1, 9), help="which hallmark; for one file only")
        parser.add_argument("--language", choices=["cy", "en"], help="the language of the pages (default: guessed)")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument(
            "--replace", action="store_true", help="overwrite a working edition edited since, or another title"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON, and nothing else")

    def handle(self, *, files: list[Path], dry_run: bool, **options: Any) -> None:
        if options["number"] and len(files) > 1:
            raise CommandError(_("--number says which hallmark one file is: name one file only."))
        asked = {name: options[name] for name in ("number", "language", "replace")}
        plans, refused = self.plan_all(files, asked)
        if not refused and not dry_run:
            for file in plans:
                plans[file] = self.write(file, asked)
        self.report(plans, refused, written=not refused and not dry_run, guessed=not options["language"], **options)
        if refused:
            raise CommandError(
                ngettext(
                    "%(count)d file was refused; nothing was written.",
                    "%(count)d files were refused; nothing was written.",
                    len(refused),
                )
                % {"count": len(refused)}
            )

    def write(self, file: Path, asked: dict[str, Any]) -> Plan:
        """Plan again, as works that one file adds are known to the next, and carry it out."""
        try:
            made = plan(file.read_bytes(), file=file.name, **asked)
            if not made.changes_nothing:
                carry_out(made)
        except (ImportRefused, ChangedSince) as error:
            message = _(
                "%(file)s: somebody changed the hallmark meanwhile. This file and those after it were not written."
            )
            raise CommandError(message % {"file": file}) from error
        return made

    def plan_all(self, files: list[Path], asked: dict[str, Any]) -> tuple[dict[Path, Plan], dict[Path, ImportRefused]]:
        plans: dict[Path, Plan] = {}
        refused: dict[Path, ImportRefused] = {}
        for file in files:
            try:
                plans[file] = plan(file.read_bytes(), file=file.name, **asked)
            except ImportRefused as error:
                refused[file] = error
            except OSError as error:
                refused[file] = ImportRefused("unreadable", error.strerror or str(error))
        count = Counter((made.number, made.language) for made in plans.values())
        for file, made in list(plans.items()):
            if count[made.number, made.language] > 1:
                refused[file] = ImportRefused("twice", _("Two files hold the same hallmark in the same language."))
                del plans[file]
        return plans, refused

    def report(
        self,
        plans: dict[Path, Plan],
        refused: dict[Path, ImportRefused],
        *,
        written: bool,
        guessed: bool,
        **options: Any,
    ) -> None:
        if options["json"]:
            found = [_refusal(file, error) for file, error in refused.items()]
            found += [_facts(file, made, written=written, guessed=guessed) for file, made in plans.items()]
            self.stdout.write(json.dumps({"files": found}, ensure_ascii=False, indent=2))
            return
        for file, error in refused.items():
            self.stdout.write(_("%(file)s: refused. %(reason)s") % {"file": file, "reason": error})
            if error.diff:
                self.stdout.write(error.diff)
        for file, made in plans.items():
            self.tell(file, made, written=written, guessed=guessed)

    def tell(self, file: Path, made: Plan, *, written: bool, guessed: bool) -> None:
        values = {"file": file, "number": made.number, "language": made.language.label, "title": made.after.title}
        self.stdout.write(_("%(file)s: hallmark %(number)d, “%(title)s”.") % values)
        self.stdout.write(
            (_("  Language: %(language)s (guessed).") if guessed else _("  Language: %(language)s.")) % values
        )
        for note in made.notes:
            self.stdout.write(f"  {note}")
        counts = {
            "paragraphs": len(made.page.paragraphs),
            "references": len(made.listed),
            "added": len(made.works_added),
            "connections": len(made.links),
        }
        if made.changes_nothing:
            self.stdout.write(_("  Nothing to change."))
            return
        self.stdout.write(_("  Written to the working edition:") if written else _("  Would be written:"))
        self.stdout.write(
            _(
                "  paragraphs: %(paragraphs)d; references: %(references)d; new works: %(added)d; connections: %(connections)d"
            )
            % counts
        )


def _refusal(file: Path, error: ImportRefused) -> dict[str, Any]:
    return {"file": str(file), "outcome": "refused", "code": error.code, "reason": str(error), "diff": error.diff}


def _facts(file: Path, made: Plan, *, written: bool, guessed: bool) -> dict[str, Any]:
    done = "written" if written else "would-be-written"
    return {
        "file": str(file),
        "outcome": "unchanged" if made.changes_nothing else done,
        "number": made.number,
        "language": made.language.value,
        "language_guessed": guessed,
        "title": made.after.title,
        "paragraphs": len(made.page.paragraphs),
        "references": [
            {"work": one.key, "printed": one.printed, "added": one.item is not None, "probable": one.is_probable}
            for one in made.listed
        ],
        "source": made.after.source,
        "connections": [key for key, _printed in made.after.connections],
        "unplaced": [{"line": one.line, "text": one.text} for one in made.page.unplaced],
        "notes": made.notes,
    }
