"""Citations in running text: finding them, resolving them to works, and linking them where a text is shown."""

from references.citations.finding import find_citations
from references.citations.resolving import How, Listed, Note, Resolved, resolve
from references.citations.shapes import MENTION, NARRATIVE, PARENTHETICAL, Citation
from references.citations.storing import link_citation, links_of, store_names

__all__ = [
    "MENTION",
    "NARRATIVE",
    "PARENTHETICAL",
    "Citation",
    "How",
    "Listed",
    "Note",
    "Resolved",
    "find_citations",
    "link_citation",
    "links_of",
    "resolve",
    "store_names",
]
