"""After publication: the poster for the staff room, and whether the story is still true."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casestudies.joinin.forms import storable
from casestudies.joinin.open_story import about_story, not_open, written_in
from casestudies.joinin.pages import gone_words, page, private, say, version_of
from casestudies.joinin.views_status import MOST_REASON, again, attempt
from casestudies.models import CaseStudy
from casestudies.posters import poster_of
from casestudies.services import Words
from casestudies.vocabulary import Status
from casestudies.yearly import confirm, has_changed
from foundation.bilingual.languages import current
from foundation.publishing.prose import clean_text


@require_safe
@private
@about_story()
def poster(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """The poster as a PDF, for whoever has the published story open."""
    return poster_of(case) or redirect("joinin:status")


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story("what")
def still_true(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """One click says that the story is still true; a few words say what is not."""
    typed = storable(request.POST.get("what", ""))
    if case.status != Status.PUBLISHED:
        return not_open(request, *written_in(request, "what"), notice=gone_words()) or redirect("joinin:status")
    if request.method != "POST" or "switch" in request.POST:
        return _page(request, case, typed, judged="judged" in request.POST)
    if "confirm" in request.POST:
        return _confirmed(request, case, typed)
    return _changed(request, case, typed) if "changed" in request.POST else _page(request, case, typed)


def _page(request: HttpRequest, case: CaseStudy, typed: str, *, judged: bool = False, **more: Any) -> HttpResponse:
    summary = [("id_what", error)] if judged and (error := _problem(typed)) else []
    context = {"case": case, "typed": typed, "summary": summary, "switches": "stay", **more}
    return page(request, "still_true", context, status=409 if more else 200)


def _problem(typed: str) -> str:
    if not clean_text(typed).strip():
        return _("Say what has changed")
    if len(typed) > MOST_REASON:
        return _("Shorten what has changed to %(limit)s characters or fewer") % {"limit": MOST_REASON}
    return ""


def _confirmed(request: HttpRequest, case: CaseStudy, typed: str) -> HttpResponse:
    problem = attempt(request, lambda: confirm(case_id=case.pk, version=version_of(request)))
    if problem:
        return _page(request, again(case), typed, notice=problem)
    say(request, _("Thank you. The page of your story says that it was confirmed today."))
    return redirect("joinin:status")


def _changed(request: HttpRequest, case: CaseStudy, typed: str) -> HttpResponse:
    if _problem(typed):
        return _page(request, case, typed, judged=True)
    words = Words(**{current().value: clean_text(typed).strip()})
    problem = attempt(request, lambda: has_changed(case_id=case.pk, version=version_of(request), what=words))
    if problem:
        return _page(request, again(case), typed, notice=problem)
    say(request, _("Thank you. The editors have what you wrote; your story stays as it is until they have changed it."))
    return redirect("joinin:status")
