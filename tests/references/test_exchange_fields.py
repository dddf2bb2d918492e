"""What each format holds in fields of its own is what the documentation says; readers that are not ours find every field."""

import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc import NAMES
from citeproc.source.json import CiteProcJSON
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from hallmarks.models import HallmarkReference
from references.exchange.formats import Format, read, write
from references.exchange.items import PUBLIC
from tests.factories import HallmarkFactory, WorkFactory

DOCUMENT = (Path(__file__).parents[2] / "docs/bibliography.md").read_text(encoding="utf-8")
SECTION = DOCUMENT[DOCUMENT.index("**What a format cannot hold.**") : DOCUMENT.index("**Tags.**")]
KINDS = ("book", "chapter", "article-journal", "report", "webpage", "thesis")
#: The words of the table, and the kinds of work that they mean.
WHERE = {
    "always": set(KINDS),
    "never": set(),
    "of articles": {"article-journal"},
    "not of articles": {*KINDS} - {"article-journal"},
    "of books": {"book"},
    "not of books": {*KINDS} - {"book"},
}
DATES = {"accessed", "available-date", "event-date", "issued", "original-date", "submitted"}
VARIABLES = sorted(PUBLIC - {"id", "type", "title"})
MARK = "marked17"
OWN = {Format.RIS: "custom8", Format.BIBTEX: "csl-rest"}


def documented() -> dict[str, dict[Format, set[str]]]:
    """The table: for each variable, the kinds of work for which a format has a field."""
    found = {}
    for names, ris, bibtex in re.findall(r"^\| (`.*`) \| ([\w ]+) \| ([\w ]+) \|$", SECTION, re.MULTILINE):
        for name in re.findall(r"`([^`]+)`", names):
            found[name] = {Format.RIS: WHERE[ris], Format.BIBTEX: WHERE[bibtex]}
    return found


def value_of(variable: str) -> Any:
    if variable in DATES:
        return {"date-parts": [[1917, 3, 4]]}
    if variable.replace("-", "_") in NAMES:
        return [{"family": MARK, "given": "Ann"}]
    return f"https://example.org/{MARK}" if variable == "URL" else MARK


def every_item(kind: str) -> list[dict[str, Any]]:
    """For each variable of CSL a work with that alone."""
    return [{"id": name, "type": kind, "title": "T", name: value_of(name)} for name in VARIABLES]


def records(text: str, file_format: Format) -> list[tuple[str, str]]:
    """What stands in the file's own fields, and in ours, by the independent reader of its format."""
    if file_format == Format.RIS:
        found: list[dict[str, Any]] = rispy.loads(text)
    else:
        library = parse_string(text)
        assert library.failed_blocks == []
        found = [{field.key: field.value for field in entry.fields} for entry in library.entries]
    ours = OWN[file_format]
    return [
        (json.dumps([value for name, value in one.items() if name not in (ours, "id")]), one.get(ours, "{}"))
        for one in found
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file_format", list(OWN))
def test_every_field_is_found_where_the_documentation_says(file_format: Format, kind: str) -> None:
    items = every_item(kind)
    found = records(write(items, file_format), file_format)
    assert len(found) == len(items) > 90
    said = {name for name, formats in documented().items() if kind in formats[file_format]}
    own_field = set()
    for item, (fields, rest) in zip(items, found, strict=True):
        kept = json.loads(rest).get("csl", {})
        if item["id"] in kept:
            assert kept == {item["id"]: item[item["id"]]}
        else:
            assert (MARK in fields) + ("1917" in fields) == 1
            own_field.add(item["id"])
    assert own_field == said


def test_the_table_names_variables_of_csl_only() -> None:
    assert set(documented()) <= PUBLIC
    assert len(documented()) > 30


def test_citeproc_reads_every_field() -> None:
    items = json.loads(write(every_item("book"), Format.CSL_JSON))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of variables that it knows no place for in any style
        found = CiteProcJSON(items)
    for item in items:
        name = item["id"].replace("-", "_").replace("shortTitle", "title_short")
        value = found[item["id"].lower()][name]
        assert ("1917" if item["id"] in DATES else MARK) in str(value[0]["family"] if name in NAMES else value)


@pytest.mark.django_db
@pytest.mark.parametrize("file_format", list(OWN))
def test_a_public_list_holds_every_field_of_a_work(file_format: Format, client: Client) -> None:
    whole = {"id": "k", "type": "article-journal", "title": "T"} | {name: value_of(name) for name in VARIABLES}
    work = WorkFactory.create(key="k", csl={**whole, "annote": "hidden"})
    HallmarkReference.objects.create(edition=HallmarkFactory.create(number=1).editions.get(), work=work)
    text = client.get(f"/en/references.{file_format.value}").content.decode()
    assert read(text) == [whole]
    [(fields, rest)] = records(text, file_format)
    said = {name for name, formats in documented().items() if "article-journal" in formats[file_format]}
    kept = json.loads(rest)["csl"]
    assert set(kept) | said == set(VARIABLES)
    assert (fields.count(MARK) >= len(said - DATES), "hidden" in text) == (True, False)


# --- what is changed without our field ------------------------------------------------------------------------------------------


def without_rest(item: dict[str, Any], file_format: Format) -> dict[str, Any]:
    """As it comes back when another program has rewritten the file."""
    text = re.sub(r"^(C8  - |\tcsl-rest = ).*\n", "", write([item], file_format), flags=re.MULTILINE)
    assert not any(word in text for word in ("C8  -", "csl-rest"))
    [found] = read(text)
    return found


PLAIN = {"id": "plain-2019", "type": "book", "title": "Plain", "issued": {"date-parts": [[2019]]}}
LOST: list[tuple[str, Format, dict[str, Any]]] = [
    ("a name with a comma is a body’s", Format.RIS, {"author": [{"literal": "Teaching, Wales"}]}),
    ("capitalised particles", Format.RIS, {"author": [{"family": "Berg", "non-dropping-particle": "Van", "given": "J."}]}),
    ("ranges", Format.RIS, {"issued": {"date-parts": [[2019], [2020]]}}),
    ("in words", Format.RIS, {"issued": {"literal": "about 2019"}}),
    ("approximate", Format.RIS, {"issued": {"date-parts": [[2019]], "circa": True}}),
    ("small words in a given name", Format.RIS, {"author": [{"family": "Berg", "given": "Jan van"}]}),
    ("numbers that are not text", Format.RIS, {"volume": 12}),
    ("several lines in a field", Format.RIS, {"abstract": "One.\nTwo."}),
    ("types without a tag", Format.RIS, {"type": "interview"}),
    ("all but the official Welsh title in `custom`", Format.RIS, {"custom": {"title_cy": "Plaen", "url_cy": "https://e.org"}}),
    ("types without an entry type", Format.BIBTEX, {"type": "post-weblog"}),
    ("names in parts that BibTeX orders otherwise", Format.BIBTEX, {"author": [{"family": "Berg", "non-dropping-particle": "Van"}]}),
    ("small words in a given name", Format.BIBTEX, {"author": [{"family": "Berg", "given": "Jan van"}]}),
    ("ranges", Format.BIBTEX, {"issued": {"date-parts": [[2019], [2020]]}}),
    ("in words", Format.BIBTEX, {"issued": {"literal": "about 2019"}}),
    ("approximate", Format.BIBTEX, {"issued": {"date-parts": [[2019]], "circa": True}}),
    ("numbers that are not text", Format.BIBTEX, {"volume": 12}),
    ("several lines in a field", Format.BIBTEX, {"abstract": "One.\nTwo."}),
    ("`--` and quotation marks", Format.BIBTEX, {"page": "1--2"}),
    ("addresses with braces or backslashes", Format.BIBTEX, {"URL": "https://example.org/{a}"}),
    ("keys with other signs", Format.BIBTEX, {"id": "a b"}),
    ("`custom`", Format.BIBTEX, {"custom": {"title_cy": "Plaen"}}),
]  # fmt: skip


@pytest.mark.parametrize(("named", "file_format", "changed"), LOST)
def test_what_is_lost_without_our_field_is_named_in_the_documentation(
    named: str, file_format: Format, changed: dict[str, Any]
) -> None:
    begins = {Format.RIS: "* RIS:", Format.BIBTEX: "* BibTeX:"}[file_format]
    both = SECTION[SECTION.index("* RIS and BibTeX:") : SECTION.index("* RIS:")]
    own = SECTION[SECTION.index(begins) :].split("\n* ")[0]
    assert named in " ".join((both + own).split())
    item = PLAIN | changed
    assert without_rest(item, file_format) != item
    assert read(write([item], file_format)) == [item]


@pytest.mark.parametrize("file_format", list(OWN))
def test_of_plain_works_nothing_is_lost_without_our_field(file_format: Format) -> None:
    words = st.from_regex(r"[A-Z][a-zŵŷéô]{1,8}( [a-zŵŷéô]{2,8}){0,3}", fullmatch=True)
    person = st.fixed_dictionaries(
        {
            "family": st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True),
            "given": st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z]\.){0,2}", fullmatch=True),
        }
    )
    body = st.fixed_dictionaries({"literal": words})
    date = st.tuples(st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 28)).flatmap(
        lambda parts: st.sampled_from([{"date-parts": [list(parts[:size])]} for size in (1, 2, 3)])
    )
    people, dates, others = ("author", "editor", "translator"), ("issued",), ("container-title", "publisher", "volume")

    @settings(max_examples=60, deadline=None)
    @given(
        st.fixed_dictionaries(
            {
                "id": st.from_regex(r"[a-z]{3,8}-[12][0-9]{3}", fullmatch=True),
                "type": st.sampled_from(KINDS),
                "title": words,
            },
            optional={
                **dict.fromkeys(people, st.lists(person | body, min_size=1, max_size=3)),
                **dict.fromkeys(dates, date),
                **dict.fromkeys((*others, "publisher-place", "edition", "language", "abstract", "note"), words),
            },
        )
    )
    def check(item: dict[str, Any]) -> None:
        assert without_rest(item, file_format) == item

    check()
