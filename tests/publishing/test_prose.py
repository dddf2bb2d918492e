"""The little HTML of our texts: hostile mark-up comes out harmless, and plain text goes in and out unchanged."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.publishing.prose import TAGS, clean_prose, clean_text, prose_from_text, text_from_prose

HOSTILE = {
    "<script>alert(1)</script><p>a</p>": "<p>a</p>",
    "<p onclick='x()'>a</p>": "<p>a</p>",
    "<p style='color:red' class='b' id='c'>a</p>": "<p>a</p>",
    "<a href='javascript:alert(1)'>a</a>": '<a rel="noopener noreferrer">a</a>',
    "<a href=' jAvAsCrIpT:alert(1)'>a</a>": '<a rel="noopener noreferrer">a</a>',
    "<a href='data:text/html,x'>a</a>": '<a rel="noopener noreferrer">a</a>',
    "<img src=x onerror=alert(1)>a": "a",
    "<svg><script>alert(1)</script></svg>a": "a",
    "<iframe src='https://example.org'></iframe>a": "a",
    "<style>p{}</style>a": "a",
    "<p><em><strong>a</p>": "<p><em><strong>a</strong></em></p>",
    "<h1>a</h1>": "a",
    "<!-- x --><p>a</p>": "<p>a</p>",
    "<form action=/x><input name=a></form>a": "a",
    "<p>a\x00b\u202ec\u2028d</p>": "<p>abcd</p>",
    "<p>&lt;script&gt;</p>": "<p>&lt;script&gt;</p>",
    "{{ settings.SECRET_KEY }} {% load x %}": "{{ settings.SECRET_KEY }} {% load x %}",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>a": "",
}


@pytest.mark.parametrize("markup", HOSTILE)
def test_hostile_markup(markup: str) -> None:
    assert clean_prose(markup) == HOSTILE[markup]


@pytest.mark.parametrize("markup", ["", " ", "<p></p>", "<p> <br> </p>", "<script>x</script>", "<!-- -->"])
def test_no_words_is_no_text(markup: str) -> None:
    assert clean_prose(markup) == ""


GOOD = """<h2>a</h2>
<p>ŵŷ’ &amp; <strong>b</strong> <em>c</em><br>d</p>
<h3>e</h3><ul><li>f</li></ul><ol><li>g</li></ol><blockquote><p>h</p></blockquote>
<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">i</a></p>
<p><a href="mailto:a@example.org" rel="noopener noreferrer">j</a></p>"""


def test_what_is_ours_is_left_alone() -> None:
    assert clean_prose(GOOD) == GOOD


class _Reader(HTMLParser):
    """Collects what a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {(tag, name) for name, _value in attrs}


pieces = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [*HOSTILE, "<p", "<", ">", "</p>", "'", '"', "<a href=", "<scr<script>ipt>", "&#60;", "&lt;b", "]]>"]
        ),
    ),
    max_size=8,
).map("".join)


@given(pieces)
def test_nothing_but_our_elements_ever_comes_out(markup: str) -> None:
    cleaned = clean_prose(markup)
    reader = _Reader()
    reader.feed(cleaned)
    assert reader.found <= TAGS
    assert reader.attributes <= {("a", "href"), ("a", "rel")}
    assert re.search(r"(?i)href=\"\s*(javascript|data|vbscript)", cleaned) is None


@given(pieces)
def test_cleaning_twice_changes_nothing(markup: str) -> None:
    once = clean_prose(markup)
    assert clean_prose(once) == once


@given(st.text())
def test_text_has_no_control_characters(text: str) -> None:
    cleaned = clean_text(text)
    assert re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]", cleaned) is None
    assert "\r" not in cleaned
    assert clean_text(cleaned) == cleaned


# --- a plain box, there and back ----------------------------------------------------------------------------------------------

lines = (
    st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" <>&'\""), min_size=1)
    .map(lambda line: " ".join(line.split(" ")).strip())
    .filter(bool)
)
paragraphs = st.lists(st.lists(lines, min_size=1, max_size=3).map("\n".join), max_size=4)


@given(paragraphs)
def test_what_was_typed_comes_back(typed: list[str]) -> None:
    text = "\n\n".join(typed)
    assert text_from_prose(prose_from_text(text)) == text


@given(paragraphs)
def test_typed_text_becomes_clean_prose(typed: list[str]) -> None:
    prose = prose_from_text("\n\n".join(typed))
    assert clean_prose(prose) == prose
    assert prose.count("<p>") == len(typed)


@given(st.text())
def test_any_text_is_stable_after_the_first_round(text: str) -> None:
    once = text_from_prose(prose_from_text(text))
    assert text_from_prose(prose_from_text(once)) == once


def test_a_list_and_headings_read_well_as_text() -> None:
    markup = "<h2>A &amp; b</h2><p>c<br>d</p><ul><li>e</li><li>f</li></ul><p>g</p>"
    assert text_from_prose(markup) == "A & b\n\nc\nd\n\n– e\n– f\n\ng"
    assert html.escape("<") not in text_from_prose("<p>&lt;</p>")
