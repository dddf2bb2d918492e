"""Draw the moves of a case study from the one table in `casestudies/workflow.py`: docs/states.svg, and docs/states.md beside it.

Each state has a column, each move a row: a dot where it may start, an arrowhead where it leads, a ring where the state stays.
Run `python bin/draw_states.py` after a change of the table; a test says when that was forgotten.
"""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT, TOP, COLUMN, ROW = 330, 172, 66, 27
#: Who may, in the order of the legend: the colour of the line and the letter beside the move, so that no meaning is in colour alone.
WHO = {
    "contributor": ("C", "#0b5d4b"),
    "headteacher": ("H", "#0b5d4b"),
    "editor": ("E", "#1d2529"),
    "administrator": ("A", "#a1261b"),
    "clock": ("T", "#744b00"),
}
STYLE = """
text { font: 14px system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; fill: #1d2529 }
.state { font-weight: 600 } .quiet { fill: #44545c; font-size: 13px } .column { stroke: #d8d6cf } .wash { fill: #f5f3ed }
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One move: its names, who may, and between which states it leads. `stays`: where it leads from a state to the same."""

    name: str
    label: str
    who: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    stays: tuple[str, ...]
    asks_reason: bool
    guards: tuple[str, ...]

    @property
    def colour(self) -> str:
        return WHO[self.who[0]][1]

    @property
    def letters(self) -> str:
        return " ".join(WHO[role][0] for role in self.who)


def states() -> list[tuple[str, str]]:
    """Every state with its name, in the order of a story's life."""
    from casestudies.vocabulary import Status

    return [(status.value, str(status.label)) for status in Status]


def moves() -> list[Drawn]:
    """Every move of the table, in its order."""
    from casestudies.workflow import Workflow, rules

    found = []
    for name, rule in rules().items():
        transitions = getattr(Workflow, name)._django_fsm.transitions
        sources = tuple(str(getattr(source, "value", source)) for source in transitions)
        targets = _targets(next(iter(transitions.values())).target)
        stays = tuple(source for source in sources if source in targets)
        leads = tuple(target for target in targets if target not in stays)
        who = tuple(role for role in WHO if role in {one.value for one in rule.who})
        guards = tuple(guard.__name__.replace("_", " ") for guard in rule.guards)
        found.append(Drawn(name, str(rule.label), who, sources, leads, stays, rule.reason, guards))
    return found


def _targets(target: object) -> tuple[str, ...]:
    several: Iterable[object] = getattr(target, "allowed_states", None) or (target,)
    return tuple(str(getattr(one, "value", one)) for one in several)


# --- the drawing ----------------------------------------------------------------------------------------------------------


def svg() -> str:
    """The drawing, the same each time for the same table."""
    columns, rows = states(), moves()
    places = {value: LEFT + COLUMN // 2 + COLUMN * number for number, (value, _label) in enumerate(columns)}
    width, height = LEFT + COLUMN * len(columns) + 50, TOP + ROW * len(rows) + 70
    bottom = TOP + ROW * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
        'role="img" aria-labelledby="title about">',
        '<title id="title">The moves of a case study</title>',
        '<desc id="about">Each column is a state, each row a move; the same stands as a table in states.md.</desc>',
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fbfaf7"/>',
    ]
    parts += [
        f'<rect class="wash" x="10" y="{TOP + ROW * number}" width="{width - 20}" height="{ROW}"/>'
        for number in range(0, len(rows), 2)
    ]
    for value, label in columns:
        x = places[value]
        parts.append(f'<line class="column" x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{bottom}"/>')
        parts.append(
            f'<text class="state" transform="translate({x + 4} {TOP - 14}) rotate(-50)">{escape(label)}</text>'
        )
    for number, move in enumerate(rows):
        parts += _row(move, TOP + ROW * number + ROW // 2, places)
    parts += _legend(bottom + 30)
    return "\n".join([*parts, "</svg>", ""])


def _row(move: Drawn, y: int, places: dict[str, int]) -> list[str]:
    colour = move.colour
    parts = [
        f'<text x="20" y="{y + 5}">{escape(move.label)}{" *" if move.asks_reason else ""}</text>',
        f'<text class="quiet" x="{LEFT - 20}" y="{y + 5}" text-anchor="end">{move.letters}</text>',
    ]
    if move.targets:
        moving = [places[source] for source in move.sources if source not in move.stays]
        ends = [places[target] for target in move.targets]
        first = moving or [min((places[source] for source in move.stays), key=lambda x: abs(x - ends[0]))]
        parts.append(
            f'<line x1="{min(first + ends)}" y1="{y}" x2="{max(first + ends)}" y2="{y}" stroke="{colour}" stroke-width="2"/>'
        )
    for source in move.sources:
        if source in move.stays:
            parts.append(
                f'<circle cx="{places[source]}" cy="{y}" r="5" fill="#fbfaf7" stroke="{colour}" stroke-width="2"/>'
            )
        else:
            parts.append(f'<circle cx="{places[source]}" cy="{y}" r="5" fill="{colour}"/>')
    for target in move.targets:
        x = places[target]
        side = 1 if any(places[source] < x for source in move.sources) else -1
        points = f"{x},{y} {x - 12 * side},{y - 6} {x - 12 * side},{y + 6}"
        parts.append(f'<polygon points="{points}" fill="{colour}"/>')
    return parts


def _legend(y: int) -> list[str]:
    who = ", ".join(f"{letter} {role if role != 'clock' else 'the clock'}" for role, (letter, _colour) in WHO.items())
    signs = "● may start here   ▶ leads here   ○ the state stays   * asks for a reason"
    return [
        f'<text class="quiet" x="20" y="{y}">{who}</text>',
        f'<text class="quiet" x="20" y="{y + 22}" xml:space="preserve">{signs}</text>',
    ]


# --- the table ------------------------------------------------------------------------------------------------------------


def table() -> str:
    """The same in words."""
    names = dict(states())
    lines = [
        "# The states of a case study",
        "",
        "Drawn from `casestudies/workflow.py` by `bin/draw_states.py`; a test says when it is out of date.",
        "An administrator may also do what an editor may. A guard is tested when the move is made, whoever makes it.",
        "",
        "![Each state a column, each move a row](states.svg)",
        "",
        "| move | who | from | to | asks |",
        "|---|---|---|---|---|",
    ]
    for move in moves():
        to = [names[target] for target in move.targets] + (["the same"] if move.stays else [])
        asks = [*(["a reason"] if move.asks_reason else []), *move.guards]
        whence = "any but removed" if len(move.sources) == len(names) - 1 else ", ".join(map(names.get, move.sources))  # type: ignore[arg-type]
        lines.append(f"| {move.label} | {', '.join(move.who)} | {whence} | {', '.join(to)} | {', '.join(asks)} |")
    lines += [
        "",
        "A published story stays published while it is corrected. Its correction, a working edition beside the live one, is being",
        "written, with the contributor, or agreed; then it takes the place of the live one (`casestudies/corrections.py`).",
    ]
    return "\n".join([*lines, ""])


FILES = {"docs/states.svg": svg, "docs/states.md": table}


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
        for name, draw in FILES.items():
            (ROOT / name).write_text(draw(), encoding="utf-8")
            print(name)


if __name__ == "__main__":
    main()
