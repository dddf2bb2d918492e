"""Withdrawing one picture of a story, at any time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.joinin import limits
from casestudies.joinin.limits import take_for
from casestudies.joinin.open_story import about_story
from casestudies.joinin.pages import page, private, say
from casestudies.joinin.states import withdrawal
from casestudies.models import CaseStudy
from casestudies.pictures import pictures_of, withdraw_picture
from foundation.record.actors import CONTRIBUTOR


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story()
def withdraw_one(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """The pictures of the story, each with a button that takes it out at once."""
    if not withdrawal(case):
        return redirect("joinin:status")
    if request.method != "POST":
        return page(request, "withdraw_picture", {"case": case, "pictures": pictures_of(case)})
    take_for(request, limits.SEND)
    if withdraw_picture(case, token=request.POST.get("picture", ""), actor=CONTRIBUTOR):
        say(request, _("The picture is withdrawn, and we have deleted it."))
    return redirect("joinin:withdraw_picture")
