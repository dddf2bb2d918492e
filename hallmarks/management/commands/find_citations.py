"""`manage.py find_citations`: the citations in the body of a page, and the works they mean."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallmarks.citing_files import read_citations
from hallmarks.page_text import NotAHallmarkPage
from references.citations import How, Resolved


class Command(BaseCommand):
    help = (
        "Find the citations in the body of a page, as saved from the site, or of a plain text. Its reference list is not "
        "searched, but says which works are meant; what it does not hold is looked for in the bibliography."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the text of a page, or any plain text")
        parser.add_argument("--json", action="store_true", help="print a JSON array, and nothing else")

    def handle(self, *, file: Path, json: bool, **options: Any) -> None:
        try:
            found = read_citations(file.read_bytes())
        except OSError as error:
            message = _("%(file)s cannot be read: %(reason)s.")
            raise CommandError(message % {"file": file, "reason": error.strerror}) from error
        except NotAHallmarkPage as error:
            message = _("%(file)s is not a text: %(reason)s")
            raise CommandError(message % {"file": file, "reason": error}) from error
        if json:
            self.stdout.write(_as_json(found))
        else:
            self._tell(file, found)

    def _tell(self, file: Path, found: list[Resolved]) -> None:
        count = ngettext("%(file)s: %(count)d citation.", "%(file)s: %(count)d citations.", len(found))
        self.stdout.write(count % {"file": file, "count": len(found)})
        for one in found:
            where = f"{one.citation.char_start}–{one.citation.char_end}"
            self.stdout.write(f"  {where}  {one.citation.as_printed}  →  {_meaning(one)}")


def _meaning(one: Resolved) -> str:
    if one.how == How.AMBIGUOUS:
        keys = ", ".join(work.key for work in one.candidates)
        return _("ambiguous: %(keys)s") % {"keys": keys}
    if one.work is not None:
        return one.work.key
    return _("listed, but not in the bibliography") if one.how == How.LIST else _("not found")


def _as_json(found: list[Resolved]) -> str:
    rows = [
        {
            "as_printed": one.citation.as_printed,
            "authors_as_printed": one.citation.authors_as_printed,
            "year": one.citation.year,
            "char_start": one.citation.char_start,
            "char_end": one.citation.char_end,
            "kind": one.citation.kind,
            "ref_id": one.work.key if one.work else None,
        }
        for one in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
