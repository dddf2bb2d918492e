"""Prose with formatting: what comes from the clipboard and from Word documents keeps every word, and nothing overwrites."""

import html
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casestudies.joinin import word_parts
from casestudies.joinin.pasting import MOST_CHARACTERS, tidied
from casestudies.joinin.prose import (
    MARK,
    answer_from_prose,
    is_formatted,
    prose_from_answer,
    taken,
    text_from_answer,
    words_in,
)
from casestudies.joinin.sending import take_up_from_edition
from casestudies.models import CaseStudyEdition, EditionPicture
from foundation.bilingual.languages import speaking
from foundation.files.documents.judging import REFUSALS
from foundation.publishing.prose import clean_prose, prose_from_text
from tests.factories import CaseStudyFactory, png
from tests.files.making import HIDDEN, paragraph, relations, telling_word, word
from tests.joinin.clipboard import ALL
from tests.joinin.school import School, address, answers, step
from tests.joinin.tab import Tab

pytestmark = pytest.mark.page

WORDS = re.compile(r"\w+")


# --- the clipboard --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("program", ALL)
def test_what_programs_put_on_the_clipboard(program: str) -> None:
    copied = ALL[program]
    assert tidied(copied.markup) == copied.tidied
    assert tidied(copied.tidied) == copied.tidied
    assert clean_prose(copied.tidied) == copied.tidied


INLINE = ("b", "i", "em", "strong", "span", "u", "font", "a", "o:p", "s", "sup", "st1:City", "code")
BLOCK = ("p", "div", "h1", "h5", "ul", "ol", "li", "table", "tr", "td", "blockquote", "section", "pre", "dd")
STYLES = (
    "", ' style="font-weight:700"', ' style="font-style:italic"', ' style="mso-list:l0 level2 lfo1"', ' class="MsoTitle"',
    ' href="https://a.example/?a=1&b=2"', ' href="javascript:x"', ' class="x" onclick="y"',
)  # fmt: skip
_text = st.text(st.sampled_from("aŵ1 <&>\n\t–\u00a0"), max_size=8).map(html.escape)


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, style, parts: f"<{tag}{style}>{''.join(parts)}</{tag}>",
        st.sampled_from(INLINE + BLOCK), st.sampled_from(STYLES), st.lists(inside, max_size=4),
    )  # fmt: skip


_piece = st.recursive(st.one_of(_text, st.sampled_from(["<br>", "<hr>", "<img src=x>", "</p>", "<li>", "<!--c-->"])), _element, max_leaves=14)  # fmt: skip
markup = st.lists(_piece, max_size=6).map("".join)


def _words(text: str) -> list[str]:
    """What a browser would show of it, without spaces: words may stand closer together or farther apart."""
    return WORDS.findall("".join(re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]*>", "", text)))))


def test_random_markup_keeps_every_word_in_order(amount: Callable[[int, int], int], tell: Any) -> None:
    tried: Counter[str] = Counter()

    @settings(max_examples=amount(150, 5000), deadline=None)
    @given(markup)
    @example('<b>1</b><b class="MsoTitle"><blockquote></blockquote></b>')
    def keeps(text: str) -> None:
        once = tidied(text)
        assert "".join(_words(once)) == "".join(_words(clean_prose(text) or text))
        assert tidied(once) == once
        assert clean_prose(once) == once
        answer = answer_from_prose(text)
        assert answer_from_prose(prose_from_answer(answer)) == answer
        assert taken(answer, before="") == answer
        assert taken(text_from_answer(answer), before=answer) == answer
        tried["formatted" if is_formatted(answer) else "plain"] += 1

    keeps()
    tell(f"{dict(tried)} random texts tidied")
    assert min(tried["formatted"], tried["plain"]) >= 10


def test_very_deep_and_very_long_markup_is_no_burden() -> None:
    assert tidied("<div><b>" * 3000 + "gair" + "</b></div>" * 3000) == "<p><strong>gair</strong></p>"
    long = "<p>gair " * (MOST_CHARACTERS // 8 + 1)
    assert len(WORDS.findall(re.sub("<[^>]+>", " ", tidied(long)))) == MOST_CHARACTERS // 8 + 1


def test_scripts_and_styles_are_no_words() -> None:
    assert tidied("<style>p{}</style><script>x()</script><p onclick=x>a<a href='javascript:x'>b</a></p>") == "<p>ab</p>"


# --- answers --------------------------------------------------------------------------------------------------------------


def test_formatting_is_kept_only_where_there_is_some() -> None:
    assert answer_from_prose("<p>Un &lt; dau</p><p></p><p>tri<br>pedwar</p>") == "Un < dau\n\ntri\npedwar"
    assert answer_from_prose("<p>Un <b>dau</b></p>") == f"{MARK}<p>Un <strong>dau</strong></p>"
    assert answer_from_prose("<p><b> </b></p>") == ""
    assert prose_from_answer("<b>nid HTML</b>") == "<p>&lt;b&gt;nid HTML&lt;/b&gt;</p>"
    assert [words_in(one) for one in ("a < b", f"{MARK}<p>un<em>dau</em> tri</p><p>x</p>", "")] == [3, 3, 0]


def test_a_plain_box_leaves_formatting_alone_and_loses_no_word() -> None:
    before = answer_from_prose("<h3>Pen</h3><ul><li>Un</li><li>Dau</li></ul><p>Tri <b>pedwar</b></p>")
    shown = text_from_answer(before)
    assert shown == "Pen\n\n– Un\n– Dau\n\nTri pedwar"
    assert taken(shown.replace("\n", "\r\n") + " ", before=before) == before
    changed = taken(shown.replace("Tri pedwar", "Tri pump\r\n\r\nchwech <x>"), before=before)
    assert changed == (
        f"{MARK}<h3>Pen</h3>\n<ul><li>Un</li><li>Dau</li></ul>\n<p>Tri pump</p>\n<p>chwech &lt;x&gt;</p>"
    )
    assert taken("Rhywbeth arall", before=before) == "Rhywbeth arall"
    assert taken("", before=before) == ""
    assert taken("Hen eiriau", before=before, unchanged=True) == before


# --- the pages ------------------------------------------------------------------------------------------------------------


FORMATTED = "<h3>Pen</h3>\n<p>Un <strong>dau</strong></p>"


@pytest.fixture
def formatted(school: School) -> School:
    given = answers("en")
    given["about"]["about_en"] = f"{MARK}<h1>Pen</h1><p>Un <b>dau</b></p><script>x</script>"
    school.fill(given)
    return school


@pytest.mark.django_db
def test_formatting_goes_all_the_way_and_comes_back(formatted: School) -> None:
    assert formatted.case.draft.answers["about"] == {"about_en": MARK + FORMATTED}
    page = formatted.client.get(step("about")).content.decode()
    assert re.search(r'data-prose="([^"]*)"', page)[1] == html.escape(FORMATTED)  # type: ignore[index]
    assert re.search(r"<textarea[^>]*>\s*([^<]*)<", page)[1] == "Pen\n\nUn dau"  # type: ignore[index]
    assert "3 words of at most" in page
    assert FORMATTED.replace("\n", "") in formatted.get("check").content.decode()
    assert MARK not in formatted.get("check").content.decode()
    formatted.send()
    edition = CaseStudyEdition.objects.get()
    assert edition.about_en == FORMATTED
    assert formatted.case.snapshots.get().story["about_en"] == FORMATTED


@pytest.mark.django_db
def test_what_an_editor_wrote_comes_back_into_the_form_with_its_formatting() -> None:
    case = CaseStudyFactory.create(
        status="changes_requested",
        edition__about_en=f"{FORMATTED}<p>Gan <em>olygydd</em></p>",
        edition__context_en="<p>Un</p>\n<p>Dau</p>",
    )
    with speaking("en"):
        journey = take_up_from_edition(case)
    assert journey.typed("about")["about_en"] == f"{MARK}{FORMATTED}\n<p>Gan <em>olygydd</em></p>"
    assert journey.typed("context")["context_en"] == "Un\n\nDau"


@pytest.mark.django_db
def test_without_scripts_a_text_with_formatting_is_not_taken_for_another(formatted: School) -> None:
    """A page that showed an older text, and was not changed, changes nothing; one that was changed shows both."""
    old, other = Tab(formatted.client, "about"), Tab(formatted.client, "about")
    other.type(about_en=f"{MARK}<p>Gan <b>rywun arall</b></p>")
    other.save()
    old.save(later="1")
    assert formatted.case.draft.answers["about"]["about_en"] == f"{MARK}<p>Gan <strong>rywun arall</strong></p>"
    third, fourth = Tab(formatted.client, "about"), Tab(formatted.client, "about")
    third.type(about_en=f"{MARK}<p>Y <b>trydydd</b></p>")
    third.save()
    fourth.type(about_en="Y pedwerydd")
    page = fourth.save().content.decode()
    assert re.search(r"<blockquote[^>]*><p>Y <strong>trydydd</strong></p></blockquote>", page)


@pytest.mark.django_db
def test_too_many_words_are_counted_as_they_are_read(formatted: School) -> None:
    long = f"{MARK}<p><b>gair</b> {'gair ' * 1500}</p>"
    page = formatted.answer("about", {"about_en": long}).content.decode()
    assert "it has 1501 now" in page
    assert "1 word too many" in page
    assert words_in(formatted.case.draft.answers["about"]["about_en"]) == 1501


@pytest.mark.django_db
def test_tidying_is_for_who_writes_a_story(school: School) -> None:
    path = address("tidy")
    assert Client().post(path, {"markup": "<p>x</p>"}).status_code == 409
    school.start()
    assert school.client.get(path).status_code == 405
    assert school.client.post(path, {"markup": ALL["Word"].markup}).json() == {"markup": ALL["Word"].tidied}


# --- a Word document ------------------------------------------------------------------------------------------------------


def heading(text: str, level: int = 1) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


STYLES_OF_WORD = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2)
    )
    + "</w:styles>"
)


def drawing(number: int, alt: str) -> str:
    a, wp = ("http://schemas.openxmlformats.org/drawingml/2006/" + name for name in ("main", "wordprocessingDrawing"))
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{wp}"><wp:docPr id="{number}" name="x" descr="{alt}"/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:blipFill><a:blip r:embed="rId{number}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )


def story(inside: str, pictures: tuple[bytes, ...] = ()) -> bytes:
    """A .docx with headings, and these pictures as rId2, rId3 …"""
    parts: dict[str, str | bytes] = {f"word/media/{n}.jpg": data for n, data in enumerate(pictures, start=2)}
    found = [("styles", "styles.xml", ""), *(("image", f"media/{n}.jpg", "") for n in range(2, len(pictures) + 2))]
    return word(inside, {"word/styles.xml": STYLES_OF_WORD, "word/_rels/document.xml.rels": relations(*found), **parts})


def upload(school: School, data: bytes, language: str = "en", **more: str) -> str:
    file = SimpleUploadedFile("stori.docx", data)
    response = school.client.post(
        address("word", school.language), {f"document_{language}": file, "add": "1", **more}, follow=True
    )
    return str(response.content.decode())


def waiting(school: School) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = school.case.draft.answers["_"].get("word", [])
    return found


def choose(school: School, *sections: str) -> Any:
    """Say where the parts go, in turn; "" as the page proposes."""
    page = school.get("word").content.decode()
    data: dict[str, str] = {}
    selects = re.findall(r'<select id="[^"]*" name="(to-\w+)".*?</select>', page, re.DOTALL)
    chosen = re.findall(r'<option value="(\w+)" selected>', page)
    for place, name in enumerate(selects):
        data[name] = (sections[place] if place < len(sections) else "") or chosen[place]
    return school.post("word", {**data, "place": "1"})


@pytest.mark.django_db
def test_a_document_fills_the_sections_that_its_headings_name(school: School) -> None:
    school.start()
    school.answer("writing", {"writing": "en"})
    inside = (
        paragraph("Reading on Fridays") + heading("Information about the school") + paragraph("A small school")
        + heading("2. Context and background to the effective or innovative practice")
        + '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r><w:r><w:t xml:space="preserve"> why</w:t></w:r></w:p>'
        + heading("Our first year", 2) + paragraph("It began")
        + paragraph("Description of nature of strategy or activity") + paragraph("We read")
    )  # fmt: skip
    page = upload(school, story(inside, (png(20, 20).getvalue(),)))
    assert "Reading on Fridays" in page
    assert [one["section"] for one in waiting(school)] == ["", "about", "context", "", "activity"]
    response = choose(school)
    assert response["Location"] == address("start")
    found = {
        key: one for key, one in school.case.draft.answers.items() if key in ("title", "about", "context", "activity")
    }
    assert found == {
        "title": {"title_en": "Reading on Fridays"},
        "about": {"about_en": "A small school"},
        "context": {"context_en": f"{MARK}<p><strong>Bold</strong> why</p>\n<h3>Our first year</h3>\n<p>It began</p>"},
        "activity": {"activity_en": "We read"},
    }
    assert waiting(school) == []


@pytest.mark.django_db
def test_what_was_written_before_stays_and_a_language_gets_its_own_document(school: School) -> None:
    school.fill(answers("both"))
    before = school.case.draft.answers["context"]
    page = upload(school, story(heading("Cefndir") + paragraph("Newydd")), "cy")
    assert "Background (below what is there)" in page
    upload(school, story(heading("Background") + paragraph("New")), "en")
    upload(school, story(heading("Background") + paragraph("New")), "en")
    assert [(one["language"], one["section"]) for one in waiting(school)] == [("cy", "context"), ("en", "context")]
    choose(school)
    after = school.case.draft.answers["context"]
    for language, title, text in (("cy", "Cefndir", "Newydd"), ("en", "Background", "New")):
        old = prose_from_text(before[f"context_{language}"])
        assert after[f"context_{language}"] == f"{MARK}{old}\n<h3>{title}</h3>\n<p>{text}</p>"


@pytest.mark.django_db
def test_parts_wait_until_it_is_said_where_they_go(school: School) -> None:
    school.start()
    school.answer("writing", {"writing": "cy"})
    upload(school, story(paragraph("Gair " * 60) + heading("Rhywbeth") + paragraph("arall")), "cy")
    page = school.post("word", {"place": "1"}).content.decode()
    assert page.count("Choose where this part goes") == 4
    assert page.count('aria-invalid="true"') == 2
    assert len(waiting(school)) == 2
    choose(school, "impact", "nowhere")
    assert school.case.draft.answers["impact"] == {"impact_cy": ("Gair " * 60).strip()}
    assert "sharing" not in school.case.draft.answers
    assert waiting(school) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_document_that_is_refused_says_why(school: School, language: str) -> None:
    school = School(language)
    school.fill(answers(language))
    for code, data in (
        ("empty", b""),
        ("not-word", b"%PDF-1.4"),
        ("macros", word(parts={"word/vbaProject.bin": b"x"})),
    ):
        page = upload(school, data, language)
        with speaking(language):
            assert page.count(html.escape(str(REFUSALS[code]).split("(")[0])) == 2, code
        assert f'href="#id_document_{language}"' in page
        assert f"<title>{'Gwall:' if language == 'cy' else 'Error:'} " in page
    assert school.client.post(address("word", language), {"add": "1"}).content.decode().count("error-message") == 1
    assert waiting(school) == []


@pytest.mark.django_db
def test_nothing_hidden_comes_along(school: School) -> None:
    school.fill(answers("en"))
    page = upload(school, telling_word())
    assert "Cyn ac ar ôl" in page
    said = str([one["markup"] + one["heading"] for one in waiting(school)])
    assert [place for place in "abdgh" if f"{HIDDEN}{place}" in said] == []


@pytest.mark.django_db
def test_its_pictures_come_in_once_with_their_words_and_each_that_is_refused_is_named(school: School) -> None:
    school.fill(answers("en"))
    pictures = (*(png(10 + number, 10).getvalue() for number in range(7)), b"GIF89a")
    inside = paragraph("Testun") + "".join(drawing(n, f"Llun {n}") for n in range(2, 10))
    page = upload(school, story(inside, pictures))
    assert "6 pictures of the document were added" in page
    assert "Picture 7 of the document was not taken in. A story can have 6 pictures." in page
    assert "Picture 8 of the document was not taken in. The picture must be" in page
    rows = EditionPicture.objects.select_related("picture").order_by("position")
    alts = school.case.draft.answers["pictures"]
    assert [alts[f"alt_en-{row.picture.token}"] for row in rows] == [f"Llun {n}" for n in range(2, 8)]
    again = upload(school, story(inside, pictures[:2]))
    assert "was added" not in again
    assert EditionPicture.objects.count() == 6


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Information about the School", "about"), ("Gwybodaeth am yr ysgol", "about"), ("Gwybodaeth am y darparwr", "about"),
        ("What is the setting like?", "about"), ("Sut le yw’r lleoliad?", "about"),
        ("Context and background to the effective or innovative practice", "context"), ("Cyd-destun", "context"),
        ("Cyd-destun a chefndir yr arfer effeithiol neu arloesol", "context"), ("Why did you begin?", "context"),
        ("Description of the nature of the strategy or activity", "activity"), ("3) What did you do?", "activity"),
        ("Disgrifiad o natur y strategaeth neu’r gweithgarwch", "activity"), ("Beth wnaethoch chi?", "activity"),
        ("What impact has this work had on provision and learners’ standards?", "impact"), ("Effaith", "impact"),
        ("Pa wahaniaeth y mae wedi’i wneud?", "impact"), ("Tystiolaeth", "evidence"),
        ("How have you shared your good practice?", "sharing"), ("Sut rydych chi wedi rhannu?", "sharing"),
        ("Our journey", ""), ("Cam 1: dechrau", ""), ("", ""),
    ],
)  # fmt: skip
def test_headings_that_announce_a_section(heading: str, section: str) -> None:
    assert word_parts.section_of(heading) == section


@pytest.mark.django_db
def test_the_page_asks_little_however_many_parts_wait(school: School) -> None:
    school.fill(answers("both"))
    counts = []
    for number in (1, 3):
        upload(school, story("".join(heading(f"Rhan {n}") + paragraph("x") for n in range(number))), "cy")
        with CaptureQueriesContext(connection) as queries:
            assert school.get("word").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


@pytest.mark.django_db
def test_the_page_is_for_who_writes_and_while_they_may(school: School) -> None:
    assert Client().get(address("word"))["Location"] == address("start")
    school.start()
    assert school.get("word")["Location"] == step("writing")
    school.fill()
    school.send()
    assert school.get("word")["Location"] == address("status")
    assert upload(school, story(paragraph("x"))).count("error-message") == 0
    assert waiting(school) == []


def test_an_unread_picture_is_not_taken_for_text() -> None:
    assert [one.whole for one in word_parts.parts_of("<p>a</p><p><img src='data:;base64,xx' alt='b'></p>", "en")] == [
        "<p>a</p>"
    ]
