"""The parser of saved hallmark pages, on pages made up for these tests."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hallmarks.page_text import (
    Connection,
    HallmarkPage,
    NotAHallmarkPage,
    Refusal,
    Role,
    Why,
    guess_language,
    normalise_title,
    parse,
    parse_with_roles,
    read,
    same_title,
)

ENGLISH = """\
Skip to main content
English | Cymraeg
Leading Professional Learning Header

Well-led professional learning is...

Open to the wider world

Heads in small schools visit each other every term and write down what they saw (Rees, 2019).

Nobody is asked to travel alone. Supply cover is paid for by the cluster (Morgan and Pugh, 2020a; Estyn 2018).

Rees, A. (2019)

Visits That Work Cardiff: Gwasg y Bont
A Longer Road book cover

Morgan, B. and Pugh, C. (2020a)

A Longer Road: Teachers on the Move London: Harbour

Estyn (2018)

Small schools, large ideas

Make the Connection

Schools as Learning Organisations

Learning from the places round us and each other I Promoting work in teams for all staff

Professional Standards for Teaching & Leadership

Collaboration (formal leadership roles)

Be Inspired

We asked heads to tell us more. Their Case Studies show what can be done.

Read the case studies

Join In

Has your school an example of its own? We want to hear from you.

Contact us
"""

WELSH = """\
Neidio i’r prif gynnwys
English | Cymraeg
Pennawd Arwain Dysgu Proffesiynol

Mae dysgu proffesiynol dan arweiniad da…

Yn agored i’r byd ehangach

Mae penaethiaid ysgolion bach yn ymweld â’i gilydd bob tymor ac yn nodi beth a welsant (Rees, 2019).

Nid oes neb yn teithio ar ei ben ei hun, ac mae’r clwstwr yn talu am staff cyflenwi (Morgan a Pugh, 2020a; Estyn 2018).

Rees, A. (2019)

Ymweliadau sy’n Gweithio Caerdydd: Gwasg y Bont
Clawr llyfr A Longer Road

Morgan, B. a Pugh, C. (2020a)

A Longer Road: Teachers on the Move Llundain: Harbour

Llywodraeth Cymru (d.d.)

Ysgolion bach, syniadau mawr

Gwnewch y Cysylltiad

Ysgolion fel Sefydliadau sy’n Dysgu

Dysgu o’r lleoedd o’n cwmpas ac oddi wrth ein gilydd I Hyrwyddo gwaith tîm i’r holl staff

Safonau Proffesiynol ar gyfer Addysgu ac Arweinyddiaeth

Cydweithredu (rolau arweinyddiaeth ffurfiol)

Cewch eich Ysbrydoli

Gofynnwyd i benaethiaid ddweud mwy. Mae’r astudiaethau achos yn dangos beth sy’n bosibl.

Darllen yr astudiaethau achos

Ymunwch â Ni

Oes gan eich ysgol enghraifft o’i gwaith ei hun? Hoffem glywed gennych chi yn fuan.

Cysylltwch â ni
"""

BODY_ONLY = """\
Heads in small schools visit each other every term and write down what they saw (Rees, 2019; Estyn, 2018).
Nobody is asked to travel alone. Supply teachers are paid for by the cluster (Morgan and Pugh, 2020).
Promoting work in teams for all staff
Collaboration (formal leadership roles)
We asked heads to tell us more. Their Case Studies show what can be done.
Has your school an example of its own? We want to hear from you."""


def replaced(page: str, *pairs: tuple[str, str]) -> HallmarkPage:
    """The page parsed after each replacement, which must have something to replace."""
    for old, new in pairs:
        assert old in page
        page = page.replace(old, new)
    return parse(page)


def with_list(*lines: str) -> HallmarkPage:
    """The English page with another reference list."""
    head, rest = ENGLISH.split("Rees, A. (2019)")
    return parse(head + "\n".join(lines) + "\n\nMake the Connection" + rest.partition("Connection")[2])


def with_connections(*lines: str, frameworks: tuple[str, ...] = ()) -> tuple[Connection, ...]:
    """The connections of the English page with another block of them."""
    head, rest = ENGLISH.split("Make the Connection\n")
    block = "\n".join(lines)
    text = f"{head}Make the Connection\n\n{block}\n\nBe Inspired{rest.partition('Be Inspired')[2]}"
    return parse(text, frameworks=frameworks).connections


class TestWholePage:
    def test_english(self) -> None:
        page = parse(ENGLISH)
        assert page.language == "en"
        assert page.lead_in == "Well-led professional learning is..."
        assert page.title == "Open to the wider world"
        assert [text.split()[0] for text in page.paragraphs] == ["Heads", "Nobody"]
        assert [(e.authors, e.year, e.alternative) for e in page.references] == [
            ("Rees, A.", "2019", None),
            ("Morgan, B. and Pugh, C.", "2020a", "A Longer Road book cover"),
            ("Estyn", "2018", None),
        ]
        assert page.connections == (
            Connection(
                "Schools as Learning Organisations",
                (
                    "Learning from the places round us and each other",
                    "Promoting work in teams for all staff",
                ),
                "Learning from the places round us and each other I Promoting work in teams for all staff",
            ),
            Connection(
                "Professional Standards for Teaching & Leadership",
                ("Collaboration (formal leadership roles)",),
                "Collaboration (formal leadership roles)",
            ),
        )
        assert page.unplaced == ()

    def test_welsh(self) -> None:
        page = parse(WELSH)
        assert page.language == "cy"
        assert page.lead_in == "Mae dysgu proffesiynol dan arweiniad da…"
        assert page.title == "Yn agored i’r byd ehangach"
        assert len(page.paragraphs) == 2
        assert [(e.authors, e.year, e.alternative) for e in page.references] == [
            ("Rees, A.", "2019", None),
            ("Morgan, B. a Pugh, C.", "2020a", "Clawr llyfr A Longer Road"),
            ("Llywodraeth Cymru", "d.d.", None),
        ]
        assert [(c.framework, len(c.strands)) for c in page.connections] == [
            ("Ysgolion fel Sefydliadau sy’n Dysgu", 2),
            ("Safonau Proffesiynol ar gyfer Addysgu ac Arweinyddiaeth", 1),
        ]
        assert page.unplaced == ()

    def test_body_only(self) -> None:
        page = parse(BODY_ONLY)
        assert (page.title, page.lead_in, page.references) == (None, None, ())
        assert len(page.paragraphs) == 2
        assert [(c.framework, c.strands) for c in page.connections] == [
            (None, ("Promoting work in teams for all staff",)),
            (None, ("Collaboration (formal leadership roles)",)),
        ]
        assert page.unplaced == ()

    def test_body_only_in_welsh(self) -> None:
        lines = [line for line in WELSH.splitlines() if "(Rees, 2019)" in line or "(Morgan a" in line]
        strands = [
            "Hyrwyddo gwaith tîm i’r holl staff",
            "Cydweithredu (rolau arweinyddiaeth ffurfiol)",
        ]
        panels = [line for line in WELSH.splitlines() if "Gofynnwyd" in line or "glywed" in line]
        page = parse("\n".join([*lines, *strands, panels[0], "Darllenwch yr astudiaethau achos", panels[1]]))
        assert page.language == "cy"
        assert page.paragraphs == tuple(lines)
        assert [c.printed for c in page.connections] == strands
        assert page.unplaced == ()

    @pytest.mark.parametrize("page", [ENGLISH, WELSH, BODY_ONLY])
    @pytest.mark.parametrize(
        "rewrite",
        [
            lambda text: text.replace("\n", "\r\n"),
            lambda text: text.replace("\n", "\r"),
            lambda text: "\ufeff" + text,
            lambda text: text.replace("\n\n", "\n\u00a0\n"),
            lambda text: text.replace("\n\n", "\n\n\n\n"),
            lambda text: text.replace("\n", "  \n\t"),
            lambda text: text.replace("(", "\u200b("),
        ],
        ids=["crlf", "cr", "bom", "nbsp line", "more blank lines", "indented", "zero width"],
    )
    def test_layout_does_not_matter(self, page: str, rewrite: Callable[[str], str]) -> None:
        plain, other = parse(page), parse(rewrite(page))
        assert other.title == plain.title
        assert other.paragraphs == plain.paragraphs
        assert other.connections == plain.connections
        assert [(e.heading, e.body) for e in other.references] == [(e.heading, e.body) for e in plain.references]

    def test_without_any_blank_line(self) -> None:
        plain, tight = parse(ENGLISH), parse(ENGLISH.replace("\n\n", "\n"))
        assert tight.title == plain.title
        assert tight.connections == plain.connections
        assert [e.body for e in tight.references] == [e.body for e in plain.references]
        assert [e.alternative for e in tight.references] == [e.alternative for e in plain.references]

    def test_decomposed_accents_are_composed(self) -> None:
        assert "tîm" in str(replaced(WELSH, ("tîm", "ti\u0302m")).connections)

    def test_lines_broken_inside_a_sentence_are_joined(self) -> None:
        page = replaced(ENGLISH, ("every term and write", "every term\nand write"))
        assert page.paragraphs == parse(ENGLISH).paragraphs

    def test_paragraph_without_its_full_stop_is_not_joined_to_the_next(self) -> None:
        first, second = BODY_ONLY.splitlines()[:2]
        long = f"{first[:-1]} {first[:-1]}"
        page = replaced(BODY_ONLY, (first, long))
        assert page.paragraphs == (long, second)


class TestHead:
    @pytest.mark.parametrize(
        "lead_in",
        [
            "Well-led professional learning is…",
            "Well-led Professional Learning is . . .",
            "Well-led professional learning is:",
            "Professional learning that is led well is",
            "Mae dysgu proffesiynol sy’n cael ei arwain yn dda yn...",
            "Mae dysgu proffesiynol dan arweiniad effeithiol",
        ],
    )
    def test_lead_in(self, lead_in: str) -> None:
        page = replaced(ENGLISH, ("Well-led professional learning is...", lead_in))
        assert (page.lead_in, page.title) == (lead_in, "Open to the wider world")

    def test_title_on_the_line_of_the_lead_in(self) -> None:
        page = replaced(ENGLISH, ("is...\n\nOpen", "is... open"))
        assert page.lead_in == "Well-led professional learning is..."
        assert page.title == "open to the wider world"

    def test_wrapped_title(self) -> None:
        page = replaced(ENGLISH, ("to the wider", "to the\nwider"))
        assert page.title == "Open to the wider world"

    def test_title_without_lead_in(self) -> None:
        page = replaced(ENGLISH, ("Well-led professional learning is...\n", ""))
        assert (page.lead_in, page.title) == (None, "Open to the wider world")

    def test_known_title_among_other_lines(self) -> None:
        text = "News\nopen to the wider WORLD…\nAll pages\n" + BODY_ONLY
        page = parse(text, titles=["Open to the wider world"])
        assert page.title == "open to the wider WORLD…"
        assert [(u.line, u.why) for u in page.unplaced] == [(1, Why.BEFORE_TITLE)]

    def test_lead_in_without_title(self) -> None:
        page = replaced(ENGLISH, ("Open to the wider world\n", ""))
        assert page.title is None
        assert len(page.paragraphs) == 2

    def test_strange_line_above_is_reported(self) -> None:
        page = replaced(ENGLISH, ("English | Cymraeg\n", "Cymraeg\nOffer of the week\n"))
        assert [(u.line, u.text, u.why) for u in page.unplaced] == [(3, "Offer of the week", Why.BEFORE_TITLE)]


class TestReferences:
    @pytest.mark.parametrize(
        "year",
        [
            "2020a",
            "n.d.",
            "nd",
            "d.d.",
            "in press",
            "yn y wasg",
            "dim dyddiad",
            "2019/20",
            "c. 1998",
        ],
    )
    def test_years_as_printed(self, year: str) -> None:
        page = with_list("", f"Rees, A. ({year})", "", "Visits That Work")
        assert [(e.heading, e.year) for e in page.references] == [(f"Rees, A. ({year})", year)]

    @pytest.mark.parametrize(
        "authors",
        [
            "Rees, A",
            "Rees A, Lo LN.",
            "Rees, A.B. et al",
            "Rees, A., Pugh, C. ac Owen, D.",
            "Rees, A. & Pugh, C.",
            "van der Berg, P.",
            "ap Gwilym, G.",
            "Ŵan-Rees, Â.",
            "Rees, A. (Ed.)",
            "Rees, A. a Pugh, C. (Gol)",
            "OECD",
            "Llywodraeth Cymru",
            "Cyngor y Gweithlu Addysg",
            "National Foundation for Educational Research",
            "Sefydliad ar gyfer Cydweithrediad a Datblygiad (SCD)",
        ],
    )
    @pytest.mark.parametrize("apart", ["\n\n", "\n", " ", ". "])
    def test_authors_as_printed(self, authors: str, apart: str) -> None:
        page = with_list(
            "",
            f"{authors} (2020){apart}Visits That Work",
            "",
            f"{authors} (2021){apart}More Visits",
        )
        assert [(e.authors, e.year, e.body) for e in page.references] == [
            (authors, "2020", "Visits That Work"),
            (authors, "2021", "More Visits"),
        ]
        assert page.references[0].heading == f"{authors} (2020)"

    def test_body_over_several_lines(self) -> None:
        page = with_list(
            "", "Rees, A. (2019)", "", "Visits that work: a long account of", "short journeys",
            "Cardiff: Gwasg y Bont", "", "Estyn (2018)", "", "Small schools",
        )  # fmt: skip
        assert [e.body for e in page.references] == [
            "Visits that work: a long account of\nshort journeys\nCardiff: Gwasg y Bont",
            "Small schools",
        ]

    def test_body_that_holds_a_year(self) -> None:
        body = "A chapter pp 3-9 in Lewis, D. and Huws, E. (Eds) (2016) The Whole Book Bangor: Bont"
        page = with_list("", "Rees, A. (2019)", "", "Paper Series: Visits (2019)", "", "Puw, F. (2016)", "", body)
        assert [e.body for e in page.references] == ["Paper Series: Visits (2019)", body]

    def test_entry_without_body(self) -> None:
        page = with_list("", "Rees, A. (2019)", "", "Puw, F. (2016)", "", "The Book")
        assert [(e.authors, e.body) for e in page.references] == [
            ("Rees, A.", ""),
            ("Puw, F.", "The Book"),
        ]

    @pytest.mark.parametrize(
        "alternative",
        [
            "A Longer Road",
            "a longer road book cover",
            "Book cover of A Longer Road",
            "Clawr llyfr A Longer Road",
            "Cover image: A Longer Road",
            "Front page of the journal",
            "Delwedd o glawr adroddiad",
        ],
    )
    def test_image_alternative_belongs_to_the_next_entry(self, alternative: str) -> None:
        page = replaced(ENGLISH, ("A Longer Road book cover", alternative))
        assert [e.alternative for e in page.references] == [None, alternative, None]
        assert page.references[0].body == "Visits That Work Cardiff: Gwasg y Bont"

    def test_two_alternatives_and_one_above_the_list(self) -> None:
        page = replaced(
            ENGLISH,
            ("Rees, A. (2019)\n", "Visits That Work book cover\n\nRees, A. (2019)\n"),
            ("A Longer Road book cover", "Harbour logo\nA Longer Road book cover"),
        )
        assert [e.alternative for e in page.references] == [
            "Visits That Work book cover",
            "Harbour logo\nA Longer Road book cover",
            None,
        ]
        assert len(page.paragraphs) == 2

    def test_alternative_below_the_last_entry_is_unplaced(self) -> None:
        page = replaced(ENGLISH, ("large ideas\n", "large ideas\nA Third Thing book cover\n"))
        assert [(u.text, u.why) for u in page.unplaced] == [("A Third Thing book cover", Why.IN_LIST)]

    @pytest.mark.parametrize("heading", ["References", "Cyfeiriadau", "Llyfryddiaeth:"])
    def test_heading_of_the_list_is_furniture(self, heading: str) -> None:
        page = replaced(ENGLISH, ("Rees, A. (2019)\n", f"{heading}\n\nRees, A. (2019)\n"))
        assert len(page.paragraphs) == 2
        assert len(page.references) == 3
        assert page.unplaced == ()

    def test_paragraph_beginning_with_a_narrative_citation_stays_in_the_body(self) -> None:
        paragraph = "Estyn (2018) reports that heads who travel come home with more than they took."
        page = replaced(ENGLISH, ("Nobody is", f"{paragraph}\n\nNobody is"))
        assert page.paragraphs[1] == paragraph
        assert len(page.references) == 3

    def test_titles_that_sound_like_other_parts(self) -> None:
        page = with_list("", "Estyn (2018)", "", "Make the Connection", "", "Rees, A. (2019)", "", "Be Inspired")
        assert [e.body for e in page.references] == ["Make the Connection", "Be Inspired"]
        assert len(page.connections) == 2

    def test_paragraph_that_sounds_like_a_panel_stays_in_the_body(self) -> None:
        paragraph = "We asked the heads of four schools, and their case studies are told elsewhere."
        page = replaced(ENGLISH, ("Rees, A. (2019)\n", f"{paragraph}\n\nRees, A. (2019)\n"))
        assert page.paragraphs[-1] == paragraph
        assert len(page.references) == 3

    def test_heading_of_a_list_that_is_not_there(self) -> None:
        page = replaced(BODY_ONLY, ("Promoting", "References\nPromoting"))
        assert page == parse(BODY_ONLY)

    @pytest.mark.parametrize("heading", ["Rees, A. 2019", "Rees, A. (2019", "Rees, A. 2019)", "Rees, A. [2019]"])
    def test_brackets_missing(self, heading: str) -> None:
        page = replaced(ENGLISH, ("\nRees, A. (2019)", f"\n{heading}"))
        assert [(e.heading, e.authors, e.year) for e in page.references[:1]] == [(heading, "Rees, A.", "2019")]
        assert len(page.references) == 3

    def test_line_of_the_heading_is_given(self) -> None:
        for entry in parse(ENGLISH).references:
            assert ENGLISH.splitlines()[entry.line - 1] == entry.heading


class TestConnections:
    def test_frameworks_without_strands(self) -> None:
        found = with_connections(
            "National Enquiry Project", "National Strategy for Visits", "Learning Journey",
            "", "Planning further developments",
        )  # fmt: skip
        assert [(c.framework, c.strands) for c in found] == [
            ("National Enquiry Project", ()),
            ("National Strategy for Visits", ()),
            ("Learning Journey", ("Planning further developments",)),
        ]
        assert found[0].printed == "National Enquiry Project"

    def test_only_frameworks(self) -> None:
        found = with_connections("Schools as Learning Organisations", "", "National Enquiry Project")
        assert [(c.framework, c.strands) for c in found] == [
            ("Schools as Learning Organisations", ()),
            ("National Enquiry Project", ()),
        ]

    @pytest.mark.parametrize(
        ("printed", "strands"),
        [
            ("Teaching & Leadership", 1),
            ("Promoting work in teams & Embedding systems for shared knowledge", 2),
            ("Promoting team work among all staff & Embedding systems for shared knowledge", 2),
            ("Promoting research & development among all the staff", 1),
            ("Innovation (all roles) & Collaboration (all roles)", 2),
            ("Pedagogy | Innovation | Leadership", 3),
            ("Addysgeg I Arloesi I Arweinyddiaeth", 3),
        ],
    )
    def test_separators(self, printed: str, strands: int) -> None:
        (found,) = with_connections("Professional Standards", "", printed)
        assert len(found.strands) == strands
        assert found.printed == printed

    def test_known_names_decide_about_the_ampersand(self) -> None:
        both = "Pedagogy & Leadership"
        block = ("Professional Standards", "", both)
        (apart,) = with_connections(*block, frameworks=("pedagogy", "leadership"))
        (one,) = with_connections(*block, frameworks=("pedagogy", "leadership", both))
        assert apart.strands == ("Pedagogy", "Leadership")
        assert one.strands == (both,)

    @pytest.mark.parametrize(
        "heading",
        [
            "Make the Connection:",
            "MAKE THE CONNECTIONS",
            "Gwneud y Cysylltiad",
            "Gwneud Cysylltiadau",
        ],
    )
    def test_heading_of_the_block(self, heading: str) -> None:
        assert replaced(ENGLISH, ("Make the Connection", heading)) == parse(ENGLISH)

    def test_missing_heading_of_the_block(self) -> None:
        page = replaced(ENGLISH, ("Make the Connection\n\n", ""))
        assert page.connections == parse(ENGLISH).connections
        assert page.references == parse(ENGLISH).references

    def test_missing_block(self) -> None:
        head, rest = ENGLISH.split("Make the Connection\n")
        page = parse(head + "Be Inspired" + rest.partition("Be Inspired")[2])
        assert page.connections == ()
        assert len(page.references) == 3

    def test_missing_panels(self) -> None:
        page = parse(ENGLISH.partition("Be Inspired")[0])
        assert page == parse(ENGLISH)

    def test_without_headings_and_panels_only_known_or_telling_lines_count(self) -> None:
        text = BODY_ONLY.partition("We asked")[0].replace("Promoting work", "Work")
        page = parse(text)
        assert [c.printed for c in page.connections] == ["Collaboration (formal leadership roles)"]
        page = parse(text, frameworks=["Work in Teams for All Staff"])
        assert [c.framework for c in page.connections] == [None, None]

    def test_prose_in_the_block_is_unplaced(self) -> None:
        prose = "This sentence is here by accident and says nothing about any of the frameworks at all."
        page = replaced(ENGLISH, ("Be Inspired\n", f"{prose}\n\nBe Inspired\n"))
        assert [(u.text, u.why) for u in page.unplaced] == [(prose, Why.IN_CONNECTIONS)]


class TestPanels:
    def test_footer_is_unplaced(self) -> None:
        page = parse(ENGLISH + "\nPrivacy\n© The Academy 2024\n")
        assert [u.why for u in page.unplaced] == [Why.AFTER_PANELS] * 2

    def test_unknown_words_under_a_panel_heading_stay_out_of_the_body(self) -> None:
        page = replaced(
            ENGLISH,
            (
                "We asked heads to tell us more. Their Case Studies show",
                "Twelve stories show you all of",
            ),
        )
        assert page == parse(ENGLISH)


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", Refusal.EMPTY),
            (" \n\u00a0\n\ufeff", Refusal.EMPTY),
            ("\x00\x01\x02abc", Refusal.BINARY),
            ("\x89PNG\r\n\x1a\n\x1f\x02\x03IHDR", Refusal.BINARY),
            ("<!DOCTYPE html><html><body><p>" + ENGLISH + "</p></body></html>", Refusal.MARKUP),
            ("<div><p>a</p><p>b</p><p>c</p></div>", Refusal.MARKUP),
            ("name,year,place\nRees,2019,Cardiff\nPuw,2020,Bangor\n" * 9, Refusal.NO_PROSE),
            ('{"title": "Open", "years": [2019, 2020], "of": {"a": 1}}', Refusal.MARKUP),
            (f'[{{"page": "{ENGLISH[:300]}", "of": [{{"a": [1]}}]}}]' * 9, Refusal.MARKUP),
            ("2019\n42\n", Refusal.NO_PROSE),
            ("x\n" * 200_000, Refusal.TOO_LONG),
            ("Skip to main content\nEnglish | Cymraeg\nContact us\n", Refusal.NO_PROSE),
        ],
    )
    def test_reason(self, text: str, reason: Refusal) -> None:
        with pytest.raises(NotAHallmarkPage) as caught:
            parse(text)
        assert caught.value.reason is reason
        assert str(caught.value).endswith(".")

    @pytest.mark.parametrize(
        "text",
        [
            # A blog post about the subject, with a date, figures and an ellipsis.
            """Our latest thoughts\n\nWhy schools learn together...\n\n1 May 2021\n
            Every teacher and every leader gains when schools learn from each other, we think.\n
            Almost 12,000 (12,004) teachers left the profession last year (May 2020).\n
            Contact us""",
            # Another, whose first line might be a lead-in.
            """More about professional learning...\n\nFive ideas for next term\n
            Every teacher and every leader gains when schools learn from each other, we think.""",
            # A read-me file.
            """# tool\n\nA small tool that turns one file into another file, quickly and well.\n
            ## Install\n\nRun `make install` and wait until it says that it is done.\n""",
            # A page of another kind from the same site: the panels' links only.
            """Case studies\n\nHere are the stories that schools near us have sent us so far.\n
            Read the case studies\n\nContact us\n""",
            # Dense citations, another subject.
            """The rate rises with heat (Ames, 2001; Bell, 2002) and falls with salt (Cole, 2003).
            No effect of light was found in the three samples (Dunn, 2004; East, 2005).""",
        ],
        ids=["blog", "teaser", "readme", "site", "chemistry"],
    )
    def test_other_pages(self, text: str) -> None:
        with pytest.raises(NotAHallmarkPage) as caught:
            parse(text)
        assert caught.value.reason is Refusal.NOT_THIS_KIND


class TestRead:
    def test_encodings(self) -> None:
        assert read("Tŷ’r dŵr".encode()) == "Tŷ’r dŵr"
        assert read("Tŷ".encode("utf-8-sig")) == "Tŷ"
        assert read("tîm’s – “a”…".encode("cp1252")) == "tîm’s – “a”…"

    @pytest.mark.parametrize(
        "data", [b"abc\0def", b"\x81\x8d\x8f", b"\x89PNG\r\n\x1a\n\x01\x02", "Tŷ".encode("utf-16")]
    )
    def test_binary_is_refused(self, data: bytes) -> None:
        with pytest.raises(NotAHallmarkPage) as caught:
            read(data)
        assert caught.value.reason is Refusal.BINARY


class TestTitles:
    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("Focused on “well-being”…", "focussed on 'Wellbeing'"),
            ("Well being", "WELL-BEING"),
            ("Centred on enquiry", "Centered on inquiry..."),
            ("Organisations practise", "organizations  practice"),
            ("Teaching & Leadership", "Teaching and leadership"),
            ("Wedi’i wreiddio mewn tîm", "wedi'i  wreiddio mewn tim"),
            ("Learner-centred", "learner centered"),
        ],
    )
    def test_same(self, a: str, b: str) -> None:
        assert same_title(a, b)

    @pytest.mark.parametrize(("a", "b"), [("", ""), ("…", "..."), ("Planned", "Planted"), ("Rooted in", "Rooted")])
    def test_different(self, a: str, b: str) -> None:
        assert not same_title(a, b)

    @given(st.text())
    def test_normal_form_of_itself(self, text: str) -> None:
        assert same_title(text, text) == bool(normalise_title(text).replace(" ", ""))


class TestLanguage:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            (ENGLISH, "en"),
            (WELSH, "cy"),
            ("Dysgu proffesiynol", "cy"),
            ("Cydweithio rhwng ysgolion", "cy"),
            ("Professional learning", "en"),
            ("Tŷ gwydr", "cy"),
        ],
    )
    def test_guess(self, text: str, language: str) -> None:
        guessed, sure = guess_language(text)
        assert guessed == language
        assert sure > 0.4

    def test_no_evidence(self) -> None:
        assert guess_language("2019 – 42") == ("en", 0.0)

    def test_given_language_overrules(self) -> None:
        assert parse(ENGLISH, language="cy").language == "cy"

    def test_english_references_do_not_make_a_welsh_page_english(self) -> None:
        entry = "Rees, A. (2019)\n\nThe one that is in the end of this and that with our own\n\n"
        assert replaced(WELSH, ("Rees, A. (2019)\n", entry * 30 + "Rees, A. (2019)\n")).language == "cy"


FRAGMENTS = [
    *ENGLISH.splitlines(), *WELSH.splitlines(), *BODY_ONLY.splitlines(),
    "", "...", "…", "&", " I ", "(2019)", "Rees (2019)", "A (2019) B (2020)", "(((", "Be inspired",
    "Mae…", "I", "— & —", "Cysylltiad", "<p>", "x" * 300,
]  # fmt: skip
pages = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=60), max_size=60).map("\n".join)


def texts_of(page: HallmarkPage) -> str:
    """All that a page kept, without white space."""
    kept = [page.title or "", page.lead_in or "", *page.paragraphs]
    kept += [item.text for item in page.unplaced]
    for entry in page.references:
        kept += [entry.heading, entry.body, entry.alternative or ""]
    for connection in page.connections:
        kept += [connection.framework or "", connection.printed]
    return "".join("".join(kept).split())


class TestAnyText:
    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=2000) | pages | pages.map(lambda text: ENGLISH + text))
    def test_every_line_is_accounted_for(self, text: str) -> None:
        try:
            page, roles = parse_with_roles(text)
        except NotAHallmarkPage:
            return
        blank = str.maketrans("", "", "\ufeff\u200b\u200c\u200d\u2060\u00ad")
        lines = {
            number: line.translate(blank).strip()
            for number, line in enumerate(text.splitlines(), start=1)
            if line.translate(blank).strip()
        }
        assert roles.keys() == lines.keys()
        assert sum(role is Role.UNPLACED for role in roles.values()) == len(page.unplaced)
        kept = texts_of(page)
        for number, role in roles.items():
            if role not in (Role.FURNITURE, Role.PANEL, Role.REFERENCE) and lines[number].isascii():
                assert "".join(lines[number].split()) in kept

    @given(st.binary(max_size=400))
    def test_any_bytes(self, data: bytes) -> None:
        try:
            assert isinstance(read(data), str)
        except NotAHallmarkPage as error:
            assert error.reason is Refusal.BINARY

    @pytest.mark.parametrize(
        "unit",
        [
            ENGLISH, WELSH, "a ", "(", "( ", "(a, 2019", "Rees, A. (2019)\n", "A Longer Road book cover\n",
            "Aa & Bb ", "x I Y ", "<a ", "...", "e\u0301\u0327", "Short line\n", "a\n", "A (n.d. ",
            "We asked heads for their case studies (Rees, 2019).\n", "A. ", "… ", "> ",
        ],
    )  # fmt: skip
    def test_a_long_text_is_read_or_refused(self, unit: str) -> None:
        text = ENGLISH + unit * (250_000 // len(unit))
        with contextlib.suppress(NotAHallmarkPage):
            parse(text)
