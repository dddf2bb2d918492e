"""Links in mail: asked for without telling anybody whose they are, sent in the background, ended by newer ones and by time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.joinin.letters import answer_requests
from casestudies.models import AccessLink, CaseStudy, LinkRequest, hash_token
from foundation.clock.jobs import run_due
from foundation.correspondence.models import Message
from tests.factories import CaseStudyFactory
from tests.joinin.school import address

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "nia@ysgol.example", "neb@ysgol.example"


def ask(email: str, language: str = "en") -> Any:
    return Client().post(address("ask", language), {"email": email})


class TestAskingForOne:
    @pytest.mark.parametrize("stories", [1, 3])
    def test_nobody_can_tell_whether_an_address_is_known(self, stories: int) -> None:
        for status in ["draft", "submitted", "published"][:stories]:
            CaseStudyFactory.create(status=status, contributor__email=KNOWN)
        ask("cyntaf@ysgol.example")  # the row of the limit is there after this
        seen = []
        for email in (KNOWN, UNKNOWN, KNOWN.upper()):
            with CaptureQueriesContext(connection) as caught:
                response = ask(email)
            page = response.content.decode().split("<main")[1]
            assert email not in page
            shapes = [one["sql"].split()[:3] for one in caught]
            seen.append((response.status_code, page, shapes, response.cookies.keys()))
        assert seen[1:] == seen[:1] * 2
        assert Message.objects.count() == 0

    def test_the_worker_answers_each_once(self) -> None:
        case = CaseStudyFactory.create(status="draft", contributor__email=KNOWN)
        CaseStudyFactory.create(status="submitted", contributor__email="arall@ysgol.example")
        for email in (KNOWN.upper(), UNKNOWN):
            ask(email)
        assert "links-asked-for" in run_due()
        assert list(Message.objects.values_list("recipient", "kind", "about")) == [(KNOWN, "draft-link", case.uuid)]
        assert LinkRequest.objects.count() == 0
        answer_requests(timezone.now())
        assert Message.objects.count() == 1

    def test_asking_ends_no_link(self) -> None:
        case = CaseStudyFactory.create(status="draft", contributor__email=KNOWN)
        token = AccessLink.mint(case, "open", KNOWN)
        ask(KNOWN)
        answer_requests(timezone.now())
        assert Client().post(address("link", token=token))["Location"] == address("start")


class TestTheLifeOfALink:
    @pytest.fixture
    def case(self) -> CaseStudy:
        return CaseStudyFactory.create(status="draft", contributor__email=KNOWN)

    def made(self, case: CaseStudy, hours_ago: float, email: str = KNOWN, purpose: str = "open") -> str:
        token = AccessLink.mint(case, purpose, email)
        at = timezone.now() - timedelta(hours=hours_ago)
        AccessLink.objects.filter(token_hash=hash_token(token)).update(made_at=at)
        return token

    def opens(self, token: str) -> bool:
        return Client().post(address("link", token=token)).status_code == 302

    def test_following_one_ends_those_made_before_it(self, case: CaseStudy) -> None:
        first, second, third = self.made(case, 72), self.made(case, 48), self.made(case, 24)
        assert self.opens(first)
        assert self.opens(second)
        assert (self.opens(first), self.opens(second), self.opens(third)) == (False, True, True)
        assert (self.opens(second), self.opens(third)) == (False, True)

    def test_looking_ends_none(self, case: CaseStudy) -> None:
        first, second = self.made(case, 72), self.made(case, 48)
        assert Client().get(address("link", token=second)).status_code == 200
        assert self.opens(first)

    def test_the_two_links_of_one_message_are_equals(self, case: CaseStudy) -> None:
        welsh, english = self.made(case, 24.01), self.made(case, 24)
        assert (self.opens(english), self.opens(welsh), self.opens(english)) == (True, True, True)

    def test_another_persons_link_stays(self, case: CaseStudy) -> None:
        theirs = self.made(case, 72, "elin@arall.example", "write")
        assert self.opens(self.made(case, 24))
        assert self.opens(theirs)

    def test_the_colleague_who_is_the_contributor_by_now_has_two_doors(self, case: CaseStudy) -> None:
        write = self.made(case, 72, KNOWN, "write")
        assert self.opens(self.made(case, 24))
        assert self.opens(write)

    @pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}])
    @pytest.mark.parametrize("purpose", ["open", "write"])
    def test_what_has_ended_opens_nothing(self, case: CaseStudy, change: dict[str, Any], purpose: str) -> None:
        token = self.made(case, 1, KNOWN, purpose)
        AccessLink.objects.update(**change)
        page = Client().get(address("link", token=token)).content.decode()
        assert (self.opens(token), case.reference in page) == (False, False)

    def test_the_token_is_kept_nowhere(self, case: CaseStudy) -> None:
        token = self.made(case, 0)
        row = AccessLink.objects.get()
        assert token not in str(row.__dict__)
        assert len(token) >= 43
