"""Every message: in the reader's language, short, with what each must say; links made at sending, for its reader only."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from casestudies.messages import KINDS, TO_EDITORS, made_up, write_to_contributor, write_to_editor
from casestudies.models import AccessLink, CaseStudy, Contributor
from casestudies.services import Words, perform
from casestudies.workflow import rules
from foundation.correspondence.kinds import kinds, label_of_placeholder, links, values
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import preview, render
from foundation.correspondence.services import add_words, write_message
from foundation.correspondence.wordings import names_in, problems_of_body, problems_of_subject, standard
from foundation.people.models import User
from foundation.record.actors import CONTRIBUTOR, Actor, Role
from tests.casestudies.test_workflow_matrix import TABLE, given_for, ready_for_anything
from tests.factories import CaseStudyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def written(kind: str, language: str, case: CaseStudy | None = None) -> Message:
    case = case or CaseStudyFactory.create(status="submitted", contributor__name="Nia O’Brien & Cwm <b>")
    return write_message(
        kind=kind,
        recipient=case.contributor.email,
        language=language,
        about=case.uuid,
        context={"about": case, "reader": case.contributor},
        note_cy="Nodyn y golygydd",
        note_en="The editor’s note",
    )


#: What each move tells its contributor: the table of LIFE.md, by the rule that every move that concerns somebody outside does.
#: The others concern the desk alone, are the contributor's own doing on a page that says so, or leave nobody to write to.
LETTERS = {
    "send": "received", "confirm": "received", "correct_address": "", "discard": "", "expire": "", "let_in": "",
    "decline_quietly": "", "set_aside": "", "claim": "", "release": "", "assign": "",
    "request_changes": "changes-requested", "resubmit": "received", "lapse": "lapsed", "take_up_again": "",
    "accept": "accepted", "decline": "declined", "reopen_declined": "", "send_proof": "proof", "agree": "agreed",
    "ask_for_changes": "", "take_back": "proof-taken-back", "approve_without_contributor": "", "reopen": "",
    "schedule": "", "unschedule": "", "publish": "published", "archive": "archived", "put_back": "",
    "withdraw_permission": "withdrawn", "withdraw": "withdrawn", "come_back": "received",
    "change_contributor": "contributor-changed",
}  # fmt: skip


@pytest.mark.parametrize("move", sorted(TABLE))
@pytest.mark.parametrize("language", ["cy", "en", ""])
def test_every_move_writes_to_whom_it_concerns_in_their_language(move: str, language: str, editor: User) -> None:
    ways, who = TABLE[move]
    case = ready_for_anything(next(iter(ways)))
    if move in {"release", "unschedule"}:
        CaseStudy.objects.filter(pk=case.pk).update(claimed_by=editor)
    Contributor.objects.filter(case_study=case).update(language=language)
    given = given_for(move, case, editor) | ({"language": language} if move == "change_contributor" else {})
    role = Role(min(who & {"administrator", "clock", "contributor", "headteacher"}))
    address = given.get("email", case.contributor.email)
    perform(
        move, case_id=case.pk, actor=Actor(role, editor if role == Role.ADMINISTRATOR else None),
        reason=Words(cy="Am reswm", en="For a reason"), **given,
    )  # fmt: skip
    expected = [(LETTERS[move], address, language or "both", "queued")] if LETTERS[move] else []
    found = Message.objects.filter(about=case.uuid, state="queued").exclude(kind__in=TO_EDITORS)
    assert list(found.values_list("kind", "recipient", "language", "state")) == expected
    assert list(found.values_list("event__code", flat=True)) == [move][: len(expected)]


def test_one_whose_address_is_not_confirmed_is_asked_to_confirm_it() -> None:
    case = ready_for_anything("draft")
    Contributor.objects.update(address_confirmed_at=None)
    perform("send", case_id=case.pk, actor=CONTRIBUTOR)
    assert list(Message.objects.values_list("kind", flat=True)) == ["confirm-address"]


def test_every_move_and_every_kind_is_there() -> None:
    assert set(LETTERS) == set(rules())
    assert set(LETTERS.values()) - set(KINDS) == {""}
    assert set(KINDS) - set(kinds()) == set()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_standard_words_are_there_in_both_languages_with_placeholders_that_can_be_filled(kind: str) -> None:
    welsh, english = standard(kind, "cy"), standard(kind, "en")
    assert min(map(len, (*welsh, *english))) > 10
    assert (welsh.subject == english.subject, welsh.body == english.body) == (False, False)
    for cy, en in zip(welsh, english, strict=True):
        assert sorted(names_in(cy)) == sorted(names_in(en))
    assert [problems_of_subject(kind, text.subject) for text in (welsh, english)] == [[], []]
    assert [problems_of_body(kind, text.body) for text in (welsh, english)] == [[], []]
    known = {*values(), *links(), "note"}
    assert set(names_in(english.body)) - known == set()
    assert [name for name in known - {"note"} if not label_of_placeholder(name)] == []
    assert "[[" not in english.body + english.subject


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_standard_words_depend_on_nothing_but_the_language(kind: str) -> None:
    """What varies is a placeholder: a template that reads it from somewhere else could not be reworded."""
    source = Path(settings.BASE_DIR, "templates", "correspondence", f"{kind}.txt").read_text(encoding="utf-8")
    assert re.findall(r"{% *(?:if|for|include|with|url|static)\b", source) == []
    named = set(re.findall(r'(\w+)="{[a-z-]+}"', source))
    assert set(re.findall(r"{{ *(\S+?) *}}", source)) - named == set()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["cy", "en", ""])
def test_each_message_in_each_language(kind: str, language: str) -> None:
    message = written(kind, language)
    body = render(message).text
    assert "[[" not in body
    assert "&amp;" not in body
    assert message.subject
    assert "\n\n\n" not in body
    reference = CaseStudy.objects.get().reference
    assert reference in message.subject + body
    links = re.findall(rf"{settings.SITE_URL}/(cy|en)/", body)
    if kind not in TO_EDITORS:
        assert settings.CONTACT_EMAIL in body
        assert set(links) <= ({language} if language else {"cy", "en"})
    if language == "":
        assert body.count("—" * 20) == 1


def test_links_are_made_at_each_sending_and_kept_nowhere() -> None:
    message = written("received", "cy")
    first, second = render(message).text, render(message).text
    assert first != second
    assert AccessLink.objects.count() == 2
    assert "http" not in message.body


def test_no_link_goes_to_an_address_that_is_not_the_contributors() -> None:
    case = CaseStudyFactory.create(status="submitted")
    message = written("received", "cy", case)
    case.contributor.email = "arall@ysgol.example"
    case.contributor.save()
    assert "/link/" not in render(message).text
    assert AccessLink.objects.count() == 0


def test_a_message_about_a_story_that_is_gone_can_still_go() -> None:
    case = CaseStudyFactory.create(status="draft")
    messages = [written(kind, "en", case) for kind in ("draft-link", "published", "schedule-failed")]
    case.delete()
    with translation.override("cy"):
        assert [bool(render(message).text) for message in messages] == [True, True, True]


def test_a_real_story_and_a_made_up_one_fill_every_kind() -> None:
    case = CaseStudyFactory.create(status="submitted")
    tried = 0
    for context in ({"about": case, "reader": case.contributor}, made_up()):
        for kind in KINDS:
            for language in ("cy", "en"):
                shown = preview(kind, language, standard(kind, language), context)
                assert context["about"].reference in shown.subject + shown.text
                assert (shown.text.count("{"), shown.text.count("[["), len(shown.parts)) == (0, 0, 1)
                tried += 1
    assert tried == 4 * len(KINDS)
    assert AccessLink.objects.count() == 0


def test_what_an_editor_writes_waits_for_the_persons_language_and_ready_made_words_go_at_once() -> None:
    case = CaseStudyFactory.create(status="in_review", contributor__language="cy")
    first = write_to_contributor(case=case, kind="changes-requested", note_en="Please add the year.")
    second = write_to_contributor(case=case, kind="accepted")
    assert first and second
    assert [first.state, second.state] == ["waiting", "queued"]
    add_words(message=first, note_cy="Ychwanegwch y flwyddyn.", note_en=first.note_en)
    assert (first.state, "Ychwanegwch" in render(first).text, "year" in render(first).text) == ("queued", True, False)


@pytest.mark.parametrize(
    ("reads", "written", "state"),
    [
        ("en", {"note_cy": "Yn 2019."}, "waiting"),
        ("en", {"note_en": "In 2019."}, "queued"),
        ("cy", {"note_cy": "Yn 2019."}, "queued"),
    ],
)
def test_an_answer_takes_the_same_road_to_its_editor(
    reads: str, written: dict[str, Any], state: str, editor: User
) -> None:
    User.objects.filter(pk=editor.pk).update(language=reads)
    editor.refresh_from_db()
    case = CaseStudyFactory.create(status="in_review", claimed_by=editor)
    message = write_to_editor(case=case, kind="answer", **written)
    assert (message.recipient, message.language, message.state) == (editor.email, reads, state)


def test_where_there_is_no_address_nobody_is_written_to() -> None:
    case = CaseStudyFactory.create(contributor__email="", contributor__address_confirmed_at=None)
    assert write_to_contributor(case=case, kind="accepted") is None
