"""Rewording messages on the desk: checked on saving, in both languages, shown before it goes, and taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import AccessLink
from foundation.bilingual.agreement import fingerprint
from foundation.correspondence.kinds import kinds
from foundation.correspondence.models import Wording
from foundation.correspondence.wordings import in_force, save_wording, standard, standard_columns, wording_of
from foundation.people.models import User
from tests.factories import CaseStudyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
ADDRESS = reverse("admin:correspondence_wording_change", args=["accepted"])
OURS = {
    "subject_cy": "Rydym yn derbyn {reference}",
    "subject_en": "We accept {reference}",
    "body_cy": "Diolch, {name}.\n\n{note}\n\n{status-link}",
    "body_en": "Thank you, {name}.\n\n{note}\n\n{status-link}",
}


def sent(version: Any = 0, **changed: Any) -> dict[str, Any]:
    return {**standard_columns("accepted"), "seen_version": version, **changed}


def ticks(**fields: tuple[str, str]) -> dict[str, str]:
    return {f"agree_{name}": ":".join(map(fingerprint, pair)) for name, pair in fields.items()}


#: What is written to people who work here is about no story, so no reference number stands in it.
ABOUT_STAFF = {"account-changed", "digest", "invitation", "password-reset", "reminder"}
BOTH = ticks(subject=(OURS["subject_cy"], OURS["subject_en"]), body=(OURS["body_cy"], OURS["body_en"]))


def test_every_kind_is_listed_with_how_it_stands(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    page = browser.get(reverse("admin:correspondence_wording_changelist")).content.decode()
    assert page.count(">standard<") == len(kinds()) == 48
    browser.post(ADDRESS, sent(body_en=OURS["body_en"]))
    page = browser.get(reverse("admin:correspondence_wording_changelist")).content.decode()
    assert (page.count(">standard<"), page.count(">our own<"), page.count("Welsh is behind")) == (47, 1, 1)


def test_the_list_asks_as_much_for_three_as_for_one(editor: User, client_of: Browse) -> None:
    browser, address = client_of(editor), reverse("admin:correspondence_wording_changelist")
    counts = []
    for kind in ("accepted", "published", "declined"):
        save_wording(wording=wording_of(kind), version=0, by=editor)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        counts.append(len(queries))
    assert counts == counts[:1] * 3


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_each_form_starts_from_the_standard_words_and_shows_them_filled(
    kind: str, editor: User, client_of: Browse
) -> None:
    answer = client_of(editor).get(reverse("admin:correspondence_wording_change", args=[kind]))
    form = answer.context["adminform"].form
    assert {name: form[name].value() for name in standard_columns(kind)} == standard_columns(kind)
    page = answer.content.decode()
    assert ("P-ABC234" if "problem" in kind else "LPL-ABC234") in page or kind in ABOUT_STAFF
    times = 3 if kind == "editor-problem" else 0  # in its box, and as it goes out, plain and formatted
    assert page.count("to have an answer by") == times
    assert not Wording.objects.exists()


def test_words_that_match_go_out_and_can_be_taken_back(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    answer = browser.post(ADDRESS, sent(**OURS, **BOTH), follow=True)
    assert "go out from now on" in answer.content.decode()
    force = in_force("accepted")
    assert (force["cy"].subject, force["en"].body) == (OURS["subject_cy"], OURS["body_en"])
    stored = Wording.objects.get()
    assert (stored.version, stored.updated_by) == (1, editor)
    answer = browser.post(ADDRESS, {"_standard": "1", "seen_version": "1"}, follow=True)
    assert "The standard wording goes out again." in answer.content.decode()
    assert (in_force("accepted")["cy"], Wording.objects.count()) == (standard("accepted", "cy"), 0)


def test_words_in_one_language_wait_for_the_other(editor: User, translator: User, client_of: Browse) -> None:
    answer = client_of(editor).post(ADDRESS, sent(body_en=OURS["body_en"]), follow=True)
    assert "go out once somebody says that both languages match" in answer.content.decode()
    assert in_force("accepted")["en"] == standard("accepted", "en")
    # A translator writes what is behind, and nothing else.
    changed = {**OURS, **ticks(body=(OURS["body_cy"], OURS["body_en"]))}
    assert client_of(translator).post(ADDRESS, sent(1, **changed)).status_code == 302
    stored = Wording.objects.get()
    assert (stored.body_cy, stored.subject_cy) == (OURS["body_cy"], standard("accepted", "cy").subject)
    assert in_force("accepted")["cy"].body == OURS["body_cy"]


def test_saving_what_was_there_stores_nothing(editor: User, client_of: Browse) -> None:
    assert client_of(editor).post(ADDRESS, sent()).status_code == 302
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"body_cy": "Dim dolen. {note}"}, "This message needs {status-link}: put it back."),
        ({"body_en": "{status-lnk} {status-link}"}, "There is no placeholder {status-lnk} for this message."),
        ({"body_en": "{status-lnk} {status-link}"}, "You may use: {note}, {status-link}, {reference}, {name}."),
        ({"subject_en": "See {status-link}"}, "{status-link} can stand in the paragraphs only."),
        ({"subject_cy": " "}, "Write this, or go back to the standard wording."),
        ({"body_en": "{% now 'Y' %} {status-link}"}, "There is no placeholder {% now &#x27;Y&#x27; %}"),
        ({"subject_en": "x" * 201}, "at most 200 characters"),
        ({"seen_version": 7}, "This has changed since you opened it."),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    editor: User, client_of: Browse, changed: dict[str, Any], error: str
) -> None:
    answer = client_of(editor).post(ADDRESS, sent(**{**OURS, **changed}))
    page = answer.content.decode()
    assert (answer.status_code, error in page, OURS["body_cy"][:6] in page or "Dim dolen." in page) == (200, True, True)
    assert not Wording.objects.exists()


def test_a_preview_shows_what_was_typed_with_a_real_story_and_stores_nothing(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="submitted", contributor__name="Nia <b>Ŵyn</b>")
    CaseStudyFactory.create(status="draft", reference="LPL-DRAFT2")
    answer = client_of(editor).post(ADDRESS, sent(**OURS, preview_of=case.reference, _preview="1"))
    page = answer.content.decode()
    welsh, english = answer.context["previews"]
    assert (welsh.subject, english.subject) == (f"Rydym yn derbyn {case.reference}", f"We accept {case.reference}")
    assert "Diolch, Nia <b>Ŵyn</b>." in welsh.text
    assert "<p>Diolch, Nia &lt;b&gt;Ŵyn&lt;/b&gt;.</p>" in page
    assert "<b>Ŵyn" not in page
    assert ("LPL-DRAFT2" in page, "http://testserver/cy/…" in page) == (False, True)
    assert (Wording.objects.count(), AccessLink.objects.count()) == (0, 0)


def test_who_does_not_see_contributors_previews_a_made_up_one(translator: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="submitted", contributor__name="Cyfrinach Unigryw")
    for preview in ({}, {"preview_of": case.reference}):
        page = client_of(translator).post(ADDRESS, sent(_preview="1", **preview)).content.decode()
        assert (case.reference in page, "Cyfrinach" in page, "Mari Enghraifft" in page) == (False, False, True)


def test_the_switch_keeps_what_was_typed(editor: User, client_of: Browse) -> None:
    page = client_of(editor).post(ADDRESS, sent(body_en="Half a thought", _language="cy")).content.decode()
    assert ("Half a thought" in page, '<html lang="cy"' in page) == (True, True)
    assert not Wording.objects.exists()


def test_who_may(editor: User, translator: User, client_of: Browse) -> None:
    client_of(editor).post(ADDRESS, sent(**OURS, **BOTH))
    assert client_of(translator).post(ADDRESS, {"_standard": "1"}).status_code == 403
    client_of(translator).post(ADDRESS, sent(1, body_en="Mine. {note} {status-link}"))
    assert Client().post(ADDRESS, sent(1)).status_code == 302
    assert Wording.objects.get().body_en == OURS["body_en"]
    unknown = reverse("admin:correspondence_wording_change", args=["no-such-kind"])
    assert client_of(editor).get(unknown).status_code == 302
    assert client_of(editor).post(unknown, {"_standard": "1"}).status_code == 404
