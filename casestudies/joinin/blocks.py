"""A text as a row of blocks, each with its words and how they look: and writing it as our HTML."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Look:
    """How the text at one place is to look, and what block it stands in."""

    strong: bool = False
    em: bool = False
    href: str = ""
    kind: str = "p"  # p, h3, li, quote
    depth: int = 0
    ordered: bool = False
    item: int = 0

    @property
    def inline(self) -> tuple[str, bool, bool]:
        return self.href, self.strong and self.kind != "h3", self.em


@dataclass(frozen=True, slots=True)
class Run:
    text: str  # "\n" for a line end
    look: tuple[str, bool, bool] = ("", False, False)


@dataclass(slots=True)
class Block:
    look: Look
    runs: list[Run]


def lines(runs: list[Run], *, apart: bool) -> list[list[Run]]:
    """The runs with single spaces; where lines end twice, in two parts if they may stand `apart`."""
    found: list[list[Run]] = [[]]
    ends = space = 0
    for run in _split(runs):
        if run.text == "\n":
            ends += 1
        elif run.text == " ":
            space = 1
        else:
            if ends > 1 and apart and found[-1]:
                found.append([])
            if found[-1] and (ends or space):
                found[-1].append(between("\n" if ends else " ", found[-1][-1], run))
            found[-1].append(run)
            ends = space = 0
    return [part for part in found if part]


def _split(runs: list[Run]) -> Iterable[Run]:
    """Each word, each space and each line end by itself."""
    for run in runs:
        yield from (Run(part, run.look) for part in re.split(r"([ \n])", run.text) if part)


def between(text: str, before: Run, after: Run) -> Run:
    """A space looks like its neighbours where these look the same."""
    href, strong, em = (
        one if one == other else type(one)() for one, other in zip(before.look, after.look, strict=True)
    )
    return Run(text, (str(href), bool(strong), bool(em)))


def written(blocks: list[Block]) -> Iterable[str]:
    for kind, group in groupby(blocks, key=lambda block: block.look.kind):
        if kind == "li":
            yield from _lists(list(group))
        elif kind == "quote":
            yield f"<blockquote>{''.join(f'<p>{_inline(block.runs)}</p>' for block in group)}</blockquote>"
        else:
            yield from (f"<{kind}>{_inline(block.runs)}</{kind}>" for block in group)


def _lists(items: list[Block]) -> Iterable[str]:
    """Lists out of items that know how deep they stand. A text made of them alone begins each line with its item."""
    out, open_lists = "", list[str]()
    for block in items:
        depth, name = min(block.look.depth, len(open_lists) + 1), "ol" if block.look.ordered else "ul"
        while len(open_lists) > depth or (len(open_lists) == depth and open_lists[-1] != name):
            out += f"</li></{open_lists.pop()}>"
        if not open_lists and out:
            yield out
            out = ""
        if len(open_lists) == depth:
            out += "</li>"
        else:
            out += f"{chr(10) if open_lists else ''}<{name}>"
            open_lists.append(name)
        out += f"<li>{_inline(block.runs)}"
    yield out + "".join(f"</li></{name}>" for name in reversed(open_lists))


def _inline(runs: list[Run]) -> str:
    out = ""
    for href, linked in groupby(runs, key=lambda run: run.look[0]):
        inside = ""
        for strong, heavy in groupby(linked, key=lambda run: run.look[1]):
            words = ""
            for em, slanted in groupby(heavy, key=lambda run: run.look[2]):
                text = html.escape("".join(run.text for run in slanted), quote=False).replace("\n", "<br>")
                words += f"<em>{text}</em>" if em else text
            inside += f"<strong>{words}</strong>" if strong else words
        out += f'<a href="{html.escape(href)}">{inside}</a>' if href else inside
    return out
