"""Reference numbers, by which people name to one another what the log is about."""

import secrets

_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"


def spoken_reference(prefix: str) -> str:
    """A reference number that can be read out over the telephone: no vowels, no 0 or 1."""
    return f"{prefix}-" + "".join(secrets.choice(_LETTERS) for _letter in range(6))
