"""What was agreed to, on the workbench; who has not answered yet; and having the links sent again."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from casestudies import headteachers
from casestudies.credited import TOLD_IN, tell
from casestudies.models import CaseStudy, EditionPicture
from foundation.people.admin import key_of
from foundation.record.actors import Actor


def send_link(request: HttpRequest, case: CaseStudy, actor: Actor, *, name: str) -> bool:
    """Send the headteacher the link again, or one of the people who are named. `name`: headteacher, or the person's key."""
    if name == "headteacher":
        done = headteachers.ask(case, actor=actor)
    else:
        person = case.credits.filter(pk=key_of(name)).first()
        if person is None:
            raise Http404
        done = case.status in TOLD_IN and person.declined_at is None
        if done:
            tell(person, actor=actor)
    if done:
        messages.success(request, _("The message with the link is on its way."))
    else:
        messages.error(request, _("This cannot be done from the state it is in now."))
    return done


def permissions_context(case: CaseStudy) -> dict[str, Any]:
    """Every agreement with its text, version, language, time and person, and the answers that are still awaited."""
    shown = Prefetch("picture__case_studies", queryset=EditionPicture.objects.order_by("pk"))
    head = case.headteacher_or_none
    return {
        "permissions": case.permissions.select_related("picture").prefetch_related(shown),
        "head": head,
        "may_ask_headteacher": bool(head and not head.agreed_at and case.status in headteachers.ASKED_IN),
        "people_named": case.credits.all(),
        "may_tell_people": case.status in TOLD_IN,
    }
