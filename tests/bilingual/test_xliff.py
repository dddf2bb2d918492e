"""XLIFF: what is written is read back exactly, a tool can work on it, and what is not ours is refused, whatever it is."""

import random
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from foundation.bilingual.xliff import MOST_BYTES, File, Refused, Unit, Version, read, stamp, write
from foundation.bilingual.xliff.codes import Kind, joined, pieces
from foundation.bilingual.xliff.files import REFUSALS

TOOLS: dict[str, Any] = {Version.V2: Xliff2File, Version.V1: Xliff1File}
HTML = '<p>A <strong>warm</strong> welcome,<br>&amp; a <a href="https://example.org/?a=1&amp;b=2">link</a>.</p>'
WELSH = '<p>Croeso <strong>cynnes</strong>,<br>a <a href="https://example.org/?a=1&amp;b=2">dolen</a>.</p>'

#: Any text that a database can hold, and texts that look like mark-up or break XML.
FRAGMENTS = [
    "<p>",
    "</p>",
    "<br>",
    '<a href="x">',
    "</a>",
    "<P CLASS='a>b'>",
    "&amp;",
    "&nbsp;",
    "&#x1;",
    "&bogus",
    "<",
    "&",
    ">",
]
FRAGMENTS += [
    "x",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\x0b",
    "\x7f",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ufffe",
    "𐐷",
]
FRAGMENTS += ["]]>", "<![CDATA[", "<!--", "-->", "<?xml?>", "<!DOCTYPE x>", "<p\0>", "<ph/>", "{name}", "ŵ", "ŵ"]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))


def unit(source: str, target: str = "", *, is_html: bool = True, field: str = "body", **more: bool) -> Unit:
    return Unit(
        "pages.pageedition", "1f0e", field, source, target, is_html, stamp(source), stamp(target), note="A\x01B", **more
    )


def file_of(*units: Unit) -> File:
    return File("en", "cy", units)


WHOLE = file_of(unit(HTML, WELSH, is_done=True), unit("Cookies", is_html=False, field="title"))


# --- the round trip -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", Version)
def test_any_text_comes_back_as_it_was(version: Version, amount: Callable[[int, int], int]) -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=amount(250, 20_000), deadline=None)
    @given(TEXTS, TEXTS, st.booleans(), st.booleans())
    def comes_back(source: str, target: str, is_html: bool, is_done: bool) -> None:
        file = file_of(unit(source, target, is_html=is_html, is_done=is_done and bool(target)))
        again = read(write(file, version))
        assert again == file
        assert not again.units[0].is_broken
        met[f"html={is_html}"] += 1
        met["hard"] += any(ord(letter) < 32 for letter in source)

    comes_back()
    assert met["html=True"] > 50
    assert met["html=False"] > 50
    assert met["hard"] > 20


@given(TEXTS, st.booleans())
def test_codes_and_words_are_the_text(text: str, is_html: bool) -> None:
    assert joined(pieces(text, is_html=is_html), is_html=is_html) == text


def test_translators_see_tags_as_tags_and_characters_as_characters() -> None:
    found = pieces("<p>R&amp;D<br></p>&nbsp;", is_html=True)
    assert [(piece.kind, piece.text) for piece in found] == [
        (Kind.OPEN, "<p>"),
        (Kind.WORDS, "R"),
        (Kind.WORDS, "&"),
        (Kind.WORDS, "D"),
        (Kind.ALONE, "<br>"),
        (Kind.CLOSE, "</p>"),
        (Kind.ALONE, "&nbsp;"),
    ]


def test_elements_in_one_another_without_end_are_no_pairs_without_end() -> None:
    deep = "<p>" * 1000 + "</p>" * 1000
    for version in Version:
        assert read(write(file_of(unit(deep)), version)).units[0].source == deep


# --- a translation company's tool -----------------------------------------------------------------------------------------


def by_tool(data: bytes, version: Version, translate: Callable[[str], str]) -> bytes:
    """The file as a tool gives it back: each word of the source translated, the codes left, each unit marked as ready."""
    store = TOOLS[version].parsestring(data)
    for each in store.units:
        element = each.xmlelement
        namespace = etree.QName(element).namespace
        for old in element.findall(f"{{{namespace}}}target"):
            element.remove(old)
        source = element.find(f"{{{namespace}}}source")
        target = deepcopy(source)
        target.tag = f"{{{namespace}}}target"
        for part in target.iter():
            if part is target or etree.QName(part).localname == "pc":
                part.text = part.text and translate(part.text)
            if part is not target:
                part.tail = part.tail and translate(part.tail)
        target.tail = None
        source.addnext(target)
        each.marktranslated()
    return bytes(store)


@pytest.mark.parametrize("version", Version)
def test_a_tool_reads_it_and_what_it_gives_back_is_read(version: Version) -> None:
    sent = file_of(unit(HTML), unit(" Cookies\n & more ", is_html=False, field="title"))
    store = TOOLS[version].parsestring(write(sent, version))
    assert [each.getid().rpartition("\x04")[2] for each in store.units] == [each.name for each in sent.units]
    assert store.units[1].source == " Cookies\n & more "
    assert [each.istranslated() for each in store.units] == [False, False]

    back = read(by_tool(write(sent, version), version, str.upper))
    assert [each.source for each in back.units] == [each.source for each in sent.units]
    assert [each.target for each in back.units] == [
        '<p>A <strong>WARM</strong> WELCOME,<br>&amp; A <a href="https://example.org/?a=1&amp;b=2">LINK</a>.</p>',
        " COOKIES\n & MORE ",
    ]
    assert [(each.is_done, each.is_broken) for each in back.units] == [(True, False), (True, False)]
    assert [(each.key, each.source_stamp, each.target_stamp) for each in back.units] == [
        (each.key, each.source_stamp, each.target_stamp) for each in sent.units
    ]


SEGMENTS = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en-GB" trgLang="cy-GB"><file id="f1">
<group id="g"><unit id="pages.pageedition:1f0e:body:html:0:0"><originalData><data id="d1">&lt;b&gt;</data>
<data id="d2">&lt;/b&gt;</data></originalData>
<segment id="s1" state="final"><source><sc id="1" dataRef="d1"/>One. </source><target><sc id="1" dataRef="d1"/>Un. </target></segment>
<ignorable><source> </source></ignorable>
<segment id="s2" state="{state}"><source>Two<ec startRef="1" dataRef="d2"/></source>
<target><mrk id="m1" type="comment">D</mrk>au<sm id="m2" type="term"/><ec startRef="1" dataRef="d2"/></target></segment>
<other xmlns="urn:other"/></unit></group></file></xliff>"""


@pytest.mark.parametrize(("state", "is_done"), [("final", True), ("reviewed", True), ("initial", False)])
def test_a_tool_may_cut_a_text_into_segments(state: str, is_done: bool) -> None:
    back = read(SEGMENTS.format(state=state).encode())
    assert (back.source_language, back.target_language) == ("en", "cy")
    (only,) = back.units
    assert (only.source, only.target) == ("<b>One.  Two</b>", "<b>Un.  Dau</b>")
    assert (only.is_done, only.is_broken) == (is_done, False)


ONE = """<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file source-language="en" target-language="cy">
<body><trans-unit id="pages.pageedition:1f0e:body:html:0:0"{approved}><source>One</source><seg-source><mrk mid="1">One</mrk></seg-source>
<target{state}><mrk mtype="seg" mid="1">Un</mrk></target><alt-trans><target>Dim</target></alt-trans></trans-unit></body></file></xliff>"""


@pytest.mark.parametrize(
    ("state", "approved", "is_done"),
    [
        ("translated", "", True),
        ("final", "yes", True),
        ("signed-off", "", True),
        ("", "yes", True),
        ("needs-review-translation", "yes", False),
        ("needs-translation", "", False),
        ("new", "", False),
        ("", "no", False),
        ("", "", False),
    ],
)
def test_what_is_ready_in_version_1(state: str, approved: str, is_done: bool) -> None:
    said = {"state": state and f' state="{state}"', "approved": approved and f' approved="{approved}"'}
    (only,) = read(ONE.format(**said).encode()).units
    assert (only.source, only.target, only.is_done) == ("One", "Un", is_done)


BROKEN = [
    ("2.0", '<ph id="1" dataRef="d9"/>'),
    ("2.0", "<ph id='1'/>"),
    ("2.0", '<pc id="1" dataRefStart="d1">x</pc>'),
    ("2.0", '<cp hex="110000"/>'),
    ("2.0", '<cp hex="zz"/>'),
    ("2.0", "<cp/>"),
    ("2.0", '<cp hex="D800"/>'),
    ("2.0", "<script>x</script>"),
    ("1.2", '<g id="1">x</g>'),
    ("1.2", '<x id="1"/>'),
    ("1.2", "<ph id='1'>a<sub>b</sub></ph>"),
    ("1.2", '<ph ctype="x-character">-1</ph>'),
]


@pytest.mark.parametrize(("version", "code"), BROKEN)
def test_codes_that_were_not_sent_spoil_that_text_and_no_other(version: str, code: str) -> None:
    data = write(WHOLE, Version(version)).replace(b"cynnes", code.encode())
    first, second = read(data).units
    assert (first.is_broken, first.target) == (True, "")
    assert second == WHOLE.units[1]


def test_a_text_translated_in_part_is_not_taken_for_whole() -> None:
    half = (
        SEGMENTS.format(state="final")
        .replace("<target><mrk", "<note><mrk")
        .replace("</target></segment>\n<other", "</note></segment>\n<other")
    )
    (only,) = read(half.encode()).units
    assert (only.is_broken, only.target) == (True, "")


# --- what is refused ------------------------------------------------------------------------------------------------------

XLIFF2 = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="cy">%s</xliff>'
OURS = '<file id="f"><unit id="pages.pageedition:1f0e:%s:html:0:0"><segment><source>%s</source></segment></unit></file>'
HOSTILE = {
    "entity bomb": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + XLIFF2 % (OURS % ("body", "&b;")),
    "external entity": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + XLIFF2 % (OURS % ("body", "&a;")),
    "entity in an attribute": '<!DOCTYPE a [<!ENTITY a "x">]>' + XLIFF2 % '<file id="&a;"/>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://example.org/a.dtd"> %a;]>' + XLIFF2 % "",
    "a DTD from elsewhere": '<!DOCTYPE xliff SYSTEM "http://example.org/xliff.dtd">' + XLIFF2 % (OURS % ("body", "x")),
    "a DTD of nothing": "<!DOCTYPE xliff>" + XLIFF2 % (OURS % ("body", "x")),
    "a hundred thousand deep": XLIFF2 % ("<a>" * 100_000 + "</a>" * 100_000),
}
FOREIGN = {
    ("not-xml", "nothing"): "",
    ("not-xml", "words"): "Annwyl gyfaill,",
    ("not-xml", "an entity nobody declared"): XLIFF2 % "&nbsp;",
    ("not-xml", "an encoding nobody knows"): '<?xml version="1.0" encoding="klingon"?><xliff/>',
    ("not-xml", "two roots"): XLIFF2 % "" + XLIFF2 % "",
    ("not-xliff", "a web page"): "<html><body/></html>",
    ("not-xliff", "XLIFF of no version"): "<xliff/>",
    ("not-xliff", "a version to come"): (XLIFF2 % "").replace('version="2.0"', 'version="3.0"'),
    ("not-xliff", "a namespace of 1.1"): '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.1" version="1.1"/>',
    ("languages", "French"): (XLIFF2 % "").replace('"cy"', '"fr"'),
    ("languages", "no target"): (XLIFF2 % "").replace('trgLang="cy"', ""),
    ("languages", "one language"): (XLIFF2 % "").replace('"cy"', '"en"'),
    ("empty", "no texts"): XLIFF2 % "<file id='f'/>",
    ("foreign", "another programme's"): XLIFF2 % '<file id="f"><unit id="u1"><segment><source>x</source></segment></unit></file>',
    ("foreign", "a unit without a name"): XLIFF2 % '<file id="f"><unit><segment><source>x</source></segment></unit></file>',
    ("twice", "one text twice"): XLIFF2 % ((OURS % ("body", "x")) * 2),
}  # fmt: skip


def refusal(data: bytes) -> str:
    """The code of the refusal; "" for a file that is read."""
    try:
        read(data)
    except Refused as refused:
        assert str(refused.message)
        return refused.code
    return ""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str) -> None:
    assert refusal(HOSTILE[name].encode()) == "hostile"


@pytest.mark.parametrize(("code", "name"), FOREIGN)
def test_foreign_files(code: str, name: str) -> None:
    assert refusal(FOREIGN[code, name].encode()) == code


def test_every_refusal_is_met() -> None:
    assert {code for code, _name in FOREIGN} | {"hostile", "too-big"} == set(REFUSALS)


def test_a_file_that_is_too_big() -> None:
    data = write(WHOLE)
    assert refusal(data + b" " * (MOST_BYTES - len(data))) == ""
    assert refusal(data + b" " * (MOST_BYTES - len(data) + 1)) == "too-big"


@pytest.mark.parametrize("version", Version)
def test_a_file_cut_short_anywhere_is_refused(version: Version) -> None:
    data = write(WHOLE, version)
    found = Counter(refusal(data[:end]) for end in range(len(data)))
    assert found == {"not-xml": len(data)}
    assert len(data) > 900


@pytest.mark.parametrize("version", Version)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    version: Version, amount: Callable[[int, int], int]
) -> None:
    data, chance = write(WHOLE, version), random.Random(7)
    found: Counter[str] = Counter()
    for _time in range(amount(600, 30_000)):
        damaged = bytearray(data)
        for _change in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        found[refusal(bytes(damaged))] += 1
    assert found[""] > 10  # words were changed: that is for the eye of whoever looks at the preview
    assert found["not-xml"] > 100
    assert found["foreign"] > 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = write(WHOLE).decode().replace("UTF-8", encoding)
    assert read(text.encode(encoding)) == WHOLE
