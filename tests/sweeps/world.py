"""A site with a case study in every state, and in each text that is not public a word that may not be seen."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from casestudies.joinin.access import SESSION_KEY
from casestudies.joinin.steps import STEPS
from casestudies.models import (
    SECTIONS,
    AccessLink,
    CaseStudy,
    CaseStudyReference,
    CreditedPerson,
    Erasure,
    Headteacher,
    ReadyReason,
    Tag,
    TypedReference,
)
from foundation.clock.models import Job
from foundation.correspondence.services import write_message
from foundation.correspondence.wordings import save_wording, wording_of
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.problems.services import report
from foundation.record.actors import CLOCK
from foundation.record.models import Event, Redaction
from foundation.record.services import write
from foundation.signin.letters import token_to_stop
from foundation.signin.models import Invitation
from hallmarks.models import Hallmark
from tests.factories import (
    CaseStudyFactory,
    ConnectionFactory,
    DocumentCopyFactory,
    EditionPictureFactory,
    HallmarkEditionFactory,
    HallmarkFactory,
    LinkFactory,
    PageFactory,
    WorkFactory,
    administrator,
    editor,
    translator,
)
from tests.joinin.school import address

#: "corrected" is a published case study with a correction under way; all others are names of statuses.
STATES = (
    "draft", "awaiting_confirmation", "held", "submitted", "in_review", "changes_requested", "editing",
    "with_contributor", "approved", "published", "corrected", "archived", "withdrawn", "declined",
)  # fmt: skip
PUBLIC = ("published", "corrected")
UNSENT = ("draft", "awaiting_confirmation")
COLUMNS = ("title", "setting_name", "summary", *SECTIONS)


def story_word(state: str) -> str:
    """Stands in every text of the story in this state that readers may not see."""
    return f"cudd{state.replace('_', '')}"


def person_word(state: str) -> str:
    """Stands in the name and the address of its contributor."""
    return f"pwy{state.replace('_', '')}"


ELSEWHERE = "cuddarall"  # in what is not published of hallmarks, pages and works


def _words(word: str, prefix: str = "edition__") -> dict[str, str]:
    return {f"{prefix}{name}_{code}": f"{word} {name} {code}" for name in COLUMNS for code in ("cy", "en")}


@dataclass
class World:
    """What was made, by its state or by the name of its model in the admin's addresses."""

    cases: dict[str, CaseStudy] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)  # tokens of headteachers and of people credited
    things: dict[str, Any] = field(default_factory=dict)

    def picture(self, state: str) -> Any:
        """The picture of the edition that is furthest from being public."""
        return self.cases[state].editions.latest("pk").pictures.get().picture


def make_world() -> World:
    world = World()
    hallmark = _beside(world)
    for state in STATES:
        world.cases[state] = _case(state, hallmark)
        world.tokens[state] = AccessLink.mint(world.cases[state], "open", f"{person_word(state)}@example.org")
        if state not in UNSENT:
            _asked(world, state)
    _links_that_do_not_work(world)
    _ways_in(world)
    world.things["correspondence_message"] = _message("editing", world.cases["editing"], note_en="Only in English.")
    for name, change in (
        ("ran out", {"expires_at": timezone.now()}),
        ("revoked", {"revoked_at": timezone.now()}),
    ):
        world.tokens[name] = AccessLink.mint(world.cases["editing"], "open", f"{person_word('editing')}@example.org")
        AccessLink.objects.filter(pk=AccessLink.objects.latest("pk").pk).update(**change)
    return world


def _ways_in(world: World) -> None:
    """Links to an invitation that can be accepted and to one that cannot, and one that stops a digest."""
    invited = [Invitation.objects.create(email=f"{name}@example.org", language="cy") for name in ("gwahodd", "hwyr")]
    Invitation.objects.filter(pk=invited[1].pk).update(revoked_at=timezone.now())
    world.things["signin_invitation"] = invited[0]
    world.tokens |= {"open": invited[0].mint(), "over": invited[1].mint()}
    world.tokens["digest"] = token_to_stop(str(world.things["people_user"].key), "digest")


def _asked(world: World, state: str) -> None:
    """A headteacher who is asked, and somebody who is credited, each with a link."""
    case, word = world.cases[state], person_word(state)
    head = Headteacher.objects.create(case_study=case, name=f"{word} Pennaeth", email=f"pen-{word}@example.org")
    person = CreditedPerson.objects.create(
        case_study=case, name=f"{word} Cydnabod", email=f"cyd-{word}@example.org", declined_at=timezone.now()
    )
    world.answers["headteacher", state] = AccessLink.mint(case, "headteacher", head.email)
    world.answers["credit", state] = AccessLink.mint(case, "credit", person.email, person)


def _links_that_do_not_work(world: World) -> None:
    case = world.cases["editing"]
    head, person = case.headteacher, case.credits.get(email__startswith="cyd-")
    for label, change in (
        ("ran out", {"expires_at": timezone.now()}),
        ("revoked", {"revoked_at": timezone.now()}),
        ("a contributor's", {}),
    ):
        for name in ("headteacher", "credit"):
            is_other = label == "a contributor's"
            email = person.email if name == "credit" else head.email
            purpose = "open" if is_other else name
            token = AccessLink.mint(case, purpose, email, person if purpose == "credit" else None)
            AccessLink.objects.filter(pk=AccessLink.objects.latest("pk").pk).update(**change)
            world.answers[name, label] = token


def _case(state: str, hallmark: Hallmark) -> CaseStudy:
    hidden, person = story_word(state), person_word(state)
    given: dict[str, Any] = {
        "edition__hallmarks": [hallmark],
        "contributor__name": f"{person} Enw",
        "contributor__role": f"{person} swydd",
        "contributor__email": f"{person}@example.org",
        "slug_cy": f"stori-{state.replace('_', '-')}" if state in (*PUBLIC, "archived", "withdrawn") else "",
        "slug_en": f"story-{state.replace('_', '-')}" if state in (*PUBLIC, "archived", "withdrawn") else "",
    }
    if state not in PUBLIC:
        given |= _words(hidden)
    if state == "corrected":
        given |= {"correction": True, **_words(hidden, "correction__"), "correction__hallmarks": [hallmark]}
    if state == "withdrawn":
        given["first_published_at"] = timezone.now()
    if state in ("draft", "awaiting_confirmation", "held", "submitted", "in_review", "changes_requested"):
        given["draft__answers"] = _answers(hidden, person)
    case = CaseStudyFactory.create(status="published" if state == "corrected" else state, **given)
    _around(state, case, hidden)
    for edition in case.editions.all():
        shown = state in PUBLIC and edition.stage == "live"
        alt = "Silff" if shown else hidden
        EditionPictureFactory.create(edition=edition, alt_cy=alt, alt_en=alt)
        work = WorkFactory.create(title=f"{'Cited' if shown else ELSEWHERE} {state} {edition.stage}")
        CaseStudyReference.objects.create(edition=edition, work=work, position=0)
        if not shown:
            TypedReference.objects.create(edition=edition, text=f"{hidden} 2020")
            edition.hallmarks.update(how_cy=hidden, how_en=hidden)
    CreditedPerson.objects.create(
        case_study=case, name=f"{person} Arall", email=f"arall-{person}@example.org"
    )  # untold
    DocumentCopyFactory.create(
        document__case_study=case, document__name=f"{hidden}.pdf", document__text=hidden, document__data=hidden.encode()
    )
    return case


def _answers(hidden: str, person: str) -> dict[str, Any]:
    texts = {name: {f"{name}_{code}": f"{hidden} {name}" for code in ("cy", "en")} for name in SECTIONS}
    return {
        "language": {"language": "cy"},
        "you": {"name": f"{person} Enw", "role": f"{person} swydd", "email": f"{person}@example.org"},
        "setting": {"setting_name_cy": hidden, "setting_name_en": hidden, "kind": "cluster"},
        "schools": {"schools": f"{hidden} ysgol"},
        "hallmarks": {"hallmarks": ["1"]},
        "how": {"how_cy-1": hidden, "how_en-1": hidden},
        "references": {"typed": f"{hidden} 2020"},
        "people": {"order": ["1"], "name-1": f"{person} Arall", "email-1": f"arall-{person}@example.org"},
        "writing": {"writing": "both"},
        "title": {"title_cy": hidden, "title_en": hidden, "summary_cy": hidden, "summary_en": hidden},
        **texts,
    }


def _around(state: str, case: CaseStudy, hidden: str) -> None:
    """The log with a note, and a message that was written."""
    event = write(
        actor=CLOCK, kind="case-study", subject=case.uuid, code="request_changes", note_cy=hidden, note_en=hidden
    )
    _message(state, case, note_cy=hidden, note_en=hidden, event=event)


def _message(state: str, case: CaseStudy, **given: Any) -> Any:
    """A message in Welsh to the contributor; it waits for a translator where the note is only in English."""
    context = {"about": case, "reader": case.contributor}
    recipient = f"{person_word(state)}@example.org"
    return write_message(kind="accepted", recipient=recipient, language="cy", about=case.uuid, context=context, **given)


def _beside(world: World) -> Hallmark:
    """Hallmarks, pages and works: published ones, and others that are not."""
    cited = WorkFactory.create(title="Cited by a hallmark")
    hallmark = HallmarkFactory.create(number=1, edition__works=[cited])
    texts = {f"{name}_{code}": ELSEWHERE for name in ("title", "lead_in", "summary", "body") for code in ("cy", "en")}
    work = WorkFactory.create(title=f"{ELSEWHERE} title")
    working = HallmarkEditionFactory.create(content=hallmark, stage="working", works=[work], **texts)
    connection = ConnectionFactory.create(edition=working)
    unpublished = HallmarkFactory.create(
        number=2, edition__stage="working", **{f"edition__{name}": text for name, text in texts.items()}
    )
    page = PageFactory.create(key="about")
    hidden = {f"edition__{name}_{code}": ELSEWHERE for name in ("title", "body") for code in ("cy", "en")}
    draft_page = PageFactory.create(key="hidden", edition__stage="working", **hidden)
    write(actor=CLOCK, kind="person", subject=editor().key, code="add")
    world.things = {
        "hallmark": hallmark, "unpublished hallmark": unpublished, "page": page, "unpublished page": draft_page,
        "work": cited, "unpublished work": work,
        "hallmarks_hallmark": hallmark, "hallmarks_hallmarkedition": working,
        "hallmarks_framework": connection.framework, "hallmarks_strand": connection.strand,
        "pages_page": page, "pages_pageedition": draft_page.editions.get(), "references_work": work,
        "references_link": LinkFactory.create(),
        "correspondence_wording": save_wording(wording=wording_of("accepted"), version=0, by=None),
        "casestudies_readyreason": ReadyReason.objects.create(
            move="decline", title_cy="Rheswm", title_en="A reason", text_cy="Am hynny.", text_en="Because."
        ),
        "casestudies_tag": Tag.objects.create(name_cy="Pwnc", name_en="A subject"),
        "record_event": Event.objects.latest("pk"),
        "record_redaction": Redaction.objects.create(at=timezone.now(), marks=[], places={"pages.PageEdition": 1}),
        "problems_problem": report(Problem(asked_as="once", kind="error", text=ELSEWHERE, language="cy")),
        "casestudies_erasure": Erasure.objects.create(subject=uuid.uuid4(), what="all", at=timezone.now()),
        "clock_job": Job.objects.create(name="a-job", next_at=timezone.now()), "people_user": editor(),
        "hallmark type": ContentType.objects.get_for_model(Hallmark),
    }  # fmt: skip
    return hallmark


# --- who looks ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """Somebody with a browser. `state` is that of the contributor's own case study."""

    role: str
    client: Client
    state: str = ""

    def __str__(self) -> str:
        return f"{self.role} ({self.state})" if self.state else self.role


def browser(**options: Any) -> Client:
    """One that sees a 500 as a reader does."""
    return Client(raise_request_exception=False, **options)


def staff() -> dict[str, Person]:
    made = {"translator": translator(), "editor": editor(), "administrator": administrator()}
    return {role: Person(role, signed_in(user)) for role, user in made.items()}


def signed_in(user: User) -> Client:
    client = browser()
    client.force_login(user)
    return client


def contributor(world: World, state: str) -> Person:
    """Who followed the link of this case study. (To follow one confirms an address; who awaits that still has the form open.)"""
    client = browser()
    if state == "awaiting_confirmation":
        session = client.session
        session[SESSION_KEY] = {"uuid": str(world.cases[state].uuid), "email": ""}
        session.save()
    else:
        assert client.post(address("link", token=world.tokens[state])).status_code == 302
    assert client.session[SESSION_KEY]["uuid"] == str(world.cases[state].uuid)
    return Person("contributor", client, state)


def step_kwargs() -> dict[str, dict[str, dict[str, str]]]:
    """The pages of the form, each with its address in both languages."""
    return {step.key: {"cy": {"slug": step.slug_cy}, "en": {"slug": step.slug_en}} for step in STEPS}
