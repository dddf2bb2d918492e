"""The kinds of message and what may stand in their words. The apps above register theirs in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from foundation.correspondence.models import Message

#: Makes the address that stands for a link in a message, in one language.
Mint = Callable[["Message", str], str]
#: What a message is made of, by name: `about` (with its `reference`), `reader` (whose `name` greets; may be None), and more.
Context = Mapping[str, Any]
#: Reads one value from those things, in the language spoken; "" where there is none.
Read = Callable[[Context], str]
#: The placeholder of what an editor wrote.
NOTE = "note"

_kinds: dict[str, str | Promise] = {}
_frames: dict[str, str] = {}
_links: dict[str, Mint] = {}
_values: dict[str, Read] = {}
_labels: dict[str, str | Promise] = {}


def register_kind(code: str, label: str | Promise, *, frame: str = "letter") -> None:
    """Add a kind of message.

    Its standard wording is the template `correspondence/<code>.txt`: the subject on the first line, then the paragraphs,
    with `{placeholders}`. The placeholders it uses are those that its own wordings may use, and the links among them are
    those they must keep. `frame` names what is around it: the greeting and the end, `correspondence/frames/<frame>.txt`.
    """
    _kinds[code], _frames[code] = label, frame


def register_link(name: str, mint: Mint, label: str | Promise = "") -> None:
    """Have `{name}` stand for what `mint` makes, at each attempt to send."""
    _links[name], _labels[name] = mint, label


def register_value(name: str, read: Read, label: str | Promise) -> None:
    """Have `{name}` stand for what `read` finds when the message is written."""
    _values[name], _labels[name] = read, label


def kinds() -> dict[str, str | Promise]:
    return dict(_kinds)


def links() -> dict[str, Mint]:
    return dict(_links)


def values() -> dict[str, Read]:
    return dict(_values)


def frame_of(kind: str) -> str:
    return _frames.get(kind, "letter")


def label_of_placeholder(name: str) -> str:
    return str(_labels.get(name, ""))
