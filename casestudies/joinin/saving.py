"""Saving a page of the form so that nobody's text is silently overwritten: two tabs, two people, and saving as one types.

Each page carries a mark of every answer that it shows. An answer that changed since, and differs from what comes in, is not
thrown away: both are kept, the page shows them, and only a save of that page by somebody who had both before them lets one
go. That is the whole promise: **a text goes when somebody who saw it saves the page without it, and never otherwise.**
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import Promise

from casestudies.joinin.asking import EveryLanguage, Typed
from casestudies.joinin.forms import StepForm, whole_number
from casestudies.joinin.journey import ABOUT_THE_DRAFT, Journey
from casestudies.joinin.steps import Step
from casestudies.models import CaseStudy

Marks = dict[str, str]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a page carries, unseen: which page it is, how often it was saved, and the marks of what it was made from."""

    page: str
    turn: int
    marks: Marks | None  # None: it carries nothing, as a request that no page of ours made

    @classmethod
    def by(cls, post: QueryDict) -> "Carried":
        marks = read_marks(str(post["made_from"])) if "made_from" in post else None
        return cls(post.get("page", "")[:20], whole_number(post.get("turn", "")), marks)


@dataclass(frozen=True, slots=True)
class Taken:
    """How a page that came in was taken: the answers of which there are two now, and what the page knows from here on."""

    both: list[str]
    marks: Marks


# --- marks ----------------------------------------------------------------------------------------------------------------


def mark(value: Any) -> str:
    """A short hash of an answer, the same however its lines end; "" where there is none."""
    if not value:
        return ""
    text = json.dumps(value, sort_keys=True).replace(r"\r\n", r"\n")
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def marks_of(typed: Typed) -> Marks:
    return {name: found for name, value in typed.items() if (found := mark(value))}


def write_marks(marks: Marks) -> str:
    """As the page carries them."""
    return " ".join(f"{name}:{one}" for name, one in sorted(marks.items()))


def read_marks(text: str) -> Marks:
    parts = (part.rpartition(":") for part in text.split())
    return {name: one for name, _colon, one in parts}


def carried(journey: Journey, step: Step, post: QueryDict | None = None) -> dict[str, str]:
    """What the page takes along: its own key and the marks of what it shows; of one that was not saved, what it brought."""
    if post is not None:
        return {name: post.get(name, "") for name in ("story", "page", "turn", "made_from", "seen")}
    return {
        "story": journey.case.reference,
        "page": get_random_string(12),
        "turn": "0",
        "made_from": write_marks(marks_of(journey.typed(step.key))),
        "seen": " ".join(_key(name, one) for name, one in _beside(journey, step)),
    }


def belongs(post: QueryDict, case: CaseStudy) -> bool:
    """Whether the page that came in is one of this story, or of one that this was begun instead of."""
    instead = case.draft.answers.get(ABOUT_THE_DRAFT, {}).get("instead_of") if hasattr(case, "draft") else None
    return post.get("story", case.reference) in (case.reference, instead)


# --- taking a page in -----------------------------------------------------------------------------------------------------


def take_in(journey: Journey, step: Step, post: QueryDict, *, typing: bool = False) -> Taken:
    """Keep what was typed on a page. What somebody else wrote meanwhile stays, beside it where the two differ.

    Each answer goes by itself: changed here only, it is taken; changed elsewhere only, what is there stays. A save as one
    types never makes two of one: it keeps nothing then.
    """
    page, last = Carried.by(post), _last(journey, step)
    known = page.marks
    if page.page and page.page == last.get("page"):  # nobody else since: whether the answer arrived or not
        known = last["marks"]
        if typing and page.turn <= last["turn"]:
            return Taken([], last["marks"])  # an older state of the page, overtaken on its way
    stored = journey.typed(step.key)
    form = _form(journey, step, stored)
    mine = form.take(post, stored)
    names = {*form.fields, *(name for name in post if name in mine)}
    kept, both = _sort_out(sorted(names), stored, mine, known if stored else None)
    if both and typing:
        return Taken(both, page.marks or {})
    for name in both:
        _keep_beside(journey, step, name, stored[name])
    taken = form.take(_with(post, stored, kept), stored) if kept else mine
    marks = {**marks_of(taken), **{name: (known or {}).get(name, "") for name in kept}}
    journey.draft.answers[step.key] = taken
    _note(journey, step, page=page.page, turn=page.turn, marks=marks, at=timezone.now().isoformat())
    return Taken(both, marks)


def _form(journey: Journey, step: Step, typed: Typed) -> StepForm:
    """The page with the fields of both languages: another tab may have chosen one since this page was made."""
    return step.form(journey=EveryLanguage(journey) if step.in_story_languages else journey, typed=typed)


def _sort_out(names: list[str], stored: Typed, mine: Typed, known: Marks | None) -> tuple[list[str], list[str]]:
    """The answers that stay as somebody else left them, and those of which there are two."""
    if known is None:
        return [], []
    differ = [name for name in names if mark(stored.get(name)) != mark(mine.get(name))]
    theirs = [name for name in differ if mark(stored.get(name)) != known.get(name, "")]
    own = [name for name in differ if mark(mine.get(name)) != known.get(name, "")]
    return [name for name in theirs if name not in own], [name for name in theirs if name in own and stored.get(name)]


def _with(post: QueryDict, stored: Typed, names: list[str]) -> QueryDict:
    """The request, with the answers that somebody else gave in place of those the page still showed."""
    changed = post.copy()
    for name in names:
        changed.pop(name, None)
        if name in stored:
            changed.setlist(name, stored[name] if isinstance(stored[name], list) else [stored[name]])
    return changed


def _last(journey: Journey, step: Step) -> dict[str, Any]:
    """The last save of this page: by which page, its turn, the marks it knows, and when."""
    found: dict[str, Any] = journey.remembered.get("saves", {}).get(step.key, {})
    return found


def _note(journey: Journey, step: Step, **save: Any) -> None:
    journey.remember(saves={**journey.remembered.get("saves", {}), step.key: save})


# --- two of one answer ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    """Another text for one answer, kept until somebody who saw it decides."""

    label: str | Promise
    target: str
    answer: str | list[str]
    language: str
    at: datetime
    key: str

    @property
    def is_list(self) -> bool:
        return isinstance(self.answer, list)


def versions(journey: Journey, step: Step) -> list[Version]:
    """What stands beside the answers of a page."""
    return [_version(journey, step, name, one) for name, one in _beside(journey, step)]


def _version(journey: Journey, step: Step, name: str, one: dict[str, Any]) -> Version:
    form = _form(journey, step, {**journey.typed(step.key), name: one["value"]})
    at, key = datetime.fromisoformat(one["at"]), _key(name, one)
    if name not in form.fields:  # the page does not ask it any more
        return Version(step.name, "page-form", one["value"], "", at, key)
    row = form.row(form[name])
    return Version(row.label, form.target(form[name]), row.answer, row.language, at, key)


def _all_beside(journey: Journey) -> dict[str, dict[str, list[dict[str, Any]]]]:
    found: dict[str, dict[str, list[dict[str, Any]]]] = journey.remembered.get("beside", {})
    return found


def _key(name: str, one: dict[str, Any]) -> str:
    """What a page calls a version by."""
    return f"{name}:{mark(one['value'])}"


def _beside(journey: Journey, step: Step) -> list[tuple[str, dict[str, Any]]]:
    return [(name, one) for name, several in sorted(_all_beside(journey).get(step.key, {}).items()) for one in several]


def _set_beside(journey: Journey, step: Step, several: list[tuple[str, dict[str, Any]]]) -> None:
    pages = {key: value for key, value in _all_beside(journey).items() if key != step.key}
    names = dict.fromkeys(name for name, _one in several)
    if names:
        pages[step.key] = {name: [one for other, one in several if other == name] for name in names}
    journey.remember(beside=pages)


def _keep_beside(journey: Journey, step: Step, name: str, value: Any) -> None:
    there = _beside(journey, step)
    if value and mark(value) not in [mark(one["value"]) for other, one in there if other == name]:
        at = _last(journey, step).get("at") or journey.draft.touched_at.isoformat()
        _set_beside(journey, step, [*there, (name, {"value": value, "at": at})])


def put_in_the_box(journey: Journey, step: Step, key: str) -> bool:
    """Change places: the version with this key, and what the box holds. Nothing is lost by looking at it in the box."""
    there = _beside(journey, step)
    found = next(((name, one) for name, one in there if _key(name, one) == key), None)
    if found is None:
        return False
    name, chosen = found
    before = journey.typed(step.key).get(name)
    _set_beside(journey, step, [one for one in there if one != found])
    _keep_beside(journey, step, name, before)
    journey.draft.answers[step.key] = {**journey.typed(step.key), name: chosen["value"]}
    return True


def decide(journey: Journey, step: Step, post: QueryDict) -> None:
    """The page was saved by somebody who had these versions before them: they go, and so does one that equals its box."""
    seen = set(post.get("seen", "").split())
    typed = journey.typed(step.key)
    there = _beside(journey, step)
    left = [
        (name, one)
        for name, one in there
        if _key(name, one) not in seen and mark(one["value"]) != mark(typed.get(name))
    ]
    if left != there:
        _set_beside(journey, step, left)
