"""The citations of files: made-up pages and other texts, with lists in several styles."""

import pytest

from hallmarks.citing_files import read_citations
from references.citations import How
from tests.factories import WorkFactory

pytestmark = pytest.mark.django_db


def found(text: str) -> list[tuple[str, str | None]]:
    """Each citation as printed, and the heading of the entry that it means in the list of the same file."""
    data = text.encode()
    resolved = read_citations(data)
    whole = data.decode()
    for one in resolved:
        assert whole[one.citation.char_start : one.citation.char_end] == one.citation.as_printed
        assert (one.how == How.LIST) == (one.listed is not None)
    return [
        (one.citation.as_printed, one.listed.printed.partition("\n")[0] if one.listed else None) for one in resolved
    ]


ENGLISH = """\
Skip to main content
English | Cymraeg

Well-led professional learning is...

Rooted in trust

Trust takes time (O’Brennan, 2014; ap Gwion and van der Molen, 2019; Llŷr-Evan, 2020a, b). In 2018 (see below) a
pilot began (2019–2021) in twelve schools (Key Stage 3). Okoro's (2014) plan is quoted, and P. Pugh and A. Rees
(2018: 34) go further (Tudur et al. 2001; Tudur, Ifans and Owen, in press).

The Office for Wise Learning (OWL) (2018) names three steps: (1) listen, (2) plan, (3) act (OWL, n.d.). Call 029 2087 2012.

References

ap Gwion, R. and van der Molen, L. (2019)

Trust in networks Bangor: Example Press

Llŷr-Evan, M. (2020a)

First of two Cardiff: Example Press

Llŷr-Evan, M. (2020b)

Second of two Cardiff: Example Press

O'Brennan, T., 2014. Trust. Dublin: Example Press.

Office for Wise Learning (2018)

Three steps London: OWL

Pugh, P. & Rees, A. (2018). Further. London: Example Press.

Tudur M, Ifans CD, Owen P. (2001)

Together London: Example Press

Make the Connection

Schools as Learning Organisations

Be Inspired
"""


def test_an_english_page() -> None:
    assert found(ENGLISH) == [
        ("O’Brennan, 2014", "O'Brennan, T., 2014"),
        ("ap Gwion and van der Molen, 2019", "ap Gwion, R. and van der Molen, L. (2019)"),
        ("Llŷr-Evan, 2020a", "Llŷr-Evan, M. (2020a)"),
        ("b", "Llŷr-Evan, M. (2020b)"),
        ("Okoro's (2014)", None),
        ("P. Pugh and A. Rees\n(2018: 34)", "Pugh, P. & Rees, A. (2018)"),
        ("Tudur et al. 2001", "Tudur M, Ifans CD, Owen P. (2001)"),
        ("Tudur, Ifans and Owen, in press", None),
        ("Office for Wise Learning (OWL) (2018)", "Office for Wise Learning (2018)"),
        ("OWL, n.d.", None),
    ]


WELSH = """\
Neidio i'r prif gynnwys
English | Cymraeg

Mae dysgu proffesiynol sy'n cael ei arwain yn dda...

Wedi'i wreiddio mewn ymddiriedaeth

Mae ymddiriedaeth yn cymryd amser (gweler hefyd Puw ac eraill, 2017, t. 12; Llywodraeth Cymru, 2020a, 2020b). Yn 2018
(gweler isod) dechreuodd y gwaith (Medi 2020) yng Nghymru (2021). Noda'r Academi ar gyfer Arwain Doeth (AAD) (2019)
fod angen amser, a dadleuodd yr Athro Mair Rees (2016) yn erbyn hynny (Ifans a Llŷr, d.d.).

Llyfryddiaeth

Academi ar gyfer Arwain Doeth (2019)

Arwain Caerdydd: Gwasg Esiampl

Ifans, G. a Llŷr, M. (d.d.)

Amser Caerdydd: Gwasg Esiampl

Llywodraeth Cymru (2020a)

Y daith Caerdydd: Llywodraeth Cymru

Puw, S. ac eraill (2017)

Cydweithio Bangor: Gwasg Esiampl

Gwneud y Cysylltiad

Ysgolion fel Sefydliadau sy'n Dysgu
"""


def test_a_welsh_page() -> None:
    assert found(WELSH) == [
        ("gweler hefyd Puw ac eraill, 2017, t. 12", "Puw, S. ac eraill (2017)"),
        ("Llywodraeth Cymru, 2020a", "Llywodraeth Cymru (2020a)"),
        ("2020b", None),
        ("Academi ar gyfer Arwain Doeth (AAD) (2019)", "Academi ar gyfer Arwain Doeth (2019)"),
        ("Mair Rees (2016)", None),
        ("Ifans a Llŷr, d.d.", "Ifans, G. a Llŷr, M. (d.d.)"),
    ]


GARDENS = """\
Gardens in the town

Gardens are good for people who have none of their own (Pugh and Rees, 2018). Bevan (2005, p. 3) counted them in forty
streets and found more birds where there were trees, though not everywhere: since 2019 (see below) they have come back.
"""
GARDENS_LIST = """
References

Bevan, A. (2005) Counting gardens. Leeds: Example Press.
Pugh, A. and Rees, B. (2018) Gardens and people. Leeds: Example Press.
"""


def test_the_list_of_a_text_of_another_kind_is_not_searched() -> None:
    assert found(GARDENS) == [("Pugh and Rees, 2018", None), ("Bevan (2005, p. 3)", None)]
    assert found(GARDENS + GARDENS_LIST) == [
        ("Pugh and Rees, 2018", "Pugh, A. and Rees, B. (2018)"),
        ("Bevan (2005, p. 3)", "Bevan, A. (2005)"),
    ]


def test_places_are_those_of_the_file() -> None:
    pugh = WorkFactory.create(key="pugh-2018", family="Pugh", year=2018)
    text = "\ufeff🎓 So (Pugh,&nbsp;2018; Pugh &amp; Rees, 2019; 2020).\r\nAnd O&rsquo;Hara (2020a, b) &zz; (Ll&#375;r, 2018)\u2028"
    assert found(text) == [
        ("Pugh,&nbsp;2018", None),
        ("Pugh &amp; Rees, 2019", None),
        ("2020", None),
        ("O&rsquo;Hara (2020a", None),
        ("b", None),
        ("Ll&#375;r, 2018", None),
    ]
    first, second, third, *_rest = read_citations(text.encode())
    assert (first.work, first.citation.char_start) == (pugh, text.index("Pugh"))
    assert second.citation.authors_as_printed == third.citation.authors_as_printed == "Pugh &amp; Rees"


def test_lines_of_a_list_in_a_style_that_is_not_understood_are_no_body() -> None:
    lines = "Rees T. Theories. London: Example; 2011.\n\nPugh A, Owen B. Lists (2012).\n\nRees, T. (2018)\n\nA title\n"
    page = ENGLISH.partition("References")[0] + f"References\n\n{lines}"
    assert found(page)[-1] == ("OWL, n.d.", None)
    assert len(found(page)) == len(found(ENGLISH))
