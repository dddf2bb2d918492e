"""Which case study the sender of a request may work on."""

from contextlib import suppress

from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest

from casestudies.models import CaseStudy

SESSION_KEY = "join-in"


def case_of(request: HttpRequest) -> CaseStudy | None:
    """The case study that this browser has open, from its session (a link in mail, or a draft started here).

    It is open to the person, not to the machine: once the contributor has another address, this browser has nothing open,
    unless it was here that the address was changed. A draft that was opened before it had an address stays open.
    """
    found = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    if not isinstance(found, dict):
        return None
    case = CaseStudy.objects.select_related("contributor", "draft").filter(uuid=found["uuid"]).first()
    return case if case is not None and found["email"] in ("", _address(case)) else None


def _address(case: CaseStudy) -> str:
    contributor = case.contributor_or_none
    return contributor.email.casefold() if contributor else ""


def open_in_browser(request: HttpRequest, case: CaseStudy) -> None:
    """Let this browser work on `case`. The session gets a new key, so that one known to somebody else opens nothing."""
    request.session.cycle_key()
    keep_open(request, case)


def keep_open(request: HttpRequest, case: CaseStudy) -> None:
    """Have the story stay open here after this browser gave the contributor the address that `case` has now.

    Stored at once, in the caller's transaction: a second press of the button must not find the new address and the old session.
    """
    request.session[SESSION_KEY] = {"uuid": str(case.uuid), "email": _address(case)}
    with suppress(UpdateError):  # the person left in another tab meanwhile; the answer to this request says so
        request.session.save()


def close_in_browser(request: HttpRequest) -> None:
    """Forget which case study this browser had open; the cookie goes too."""
    request.session.flush()
