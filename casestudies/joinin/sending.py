"""Sending a story: from what was typed to the edition, the agreements, the snapshot and the move, in one transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casestudies.joinin.access import OWN_PAGES
from casestudies.joinin.agreements import agreed_to, say_who_leads
from casestudies.joinin.belongings import (
    story_of_belongings,
    typed_hallmarks,
    typed_references,
    write_hallmarks,
    write_references,
)
from casestudies.joinin.credits import write_people
from casestudies.joinin.journey import ABOUT_THE_DRAFT, EDITABLE, Journey, changing
from casestudies.joinin.people_forms import PeopleForm
from casestudies.joinin.prose import answer_from_prose, prose_from_answer
from casestudies.joinin.saving import mark
from casestudies.joinin.setting_forms import SchoolsForm
from casestudies.joinin.steps import BY_KEY, STORY, Step
from casestudies.junk import what_speaks_against
from casestudies.models import SECTIONS, CaseStudy, CaseStudyEdition, Snapshot
from casestudies.safeguarding.scanning import scan
from casestudies.services import MoveRefused, perform, record_permission
from casestudies.vocabulary import FACTS, Status
from foundation.bilingual.models import How
from foundation.bilingual.policies import columns
from foundation.bilingual.services import agree_all
from foundation.publishing.services import ChangedSince, keep_rows, save_words
from foundation.record.actors import CONTRIBUTOR

PROSE = SECTIONS


def print_of(journey: Journey) -> str:
    """A short hash of what a colleague, or another tab, can have changed since the answers were checked."""
    answers = {key: given for key, given in journey.draft.answers.items() if key not in (ABOUT_THE_DRAFT, *OWN_PAGES)}
    pictures = [row.picture.token for row in journey.pictures]
    return mark([answers, pictures, [document.token for document in journey.documents]])


@transaction.atomic
def send(case: CaseStudy, *, version: int, checked: str = "") -> CaseStudy:
    """Send the story as it was typed, for the first time or again. `checked`: the `print_of` what the person has read.

    Raises `MoveRefused` (guard: something is missing; wrong-state: it was sent already) and `ChangedSince`, and changes
    nothing then.
    """
    journey = changing(case)
    if journey.case.status not in EDITABLE:
        raise MoveRefused("wrong-state")
    if checked and checked != print_of(journey):
        raise ChangedSince(journey.case)
    journey.keep()
    if not journey.is_complete:
        raise MoveRefused("guard")
    again = journey.case.status == Status.CHANGES_REQUESTED
    journey.write_contributor()
    edition = write_story(journey)
    write_people(journey, _people(journey))
    if len(journey.languages) > 1:
        _say_that_they_match(edition)
    record_agreements(journey)
    junk = "" if again else why_held(journey, edition)
    # A story that waits for its address to be confirmed is judged again then, when it no longer looks quick.
    journey.remember(edition_version=edition.version, held=junk)
    journey.draft.save(update_fields=["answers"])
    number = journey.case.snapshots.count() + 1
    scan(journey.case, explained=journey.remembered.get("explained", {}))
    Snapshot.objects.create(case_study=journey.case, number=number, made_at=timezone.now(), story=story_of(edition))
    given: dict[str, Any] = {} if again else {"junk": junk}
    return perform("resubmit" if again else "send", case_id=case.pk, actor=CONTRIBUTOR, version=version, **given)


def _say_that_they_match(edition: CaseStudyEdition) -> None:
    """Who writes a story in both languages, side by side, says that the two are the same story."""
    for written in (edition, *edition.pictures.all(), *edition.hallmarks.all()):
        agree_all(obj=written, how=How.CONTRIBUTOR)


def why_held(journey: Journey, edition: CaseStudyEdition, now: datetime | None = None) -> str:
    """What makes it look like junk: links, a copy of another, a box that only a machine fills in, or a whole story typed in
    less time than it takes to read the form. What was seen when it was sent still counts when its address is confirmed."""
    quick = timedelta(seconds=settings.JOIN_IN_LEAST_SECONDS)
    too_quick = (now or timezone.now()) - journey.case.created_at < quick
    return what_speaks_against(
        edition,
        seen=journey.remembered.get("held", ""),
        trapped=bool(journey.remembered.get("trapped")),
        too_quick=too_quick,
    )


def write_story(journey: Journey) -> CaseStudyEdition:
    """Make the working edition say what was typed."""
    edition = journey.edition()
    for column, text in words_of(journey, edition).items():
        setattr(edition, column, text)
    setting = _cleaned(journey, "setting")
    for fact in FACTS:
        setattr(edition, fact, setting[fact])
    edition.schools = "\n".join(_cleaned(journey, "schools")["schools"]) if SchoolsForm.applies(journey) else ""
    edition.first_language = journey.languages[0] if len(journey.languages) == 1 else ""
    save_words(edition=edition, version=edition.version, by=None)
    numbers = [int(number) for number in _cleaned(journey, "hallmarks")["hallmarks"]]
    write_hallmarks(edition, numbers, _cleaned(journey, "how"))
    write_references(edition, journey.typed("references").get("works", []), _cleaned(journey, "references")["typed"])
    _write_pictures(journey)
    keep_rows(edition)
    return CaseStudyEdition.objects.get(pk=edition.pk)


def _cleaned(journey: Journey, key: str) -> dict[str, Any]:
    return journey.judged(BY_KEY[key]).cleaned_data


def _people(journey: Journey) -> list[dict[str, Any]]:
    form = journey.judged(BY_KEY["people"])
    return form.people() if isinstance(form, PeopleForm) else []


def words_of(journey: Journey, edition: CaseStudyEdition) -> dict[str, str]:
    """Column → text for every column of the story. A language the story is not written in keeps what stood there."""
    setting = _cleaned(journey, "setting")
    names = {language: setting[f"setting_name_{language}"] for language in ("cy", "en")}
    found = {f"setting_name_{language}": name or "".join(names.values()) for language, name in names.items()}
    title = _cleaned(journey, "title")
    for language in journey.languages:
        for field in ("title", "summary"):
            found[f"{field}_{language}"] = title[f"{field}_{language}"]
        for section in PROSE:
            column = f"{section}_{language}"
            found[column] = _prose(_cleaned(journey, section)[column], getattr(edition, column) or "")
    return found


def _prose(answer: str, before: str) -> str:
    """An answer as the edition keeps it; or, to the letter, what stood there, where it says the same in the same form."""
    return before if before and answer_from_prose(before) == answer else prose_from_answer(answer)


def _write_pictures(journey: Journey) -> None:
    answers = _cleaned(journey, "pictures")
    for row in journey.pictures:
        for language in journey.languages:
            setattr(row, f"alt_{language}", answers[f"alt_{language}-{row.picture.token}"])
        row.shows_people = answers[f"people-{row.picture.token}"] == "yes"
        row.save()


def record_agreements(journey: Journey) -> None:
    """Keep each agreement in the words, the version and the language that were ticked; one that stands already stays.

    The headteacher's is ticked by a headteacher who writes; of another it is kept whom to ask.
    """
    answers = journey.typed("permissions")
    say_who_leads(journey.case, answers)
    pictures = [row.picture for row in journey.pictures if row.shows_people]
    for kind, picture, given in agreed_to(journey.case, answers, pictures):
        standing = journey.case.permissions.filter(kind=kind, picture=picture, **given).standing()
        if not standing.exists():
            record_permission(case=journey.case, kind=kind, picture=picture, **given)


def story_of(edition: CaseStudyEdition) -> dict[str, Any]:
    """What a snapshot keeps: words in their columns, facts, hallmarks, references, pictures. Never a person."""
    return {
        **{column: getattr(edition, column) or "" for column in columns(CaseStudyEdition)},
        **{fact: getattr(edition, fact) for fact in FACTS},
        "schools": edition.schools,
        **story_of_belongings(edition),
        "pictures": [
            {
                "token": row.picture.token,
                "alt_cy": row.alt_cy or "",
                "alt_en": row.alt_en or "",
                "shows_people": row.shows_people,
            }
            for row in edition.pictures.select_related("picture")
        ],
    }


@transaction.atomic
def take_up_from_edition(case: CaseStudy) -> Journey:
    """Have the form hold what the working edition says, where an editor has changed it since it was sent, or the draft is gone.

    It holds who the contributor is now, too. Where the form is not open, nothing is kept.
    """
    journey = changing(case)
    if journey.case.status in EDITABLE:
        _take_up_words(journey)
        journey.keep()
    return journey


def _take_up_words(journey: Journey) -> None:
    edition = journey.edition()
    if journey.remembered.get("edition_version") == edition.version:
        return
    for key in STORY:
        journey.draft.answers[key] = _typed_from(edition, BY_KEY[key])
    if not journey.typed("writing"):
        there = [language for language in ("cy", "en") if getattr(edition, f"title_{language}")]
        journey.draft.answers["writing"] = {"writing": there[0] if len(there) == 1 else "both"}
    journey.remember(edition_version=edition.version)


def _typed_from(edition: CaseStudyEdition, step: Step) -> dict[str, Any]:
    """What somebody would have typed on one page to get what the edition says."""
    if step.key in ("hallmarks", "how"):
        return typed_hallmarks(edition)[step.key == "how"]
    if step.key == "references":
        return typed_references(edition)
    if step.key == "schools":
        return {"schools": edition.schools}
    if step.key == "pictures":
        return {
            name: value
            for row in edition.pictures.select_related("picture")
            for name, value in {
                f"alt_cy-{row.picture.token}": row.alt_cy or "",
                f"alt_en-{row.picture.token}": row.alt_en or "",
                f"people-{row.picture.token}": {True: "yes", False: "no", None: ""}[row.shows_people],
            }.items()
        }
    if step.key == "setting":
        names = {f"setting_name_{one}": getattr(edition, f"setting_name_{one}") or "" for one in ("cy", "en")}
        return {**names, **{fact: getattr(edition, fact) for fact in FACTS}}
    fields = ("title", "summary") if step.key == "title" else (step.key,)
    read = answer_from_prose if step.key in PROSE else str
    return {
        f"{field}_{one}": read(getattr(edition, f"{field}_{one}") or "") for field in fields for one in ("cy", "en")
    }
