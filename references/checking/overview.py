"""The check over one text or all of them, with what editors have decided. As many queries for one text as for a hundred."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from references.checking.findings import Finding
from references.checking.kinds import State
from references.checking.messages import advice, wrong
from references.checking.reading import Reading, read, read_all, read_texts
from references.checking.registry import Checked
from references.checking.rules import check_both
from references.models.checking import Excuse
from references.models.citations import CitationLink
from references.models.works import Work


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its words and, where somebody excused it, the excuse."""

    finding: Finding
    excuse: Excuse | None = None

    @property
    def wrong(self) -> str:
        return wrong(self.finding)

    @property
    def advice(self) -> str:
        return advice(self.finding)

    @property
    def state(self) -> State:
        if self.excuse:
            return State.EXCUSED
        return State.OPEN if self.finding.is_warning else State.INFORMATION

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == State.OPEN


@dataclass(frozen=True, slots=True)
class Checkup:
    """What the check found in one edition, and the excuses that match nothing any more."""

    edition: Any
    kind: Checked
    shown: Sequence[Shown]
    stale: Sequence[Excuse]
    links: Sequence[CitationLink] = ()
    listed: Sequence[Work] = ()

    @property
    def excuses(self) -> list[Excuse]:
        """Every excuse of the text, those that match nothing any more too."""
        return [*(one.excuse for one in self.shown if one.excuse), *self.stale]

    @property
    def open(self) -> list[Shown]:
        return [one for one in self.shown if one.is_open]

    def find(self, mark: str) -> Shown | None:
        return next((one for one in self.shown if one.finding.mark == mark), None)


def check_edition(edition: Any) -> Checkup | None:
    """The check of one edition; None where its kind is not checked."""
    found = read([edition])
    return _checkups(found)[0] if found else None


def check_all() -> list[Checkup]:
    """The check of every text that staff see: its working edition, or else its live one."""
    return _checkups(read_all())


def check_texts(kind: Checked, keys: Collection[int]) -> list[Checkup]:
    """The same of the contents of this kind with these keys."""
    return _checkups(read_texts(kind, keys))


def count_open(checkups: Iterable[Checkup]) -> int:
    return sum(len(checkup.open) for checkup in checkups)


def _checkups(readings: Sequence[Reading]) -> list[Checkup]:
    excuses: dict[Any, list[Excuse]] = {}
    subjects = [reading.edition.content.uuid for reading in readings]
    for excuse in Excuse.objects.filter(subject__in=subjects).select_related("by"):
        excuses.setdefault(excuse.subject, []).append(excuse)
    return [_checkup(reading, excuses.get(reading.edition.content.uuid, [])) for reading in readings]


def _checkup(reading: Reading, excuses: Sequence[Excuse]) -> Checkup:
    known = {excuse.identity: excuse for excuse in excuses}
    findings = check_both(reading.cy, reading.en, in_step=reading.in_step)
    shown = [Shown(finding, known.pop(finding.identity, None)) for finding in findings]
    shown.sort(key=lambda one: (not one.is_open, not one.finding.is_warning))
    listed = [entry.work for entry in reading.en.entries]
    return Checkup(reading.edition, reading.kind, shown, list(known.values()), reading.links, listed)
