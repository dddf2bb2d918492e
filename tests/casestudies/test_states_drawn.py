"""The drawing of the moves in docs/ is that of the table in the code."""

import re
from html import unescape
from pathlib import Path

from bin.draw_states import FILES, moves, svg
from casestudies.vocabulary import Status
from casestudies.workflow import rules

ROOT = Path(__file__).resolve().parents[2]


def test_the_drawing_and_its_table_are_fresh() -> None:
    stale = [name for name, draw in FILES.items() if (ROOT / name).read_text(encoding="utf-8") != draw()]
    assert stale == [], "run: python bin/draw_states.py"


def test_every_move_and_every_state_is_drawn() -> None:
    texts = [unescape(text) for text in re.findall(r"<text[^>]*>(.*?)</text>", svg())]
    labels = [str(rule.label) for rule in rules().values()]
    assert [label for label in labels if label not in texts and f"{label} *" not in texts] == []
    assert [str(status.label) for status in Status if str(status.label) not in texts] == []
    assert [move.name for move in moves()] == list(rules())
