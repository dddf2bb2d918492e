"""The models of the bibliography, a file a subject."""

from references.models.checking import Excuse, FindingCount
from references.models.citations import CitationLink, WorkName
from references.models.links import Link, LinkCheck, Problem, Verdict
from references.models.merging import FormerKey
from references.models.works import Identity, ListedReference, Work, WorkQuerySet

__all__ = [
    "CitationLink",
    "Excuse",
    "FindingCount",
    "FormerKey",
    "Identity",
    "Link",
    "LinkCheck",
    "ListedReference",
    "Problem",
    "Verdict",
    "Work",
    "WorkName",
    "WorkQuerySet",
]
