"""Which case study the sender of a request may work on."""

from contextlib import suppress
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest

from casestudies.models import AccessLink, CaseStudy
from casestudies.vocabulary import Status

SESSION_KEY = "join-in"
#: The pages that only the contributor answers: about themselves, and what they agree to.
OWN_PAGES = ("language", "you", "permissions")


def _found(request: HttpRequest) -> dict[str, Any]:
    found = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    return found if isinstance(found, dict) else {}


def case_of(request: HttpRequest) -> CaseStudy | None:
    """The case study whose contributor has it open in this browser, from its session (a link in mail, or a draft started here).

    It is open to the person, not to the machine: once the contributor has another address, this browser has nothing open,
    unless it was here that the address was changed. A draft that was opened before it had an address stays open. A
    colleague's browser has nothing open by this question: see `writer_of`.
    """
    found = _found(request)
    if not found or "link" in found:
        return None
    case = CaseStudy.objects.select_related("contributor", "draft").filter(uuid=found["uuid"]).first()
    return case if case is not None and found["email"] in ("", _address(case)) else None


def writer_of(request: HttpRequest) -> CaseStudy | None:
    """The case study whose form this browser may fill in: its contributor's, or the draft that a colleague was let into.

    A colleague's ends at once when the link is revoked, and when the story is sent.
    """
    if not is_colleague(request):
        return case_of(request)
    found = _found(request)
    mine = CaseStudy.objects.filter(uuid=found["uuid"], status=Status.DRAFT, **_let_in_by(found["link"]))
    return mine.select_related("contributor", "draft").first()


def _let_in_by(link: int) -> dict[str, Any]:
    return {
        "links__pk": link,
        "links__purpose": AccessLink.Purpose.WRITE,
        "links__revoked_at__isnull": True,
    }


def is_colleague(request: HttpRequest) -> bool:
    """Whether what is open here was opened by a link that the contributor had sent to a colleague."""
    return "link" in _found(request)


def is_closed(request: HttpRequest, key: str) -> bool:
    """Whether a page of the form is the contributor's alone, and a colleague asks for it."""
    return is_colleague(request) and key in OWN_PAGES


def _address(case: CaseStudy) -> str:
    contributor = case.contributor_or_none
    return contributor.email.casefold() if contributor else ""


def open_in_browser(request: HttpRequest, case: CaseStudy) -> None:
    """Let this browser work on `case`. The session gets a new key, so that one known to somebody else opens nothing."""
    request.session.cycle_key()
    request.session.pop(SESSION_KEY, None)
    keep_open(request, case)


def open_for_colleague(request: HttpRequest, case: CaseStudy, link: AccessLink) -> None:
    """Let this browser write in the draft, for as long as the link is not revoked."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = {"uuid": str(case.uuid), "link": link.pk}


def keep_open(request: HttpRequest, case: CaseStudy) -> None:
    """Have the story stay open here after this browser gave the contributor the address that `case` has now.

    Stored at once, in the caller's transaction: a second press of the button must not find the new address and the old
    session. A colleague's browser does not become the contributor's by this.
    """
    if is_colleague(request):
        return
    request.session[SESSION_KEY] = {"uuid": str(case.uuid), "email": _address(case)}
    with suppress(UpdateError):  # the person left in another tab meanwhile; the answer to this request says so
        request.session.save()


def close_in_browser(request: HttpRequest) -> None:
    """Forget which case study this browser had open; the cookie goes too."""
    request.session.flush()
