"""What is held for an editor to look at, why, and that its sender is told nothing of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casestudies.joinin.steps import STEPS
from casestudies.junk import duplicate_of, has_links, in_words
from casestudies.models import CaseStudy, CaseStudyEdition
from casestudies.services import actor_for, perform
from foundation.correspondence.models import Message
from foundation.people.models import User
from tests.factories import CaseStudyFactory
from tests.joinin.school import School, address, answers, link_in, step

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
WORDS = [
    "bore",
    "ysgol",
    "athro",
    "llyfr",
    "geiriau",
    "darllen",
    "grŵp",
    "syniad",
    "cynllun",
    "amser",
    "tymor",
    "trafod",
    "rhannu",
    "gofyn",
    "ateb",
    "neuadd",
    "iard",
    "gwers",
    "stori",
    "cân",
    "llun",
    "map",
    "bwrdd",
    "papur",
]


def long_text(seed: int, words: int = 120) -> str:
    """So many words in an order of their own."""
    return " ".join(WORDS[(place * place + seed * (place + 7) + place // 5) % len(WORDS)] for place in range(words))


def edition_with(text: str, status: str = "submitted") -> CaseStudyEdition:
    made = CaseStudyFactory.create(status=status, edition__activity_cy=f"<p>{text}</p>")
    return made.editions.get()


def send_copy(school: School, text: str, email: str) -> CaseStudy:
    """Another school sends a story whose main part is `text`, and confirms its address."""
    other = School()
    given = answers()
    given["you"] = {**given["you"], "email": email}
    given["activity"] = {"activity_cy": text, "activity_en": "Something short."}
    other.fill(given)
    other.send()
    message = Message.objects.get(kind="confirm-address", recipient=email)
    other.client.post(link_in(message))
    return CaseStudy.objects.get(contributor__email=email)


def test_the_same_text_twice_has_the_second_held_and_its_sender_told_nothing(school: School) -> None:
    first = send_copy(school, long_text(1), "one@ysgol.example")
    second = send_copy(school, long_text(1).upper(), "two@ysgol.example")
    other = send_copy(school, long_text(2), "three@ysgol.example")
    assert [(one.status, one.held_because) for one in (first, second, other)] == [
        ("submitted", ""),
        ("held", f"duplicate:{first.reference}"),
        ("submitted", ""),
    ]
    told: dict[str, list[str]] = {"one": [], "two": []}
    for message in Message.objects.filter(kind="received"):
        told.setdefault(message.recipient.partition("@")[0], []).append(message.subject)
    assert len(told["one"]) == len(told["two"]) == 1


def test_nearly_the_same_is_the_same_and_a_draft_is_compared_with_nothing() -> None:
    text = long_text(3, 300)
    first = edition_with(text)
    words = text.split()
    nearly = " ".join("arall" if place % 30 == 0 else word for place, word in enumerate(words))
    half = " ".join([*words[:100], *long_text(4, 200).split()])
    assert duplicate_of(edition_with(nearly)) == first.content.reference
    CaseStudy.objects.exclude(pk=first.content_id).delete()
    assert [duplicate_of(edition_with(one)) for one in (half, long_text(5, 300))] == ["", ""]
    CaseStudy.objects.all().delete()
    edition_with(text, "draft")
    assert duplicate_of(edition_with(text)) == ""


def test_short_texts_are_alike_by_chance() -> None:
    edition_with("Un dau tri.")
    assert duplicate_of(edition_with("Un dau tri.")) == ""


@pytest.mark.parametrize(("links", "held"), [(3, False), (4, True)])
def test_a_link_with_its_markup_is_one_link(links: int, held: bool) -> None:
    text = "".join(f'<a href="https://example.org/{number}">gweler</a> ' for number in range(links))
    assert has_links(edition_with(text)) is held


def test_every_reason_is_kept_and_said_in_words(school: School, settings: Any) -> None:
    settings.JOIN_IN_LEAST_SECONDS = 3600
    given = answers()
    given["title"]["title_en"] = "Cheap www.pills.example"
    school.fill(given)
    school.answer("evidence", {"evidence_cy": "x", "evidence_en": "x", "website": "filled in"})
    school.send()
    settings.JOIN_IN_LEAST_SECONDS = (
        0  # it is no longer quick when the address is confirmed: what was seen still counts
    )
    school.client.post(link_in(Message.objects.get(kind="confirm-address")))
    case = school.case
    assert (case.status, case.held_because) == ("held", "trap quick links")
    assert in_words(case.held_because) == [
        "A box that people do not see was filled in.",
        "It was sent faster than anybody types.",
        "It is full of links, or has one where none belongs.",
    ]
    page = school.client.get(address("status")).content.decode()
    assert [words in page for words in ("held", "links", "faster", "A box")] == [False] * 4


def test_editors_see_why_on_the_held_list_and_no_longer_when_it_is_let_in(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="held")
    CaseStudy.objects.filter(pk=case.pk).update(held_because="links duplicate:LPL-BCDFGH")
    browser = client_of(editor)
    listed = reverse("admin:casestudies_casestudy_changelist")
    words = "It is full of links, or has one where none belongs. Its text is almost the same as that of LPL-BCDFGH."
    assert words in browser.get(f"{listed}?state=held").content.decode()
    assert words in browser.get(reverse("admin:casestudies_casestudy_change", args=[case.pk])).content.decode()
    perform("let_in", case_id=case.pk, actor=actor_for(editor), version=case.version)
    assert CaseStudy.objects.get(pk=case.pk).held_because == ""


#: What anybody can open, without a link from a message. The forms that only such a link opens need neither box nor clock.
OPEN_FORMS = ("joinin:start", "joinin:ask", "problems:form")


def test_every_form_that_anybody_can_open_has_the_box_that_people_do_not_see(school: School) -> None:
    stranger = Client()
    pages = {name: stranger.get(reverse(name)).content.decode() for name in OPEN_FORMS}
    school.fill()
    pages |= {one.key: school.client.get(step(one.key)).content.decode() for one in STEPS if one.key != "schools"}
    pages["check"] = school.get("check").content.decode()
    assert [name for name, page in pages.items() if page.count('name="website"') != 1] == []
    assert [name for name in OPEN_FORMS if 'name="begun"' not in pages[name]] == [
        "joinin:start"
    ]  # a story is timed whole
    assert len(pages) == len(STEPS) - 1 + 4
