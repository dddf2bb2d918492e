"""What the two commands share: as whom they act, and what they print."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from desk.xliff.judging import Plan, Verdict
from desk.xliff.views import may_translate
from foundation.people.models import User


def add_by(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--by", required=True, metavar="EMAIL", help="the member of staff who does it, with their rights"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON, and nothing else")


def request_by(email: str) -> HttpRequest:
    """A request of that person, of whom the admin says what they may do. Raises `CommandError` for one who may not translate."""
    request: Any = HttpRequest()
    request.user = User.objects.filter(email__iexact=email, is_active=True, is_staff=True).first()
    if request.user is None or not may_translate(request):
        raise CommandError(_("%(email)s is not the address of somebody who may translate.") % {"email": email})
    asked: HttpRequest = request
    return asked


def facts_of(plan: Plan) -> dict[str, Any]:
    """What became of the texts of a file, for a program."""
    return {
        "to": str(plan.to),
        "counts": {str(verdict): count for verdict, count in plan.counts.items()},
        "agreed": plan.agreeing,
        "texts": [
            {
                "model": line.unit.model,
                "key": line.unit.key,
                "field": line.unit.field,
                "verdict": str(line.verdict),
                "reason": line.reason,
                "agreed": line.agrees,
            }
            for line in plan.lines
        ],
    }


def lines_of(plan: Plan) -> list[str]:
    """The same, for a person: how many of each, then each that is not as it was."""
    said = [f"{count:6} {verdict.label}" for verdict, count in plan.counts.items() if count]
    for line in plan.lines:
        if line.verdict != Verdict.SAME or line.agrees:
            name = line.thing.name if line.thing else f"{line.unit.model} {line.unit.key}"
            said.append(f"  {name}, {line.label}: {line.verdict.label}. {line.explanation}".rstrip())
    return said
