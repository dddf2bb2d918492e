"""Reading a CSL-JSON item: the columns that we query and show, from the object that we keep.

Source of the names: the CSL 1.0.2 data schema (docs.citationstyles.org). Nothing here changes the item.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]


def year_of(item: Item) -> int | None:
    """The year in `issued`, or None ("n.d.")."""
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") or []
    if parts and parts[0] and str(parts[0][0]).lstrip("-").isdigit():
        return int(parts[0][0])
    found = re.search(r"\b(1[5-9]|20)\d\d\b", str(issued.get("literal") or issued.get("raw") or ""))
    return int(found[0]) if found else None


def creators_of(item: Item) -> Sequence[Mapping[str, str]]:
    """The people and bodies that a list is ordered by: authors, or else editors."""
    return item.get("author") or item.get("editor") or []


def family_of(name: Mapping[str, str]) -> str:
    """The name that a citation uses: a person's family name with its particle, or a body's whole name."""
    if "literal" in name:
        return str(name["literal"])
    return " ".join(part for part in (name.get("non-dropping-particle"), name.get("family")) if part)


def listed_name(name: Mapping[str, str]) -> str:
    """A name as in a list: "Woods, P.A.", "Welsh Government"."""
    family = family_of(name)
    given = name.get("given", "")
    if not given:
        return family
    initials = "".join(_initials(part) for part in re.split(r"[\s.]+", given) if part)
    suffix = f", {name['suffix']}" if name.get("suffix") else ""
    return f"{family}, {initials}{suffix}"


def _initials(part: str) -> str:
    return "-".join(f"{piece[0]}." for piece in part.split("-") if piece)


def language_of(item: Item) -> str:
    """The language of the title, as BCP 47; English where the item does not say."""
    return str(item.get("language") or "en")[:12]
