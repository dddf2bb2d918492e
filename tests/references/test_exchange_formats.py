"""RIS, BibTeX and CSL-JSON: what is written is read back, by us and by readers that are not ours."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from references.exchange.formats import Format, format_of, read, write
from references.exchange.values import ReadRefused

FORMATS = list(Format)

BOOK = {
    "id": "van-rhys-2021", "type": "book", "title": "Dysgu & rhannu: 100% o {bawb} $5 #1 a_b ~ ^ \\ ŵŷ",
    "author": [
        {"family": "Rhys", "given": "Huw", "non-dropping-particle": "van der", "suffix": "Jr"},
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
        {"literal": "Learning and Teaching, Wales"}, {"literal": "Estyn"}, {"family": "Plato"},
    ],
    "editor": [{"family": "Evans-Jones", "given": "Siân M."}], "translator": [{"family": "Ô", "given": "Ŷ"}],
    "collection-editor": [{"family": "Series", "given": "Ed"}],
    "issued": {"date-parts": [[2021, 3, 9]]}, "accessed": {"date-parts": [[2024, 1, 2]]}, "publisher": "Gwasg Enghraifft",
    "publisher-place": "Caerdydd", "ISBN": "9780000000000", "ISSN": "1234-5678", "DOI": "10.1000/a_b(c)d;2-1",
    "URL": "https://example.org/a_b%20c?x=1&y=2;z#~p", "language": "cy", "edition": "2", "volume": "3",
    "number-of-pages": "242", "original-title": "Learning and sharing", "collection-title": "Cyfres", "abstract": "Crynodeb.",
    "keyword": "dysgu, rhannu", "note": "Nodyn.", "custom": {"title_cy": "Teitl", "url_cy": None, "sources": ["a", 1]},
}  # fmt: skip
ARTICLE = {
    "id": "https://example.org/items/ABC 1", "type": "article-journal", "title": "Leading\nlearning -- “so to say”",
    "author": [{"family": "O’Neil", "given": "A.-B."}], "issued": {"date-parts": [[2019]], "circa": True},
    "container-title": "Journal of {Things}", "container-title-short": "J. Th.", "volume": 12, "issue": "2-3", "page": "12-34",
    "ISSN": "0000-0000", "DOI": "10.1000/x",
}  # fmt: skip
SEVERAL: list[dict[str, Any]] = [
    BOOK, ARTICLE,
    {"id": "estyn-nd", "type": "webpage", "title": "Tudalen", "author": [{"literal": "Estyn"}], "issued": {"literal": "d.d."}},
    {"id": "range", "type": "paper-conference", "title": "A", "issued": {"date-parts": [[2019, 1], [2020, 2]]}, "page": "5"},
    {"id": "a/b", "type": "post-weblog", "title": "@article{x, title = {y}}", "container-title": "Blog", "page": "i–x"},
    {"id": "a/b", "type": "thesis", "genre": "PhD", "publisher": "Prifysgol", "title": "ER  - \nTY  - BOOK"},
    {"type": "unheard-of", "title": "No id", "volume": None, "x": {"a": [1, 1.5, True, None]}},
    {"id": r"\u0000", "type": "book", "title": r"How \u0000 is written, and \\u0000"},
    {"id": 7, "type": "chapter", "title": "", "container-title": "Whole", "page": "1--2", "issued": {}, "author": []},
]  # fmt: skip


@pytest.mark.parametrize("file_format", FORMATS)
def test_works_of_every_kind_come_back_as_they_were(file_format: Format) -> None:
    assert read(write(SEVERAL, file_format)) == SEVERAL
    assert [read(write([item], file_format)) for item in SEVERAL] == [[item] for item in SEVERAL]


text = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=25) | st.text(
    "ab AB{}\\\"'@#%&$_^~,;-–=\n\r\t[]()<>/.:ŵé`", max_size=20
)
some = text.filter(bool)
name = st.one_of(
    st.fixed_dictionaries(
        {"family": some},
        optional={"given": text, "suffix": text, "non-dropping-particle": text, "dropping-particle": text},
    ),
    st.fixed_dictionaries({"literal": some}),
)
date = st.one_of(
    st.fixed_dictionaries({"date-parts": st.lists(st.lists(st.integers(-999, 9999), max_size=3), max_size=2)}),
    st.fixed_dictionaries({"literal": text}),
)
plain = st.one_of(text, st.integers(-(10**6), 10**6), st.none(), st.booleans())
FIELDS = [
    "id",
    "title",
    "volume",
    "issue",
    "number",
    "page",
    "publisher",
    "publisher-place",
    "container-title",
    "container-title-short",
    "collection-title",
    "DOI",
    "ISBN",
    "ISSN",
    "URL",
    "language",
    "edition",
    "abstract",
    "keyword",
    "note",
    "genre",
    "title-short",
    "original-title",
    "number-of-pages",
    "unheard-of",
]
item = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "article-journal", "chapter", "report", "webpage", "thesis", "post-weblog", "dim"])},
    optional={
        **dict.fromkeys(FIELDS, plain), "title": text, "author": st.lists(name, max_size=3), "editor": st.lists(name, max_size=2),
        "translator": st.lists(name, max_size=1), "collection-editor": st.lists(name, max_size=1), "issued": date, "accessed": date,
        "custom": st.dictionaries(st.sampled_from(["title_cy", "url_cy", "author_cy", "note"]), plain, max_size=3),
    },
)  # fmt: skip


@pytest.mark.parametrize("file_format", FORMATS)
def test_any_list_of_works_comes_back(file_format: Format, amount: Callable[[int, int], int]) -> None:
    @settings(max_examples=amount(100, 5000), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(item, max_size=4))
    def check(items: list[dict[str, Any]]) -> None:
        if items or file_format == Format.CSL_JSON:  # a file without a work is refused, but for an empty list
            found = read(write(items, file_format).encode())
            assert json.dumps(found, sort_keys=True) == json.dumps(items, sort_keys=True)

    check()


def test_an_independent_reader_finds_every_field_in_ris() -> None:
    [found] = rispy.loads(write([BOOK], Format.RIS))
    assert found["type_of_reference"] == "BOOK"
    assert found["authors"] == [
        "van der Rhys, Huw, Jr", "Humboldt, Alexander von", "Learning and Teaching, Wales", "Estyn", "Plato,",
    ]  # fmt: skip
    assert {name: found[name] for name in ("id", "title", "publisher", "place_published", "doi", "issn", "language")} == {
        "id": BOOK["id"], "title": BOOK["title"], "publisher": BOOK["publisher"], "place_published": "Caerdydd",
        "doi": BOOK["DOI"], "issn": BOOK["ISBN"], "language": "cy",
    }  # fmt: skip
    assert (found["tertiary_authors"], found["subsidiary_authors"]) == (["Evans-Jones, Siân M."], ["Ô, Ŷ"])
    assert (found["year"], found["date"], found["access_date"]) == ("2021", "2021/03/09/", "2024/01/02/")
    assert (found["start_page"], found["translated_title"], found["keywords"]) == ("242", "Teitl", ["dysgu", "rhannu"])
    assert ";".join(found["urls"]) == BOOK["URL"]


def test_an_independent_reader_finds_every_field_in_bibtex() -> None:
    library = parse_string(write([BOOK], Format.BIBTEX))
    [entry] = library.entries
    found = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key, library.failed_blocks) == ("book", BOOK["id"], [])
    assert found["author"] == (
        "van der Rhys, Jr, Huw and Humboldt, Alexander von and {Learning and Teaching, Wales} and {Estyn} and Plato,"
    )
    assert found["title"].startswith(r"Dysgu \& rhannu: 100\% o \{bawb\} \$5 \#1 a\_b")
    assert {name: found[name] for name in ("url", "doi", "isbn", "issn", "year", "month", "date", "urldate")} == {
        "url": BOOK["URL"], "doi": BOOK["DOI"], "isbn": BOOK["ISBN"], "issn": BOOK["ISSN"], "year": "2021", "month": "mar",
        "date": "2021-03-09", "urldate": "2024-01-02",
    }  # fmt: skip


def test_what_a_format_has_fields_for_needs_no_field_of_ours() -> None:
    item = {name: value for name, value in ARTICLE.items() if name != "container-title-short"} | {
        "id": "oneil-2019", "title": "Leading learning", "issued": {"date-parts": [[2019, 2]]}, "volume": "12",
    }  # fmt: skip
    assert "C8  -" not in write([item], Format.RIS)
    assert "csl-rest" not in write([item], Format.BIBTEX)


FOREIGN = r"""
This is a comment of the program.
@string{gwasg = "Gwasg y Brifysgol"}
@Article{caf99, author = "Jos\'{e} {\'A}lvarez and Ludwig van Beethoven and {Welsh {G}overnment} and Jones, Jr., Si\^{a}n",
  title = {{Ll\^{y}fr} {\&} D{\^w}r: 50% o'r st\"ori --- 'n wir}, journal = "Cylchgrawn", month = mar, year = 1999,
  pages = {1--9}, publisher = gwasg # " Cymru", doi = {https://doi.org/10.1/x_y}, url = {https://example.org/a_b~c%20d}}
@misc{caf99, title="Another with the same key"}
"""


def test_a_foreign_bibtex_file_is_read_with_its_accents() -> None:
    article, other = read(FOREIGN)
    assert article == {
        "id": "caf99", "type": "article-journal", "title": "Llŷfr & Dŵr: 50% o'r störi — 'n wir",
        "author": [
            {"family": "Álvarez", "given": "José"}, {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"literal": "Welsh Government"}, {"family": "Jones", "given": "Siân", "suffix": "Jr."},
        ],
        "container-title": "Cylchgrawn", "issued": {"date-parts": [[1999, 3]]}, "page": "1-9",
        "publisher": "Gwasg y Brifysgol Cymru", "DOI": "10.1/x_y", "URL": "https://example.org/a_b~c%20d",
    }  # fmt: skip
    assert other == {"id": "caf99", "type": "document", "title": "Another with the same key"}


def test_a_foreign_ris_file_is_read_whatever_its_line_ends_and_mark() -> None:
    lines = [
        "Provider: somebody", "TY  - EJOUR", "A1  - ap Rhys, Huw", "AU  - Estyn", "ED  - Evans, S.", "T1  - A title", "  going on",
        "JO  - Cylchgrawn", "Y1  - 2018/02//", "SP  - 4", "EP  - 9", "UR  - https://example.org/a;b", "XX  - who knows", "ER  - ", "",
    ]  # fmt: skip
    expected = {
        "type": "article-journal", "title": "A title going on", "container-title": "Cylchgrawn", "page": "4-9",
        "author": [{"family": "Rhys", "given": "Huw", "non-dropping-particle": "ap"}, {"literal": "Estyn"}],
        "editor": [{"family": "Evans", "given": "S."}], "issued": {"date-parts": [[2018, 2]]}, "URL": "https://example.org/a;b",
    }  # fmt: skip
    for end in ("\n", "\r\n", "\r"):
        assert read(end.join(lines).encode("utf-8-sig")) == [expected]
    assert read("\n".join(lines).encode("utf-16")) == [expected]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"just some words", "This is not RIS"),
        (b"", "This is not RIS"),
        (b"TY  - BOOK\nTI  - \xff\nER  - ", "Line 2: the file is not in UTF-8"),
        (b"TY  - BOOK\nTI  - A\nTY  - BOOK\nER  - ", "Line 3: an entry begins here before the one of line 1"),
        (b"TY  - BOOK\nER  - \nER  - ", "Line 3: an entry ends here"),
        (b"TY  - BOOK\nTI  - A", "Line 1: the entry that begins here does not end"),
        (b"@book{a, title={A}}\n@book{b title={B}}", "Line 2: this entry cannot be read"),
        (b"@book{a, title={A}\n", "Line 1: this entry cannot be read"),
        (b'[{"title": "A"},\n 3 4]', "Line 2, column 4: this is not JSON"),
        (b'[{"title": "A"}, 3]', "Entry 2 is not"),
        (b'[{"title": "A", "author": "Jones"}]', "Entry 1 (A): “author” must be a list"),
        (b'[{"title": "A", "id": "k", "issued": {"date-parts": [[123456]]}}]', "Entry 1 (k): The year has more"),
        (b'[{"title": "A\\u0000"}]', "Entry 1"),
        (b'[{"title": "A\\\\\\u0000"}]', "Entry 1"),
        (b'[{"title": "\\ud800"}]', "Entry 1"),
        (b'[{"title": "A", "volume": NaN}]', "“NaN” is not a number"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(ReadRefused) as refused:
        read(data)
    assert said in str(refused.value)


def test_the_format_is_known_by_what_a_file_holds() -> None:
    assert [format_of(write([ARTICLE], file_format)) for file_format in FORMATS] == FORMATS
