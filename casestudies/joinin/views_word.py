"""Text that comes from Word: pasted into the editor, or taken out of a document."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from casestudies.joinin import limits, word_parts
from casestudies.joinin.access import writer_of
from casestudies.joinin.forms import limit_of_file
from casestudies.joinin.journey import EDITABLE, Journey, changing
from casestudies.joinin.last_forms import MOST_PICTURES
from casestudies.joinin.limits import TooOften, take_for
from casestudies.joinin.open_story import about_story
from casestudies.joinin.pages import language_first, none_open, page, private, say
from casestudies.joinin.pasting import tidied
from casestudies.joinin.uploads import Errors
from casestudies.models import CaseStudy
from casestudies.vocabulary import Status
from foundation.people.public_forms import is_answer


@require_POST
@private
def tidy(request: HttpRequest) -> HttpResponse:
    """What was pasted, as our texts are written: asked for by the editor, which puts it where the cursor is."""
    case = writer_of(request)
    if case is None:
        return JsonResponse({}, status=409)
    try:
        limits.take(limits.TYPING, str(case.uuid))
    except TooOften:
        return JsonResponse({}, status=429)
    return JsonResponse({"markup": tidied(request.POST.get("markup", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story(whose=writer_of, closed=none_open)
def word(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Take a Word document in, a part at a time to the section it belongs to."""
    if case.status not in EDITABLE:
        return redirect("joinin:status")
    journey = Journey(case)
    if not journey.languages:
        return language_first(request)
    if not is_answer(request):
        return _show(request, journey)
    take_for(request, limits.UPLOAD if request.FILES else limits.SAVE)
    if request.FILES or "place" not in request.POST:
        return _read(request, journey)
    return _place(request, case)


def _show(request: HttpRequest, journey: Journey, errors: Errors | None = None) -> HttpResponse:
    errors = errors or []
    parts = word_parts.waiting(journey)
    proposed = word_parts.proposed(journey, parts)
    told = dict(errors)
    context = {
        "case": journey.case,
        "switches": "stay",
        "enter": "place" if parts else "add",
        "summary": errors,
        "boxes": [(one, f"id_document_{one}", told.get(f"id_document_{one}", "")) for one in journey.languages],
        "parts": [
            (
                part,
                word_parts.choices(journey, part),
                request.POST.get(f"to-{part.id}") or proposed.get(part.id, ""),
                told.get(f"id_to-{part.id}", ""),
            )
            for part in parts
        ],
        "limit_of_file": limit_of_file(),
        "most_pictures": MOST_PICTURES,
        "several": len(journey.languages) > 1,
    }
    return page(request, "word", context)


def _read(request: HttpRequest, journey: Journey) -> HttpResponse:
    documents, errors = [], []
    for language in journey.languages:
        upload = request.FILES.get(f"document_{language}")
        if upload is None:
            continue
        try:
            documents.append(word_parts.read(upload, language))  # before anything is locked: it takes its time
        except ValidationError as error:
            errors += [(f"id_document_{language}", message) for message in error.messages]
    if not documents and not errors:
        errors = [(f"id_document_{journey.languages[0]}", _("Choose a Word document"))]
    if documents:
        with transaction.atomic():
            journey = changing(journey.case)
            if journey.case.status not in EDITABLE:
                return redirect("joinin:status")
            for document in documents:
                _keep(request, journey, document)
            journey.keep()
    if errors:
        return _show(request, journey, errors)
    return redirect(f"{request.path}#parts")


def _keep(request: HttpRequest, journey: Journey, document: word_parts.Document) -> None:
    word_parts.keep_waiting(journey, document)
    added, refused = word_parts.keep_pictures(journey, document)
    if added:
        words = ngettext(
            "%(count)s picture of the document was added. Say on the page Pictures what it shows.",
            "%(count)s pictures of the document were added. Say on the page Pictures what they show.",
            added,
        )
        say(request, words % {"count": added})
    for words in refused:
        say(request, words)


def _place(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    with transaction.atomic():
        journey = changing(case)
        if journey.case.status not in EDITABLE:
            return redirect("joinin:status")
        given = {name.removeprefix("to-"): str(to) for name, to in request.POST.items() if name.startswith("to-")}
        left = word_parts.place(journey, given)
        journey.keep()
    if left:
        words = _("Choose where this part goes")
        return _show(request, journey, [(f"id_to-{part.id}", words) for part in word_parts.waiting(journey)])
    say(request, _("The text is in your story now. Read each page before you send it."))
    return redirect("joinin:start" if journey.case.status == Status.DRAFT else "joinin:check")
