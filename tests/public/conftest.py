"""A small published site, and beside it everything that must not show."""

from typing import Any

import pytest

from casestudies.models import CaseStudyReference, EditionHallmark
from hallmarks.models import Hallmark
from tests.factories import (
    CaseStudyFactory,
    ConnectionFactory,
    HallmarkEditionFactory,
    HallmarkFactory,
    PageFactory,
    PictureFactory,
    StrandFactory,
    WorkFactory,
)

SECRET = "Cyfrinach"  # stands in every text that readers may not see


@pytest.fixture
def site(db: None) -> dict[str, Any]:
    """Published: hallmarks 1–3, a case study, a standing page, works. Not published: a good deal, each marked `SECRET`."""
    works = [WorkFactory.create(family=name, key=f"work-{name.lower()}") for name in ("Llwyd", "Lewis", "Chadwick")]
    works[0].cover = PictureFactory.create()
    works[0].cover_alt_cy, works[0].cover_alt_en = "Clawr glas", "A blue cover"
    works[0].save()
    hallmarks = [HallmarkFactory.create(number=number) for number in (1, 2, 3)]
    first = HallmarkFactory.create(number=4, edition__works=works[:2], edition__source=works[0])
    ConnectionFactory.create(edition=first.editions.get(), strand=StrandFactory.create(name_en="Pedagogy"))
    case = CaseStudyFactory.create(
        status="published", edition__hallmarks=[first, hallmarks[0]], edition__pictures=2, origin="illustration"
    )
    CaseStudyReference.objects.create(edition=case.editions.get(), work=works[2], position=0)
    contact = PageFactory.create(key="contact", slug_cy="cysylltu", slug_en="contact")
    _hide(first)
    return {"hallmark": first, "case": case, "work": works[0], "page": contact, "works": works}


def _hide(hallmark: Hallmark) -> None:
    hidden = WorkFactory.create(family=f"{SECRET}awdur", title=f"{SECRET} title", key="hidden-work")
    words = {f"{field}_{code}": f"{SECRET} {field}" for field in ("title", "summary") for code in ("cy", "en")}
    HallmarkEditionFactory.create(
        content=hallmark, stage="working", works=[hidden], **words, short_name_cy=SECRET, short_name_en=SECRET
    )
    HallmarkFactory.create(
        number=8, edition__stage="working", **{f"edition__{key}": text for key, text in words.items()}
    )
    PageFactory.create(edition__stage="working", edition__title_cy=SECRET, edition__title_en=SECRET)
    told = {f"{field}_{code}": f"{SECRET} {field}" for field in ("title", "summary", "about") for code in ("cy", "en")}
    for status in ("submitted", "in_review", "editing", "approved", "archived", "withdrawn", "declined"):
        made = CaseStudyFactory.create(status=status, **{f"edition__{key}": text for key, text in told.items()})
        EditionHallmark.objects.get_or_create(edition=made.editions.get(), hallmark=hallmark)
        CaseStudyReference.objects.create(edition=made.editions.get(), work=hidden, position=0)
    corrected = CaseStudyFactory.create(status="published", correction=True)
    working = corrected.editions.get(stage="working")
    type(working).objects.filter(pk=working.pk).update(**told)
    CaseStudyReference.objects.create(edition=working, work=hidden, position=0)
