"""Links that are asked for reach whom the stories belong to, whatever others begin in their name."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from casestudies.forgetting import erase_details
from casestudies.joinin.letters import MOST_UNCONFIRMED, answer_requests, ask_for_links
from casestudies.joinin.limits import LINKS_TO, MAIL_TO
from casestudies.models import AccessLink, CaseStudy, CreditedPerson, Headteacher
from casestudies.retention import old_links
from foundation.correspondence.models import Message, State
from tests.factories import CaseStudyFactory
from tests.joinin.school import School, address, answers, link_in, step

pytestmark = pytest.mark.django_db
MINE = "nia@ysgol.example"


def asked_for(email: str = MINE) -> list[tuple[str, str]]:
    """What goes out for one request: kind and story, in order."""
    before = set(Message.objects.values_list("pk", flat=True))
    ask_for_links(email)
    answer_requests(timezone.now())
    new = Message.objects.exclude(pk__in=before).order_by("created_at")
    references = {case.uuid: case.reference for case in CaseStudy.objects.all()}
    return [(message.kind, references[message.about]) for message in new if message.about]


def test_drafts_that_strangers_begin_in_my_name_keep_no_link_from_me() -> None:
    mine = CaseStudyFactory.create(status="published", contributor__email=MINE)
    for _time in range(MAIL_TO.most + 2):
        stranger = School()
        stranger.start()
        for key in ("language", "you"):
            stranger.answer(key, answers()[key] | ({"email": MINE} if key == "you" else {}))
    assert Message.objects.filter(kind="draft-link").count() == MAIL_TO.most
    found = asked_for()
    assert found[0] == ("new-link", mine.reference)
    assert [kind for kind, _reference in found[1:]] == ["draft-link"] * MOST_UNCONFIRMED


def test_links_are_sent_so_often_a_day_and_no_more() -> None:
    CaseStudyFactory.create(status="published", contributor__email=MINE)
    assert [len(asked_for()) for _time in range(LINKS_TO.most + 1)] == [1] * LINKS_TO.most + [0]


def test_a_headteacher_who_agreed_comes_before_those_a_stranger_names() -> None:
    now = timezone.now()
    shown = CaseStudyFactory.create(status="published")
    Headteacher.objects.create(case_study=shown, name="Huw", email=MINE, asked_at=now, agreed_at=now)
    for _time in range(MOST_UNCONFIRMED + 2):
        Headteacher.objects.create(case_study=CaseStudyFactory.create(), name="Huw", email=MINE, asked_at=now)
    found = asked_for()
    assert found[0] == ("headteacher-agreed", shown.reference)
    assert [kind for kind, _reference in found[1:]] == ["headteacher-asked"] * MOST_UNCONFIRMED


def test_who_is_credited_asks_for_the_link_to_decline_too() -> None:
    case = CaseStudyFactory.create(status="published")
    told, untold = (
        CreditedPerson.objects.create(case_study=case, name="Gwen", email=email, told_at=at)
        for email, at in ((MINE, timezone.now()), ("arall@ysgol.example", None))
    )
    assert asked_for(told.email) == [("credit-told", case.reference)]
    assert asked_for(untold.email) == []


@pytest.mark.parametrize(("status", "kept"), [("published", 2), ("archived", 2), ("withdrawn", 0), ("declined", 0)])
def test_links_to_withdraw_or_decline_by_are_kept_while_the_story_is_shown(status: str, kept: int) -> None:
    case = CaseStudyFactory.create(status=status)
    person = CreditedPerson.objects.create(case_study=case, name="Gwen", email=MINE)
    for purpose, who in (("open", None), ("headteacher", None), ("credit", person)):
        AccessLink.mint(case, purpose, MINE, who)
    assert old_links().count() == 3 - kept


# --- the way back into a draft --------------------------------------------------------------------------------------------


def drafts(email: str) -> list[str]:
    return list(
        Message.objects.filter(kind="draft-link", recipient=email)
        .order_by("created_at")
        .values_list("state", flat=True)
    )


@pytest.mark.parametrize("was_sent", [True, False])
def test_an_address_that_comes_back_gets_a_link_that_works(school: School, was_sent: bool) -> None:
    school.start()
    for email in (MINE, "nai@ysgol.example", MINE, MINE):
        for key in ("language", "you"):
            school.answer(key, answers()[key] | ({"email": email} if key == "you" else {}))
        if was_sent:
            for message in Message.objects.filter(state=State.QUEUED):
                link_in(message)  # it is made at sending
            Message.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=timezone.now())
    first, last = (State.SENT, State.SENT) if was_sent else (State.CANCELLED, State.QUEUED)
    assert drafts(MINE) == [first, last]
    path = link_in(Message.objects.filter(recipient=MINE).order_by("created_at").last() or Message())
    assert Client().get(path).status_code == 200


def test_who_comes_back_later_is_sent_the_link_again_and_told_where(school: School) -> None:
    school.start()
    for key in ("language", "you"):
        school.answer(key, answers()[key])
    for hours, count in ((0, 1), (2, 2), (2, 2)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            school.answer("title", {"later": "1"})
        assert len(drafts("nia@ysgol.example")) == count
    said = school.get("start").content.decode()
    assert "The link to come back by is in our last message to nia@ysgol.example." in said


def test_a_colleague_who_leaves_sends_the_contributor_nothing(school: School) -> None:
    school.start()
    for key in ("language", "you"):
        school.answer(key, answers()[key])
    school.client.post(link_in(Message.objects.get(kind="draft-link")))
    school.post("colleague", {"name": "Elin", "email": "elin@ysgol.example"})
    colleague = Client()
    colleague.post(link_in(Message.objects.get(kind="hand-over")))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        colleague.post(step("title"), {"later": "1"})
    assert drafts("nia@ysgol.example") == [State.QUEUED]
    said = colleague.get(address("start")).content.decode()
    assert ("What you typed is saved." in said, "The link to come back by" in said) == (True, False)


# --- a headteacher and the contributor’s erasure --------------------------------------------------------------------------


@pytest.mark.parametrize(("stays", "agreed"), [(True, True), (True, False), (False, True)])
def test_erasing_leaves_the_headteacher_the_way_to_withdraw(stays: bool, agreed: bool) -> None:
    case = CaseStudyFactory.create(status="published")
    now = timezone.now()
    Headteacher.objects.create(case_study=case, name="Huw", email=MINE, asked_at=now, agreed_at=now if agreed else None)
    token = AccessLink.mint(case, "headteacher", MINE)
    other = AccessLink.mint(case, "open", case.contributor.email)
    case.permissions.filter(kind="headteacher").update(person="Huw")
    erase_details(case, withdraw=not stays)
    page = Client().get(address("headteacher", token=token))
    assert (page.status_code, Headteacher.objects.count()) == ((200, 1) if stays and agreed else (404, 0))
    assert Client().get(address("link", token=other)).status_code == 404
    assert set(case.permissions.values_list("person", flat=True)) == ({"Huw", ""} if stays and agreed else {""})
    if stays and agreed:
        Client().post(address("headteacher", token=token), {"withdraw": "1"})
        assert CaseStudy.objects.get().status == "withdrawn"


@pytest.mark.parametrize("agreed", [True, False])
def test_the_page_says_before_that_the_headteacher_stays(agreed: bool) -> None:
    case = CaseStudyFactory.create(status="published")
    now = timezone.now()
    Headteacher.objects.create(case_study=case, name="Huw", email=MINE, asked_at=now, agreed_at=now if agreed else None)
    client = Client()
    client.post(address("link", token=AccessLink.mint(case, "open", case.contributor.email)))
    assert ("address of the headteacher who agreed" in client.get(address("erase")).content.decode()) is agreed
