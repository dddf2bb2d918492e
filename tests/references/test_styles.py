"""Entries of a reference list: what each kind of work looks like in both languages, and the corrections of the style."""

import re
from typing import Any

import pytest
from citeproc import LOCALES_PATH, STYLES_PATH
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from references.styles import entry_html
from references.styles.item import welsh_ordinal
from references.styles.style import LOCALES, WELSH_TERMS, style_in

OWEN = {"family": "Owen", "given": "Ffion Mair"}
BERG = {"non-dropping-particle": "van der", "family": "Berg", "given": "Jan-Piet"}
EVANS = {"family": "Evans", "given": "Ioan", "suffix": "Jr."}
BOOK = {"type": "book", "title": "Dysgu", "language": "cy", "author": [OWEN], "issued": {"date-parts": [[2020, 3, 5]]}}


def shown(language: str, **fields: Any) -> str:
    """The entry as text, with the mark-up that is no part of a reader's text taken out."""
    item = {name: value for name, value in {**BOOK, **fields}.items() if value is not None}
    entry = re.sub(r"</?(?:span|a)\b[^>]*>", "", entry_html(item, language))
    return re.sub(r"<(/?)cite[^>]*>", r"<\1i>", entry)


def container(title: str) -> dict[str, str]:
    return {"container-title": title}


KINDS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"publisher": "Gwasg & Co.", "publisher-place": "Bangor", "edition": "2"},
        "Owen, F.M. (2020) <i>Dysgu</i>. 2nd edn. Bangor: Gwasg &amp; Co.",
        "Owen, F.M. (2020) <i>Dysgu</i>. 2il arg. Bangor: Gwasg &amp; Co.",
    ),
    (
        {"author": [OWEN, BERG], "editor": [EVANS], "edition": "3rd edition", "number-of-volumes": 3},
        "Owen, F.M. and van der Berg, J.-P. (2020) <i>Dysgu</i> (3 vols). 3rd edn. Edited by I. Evans Jr.",
        "Owen, F.M. a van der Berg, J.-P. (2020) <i>Dysgu</i> (3 cyf). 3ydd arg. Golygwyd gan I. Evans Jr.",
    ),
    (
        {
            "type": "chapter",
            "editor": [BERG, OWEN, EVANS],
            **container("Ysgolion"),
            "page": "tt. 12-14",
            "publisher": "A",
        },
        "Owen, F.M. (2020) ‘Dysgu’, in J.-P. van der Berg, F.M. Owen and I. Evans Jr. (eds) <i>Ysgolion</i>. A, pp. 12–14.",
        "Owen, F.M. (2020) ‘Dysgu’, yn J.-P. van der Berg, F.M. Owen ac I. Evans Jr. (goln.) <i>Ysgolion</i>. A, tt. 12–14.",
    ),
    (
        {
            "type": "article-journal",
            **container("Arfer"),
            "volume": "3",
            "issue": "1-2",
            "page": "7",
            "DOI": "10.1000/x",
        },
        "Owen, F.M. (2020) ‘Dysgu’, <i>Arfer</i>, 3(1–2), p. 7. Available at: https://doi.org/10.1000/x.",
        "Owen, F.M. (2020) ‘Dysgu’, <i>Arfer</i>, 3(1–2), t. 7. Ar gael yn: https://doi.org/10.1000/x.",
    ),
    (
        {"type": "article-journal", **container("Arfer"), "author": [OWEN, EVANS, BERG, OWEN]},
        "Owen, F.M. <i>et al.</i> (2020) ‘Dysgu’, <i>Arfer</i>.",
        "Owen, F.M. <i>et al.</i> (2020) ‘Dysgu’, <i>Arfer</i>.",
    ),
    (
        {"type": "article-magazine", **container("Y Cylchgrawn"), "issued": {"date-parts": [[2020, 3], [2020, 4]]}},
        "Owen, F.M. (2020) ‘Dysgu’, <i>Y Cylchgrawn</i>, March–April.",
        "Owen, F.M. (2020) ‘Dysgu’, <i>Y Cylchgrawn</i>, Mawrth–Ebrill.",
    ),
    (
        {"type": "article-newspaper", "author": None, **container("Y Papur"), "page": "12 & 15"},
        "<i>Y Papur</i> (2020) ‘Dysgu’, 5 March, pp. 12, 15.",
        "<i>Y Papur</i> (2020) ‘Dysgu’, 5 Mawrth, tt. 12, 15.",
    ),
    (
        {
            "type": "report",
            "author": [{"literal": "Y Corff"}],
            "collection-title": "Papurau",
            "number": 7,
            "publisher": "B",
        },
        "Y Corff (2020) <i>Dysgu</i>. Papurau 7. B.",
        "Y Corff (2020) <i>Dysgu</i>. Papurau 7. B.",
    ),
    (
        {
            "type": "webpage",
            "URL": "https://example.org/a",
            "accessed": {"date-parts": [[2024, 7, 1]]},
            **container("Safle"),
        },
        "Owen, F.M. (2020) <i>Dysgu</i>, <i>Safle</i>. Available at: https://example.org/a (Accessed: 1 July 2024).",
        "Owen, F.M. (2020) <i>Dysgu</i>, <i>Safle</i>. Ar gael yn: https://example.org/a (Cyrchwyd: 1 Gorffennaf 2024).",
    ),
    (
        {"type": "thesis", "genre": "Traethawd PhD", "publisher": "Prifysgol Enghraifft"},
        "Owen, F.M. (2020) <i>Dysgu</i>. Traethawd PhD. Prifysgol Enghraifft.",
        "Owen, F.M. (2020) <i>Dysgu</i>. Traethawd PhD. Prifysgol Enghraifft.",
    ),
    (
        {
            "type": "paper-conference",
            **container("Trafodion"),
            "event-title": "Y Gynhadledd",
            "publisher-place": "Bangor",
        },
        "Owen, F.M. (2020) ‘Dysgu’, <i>Trafodion</i>. <i>Y Gynhadledd</i>, Bangor.",
        "Owen, F.M. (2020) ‘Dysgu’, <i>Trafodion</i>. <i>Y Gynhadledd</i>, Bangor.",
    ),
    (
        {"type": "post-weblog", "title": "‘Ysgol’ neu ‘dosbarth’?", **container("Blog")},
        "Owen, F.M. (2020) ‘“Ysgol” neu “dosbarth”?’, <i>Blog</i>, 5 March.",
        "Owen, F.M. (2020) ‘“Ysgol” neu “dosbarth”?’, <i>Blog</i>, 5 Mawrth.",
    ),
    ({"type": "document", "author": None}, "‘Dysgu’ (2020).", "‘Dysgu’ (2020)."),
    ({"type": "report", "author": None, "publisher": "B"}, "<i>Dysgu</i> (2020). B.", "<i>Dysgu</i> (2020). B."),
]


@pytest.mark.parametrize(("fields", "english", "welsh"), KINDS)
def test_a_work_of_each_kind(fields: dict[str, Any], english: str, welsh: str) -> None:
    assert (shown("en", **fields), shown("cy", **fields)) == (english, welsh)


@pytest.mark.parametrize(
    ("fields", "english", "welsh"),
    [
        ({"author": None, "editor": [OWEN, EVANS]}, "Owen, F.M. and Evans, I., Jr. (eds)", "Owen, F.M. ac Evans, I., Jr. (goln.)"),
        ({"author": None, "editor": [EVANS]}, "Evans, I., Jr. (ed.)", "Evans, I., Jr. (gol.)"),
        ({"author": None, "translator": [EVANS]}, "Evans, I., Jr. (trans.)", "Evans, I., Jr. (cyf.)"),
    ],
)  # fmt: skip
def test_editors_and_translators_who_stand_as_authors_are_named_once(
    fields: dict[str, Any], english: str, welsh: str
) -> None:
    assert (shown("en", **fields), shown("cy", **fields)) == (
        f"{english} (2020) <i>Dysgu</i>.",
        f"{welsh} (2020) <i>Dysgu</i>.",
    )
    chapter = {**fields, "type": "chapter", **container("Ysgolion")}
    assert shown("cy", **chapter) == f"{welsh} (2020) ‘Dysgu’, <i>Ysgolion</i>."


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ({"family": "Beethoven", "given": "Ludwig van"}, "Beethoven, L. van"),
        ({"family": "Owen", "given": "ffion mair"}, "Owen, F.M."),
        ({"family": "Cruz", "given": "Juan de Dios"}, "Cruz, J. de D."),
        ({"family": "王", "given": "明"}, "王, 明"),
        ({"family": "Owen", "given": "P.A."}, "Owen, P.A."),
        ({"family": "Owen", "given": "– "}, "Owen"),
        ({"given": "Siôn"}, "Siôn"),
        ({"literal": "Y Corff"}, "Y Corff"),
    ],
)
def test_names_of_people_and_bodies(name: dict[str, str], printed: str) -> None:
    assert shown("cy", author=[name]) == f"{printed} (2020) <i>Dysgu</i>."


def test_a_translator_beside_an_editor_who_stands_as_author() -> None:
    assert shown("cy", author=None, editor=[EVANS], translator=[OWEN]).endswith(
        "<i>Dysgu</i>. Cyfieithwyd gan F.M. Owen."
    )


@pytest.mark.parametrize(
    ("family", "link"),
    [
        ("Evans", "ac"),
        ("Iorwerth", "ac"),
        ("Wyn", "ac"),
        ("Williams", "a"),
        ("Hughes", "a"),
        ("Jones", "a"),
        ("Ŵan", "ac"),
    ],
)
def test_the_welsh_and_goes_by_the_next_sound(family: str, link: str) -> None:
    assert shown("cy", author=[OWEN, {"family": family}]) == f"Owen, F.M. {link} {family} (2020) <i>Dysgu</i>."
    assert shown("en", author=[OWEN, {"family": family}]) == f"Owen, F.M. and {family} (2020) <i>Dysgu</i>."


@pytest.mark.parametrize(
    ("issued", "english", "welsh"),
    [
        ({"date-parts": [["2019"]]}, "2019", "2019"),
        ({"date-parts": [[2019], [2021]]}, "2019–2021", "2019–2021"),
        ({"date-parts": [[2020, 3], [2020, 5]]}, "2020", "2020"),
        ({"date-parts": [[2020], [0]]}, "2020–", "2020–"),
        ({"date-parts": [[1900]], "circa": True}, "c. 1900", "c. 1900"),
        ({"date-parts": [[-44]]}, "44 BC", "44 CC"),
        ({"raw": "Hydref 1998"}, "1998", "1998"),
        ({"literal": "2019-21"}, "2019–21", "2019–21"),
        ({"literal": "ar ddod"}, "ar ddod", "ar ddod"),
        ({"literal": "n.d."}, "n.d.", "d.d."),
        ({"date-parts": [[]]}, "n.d.", "d.d."),
        ({"date-parts": [["x", 5]]}, "n.d.", "d.d."),
        (None, "n.d.", "d.d."),
    ],
)
def test_the_year_as_it_is_printed(issued: Any, english: str, welsh: str) -> None:
    assert shown("en", issued=issued) == f"Owen, F.M. ({english}) <i>Dysgu</i>."
    assert f'(<span class="year">{welsh}</span>)' in entry_html({**BOOK, "issued": issued}, "cy")


@pytest.mark.parametrize(
    ("issued", "day"),
    [
        ([[2020, 3, 5], [2020, 3, 7]], ", 5–7 Mawrth"),
        ([[2020, 3, 28], [2020, 4, 2]], ", 28 Mawrth–2 Ebrill"),
        ([[2020, 7]], ", Gorffennaf"),
        ([[2020, 13, 1]], ""),
        ([[2020]], ""),
    ],
)
def test_the_day_of_a_newspaper(issued: list[list[int]], day: str) -> None:
    paper = {"type": "article-newspaper", **container("Y Papur"), "issued": {"date-parts": issued}}
    assert shown("cy", **paper) == f"Owen, F.M. (2020) ‘Dysgu’, <i>Y Papur</i>{day}."


@pytest.mark.parametrize(
    ("title", "book", "article"),
    [
        ("Beth?", "<i>Beth?</i> A.", "‘Beth?’, <i>Arfer</i>."),
        ("Dyna ni!", "<i>Dyna ni!</i> A.", "‘Dyna ni!’, <i>Arfer</i>."),
        ("Dysgu.", "<i>Dysgu.</i> A.", "‘Dysgu’, <i>Arfer</i>."),
        ("Felly ... beth", "<i>Felly ... beth</i>. A.", "‘Felly ... beth’, <i>Arfer</i>."),
        ("Darllen ‘ein’ byd", "<i>Darllen ‘ein’ byd</i>. A.", "‘Darllen “ein” byd’, <i>Arfer</i>."),
        ("Dysgu <i>ein</i> byd", "<i>Dysgu ein byd</i>. A.", "‘Dysgu ein byd’, <i>Arfer</i>."),
    ],
)
def test_punctuation_after_a_title(title: str, book: str, article: str) -> None:
    assert shown("cy", title=title, publisher="A") == f"Owen, F.M. (2020) {book}"
    assert shown("cy", title=title, type="article-journal", **container("Arfer")) == f"Owen, F.M. (2020) {article}"


def test_texts_are_escaped_once_and_bring_no_markup() -> None:
    hostile = '<script>alert("1")</script> & \ue000\ue001 &amp;'
    escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &amp;amp;"
    people = [{"family": hostile, "given": "<B>"}, {"literal": hostile}]
    entry = shown("en", title=hostile, author=people, publisher=hostile, genre=hostile, edition=hostile)
    assert entry == f"{escaped}, B. and {escaped} (2020) <i>{escaped}</i>. {escaped}. {escaped}."


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "", 5, None])
def test_only_what_a_browser_may_follow_is_a_link(address: Any) -> None:
    assert entry_html({**BOOK, "URL": address}, "en") == entry_html(BOOK, "en")


def test_an_address_and_a_doi_are_links() -> None:
    entry = entry_html({**BOOK, "URL": 'https://example.org/?a=1&b="'}, "en")
    address = "https://example.org/?a=1&amp;b=&quot;"
    assert entry.endswith(f'Available at: <a href="{address}">{address}</a>.')
    for doi in ("10.1000/a<b>#c", "https://doi.org/10.1000/a<b>#c", "doi: 10.1000/a<b>#c"):
        entry = entry_html({**BOOK, "DOI": doi}, "en")
        assert entry.endswith(
            '<a href="https://doi.org/10.1000/a%3Cb%3E%23c">https://doi.org/10.1000/a&lt;b&gt;#c</a>.'
        )


def test_texts_in_another_language_say_so() -> None:
    item = {**BOOK, **container("Ysgolion"), "type": "chapter", "original-title": "Aprender"}
    spanish = {**item, "custom": {"original_language": "es"}}
    assert entry_html(spanish, "en") == (
        'Owen, F.M. (<span class="year">2020</span>) ‘<span lang="cy">Dysgu</span> [<span lang="es">Aprender</span>]’, '
        '<cite lang="cy">Ysgolion</cite>.'
    )
    assert (
        entry_html(item, "cy")
        == 'Owen, F.M. (<span class="year">2020</span>) ‘Dysgu [Aprender]’, <cite>Ysgolion</cite>.'
    )


@pytest.mark.parametrize(
    ("language", "attribute"),
    [
        ("Welsh", ""),
        ("cym", ""),
        ("en_GB", ' lang="en-GB"'),
        ("English", ' lang="en"'),
        ('"><b>', ' lang="en"'),
        (None, ' lang="en"'),
    ],
)
def test_the_language_of_an_item_is_one_a_browser_knows(language: str | None, attribute: str) -> None:
    assert f"<cite{attribute}>Dysgu</cite>" in entry_html({**BOOK, "language": language}, "cy")


OFFICIAL = {
    "type": "report", "title": "Learning together", "author": [{"literal": "The Body"}], "publisher": "The Body",
    "issued": {"date-parts": [[2020]]}, "DOI": "10.1000/x", "URL": "https://example.org/en",
    "custom": {"title_cy": "Cyd-ddysgu", "author_cy": "Y Corff", "url_cy": "https://example.org/cy"},
}  # fmt: skip


def test_a_welsh_reader_gets_the_official_welsh_edition() -> None:
    link = '<a href="https://example.org/cy">https://example.org/cy</a>'
    year = '(<span class="year">2020</span>)'
    assert entry_html(OFFICIAL, "cy") == f"Y Corff {year} <cite>Cyd-ddysgu</cite>. Y Corff. Ar gael yn: {link}."
    assert entry_html(OFFICIAL, "en").startswith(
        f"The Body {year} <cite>Learning together</cite>. The Body. Available at: "
    )


def test_every_term_of_the_style_has_its_welsh() -> None:
    """No term falls back on English, and the overlay corrects only what is wrong."""
    style = etree.parse(f"{STYLES_PATH}/harvard-cite-them-right.csl")
    names = {(text.get("term"), text.get("form")) for text in style.iter("{*}text") if text.get("term")}
    names |= {(role, form) for role in ("editor", "translator", "editortranslator") for form in ("short", "verb")}
    names |= {("page", "short"), ("volume", "short"), *((f"month-{number:02}", None) for number in range(1, 13))}
    shipped = {
        (term.get("name"), term.get("form")): term
        for term in etree.parse(f"{LOCALES_PATH}/locales-{LOCALES['cy']}.xml").iter("{*}term")
    }
    assert names - shipped.keys() == set()
    for name, form, words in WELSH_TERMS:
        assert "".join(shipped[name, form or None].itertext()).strip() != words


def test_welsh_ordinals_of_editions() -> None:
    expected = (
        "1af 2il 3ydd 4ydd 5ed 6ed 7fed 8fed 9fed 10fed 11eg 12fed 13eg 14eg 15fed 16eg 17eg 18fed 19eg 20fed 21ain"
    )
    assert [welsh_ordinal(number) for number in range(1, 22)] == expected.split()


def test_the_parsed_style_is_kept() -> None:
    assert style_in("cy") is style_in("cy")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "literal", "date-parts", "given"]), inner)
    ),
    max_leaves=6,
)
FIELDS = ["type", "title", "author", "editor", "translator", "issued", "accessed", "page", "edition", "DOI", "URL", "language",
          "number-of-volumes", "volume", "container-title", "custom", "genre", "original-title", "event-title"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.sampled_from(["cy", "en"]))
@settings(max_examples=150, deadline=None)
def test_whatever_an_item_holds_it_has_an_entry(item: dict[str, Any], language: str) -> None:
    entry = entry_html(item, language)
    assert entry.count('<span class="year">') == 1
    assert re.findall(r"<(?!/?(?:i|cite|span|a)\b)", entry) == []
