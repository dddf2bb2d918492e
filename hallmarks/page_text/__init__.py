"""Reads the text of a hallmark page, as saved from the public site, into its parts.

The shape of a page, top to bottom; everything except some prose may be missing::

    Skip to main content              furniture
    English | Cymraeg                 furniture (the switch)
    Leading Professional Learning     furniture (the header)
    Well-led professional learning…   lead-in: a few words ending in an ellipsis
    Built on …                        title: the line after the lead-in
    Prose (Author, year). …           body: every line is a paragraph
    Title of a book, book cover       an image alternative: belongs to the entry below it
    Author, A. (2020)                 a reference: heading, then its body on one or more lines
    Title. Place: Publisher
    Make the Connection               then frameworks, and under each its strands
    Be Inspired · Join In             panels, the same on every page

Nothing is corrected: what is kept is kept as printed (no-break spaces become spaces). Every line
that is not blank gets exactly one `Role`; a line whose place is not clear is *unplaced*, with a
reason, rather than guessed into the body. Cost is linear in the length of the text.
"""

from hallmarks.page_text.files import read
from hallmarks.page_text.language import guess_language
from hallmarks.page_text.page import parse, parse_with_roles
from hallmarks.page_text.shapes import (
    Connection,
    HallmarkPage,
    NotAHallmarkPage,
    ReferenceEntry,
    Refusal,
    Role,
    Unplaced,
    Why,
)
from hallmarks.page_text.titles import normalise_title, same_title

__all__ = [
    "Connection",
    "HallmarkPage",
    "NotAHallmarkPage",
    "ReferenceEntry",
    "Refusal",
    "Role",
    "Unplaced",
    "Why",
    "guess_language",
    "normalise_title",
    "parse",
    "parse_with_roles",
    "read",
    "same_title",
]
