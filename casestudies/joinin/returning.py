"""Offering a withdrawn story again."""

from django.db import transaction

from casestudies.joinin.agreements import agreement_texts
from casestudies.joinin.asking import Typed
from casestudies.models import CaseStudy
from casestudies.services import perform, record_permission
from foundation.files.models import Picture
from foundation.publishing.prose import clean_text
from foundation.record.actors import CONTRIBUTOR


def pictures_with_people(case: CaseStudy) -> list[Picture]:
    return [row.picture for row in case.pictures_to_publish if row.shows_people]


@transaction.atomic
def offer_again(case: CaseStudy, *, typed: Typed, version: int) -> CaseStudy:
    """Record every permission anew, then make the move that asks for them. Raises what `perform` raises."""
    contributor = case.contributor_or_none
    for kind, agreed in typed["agreed"].items():
        text = agreement_texts()[kind]
        headteacher = kind == "headteacher" or contributor is None
        for picture in pictures_with_people(case) if kind == "pictures" else [None]:
            record_permission(
                case=case,
                kind=kind,
                text_version=text.version,
                text_language=agreed["language"],
                text=text.in_language(agreed["language"]),
                person=clean_text(typed["headteacher_name"]).strip()
                if headteacher or contributor is None
                else contributor.name,
                picture=picture,
            )
    return perform("come_back", case_id=case.pk, actor=CONTRIBUTOR, version=version)
