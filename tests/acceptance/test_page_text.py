"""Acceptance: the parser on the reference documents, against what a careful reader found there.

The documents lie beside the repository, in `../shared/`, and are never copied into it.
"""

import json
from typing import Any

import pytest

from hallmarks.page_text import (
    NotAHallmarkPage,
    Refusal,
    Role,
    parse,
    parse_with_roles,
    read,
    same_title,
)
from tests.conftest import SHARED

FACTS: dict[str, Any] = json.loads((SHARED / "facts/citations.json").read_text("utf-8"))
LINKS = {
    link["seed"]: link
    for link in json.loads((SHARED / "facts/frameworks.json").read_text("utf-8"))["links"]
    if link["seed"]
}
each_page = pytest.mark.parametrize("facts", FACTS["pages"], ids=lambda facts: facts["key"])


def text_of(facts: dict[str, Any]) -> str:
    return read((SHARED / facts["text_file"]).read_bytes())


def test_all_four_are_there() -> None:
    assert len(FACTS["pages"]) == 4
    assert LINKS.keys() == {facts["seed"] for facts in FACTS["pages"]}


@each_page
def test_head(facts: dict[str, Any]) -> None:
    page = parse(text_of(facts))
    in_text = "title_note" not in facts
    assert page.title == (facts["title"] if in_text else None)
    assert page.lead_in == facts["lead_in"]
    assert page.language == "en"


@each_page
def test_every_citation_is_in_the_body(facts: dict[str, Any]) -> None:
    body = "\n".join(parse(text_of(facts)).paragraphs)
    for group in {citation["group_as_printed"] for citation in facts["citations"]}:
        assert group in body


@each_page
def test_references_as_printed_in_order(facts: dict[str, Any]) -> None:
    text, page = text_of(facts), parse(text_of(facts))
    listed = facts["reference_list"] or []
    assert [(e.heading, e.authors, e.year, e.body) for e in page.references] == [
        (e["as_printed"], e["authors_as_printed"], e["year"], e["body_as_printed"]) for e in listed
    ]
    assert [e.line for e in page.references] == [text[: e["char_start"]].count("\n") + 1 for e in listed]


@each_page
def test_stray_lines_are_the_alternative_of_the_entry_below(facts: dict[str, Any]) -> None:
    page = parse(text_of(facts))
    stray = FACTS["discrepancies"].get(facts["key"], {}).get("stray_lines_in_list", [])
    assert [e.alternative for e in page.references if e.alternative] == stray
    for entry in page.references:
        title = (entry.alternative or "").removesuffix(" book cover").casefold()
        assert title.replace(":", "") in entry.body.casefold().replace(":", "")


@each_page
def test_connections(facts: dict[str, Any]) -> None:
    link = LINKS[facts["seed"]]
    seen = link["headings_visible"]
    assert [(found.framework, found.printed, found.strands) for found in parse(text_of(facts)).connections] == [
        (
            block["framework"] if seen else None,
            block["as_printed"],
            tuple(item["text"] for item in block["items"]),
        )
        for block in link["blocks"]
    ]


@each_page
def test_nothing_is_left_over(facts: dict[str, Any]) -> None:
    text = text_of(facts)
    assert parse(text).unplaced == ()
    blank = [not line.strip() for line in text.splitlines()]
    assert len(parse_with_roles(text)[1]) == blank.count(False)


@each_page
def test_panels_are_not_in_the_body(facts: dict[str, Any]) -> None:
    _page, roles = parse_with_roles(text_of(facts))
    panels = sorted(number for number, role in roles.items() if role is Role.PANEL)
    assert panels[-1] == max(roles)
    assert panels == [number for number in sorted(roles) if number >= panels[0]]


@each_page
def test_title_and_names_known_to_the_site_change_nothing(facts: dict[str, Any]) -> None:
    names = [block["framework"] for link in LINKS.values() for block in link["blocks"]]
    strands = [item["text"] for link in LINKS.values() for block in link["blocks"] for item in block["items"]]
    text = text_of(facts)
    titles = [other["title"].upper() for other in FACTS["pages"]]
    page = parse(text, titles=titles, frameworks=[*names, *strands])
    assert page == parse(text)
    assert page.title is None or any(same_title(page.title, title) for title in titles)


def test_a_blog_post_is_refused() -> None:
    (post,) = (SHARED / "seeds").glob("004*.txt")
    with pytest.raises(NotAHallmarkPage) as caught:
        parse(read(post.read_bytes()))
    assert caught.value.reason is Refusal.NOT_THIS_KIND
