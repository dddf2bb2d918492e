"""`manage.py check_translations`: how the two languages stand to each other, everywhere."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.bilingual.agreement import State
from foundation.bilingual.completeness import Completeness, Item, count, repair
from foundation.bilingual.languages import Language


class Command(BaseCommand):
    help = (
        "Count the state of every translated field, derived from the texts as they stand, list what is missing, copied or "
        "not in step, and fail when a live text is not in step without an override."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the report as JSON, and nothing else")
        parser.add_argument(
            "--repair", action="store_true", help="first derive anew what lists and the desk keep of the states"
        )

    def handle(self, **options: object) -> None:
        as_json, verbosity = bool(options["json"]), int(str(options["verbosity"]))
        if options["repair"]:
            counts = repair(timezone.now())
            if not as_json:
                self.stdout.write(
                    _("Derived anew: what lists and the desk keep (%(count)d counts).") % {"count": counts}
                )
        found = count(lambda model: None if as_json or verbosity < 2 else self.stdout.write(model))
        if as_json:
            self.stdout.write(json.dumps(_facts(found), ensure_ascii=False, indent=2))
        else:
            self.report(found)
        if found.breaches:
            raise CommandError(
                ngettext(
                    "%(count)d field of a live text is not in step and has no override.",
                    "%(count)d fields of live texts are not in step and have no override.",
                    len(found.breaches),
                )
                % {"count": len(found.breaches)}
            )

    def report(self, found: Completeness) -> None:
        for state in State:
            self.stdout.write(f"{found.states[state]:6} {state.label}")
        self.stdout.write(_("%(count)6d copied, not translated") % {"count": found.states["copied"]})
        for language in Language:
            self.stdout.write(
                _("%(language)s: %(words)d words, %(percent)d %%")
                % {
                    "language": language.label,
                    "words": found.words[language.value],
                    "percent": found.percent[language.value],
                }
            )
        self.list_items(_("Not in step, missing or copied:"), found.wanting)
        self.list_items(_("Live, not in step, and without an override:"), found.breaches)

    def list_items(self, heading: str, items: list[Item]) -> None:
        if items:
            self.stdout.write(heading)
        for item in items:
            self.stdout.write(f"  {item.model} {item.pk} {item.field}: {item.state} ({item.name})")


def _facts(found: Completeness) -> dict[str, object]:
    known: Counter[str] = found.states
    return {
        "objects": found.objects,
        "states": {state.value: known[state] for state in State} | {"copied": known["copied"]},
        "words": {language: found.words[language] for language in ("cy", "en")},
        "percent": found.percent,
        "not_in_step": [asdict(item) for item in found.wanting],
        "live_without_override": [asdict(item) for item in found.breaches],
    }
