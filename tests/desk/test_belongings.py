"""What belongs to a story beside its words, in the admin: hallmarks, references to be resolved, people credited."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudyReference, CreditedPerson, TypedReference
from foundation.people.models import User
from tests.desk.test_editions import address_of, form_of
from tests.factories import CaseStudyFactory, WorkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]


@pytest.mark.parametrize("there", [False, True])
def test_an_editor_names_the_work_of_a_typed_reference(editor: User, client_of: Browse, there: bool) -> None:
    edition = CaseStudyFactory.create(status="editing", claimed_by=editor).working
    work = WorkFactory.create()
    if there:
        CaseStudyReference.objects.create(edition=edition, work=work, position=7)
    TypedReference.objects.create(edition=edition, text="Estyn 2017", position=3)
    browser = client_of(editor)
    response = browser.post(address_of(edition), {**form_of(browser, edition), "typed_references-0-work": work.pk})
    assert response.status_code == 302, response.context["errors"]
    assert list(edition.references.values_list("work", "position")) == [(work.pk, 7 if there else 3)]
    assert not edition.typed_references.exists()


def test_what_is_to_be_resolved_is_visible_on_the_workbench(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
    TypedReference.objects.create(edition=case.working, text="Estyn <2017>")
    page = client_of(editor).get(reverse("admin:casestudies_casestudy_change", args=[case.pk])).content.decode()
    assert "To be resolved" in page
    assert "<li>Estyn &lt;2017&gt;</li>" in page


def test_a_translator_writes_the_line_on_a_hallmark_and_nothing_else_beside_it(
    translator: User, client_of: Browse
) -> None:
    edition = CaseStudyFactory.create(status="editing", edition__first_language="en").working
    TypedReference.objects.create(edition=edition, text="Estyn 2017")
    edition.hallmarks.update(how_en="Like this")
    browser = client_of(translator)
    page = browser.get(address_of(edition)).content.decode()
    assert "Estyn 2017" in page
    assert 'name="typed_references-0-text"' not in page
    sent = {"hallmarks-0-how_cy": "Fel hyn", "hallmarks-0-how_en": "Otherwise", "hallmarks-0-position": 9}
    response = browser.post(address_of(edition), {**form_of(browser, edition), **sent})
    assert response.status_code == 302, response.context["errors"]
    assert list(edition.hallmarks.values_list("how_cy", "how_en", "position")) == [("Fel hyn", "Like this", 0)]


def test_editors_change_them_on_the_workbench_and_not_those_of_a_draft(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="editing", claimed_by=editor)
    draft = CaseStudyFactory.create(status="draft")
    person = CreditedPerson.objects.create(
        case_study=case, name="Gwen", email="g@ysgol.example", told_at=timezone.now()
    )
    CreditedPerson.objects.create(case_study=draft, name="Cudd", email="c@ysgol.example")
    client = client_of(editor)
    assert "Cudd" not in client.get(reverse("admin:casestudies_casestudy_change", args=[draft.pk])).content.decode()
    address = reverse("admin:casestudies_casestudy_change", args=[case.pk])
    assert 'value="Gwen"' in client.get(address).content.decode()
    sent = {
        "credits-TOTAL_FORMS": 2, "credits-INITIAL_FORMS": 1, "_save": "1",
        "credits-0-id": person.pk, "credits-0-case_study": case.pk, "credits-0-position": 1, "credits-0-name": "Gwen Enwog",
        "credits-0-email": "g@ysgol.example",
        "credits-1-case_study": case.pk, "credits-1-position": 0, "credits-1-name": "Huw", "credits-1-email": "h@ysgol.example",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert list(case.credits.values_list("name", "told_at")) == [("Huw", None), ("Gwen Enwog", None)]
