"""The published style, as citeproc-py ships it, with what it lacks: parsed once in a process for each language."""

from functools import cache
from io import BytesIO
from pathlib import Path

from citeproc import STYLES_PATH, CitationStylesStyle
from lxml import etree

from references.styles.marks import AND

STYLE = "harvard-cite-them-right.csl"
LOCALES = {"cy": "cy-GB", "en": "en-GB"}

#: Variables that are printed as they are and stand nowhere else in the style.
YEAR_VARIABLE, DAY_VARIABLE = "year-suffix", "annote"

#: Where citeproc's Welsh terms are wrong, or differ from what Welsh reference lists print. The name, the form, the words.
WELSH_TERMS = (
    ("and", "", AND),  # it has "a/ac", for the writer to choose from
    ("available at", "", "ar gael yn"),  # it has "ar gael", without the preposition that the address needs
    ("accessed", "", "cyrchwyd"),  # it has "gwelwyd", which is "was seen"
    ("volume", "short", "cyf."),  # it has "rhif.", which is "number"
)

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def _one(root: etree._Element, path: str) -> etree._Element:
    prefixed = "/".join(f"c:{step}" if step not in ("", "..") else step for step in path.split("/"))
    (found,) = root.xpath(prefixed, namespaces={"c": _NAMESPACE})
    return found


def _xml(element: etree._Element) -> str:
    xml: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return xml


def _replace(element: etree._Element, xml: str) -> None:
    made = etree.fromstring(f'<made xmlns="{_NAMESPACE}">{xml}</made>')[0]
    element.getparent().replace(element, made)


def _add_welsh_terms(root: etree._Element) -> None:
    terms = "".join(
        f'<term name="{name}"{f" form={form!r}" if form else ""}>{words}</term>' for name, form, words in WELSH_TERMS
    )
    made = etree.fromstring(f'<locale xmlns="{_NAMESPACE}"><terms>{terms}</terms></locale>')
    made.set(f"{_XML}lang", LOCALES["cy"])
    _one(root, "locale").addprevious(made)


def _leave_dates_to_us(root: etree._Element) -> None:
    """The style prints our texts for the year, and for the day of a newspaper: citeproc breaks on a range of dates and prints
    literal dates whole, and the style's "no date" is not the "n.d." that texts cite."""
    _replace(_one(root, "macro[@name='year-date']/choose"), f'<text variable="{YEAR_VARIABLE}"/>')
    _replace(_one(root, "macro[@name='published-date']/choose/if/date"), f'<text variable="{DAY_VARIABLE}"/>')


def _name_people_once(root: etree._Element) -> None:
    """Editors and translators who stand as authors are not named again after the title."""
    after_title = _one(root, "macro[@name='secondary-contributors']/choose/if/names")
    both = _xml(after_title)
    translator = both.replace("editor translator", "translator")
    _replace(
        after_title,
        f'<choose><if variable="author">{both}</if><else-if variable="editor">{translator}</else-if></choose>',
    )
    in_a_book = _one(root, "macro[@name='editor']//if[@variable='container-author']/names")
    _replace(in_a_book, f'<choose><if variable="author">{_xml(in_a_book)}</if></choose>')


def _print_titles_once(root: etree._Element) -> None:
    """Nor is the title printed again of a work without people, or of its journal, which stands in their place."""
    people = 'variable="author editor translator" match="any"'
    articles = 'type="article-newspaper article-magazine article-journal" match="{}"'
    place = "bibliography/layout/group/group/group"
    for path, match in (
        (f"{place}/text[@macro='title']", "any"),
        (f"{place}/group/text[@macro='container-title']", "none"),
    ):
        text = _one(root, path)
        again = f"<else-if {articles.format(match)}>{_xml(text)}</else-if>"
        _replace(text, f"<choose><if {people}>{_xml(text)}</if>{again}</choose>")


def _claim_no_preprint(root: etree._Element) -> None:
    """An article without volume and pages is called "[Preprint]", in English, though it may well be published."""
    claim = _one(root, "macro[@name='container-title']//text[@value='Preprint']/../../..")
    claim.getparent().remove(claim)


def _count_volumes(root: etree._Element) -> None:
    """ "(3 vols)": citeproc looks for the plural in the number of a volume, which such a work has not."""
    _one(root, "macro[@name='number-volumes']//label").set("plural", "always")


def _put_no_comma_before_and(root: etree._Element) -> None:
    """ "A, B, and C" for editors, beside "A, B and C" for authors; Welsh has no comma there either."""
    for name in root.iter(f"{{{_NAMESPACE}}}name"):
        name.set("delimiter-precedes-last", "never")


#: Each fails loudly where the shipped style no longer has the place that it mends.
CORRECTIONS = (
    _leave_dates_to_us,
    _name_people_once,
    _print_titles_once,
    _claim_no_preprint,
    _count_volumes,
    _put_no_comma_before_and,
    _add_welsh_terms,
)


@cache
def style_in(language: str) -> CitationStylesStyle:
    """The style in the terms of "cy" or "en"."""
    root = etree.parse(Path(STYLES_PATH) / STYLE).getroot()
    for correct in CORRECTIONS:
        correct(root)
    return CitationStylesStyle(BytesIO(etree.tostring(root)), locale=LOCALES[language], validate=False)
