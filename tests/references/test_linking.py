"""Linking citations where a text is shown: nothing but links is added."""

import random
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from foundation.bilingual.addresses import address_in
from foundation.publishing.models import Edition
from foundation.publishing.prose import clean_prose
from hallmarks.models import HallmarkReference
from references.citations import Listed
from references.citations.linking import link_citations, plain
from tests.factories import CaseStudyFactory, HallmarkFactory, PageFactory, WorkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def linked(markup: str) -> str:
    pugh = WorkFactory.create(key="pugh-2018", family="Pugh", year=2018)
    rees = WorkFactory.create(key="rees-2019", family="Rees", year=2019)
    WorkFactory.create(key="only-a-draft", family="Tudur", year=2001)
    return link_citations(markup, [Listed(pugh), Listed(rees)], "en")


A = '<a class="citation" href="#ref-pugh-2018">'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>So (Pugh, 2018).</p>", f"<p>So ({A}Pugh, 2018</a>).</p>"),
        ("<h2>Pugh (2018)</h2>", f"<h2>{A}Pugh (2018)</a></h2>"),
        ("<p>(<em>see</em> Pugh, 2018; &amp; x)</p>", f"<p>(<em>see</em> {A}Pugh, 2018</a>; &amp; x)</p>"),
        ("<p>A &amp; B &lt;(Pugh, 2018)</p>", f"<p>A &amp; B &lt;({A}Pugh, 2018</a>)</p>"),
        ("<p>(Pugh,&nbsp;2018)</p>", f"<p>({A}Pugh,&nbsp;2018</a>)</p>"),
        ("<p>(<em>Pugh</em>, 2018)</p>", "<p>(<em>Pugh</em>, 2018)</p>"),
        ('<p><a href="/x">So (Pugh, 2018)</a></p>', '<p><a href="/x">So (Pugh, 2018)</a></p>'),
        ("<p>Pugh</p><p>(2018)</p>", "<p>Pugh</p><p>(2018)</p>"),
        ("<p>(Pugh,<br>2018)</p>", "<p>(Pugh,<br>2018)</p>"),
        ("<p>(Nobody, 2018; Tudur, 2001)</p>", "<p>(Nobody, 2018; Tudur, 2001)</p>"),
        ("", ""),
    ],
)
def test_marks(markup: str, expected: str) -> None:
    assert linked(markup) == expected


PIECES = [
    "<p>", "</p>", "<em>", "</em>", '<a href="/x">', "</a>", "<h2>", "</h2>", "<br>", "&amp;", "&lt;", "&nbsp;", "(", ")", "Pugh", ", ", "2018",
    "(Pugh, 2018)", "Rees (2019)", "; ", " ", "\n", "🎓", "ŵ", "&", "&#233;", "<", ">", "[", "’s", "&notin;x", "<li>", "</li>", "Pugh, 2018",
]  # fmt: skip


def text_of(markup: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", markup))


def test_no_character_of_the_text_changes(amount: Callable[[int, int], int], tell: Callable[[str], None]) -> None:
    chance = random.Random(11)
    texts, links = amount(2_000, 100_000), 0
    listed = [
        Listed(WorkFactory.create(key=f"w-{year}", family=name, year=year))
        for name, year in (("Pugh", 2018), ("Rees", 2019))
    ]
    for _ in range(texts):
        markup = "".join(chance.choices(PIECES, k=chance.randint(0, 30)))
        for safe in (markup, clean_prose(markup)):
            made = link_citations(safe, listed, "en")
            opened = re.findall(r'<a class="citation" href="#ref-w-20\d\d">[^<>]*</a>', made)
            assert re.sub(r'<a class="citation" href="[^"]*">([^<>]*)</a>', r"\1", made) == safe
            assert text_of(made) == text_of(safe)
            assert made.count('class="citation"') == len(opened)
            links += len(opened)
    tell(f"{texts} generated texts, {links} links")


def test_the_text_that_is_searched() -> None:
    assert plain("<p>A&nbsp;&amp; <em>b</em></p><p>c<br>d</p>").text == "\n\nA\xa0& b\n\n\n\nc\nd\n\n"


def set_body(edition: Edition, **bodies: str) -> None:
    for field, body in bodies.items():
        setattr(edition, field, body)
    edition.save()


def test_on_the_pages(client: Client) -> None:
    listed = WorkFactory.create(key="pugh-2018", family="Pugh", year=2018)
    elsewhere = WorkFactory.create(key="rees-2019", family="Rees", year=2019)
    WorkFactory.create(key="only-a-draft", family="Tudur", year=2001)
    hallmark, other = HallmarkFactory.create(number=1), HallmarkFactory.create(number=2)
    body = "<p>So (Pugh, 2018; Rees, 2019; Tudur, 2001).</p>"
    set_body(hallmark.editions.get(), body_en=body, body_cy=body)
    HallmarkReference.objects.create(edition=hallmark.editions.get(), work=listed)
    HallmarkReference.objects.create(edition=other.editions.get(), work=elsewhere)
    case = CaseStudyFactory.create(status="published", edition__context_en=body, edition__context_cy=body)
    page = PageFactory.create()
    set_body(page.editions.get(), body_en=body, body_cy=body)
    for language, path in (("en", "/en/references/"), ("cy", "/cy/cyfeiriadau/")):
        rees = f'<a class="citation" href="{path}rees-2019/">Rees, 2019</a>; Tudur, 2001).'
        own = client.get(address_in(language, hallmark)).content.decode()
        assert f"So ({A}Pugh, 2018</a>; {rees}" in own
        assert 'id="ref-pugh-2018"' in own
        for shown in (case, page):
            pugh = f'<a class="citation" href="{path}pugh-2018/">Pugh, 2018</a>'
            assert f"So ({pugh}; {rees}" in client.get(address_in(language, shown)).content.decode()
