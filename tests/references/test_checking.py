"""The rules of the check, each on a text made for it; and the check of editions in the database."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.bilingual.languages import speaking
from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.people.models import User
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from hallmarks.models import HallmarkEdition, HallmarkReference
from references.checking import services
from references.checking.findings import Finding
from references.checking.kinds import Kind, Level
from references.checking.messages import advice, wrong
from references.checking.overview import Checkup, Shown, check_all, check_edition
from references.checking.rules import check, check_both
from references.checking.texts import Entry, Mention, Text
from references.models import CitationLink, Excuse, Work
from tests.factories import CaseStudyFactory, HallmarkEditionFactory, HallmarkFactory, PageFactory, WorkFactory

pytestmark = pytest.mark.page

A = Work(pk=1, key="ellis-2019", creators="Ellis, A.", title="On lanterns", year=2019)
B = Work(pk=2, key="pryce-2020", creators="Pryce, B.", title="On ladders", year=2020)


def mention(printed: str = "Ellis, 2019", **given: Any) -> Mention:
    return Mention(**{"field": "body", "as_printed": printed, "year": "2019", "occurrence": 1, "how": "list", **given})


def kinds(*mentions: Mention, entries: Any, **given: Any) -> list[tuple[str, str]]:
    found = check(Text("en", mentions, entries, **given))
    return [(finding.kind.value, finding.level.value) for finding in found]


LISTED = mention(work=A)


@pytest.mark.parametrize(
    ("mentions", "entries", "expected"),
    [
        ([], [], []),
        ([LISTED], [Entry(A)], []),
        ([mention(how="none")], [Entry(A)], [("cited_not_listed", "warning"), ("listed_never_cited", "warning")]),
        ([LISTED, mention("Pryce, 2020", how="bibliography", work=B)], [Entry(A)], [("cited_not_listed", "warning")]),
        ([LISTED, mention("Pryce, 2020", how="link", work=B)], [Entry(A)], [("cited_not_listed", "warning")]),
        ([LISTED], [Entry(A), Entry(B)], [("listed_never_cited", "warning")]),
        ([LISTED], [Entry(A), Entry(B, is_elsewhere=True)], []),
        ([mention(work=A, notes=frozenset({"year_mismatch"}))], [Entry(A)], [("year_mismatch", "warning")]),
        ([mention(work=A, notes=frozenset({"name_form"}))], [Entry(A)], [("name_form_mismatch", "warning")]),
        ([mention(work=A, notes=frozenset({"case"}))], [Entry(A)], [("spelling_case_mismatch", "warning")]),
        ([mention(work=A, notes=frozenset({"spelling"}))], [Entry(A)], [("spelling_case_mismatch", "warning")]),
        ([mention(work=A, notes=frozenset({"abbreviation"}))], [Entry(A)], [("abbreviation_vs_full", "information")]),
        ([mention(work=A, how="link", notes=frozenset({"year_mismatch"}))], [Entry(A)], []),
        ([mention(work=A, year=None)], [Entry(A)], [("mention_without_year", "warning")]),
        ([LISTED, mention("the Lantern Series", year=None, how="none")], [Entry(A)], []),
        ([mention(how="ambiguous", candidates=(A, B))], [Entry(A), Entry(B)], [("ambiguous", "warning")]),
        ([mention(how="ambiguous", candidates=(A, B))], [], [("reference_list_absent", "warning")]),
        ([mention(how="none"), mention(how="none", occurrence=2)], [], [("reference_list_absent", "warning")]),
        ([mention("the Lantern Series", year=None, how="none")], [], []),
        ([mention("Ellis 2019", work=A)], [Entry(A)], [("punctuation_inconsistency", "information")]),
        (
            [mention(work=A, authors="Ellis"), mention("Ellis, 2020", year="2020", work=A, authors="Ellis")],
            [Entry(A)],
            [("same_author_multiple_years", "information")],
        ),
    ],
)  # fmt: skip
def test_what_a_text_tells(mentions: Any, entries: Any, expected: list[tuple[str, str]]) -> None:
    assert kinds(*mentions, entries=entries) == expected


def test_the_source_publication_need_not_be_cited() -> None:
    assert kinds(LISTED, entries=[Entry(A), Entry(B)], source_key=B.key) == []


def test_nothing_is_asked_of_a_text_without_words() -> None:
    assert kinds(entries=[Entry(A)], has_words=False) == []


@pytest.mark.parametrize(("in_step", "level"), [(True, "warning"), (False, "information")])
def test_a_work_cited_in_one_language_alone(in_step: bool, level: str) -> None:
    cy = Text("cy", [mention(work=A), mention("Pryce, 2020", work=B)], [Entry(A), Entry(B)])
    en = Text("en", [LISTED], [Entry(A), Entry(B, is_elsewhere=True)])
    found = check_both(cy, en, in_step=in_step)
    assert [(one.kind, one.level, one.language, one.as_printed) for one in found] == [
        (Kind.DIFFERENT_IN_LANGUAGES, level, "cy", "Pryce, 2020")
    ]
    assert check_both(cy, Text("en", has_words=False), in_step=True) == []


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["cy", "en"])
def test_each_finding_says_what_is_wrong_and_what_to_do(kind: Kind, language: str) -> None:
    finding = Finding(kind, Level.WARNING, language, "body", "Ellis, 2019", entry="Ellis, A. (2019)", works=(A,))
    with speaking(language):
        said = wrong(finding)
        assert "%(" not in said + advice(finding)
        assert len({said, advice(finding), ""}) == 3
    assert ("Ellis, 2019" in said) is (kind != Kind.REFERENCE_LIST_ABSENT)


# --- in the database ------------------------------------------------------------------------------------------------------


def edition_of(body_en: str = "", body_cy: str = "", works: Any = (), **fields: Any) -> HallmarkEdition:
    number = fields.pop("number", 1)
    HallmarkFactory.create(
        number=number,
        edition__body_en=body_en,
        edition__body_cy=body_cy or body_en,
        edition__works=list(works),
        **fields,
    )
    return HallmarkEdition.objects.select_related("content").get(content__number=number)


def checkup_of(edition: Any) -> Checkup:
    found = check_edition(edition)
    assert found is not None
    return found


def told(edition: Any) -> list[tuple[str, str, str, int]]:
    return [
        (one.finding.kind.value, one.finding.language, one.finding.as_printed, one.finding.occurrence)
        for one in checkup_of(edition).open
    ]


def ellis(**fields: Any) -> Work:
    return WorkFactory.create(
        **{"key": "ellis-2019", "family": "Ellis", "title": "On lanterns", "year": 2019, **fields}
    )


def test_an_edition_is_checked_in_both_languages(db: None) -> None:
    en = "<p>Lanterns help (Ellis, 2019; Pryce, 2020). They last (Pryce, 2020).</p>"
    edition = edition_of(
        en, "<p>Mae llusernau’n helpu (Ellis, 2019).</p>", [ellis(), WorkFactory.create(family="Rees")]
    )
    rees = str(HallmarkReference.objects.get(position=1).printed_en).split("\n")[0]
    assert sorted(told(edition)) == [
        ("cited_not_listed", "en", "Pryce, 2020", 1),
        ("cited_not_listed", "en", "Pryce, 2020", 2),
        ("listed_never_cited", "cy", rees, 0),
        ("listed_never_cited", "en", rees, 0),
    ]


def test_what_is_compared_is_the_entry_as_printed_there(db: None) -> None:
    edition = edition_of("<p>Lanterns help (Ellis, 2019).</p>", works=[ellis()])
    edition.references.update(printed_en="Ellis, A. (2018)\nOn lanterns")
    assert told(edition) == [("year_mismatch", "en", "Ellis, 2019", 1)]


def test_a_difference_is_a_warning_once_somebody_has_said_that_the_texts_match(db: None) -> None:
    pryce = WorkFactory.create(family="Pryce", year=2020)
    edition = edition_of(
        "<p>(Ellis, 2019; Pryce, 2020)</p>", "<p>(Ellis, 2019)</p>", [ellis(), pryce], edition__agreed=False
    )
    edition.references.filter(work=pryce).update(printed_cy="")
    assert told(edition) == []
    agree_all(obj=edition, how=How.SPEAKER)
    assert told(edition) == [("different_in_languages", "en", "Pryce, 2020", 0)]


def test_a_difference_can_be_excused_as_its_advice_says(db: None) -> None:
    """Also where it is mere information, because nobody has said that the texts match."""
    works = [WorkFactory.create(family="Pryce", year=2020)]
    edition = edition_of("<p>(Pryce, 2020)</p>", "<p>Dim.</p>", works, edition__agreed=False)
    found = {line.finding.kind: line.finding for line in check_edition(edition).shown}  # type: ignore[union-attr]
    different = found[Kind.DIFFERENT_IN_LANGUAGES]
    assert (different.level, different.is_excusable) == (Level.INFORMATION, True)


def test_the_working_edition_is_checked_where_there_is_one(db: None) -> None:
    live = edition_of("<p>(Ellis, 2019)</p>")
    working = HallmarkEditionFactory.create(content=live.content, stage="working")
    assert [checkup.edition for checkup in check_all()] == [working]


def test_no_story_that_was_not_sent_is_read(db: None) -> None:
    CaseStudyFactory.create(status="draft", edition__about_en="<p>(Ellis, 2019)</p>")
    CaseStudyFactory.create(status="declined", edition__about_en="<p>(Ellis, 2019)</p>")
    sent = CaseStudyFactory.create(status="submitted", edition__about_en="<p>(Ellis, 2019)</p>")
    found = [checkup.edition.content for checkup in check_all()]
    assert [content for content in found if content.kind == "case-study"] == [sent]


def test_as_many_queries_for_three_texts_as_for_one(db: None) -> None:
    def count() -> int:
        check_all()  # content types are read once
        with CaptureQueriesContext(connection) as asked:
            check_all()
        return len(asked)

    def add(number: int) -> None:
        edition_of("<p>(Ellis, 2019; Nobody, 2001)</p>", works=[WorkFactory.create()], number=number)
        PageFactory.create(edition__body_en="<p>(Ellis, 2019)</p>")
        CaseStudyFactory.create(status="published", edition__about_en="<p>(Ellis, 2019)</p>")

    add(1)
    first = count()
    add(2)
    add(3)
    assert count() == first
    assert first <= 20


# --- what editors decide --------------------------------------------------------------------------------------------------


@pytest.fixture
def actor(editor: User) -> Actor:
    return Actor(Role.EDITOR, editor)


def first_open(edition: Any) -> Shown:
    return checkup_of(edition).open[0]


def test_an_excuse_records_who_and_why_and_can_be_taken_back(actor: Actor) -> None:
    edition = edition_of("<p>(Pryce, 2020)</p>", "<p>Dim.</p>", [])
    HallmarkReference.objects.create(edition=edition, work=ellis(), printed_cy="", printed_en="")
    before = told(edition)
    finding = first_open(edition).finding
    made = services.excuse(edition=edition, finding=finding, reason=" Said so. ", actor=actor, language="en")
    assert (made.reason, made.by, made.identity) == ("Said so.", actor.user, finding.identity)
    assert told(edition) == before[1:]
    assert [one.excuse for one in checkup_of(edition).shown if one.excuse] == [made]
    assert services.take_back_excuse(edition=edition, pk=made.pk, actor=actor) is True
    assert services.take_back_excuse(edition=edition, pk=made.pk, actor=actor) is False
    assert told(edition) == before
    codes = list(Event.objects.about(edition.content.uuid).values_list("code", "note__text_en"))
    assert codes == [("citation-excused", "Said so."), ("citation-excuse-taken-back", None)]


def test_an_excuse_needs_a_reason(actor: Actor) -> None:
    edition = edition_of("<p>(Pryce, 2020)</p>")
    with pytest.raises(ValueError, match="reason"):
        services.excuse(edition=edition, finding=first_open(edition).finding, reason=" ", actor=actor, language="en")
    assert not Excuse.objects.exists()


def test_an_excuse_excuses_one_place_of_one_text(actor: Actor) -> None:
    edition = edition_of("<p>(Pryce, 2020) (Pryce, 2020)</p>", "<p>Dim.</p>", [ellis()])
    edition.references.update(printed_cy="", printed_en="")
    other = edition_of("<p>(Pryce, 2020)</p>", "<p>Dim.</p>", [Work.objects.get()], number=2)
    found = [one.finding for one in checkup_of(edition).open if one.finding.as_printed == "Pryce, 2020"]
    services.excuse(edition=edition, finding=found[1], reason="So.", actor=actor, language="en")
    assert ("cited_not_listed", "en", "Pryce, 2020", 1) in told(edition)
    assert ("cited_not_listed", "en", "Pryce, 2020", 2) not in told(edition)
    assert ("cited_not_listed", "en", "Pryce, 2020", 1) in told(other)


def test_an_excuse_that_matches_nothing_any_more_is_stale(actor: Actor) -> None:
    edition = edition_of("<p>(Pryce, 2020)</p>")
    made = services.excuse(
        edition=edition, finding=first_open(edition).finding, reason="So.", actor=actor, language="en"
    )
    assert list(checkup_of(edition).stale) == []
    edition.body_en = "<p>Nothing.</p>"
    edition.body_cy = "<p>Dim.</p>"
    edition.save()
    assert list(checkup_of(edition).stale) == [made]


def test_a_link_says_which_work_is_meant_and_can_be_taken_back(actor: Actor) -> None:
    one, two = ellis(), ellis(key="ellis-2019-again", title="On lamps")
    edition = edition_of("<p>(Ellis, 2019)</p>", "<p>Dim.</p>", [one, two], edition__agreed=False)
    edition.references.update(printed_cy="", printed_en="Ellis, A. (2019)")
    [ambiguous] = checkup_of(edition).open
    assert (ambiguous.finding.kind, set(ambiguous.finding.works)) == (Kind.AMBIGUOUS, {one, two})
    link = services.link(edition=edition, finding=ambiguous.finding, work=two, actor=actor)
    assert [(one.finding.kind, one.finding.work_key) for one in checkup_of(edition).open] == [
        (Kind.LISTED_NEVER_CITED, "ellis-2019")
    ]
    assert services.take_back_link(edition=edition, pk=link.pk, actor=actor) is True
    assert services.take_back_link(edition=edition, pk=link.pk, actor=actor) is False
    assert [one.finding for one in checkup_of(edition).open] == [ambiguous.finding]
    codes = [event.code for event in Event.objects.about(edition.content.uuid)]
    assert codes == ["citation-linked", "citation-link-taken-back"]


def test_a_work_is_added_at_the_end_of_the_list_once(actor: Actor) -> None:
    edition = _working()
    work = ellis()
    assert services.add_to_list(edition=edition, work=work, actor=actor) is True
    assert services.add_to_list(edition=edition, work=work, actor=actor) is False
    rows = list(edition.references.values_list("work__key", "position"))
    assert rows[-1] == ("ellis-2019", 2)
    assert HallmarkEdition.objects.get(pk=edition.pk).version == 2


def _working() -> HallmarkEdition:
    hallmark = HallmarkFactory.create(number=1, edition__stage="working", edition__works=2)
    return HallmarkEdition.objects.select_related("content").get(content=hallmark)


def test_what_was_decided_goes_with_the_text(actor: Actor) -> None:
    edition = edition_of("<p>(Ellis, 2019)</p>", works=[WorkFactory.create()])
    [finding, *_others] = [one.finding for one in checkup_of(edition).open if one.finding.is_linkable]
    services.excuse(edition=edition, finding=finding, reason="So.", actor=actor, language="en")
    services.link(edition=edition, finding=finding, work=ellis(), actor=actor)
    kept = Excuse.objects.create(subject=uuid4(), kind="ambiguous", language="en", reason="Another text.")
    services.forget_decisions(edition.content)
    assert list(Excuse.objects.all()) == [kept]
    assert not CitationLink.objects.exists()
