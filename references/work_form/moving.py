"""Rows of names added, moved and taken away by a button of the form, where no script does it."""

import re

from django.http import QueryDict

from references.work_form.answers import MOST_NAMES
from references.work_form.variables import PARTS

#: The button; its value is "add", "up-2", "down-2" or "remove-2".
BUTTON = "item-row"
COUNT = "item-names"
ROW = ("was", "role", *PARTS)


def count_of(sent: str | None) -> int:
    """How many rows were sent."""
    return min(int(sent), MOST_NAMES + 1) if sent and re.fullmatch(r"\d{1,4}", sent, re.ASCII) else 0


def moved(post: QueryDict) -> QueryDict:
    """What was sent, with the rows as the button asks for them."""
    rows = [_row(post, number) for number in range(count_of(post.get(COUNT)))]
    asked = re.fullmatch(r"(up|down|remove)-(\d{1,4})", post.get(BUTTON, ""), re.ASCII)
    if asked and (place := int(asked[2])) < len(rows):
        row = rows.pop(place)
        if asked[1] != "remove":
            rows.insert(max(0, place + (1 if asked[1] == "down" else -1)), row)
    elif post.get(BUTTON) == "add" and len(rows) <= MOST_NAMES:
        rows.append({"role": rows[-1]["role"] if rows else "author"})
    sent = post.copy()
    for number, row in enumerate(rows):
        for part in ROW:
            sent[_name(number, part)] = row.get(part, "")
    sent[COUNT] = str(len(rows))
    return sent


def _row(post: QueryDict, number: int) -> dict[str, str]:
    return {part: post.get(_name(number, part), "") for part in ROW}


def _name(number: int, part: str) -> str:
    return f"item-name-{number}-{part}"
