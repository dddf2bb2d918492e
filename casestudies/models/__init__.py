"""Case studies: identity and editions, and what is kept apart from them."""

from casestudies.models.cases import CaseStudy, new_reference
from casestudies.models.comments import COMMENTED, Comment
from casestudies.models.documents import Document, DocumentCheck, DocumentCopy
from casestudies.models.editions import (
    SECTIONS,
    CaseStudyEdition,
    CaseStudyEditionQuerySet,
    CaseStudyReference,
    EditionHallmark,
    EditionPicture,
    TypedReference,
)
from casestudies.models.forgetting import Erasure
from casestudies.models.people import AccessLink, Contributor, CreditedPerson, Headteacher, LinkRequest, hash_token
from casestudies.models.permissions import Permission, PermissionKind
from casestudies.models.reasons import ReadyReason
from casestudies.models.safeguarding import Finding
from casestudies.models.sending import Draft, Snapshot
from casestudies.models.tags import Tag

__all__ = [
    "COMMENTED",
    "SECTIONS",
    "AccessLink",
    "CaseStudy",
    "CaseStudyEdition",
    "CaseStudyEditionQuerySet",
    "CaseStudyReference",
    "Comment",
    "Contributor",
    "CreditedPerson",
    "Document",
    "DocumentCheck",
    "DocumentCopy",
    "Draft",
    "EditionHallmark",
    "EditionPicture",
    "Erasure",
    "Finding",
    "Headteacher",
    "LinkRequest",
    "Permission",
    "PermissionKind",
    "ReadyReason",
    "Snapshot",
    "Tag",
    "TypedReference",
    "hash_token",
    "new_reference",
]
