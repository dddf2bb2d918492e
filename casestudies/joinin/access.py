"""Which case study the sender of a request may work on."""

from django.http import HttpRequest

from casestudies.models import CaseStudy

SESSION_KEY = "join-in"


def case_of(request: HttpRequest) -> CaseStudy | None:
    """The case study that this browser has open, from its session (a link in mail, or a draft started here)."""
    if not hasattr(request, "session"):
        return None
    found = request.session.get(SESSION_KEY)
    if not found:
        return None
    return CaseStudy.objects.select_related("contributor", "draft").filter(uuid=found).first()


def open_in_browser(request: HttpRequest, case: CaseStudy) -> None:
    """Let this browser work on `case`. The session gets a new key, so that one known to somebody else opens nothing."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = str(case.uuid)


def close_in_browser(request: HttpRequest) -> None:
    """Forget which case study this browser had open; the cookie goes too."""
    request.session.flush()
