"""A contributor's way through the form: what was typed, what is still missing, and keeping both."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casestudies.documents import Incoming, add_document, remove_document
from casestudies.joinin.asking import Pressed, Typed
from casestudies.joinin.credits import typed_people
from casestudies.joinin.forms import StepForm
from casestudies.joinin.last_forms import MOST_PICTURES
from casestudies.joinin.steps import BY_KEY, Step, steps_of
from casestudies.models import CaseStudy, CaseStudyEdition, Contributor, Document, Draft, EditionPicture
from casestudies.vocabulary import UNSENT, Status
from foundation.bilingual.languages import Language, current
from foundation.correspondence.services import cancel_all
from foundation.files.services import CleanPicture, keep_picture, remove_if_unshown
from foundation.people.models import User
from foundation.publishing.models import Stage
from foundation.record.actors import Actor, Role
from foundation.record.services import write
from hallmarks.models import Hallmark

#: While a story is in one of these states, its contributor may change what was typed.
EDITABLE = (Status.DRAFT, Status.CHANGES_REQUESTED)
_OF_THE_PERSON = ("is_headteacher", "headteacher", "licence", "privacy")  # what only the contributor can say
ABOUT_THE_DRAFT = "_"  # the key, among the answers, of what is remembered beside them


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the task list."""

    step: Step
    state: str  # done, todo, begun, problem, both, optional

    @property
    def words(self) -> str | Promise:
        return _STATES[self.state]

    @property
    def blocks(self) -> bool:
        """Whether the story cannot be sent while this stands."""
        return self.state not in ("done", "optional")


_STATES: dict[str, str | Promise] = {
    "done": _("Done"),
    "todo": _("To do"),
    "begun": pgettext_lazy("page of the form", "Begun"),
    "problem": _("Needs mending"),
    "both": _("Two versions"),
    "optional": _("Optional"),
}


class Journey:
    """One case study whose contributor is filling in the form. Read it with `Journey(case)`; write inside `changing`."""

    def __init__(self, case: CaseStudy) -> None:
        self.case = case
        self.draft: Draft = getattr(case, "draft", None) or Draft(case_study=case)

    # --- what is there --------------------------------------------------------------------------------------------------

    def typed(self, key: str) -> Typed:
        """What was typed on one page, as it was typed. The people credited leave the draft when the story is sent."""
        if key == "people" and key not in self.draft.answers:
            return self._people_kept
        return cast(Typed, self.draft.answers.get(key, {}))

    @cached_property
    def _people_kept(self) -> Typed:
        return typed_people(self.case) if self.case.pk else {}

    @property
    def remembered(self) -> dict[str, Any]:
        """What is kept about the draft beside the answers: `trapped`, `edition_version`."""
        return cast(dict[str, Any], self.draft.answers.get(ABOUT_THE_DRAFT, {}))

    def remember(self, **facts: Any) -> None:
        self.draft.answers[ABOUT_THE_DRAFT] = {**self.remembered, **facts}

    @property
    def languages(self) -> list[str]:
        """The languages the story is written in, the page's own first; none while that is not answered."""
        writing = self.typed("writing").get("writing")
        here = current()
        both = [here.value, here.other.value]
        return both if writing == "both" else [writing] if writing in Language.values else []

    @cached_property
    def hallmarks(self) -> list[Hallmark]:
        return list(Hallmark.objects.for_listing().order_by("number"))

    @cached_property
    def pictures(self) -> list[EditionPicture]:
        if self.case.pk is None:  # a page that came in without a story, shown again
            return []
        rows = EditionPicture.objects.filter(edition__content=self.case, edition__stage=Stage.WORKING)
        return list(rows.select_related("picture").order_by("position", "pk"))

    @cached_property
    def documents(self) -> list[Document]:
        return list(self.case.documents.defer("text").select_related("copy")) if self.case.pk else []

    def edition(self) -> CaseStudyEdition:
        """The working edition, made where there is none yet."""
        return CaseStudyEdition.objects.get_or_create(content=self.case, stage=Stage.WORKING)[0]

    @property
    def settled_address(self) -> str:
        """The contributor's address once the story has gone to the editors: only an editor changes it then. "" before."""
        contributor = self.case.contributor_or_none
        return contributor.email if contributor and self.case.status not in UNSENT else ""

    def form(self, step: Step) -> StepForm:
        """The page as it was left: with its errors when it was sent and found wanting."""
        return step.form(journey=self, typed=self.typed(step.key), judged=step.key in self.draft.problems)

    def judged(self, step: Step) -> StepForm:
        """The page with everything that is wrong with it: judged once, as long as nothing else is answered."""
        if step.key not in self._judged:
            form = self._judged[step.key] = step.form(journey=self, typed=self.typed(step.key), judged=True)
            form.full_clean()
        return self._judged[step.key]

    @cached_property
    def _judged(self) -> dict[str, StepForm]:
        return {}

    @cached_property
    def tasks(self) -> list[Task]:
        return list(self._tasks())

    def _tasks(self) -> Iterator[Task]:
        return (Task(step, self._state(step)) for step in steps_of(self))

    def _state(self, step: Step) -> str:
        if self.remembered.get("beside", {}).get(step.key):
            return "both"
        if step.in_story_languages and not self.languages:
            return "optional" if step.optional else "todo"
        form = self.judged(step)
        if not form.is_valid():
            if step.key in self.draft.problems:
                return "problem"
            return "begun" if form.is_started else "todo"
        if step.optional and not form.is_started:
            return "optional"
        return "done"

    @property
    def is_complete(self) -> bool:
        """Whether it could be sent. Judges no further than the first page that blocks: this is asked at every save."""
        return not any(task.blocks for task in self._tasks())

    # --- changing it ----------------------------------------------------------------------------------------------------

    def take(self, step: Step, post: Any) -> None:
        """Keep what was typed on a page, without judging it."""
        form = step.form(journey=self, typed=self.typed(step.key))
        self.draft.answers[step.key] = form.take(post, self.typed(step.key))
        self._forget_what_followed()

    def press(self, step: Step, post: Any) -> Pressed | None:
        """Do what a button of the page's own asks; None where none was pressed."""
        pressed = step.form(journey=self, typed=self.typed(step.key)).press(post)
        if pressed is not None:
            self.draft.answers[step.key] = pressed.typed
            self._forget_what_followed()
        return pressed

    def judge(self, step: Step) -> StepForm:
        """Say what is wrong with a page, and remember whether anything is. A right answer about the person is written."""
        form = self.judged(step)
        wrong = {step.key} if not form.is_valid() else set()
        self.draft.problems = sorted((set(self.draft.problems) - {step.key}) | wrong)
        if not wrong and step.key in ("language", "you"):
            self.write_contributor()
        return form

    def meet_contributor(self) -> None:
        """Fill in the pages about the person where they are blank: an editor named another one, or the draft is gone.

        What the person before agreed to for themselves is not agreed to by this one: it is asked again.
        """
        contributor = self.case.contributor_or_none
        if contributor is None or self.typed("you"):
            return
        self.draft.answers["you"] = {name: getattr(contributor, name) for name in ("name", "role", "email")}
        if not self.typed("language"):
            self.draft.answers["language"] = {"language": contributor.language}
        given = {name: value for name, value in self.typed("permissions").items() if name not in _OF_THE_PERSON}
        if given:
            agreed = given.get("agreed", {}).items()
            given["agreed"] = {kind: text for kind, text in agreed if kind not in _OF_THE_PERSON}
            self.draft.answers["permissions"] = given

    def keep_typing(self) -> None:
        """Store what was typed and no more: it was not judged, and nobody asks here whether it could be sent."""
        self.draft.touched_at, self.draft.warned_at, self.draft.is_complete = timezone.now(), None, False
        self.draft.save(update_fields=["answers", "touched_at", "warned_at", "is_complete"])

    def keep(self) -> None:
        """Store the draft, and whether it could be sent as it stands."""
        self._forget_what_followed()
        self.draft.is_complete = self.is_complete
        self.draft.touched_at, self.draft.warned_at = timezone.now(), None
        self.draft.save()

    def _forget_what_followed(self) -> None:
        for name in ("tasks", "pictures", "documents", "_judged"):
            self.__dict__.pop(name, None)

    def write_contributor(self) -> None:
        """Keep the person apart from the story, once the answers about them are right."""
        answers = self.judged(BY_KEY["you"])
        if not answers.is_valid():
            return
        contributor = self.case.contributor_or_none or Contributor(case_study=self.case)
        if contributor.email.casefold() != answers.cleaned_data["email"].casefold():
            contributor.address_confirmed_at = None
            forget_address(self.case, contributor.email)
        contributor.name, contributor.role = answers.cleaned_data["name"], answers.cleaned_data["role"]
        contributor.email = answers.cleaned_data["email"]
        language = self.typed("language").get("language", "")
        contributor.language = language if language in Language.values else ""
        contributor.save()
        self.case.contributor = contributor

    def add_picture(self, clean: CleanPicture) -> None:
        """Keep one picture. Raises `ValidationError`, in words for the person who chose it."""
        if len(self.pictures) >= MOST_PICTURES:
            raise ValidationError(
                _("A story can have %(limit)s pictures. Remove one before you add another."),
                code="too-many",
                params={"limit": MOST_PICTURES},
            )
        picture = keep_picture(clean)
        position = max((row.position for row in self.pictures), default=-1) + 1
        EditionPicture.objects.create(edition=self.edition(), picture=picture, position=position)
        self._forget_what_followed()

    def remove_picture(self, token: str) -> None:
        """Take a picture out of the story; one that is not in it is gone already."""
        for row in self.pictures:
            if row.picture.token == token:
                row.delete()
                remove_if_unshown(row.picture)
        answers = self.typed("pictures")
        self.draft.answers["pictures"] = {
            name: value for name, value in answers.items() if not name.endswith(f"-{token}")
        }
        self._forget_what_followed()

    def add_document(self, incoming: Incoming) -> None:
        """Keep one document. Raises `ValidationError`, in words for the person who chose it."""
        add_document(self.case, incoming)
        self._forget_what_followed()

    def remove_document(self, token: str) -> None:
        """Take a document out of the story; one that is not in it is gone already."""
        for document in self.documents:
            if document.token == token:
                remove_document(document)
        self._forget_what_followed()


def forget_address(case: CaseStudy, email: str) -> None:
    """Let nothing more go to an address that was corrected, and no link that went there open the story."""
    if not email:
        return
    case.links.standing().filter(email__iexact=email).update(revoked_at=timezone.now())
    cancel_all(about=case.uuid, recipient=email)


@transaction.atomic
def open_draft(*, started_by: User | None = None) -> CaseStudy:
    """A new draft, with nothing in it. A member of staff who starts one never decides on it."""
    case = CaseStudy.objects.create(started_by=started_by)
    case.draft = Draft.objects.create(case_study=case)
    write(actor=Actor(Role.ANYONE, started_by), kind=case.kind, subject=case.uuid, code="start", to_state=case.status)
    return case


def changing(case: CaseStudy) -> Journey:
    """The journey on `case`, its draft locked until the end of the caller's transaction, so that two tabs lose nothing.

    `journey.case` is as it is stored now: ask its status before anything is kept. Where the form is open there is a draft,
    and it knows who the contributor is; elsewhere none is made.
    """
    locked = CaseStudy.objects.select_for_update().get(pk=case.pk)
    if locked.status not in EDITABLE:
        return Journey(locked)
    locked.draft = Draft.objects.select_for_update().get_or_create(case_study=locked)[0]
    journey = Journey(locked)
    journey.meet_contributor()
    return journey
