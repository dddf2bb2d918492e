"""Case studies: identity and editions, and what is kept apart from them."""

from casestudies.models.cases import CaseStudy, new_reference
from casestudies.models.editions import SECTIONS, CaseStudyEdition, CaseStudyReference, EditionHallmark, EditionPicture
from casestudies.models.people import AccessLink, Contributor, hash_token
from casestudies.models.permissions import Permission, PermissionKind
from casestudies.models.safeguarding import Finding
from casestudies.models.sending import Draft, Snapshot

__all__ = [
    "SECTIONS",
    "AccessLink",
    "CaseStudy",
    "CaseStudyEdition",
    "CaseStudyReference",
    "Contributor",
    "Draft",
    "EditionHallmark",
    "EditionPicture",
    "Finding",
    "Permission",
    "PermissionKind",
    "Snapshot",
    "hash_token",
    "new_reference",
]
