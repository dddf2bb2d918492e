"""Which story a page is about, and whether that one is open in this browser: a browser has one story open at a time."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from casestudies.joinin.access import case_of
from casestudies.joinin.forms import storable
from casestudies.joinin.pages import page
from casestudies.models import CaseStudy

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
#: The box that holds what was written, on a page that shows it to be copied.
KEPT = "kept"


def ask_for_link(request: HttpRequest) -> HttpResponse:
    return redirect("joinin:ask")


def about_story(
    *boxes: str,
    whose: Callable[[HttpRequest], CaseStudy | None] = case_of,
    closed: Callable[[HttpRequest], HttpResponse] = ask_for_link,
) -> Callable[[Callable[Concatenate[HttpRequest, CaseStudy, P], HttpResponse]], View[P]]:
    """Give the view the story that is open in this browser.

    What a page sends about another story, or while none is open here, is not acted on: what was written in its `boxes` is
    shown, to be copied. A box is named whole, or by its beginning, which ends with a dash. With nothing written and nothing
    open `closed` answers.
    """

    def decorate(view: Callable[Concatenate[HttpRequest, CaseStudy, P], HttpResponse]) -> View[P]:
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            case = whose(request)
            if case is None:
                return not_open(request, *written_in(request, *boxes)) or closed(request)
            if request.method == "POST" and request.POST.get("story", case.reference) != case.reference:
                return _another(request, case, *written_in(request, *boxes))
            return view(request, case, *args, **kwargs)

        return answered

    return decorate


def written_in(request: HttpRequest, *boxes: str) -> list[str]:
    """What was written in these boxes of the page that was sent."""
    names = [
        name
        for name in request.POST
        if name in (KEPT, *boxes) or any(name.startswith(box) for box in boxes if box.endswith("-"))
    ]
    return [storable(request.POST[name]) for name in names]


def not_open(request: HttpRequest, *written: str, notice: str = "") -> HttpResponse | None:
    """For a form that was sent where it can no longer be saved: what was written, to copy. None where nothing was.

    `notice`: why not, where the story is open.
    """
    if not any(text.strip() for text in written):
        return None
    return _kept(request, *written, notice=notice, is_open=bool(notice))


def _another(request: HttpRequest, case: CaseStudy, *written: str) -> HttpResponse:
    words = _(
        "This page was about the story %(asked)s. By now the story %(open)s is open in this browser, so nothing was done. "
        "To go back to the first, follow the link in our message about it."
    )
    reference = storable(request.POST["story"])[:20]
    notice = words % {"asked": reference, "open": case.reference}
    return _kept(request, *written, notice=notice, is_open=True, story=reference)


def _kept(request: HttpRequest, *written: str, **more: Any) -> HttpResponse:
    context = {"written": "\n\n".join(text for text in written if text.strip()), "switches": "stay", **more}
    return page(request, "not_open", context, status=409)
