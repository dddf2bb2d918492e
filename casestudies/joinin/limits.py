"""How often one network may do what. Many schools share an address, so these stop machines and not a busy day."""

from django.http import HttpRequest

from foundation.people.limits import Limit, TooOften, network, take

START = Limit("join-in-start", 60, 3600)
SAVE = Limit("join-in-save", 2000, 3600)
UPLOAD = Limit("join-in-upload", 300, 3600)
SEND = Limit("join-in-send", 60, 3600)
ASK = Limit("join-in-ask-for-link", 40, 3600)
MAIL_TO = Limit("join-in-mail-to", 8, 86400)

__all__ = ["ASK", "MAIL_TO", "SAVE", "SEND", "START", "UPLOAD", "TooOften", "may", "take_for"]


def take_for(request: HttpRequest, limit: Limit) -> None:
    """Count one use by the network of `request`, or raise `TooOften`."""
    take(limit, network(request))


def may(limit: Limit, who: str) -> bool:
    """Whether `who` may do it once more now; counted when so."""
    try:
        take(limit, who)
    except TooOften:
        return False
    return True
