"""What stands below the references: the heading of the connections, and the panels."""

import re
from collections.abc import Sequence

from hallmarks.page_text.lines import Line, Sheet
from hallmarks.page_text.shapes import Role, Why

_CONNECTION_HEADING = re.compile(r"(?:\w+ ){0,3}(?:connections?|[cg]h?ysylltiad(?:au)?)|connections?(?: \w+){0,2}")
_PANEL_HEADING = re.compile(
    r"(?:be|get|feel) inspired|join (?:in|us)|take part|(?:\w+ ){0,3}ysbryd(?:oli\w*|oledig)(?: \w+)?"
    r"|ymun(?:wch|o)(?: \w+){0,2}|cymerwch ran|cymryd rhan"
)
_PANEL_LINK = re.compile(
    r"(?:read|see|view|explore|browse)\b.*case stud\w+|(?:contact|email) us|get in touch"
    r"|(?:darllen|gwel|edrych|porwch|archwili)\w*\b.*astudiaeth\w* achos|cysyllt\w+ a ni|ebost\w*.*"
)
_PANEL_WORDING = [
    # Two halves of what each of the two panels says; a line must have both.
    (re.compile(first), re.compile(second))
    for first, second in (
        (r"case stud(?:y|ies)", r"\bwe (?:have )?asked\b|\bbe inspired\b"),
        (r"\bexample", r"\bhear from you\b|\bcontact us\b|\bget in touch\b"),
        (r"astudiaethau achos", r"\bg?ofyn(?:n?wyd|nom|asom)\b|ysbryd"),
        (r"enghr(?:ai|ei)ff|esiampl", r"\b(?:ch?|g)lywed\b|\bcysyllt\w+ [aâ] ni"),
    )
]


def is_connection_heading(line: Line) -> bool:
    return line.words <= 5 and _CONNECTION_HEADING.fullmatch(line.key) is not None


def is_panel(line: Line) -> bool:
    return _is_panel_heading(line) or _is_panel_link(line) or _is_panel_text(line)


def opens_tail(line: Line) -> bool:
    return is_panel(line) or is_connection_heading(line)


def _is_panel_heading(line: Line) -> bool:
    return line.words <= 6 and _PANEL_HEADING.fullmatch(line.key) is not None


def _is_panel_link(line: Line) -> bool:
    return line.words <= 8 and _PANEL_LINK.fullmatch(line.key) is not None


def _is_panel_text(line: Line) -> bool:
    if line.words < 8 or line.words > 250 or line.citations:
        return False
    text = line.text.casefold()
    return any(first.search(text) and second.search(text) for first, second in _PANEL_WORDING)


def read_panels(sheet: Sheet, lines: Sequence[Line]) -> None:
    inside = False
    for line in lines:
        if is_panel(line) or (inside and line.is_prose):
            sheet.place(Role.PANEL, [line])
            inside = not _is_panel_link(line) and (inside or _is_panel_heading(line))
        else:
            sheet.leave(Why.AFTER_PANELS, [line])


def count_panels(sheet: Sheet) -> int:
    """Headings and known texts of panels; links alone are on every page of any site."""
    panels = [line for line in sheet.lines if sheet.roles.get(line.number) is Role.PANEL]
    return sum(_is_panel_text(line) or _is_panel_heading(line) for line in panels)
