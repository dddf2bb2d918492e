"""Letting a colleague go on with a draft, and taking that back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.joinin import limits
from casestudies.joinin.access import OWN_PAGES, is_colleague
from casestudies.joinin.colleagues import (
    MOST_COLLEAGUES,
    ColleagueForm,
    colleagues,
    let_in,
    may_let_in,
    shut_out,
)
from casestudies.joinin.limits import MAIL_TO, may, take_for
from casestudies.joinin.open_story import about_story, not_open, written_in
from casestudies.joinin.pages import gone_words, none_open, page, private, say, small_form
from casestudies.models import CaseStudy
from casestudies.vocabulary import Status
from foundation.people.public_forms import is_answer, trapped


def shared_with(request: HttpRequest, case: CaseStudy) -> dict[str, Any]:
    """What the task list says of sharing: to the contributor, who was let in; to a colleague, what is not theirs to do."""
    if is_colleague(request):
        return {"is_colleague": True, "own_pages": OWN_PAGES}
    return {"colleagues": colleagues(case)}


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story("name", "email", closed=none_open)
def colleague(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Who may write in the draft beside its contributor. Only they see and change this."""
    if case.status != Status.DRAFT:
        return not_open(request, *written_in(request, "name", "email"), notice=gone_words()) or redirect(
            "joinin:status"
        )
    if "revoke" in request.POST:
        return _revoke(request, case)
    form = small_form(request, ColleagueForm, {}, case)
    there = colleagues(case)
    if is_answer(request) and may_let_in(case) and form.is_valid() and len(there) < MOST_COLLEAGUES:
        return _invite(request, case, form.cleaned_data["name"], form.cleaned_data["email"])
    context = {
        "case": case,
        "form": form,
        "summary": form.shown_summary,
        "switches": "stay" if may_let_in(case) else "",
        "colleagues": there,
        "may_let_in": may_let_in(case),
        "most": MOST_COLLEAGUES,
        "is_full": len(there) >= MOST_COLLEAGUES,
    }
    return page(request, "colleague", context)


def _invite(request: HttpRequest, case: CaseStudy, name: str, email: str) -> HttpResponse:
    take_for(request, limits.HAND_OVER)
    if trapped(request):
        return redirect("joinin:colleague")
    if may(MAIL_TO, email.casefold()):
        let_in(case, name=name, email=email)
        say(request, _("We have sent a link to %(email)s.") % {"email": email})
    else:
        say(request, _("We have sent %(email)s many messages today. Try again tomorrow.") % {"email": email})
    return redirect("joinin:colleague")


def _revoke(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    take_for(request, limits.HAND_OVER)
    email = request.POST["revoke"]
    if shut_out(case, email):
        say(request, _("The link sent to %(email)s opens nothing any more.") % {"email": email})
    return redirect("joinin:colleague")
