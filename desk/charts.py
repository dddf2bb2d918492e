"""Charts of the desk: rows of bars, measured here and drawn by a template as inline SVG, with the table they are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casestudies.admin.periods import NO_LANGUAGE, month_name
from casestudies.vocabulary import Status
from desk.figures import LANGUAGES, Figures
from desk.stories import changelist, stories_of

#: In the units of the drawing, which is as wide as a small telephone.
WIDTH, LABELS, VALUES, BAR, GAP = 340, 150, 36, 11, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: its series, its words, and where its bar and they stand."""

    series: str
    value: str
    address: str
    y: int
    width: int

    @property
    def text_x(self) -> int:
        return LABELS + self.width + 4

    @property
    def text_y(self) -> int:
        return self.y + BAR - 2


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one month or state."""

    label: str
    y: int
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and its table. `series`: the code and the name of each, one for a chart of one."""

    key: str
    title: str
    description: str
    what: str
    series: list[tuple[str, str]]
    rows: list[Row]
    height: int
    width: int = WIDTH
    left: int = LABELS
    bar: int = BAR


#: A row: its label, the value of each series (None for none), and where the things of each are that are counted.
Values = tuple[str, Sequence[float | None], Sequence[str]]


def draw(
    key: str, title: str, description: str, what: str, series: list[tuple[str, str]], values: Sequence[Values]
) -> Chart:
    """Measure the bars: the longest fills the width."""
    most = max((value or 0 for _label, row, _addresses in values for value in row), default=0) or 1
    rows, y = [], 0
    for label, row, addresses in values:
        bars: list[Bar] = []
        for (code, _name), value, address in zip(series, row, addresses, strict=True):
            width = round((WIDTH - LABELS - VALUES) * (value or 0) / most)
            top = y + len(bars) * (BAR + 1)
            bars.append(Bar(code, "–", "", top, 0) if value is None else Bar(code, f"{value:g}", address, top, width))
        rows.append(Row(label, y + BAR - 1, bars))
        y += len(series) * (BAR + 1) + GAP
    return Chart(key, title, description, what, series, rows, y)


def charts(figures: Figures) -> list[Chart]:
    """The four of the desk."""
    return [_states(figures), *_months(figures), _answers(figures)]


def _states(figures: Figures) -> Chart:
    shown = [status for status in Status if status != Status.REMOVED]
    address = changelist()
    values: list[Values] = [
        (str(status.label), [figures.states.get(status, 0)], [f"{address}?state={status.value}"]) for status in shown
    ]
    name, about = _("Stories by state"), _("How many stories are in each state.")
    return draw("states", name, about, _("state"), [("all", _("stories"))], values)


def _months(figures: Figures) -> list[Chart]:
    received = _("Received in each month"), _("Stories sent in the last twelve months, by the language we write in.")
    published = (
        _("Published in each month"),
        _("Stories published in the last twelve months, by the language we write in."),
    )
    return [
        _by_language("received", *received, _("month"), figures.received),
        _by_language("published", *published, _("month"), figures.published),
    ]


def _answers(figures: Figures) -> Chart:
    title = _("Working days to the first answer")
    about = _("The median in each three months of the last twelve, by the language we write in.")
    return _by_language("answered", title, about, _("three months from"), figures.answers, has_both=False)


def _by_language(
    key: str, title: str, about: str, what: str, found: Mapping[str, Mapping[str, float]], *, has_both: bool = True
) -> Chart:
    names = {"cy": _("Welsh"), "en": _("English"), "": pgettext("language of a story", "not known")}
    codes = [code for code in LANGUAGES if code or (has_both and any(row.get("") for row in found.values()))]
    values: list[Values] = []
    for day, row in found.items():
        first = date.fromisoformat(day)
        addresses = [stories_of(code, key, f"{first:%Y-%m}") for code in codes]
        values.append((month_name(first), [row.get(code) for code in codes], addresses))
    return draw(key, title, about, what, [(code or NO_LANGUAGE, names[code]) for code in codes], values)
