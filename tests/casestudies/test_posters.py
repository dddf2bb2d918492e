"""The poster of a published story: both languages, one page, the same bytes each time."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from casestudies.posters.drawing import drawn
from foundation.people.models import User
from tests.factories import CaseStudyFactory
from tests.joinin.school import address, opened

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def text_of(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def test_both_languages_stand_on_one_page_with_the_letters_of_welsh() -> None:
    case = CaseStudyFactory.create(
        status="published", edition__title_cy="Tŷ ŵyl a Ŵyn Ŷd: “darllen”", edition__title_en="House & home"
    )
    said = text_of(drawn(case.live))
    for words in ("Tŷ ŵyl a Ŵyn Ŷd: “darllen”", "House & home", "Ysgol Cwm Enghraifft", f"testserver/{case.reference}"):
        assert words in said
    assert said.count("Ysgol Cwm Enghraifft") == 2


def test_the_same_story_gives_the_same_bytes() -> None:
    case = CaseStudyFactory.create(status="published")
    assert drawn(case.live) == drawn(case.live)


@pytest.mark.parametrize("title", ["gair " * 30, "W" * 150, "a" * 150, "Ŵ\nŷ\t☃ 漢字 👩‍🏫"])
def test_no_title_breaks_the_page(title: str) -> None:
    case = CaseStudyFactory.create(
        status="published", edition__title_cy=title[:150], edition__setting_name_en="Ysgol " * 33
    )
    assert f"testserver/{case.reference}" in text_of(drawn(case.live))


def test_the_contributor_and_staff_get_it_and_nobody_else(
    editor: User, translator: User, client_of: Callable[[User], Client]
) -> None:
    case = CaseStudyFactory.create(status="published")
    desk = reverse("admin:casestudies_casestudy_poster", args=[case.pk])
    for client, path in ((opened(case), address("poster")), (client_of(editor), desk), (client_of(translator), desk)):
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert Client().get(address("poster"))["Location"] == address("ask")
    assert Client().get(desk).status_code == 302


@pytest.mark.parametrize("status", ["approved", "archived", "withdrawn"])
def test_there_is_none_of_what_readers_do_not_see(
    editor: User, client_of: Callable[[User], Client], status: str
) -> None:
    case = CaseStudyFactory.create(status=status)
    assert opened(case).get(address("poster"))["Location"] == address("status")
    assert client_of(editor).get(reverse("admin:casestudies_casestudy_poster", args=[case.pk])).status_code == 404


def test_the_short_address_leads_to_the_page_in_the_readers_language() -> None:
    case = CaseStudyFactory.create(status="published")
    for language, slug in (("cy", case.slug_cy), ("en", case.slug_en)):
        answer = Client(headers={"accept-language": language}).get(f"/{case.reference}")
        assert (answer.status_code, slug in answer["Location"], answer["Location"][:4]) == (302, True, f"/{language}/")
        assert "Accept-Language" in answer["Vary"]
    for status in ("submitted", "withdrawn"):
        hidden = CaseStudyFactory.create(status=status)
        assert Client().get(f"/{hidden.reference}").status_code == 404
