"""Reading a CSL-JSON item: the columns that we query and show, from the object that we keep.

Source of the names: the CSL 1.0.2 data schema (docs.citationstyles.org). Nothing here changes the item.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

Item = Mapping[str, Any]

URL_LENGTH = 500
#: Where a DOI is looked up.
DOI_HOST = "https://doi.org/"
#: What we keep beside the standard in an item's `custom`, and the column of a work that it becomes.
BESIDE = {
    "title_cy": "welsh_title",
    "url_cy": "welsh_url",
    "author_cy": "welsh_author",
    "identity": "identity",
    "verified": "is_verified",
    "note": "note",
}
#: Of these, what is known of the official Welsh edition: shown to readers.
OFFICIAL = ("title_cy", "url_cy", "author_cy")
_LANGUAGES = dict.fromkeys(("eng", "english", "saesneg"), "en") | dict.fromkeys(
    ("cym", "wel", "welsh", "cymraeg"), "cy"
)


def year_of(item: Item) -> int | None:
    """The year in `issued`, or None ("n.d.")."""
    issued = item.get("issued")
    if not isinstance(issued, Mapping):
        return None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and first and re.fullmatch(r"-?\d{1,4}", str(first[0]), re.ASCII):
        return int(first[0])
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
    return bare_language(item.get("language")) or "en"


def bare_language(value: Any) -> str:
    """A language as a browser knows it ("cy", "en-GB"), from a tag, a three-letter code or a name; "" where it is none."""
    text = str(value or "").strip().replace("_", "-")
    if known := _LANGUAGES.get(text.casefold()):
        return known
    return text if len(text) <= 12 and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text, re.ASCII) else ""


def bare_doi(value: Any) -> str:
    """A DOI without the address or the word that is often written before it."""
    before = r"^\s*(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?\s*"
    return re.sub(before, "", str(value or ""), flags=re.IGNORECASE).strip()


def doi_address(doi: str) -> str:
    """Where a bare DOI leads. A DOI may hold signs that have another meaning in an address."""
    return DOI_HOST + quote(doi, safe="/:;().-_~")


def web_address(value: Any) -> str:
    """An address that a browser may follow, or ""; anything else stays in the item and is no link."""
    address = str(value or "").strip()
    return address if address.startswith(("http://", "https://")) and len(address) <= URL_LENGTH else ""
