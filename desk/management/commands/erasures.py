"""The list of what was erased and redacted: taken out before a backup is restored, and done again after that."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casestudies.forgetting import erase_again
from casestudies.models import Erasure
from foundation.record.models import Redaction
from foundation.record.redaction import redact_again


class Command(BaseCommand):
    """Without `--again` the list, as JSON; it names nobody. With it, everything on it is done again, all of it or nothing."""

    help = (
        "Print the list of erasures and redactions as JSON. After a backup was restored: `erasures --again FILE` adds what "
        "FILE lists and the backup does not know, and does all of it again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a list that this command has printed")
        parser.add_argument("--again", action="store_true", help="do all of it again")

    def handle(self, *args: Any, file: Path | None, again: bool, **options: Any) -> None:
        if not again:
            if file:
                raise CommandError("A file is read with --again only.")
            self.stdout.write(json.dumps(_listed(), indent=1))
            return
        with transaction.atomic():
            if file:
                _add(_read(file))
            erased = sum(erase_again(erasure) for erasure in Erasure.objects.order_by("at", "pk"))
            redacted = sum(bool(redact_again(redaction)) for redaction in Redaction.objects.order_by("at", "pk"))
        self.stdout.write(f"Erased again: {erased}. Redacted again: {redacted}.")


def _listed() -> dict[str, list[dict[str, Any]]]:
    return {
        "erasures": [
            {"subject": str(one.subject), "what": one.what, "at": one.at.isoformat()}
            for one in Erasure.objects.order_by("at", "pk")
        ],
        "redactions": [
            {
                "uuid": str(one.uuid),
                "at": one.at.isoformat(),
                "actor": one.actor,
                "marks": one.marks,
                "places": one.places,
            }
            for one in Redaction.objects.order_by("at", "pk")
        ],
    }


def _read(file: Path) -> Any:
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
        for one in [*listed["erasures"], *listed["redactions"]]:
            one["at"] = datetime.fromisoformat(one["at"])
        return listed
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{file} is no list that this command has printed: {error}") from error


def _add(listed: Any) -> None:
    for one in listed["erasures"]:
        Erasure.objects.get_or_create(subject=one["subject"], what=one["what"], defaults={"at": one["at"]})
    for one in listed["redactions"]:
        given = {name: one[name] for name in ("at", "actor", "marks", "places")}
        Redaction.objects.get_or_create(uuid=one["uuid"], defaults=given)
