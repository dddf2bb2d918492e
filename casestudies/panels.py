"""What case studies put under a hallmark and on the home page: the newest stories, and the invitation to tell one."""

from typing import Any

from casestudies.models import CaseStudyEdition
from hallmarks.models import Hallmark

HOW_MANY = 4


def context(hallmark: Hallmark | None) -> dict[str, Any]:
    """The newest published case studies, of one hallmark or of all, as lines in a list."""
    editions = CaseStudyEdition.objects.published().for_listing()
    if hallmark is not None:
        editions = editions.filter(hallmarks__hallmark=hallmark)
    return {"editions": editions[:HOW_MANY], "of_hallmark": hallmark}


def join_in(hallmark: Hallmark | None) -> dict[str, Any]:
    """An invitation that is the same everywhere."""
    return {}
