"""Case studies in the admin: the queue, the workbench, and the words."""

from casestudies.admin.editions import CaseStudyEditionAdmin
from casestudies.admin.reasons import ReadyReasonAdmin
from casestudies.admin.tags import TagAdmin
from casestudies.admin.workbench import CaseStudyAdmin

__all__ = ["CaseStudyAdmin", "CaseStudyEditionAdmin", "ReadyReasonAdmin", "TagAdmin"]
