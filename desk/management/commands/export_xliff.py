"""`manage.py export_xliff`: the texts that wait for translation in one direction, as a file for translators."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.xliff.commanding import add_by, request_by
from desk.xliff.texts import Thing, waiting_for, writable
from desk.xliff.views import export_file
from foundation.bilingual.languages import Language
from foundation.bilingual.xliff import Version, write


class Command(BaseCommand):
    help = (
        "Write the texts that wait for translation into one language to an XLIFF file, from the working editions that "
        "the person may write. With --only, those of the things named (as model:key, the words that --json gives)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to make")
        parser.add_argument("--to", required=True, choices=Language.values, help="the language to translate into")
        parser.add_argument("--xliff", choices=Version.values, default=Version.V2.value, help="the version of XLIFF")
        parser.add_argument("--only", action="append", metavar="THING", help="this thing only; may be given again")
        parser.add_argument("--all-texts", action="store_true", help="texts that are in step too")
        add_by(parser)

    def handle(self, *, file: Path, **options: Any) -> None:
        to = Language(options["to"])
        found = writable(request_by(options["by"]))
        things = self.chosen(found if options["all_texts"] else waiting_for(found, to), options["only"])
        for number, thing in enumerate(things, 1):
            if options["verbosity"] > 1:
                self.stderr.write(f"{number}/{len(things)} {thing.name}")
        made = export_file(things, to, waiting=not options["all_texts"])
        if not made.units:
            raise CommandError(_("Nothing waits for translation in this direction; no file was made."))
        try:
            file.write_bytes(write(made, Version(options["xliff"])))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        if options["json"]:
            facts = {"file": str(file), "texts": len(made.units), "things": [thing.key for thing in things]}
            self.stdout.write(json.dumps(facts))
            return
        said = ngettext(
            "%(file)s: %(count)d text to translate.", "%(file)s: %(count)d texts to translate.", len(made.units)
        )
        self.stdout.write(said % {"file": file, "count": len(made.units)})

    def chosen(self, things: list[Thing], only: list[str] | None) -> list[Thing]:
        if only is None:
            return things
        missing = set(only) - {thing.key for thing in things}
        if missing:
            said = _("Nothing of %(things)s waits for this person to translate it.")
            raise CommandError(said % {"things": ", ".join(sorted(missing))})
        return [thing for thing in things if thing.key in only]
