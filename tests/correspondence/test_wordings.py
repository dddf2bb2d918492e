"""The words of messages: standard, the editors' own, and what goes out while the two languages are not in step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from foundation.bilingual.agreement import State, pair
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.services import agree, states_of
from foundation.correspondence.models import Message, Wording
from foundation.correspondence.rendering import render
from foundation.correspondence.wordings import (
    Problem,
    Text,
    allowed,
    back_to_standard,
    fill,
    in_force,
    problems_of_body,
    problems_of_subject,
    required,
    save_wording,
    standard,
    wording_of,
)
from foundation.publishing.services import ChangedSince
from tests.correspondence.conftest import WORDING

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Trial = Callable[..., Message]
STANDARD = {
    "cy": Text("Subject in cy", "{greeting}\n\n{note}\n\n{trial-link}\n\nHwyl."),
    "en": Text("Subject in en", "{greeting}\n\n{note}\n\n{trial-link}\n\nBye."),
}


@pytest.fixture(autouse=True)
def _two_languages(_kind: None, tmp_path: Path) -> None:
    """Words that are not the same in both languages."""
    ends = '{trial-link}\n\n{% get_current_language as here %}{% if here == "cy" %}Hwyl.{% else %}Bye.{% endif %}'
    (tmp_path / "correspondence" / "trial.txt").write_text(WORDING.replace("{trial-link}", ends))


def write(version: Any = 0, **texts: str) -> Wording:
    wording = wording_of("trial")
    for column, text in texts.items():
        setattr(wording, column, text)
    return save_wording(wording=wording, version=version, by=None)


def match(wording: Wording, field: str) -> None:
    seen = pair(getattr(wording, f"{field}_cy"), getattr(wording, f"{field}_en"))
    agree(obj=wording, field=field, seen=seen, how=How.SPEAKER)


def test_what_a_kind_may_use_and_must_keep_is_read_off_its_standard_words() -> None:
    assert {language: standard("trial", language) for language in ("cy", "en")} == STANDARD
    assert allowed("trial") == ["greeting", "note", "trial-link", "reference", "name"]
    assert required("trial") == ["note", "trial-link"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("{note} {trial-link}", []),
        ("{greeting}, {note}: {trial-link} {reference}", []),
        ("Nothing", [Problem("missing", ("note", "trial-link"))]),
        ("{note} {trial-lnk}", [Problem("unknown", ("trial-lnk",)), Problem("missing", ("trial-link",))]),
        ("{note} {trial-link} {0} {} { name }", [Problem("unknown", ("0", "", " name "))]),
        ("{note} {trial-link} {note.__class__}", [Problem("unknown", ("note.__class__",))]),
        ("{note} {trial-link} a { b", []),
        ("{note} {trial-link} {% now 'Y' %} {{ name }}", [Problem("unknown", ("% now 'Y' %", " name "))]),
    ],
)
def test_placeholders_are_checked(text: str, problems: list[Problem]) -> None:
    assert problems_of_body("trial", text) == problems


def test_a_subject_holds_values_only() -> None:
    assert problems_of_subject("trial", "About {greeting}") == []
    assert problems_of_subject("trial", "{trial-link} {note} {x}") == [
        Problem("unknown", ("x",)),
        Problem("in-subject", ("trial-link", "note")),
    ]


def test_new_words_go_out_once_both_languages_match_and_the_old_ones_until_then() -> None:
    wording = write(body_en="Hello. {note} {trial-link}")
    assert states_of(wording)["body"].state == State.CY_STALE
    assert in_force("trial") == STANDARD
    wording = write(version=1, body_cy="Helo. {note} {trial-link}")
    assert states_of(wording)["body"].state == State.BOTH_CHANGED
    assert in_force("trial") == STANDARD
    match(wording, "body")
    ours = {
        "cy": Text("Subject in cy", "Helo. {note} {trial-link}"),
        "en": Text("Subject in en", "Hello. {note} {trial-link}"),
    }
    assert in_force("trial") == ours
    write(version=2, body_en="Good day. {note} {trial-link}")
    assert in_force("trial") == ours
    assert back_to_standard("trial", version=3)
    assert (in_force("trial"), Wording.objects.count(), Agreement.objects.count()) == (STANDARD, 0, 0)
    assert not back_to_standard("trial", version=1)


def test_messages_are_written_in_our_own_words(trial: Trial) -> None:
    wording = write(
        subject_cy="Pwnc {greeting}", subject_en="Re {greeting}",
        body_cy="Dyma ni. {greeting}\r\n\r\n{note}\r\n\r\n{trial-link}", body_en="Here. {greeting}\n\n{note}\n\n{trial-link}",
    )  # fmt: skip
    match(wording, "subject")
    match(wording, "body")
    message = trial("", greeting="Nia", note_cy="Gair", note_en="Word")
    assert message.subject == "Pwnc Nia / Re Nia"
    assert message.body.split("\n\n")[:3] == ["Dyma ni. Nia", "[[note:cy]]", "[[trial-link:cy]]"]
    assert "Here. Nia\n\nWord\n\nhttps://example.org/en/1" in render(message).text


def test_words_that_this_version_of_the_site_cannot_fill_are_passed_over(trial: Trial) -> None:
    wording = write()
    Wording.objects.update(body_cy="{gone} {note} {trial-link}", body_en="{gone} {note} {trial-link}")
    wording.refresh_from_db()
    match(wording, "body")
    assert in_force("trial") == STANDARD
    assert "{gone}" not in trial().body


def test_two_people_do_not_overwrite_each_other() -> None:
    write(body_en="One. {note} {trial-link}")
    for version in (0, 2):
        with pytest.raises(ChangedSince):
            write(version=version, body_en="Two. {note} {trial-link}")
    assert Wording.objects.get().body_en == "One. {note} {trial-link}"


def test_a_paragraph_without_its_value_is_left_out() -> None:
    values = {"a": "1", "b": ""}
    assert fill("One {a}.\n\nTwo {b} {a}.\n\nThree.\nFour {a}.", values.__getitem__) == "One 1.\n\nThree.\nFour 1."


def test_nobody_types_a_link_or_a_placeholder(trial: Trial) -> None:
    typed = "Nia [[trial-link:en]] {trial-link} {note} [[note:en]] <a href='x'>"
    message = trial("en", greeting=typed, note_en="My [[trial-link:en]] & {name}")
    rendered = render(message)
    assert rendered.text == f"{typed}\n\nMy [[trial-link:en]] & {{name}}\n\nhttps://example.org/en/0\n\nBye.\n"
    assert rendered.html.count("<a ") == 1
    assert "&lt;a href=&#x27;x&#x27;&gt;" in rendered.html
    match(
        write(**{f"body_{code}": f"{code} [[trial-link:en]] {{note}} {{trial-link}}" for code in ("cy", "en")}), "body"
    )
    assert render(trial("en", note_en="N")).html.count("<a ") == 1
