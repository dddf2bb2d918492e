"""Every message: in the reader's language, short, with what each must say; links made at sending, for its reader only."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from casestudies.messages import KINDS
from casestudies.models import AccessLink, CaseStudy
from casestudies.workflow import rules
from foundation.correspondence.kinds import kinds
from foundation.correspondence.models import Message
from foundation.correspondence.services import render_body, write_message
from tests.factories import CaseStudyFactory

pytestmark = pytest.mark.django_db


def written(kind: str, language: str, case: CaseStudy | None = None) -> Message:
    case = case or CaseStudyFactory.create(status="submitted", contributor__name="Nia O’Brien & Cwm <b>")
    return write_message(
        kind=kind,
        recipient=case.contributor.email,
        language=language,
        about=case.uuid,
        context={"case": case, "contributor": case.contributor},
        note_cy="Nodyn y golygydd",
        note_en="The editor’s note",
    )


def test_every_kind_that_a_move_sends_is_there() -> None:
    told = {rule.tells for rule in rules().values() if rule.tells} - {"sent"}
    assert told - set(KINDS) == set()
    assert set(KINDS) - set(kinds()) == set()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["cy", "en", ""])
def test_each_message_in_each_language(kind: str, language: str) -> None:
    message = written(kind, language)
    body = render_body(message)
    assert "[[" not in body
    assert "&amp;" not in body
    assert message.subject
    assert "\n\n\n" not in body
    reference = CaseStudy.objects.get().reference
    assert reference in message.subject + body
    links = re.findall(rf"{settings.SITE_URL}/(cy|en)/", body)
    if kind != "schedule-failed":
        assert settings.CONTACT_EMAIL in body
        assert set(links) <= ({language} if language else {"cy", "en"})
    if language == "":
        assert body.count("—" * 20) == 1


def test_links_are_made_at_each_sending_and_kept_nowhere() -> None:
    message = written("received", "cy")
    first, second = render_body(message), render_body(message)
    assert first != second
    assert AccessLink.objects.count() == 2
    assert "http" not in message.body


def test_no_link_goes_to_an_address_that_is_not_the_contributors() -> None:
    case = CaseStudyFactory.create(status="submitted")
    message = written("received", "cy", case)
    case.contributor.email = "arall@ysgol.example"
    case.contributor.save()
    assert "/link/" not in render_body(message)
    assert AccessLink.objects.count() == 0


def test_a_message_about_a_story_that_is_gone_can_still_go() -> None:
    case = CaseStudyFactory.create(status="draft")
    messages = [written(kind, "en", case) for kind in ("draft-link", "published", "schedule-failed")]
    case.delete()
    with translation.override("cy"):
        assert [bool(render_body(message)) for message in messages] == [True, True, True]
