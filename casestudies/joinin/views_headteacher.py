"""The headteacher's page, by the link in their message; and the contributor's, to have that link sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.joinin import headteacher, limits
from casestudies.joinin.headteacher import Asked, correct_headteacher, found_by, may_ask
from casestudies.joinin.last_forms import HeadteacherForm
from casestudies.joinin.limits import take_for
from casestudies.joinin.open_story import about_story, not_open, written_in
from casestudies.joinin.pages import changed_words, gone_words, page, private, say, small_form, spent
from casestudies.joinin.proofs import Proof, for_proof
from casestudies.models import CaseStudy
from casestudies.services import MoveRefused, proof_hash
from foundation.bilingual.languages import Language, current
from foundation.people.public_forms import is_answer
from foundation.publishing.services import ChangedSince
from foundation.record.actors import CONTRIBUTOR


@require_http_methods(["GET", "HEAD", "POST"])
@private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The story as it stands and what the headteacher says of it. Looking changes nothing; the buttons act."""
    asked = found_by(token)
    if asked is None:
        return _spent(request, token)
    if request.method != "POST":
        return _page(request, token, asked)
    take_for(request, limits.SEND)
    try:
        _act(request, asked)
    except (ChangedSince, MoveRefused):
        again = found_by(token)
        return _page(request, token, again, changed_words(), 409) if again else _spent(request, token)
    return redirect("joinin:headteacher", token=token)


def _act(request: HttpRequest, asked: Asked) -> None:
    """What the button asks for."""
    if "agree" in request.POST:
        headteacher.agree(asked, shown=request.POST.get("hash", ""), language=current().value)
        say(request, _("Thank you. We have written to you with a link by which you can withdraw this at any time."))
    elif "refuse" in request.POST:
        headteacher.refuse(asked, language=current().value)
        say(request, _("Thank you. We have told the person who sent the story, and the editors."))
    elif "withdraw" in request.POST:
        headteacher.withdraw(asked)
    elif "picture" in request.POST and headteacher.withdraw_one(asked, token=request.POST["picture"]):
        say(request, _("The picture is gone from the site."))


def _page(request: HttpRequest, token: str, asked: Asked, notice: str = "", code: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"asked": asked, "case": asked.case, "head": asked.head, "notice": notice}
    context["text"] = asked.text.in_language(current())
    edition = asked.edition if asked.sees_story else None
    if edition is not None:
        edition = for_proof(edition)
        languages = [one for one in (current(), current().other) if getattr(edition, f"title_{one}")]
        context |= {
            "proofs": [Proof(edition, Language(one)) for one in languages],
            "hash": proof_hash(edition),
            "pictures": edition.pictures.all(),
            "picture_key": f"?link={token}",
        }
    return page(request, "headteacher", context, status=code)


def _spent(request: HttpRequest, token: str) -> HttpResponse:
    return spent(request, headteacher.ran_out(token), headteacher.send_link_again, is_headteacher=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story("headteacher_name", "headteacher_email")
def ask_headteacher(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """The contributor has the headteacher asked again, or says that it is somebody else."""
    if not may_ask(case):
        return _gone(request)
    head = case.headteacher
    typed = {"headteacher_name": head.name, "headteacher_email": head.email}
    form = small_form(request, HeadteacherForm, typed, case)
    if not is_answer(request) or not form.is_valid():
        context = {"case": case, "form": form, "summary": form.shown_summary, "switches": "stay"}
        return page(request, "ask_headteacher", context)
    take_for(request, limits.ASK)
    name, email = form.cleaned_data["headteacher_name"], form.cleaned_data["headteacher_email"]
    try:
        case = correct_headteacher(case, name=name, email=email)
    except ChangedSince:
        return _gone(request)
    headteacher.ask_again(case, actor=CONTRIBUTOR)
    say(request, _("%(name)s gets a message with the link at %(email)s.") % {"name": name, "email": email})
    return redirect("joinin:status")


def _gone(request: HttpRequest) -> HttpResponse:
    written = written_in(request, "headteacher_name", "headteacher_email")
    return not_open(request, *written, notice=gone_words()) or redirect("joinin:status")
