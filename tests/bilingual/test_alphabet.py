"""Alphabetical order against a plain comparison written a second way, and against names whose order is known."""

import itertools
import re
import unicodedata
from collections.abc import Callable
from functools import cmp_to_key

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.bilingual.alphabet import BOUNDARY, DIVIDED, LETTERS, MAX_LENGTH, initial, sort_key

ALL = "a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z"
WELSH = ALL.split()
ENGLISH = list("abcdefghijklmnopqrstuvwxyz")
MARKS = "\u0301\u0300\u0302\u0308"
TOKENS = [*WELSH, *"áàâäêëîïôöŵŷÂŴÝ", "A", "L", "Ll", "LL", "D", "N", "0", "1", "9", " "]
# Rich in digraphs, and short enough for a key that holds every level.
NAMES = st.lists(st.sampled_from(TOKENS), max_size=10).map(lambda tokens: " ".join("".join(tokens).split()))


def reference(text: str, order: list[str]) -> tuple[list[int], list[int], list[int]]:
    """Ranks, accents and cases of a text in which every pair that looks like a letter is one."""
    pairs = "|".join(sorted(order, key=len, reverse=True))
    ranks, accents, cases = [], [], []
    for token in re.findall(rf"(?:{pairs}|[0-9 ])[{MARKS}]*", unicodedata.normalize("NFD", text), re.IGNORECASE):
        bare = token.rstrip(MARKS)
        ranks.append([" ", *"0123456789", *order].index(bare.lower()))
        if bare != " ":
            accents.append(max((1 + MARKS.index(mark) for mark in token[len(bare) :]), default=0))
            cases.append(sum(sign.isupper() << place for place, sign in enumerate(bare)))
    return ranks, accents, cases


def by_eye(order: list[str]) -> Callable[[str, str], int]:
    def compare(one: str, other: str) -> int:
        for left, right in zip(reference(one, order), reference(other, order), strict=True):
            if left != right:
                return -1 if left < right else 1
        return 0

    return compare


def by_key(one: str, other: str, language: str) -> int:
    left, right = sort_key(one, language), sort_key(other, language)
    return (left > right) - (left < right)


def is_ruled(text: str) -> bool:
    """Whether a rule or the table may divide a pair, which the reference does not know."""
    return bool(re.search("rh|ng|ponth", text, re.IGNORECASE))


@given(NAMES, NAMES)
def test_welsh_order_is_that_of_a_plain_comparison(one: str, other: str) -> None:
    assume(not is_ruled(one + "|" + other))
    assert by_key(one, other, "cy") == by_eye(WELSH)(one, other)


@given(
    st.lists(st.sampled_from([*WELSH, *"âŵŷ", "Ch", "LL"]), max_size=8), st.lists(st.sampled_from(WELSH), max_size=8)
)
def test_letters_written_apart_from_each_other_keep_their_order(one: list[str], other: list[str]) -> None:
    """Every digraph, rh and ng too, each in a word of its own so that no rule applies."""
    left, right = " ".join(one), " ".join(other)
    assert by_key(left, right, "cy") == by_eye(WELSH)(left, right)


@given(NAMES, NAMES)
def test_english_order_is_that_of_a_plain_comparison(one: str, other: str) -> None:
    assert by_key(one, other, "en") == by_eye(ENGLISH)(one, other)


@given(st.lists(NAMES, max_size=12))
def test_sorting_by_key_is_stable_and_the_same_as_sorting_by_eye(names: list[str]) -> None:
    plain = [name for name in names if not is_ruled(name)]
    assert sorted(plain, key=lambda name: sort_key(name, "cy")) == sorted(plain, key=cmp_to_key(by_eye(WELSH)))


@given(st.text(max_size=400), st.sampled_from(["cy", "en"]))
def test_key_of_any_text_is_short_plain_and_safe_under_any_collation(text: str, language: str) -> None:
    key = sort_key(text, language)
    assert re.fullmatch("(?:[a-g][0-9])*", key)
    assert len(key) <= MAX_LENGTH
    assert initial(text, language) in {"#", *(letter.capitalize() for letter in [*WELSH, *ENGLISH])}


@given(st.text(max_size=30))
def test_composed_and_decomposed_texts_have_one_key(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFC", text), "cy") == sort_key(unicodedata.normalize("NFD", text), "cy")


@given(NAMES, NAMES)
def test_text_too_long_for_its_key_keeps_its_order(one: str, other: str) -> None:
    head = "Ysgol Gymunedol " * 9
    assert by_key(head + one, head + other, "cy") * by_key("Ysgol " + one, "Ysgol " + other, "cy") >= 0
    assert sort_key(head * 3 + one, "cy") == sort_key(head * 3 + other, "cy")


def test_every_letter_stands_in_its_place() -> None:
    for language, order in (("cy", WELSH), ("en", ENGLISH)):
        keys = [sort_key(letter, language) for letter in ["1", *order]]
        assert keys == sorted(set(keys))
    assert len(LETTERS["cy"]) == 29
    assert [letter for letter in WELSH if letter in LETTERS["cy"]] == list(LETTERS["cy"])


KNOWN_ORDERS = [
    ["Bala", "Bangor", "Barri"],
    ["agwedd", "angerdd", "anghredadwy", "ai", "baner", "bangor", "banhadlen", "danfon", "dangos", "dannod"],
    ["Lerpwl", "Llan", "Llanberis", "Llanfair", "Llangadog", "Llangefni", "Llangollen", "Llangors", "Llangynnwr"],
    ["Llangynnwr", "Llanharan", "Llanrwst", "Llanybydder"],
    ["Caerffili", "Caergybi", "Caerhun", "Caersws", "Carno", "Cwmbrân", "Chwilog"],
    ["Aberffraw", "Aberhonddu", "Aberriw", "Abersoch", "Aberystwyth"],
    ["Penfro", "Pengelli", "Penrhos", "Penrhyn", "Pentraeth"],
    ["parhau", "parod", "parti"],
    ["Pont Abraham", "Ponthir", "Pontrhydfendigaid", "Pontypridd", "Prestatyn"],
    ["Âd", "Ael", "Wrecsam", "Ŵyn", "Ynys"],
    ["a", "A", "á", "à", "â", "Â", "ä", "ab"],
    ["", "1", "10", "2", "Abertawe", "Zimbabwe"],
    ["Bro Teifi", "Bro Tryfan", "Broan"],
    ["tad", "tangnefedd", "tai", "tan", "tân", "tanau"],
]


@pytest.mark.parametrize("names", KNOWN_ORDERS, ids=lambda names: names[1])
def test_known_order(names: list[str]) -> None:
    keys = [sort_key(name, "cy") for name in names]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("name", "divided"),
    [
        ("Bangor", "ban|gor"),
        ("Llangefni", "llan|gefni"),
        ("Llanfairpwllgwyngyll", "llanfairpwllgwyn|gyll"),
        ("Abergwyngregyn", "abergwyn|gregyn"),
        ("Tongwynlais", "ton|gwynlais"),
        ("Frongoch", "fron|goch"),
        ("Ponthir", "pont|hir"),
        ("Penyrheol", "penyr|heol"),
        ("Penyrhiw", "peny|rhiw"),
        ("Trerhyngyll", "tre|rhyngyll"),
        ("arholiad", "ar|holiad"),
        ("sicrhau", "sicr|hau"),
        ("Pontrhydyfen", "pontrhydyfen"),
        ("anrheg", "anrheg"),
        ("cyngor", "cyngor"),
        ("Llanfihangel", "llanfihangel"),
        ("Angharad", "angharad"),
    ],
)
def test_pair_is_divided_or_not(name: str, divided: str) -> None:
    """The expected division, written with boundaries by hand, and its opposite."""
    assert sort_key(name.lower(), "cy") == sort_key(divided.replace("|", BOUNDARY), "cy")
    if "|" in divided:
        joined = re.sub(r"(?:ng|rh|th)", "q", name.lower())
        assert sort_key(name.lower(), "cy") != sort_key(joined, "cy")


def test_boundary_divides_a_pair_and_is_otherwise_unseen() -> None:
    assert sort_key(f"n{BOUNDARY}g", "cy") == sort_key("n\u200bg", "cy") == sort_key("n\u00adg", "cy")
    assert sort_key(f"n{BOUNDARY}g", "cy") > sort_key("mz", "cy") > sort_key("ng", "cy")
    assert sort_key(f"a{BOUNDARY}b", "cy") == sort_key("ab", "cy")
    assert sort_key(f"n{BOUNDARY}g", "en") == sort_key("ng", "en")


def test_accents_and_case_break_ties_only() -> None:
    assert sort_key("Ŵan", "cy") < sort_key("wb", "cy")
    assert sort_key("tan", "cy") < sort_key("tân", "cy") < sort_key("tanau", "cy")
    assert sort_key("resume b", "en") > sort_key("Résumé a", "en")
    assert sort_key("ab", "en") < sort_key("aB", "en") < sort_key("Ab", "en")


def test_hyphen_joins_in_welsh_and_parts_in_english() -> None:
    assert sort_key("Pen-y-bont", "cy") == sort_key("Penybont", "cy")
    assert sort_key("Llan-gan", "cy") == sort_key("Llangan", "cy")
    assert sort_key("self-review", "en") == sort_key("self review", "en") < sort_key("selfish", "en")
    assert sort_key("i’r ysgol", "cy") == sort_key("i'r ysgol", "cy") == sort_key("ir ysgol", "cy")


def test_division_of_ones_own() -> None:
    assert sort_key("xng", "cy", divided={"xng": "xn|g"}) == sort_key(f"xn{BOUNDARY}g", "cy")
    with pytest.raises(ValueError, match="changes the word"):
        sort_key("xng", "cy", divided={"xng": "xm|g"})


def test_every_entry_of_the_table_is_needed_and_spelt_as_its_word() -> None:
    for word, divided in DIVIDED.items():
        assert divided.replace("|", "") == word
        assert sort_key(word, "cy") != sort_key(word, "cy", divided={}), word


@pytest.mark.parametrize(
    ("text", "language", "heading"),
    [
        ("Chwilog", "cy", "Ch"),
        ("Chwilog", "en", "C"),
        ("LLANELLI", "cy", "Ll"),
        ("Ângel", "cy", "A"),
        ("ŵyn", "cy", "W"),
        ("‘Rhannu’", "cy", "Rh"),
        ("'Steddfod", "cy", "S"),
        ("Kerry", "cy", "K"),
        ("L\u034flan", "cy", "L"),
        ("21 ffordd", "cy", "#"),
        ("Ωmega", "en", "#"),
        ("…", "cy", "#"),
        ("", "en", "#"),
        ("Øster", "en", "O"),
    ],
)
def test_initial(text: str, language: str, heading: str) -> None:
    assert initial(text, language) == heading


def test_headings_come_in_the_order_of_the_keys() -> None:
    names = [*WELSH, "Ω", "7", "", "ï"]
    headings = [initial(name, "cy") for name in sorted(names, key=lambda name: sort_key(name, "cy"))]
    grouped = [heading for heading, _ in itertools.groupby(headings)]
    assert len(grouped) == len(set(grouped))


@pytest.mark.parametrize("language", ["", "fr", "cy-GB"])
def test_unknown_language_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="No alphabet"):
        sort_key("a", language)
    with pytest.raises(ValueError, match="No alphabet"):
        initial("a", language)
