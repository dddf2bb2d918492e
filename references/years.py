"""The years that a reader types: "2015", "2012–2019", "2012–" or "–1990"."""

import re
from dataclasses import dataclass

from django.db.models import Q

_YEAR = "([0-9]{4})"
_LINE = r"\s*[-\u2010-\u2015\u2212]\s*"
_ONE, _RANGE = re.compile(_YEAR), re.compile(f"{_YEAR}?{_LINE}{_YEAR}?")


@dataclass(frozen=True, slots=True)
class Years:
    """What was typed, and the first and the last year that it means; None for no end on that side."""

    typed: str = ""
    first: int | None = None
    last: int | None = None

    @classmethod
    def of(cls, text: str) -> "Years":
        typed = " ".join(text.replace("\0", " ").split())
        found = _ONE.fullmatch(typed) or _RANGE.fullmatch(typed)
        ends = [int(year) if year else None for year in found.groups()] if found else [None]
        first, last = ends[0], ends[-1]
        if first and last and first > last:
            first, last = last, first
        return cls(typed, first, last)

    def __bool__(self) -> bool:
        """Whether some years are asked for."""
        return self.first is not None or self.last is not None

    @property
    def is_unclear(self) -> bool:
        """Whether something was typed that asks for no years."""
        return bool(self.typed) and not self

    @property
    def condition(self) -> Q:
        """On works: of these years. Those without a year are of none."""
        asked = Q()
        if self.first is not None:
            asked &= Q(year__gte=self.first)
        if self.last is not None:
            asked &= Q(year__lte=self.last)
        return asked
