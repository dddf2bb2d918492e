"""Everything that is found in one text."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casestudies.safeguarding.births import births
from casestudies.safeguarding.contact import addresses, emails, telephones
from casestudies.safeguarding.kinds import Kind
from casestudies.safeguarding.numbers import upns
from casestudies.safeguarding.pupils import pupils

Span = tuple[int, int]
_DETECTORS: tuple[tuple[Kind, Callable[[str], Iterable[Span]]], ...] = (
    (Kind.EMAIL, emails),
    (Kind.ADDRESS, addresses),
    (Kind.UPN, upns),
    (Kind.BIRTH, births),
    (Kind.PUPIL, pupils),
    (Kind.TELEPHONE, telephones),
)
MOST_QUOTED = 150
AROUND = 60  # characters shown on each side of a quote


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, with enough of what stands around it to recognise it by."""

    kind: Kind
    start: int
    end: int
    quote: str
    before: str
    after: str


def find(text: str) -> list[Found]:
    """What is found in `text`, in the order of the text; the same words once for each kind. Every rule knows both languages."""
    found: dict[tuple[str, str], Found] = {}
    for one in sorted(_all(text), key=lambda one: (one.start, one.end)):
        found.setdefault((one.kind, one.quote), one)
    return list(found.values())


def _all(text: str) -> Iterator[Found]:
    taken = bytearray(len(text))
    for kind, detect in _DETECTORS:
        for start, end in detect(text):
            if any(taken[start:end]):
                continue  # the first rule that knows these words has them
            taken[start:end] = b"\1" * (end - start)
            quote = in_line(text[start:end])[:MOST_QUOTED]
            yield Found(kind, start, end, quote, _before(text, start), _after(text, end))


def in_line(text: str) -> str:
    """`text` on one line, so that the same words match however they were broken."""
    return re.sub(r"\s+", " ", text).strip()


def _before(text: str, start: int) -> str:
    """The words before a place."""
    cut = text[max(0, start - AROUND) : start]
    if start > AROUND:
        cut = "…" + (cut.partition(" ")[2] or cut)
    return re.sub(r"\s+", " ", cut).lstrip()


def _after(text: str, end: int) -> str:
    cut = text[end : end + AROUND]
    if end + AROUND < len(text):
        cut = (cut.rpartition(" ")[0] or cut) + "…"
    return re.sub(r"\s+", " ", cut).rstrip()
