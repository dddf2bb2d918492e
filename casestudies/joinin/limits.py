"""How often one address, and the network around it, may do what.

Many schools share an address, so these stop machines and not a busy day. Every public form counts its use here: a test
sweeps them all.
"""

from foundation.people.limits import Limit, TooOften, take
from foundation.people.limits import take_from as take_for

START = Limit("join-in-start", 60, 3600)
SAVE = Limit("join-in-save", 2000, 3600)
#: Counted for each draft: two people who type without a pause, each saved every three seconds.
TYPING = Limit("join-in-typing", 2400, 3600)
UPLOAD = Limit("join-in-upload", 300, 3600)
SEND = Limit("join-in-send", 60, 3600)
HELD = Limit("join-in-held", 20, 3600)
ASK = Limit("join-in-ask-for-link", 40, 3600)
#: Of those who ask sooner than a person can: a machine is stopped early, and whoever is only quick gets their link.
ASK_QUICKLY = Limit("join-in-ask-quickly", 6, 3600)
OPEN = Limit("join-in-open-link", 240, 3600)
HAND_OVER = Limit("join-in-hand-over", 20, 3600)
MAIL_TO = Limit("join-in-mail-to", 8, 86400)
#: Requests for links, counted apart: what strangers begin in somebody's name does not use up what that person may ask for.
LINKS_TO = Limit("join-in-links-to", 8, 86400)

__all__ = [
    "ASK", "ASK_QUICKLY", "HAND_OVER", "HELD", "LINKS_TO", "MAIL_TO", "OPEN", "SAVE", "SEND", "START", "TYPING", "UPLOAD", "TooOften", "may", "take", "take_for",
]  # fmt: skip


def may(limit: Limit, who: str) -> bool:
    """Whether `who` may do it once more now; counted when so."""
    try:
        take(limit, who)
    except TooOften:
        return False
    return True
