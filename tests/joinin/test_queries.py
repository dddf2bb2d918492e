"""Every page of the journey and of the status, with everything on it, in fifteen queries at most, however much there is."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casestudies.joinin.steps import STEPS
from casestudies.models import CaseStudy, CaseStudyEdition, CaseStudyReference, CreditedPerson
from casestudies.vocabulary import Status
from foundation.publishing.services import save_words
from tests.factories import (
    CaseStudyFactory,
    CommentFactory,
    DocumentFactory,
    EditionPictureFactory,
    HallmarkFactory,
    WorkFactory,
)
from tests.joinin.school import School, address, opened, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]
MOST = 15
SENT = [status for status in Status if status not in ("draft", "removed")]
#: The pages that show something of a story that was sent, and its poster.
PAGES = (
    "status",
    "proof",
    "withdraw",
    "withdraw_picture",
    "ask_headteacher",
    "come_back",
    "still_true",
    "poster",
    "sent",
)


def queries(client: Client, path: str) -> tuple[int, int]:
    """The code of the answer to a reader's second look, and how many queries it took."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        code = client.get(path).status_code
    return code, len(asked)


def full(case: CaseStudy, many: int) -> CaseStudy:
    """So many of everything that a story can have."""
    for edition in case.editions.all():
        for position in range(many):
            EditionPictureFactory.create(edition=edition, position=position, shows_people=True)
            CaseStudyReference.objects.create(edition=edition, work=WorkFactory.create(), position=position)
            edition.typed_references.create(text="Rhywun (2020)", position=position)
        for column in ("about_cy", "impact_en", "activity_en")[:many]:
            setattr(edition, column, "<p>Something else.</p>")
        CaseStudyEdition.objects.filter(pk=edition.pk).update(about_cy="<p>Arall.</p>", impact_en="<p>Other.</p>")
    for number in range(many):
        CommentFactory.create(case_study=case, text_en="Which?", quote="Pupils", is_sent=True)
        DocumentFactory.create(case_study=case)
        CreditedPerson.objects.create(case_study=case, name="Gwen", email=f"gwen{number}@example.org", position=number)
    return case


@pytest.mark.parametrize("status", SENT)
def test_a_story_that_was_sent(status: str) -> None:
    """Numbers of queries are the same for one and for three of everything."""
    counts: list[list[Any]] = []
    for many in (1, 3):
        hallmarks = HallmarkFactory.create_batch(many)
        case = full(CaseStudyFactory.create(status=status, edition=True, edition__hallmarks=hallmarks), many)
        client = opened(case)
        counts.append([(name, *queries(client, address(name))) for name in PAGES])
    assert counts[0] == counts[1]
    assert [one for one in counts[0] if one[2] > MOST] == []
    assert {"status": 200, **{name: code for name, code, _count in counts[0]}}["status"] == 200


def test_the_form(school: School) -> None:
    case = school.fill()
    edition = CaseStudyEdition.objects.get_or_create(content=case, stage="working")[0]
    save_words(edition=edition, version=edition.version, by=None)
    full(case, 3)
    pages = [step(one.key) for one in STEPS] + [address(name) for name in ("start", "check", "colleague", "discard")]
    found = {path: queries(school.client, path) for path in pages}
    assert {path: count for path, (_code, count) in found.items() if count > MOST} == {}
    assert len(found) == len(STEPS) + 4
