"""The bilingual fields of case studies."""

from casestudies.models import (
    CaseStudyEdition,
    CaseStudyReference,
    DocumentCopy,
    EditionHallmark,
    EditionPicture,
    ReadyReason,
)
from foundation.bilingual.policies import Policy, translate

translate(
    CaseStudyEdition,
    title=Policy.REQUIRED,
    setting_name=Policy.SHARED,
    summary=Policy.OPTIONAL,
    about=Policy.REQUIRED,
    context=Policy.REQUIRED,
    activity=Policy.REQUIRED,
    impact=Policy.REQUIRED,
    evidence=Policy.OPTIONAL,
    sharing=Policy.OPTIONAL,
)
translate(CaseStudyReference, printed=Policy.NOT_OURS)
translate(EditionHallmark, how=Policy.OPTIONAL)
translate(EditionPicture, alt=Policy.REQUIRED)
translate(DocumentCopy, title=Policy.REQUIRED)
translate(ReadyReason, title=Policy.REQUIRED, text=Policy.REQUIRED)
