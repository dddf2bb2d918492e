"""The public form, and the page that says that we have what was told."""

import re
import secrets
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from foundation.people.limits import Limit, TooOften, take_from
from foundation.people.public_forms import LEAST_SECONDS, TRAP, is_answer, trapped
from foundation.problems.forms import ProblemForm
from foundation.problems.models import Problem
from foundation.problems.pages import subject_at
from foundation.problems.services import report

SEND = Limit("something-wrong", 20, 3600)
#: More addresses than these are not what a reader has to say.
MOST_LINKS = 3
FORM, SENT = "foundation.problems.form", "foundation.problems.sent"


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Ask what is wrong with the page that the reader came from. GET shows; only the button sends."""
    path = request.POST.get("page", "") or request.GET.get("page", "")
    subject = subject_at(path)
    is_sent = is_answer(request)
    asked = ProblemForm(request.POST.dict(), judged=is_sent or "judged" in request.POST, knows_page=subject is not None)
    begun = _begun(request)
    context: dict[str, Any] = {"form": asked, "subject": subject, "path": path if subject else "", "trap": TRAP}
    context |= {
        "summary": asked.shown_summary,
        "switches": "stay",
        "begun": signing.dumps(begun, salt=FORM),
    }
    if not is_sent or not asked.is_valid():
        return _page(request, context)
    try:
        take_from(request, SEND)
    except TooOften as problem:
        context["again_at"] = problem.clock_time
        return _page(request, context, status=429)
    given = asked.cleaned_data
    found = report(
        Problem(
            asked_as=begun["key"],
            page=path if subject else "",
            where=subject.title[:250] if subject else given.pop("where"),
            subject=subject.key if subject else None,
            subject_kind=subject.kind if subject else "",
            looks_like_junk=_is_junk(request, begun, given["text"]),
            **given,
        )
    )
    key = signing.dumps(found.reference, salt=SENT)
    return redirect(reverse("problems:sent", kwargs={"key": key}))


def _begun(request: HttpRequest) -> dict[str, Any]:
    """When the form was first shown, and its key: signed, so that both come back as they went out."""
    try:
        found: dict[str, Any] = signing.loads(request.POST.get("begun", ""), salt=FORM)
    except signing.BadSignature:
        return {"key": secrets.token_urlsafe(16), "at": timezone.now().timestamp()}
    return found


def _is_junk(request: HttpRequest, begun: dict[str, Any], text: str) -> bool:
    """Whether it looks as if a machine had written it. It is kept all the same, and an editor looks at it."""
    too_quick = timezone.now().timestamp() - float(begun["at"]) < LEAST_SECONDS
    return trapped(request) or too_quick or len(re.findall(r"https?://|www\.", text)) > MOST_LINKS


@require_safe
def sent(request: HttpRequest, key: str) -> HttpResponse:
    """The reference number, and what happens next. Looking again sends nothing again."""
    try:
        reference = signing.loads(key, salt=SENT)
    except signing.BadSignature as unknown:
        raise Http404 from unknown
    problem = Problem.objects.filter(reference=reference).first()
    if problem is None:
        raise Http404
    return _page(request, {"problem": problem}, name="sent")


def _page(request: HttpRequest, context: dict[str, Any], *, name: str = "form", status: int = 200) -> HttpResponse:
    response = render(request, f"something_wrong/{name}.html", context, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response
