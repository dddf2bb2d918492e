"""What a higher room adds to prose where it is shown, such as links from citations to works. Stored texts are left as they are."""

from collections.abc import Callable, Mapping

from foundation.publishing.models import Edition

#: (edition, language, cleaned prose by field) → the same prose with mark-up added; its text must stay what it was.
Marking = Callable[[Edition, str, Mapping[str, str]], Mapping[str, str]]

_markings: list[Marking] = []


def register_marking(marking: Marking) -> None:
    """Add to what is shown of the prose of pages; called from the `ready()` of an app."""
    _markings.append(marking)


def marked(edition: Edition, language: str, prose: Mapping[str, str]) -> Mapping[str, str]:
    """`prose`, cleaned already, with all that the rooms above add."""
    for marking in _markings:
        prose = marking(edition, language, prose)
    return prose
