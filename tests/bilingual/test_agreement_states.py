"""The eight states of two texts: a truth table on plain values, then on stored ones as they are edited."""

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.bilingual.agreement import (
    BOTH_THERE,
    Pair,
    State,
    count_words,
    derive,
    fingerprint,
    is_copied,
    normalise,
    pair,
)
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.policies import Policy
from foundation.bilingual.services import TextHasMoved, agree, agree_all, copy_agreements, states_of
from pages.models import PageEdition
from tests.factories import HallmarkEditionFactory, PageEditionFactory, editor

AGREED = Pair("cy1", "en1")
TABLE = {
    # (Welsh now, English now, agreed): state
    ("", "", None): State.EMPTY,
    ("", "", AGREED): State.EMPTY,
    ("", "en1", None): State.CY_MISSING,
    ("", "en1", AGREED): State.CY_MISSING,
    ("", "en2", None): State.CY_MISSING,
    ("", "en2", AGREED): State.CY_MISSING,
    ("cy1", "", None): State.EN_MISSING,
    ("cy1", "", AGREED): State.EN_MISSING,
    ("cy2", "", None): State.EN_MISSING,
    ("cy2", "", AGREED): State.EN_MISSING,
    ("cy1", "en1", None): State.UNCONFIRMED,
    ("cy2", "en1", None): State.UNCONFIRMED,
    ("cy1", "en2", None): State.UNCONFIRMED,
    ("cy2", "en2", None): State.UNCONFIRMED,
    ("cy1", "en1", AGREED): State.IN_STEP,
    ("cy2", "en1", AGREED): State.EN_STALE,
    ("cy1", "en2", AGREED): State.CY_STALE,
    ("cy2", "en2", AGREED): State.BOTH_CHANGED,
}


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(product(("", "cy1", "cy2"), ("", "en1", "en2"), (None, AGREED)))
    assert set(TABLE.values()) == set(State)
    assert len(State) == 8


@pytest.mark.parametrize(("cy", "en", "agreed"), TABLE)
def test_every_row_of_the_table(cy: str, en: str, agreed: Pair | None) -> None:
    assert derive(Pair(cy, en), agreed) == TABLE[cy, en, agreed]


MIRROR = {State.CY_MISSING: State.EN_MISSING, State.CY_STALE: State.EN_STALE}
MIRROR |= {there: here for here, there in MIRROR.items()}


@pytest.mark.parametrize(("cy", "en", "agreed"), TABLE)
def test_neither_language_leads(cy: str, en: str, agreed: Pair | None) -> None:
    state = derive(Pair(cy, en), agreed)
    assert derive(Pair(en, cy), agreed and Pair(agreed.en, agreed.cy)) == MIRROR.get(state, state)


def test_copied_is_a_mark_on_unconfirmed_only() -> None:
    same = Pair("x", "x")
    assert is_copied(same, derive(same, None))
    assert not is_copied(same, derive(same, same))
    assert not is_copied(AGREED, derive(AGREED, None))
    assert {state for state in State if is_copied(same, state)} == {State.UNCONFIRMED}
    assert {state for cy, en, state in ((*key[:2], state) for key, state in TABLE.items()) if cy and en} == BOTH_THERE


# --- normalising: what no reader sees does not count --------------------------------------------------------------------------

UNSEEN = [
    ("y tŷ", unicodedata.normalize("NFD", "y tŷ")),
    ("‘da’ “iawn”", "'da' \"iawn\""),
    ("  un\n\t dau ", "un dau"),
    ("un&nbsp;dau", "un dau"),
    ("<p>un</p><p></p>", "<p>un</p>"),
    ("<p>un</p><p><strong> </strong></p>", "<p>un</p>"),
    ("<p>un<br></p>", "<p>un</p>"),
    ("<!-- nodyn -->un", "un"),
]
SEEN = [("un", "Un"), ("un dau", "undau"), ("un.", "un"), ("<p>un</p>", "<h2>un</h2>"), ("ŵ", "w"), ("0", "")]


@pytest.mark.parametrize(("one", "other"), UNSEEN)
def test_what_no_reader_sees(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(("one", "other"), SEEN)
def test_what_a_reader_sees(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize("nothing", [None, "", " \n", "<p></p>", "<p> <br> </p>", "&nbsp;"])
def test_no_text(nothing: str | None) -> None:
    assert fingerprint(nothing) == ""


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_composition_and_outer_space_do_not_count(text: str) -> None:
    composed, parted = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fingerprint(composed) == fingerprint(parted) == fingerprint(f" {composed}\n")


@given(st.text(), st.text())
def test_a_fingerprint_is_that_of_the_normal_text(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (normalise(one) == normalise(other))


def test_words_are_counted_as_read() -> None:
    assert count_words("<p>Un dau</p><ul><li>tri</li><li>pedwar</li></ul>") == 4
    assert count_words(None) == 0


# --- as texts are edited ----------------------------------------------------------------------------------------------------


def state(edition: PageEdition) -> State:
    return states_of(PageEdition.objects.get(pk=edition.pk))["body"].state


@pytest.fixture
def edition(db: None) -> PageEdition:
    """A working page whose two texts were agreed."""
    made: PageEdition = PageEditionFactory.create(stage="working", body_cy="<p>Un.</p>", body_en="<p>One.</p>")
    return made


def test_edit_and_revert(edition: PageEdition) -> None:
    assert state(edition) == State.IN_STEP
    edition.body_cy = "<p>Dau.</p>"
    edition.save()
    assert state(edition) == State.EN_STALE
    edition.body_en = "<p>Two.</p>"
    edition.save()
    assert state(edition) == State.BOTH_CHANGED
    edition.body_cy = "<p>Un.</p>"
    edition.save()
    assert state(edition) == State.CY_STALE
    edition.body_en = "<p>One.</p> "
    edition.save()
    assert state(edition) == State.IN_STEP


def test_update_behind_the_back_of_the_model_is_seen(edition: PageEdition) -> None:
    PageEdition.objects.filter(pk=edition.pk).update(body_en="<p>Two.</p>")
    assert state(edition) == State.CY_STALE
    PageEdition.objects.filter(pk=edition.pk).update(body_cy="")
    assert state(edition) == State.CY_MISSING
    PageEdition.objects.filter(pk=edition.pk).update(body_en=None)
    assert state(edition) == State.EMPTY


def test_agreeing_names_the_texts_that_were_seen(edition: PageEdition) -> None:
    seen = pair("<p>Dau.</p>", "<p>One.</p>")
    PageEdition.objects.filter(pk=edition.pk).update(body_cy="<p>Dau.</p>")
    moved = PageEdition.objects.get(pk=edition.pk)
    moved.body_cy = "<p>Tri.</p>"
    with pytest.raises(TextHasMoved):
        agree(obj=moved, field="body", seen=seen, how=How.SPEAKER)
    assert state(edition) == State.EN_STALE

    person = editor()
    row = agree(obj=PageEdition.objects.get(pk=edition.pk), field="body", seen=seen, how=How.SPEAKER, by=person)
    assert (row.text_cy, row.text_en, row.how, row.by) == ("<p>Dau.</p>", "<p>One.</p>", How.SPEAKER, person)
    assert state(edition) == State.IN_STEP
    assert Agreement.objects.filter(object_id=edition.pk, field="body").count() == 1


def test_no_agreement_without_two_texts(edition: PageEdition) -> None:
    edition.body_cy = " "
    with pytest.raises(ValueError, match="body"):
        agree(obj=edition, field="body", seen=pair(" ", edition.body_en), how=How.SPEAKER)


def test_equal_texts_are_copied_until_somebody_says_they_are_right(db: None) -> None:
    made = PageEditionFactory.create(stage="working", title_cy="Cwcis", title_en="Cwcis", agreed=False)
    title = states_of(made)["title"]
    assert (title.state, title.copied) == (State.UNCONFIRMED, True)
    agree_all(obj=made, how=How.CONTRIBUTOR)
    assert states_of(made)["title"] == title
    agree(obj=made, field="title", seen=title.now, how=How.SPEAKER)
    title = states_of(made)["title"]
    assert (title.state, title.copied) == (State.IN_STEP, False)


def test_an_optional_text_is_never_called_copied(db: None) -> None:
    made = HallmarkEditionFactory.create(stage="working", summary_cy="Un", summary_en="Un", agreed=False)
    summary = states_of(made)["summary"]
    assert (summary.policy, summary.state, summary.copied) == (Policy.OPTIONAL, State.UNCONFIRMED, False)


def test_agreements_go_along_with_a_copy(edition: PageEdition) -> None:
    copy = PageEditionFactory.create(stage="working", body_cy="<p>Un.</p>", body_en="<p>Other.</p>", agreed=False)
    copy_agreements(source=edition, target=copy)
    assert state(copy) == State.CY_STALE
    edition.delete()
    assert state(copy) == State.CY_STALE
