"""`manage.py export_references`: the bibliography, or some of its works, as RIS, BibTeX or CSL-JSON, with all that is kept."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.exchange.formats import Format, write
from references.exchange.items import staff_item
from references.models import Work


class Command(BaseCommand):
    help = (
        "Write the works of the bibliography in RIS, BibTeX or CSL-JSON, to standard output or to a file. For staff: the "
        "editors’ own notes are in it, so that importing it again gives back the same bibliography."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("keys", nargs="*", metavar="KEY", help="the keys of the works (default: all)")
        parser.add_argument("--format", choices=Format.values, help="default: by the name of the file, or else json")
        parser.add_argument("--json", action="store_true", help="the same as --format json")
        parser.add_argument("--output", type=Path, metavar="FILE", help="a file to write to")

    def handle(self, *, keys: list[str], output: Path | None, **options: Any) -> None:
        suffix = output.suffix.removeprefix(".").lower() if output else ""
        chosen = "json" if options["json"] else options["format"] or (suffix if suffix in Format.values else "json")
        works = list(Work.objects.filter(key__in=keys) if keys else Work.objects.all())
        if unknown := sorted(set(keys) - {work.key for work in works}):
            raise CommandError(_("There is no work with the key: %(keys)s") % {"keys": ", ".join(unknown)})
        text = write([staff_item(work) for work in sorted(works, key=lambda work: work.pk)], Format(chosen))
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror or error}") from error
        said = ngettext("%(count)d work written to %(file)s.", "%(count)d works written to %(file)s.", len(works))
        self.stderr.write(said % {"count": len(works), "file": output})
