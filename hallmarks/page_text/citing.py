"""Citations inside prose."""

import re

from hallmarks.page_text.language import word_set

_BRACKET = re.compile(r"\(([^()]{2,300})\)")
_AUTHOR_YEAR = re.compile(r"([^\W\d_]+)\W{1,4}(?:1[89]|20)\d\d[a-z]?\b")
_DATE_WORDS = word_set(
    "january february march april may june july august september october november december "
    "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr "
    "since in until by from ers yn tan"
)


def count_citations(text: str) -> int:
    """Mentions such as "(Estyn, 2017; Jones et al 2020)", by year; dates do not count."""
    return sum(
        match[1].casefold() not in _DATE_WORDS
        for bracket in _BRACKET.finditer(text)
        for match in _AUTHOR_YEAR.finditer(bracket[1])
    )
