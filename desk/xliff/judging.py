"""What would become of each text of a file: looked at one by one, before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.xliff.texts import Row, Thing, writable
from foundation.bilingual.agreement import State, fingerprint, texts
from foundation.bilingual.languages import Language
from foundation.bilingual.policies import IN_STEP, Policy
from foundation.bilingual.xliff import File, Unit, stamp
from foundation.correspondence.models import Wording
from foundation.correspondence.wordings import problems_of_body, problems_of_subject
from foundation.publishing.prose import clean_prose, clean_text


class Verdict(models.TextChoices):
    """What becomes of one text."""

    NEW = "new", _("new")
    SAME = "same", _("the same")
    STALE = "stale", _("changed here meanwhile")
    COPIED = "copied", _("copied, not translated")
    UNFIT = "unfit", _("cannot be used")
    MISSING = "missing", _("not translated")
    UNKNOWN = "unknown", _("unknown")


#: Why a text is not written, by a code; None of them changes anything.
REASONS: dict[str, tuple[Verdict, str | Promise]] = {
    "unknown": (
        Verdict.UNKNOWN,
        _("There is no such text, or you may not write it now: it is published, or closed, or gone."),
    ),
    "language": (Verdict.UNFIT, _("This language of the text is not yours to write.")),
    "codes": (Verdict.UNFIT, _("Its codes are not those that were sent.")),
    "source-moved": (Verdict.STALE, _("The text it was translated from has been changed since.")),
    "source-altered": (Verdict.UNFIT, _("The text it was translated from was changed in the file.")),
    "target-moved": (Verdict.STALE, _("Somebody has written a translation here since.")),
    "missing": (Verdict.MISSING, _("The file has no translation of it.")),
    "copied": (Verdict.COPIED, _("It is the same text in both languages.")),
    "too-long": (Verdict.UNFIT, _("It is too long.")),
    "placeholders": (Verdict.UNFIT, _("Its {placeholders} are not those of this message.")),
}


#: How long a text may be at all: some ten times the longest body.
MOST_LETTERS = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """One text of a file. `text` is what would be written; `agrees`: that both texts match is recorded."""

    unit: Unit
    verdict: Verdict
    reason: str = ""
    thing: Thing | None = None
    row: Row | None = None
    text: str = ""
    agrees: bool = False

    @property
    def explanation(self) -> str | Promise:
        return REASONS[self.reason][1] if self.reason else ""

    @property
    def label(self) -> str:
        return self.row.label(self.unit.field) if self.row else self.unit.field

    def before(self, to: str) -> str:
        """The translation that stands here now."""
        return texts(self.row.obj, self.unit.field)[to != "cy"] if self.row else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of each text of a file into the language `to`."""

    to: Language
    lines: list[Line]

    def of(self, verdict: Verdict) -> list[Line]:
        return [line for line in self.lines if line.verdict == verdict]

    @property
    def counts(self) -> dict[Verdict, int]:
        return {verdict: len(self.of(verdict)) for verdict in Verdict}

    @property
    def agreeing(self) -> int:
        return sum(line.agrees for line in self.lines)

    @property
    def changes_nothing(self) -> bool:
        return not self.of(Verdict.NEW) and not self.agreeing


def plan_import(request: HttpRequest, file: File) -> Plan:
    """What the person's importing of `file` would do now."""
    things = writable(request)
    rows = {(row.model, row.key): (thing, row) for thing in things for row in thing.rows}
    to = Language(file.target_language)
    return Plan(to, [_judge(unit, to, *rows.get((unit.model, unit.key), (None, None))) for unit in file.units])


def _judge(unit: Unit, to: Language, thing: Thing | None, row: Row | None) -> Line:
    if thing is None or row is None or row.states.get(unit.field) is None:
        return _refused(unit, "unknown")
    state = row.states[unit.field]
    if state.policy == Policy.NOT_OURS:
        return _refused(unit, "unknown")
    if len(unit.target) > MOST_LETTERS:
        return _refused(unit, "too-long", thing, row)
    cleaned = clean_prose(unit.target) if unit.field in row.prose else clean_text(unit.target).strip()
    source, target = _now(row, unit.field, to)
    same = fingerprint(cleaned) == fingerprint(target)
    reason = next(_faults(unit, to, row, source, cleaned, target), "")
    if reason and not (same and cleaned and reason in ("target-moved", "copied")):
        return _refused(unit, reason, thing, row, cleaned)
    agrees = unit.is_done and state.policy in IN_STEP and fingerprint(cleaned) != fingerprint(source)
    if same:
        agrees = agrees and state.state != State.IN_STEP
        return Line(unit, Verdict.SAME, thing=thing, row=row, text=target, agrees=agrees)
    return Line(unit, Verdict.NEW, thing=thing, row=row, text=cleaned, agrees=agrees)


def _now(row: Row, field: str, to: Language) -> tuple[str, str]:
    cy, en = texts(row.obj, field)
    return (en, cy) if to == Language.CY else (cy, en)


def _refused(unit: Unit, reason: str, thing: Thing | None = None, row: Row | None = None, text: str = "") -> Line:
    return Line(unit, REASONS[reason][0], reason, thing, row, text)


def _faults(unit: Unit, to: Language, row: Row, source: str, cleaned: str, target: str) -> Iterator[str]:
    """Why the translation is not written, the first reason first."""
    if to not in row.languages[unit.field]:
        yield "language"
    if unit.is_broken:
        yield "codes"
    if stamp(source) != unit.source_stamp:
        yield "source-moved"
    if unit.source != source and (len(unit.source) > MOST_LETTERS or stamp(unit.source) != unit.source_stamp):
        yield "source-altered"
    if not fingerprint(cleaned):
        yield "missing"
    if stamp(target) != unit.target_stamp:
        yield "target-moved"
    if row.states[unit.field].policy == Policy.REQUIRED and fingerprint(cleaned) == fingerprint(source):
        yield "copied"
    limit: Any = row.obj._meta.get_field(unit.field).max_length
    if limit is not None and len(cleaned) > limit:
        yield "too-long"
    if isinstance(row.obj, Wording):
        judge = problems_of_subject if unit.field == "subject" else problems_of_body
        if judge(row.obj.kind, cleaned):
            yield "placeholders"
