"""Links in mail: looking at one changes nothing, following it opens the story, and an old one can be renewed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.joinin import letters, limits
from casestudies.joinin.access import case_of, open_for_colleague, open_in_browser
from casestudies.joinin.correcting import AddressForm
from casestudies.joinin.following import good_link, old_link, use_link
from casestudies.joinin.limits import take_for
from casestudies.joinin.pages import page, private, say, small_form, spent
from casestudies.models import AccessLink
from casestudies.vocabulary import Status
from foundation.people.public_forms import is_answer, is_too_quick, stamp, trapped


@require_http_methods(["GET", "HEAD", "POST"])
@private
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button. Only the button opens the story, so that a mail scanner that looks spends nothing."""
    if request.method == "POST":
        take_for(request, limits.OPEN)
    found = good_link(token)
    if found is None:
        return _spent(request, token)
    if request.method != "POST":
        return page(
            request,
            "link",
            {
                "link": found,
                "case": found.case_study,
                "confirms": _confirms(found),
                "is_colleague": _is_colleagues(found),
            },
        )
    case = use_link(found, now=timezone.now())
    if case is None:
        return _spent(request, token)
    if _is_colleagues(found):
        open_for_colleague(request, case, found)
        return redirect("joinin:start")
    open_in_browser(request, case)
    if case.status == Status.DRAFT:
        return redirect("joinin:start")
    if _confirms(found):
        say(request, _("Thank you: your address is confirmed and your story has been sent to the editors."))
    return redirect("joinin:status")


def _confirms(link: AccessLink) -> bool:
    return bool(link.case_study.status == Status.AWAITING_CONFIRMATION)


def _is_colleagues(link: AccessLink) -> bool:
    return bool(link.purpose == AccessLink.Purpose.WRITE)


def _spent(request: HttpRequest, token: str) -> HttpResponse:
    return spent(request, old_link(token), lambda old: letters.write_new_link(old.case_study))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def ask(request: HttpRequest) -> HttpResponse:
    """Have links to one's stories sent. The answer is the same whether the address is known or not."""
    case = case_of(request)
    form = small_form(
        request, AddressForm, {"email": case.contributor.email} if case and case.contributor_or_none else {}
    )
    if not is_answer(request) or not form.is_valid():
        context = {"form": form, "summary": form.shown_summary, "switches": "stay", "begun": stamp(request)}
        return page(request, "ask", context)
    take_for(request, limits.ASK)
    if is_too_quick(request):
        take_for(request, limits.ASK_QUICKLY)
    if trapped(request):
        return page(request, "asked")
    letters.ask_for_links(form.cleaned_data["email"])
    return page(request, "asked")
