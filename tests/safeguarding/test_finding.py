"""What is found in a text, and above all what is not."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from casestudies.safeguarding import Kind, find, question
from casestudies.safeguarding.numbers import check_letter
from tests.safeguarding.samples import CLEAN, HELD_OUT_CLEAN, HELD_OUT_PROBLEMS, PROBLEMS

Problems = Sequence[tuple[str, str, str]]
Clean = Sequence[tuple[str, str]]


def judged(problems: Problems, clean: Clean) -> tuple[float, float, list[str]]:
    """Precision, recall, and the texts that were judged wrongly. Another kind than the right one is a miss."""
    missed = [text for kind, _language, text in problems if [str(one.kind) for one in find(text)] != [kind]]
    alarms = [text for _language, text in clean if find(text)]
    found = len(problems) - len(missed)
    return found / (found + len(alarms)), found / len(problems), missed + alarms


def test_the_samples_are_told_apart(tell: Callable[[str], None]) -> None:
    precision, recall, wrong = judged(PROBLEMS, CLEAN)
    tell(f"personal details in 40 + 40 sample texts: precision {precision:.3f}, recall {recall:.3f}")
    assert [sum(one[-2] == language for one in rows) for rows in (PROBLEMS, CLEAN) for language in ("cy", "en")] == [
        20
    ] * 4
    assert (precision >= 0.95, recall >= 0.95) == (True, True), wrong


def test_texts_that_were_written_afterwards_are_told_apart_too(tell: Callable[[str], None]) -> None:
    precision, recall, wrong = judged(HELD_OUT_PROBLEMS, HELD_OUT_CLEAN)
    tell(f"personal details in 10 + 10 texts held out: precision {precision:.3f}, recall {recall:.3f}")
    assert (len(HELD_OUT_PROBLEMS), len(HELD_OUT_CLEAN)) == (10, 10)
    assert (precision >= 0.9, recall >= 0.9) == (True, True), wrong


@pytest.mark.parametrize("year", ["Blwyddyn 5", "Flwyddyn 5", "Mlwyddyn 5", "Bl. 5", "Year 5", "Yr 5", "Y5"])
@pytest.mark.parametrize("joined", ["Mared ({})", "Mared, {}, a ddywedodd hyn", "disgybl {}, Mared"])
def test_every_form_of_a_year_group_is_known(year: str, joined: str) -> None:
    assert [(one.kind, "Mared" in one.quote) for one in find(joined.format(year))] == [(Kind.PUPIL, True)]


@pytest.mark.parametrize("pupil", ["disgybl", "ddisgybl", "nisgybl", "pupil", "learner", "dysgwr", "merch", "ferch"])
def test_every_form_of_pupil_is_known(pupil: str) -> None:
    named = "called" if pupil in ("pupil", "learner") else "o’r enw"
    assert [one.quote for one in find(f"yna {pupil} {named} Quillfeather")] == [f"{pupil} {named} Quillfeather"]


@pytest.mark.parametrize("title", ["Mr", "Mrs", "Ms", "Miss", "Dr", "Professor", "Yr Athro", "Y Parch."])
@pytest.mark.parametrize("beside", ["{} Carys in Year 4", "{} Carys Evans (Year 4)", "Year 4 pupils: {} Carys"])
def test_who_has_a_title_is_staff(title: str, beside: str) -> None:
    assert find(beside.format(title)) == []


@pytest.mark.parametrize(
    "place", ["Ysgol Dewi Sant", "Ysgol y Santes Non", "St David’s School", "Llandeilo", "Capel Mair", "Stryd Owain"]
)
def test_a_place_is_nobody(place: str) -> None:
    assert [find(text) for text in (f"{place}, Year 4", f"{place} (Blwyddyn 4)", f"Year 4, {place}")] == [[]] * 3


@pytest.mark.parametrize(
    "text",
    [
        "See 10.1080/01443410500342518 and 0-19-852663-6.",
        "ISBN 0 7619 2882 901",
        "The years 2018 2019 and 2020 2021",
        "£01,234,567",
        "Reference: 01234 567890",
        "https://example.org/01234567890",
        "Scores: 01 02 03 04 05 06",
    ],
)
def test_other_numbers_are_no_telephones(text: str) -> None:
    assert find(text) == []


def test_a_pupil_number_is_known_by_its_check_letter() -> None:
    assert (check_letter("801200005001"), check_letter("66040031201A")) == ("B", "A")
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    found = [letter for letter in letters if find(f"({letter}801200005001)")]
    assert (len(letters), found) == (23, ["B"])
    assert [str(one.kind) for one in find("UPN: A801200005001")] == ["upn"]  # mistyped, and said to be one


def test_a_finding_says_where_it_stands() -> None:
    text = "Bu’n flwyddyn brysur.\n\nRoedd Tomos, disgybl ym\nMlwyddyn 6, yn hapus."
    (found,) = find(text)
    assert (text[found.start : found.end], found.quote) == (
        "Tomos, disgybl ym\nMlwyddyn 6",
        "Tomos, disgybl ym Mlwyddyn 6",
    )
    assert (found.before, found.after) == ("Bu’n flwyddyn brysur. Roedd ", ", yn hapus.")
    assert (
        question(found.kind, found.quote)
        == "“Tomos, disgybl ym Mlwyddyn 6” may name a pupil. Can you leave the name out?"
    )


def test_the_same_words_are_asked_about_once() -> None:
    assert [one.quote for one in find("Carys in Year 4. Then Carys in Year 4 again. Ring 01970 555 123.")] == [
        "Carys in Year 4",
        "01970 555 123",
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "(" * 3000, "A" * 5000, "Aa " * 3000, "a@" * 3000, "0 " * 3000, "Year 4 " * 500]
)
def test_nothing_strange_breaks_it_or_holds_it_up(text: str) -> None:
    begun = time.perf_counter()
    find(text)
    assert time.perf_counter() - begun < 2


def test_a_long_story_is_read_quickly(tell: Callable[[str], None], figure: Callable[..., Any]) -> None:
    plain = "Bu’r staff yn cydweithio bob wythnos ac yn rhannu syniadau. Teachers met every week and shared what they had seen. "
    sentences = [text for _language, text in CLEAN] + [text for _kind, _language, text in PROBLEMS]
    story = " ".join(f"{plain * 4}{text}" for text in sentences)
    story = " ".join((story + " " + story).split()[:7500])
    begun = time.perf_counter()
    found = find(story)
    took = (time.perf_counter() - begun) * 1000
    tell(f"a story of {len(story.split())} words read for personal details in {took:.0f} ms")
    figure("a story of 7,500 words read for personal details", f"{took:.0f}", "ms")
    assert len(story.split()) == 7500
    assert len(found) > 30
