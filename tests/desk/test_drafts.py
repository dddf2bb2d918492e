"""Of drafts, editors see number, age and expiry: no words and no names, on no page of the admin, by no search."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casestudies.models import CaseStudy
from foundation.correspondence.services import write_message
from foundation.people.models import User
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from foundation.record.services import write
from tests.factories import CaseStudyFactory, HallmarkFactory

SECRETS = (
    "Plantedtitle",
    "Teitlcudd",
    "Plantedschool",
    "Plantedperson",
    "planted@example.org",
    "Plantedanswer",
    "Plantedalt",
)


@pytest.fixture
def drafts(db: None) -> list[CaseStudy]:
    """Two stories that were not sent, full of words, with a message on its way."""
    hallmark = HallmarkFactory.create(number=7)
    made = []
    for status in ("draft", "awaiting_confirmation"):
        case = CaseStudyFactory.create(
            status=status, edition__title_en="Plantedtitle", edition__title_cy="Teitlcudd",
            edition__setting_name_en="Plantedschool", edition__first_language="cy", edition__hallmarks=[hallmark],
            edition__pictures=1, contributor__name="Plantedperson", contributor__email="planted@example.org",
            draft__answers={"about": "Plantedanswer"},
        )  # fmt: skip
        case.editions.get().pictures.update(alt_en="Plantedalt", alt_cy="Plantedalt")
        write_message(
            kind="confirm-address", recipient="planted@example.org", language="en", about=case.uuid,
            context={"about": case, "reader": case.contributor}, note_cy="Plantedanswer",
        )  # fmt: skip
        write(
            actor=Actor(Role.EDITOR), kind=case.kind, subject=case.uuid, code="change_contributor", note_en=SECRETS[3]
        )
        made.append(case)
    return made


def test_no_page_shows_a_word_or_a_name(
    drafts: list[CaseStudy], editor: User, administrator: User, client_of: Callable[[User], Client]
) -> None:
    tried = 0
    for user in (editor, administrator):
        browser = client_of(user)
        for address in _addresses(drafts):
            answer = browser.get(address, follow=True)
            page = answer.content.decode()
            # what somebody searches for is repeated in the search box, and in no other place
            page = (
                page.replace('value="Plantedtitle"', "")
                .replace('value="planted@example.org"', "")
                .replace("q=Plantedtitle", "")
            )
            page = page.replace("q=planted%40example.org", "").replace("q=planted@example.org", "")
            assert [secret for secret in SECRETS if secret in page] == [], address
            tried += 1
    assert tried == 2 * len(_addresses(drafts)) == 78


def _addresses(drafts: list[CaseStudy]) -> list[str]:
    found = [reverse("admin:index")]
    queue, messages = (
        reverse("admin:casestudies_casestudy_changelist"),
        reverse("admin:correspondence_message_changelist"),
    )
    queries = ("", "?state=all", "?state=unsent", "?state=all&q=Plantedtitle", "?state=all&q=planted@example.org",
               "?state=all&first=cy", "?state=all&hallmark=7", "?state=all&claimed=nobody", "?state=draft")  # fmt: skip
    found += [queue + query for query in queries]
    found += [messages, f"{messages}?q=planted@example.org", f"{messages}?state=queued", f"{messages}?state=waiting"]
    found.append(reverse("admin:record_event_changelist"))
    for case in drafts:
        edition, picture = case.editions.get(), case.editions.get().pictures.get()
        found += [reverse(f"admin:casestudies_casestudy_{page}", args=[case.pk]) for page in ("change", "history")]
        found += [reverse("admin:casestudies_casestudy_preview", args=[case.pk, language]) for language in ("cy", "en")]
        found += [
            reverse(f"admin:casestudies_casestudyedition_{page}", args=[edition.pk]) for page in ("change", "history")
        ]
        found.append(
            reverse("admin:autocomplete") + "?app_label=casestudies&model_name=editionpicture&field_name=picture"
        )
        found += [picture.picture.full_address, picture.picture.small_address]
        found.append(f"{queue}?q={case.reference}&state=all")
        event = Event.objects.about(case.uuid).get()
        found += [
            reverse("admin:record_event_change", args=[event.pk]),
            reverse("admin:record_event_history", args=[event.pk]),
        ]
    return found


def test_filters_do_not_tell_what_a_draft_says(
    drafts: list[CaseStudy], editor: User, client_of: Callable[[User], Client]
) -> None:
    queue = reverse("admin:casestudies_casestudy_changelist")
    counts: dict[str, Any] = {}
    told = ("first=cy", "hallmark=7", "language=cy", "language=en", "language=both", "received=year", "published=year")
    asked = ["state=unsent", "state=all&q=Plantedtitle", *(f"state=unsent&{one}" for one in told)]
    for query in asked:
        counts[query] = client_of(editor).get(f"{queue}?{query}").context["cl"].result_count
    assert counts == {query: 2 if query == "state=unsent" else 0 for query in asked}


def test_pictures_of_drafts_are_not_served(
    drafts: list[CaseStudy], editor: User, client_of: Callable[[User], Client]
) -> None:
    pictures = [case.editions.get().pictures.get().picture for case in drafts]
    assert [client_of(editor).get(picture.full_address).status_code for picture in pictures] == [404, 404]


def test_a_draft_shows_number_age_and_expiry(
    drafts: list[CaseStudy], editor: User, translator: User, client_of: Callable[[User], Client]
) -> None:
    case = drafts[0]
    address = reverse("admin:casestudies_casestudy_change", args=[case.pk])
    page = client_of(editor).get(address).content.decode()
    assert case.reference in page
    assert "It expires:" in page
    assert client_of(translator).get(address).status_code == 302
    assert client_of(editor).post(address, {"_do": "unchecked", "seen_case": case.version}).status_code == 403
    assert client_of(editor).post(address, {"_save": "1", "slug_cy": "a", "slug_en": "b"}).status_code in (302, 403)
    assert CaseStudy.objects.get(pk=case.pk).slug_en == ""
