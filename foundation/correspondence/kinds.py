"""The kinds of message and of link. The apps above register theirs in `AppConfig.ready()`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from foundation.correspondence.models import Message

#: Makes the address that stands for a placeholder in a message, in one language.
Mint = Callable[["Message", str], str]

_kinds: dict[str, str | Promise] = {}
_links: dict[str, Mint] = {}


def register_kind(code: str, label: str | Promise) -> None:
    """Add a kind of message: its words are in the template `correspondence/<code>.txt`, the first line being the subject."""
    _kinds[code] = label


def register_link(name: str, mint: Mint) -> None:
    """Have `[[name]]` in a message replaced by what `mint` makes, at each attempt to send it."""
    _links[name] = mint


def kinds() -> dict[str, str | Promise]:
    return dict(_kinds)


def links() -> dict[str, Mint]:
    return dict(_links)
