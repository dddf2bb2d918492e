"""Works as data at public addresses, and the tags on pages: from published texts only, without editors' notes."""

import json
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casestudies.models import CaseStudyReference
from foundation.publishing.services import set_slug
from hallmarks.models import HallmarkReference
from references.exchange.formats import Format, read
from references.models import Work
from tests.factories import CaseStudyFactory, HallmarkFactory, WorkFactory
from tests.public.reading import read as read_page

pytestmark = [pytest.mark.django_db, pytest.mark.page]

CSL = {
    "id": "http://localhost/items/hidden-id", "type": "article-journal", "title": "Dysgu </script><b> & rhannu",
    "author": [{"family": "Rhys", "given": "Huw", "non-dropping-particle": "ap"}, {"literal": "Estyn"}],
    "issued": {"date-parts": [[2019, 2]]}, "container-title": "Cylchgrawn", "page": "12-34", "DOI": "10.1000/x", "language": "cy",
    "annote": "hidden-annotation", "_mine": "hidden-field",
    "custom": {"note": "hidden-note", "identity": "inferred-weak hidden-identity", "sources": ["hidden-source"], "title_cy": "Teitl"},
}  # fmt: skip
SHOWN = {
    **{name: CSL[name] for name in ("type", "title", "author", "issued", "container-title", "page", "DOI", "language")},
    "id": "rhys-2019", "custom": {"title_cy": "Teitl"},
}  # fmt: skip
TYPES = {
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}


@pytest.fixture
def site() -> dict[str, Any]:
    """A work in the list of a hallmark and of a case study; another in drafts alone."""
    work = WorkFactory.create(key="rhys-2019", csl=CSL, note="hidden-column")
    draft = WorkFactory.create(key="drafted", title="hidden-draft")
    hallmark = HallmarkFactory.create(number=1, slug_cy="nodwedd", slug_en="mark")
    HallmarkReference.objects.create(edition=hallmark.editions.get(), work=work)
    unpublished = HallmarkFactory.create(number=2, slug_cy="drafft", slug_en="draft", edition__stage="working")
    HallmarkReference.objects.create(edition=unpublished.editions.get(), work=draft)
    case = CaseStudyFactory.create(status="published", slug_cy="stori", slug_en="story")
    CaseStudyReference.objects.create(edition=case.editions.get(), work=work)
    return {"work": work, "hallmark": hallmark, "case": case}


ADDRESSES = {
    "/en/references": "references", "/cy/cyfeiriadau": "cyfeiriadau",
    "/en/references/rhys-2019": "rhys-2019", "/cy/cyfeiriadau/rhys-2019": "rhys-2019",
    "/en/hallmarks/mark/references": "mark", "/cy/nodweddion/nodwedd/cyfeiriadau": "nodwedd",
    "/en/case-studies/story/references": "story", "/cy/astudiaethau-achos/stori/cyfeiriadau": "stori",
}  # fmt: skip


@pytest.mark.parametrize("file_format", list(Format))
@pytest.mark.parametrize("address", ADDRESSES)
def test_published_works_are_handed_out_without_what_editors_noted(
    site: dict[str, Any], client: Client, address: str, file_format: Format
) -> None:
    answer = client.get(f"{address}.{file_format.value}")
    assert (answer.status_code, answer["Content-Type"]) == (200, TYPES[file_format])
    assert answer["Content-Disposition"] == f'attachment; filename="{ADDRESSES[address]}.{file_format.value}"'
    assert read(answer.content) == [SHOWN]
    assert [word for word in ("hidden", "testserver") if word in answer.content.decode()] == []
    assert client.get(f"{address}.{file_format.value}", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_independent_readers_read_them(site: dict[str, Any], client: Client) -> None:
    [ris] = rispy.loads(client.get("/en/references.ris").content.decode())
    assert (ris["id"], ris["authors"], ris["secondary_title"]) == ("rhys-2019", ["ap Rhys, Huw", "Estyn"], "Cylchgrawn")
    library = parse_string(client.get("/en/references.bib").content.decode())
    assert [(entry.key, entry["author"]) for entry in library.entries] == [("rhys-2019", "ap Rhys, Huw and {Estyn}")]
    assert json.loads(client.get("/en/references.json").content) == [SHOWN]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/cy/references.ris", "/cy/cyfeiriadau.ris"),
        ("/cy/nodweddion/nodwedd/references.bib", "/cy/nodweddion/nodwedd/cyfeiriadau.bib"),
        ("/cy/astudiaethau-achos/stori/references.json", "/cy/astudiaethau-achos/stori/cyfeiriadau.json"),
        ("/en/cyfeiriadau.ris", "/en/references.ris"),
    ],
)
def test_the_name_in_the_other_language_leads_to_its_own(
    site: dict[str, Any], client: Client, address: str, leads_to: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, leads_to)


@pytest.mark.parametrize(
    "address",
    [
        "/en/hallmarks/draft/references.ris", "/cy/nodweddion/drafft/cyfeiriadau.bib", "/en/references/drafted.json",
        "/en/references/nobody.ris", "/en/case-studies/nowhere/references.ris", "/en/references.xml", "/en/references/rhys-2019.xml",
    ],
)  # fmt: skip
def test_what_is_not_published_is_not_there(site: dict[str, Any], client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_changed_slug_leads_to_the_new_list(site: dict[str, Any], client: Client) -> None:
    set_slug(content=site["hallmark"], language="en", slug="new")
    assert client.get("/en/hallmarks/mark/references.ris")["Location"] == "/en/hallmarks/new/references.ris"
    assert client.post("/en/references.ris").status_code == 405


QUERIES = {
    "/en/references.bib": 1,
    "/en/references/rhys-2019.ris": 1,
    "/en/hallmarks/mark/references.ris": 2,
    "/en/case-studies/story/references.ris": 2,
}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(site: dict[str, Any], client: Client, rows: int) -> None:
    for kind, content in ((HallmarkReference, "hallmark"), (CaseStudyReference, "case")):
        for _time in range(rows - 1):
            kind.objects.create(edition=site[content].editions.get(), work=WorkFactory.create())
    found = {}
    for address in QUERIES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found[address] = len(queries)
    assert found == QUERIES


PAGES = {
    "/en/references/": ("/en/references", "Download these references:"),
    "/cy/cyfeiriadau/": ("/cy/cyfeiriadau", None),
    "/en/references/rhys-2019/": ("/en/references/rhys-2019", "Download this reference:"),
    "/en/hallmarks/mark/": ("/en/hallmarks/mark/references", "Download these references:"),
    "/cy/nodweddion/nodwedd/": ("/cy/nodweddion/nodwedd/cyfeiriadau", None),
    "/en/case-studies/story/": ("/en/case-studies/story/references", "Download these references:"),
}


@pytest.mark.parametrize("address", PAGES)
def test_pages_offer_their_lists_and_hold_spans_for_zotero(site: dict[str, Any], client: Client, address: str) -> None:
    answer = client.get(address)
    page = read_page(answer)
    stem, said = PAGES[address]
    links = [link.attributes["href"] for link in page.all("a") if "download" in link.attributes]
    assert links == [f"{stem}.{suffix}" for suffix in ("ris", "bib", "json")]
    assert said is None or said in answer.content.decode()
    [span] = page.all("span", class_="Z3988")
    assert span.attributes["title"] == (
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rfr_id=info%3Asid%2Fzotero.org%3A2"
        "&rft_id=info%3Adoi%2F10.1000%2Fx&rft.genre=article&rft.atitle=Dysgu+%3C%2Fscript%3E%3Cb%3E+%26+rhannu"
        "&rft.jtitle=Cylchgrawn&rft.aulast=ap+Rhys&rft.aufirst=Huw&rft.au=ap+Rhys%2C+Huw&rft.au=Estyn&rft.date=2019-02"
        "&rft.pages=12-34&rft.language=cy"
    )
    assert "hidden-" not in answer.content.decode()


def meta(client: Client, address: str) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    answer = client.get(address).content.decode()
    start = answer.index('<script type="application/ld+json">') + len('<script type="application/ld+json">')
    data = json.loads(answer[start : answer.index("</script>", start)])
    tags = [one.attributes for one in read_page(client.get(address)).all("meta") if "name" in one.attributes]
    wanted = ("citation_", "DC.")
    return [(one["name"], one["content"]) for one in tags if one["name"].startswith(wanted)], data


def test_the_page_of_a_work_describes_the_work(site: dict[str, Any], client: Client) -> None:
    tags, data = meta(client, "/en/references/rhys-2019/")
    assert tags == [
        ("citation_title", CSL["title"]), ("citation_author", "ap Rhys, Huw"), ("citation_author", "Estyn"),
        ("citation_publication_date", "2019/02"), ("citation_doi", "10.1000/x"), ("citation_journal_title", "Cylchgrawn"),
        ("citation_firstpage", "12"), ("citation_lastpage", "34"), ("citation_language", "cy"), ("DC.title", CSL["title"]),
        ("DC.creator", "ap Rhys, Huw"), ("DC.creator", "Estyn"), ("DC.date", "2019-02"), ("DC.language", "cy"),
        ("DC.identifier", "doi:10.1000/x"),
    ]  # fmt: skip
    assert (data["@context"], data["@type"], data["name"]) == ("https://schema.org", "ScholarlyArticle", CSL["title"])
    assert data["author"] == [
        {"@type": "Person", "familyName": "ap Rhys", "givenName": "Huw"}, {"@type": "Organization", "name": "Estyn"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "language"),
    [("/en/hallmarks/mark/", "en"), ("/cy/nodweddion/nodwedd/", "cy"), ("/en/case-studies/story/", "en")],
)
def test_the_page_of_a_text_describes_the_text(
    site: dict[str, Any], client: Client, address: str, language: str
) -> None:
    tags, data = meta(client, address)
    edition = site["case" if "case" in address else "hallmark"].editions.get()
    title = getattr(edition, f"title_{language}")
    day = edition.live_since.date()
    found = dict(tags)
    assert (found["citation_title"], found["DC.title"], found["citation_language"]) == (title, title, language)
    assert (found["citation_publication_date"], found["DC.date"]) == (f"{day:%Y/%m/%d}", day.isoformat())
    assert found["citation_public_url"] == found["DC.identifier"] == f"http://testserver{address}"
    assert (data["name"], data["inLanguage"]) == (title, language)
    assert [one["name"] for one in data["citation"]] == [CSL["title"]]


@pytest.mark.parametrize(
    "kind", ["book", "chapter", "report", "thesis", "webpage", "post-weblog", "paper-conference", "map"]
)
def test_every_kind_of_work_has_tags(kind: str, client: Client, site: dict[str, Any]) -> None:
    item = {
        "id": "k",
        "type": kind,
        "title": "T",
        "editor": [{"literal": "Estyn"}],
        "publisher": "P",
        "container-title": "C",
    }
    work = WorkFactory.create(key="k", csl=item)
    HallmarkReference.objects.create(edition=site["hallmark"].editions.get(), work=work)
    tags, data = meta(client, "/en/references/k/")
    assert ("citation_title", "T") in tags
    assert data["name"] == "T"
    assert Work.objects.published().filter(pk=work.pk).exists()
