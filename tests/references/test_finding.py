"""Finding citations. The examples are made up."""

import random
import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from references.citations import MENTION, NARRATIVE, PARENTHETICAL, find_citations


def found(text: str) -> list[tuple[str, str, str | None]]:
    citations = find_citations(text)
    assert [text[one.char_start : one.char_end] for one in citations] == [one.as_printed for one in citations]
    return [(one.as_printed, one.authors_as_printed, one.year) for one in citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trust comes first (Penri and Oduya, 2016).", [("Penri and Oduya, 2016", "Penri and Oduya", "2016")]),
        ("Trust (Penri & Oduya 2016;).", [("Penri & Oduya 2016", "Penri & Oduya", "2016")]),
        (
            "So it is (Estyn, 2017; OECD 2018; Ifans and Rees 2016).",
            [("Estyn, 2017", "Estyn", "2017"), ("OECD 2018", "OECD", "2018"), ("Ifans and Rees 2016", "Ifans and Rees", "2016")],
        ),
        ("So (Okoro et al 2015; Okoro et al. 2020)", [("Okoro et al 2015", "Okoro et al", "2015"), ("Okoro et al. 2020", "Okoro et al.", "2020")]),
        ("So (Okoro, et al, 2021)", [("Okoro, et al, 2021", "Okoro, et al", "2021")]),
        ("So (Bevan, 2005; 2014)", [("Bevan, 2005", "Bevan", "2005"), ("2014", "Bevan", "2014")]),
        ("So (Bevan, 2005, 2014; Puw, 2001)", [("Bevan, 2005", "Bevan", "2005"), ("2014", "Bevan", "2014"), ("Puw, 2001", "Puw", "2001")]),
        ("So (Bevan, 2020a, b)", [("Bevan, 2020a", "Bevan", "2020a"), ("b", "Bevan", "2020b")]),
        ("So (Bevan, 2020a; 2020b)", [("Bevan, 2020a", "Bevan", "2020a"), ("2020b", "Bevan", "2020b")]),
        ("So (Pugh, J, 2020)", [("Pugh, J, 2020", "Pugh, J", "2020")]),
        ("So (Pugh, Ellis-Wynne and Tudur 2017)", [("Pugh, Ellis-Wynne and Tudur 2017", "Pugh, Ellis-Wynne and Tudur", "2017")]),
        ("So (Pugh, Ellis, and Tudur, 2017)", [("Pugh, Ellis, and Tudur, 2017", "Pugh, Ellis, and Tudur", "2017")]),
        ("So (Pugh, 2018, p. 12)", [("Pugh, 2018, p. 12", "Pugh", "2018")]),
        ("So (Pugh, 2018: 12–14; Rees, 2019)", [("Pugh, 2018: 12–14", "Pugh", "2018"), ("Rees, 2019", "Rees", "2019")]),
        ("So (Pugh, n.d.; Rees, in press)", [("Pugh, n.d.", "Pugh", "n.d."), ("Rees, in press", "Rees", "in press")]),
        ("So (van der Molen, 2019; O’Hara, 2010)", [("van der Molen, 2019", "van der Molen", "2019"), ("O’Hara, 2010", "O’Hara", "2010")]),
        ("So (see Pugh, 2018)", [("see Pugh, 2018", "Pugh", "2018")]),
        ("So (drawing on the thinking of Pugh, 2018)", [("Pugh, 2018", "Pugh", "2018")]),
        ("So (Society of Wise Leaders (SWL), 2018)", [("Society of Wise Leaders (SWL), 2018", "Society of Wise Leaders", "2018")]),
        ("So (SWL, 2018 and Pugh, 2019)", [("SWL, 2018", "SWL", "2018"), ("Pugh, 2019", "Pugh", "2019")]),
        ("So [Pugh, 2018].", [("Pugh, 2018", "Pugh", "2018")]),
        ("So (Pugh, P. and Rees, A., 2018; P. Pugh, 2018)", [("Pugh, P. and Rees, A., 2018", "Pugh, P. and Rees, A.", "2018"), ("P. Pugh, 2018", "P. Pugh", "2018")]),
        ("So (but see Pugh, 2018; Dr Rees, 2019)", [("but see Pugh, 2018", "Pugh", "2018"), ("Dr Rees, 2019", "Rees", "2019")]),
        ("So (Pugh, nd; Rees, circa 1990, section 2.1)", [("Pugh, nd", "Pugh", "nd"), ("Rees, circa 1990, section 2.1", "Rees", "circa 1990")]),
        ("So (Welsh\nGovernment, 2020).", [("Welsh\nGovernment, 2020", "Welsh\nGovernment", "2020")]),
    ],
)  # fmt: skip
def test_in_brackets(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected
    assert {one.kind for one in find_citations(text)} == {PARENTHETICAL}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Felly y mae (Penri ac Oduya, 2016).", [("Penri ac Oduya, 2016", "Penri ac Oduya", "2016")]),
        ("Felly (Rees a Puw, 2016; Llywodraeth Cymru, d.d.)", [("Rees a Puw, 2016", "Rees a Puw", "2016"), ("Llywodraeth Cymru, d.d.", "Llywodraeth Cymru", "d.d.")]),
        ("Felly (gweler hefyd Rees, 2016, t. 12)", [("gweler hefyd Rees, 2016, t. 12", "Rees", "2016")]),
        ("Felly (Rees ac eraill, 2016, tt. 3–4)", [("Rees ac eraill, 2016, tt. 3–4", "Rees ac eraill", "2016")]),
        ("Felly (ond gweler Rees, 2016)", [("ond gweler Rees, 2016", "Rees", "2016")]),
        ("Felly (Academi ar gyfer Arwain, 2016)", [("Academi ar gyfer Arwain, 2016", "Academi ar gyfer Arwain", "2016")]),
        ("Nododd yr Athro Mair Rees (2016) a Dr Penri (2017)", [("Mair Rees (2016)", "Mair Rees", "2016"), ("Penri (2017)", "Penri", "2017")]),
        ("Meddai Rees (2016). Dadleuodd Puw (2017) hyn.", [("Rees (2016)", "Rees", "2016"), ("Puw (2017)", "Puw", "2017")]),
        ("Mae'r Sefydliad ar gyfer Arwain Doeth (SAD) (2019)", [("Sefydliad ar gyfer Arwain Doeth (SAD) (2019)", "Sefydliad ar gyfer Arwain Doeth", "2019")]),
        ("Felly (Rees, yn y wasg)", [("Rees, yn y wasg", "Rees", "yn y wasg")]),
        ("Yn ôl Llywodraeth Cymru (2020), rhaid", [("Llywodraeth Cymru (2020)", "Llywodraeth Cymru", "2020")]),
        ("Dadl Rees a Puw (2019) yw", [("Rees a Puw (2019)", "Rees a Puw", "2019")]),
        ("Mae Rees a'i gydweithwyr (2019) yn", [("Rees a'i gydweithwyr (2019)", "Rees a'i gydweithwyr", "2019")]),
        ("Gwaith ysgol a Rees (2019)", [("Rees (2019)", "Rees", "2019")]),
        ("Dywed Cymdeithas Arweinwyr Doeth (2019) fod", [("Cymdeithas Arweinwyr Doeth (2019)", "Cymdeithas Arweinwyr Doeth", "2019")]),
    ],
)  # fmt: skip
def test_in_welsh(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Okoro et al. (2017) argue", [("Okoro et al. (2017)", "Okoro et al.", "2017")]),
        ("As Okoro’s (2011) model shows", [("Okoro’s (2011)", "Okoro", "2011")]),
        ("However Okoro (2011) and The Welsh Government (2020)", [("Okoro (2011)", "Okoro", "2011"), ("Welsh Government (2020)", "Welsh Government", "2020")]),
        ("In Wales, Okoro (2011) found", [("Okoro (2011)", "Okoro", "2011")]),
        ("Bevan (2005; 2014) says", [("Bevan (2005", "Bevan", "2005"), ("2014", "Bevan", "2014")]),
        ("Pugh, Ellis and Tudur’s (2009) study", [("Pugh, Ellis and Tudur’s (2009)", "Pugh, Ellis and Tudur", "2009")]),
        ("Pugh (2017, p. 4) said", [("Pugh (2017, p. 4)", "Pugh", "2017")]),
        ("the Society of Wise Heads and Leaders (2018) says", [("Society of Wise Heads and Leaders (2018)", "Society of Wise Heads and Leaders", "2018")]),
        ("the Society of Wise Leaders (SWL) (2018)", [("Society of Wise Leaders (SWL) (2018)", "Society of Wise Leaders", "2018")]),
        ("Pugh et al.’s (2017) and Rees and colleagues' (2018) work", [("Pugh et al.’s (2017)", "Pugh et al.", "2017"), ("Rees and colleagues' (2018)", "Rees and colleagues", "2018")]),
        ("so do P. Pugh and A. Rees (2017)", [("P. Pugh and A. Rees (2017)", "P. Pugh and A. Rees", "2017")]),
        ("Professor Ann Pugh (2017) and Dr. B. Rees (2018)", [("Ann Pugh (2017)", "Ann Pugh", "2017"), ("B. Rees (2018)", "B. Rees", "2018")]),
        ("Pugh Y, Rees AB, Sion C. (2017) On lists", [("Pugh Y, Rees AB, Sion C. (2017)", "Pugh Y, Rees AB, Sion C.", "2017")]),
        ("Pugh (nd) wrote", [("Pugh (nd)", "Pugh", "nd")]),
        ("(see Pugh (2017) for more)", [("Pugh (2017)", "Pugh", "2017")]),
        ("J. Pugh (2020) and Ann Rees and Bo Lund (2018)", [("J. Pugh (2020)", "J. Pugh", "2020"), ("Ann Rees and Bo Lund (2018)", "Ann Rees and Bo Lund", "2018")]),
    ],
)  # fmt: skip
def test_before_brackets(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected
    assert {one.kind for one in find_citations(text)} == {NARRATIVE}


@pytest.mark.parametrize(
    "text",
    [
        "In 2017 and from 2018 to 2020.",
        "The plan (2019–2021) and the next (2022 – 2024) and (2019/20).",
        "On the day (12 May 2019), later (May 2019), (Mai 2019), (haf 2021), (Summer term 2019).",
        "Pupils (Year 9) (n = 12) (Key Stage 3, 2019), 2018 of them, and £2018 (2019 cohort).",
        "Ffoniwch (ffôn 029 2087 2012) neu 01792 2012.",
        "1. One (2) 3) Two [4] 2019) three",
        "in Mawr, C.R. and Bychan, H. (Eds) (2016) A book; Mawr, C. (gol.) (2016)",
        "the Education Act (2002), Deddf Addysg (2002), (Curriculum Act 2021) and (PISA 2018)",
        "Twelve Ways To Lead In A School (2018) and What The Heads Said (2019)",
        "Yng Nghymru (2020), yng Nghaerdydd (2019), y Cwricwlwm i Gymru (2022), the Example Teaching Award (2019)",
        "(COVID-19) (Key Stage 3) (September 2020) (in 2019) (Fargo, ND) in 2018 (see below)",
        "In Wales (2019), in Cardiff (2020), since (2018) and In (2017).",
        "the programme (held at the Millennium Hall, Cardiff, 2019)",
        "(the Estyn 2017 report) (inspections since 2017) (12,018 pupils in 2019)",
        "Estyn\n\n(2017)",
        "(see the prospectus) (see the annual report)",
        "",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert found(text) == []


def test_a_series_without_a_year_is_a_mention() -> None:
    text = "as teachers write (see, for example, the Example Working Paper Series). Felly (gweler Cyfres Esiampl)."
    assert [(one.as_printed, one.authors_as_printed, one.year, one.kind) for one in find_citations(text)] == [
        ("see, for example, the Example Working Paper Series", "Example Working Paper Series", None, MENTION),
        ("gweler Cyfres Esiampl", "Cyfres Esiampl", None, MENTION),
    ]


def test_groups_are_counted_and_offsets_are_code_points() -> None:
    text = "🎓 Dŵr (Ŵan, 2019; Pugh, 2018) a Rees (2017)"
    assert [(one.group, one.char_start, one.char_end) for one in find_citations(text)] == [
        (1, 7, 16),
        (1, 18, 28),
        (2, 32, 43),
    ]


PIECES = [
    "(", ")", "[", "]", ";", ", ", " ", "\n", "\n\n", "2017", "2018a", "n.d.", "d.d.", "et al", "et al.", "and", "&", "a", "ac", "Pugh", "Rees",
    "Llywodraeth Cymru", "ASCL", "’s", "p. 12", "t. 12", "–", "-", "(2017)", "(Pugh, 2017)", "see", "gweler", "of", "the", "Society", "🎓", "\u0301",
    "\u00a0", "\u200b", "\x00", "J.", "12", "Series", "<b>", "&amp;", "ﬀ", "İ", "ß", "٢٠١٧", "in press", ".", ":", "/", "c. 2017", "\ud800",
]  # fmt: skip


def test_generated_texts(amount: Callable[[int, int], int], tell: Callable[[str], None]) -> None:
    chance = random.Random(7)
    texts = amount(2_000, 100_000)
    citations = 0
    for _ in range(texts):
        text = chance.choice(["", " "]).join(chance.choices(PIECES, k=chance.randint(0, 40)))
        made = find_citations(text)
        citations += len(made)
        assert all(text[one.char_start : one.char_end] == one.as_printed != "" for one in made)
        assert all(one.char_end <= other.char_start for one, other in pairwise(made))
        assert all(one.authors_as_printed for one in made)
    tell(f"{texts} generated texts, {citations} citations")


@pytest.mark.parametrize(
    "unit",
    ["(", "()", "(2017)", "A (2017) ", "Aa and ", "Aa, ", "2017 ", "(" + "Aa, 2017; " * 58 + ")", "(" + "see " * 120 + "2017)", " ", "\n \n",
     "et al ", "’s (2017)", "(A" + " " * 580 + "2017)", "(" * 300 + "2017" + ")" * 300, "(A, 2017" + ", 1" * 190 + ")", "[(2017)] "],
)  # fmt: skip
def test_hostile_text_takes_time_in_proportion(unit: str, amount: Callable[[int, int], int]) -> None:
    size = amount(80_000, 1_000_000)
    whole = (unit * (size // len(unit) + 1))[:size]

    def seconds(text: str) -> float:
        begin = time.process_time()
        find_citations(text)
        return time.process_time() - begin

    eighth, all_of_it = seconds(whole[: size // 8]), seconds(whole)
    assert all_of_it < 16 * eighth + 0.5
