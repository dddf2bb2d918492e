"""Offering a withdrawn story again."""

from django.db import transaction

from casestudies.joinin.agreements import agreed_to, say_who_leads
from casestudies.joinin.asking import Typed
from casestudies.models import CaseStudy
from casestudies.services import perform, record_permission
from foundation.files.models import Picture
from foundation.record.actors import CONTRIBUTOR


def pictures_with_people(case: CaseStudy) -> list[Picture]:
    edition = case.working or case.live
    rows = edition.pictures.filter(shows_people=True).select_related("picture") if edition else ()
    return [row.picture for row in rows]


@transaction.atomic
def offer_again(case: CaseStudy, *, typed: Typed, version: int) -> CaseStudy:
    """Record every permission anew, then make the move that asks for them. Raises what `perform` raises.

    Where the writer is not the headteacher, that one is asked by mail again: what they said before ended with the story.
    """
    say_who_leads(case, typed)
    for kind, picture, given in agreed_to(case, typed, pictures_with_people(case)):
        record_permission(case=case, kind=kind, picture=picture, **given)
    return perform("come_back", case_id=case.pk, actor=CONTRIBUTOR, version=version)
