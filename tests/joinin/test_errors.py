"""What a page says when an answer is wrong: the thing, and the mend; and that nothing typed is lost."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from casestudies.joinin.steps import STEPS
from casestudies.models import CaseStudy, EditionPicture
from foundation.files.services import add_picture
from tests.factories import png
from tests.joinin.school import School, address, answers, step

pytestmark = [pytest.mark.django_db, pytest.mark.page]

WRONG: dict[str, tuple[dict[str, str], list[str]]] = {
    "language": ({}, ["Choose the language we should write to you in"]),
    "you": (
        {"name": "", "role": "x" * 151, "email": "nia at ysgol"},
        [
            "Enter your name",
            "Shorten your role to 150 characters or fewer",
            "Enter your email address in the right form, like name@example.org",
        ],
    ),
    "setting": (
        {"kind": "castle"},
        [
            "Enter the name of the setting",
            "Choose what kind of setting it is",
            "Choose the phase it teaches",
            "Choose the language it teaches through",
            "Choose the local authority",
        ],
    ),
    "hallmarks": ({}, ["Choose at least one hallmark"]),
    "writing": ({"writing": "fr"}, ["Choose the language you will write your story in"]),
    "title": (
        {"title_cy": "", "title_en": "x" * 151, "summary_en": "y" * 401},
        [
            "Shorten the title in English to 150 characters or fewer: it has 151 now",
            "Shorten the summary in English to 400 characters or fewer: it has 401 now",
            "Enter the title in Welsh",
        ],
    ),
    "about": (
        {"about_en": "word " * 1501},
        [
            "Shorten what you wrote in English to 1500 words or fewer: it has 1501 now",
            "Say what the setting is like, in Welsh",
        ],
    ),
    "schools": ({"schools": "\n \n"}, ["Enter the schools, one on each line"]),
    "how": (
        {"how_cy-1": "x" * 201, "how_en-1": "y" * 201},
        [
            "Shorten the line in English about “Hallmark 1” to 200 characters or fewer",
            "Shorten the line in Welsh about “Hallmark 1” to 200 characters or fewer",
        ],
    ),
    "evidence": (
        {"evidence_en": "word " * 1501},
        ["Shorten what you wrote in English to 1500 words or fewer: it has 1501 now"],
    ),
    "references": (
        {"typed": "A short one\n" + "A long title " * 50},
        ["Shorten the reference “A long title A long title A long title A…” to 500 characters or fewer"],
    ),
    "people": (
        {
            "name-1": "",
            "role-1": "Pennaeth",
            "email-1": "nia at ysgol",
            "name-2": "Huw",
            "email-2": "",
            "name-3": "x" * 151,
            "email-3": "huw@ysgol.example",
            "name-4": "Siân",
            "email-4": "HUW@ysgol.example",
        },
        [
            "Enter the name of person 1",
            "Enter the email address of person 1 in the right form, like name@example.org",
            "Enter the email address of person 2",
            "Shorten the name of person 3 to 150 characters or fewer",
            "Person 4 has the address of person 3: enter each person once",
        ],
    ),
    "context": ({}, ["Say why you began, in English", "Say why you began, in Welsh"]),
    "activity": ({}, ["Say what you did, in English", "Say what you did, in Welsh"]),
    "impact": ({}, ["Say what difference it has made, in English", "Say what difference it has made, in Welsh"]),
    "permissions": (
        {},
        [
            "Say whether you are the headteacher",
            "Agree to the licence, so that we may publish the story",
            "Confirm that you have read the privacy page",
        ],
    ),
}


def summary(page: str) -> list[tuple[str, str]]:
    """The targets and the words of the error summary."""
    part = re.search(r'<div class="error-summary".*?</div>', page, re.S)
    assert part
    return [(target, html.unescape(words)) for target, words in re.findall(r'<a href="#([^"]+)">(.*?)</a>', part[0])]


@pytest.mark.parametrize("key", WRONG)
def test_each_page_names_the_thing_and_the_mend(school: School, key: str) -> None:
    school.start()
    school.answer("writing", {"writing": "both"})
    school.answer("setting", {"kind": "cluster"})
    school.answer("hallmarks", {"hallmarks": ["1"]})
    given, expected = WRONG[key]
    for page in (school.answer(key, given), school.client.get(step(key))):
        text = page.content.decode()
        found = summary(text)
        assert [words for _target, words in found] == expected
        assert text.index("error-summary") < text.index("<h1")
        assert "<title>Error: " in text
        for target, words in found:
            assert f'id="{target}"' in text
            assert text.count(html.escape(words, quote=True).replace("&#x27;", "’")) >= 2
    assert key in school.case.draft.problems


def test_every_page_is_swept_for_errors() -> None:
    assert {one.key for one in STEPS} - set(WRONG) == {"sharing", "pictures", "documents"}


@pytest.mark.parametrize("key", ["you", "title", "about", "setting", "references", "people"])
def test_the_switch_keeps_what_was_typed_and_the_errors(school: School, key: str) -> None:
    school.start()
    school.answer("writing", {"writing": "both"})
    given, _expected = WRONG[key]
    school.answer(key, given)
    typed = {name: f"{value}!" for name, value in given.items() if name != "kind"} or {"setting_name_cy": "Ysgol!"}
    response = school.answer(key, {**typed, "switch": "cy"}, "?change=1")
    assert response["Location"] == step(key, "cy") + "?change=1"
    page = school.client.get(response["Location"]).content.decode()
    assert '<html lang="cy">' in page
    assert [value for value in typed.values() if html.escape(value) not in page] == []
    assert "error-summary" in page


def test_the_switch_judges_nothing(school: School) -> None:
    school.start()
    school.answer("you", {"name": "", "email": "x", "switch": "cy"})
    assert school.case.draft.problems == []
    page = school.client.get(step("you", "cy")).content.decode()
    assert "error-summary" not in page
    assert 'value="x"' in page
    assert f'formaction="{step("you", "cy")}"' in page


def test_a_page_without_its_session_starts_a_draft_with_what_was_typed(school: School) -> None:
    response = Client().post(step("title", "cy"), {"title_cy": "Teitl a gafodd ei deipio"})
    assert response["Location"] == step("about", "cy")
    draft = CaseStudy.objects.get().draft
    assert draft.answers["title"] == {"title_cy": "Teitl a gafodd ei deipio"}
    assert draft.answers["writing"] == {"writing": "cy"}


def test_a_page_of_a_story_already_sent_keeps_its_words_on_the_page(sent: School) -> None:
    before = sent.case.draft.answers
    response = sent.answer("about", {"about_cy": "Newydd sbon", "about_en": "Brand new"})
    assert response.status_code == 409
    assert "Newydd sbon" in response.content.decode()
    assert sent.case.draft.answers == before


class TestPictures:
    """Pictures come in one at a time; each fault has its own words."""

    @pytest.fixture
    def drawing(self, school: School) -> School:
        school.fill(answers("en"))
        return school

    def add(self, school: School, content: bytes, name: str = "a.png") -> Any:
        file = png()
        file.seek(0)
        file.truncate()
        file.write(content)
        file.seek(0)
        file.name = name
        return school.answer("pictures", {"picture": file, "add": "1"})

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "The picture is an empty file. Choose another."),
            (b"no picture at all", "The picture must be a JPEG, PNG, WebP or HEIC file."),
            (png().getvalue()[:50], "The picture is damaged and cannot be read."),
        ],
    )
    def test_each_fault_has_its_words(self, drawing: School, content: bytes, words: str) -> None:
        page = self.add(drawing, content).content.decode()
        assert page.count(words) == 2
        assert summary(page)[0][0] == "id_picture"
        assert not EditionPicture.objects.exists()

    def test_too_large_and_too_many(self, drawing: School, settings: Any) -> None:
        settings.FILE_MAX_BYTES = 10
        assert "larger than" in self.add(drawing, png().getvalue()).content.decode()
        settings.FILE_MAX_BYTES = 10_000_000
        for _ in range(6):
            assert self.add(drawing, png().getvalue()).status_code == 302
        assert "A story can have 6 pictures" in self.add(drawing, png().getvalue()).content.decode()

    def test_no_file_chosen(self, drawing: School) -> None:
        page = drawing.answer("pictures", {"add": "1"}).content.decode()
        assert summary(page) == [("id_picture", "Choose a picture to add")]

    def test_a_picture_stays_when_something_else_is_wrong(self, drawing: School) -> None:
        file = png()
        file.name = "a.png"
        page = drawing.answer("pictures", {"picture": file}).content.decode()
        assert [words for _, words in summary(page)] == [
            "Say in English what picture 1 shows", "Say whether picture 1 shows people",
        ]  # fmt: skip
        assert drawing.case.working.pictures.count() == 1  # type: ignore[union-attr]

    def test_removing_one_and_one_that_is_not_there(self, drawing: School) -> None:
        self.add(drawing, png().getvalue())
        row = drawing.case.working.pictures.get()  # type: ignore[union-attr]
        other = add_picture(png(), size=10)
        for token in ("nothing", other.token, row.picture.token):
            assert drawing.answer("pictures", {"remove": token}).status_code == 302
        assert not drawing.case.working.pictures.exists()  # type: ignore[union-attr]
        other.refresh_from_db()
        assert drawing.client.get(address("check")).status_code == 200
