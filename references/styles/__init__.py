"""Entries of a reference list: citeproc-py, a published Harvard style, and the few corrections that it needs."""

from references.styles.entry import VERSION, entry_html
from references.styles.letters import split_at_year, with_letter, year_letters
from references.styles.stored import entries_of, entry_in

__all__ = ["VERSION", "entries_of", "entry_html", "entry_in", "split_at_year", "with_letter", "year_letters"]
