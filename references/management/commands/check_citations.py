"""Print what the citation check finds in the texts: those that are being written, or else those that are live."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.checking.overview import Checkup, Shown, check_all, count_open


class Command(BaseCommand):
    """`check_citations [--json] [--all]`. Findings are no failure: the exit status is 0."""

    help = _("Say where the citations and the reference list of a text do not agree.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("a JSON array on standard output, and nothing else"))
        parser.add_argument("--all", action="store_true", help=_("excused findings too"))

    def handle(self, *args: Any, **options: Any) -> None:
        checkups = check_all()
        if options["json"]:
            data = [one for checkup in checkups for one in _data(checkup, with_excused=options["all"])]
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for checkup in checkups:
            self._say(checkup, with_excused=options["all"])
        count = count_open(checkups)
        message = ngettext("%(count)d citation finding is open.", "%(count)d citation findings are open.", count)
        self.stdout.write(message % {"count": count})

    def _say(self, checkup: Checkup, *, with_excused: bool) -> None:
        shown = _chosen(checkup, with_excused=with_excused)
        if not shown:
            return
        self.stdout.write(f"{checkup.kind.label}: {checkup.edition}")
        for one in shown:
            level = _("excused") if one.excuse else one.finding.level.label
            self.stdout.write(f"  {one.finding.language} {one.finding.field or '–'} [{level}] {one.wrong}")


def _chosen(checkup: Checkup, *, with_excused: bool) -> list[Shown]:
    return [one for one in checkup.shown if with_excused or one.excuse is None]


def _data(checkup: Checkup, *, with_excused: bool) -> list[dict[str, Any]]:
    content = checkup.edition.content
    text = {
        "text": f"{content.kind}:{content}",
        "text_kind": content.kind,
        "uuid": str(content.uuid),
        "title": str(checkup.edition),
        "stage": checkup.edition.stage,
    }
    return [
        {**text, **one.finding.as_data(), "message": one.wrong, "advice": one.advice, "excused": _excused(one)}
        for one in _chosen(checkup, with_excused=with_excused)
    ]


def _excused(one: Shown) -> dict[str, str] | None:
    if one.excuse is None:
        return None
    return {"reason": one.excuse.reason, "by": str(one.excuse.by or ""), "at": one.excuse.at.isoformat()}
