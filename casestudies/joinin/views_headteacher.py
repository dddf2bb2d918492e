"""The headteacher's page, by the link in their message; and the contributor's, to have that link sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.joinin import headteacher, limits
from casestudies.joinin.access import case_of
from casestudies.joinin.headteacher import Asked, correct_headteacher, found_by, may_ask
from casestudies.joinin.last_forms import HeadteacherForm
from casestudies.joinin.limits import TooOften, take_for
from casestudies.joinin.pages import is_answer, page, private, say, small_form, too_often
from casestudies.joinin.proofs import for_proof, proof_of
from casestudies.services import MoveRefused, proof_hash
from foundation.bilingual.languages import Language, current
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
    try:
        take_for(request, limits.SEND)
        _act(request, asked)
    except TooOften as problem:
        return too_often(request, problem)
    except (ChangedSince, MoveRefused):
        again = found_by(token)
        notice = _("This has changed since you opened it. What you see now is how it stands.")
        return _page(request, token, again, notice, 409) if again else _spent(request, token)
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
            "proofs": [proof_of(edition, Language(one)) for one in languages],
            "hash": proof_hash(edition),
            "pictures": edition.pictures.all(),
            "picture_key": f"?link={token}",
        }
    return page(request, "headteacher", context, status=code)


def _spent(request: HttpRequest, token: str) -> HttpResponse:
    """A link that does not work: one that only became too old is renewed from here, to the same address."""
    old = headteacher.ran_out(token)
    if request.method != "POST" or old is None:
        context = {"old": old, "is_headteacher": True}
        return page(request, "link_spent", context, status=404 if old is None else 410)
    try:
        take_for(request, limits.ASK)
    except TooOften as problem:
        return too_often(request, problem)
    headteacher.send_link_again(old)
    return page(request, "asked")


@require_http_methods(["GET", "HEAD", "POST"])
@private
def ask_headteacher(request: HttpRequest) -> HttpResponse:
    """The contributor has the headteacher asked again, or says that it is somebody else."""
    case = case_of(request)
    if case is None:
        return redirect("joinin:ask")
    head = case.headteacher_or_none
    if head is None or head.agreed_at is not None or not may_ask(case):
        return redirect("joinin:status")
    typed = {"headteacher_name": head.name, "headteacher_email": head.email}
    form = small_form(request, HeadteacherForm, typed, case)
    if not is_answer(request) or not form.is_valid():
        context = {"case": case, "head": head, "form": form, "summary": form.shown_summary, "switches": "stay"}
        return page(request, "ask_headteacher", context)
    try:
        take_for(request, limits.ASK)
        name, email = form.cleaned_data["headteacher_name"], form.cleaned_data["headteacher_email"]
        case = correct_headteacher(case, name=name, email=email)
    except TooOften as problem:
        return too_often(request, problem)
    except ChangedSince:
        return redirect("joinin:status")
    headteacher.ask_again(case, actor=CONTRIBUTOR)
    say(request, _("%(name)s gets a message with the link at %(email)s.") % {"name": name, "email": email})
    return redirect("joinin:status")
