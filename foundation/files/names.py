"""The name that a file came with, made safe to show and to save under."""

import re
import unicodedata

LONGEST = 100


def clean_name(name: str, ending: str, otherwise: str = "document") -> str:
    """The last part of `name`, without what cannot be seen or turns the line around, and with the ending it should have."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if char.isspace() else char for char in last if char.isspace() or _can_be_seen(char))
    stem = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", seen))
    stem = re.sub(rf"\.{re.escape(ending)}$", "", stem.strip(" ."), flags=re.IGNORECASE).strip(" .")
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .') or otherwise}.{ending}"


def _can_be_seen(char: str) -> bool:
    """Not control characters, marks of direction, joiners, private or unassigned characters, halves of pairs."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cn", "Cs")
