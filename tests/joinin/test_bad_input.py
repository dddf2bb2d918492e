"""Whatever comes in: never a 500, never lost, never run."""

import html

import pytest
from django.conf import settings
from django.test import Client

from casestudies.joinin.steps import BY_KEY, STEPS
from foundation.people.limits import Limit, TooOften, take
from foundation.people.models import RateLimit
from foundation.publishing.prose import text_from_prose
from tests.joinin.school import School, address, answers, step

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover, pytest.mark.page]

NASTY = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ settings.SECRET_KEY }} {% load i18n %} {% include 'x' %} %(name)s {0} ${x}",
    "مرحبا بكم שלום",
    "ŵ ŷ 👩🏽‍🏫 🏴󠁧󠁢󠁷󠁬󠁳󠁿 Z̷a̷l̷g̷o̷",
    "'; DROP TABLE casestudies_casestudy; --",
    '&amp; &lt;b&gt; "dyfyniadau" < > &',
]


@pytest.mark.parametrize("text", NASTY)
def test_every_field_gives_back_what_was_typed(school: School, text: str) -> None:
    given = answers("both")
    for key in ("title", "about", "context", "activity", "impact", "evidence", "sharing", "how"):
        given[key] = dict.fromkeys(given[key], text)
    given["you"] |= {"name": text, "role": text}
    given["setting"] |= {"setting_name_cy": text, "setting_name_en": text}
    asked = {"is_headteacher": "no", "headteacher_name": text, "headteacher_email": "pen@ysgol.example"}
    given["permissions"] |= asked
    given["references"] |= {"typed": text}
    given["people"] |= {"name-1": text, "role-1": text}
    case = school.walk(given)
    assert case.draft.problems == []
    for one in [one for one in STEPS if one.key in given]:
        page = school.client.get(step(one.key)).content.decode()
        expected = [value for name, value in given[one.key].items() if value == text]
        assert page.count(html.escape(text)) >= len(expected)
        assert "<script>alert" not in page
    school.send()
    edition = school.case.working
    assert edition is not None
    assert (edition.title_cy, edition.setting_name_en, edition.summary_en) == (text, text, text)
    assert [text_from_prose(getattr(edition, f"{key}_cy")) for key in ("about", "impact")] == [text, text]
    assert "<script" not in str(edition.about_cy)
    assert school.case.contributor.name == text
    assert [row.text for row in edition.typed_references.all()] == [text]
    assert list(school.case.credits.values_list("name", "role")) == [(text, text)]
    assert list(edition.hallmarks.values_list("how_cy", "how_en")) == [("", ""), (text, text)]
    assert school.case.headteacher.name == text


def test_control_characters_are_kept_in_the_draft_and_left_out_of_the_story(school: School) -> None:
    given = answers("en")
    given["title"] = {"title_en": "Un\0\x01 teitl\u202e", "summary_en": ""}
    given["about"] = {"about_en": "Llinell\x00 un\x07\r\nllinell dau"}
    school.walk(given)
    assert school.case.draft.answers["title"]["title_en"] == "Un\x01 teitl\u202e"
    school.send()
    edition = school.case.working
    assert edition is not None
    assert (edition.title_en, text_from_prose(str(edition.about_en))) == ("Un teitl", "Llinell un\nllinell dau")


def test_only_control_characters_are_no_answer(school: School) -> None:
    school.start()
    assert (
        "Enter your name"
        in school.answer("you", {"name": "\x01\u202e", "role": "a", "email": "a@b.example"}).content.decode()
    )


def test_ten_megabytes_are_refused_and_kept(school: School) -> None:
    school.start()
    school.answer("writing", {"writing": "cy"})
    text = "ŵyn " * 2_000_000
    response = school.answer("about", {"about_cy": text})
    assert response.status_code == 200
    assert "it has 2000000 now" in response.content.decode()
    assert school.case.draft.answers["about"]["about_cy"] == text
    assert school.client.get(address("check")).status_code == 200


STRANGE_BODIES: list[dict[str, object]] = [
    {},
    {"unknown": "1", "csrfmiddlewaretoken": "x"},
    {"language": ["cy", "en"], "hallmarks": ["1", "1", "99", "x"], "kind": ["school", ""], "authority": "atlantis"},
    {"name": ["a", "b"], "people-x": "yes", "alt_cy-x": "y", "remove": "../..", "agreed": "all", "_": "x"},
    {"picture": "not a file", "add": "1", "headteacher": ["on", "on"], "later": "1"},
    {"switch": "fr"},
]


@pytest.mark.parametrize("key", BY_KEY)
@pytest.mark.parametrize("started", [False, True])
def test_missing_repeated_and_unknown_fields(school: School, key: str, started: bool) -> None:
    if started:
        school.start()
    for data in STRANGE_BODIES:
        assert school.answer(key, data).status_code in (200, 302)
    assert school.get("check").status_code == 200


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400, "1.5", "²"])
def test_a_version_that_is_none_is_an_old_one(sent: School, version: str) -> None:
    assert sent.post("withdraw", {"version": version}).status_code in (302, 409)
    assert sent.case.status == "awaiting_confirmation"


def test_unknown_addresses_are_not_found(school: School) -> None:
    school.start()
    assert school.client.get("/en/join-in/no-such-page/").status_code == 404
    assert school.get("link", token="x" * 500).status_code == 404
    response = school.client.get(step("you").replace("about-you", "amdanoch-chi"))
    assert (response.status_code, response["Location"]) == (301, step("you"))


def test_a_box_that_only_machines_fill_in_has_the_story_held(school: School) -> None:
    given = answers()
    given["you"]["website"] = "https://spam.example"
    school.walk(given)
    school.client.post(_link())
    school.send()
    assert school.case.status == "held"


def test_a_story_typed_in_no_time_is_held(school: School, settings: object) -> None:
    settings.JOIN_IN_LEAST_SECONDS = 60  # type: ignore[attr-defined]
    school.fill()
    school.client.post(_link())
    school.send()
    assert school.case.status == "held"


def test_a_story_full_of_links_is_held(school: School) -> None:
    given = answers("en")
    given["about"] = {"about_en": "https://a.example " * 4}
    school.walk(given)
    school.client.post(_link())
    school.send()
    assert school.case.status == "held"


def _link() -> str:
    from foundation.correspondence.models import Message
    from tests.joinin.school import link_in

    return link_in(Message.objects.get(kind="draft-link"))


class TestLimits:
    """How often one network may do what, counted in the database."""

    LIMIT = Limit("test", 2, 60)

    def test_the_third_is_one_too_many_and_others_are_not_hindered(self) -> None:
        take(self.LIMIT, "192.0.2.1")
        take(self.LIMIT, "192.0.2.1")
        with pytest.raises(TooOften):
            take(self.LIMIT, "192.0.2.1")
        take(self.LIMIT, "192.0.2.2")
        assert [row for row in RateLimit.objects.values_list("key", flat=True) if "192" in row] == []

    def test_a_page_says_when_to_try_again_and_keeps_what_was_typed(
        self, school: School, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        school.start()
        monkeypatch.setattr("casestudies.joinin.limits.SAVE", Limit("join-in-save-test", 0, 60))
        response = school.answer("you", {"name": "Heb ei golli", "role": "", "email": ""})
        page = response.content.decode()
        assert response.status_code == 429
        assert "Heb ei golli" in page
        assert "try again after" in page

    def test_starting_is_limited(self, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("casestudies.joinin.limits.START", Limit("join-in-start-test", 0, 60))
        response = Client().post(address("start"))
        assert response.status_code == 429
        assert "Try again after" in response.content.decode()
        assert settings.SESSION_COOKIE_NAME not in response.cookies


def test_a_name_that_turns_what_follows_it_is_kept_straight(school: School) -> None:
    given = answers()
    asked = {
        "is_headteacher": "no",
        "headteacher_name": "Huw \u202eTegid\x07",
        "headteacher_email": "huw@ysgol.example",
    }
    given["permissions"] |= asked
    case = school.walk(given)
    school.send()
    assert case.headteacher.name == "Huw Tegid"
