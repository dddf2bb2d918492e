"""The factories make what they say: other tests stand on them."""

import pytest

from casestudies.guards import may_be_published
from casestudies.models import CaseStudy
from casestudies.vocabulary import Origin, Status
from hallmarks.models import Hallmark
from pages.models import Page
from tests import factories

pytestmark = pytest.mark.page

STORED = [status for status in Status if status != Status.REMOVED]


@pytest.mark.django_db
@pytest.mark.parametrize("origin", Origin)
@pytest.mark.parametrize("status", STORED)
def test_a_case_study_can_be_made_in_every_status(status: Status, origin: Origin) -> None:
    case = factories.CaseStudyFactory.create(status=status, origin=origin)

    stored = CaseStudy.objects.get(pk=case.pk)
    assert stored.status == status
    assert CaseStudy.objects.published().count() == (status == Status.PUBLISHED)


@pytest.mark.django_db
@pytest.mark.parametrize("origin", Origin)
def test_an_approved_case_study_may_be_published(origin: Origin) -> None:
    case = factories.CaseStudyFactory.create(status=Status.APPROVED, origin=origin, edition__pictures=2)

    assert may_be_published(CaseStudy.objects.get(pk=case.pk)) == []


@pytest.mark.django_db
def test_hallmarks_and_pages_are_published() -> None:
    factories.HallmarkFactory.create_batch(8, edition__works=2)
    factories.HallmarkFactory.create(number=1)
    factories.PageFactory.create_batch(3)
    factories.PageFactory.create(edition__stage="working")

    assert Hallmark.objects.published().count() == 8
    assert Page.objects.published().count() == 3
