"""What editors changed, word by word; and the passage that a question is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casestudies.difference import changes
from casestudies.models import CaseStudyEdition
from casestudies.passages import in_context
from foundation.publishing.difference import AROUND, Kind, difference
from tests.factories import CaseStudyFactory, EditionPictureFactory, story_of

WORDS = st.lists(st.sampled_from(["yr", "ysgol", "school ", "\n\n", " ", "darllen,", "ŵyl.", "a"]), max_size=60)
TEXTS = st.one_of(st.text(max_size=80), WORDS.map(" ".join), WORDS.map("".join))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back_exactly(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.REMOVED) == after
    assert all(piece.text for piece in pieces)


@given(TEXTS)
def test_nothing_changed_is_nothing_marked(text: str) -> None:
    assert {piece.kind for piece in difference(text, text)} <= {Kind.SAME, Kind.SKIPPED}


def test_what_stands_far_from_a_change_is_left_out() -> None:
    before = " ".join(f"w{number}" for number in range(200))
    found = difference(before, before.replace("w100 ", "x "))
    kinds = [piece.kind.value for piece in found]
    assert kinds == ["skipped", "same", "removed", "added", "same", "skipped"]
    assert (found[1].text.split()[0], found[4].text.split()[-1]) == (f"w{100 - AROUND}", f"w{100 + AROUND}")


def test_long_texts_of_common_words_are_compared_quickly() -> None:
    before = "yn y coed yr oedd y tŷ " * 250
    after = "yn y coed nid oedd y tai " * 250
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED) == before


@pytest.mark.django_db
def test_only_what_changed_is_listed_in_the_order_of_the_page() -> None:
    case = CaseStudyFactory.create(status="editing")
    edition = case.working
    picture = EditionPictureFactory.create(edition=edition)
    story = story_of(edition) | {
        "how": {"1": {"cy": "", "en": ""}},
        "pictures": [{"token": picture.picture.token, "alt_cy": picture.alt_cy, "alt_en": "A shelf"}],
    }
    assert [(one.label, one.language) for one in changes(story, edition)] == [("what a picture shows", "en")]
    CaseStudyEdition.objects.update(
        impact_cy="<p>Mae’r plant yn darllen mwy.</p>", phase="secondary", schools="Ysgol Un"
    )
    edition = CaseStudyEdition.objects.get()
    edition.hallmarks.update(how_en="By reading")
    found = changes(story, CaseStudyEdition.objects.get())
    assert [(str(one.label), one.language) for one in found] == [
        ("phase", ""),
        ("schools", ""),
        ("what difference it made", "cy"),
        ("how a hallmark shows", "en"),
        ("what a picture shows", "en"),
    ]
    assert [(piece.kind.value, piece.text) for piece in found[0].pieces] == [
        ("removed", "Primary"),
        ("added", "Secondary"),
    ]
    words = [(piece.kind.value, piece.text) for piece in found[2].pieces]
    assert words == [("same", "Mae’r "), ("removed", "disgyblion "), ("added", "plant "), ("same", "yn darllen mwy.")]


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("b c", ("a ", "b c", " d e", True)),
        ("b   c", ("a ", "b c", " d e", True)),
        ("c\nd", ("a b ", "c d", " e", True)),
        ("z", ("", "z", "", False)),
        ("", ("", "", "", True)),
        (".*", ("", ".*", "", False)),
    ],
)
def test_a_passage_is_found_whatever_its_spaces(quote: str, shown: tuple[str, str, str, bool]) -> None:
    found = in_context("a b c d e", quote)
    assert (found.before, found.quote, found.after, found.is_there) == shown


def test_a_passage_is_shown_between_whole_words() -> None:
    text = "gair " * 100 + "YMA" + " gair" * 100
    found = in_context(text, "YMA")
    assert (found.before[:6], found.after[-6:]) == ("… gair", "gair …")
    assert len(found.before) + len(found.after) < 340
