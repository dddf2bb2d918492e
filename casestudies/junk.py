"""What gives a story away as junk. It is held for an editor to look at, never thrown away."""

import re

from casestudies.models import CaseStudyEdition
from foundation.bilingual.policies import columns

MOST_LINKS = 3
_LINK = re.compile(r"https?://|www\.|\[url|<a\s|&lt;a\s", re.IGNORECASE)


def looks_like_junk(edition: CaseStudyEdition) -> bool:
    """Whether the words are full of links, or have one in the title or the name of the setting."""
    texts = {column: getattr(edition, column) or "" for column in columns(CaseStudyEdition)}
    short = [text for column, text in texts.items() if column.startswith(("title_", "setting_name_"))]
    if any(_LINK.search(text) for text in short):
        return True
    return any(
        sum(len(_LINK.findall(text)) for column, text in texts.items() if column.endswith(language)) > MOST_LINKS
        for language in ("_cy", "_en")
    )
