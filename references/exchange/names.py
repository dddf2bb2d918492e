"""Names as RIS and BibTeX write them, "van der Berg, Jan, Jr", and as CSL keeps them, in parts."""

import re
from collections.abc import Mapping
from typing import Any

from references.exchange.values import one_line

Name = dict[str, Any]


def people_in(value: Any) -> list[Name]:
    """The names of a role, of those that are objects."""
    return [name for name in value if isinstance(name, dict)] if isinstance(value, list) else []


def inverted(name: Mapping[str, Any], *, suffix_last: bool) -> str:
    """ "Berg, Jan, Jr" (RIS: the suffix last) or "Berg, Jr, Jan" (BibTeX). A body's name stands as it is."""
    if "literal" in name:
        return one_line(name["literal"])
    family = _joined(name.get("non-dropping-particle"), name.get("family"))
    given = _joined(name.get("given"), name.get("dropping-particle"))
    suffix = one_line(name.get("suffix"))
    parts = [family, given, suffix] if suffix_last else [family, suffix, given]
    if not suffix:
        parts = [family, given]
    return ", ".join(parts).strip()


def _joined(*parts: Any) -> str:
    return " ".join(text for part in parts if (text := one_line(part)))


def parted(text: str, *, suffix_last: bool) -> Name:
    """The parts of a name with commas; a name without one is a body's, or known by one name."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1:
        return {"literal": text.strip()}
    if len(parts) > 3:
        parts = [parts[0], ", ".join(parts[1:])]
    family, given, suffix = parts[0], parts[1], ""
    if len(parts) == 3:
        given, suffix = (parts[1], parts[2]) if suffix_last else (parts[2], parts[1])
    particle, family = _leading(family)
    given, dropping = _trailing(given)
    name = {
        "family": family, "given": given, "suffix": suffix,
        "non-dropping-particle": particle, "dropping-particle": dropping,
    }  # fmt: skip
    return {part: value for part, value in name.items() if value}


def _leading(family: str) -> tuple[str, str]:
    """ "van der Berg": the words in small letters before the family name."""
    words = family.split(" ")
    small = next((place for place, word in enumerate(words) if not word[:1].islower()), 0)
    return " ".join(words[:small]), " ".join(words[small:])


def _trailing(given: str) -> tuple[str, str]:
    """ "Alexander von": the words in small letters after the given name."""
    found = re.match(r"(?P<given>\S.*?)(?P<particle>(?: [^\W\dA-Z_][\w’'.-]*)*)$", given)
    if not found or not found["particle"] or not all(word[0].islower() for word in found["particle"].split()):
        return given, ""
    return found["given"], found["particle"].strip()
