"""A story that was sent: its state in plain words, and what its contributor may do about it."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casestudies.corrections import agree_to_correction, ask_for_correction_changes, waits_for_contributor
from casestudies.joinin import limits
from casestudies.joinin.access import keep_open
from casestudies.joinin.answering import judged, typed_answers
from casestudies.joinin.correcting import AddressForm, correct
from casestudies.joinin.forms import storable
from casestudies.joinin.headteacher import may_ask
from casestudies.joinin.last_forms import ComeBackForm
from casestudies.joinin.limits import take_for
from casestudies.joinin.open_story import about_story, not_open, written_in
from casestudies.joinin.pages import changed_words, day_in_words, gone_words, page, private, say, small_form, version_of
from casestudies.joinin.proofs import Proof, for_proof
from casestudies.joinin.returning import offer_again, pictures_with_people
from casestudies.joinin.sending import take_up_from_edition
from casestudies.joinin.states import due, editors_words, told, withdrawal
from casestudies.joinin.status_parts import changed_in_proof, story_parts
from casestudies.models import CaseStudy, EditionPicture
from casestudies.questions import save_answers
from casestudies.services import MoveRefused, Words, perform, proof_hash
from casestudies.vocabulary import Status
from foundation.bilingual.addresses import address_in
from foundation.bilingual.languages import Language, current
from foundation.people.public_forms import is_answer
from foundation.publishing.prose import clean_text
from foundation.publishing.services import ChangedSince
from foundation.record.actors import CONTRIBUTOR

#: The words that an answer to a proof may have. What is longer is kept in the page and refused.
MOST_REASON = 5000
#: How the names of the boxes for answers begin.
ANSWERS = "answer-"


def attempt(request: HttpRequest, act: Callable[[], object]) -> str:
    """Do it, and give "" — or, in plain words, why it could not be done."""
    try:
        take_for(request, limits.SEND)
        act()
    except ChangedSince:
        return changed_words()
    except MoveRefused as refused:
        if refused.code == "proof-stale":
            return _("The text has changed since you opened this page. This is the new text: please read it again.")
        return gone_words()
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story(ANSWERS)
def status(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Where the story is, what happens next and when, and what may be done now; and the answers to the editors' questions."""
    return _answer(request, case) if request.method == "POST" else status_page(request, case)


def _answer(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Save one answer, or all; what else is in the boxes stays there."""
    typed = typed_answers(request)
    answers, errors = judged(request, case)
    if "switch" in request.POST or "save" not in request.POST:
        return status_page(request, case, typed=typed, errors=errors if "judged" in request.POST else {})
    if errors:
        return status_page(request, case, typed=typed, errors=errors)
    done: list[tuple[set[int], set[int]]] = []
    problem = attempt(
        request, lambda: done.append(save_answers(case_id=case.pk, answers=answers, language=current().value))
    )
    if problem:
        return not_open(request, *written_in(request, ANSWERS), notice=problem) or redirect("joinin:status")
    saved, clashes = done[0]
    left = {pk: text for pk, text in typed.items() if pk not in saved}
    if clashes:
        notice = _(
            "Somebody else has answered meanwhile. Both answers are here: save yours again to put it in its place."
        )
        return status_page(request, again(case), notice, 409, typed=left)
    say(request, _("Your answer is saved, and the editor has been told."))
    return status_page(request, again(case), typed=left) if any(left.values()) else redirect("joinin:status")


def status_page(
    request: HttpRequest,
    case: CaseStudy,
    notice: str = "",
    code: int = 200,
    *,
    typed: dict[int, str] | None = None,
    errors: dict[int, str] | None = None,
) -> HttpResponse:
    """How the story stands. A draft has nothing to tell yet: its task list is shown."""
    if case.status == Status.DRAFT:
        if notice:
            say(request, notice)
        return redirect("joinin:start")
    context: dict[str, Any] = {
        "case": case,
        "contributor": case.contributor_or_none,
        "told": told(case),
        "due": day_in_words(due(case)),
        "publish_on": day_in_words(timezone.localtime(case.publish_at).date()) if case.publish_at else "",
        **story_parts(case, editors_words(case), typed=typed, errors=errors),
        "pressed": request.POST.get("save", request.POST.get("judged", "")),
        "may_withdraw": bool(withdrawal(case)),
        "has_pictures": EditionPicture.objects.filter(edition__content=case).exists(),
        "head": case.headteacher_or_none,
        "may_ask_headteacher": may_ask(case),
        "notice": notice,
    }
    if case.status == Status.PUBLISHED:
        context["has_proof"] = has_proof(case)
        context["addresses"] = [(one, address_in(one.value, case)) for one in Language]
    return page(request, "status", context, status=code)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story()
def revise(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Open the form again for changes: after a request for them, or to take up a story that was put aside.

    Its answer may stand at this address (with why it was not possible), so the language switch and a reload come here.
    """
    if request.method != "POST":
        return redirect("joinin:status")
    if case.status == Status.DECLINED:
        pk, version = case.pk, version_of(request)
        problem = attempt(request, lambda: perform("take_up_again", case_id=pk, actor=CONTRIBUTOR, version=version))
        if problem:
            return status_page(request, again(case), problem, 409)
    case = again(case)
    if case.status == Status.CHANGES_REQUESTED:
        take_for(request, limits.SEND)
    else:
        return status_page(request, case, gone_words(), 409)
    take_up_from_edition(case)
    return redirect("joinin:check")


def again(case: CaseStudy) -> CaseStudy:
    """The case study as it is stored now."""
    return CaseStudy.objects.select_related("contributor", "draft").get(pk=case.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story("reason")
def proof(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """The story in both languages as it will be published; agreeing to it, or asking for changes."""
    if request.method == "POST":
        return _answer_proof(request, case)
    return proof_page(request, case) if has_proof(case) else redirect("joinin:status")


def has_proof(case: CaseStudy) -> bool:
    """Whether a text waits for the contributor to read it: that of the whole story, or the correction of a published one."""
    return case.status == Status.WITH_CONTRIBUTOR or waits_for_contributor(case)


def proof_page(request: HttpRequest, case: CaseStudy, code: int = 200, **more: Any) -> HttpResponse:
    edition = case.working
    if edition is None:
        return redirect("joinin:status")
    edition = for_proof(edition)
    shown = [Language(edition.only_language)] if edition.only_language else [current(), current().other]
    proofs = [Proof(edition, language) for language in shown]
    changed = changed_in_proof(case, edition)
    context = {
        "is_correction": case.status == Status.PUBLISHED,
        "case": case,
        "proofs": proofs,
        "changed": changed,
        "hash": proof_hash(edition),
        "switches": "stay",
        **more,
    }
    return page(request, "proof", context, status=code)


def _answer_proof(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    if not has_proof(case):
        return _not_possible(request, gone_words())
    typed = storable(request.POST.get("reason", ""))
    reason = clean_text(typed).strip()
    pressed = _pressed(request)
    asks = pressed == "ask"
    if not pressed:
        return proof_page(request, case, typed=typed)
    if reason and not asks:
        words = _("You have written what should change. Ask for the changes; or empty this box, and then agree")
        return proof_page(request, case, summary=[("id_reason", words)], typed=typed, pressed=pressed)
    if asks and not reason:
        return proof_page(
            request, case, summary=[("id_reason", _("Say what you would like us to change"))], pressed=pressed
        )
    if asks and len(reason) > MOST_REASON:
        words = _("Shorten what you would like us to change to %(limit)s characters or fewer") % {"limit": MOST_REASON}
        return proof_page(request, case, summary=[("id_reason", words)], typed=typed, pressed=pressed)
    if "switch" in request.POST:
        return proof_page(request, case, typed=typed)
    said = Words(**{current().value: reason}) if asks else None
    problem = attempt(request, lambda: _answered(request, case, said))
    if problem:
        case = again(case)
        if has_proof(case):
            return proof_page(request, case, 409, notice=problem, typed=typed)
        return _not_possible(request, problem)
    say(request, _("We have passed on what you wrote.") if asks else _("Thank you. You have agreed to the text."))
    return redirect("joinin:status")


def _pressed(request: HttpRequest) -> str:
    """The button: "ask" or "agree"; on the way to the other language the one that the page was judged by, if it was."""
    if "switch" in request.POST:
        judged = request.POST.get("judged", "")
        return judged if judged in ("ask", "agree") else ""
    return next((name for name in ("ask", "agree") if name in request.POST), "")


def _not_possible(request: HttpRequest, notice: str) -> HttpResponse:
    return not_open(request, *written_in(request, "reason"), notice=notice) or redirect("joinin:status")


def _answered(request: HttpRequest, case: CaseStudy, words: Words | None) -> object:
    """Ask for changes with `words`, or agree; to the whole story, or to the correction of a published one."""
    pk, version, shown = case.pk, version_of(request), request.POST.get("hash", "")
    if case.status == Status.PUBLISHED:
        if words:
            return ask_for_correction_changes(case_id=pk, version=version, reason=words)
        return agree_to_correction(case_id=pk, version=version, shown=shown)
    if words:
        return perform("ask_for_changes", case_id=pk, actor=CONTRIBUTOR, version=version, reason=words)
    return perform("agree", case_id=pk, actor=CONTRIBUTOR, version=version, proof_hash=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story()
def withdraw(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Take the story back, at any time and without a reason."""
    move = withdrawal(case)
    if not move:
        return redirect("joinin:status")
    if request.method != "POST":
        return page(request, "withdraw", {"case": case})
    problem = attempt(request, lambda: perform(move, case_id=case.pk, actor=CONTRIBUTOR, version=version_of(request)))
    return status_page(request, again(case), problem, 409) if problem else redirect("joinin:status")


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story("headteacher_name", "headteacher_email")
def come_back(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Offer a withdrawn story again, every permission given anew."""
    if case.status != Status.WITHDRAWN:
        written = written_in(request, "headteacher_name", "headteacher_email")
        return not_open(request, *written, notice=gone_words()) or redirect("joinin:status")
    head = case.headteacher_or_none
    asked = {"headteacher_name": head.name, "headteacher_email": head.email} if head else {}
    form = small_form(request, ComeBackForm, asked, case, pictures=pictures_with_people(case))
    if is_answer(request) and form.is_valid():
        problem = attempt(request, lambda: offer_again(case, typed=dict(form.initial), version=version_of(request)))
        return status_page(request, again(case), problem, 409) if problem else redirect("joinin:status")
    return page(request, "come_back", {"case": case, "form": form, "summary": form.shown_summary, "switches": "stay"})


@require_http_methods(["GET", "HEAD", "POST"])
@private
@about_story("email")
def correct_address(request: HttpRequest, case: CaseStudy) -> HttpResponse:
    """Correct the address that the message to confirm went to."""
    if case.status != Status.AWAITING_CONFIRMATION:
        return not_open(request, *written_in(request, "email"), notice=gone_words()) or redirect("joinin:status")
    form = small_form(request, AddressForm, {"email": case.contributor.email}, case)
    if is_answer(request) and form.is_valid():
        return _corrected(request, case, form.cleaned_data["email"])
    return page(
        request, "correct_address", {"case": case, "form": form, "summary": form.shown_summary, "switches": "stay"}
    )


def _corrected(request: HttpRequest, case: CaseStudy, email: str) -> HttpResponse:
    take_for(request, limits.ASK)
    with transaction.atomic():
        problem_words = attempt(request, lambda: correct(case, email=email, version=version_of(request)))
    if problem_words:
        return status_page(request, again(case), problem_words, 409)
    keep_open(request, again(case))
    say(request, _("We have sent the link to %(email)s.") % {"email": email})
    return redirect("joinin:status")
