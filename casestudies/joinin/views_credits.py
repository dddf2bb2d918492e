"""The page of somebody who is credited: how they are named, and declining."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casestudies import credited
from casestudies.joinin import limits
from casestudies.joinin.limits import LINKS_TO, may, take_for
from casestudies.joinin.pages import page, private, spent
from casestudies.messages import write_to_credited
from casestudies.models import AccessLink, CreditedPerson, hash_token
from casestudies.models.people import AccessLinkQuerySet
from casestudies.vocabulary import Status
from foundation.bilingual.languages import current, words


def _person(links: AccessLinkQuerySet) -> CreditedPerson | None:
    """Whom a link is for, if it went to the address they have now."""
    link = links.filter(purpose=AccessLink.Purpose.CREDIT).select_related("person__case_study").first()
    person = link.person if link is not None else None
    return person if link and person and person.email.casefold() == link.email.casefold() else None


@require_http_methods(["GET", "HEAD", "POST"])
@private
def credit(request: HttpRequest, token: str) -> HttpResponse:
    """How somebody is named. Looking changes nothing; the buttons act, before publication and afterwards."""
    person = _person(AccessLink.objects.good(token, timezone.now()))
    if person is None:
        old = _person(AccessLink.objects.standing().filter(token_hash=hash_token(token)))
        return spent(request, old, _send_again, is_credit=True)
    if request.method != "POST":
        return page(request, "credit", _context(person))
    take_for(request, limits.SEND)
    if "decline" in request.POST or "accept" in request.POST:
        credited.answer(person, declines="decline" in request.POST)
    elif "no_contact" in request.POST:
        credited.keep_address_private(person)
    return redirect("joinin:credit", token=token)


def _context(person: CreditedPerson) -> dict[str, object]:
    case = person.case_study
    edition = case.live if case.status == Status.PUBLISHED else case.working or case.live
    language = current() if edition and words(edition, "title") else current().other
    return {
        "person": person,
        "case": case,
        "title": words(edition, "title", language) if edition else case.reference,
        "title_language": language if edition else "",
        "is_published": case.status == Status.PUBLISHED,
    }


def _send_again(person: CreditedPerson) -> None:
    if may(LINKS_TO, person.email.casefold()):
        write_to_credited(person=person, kind=credited.KIND)
