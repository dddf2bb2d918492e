"""What a contributor is asked, before sending, about places that may say too much about somebody; and what they answer.

Nothing here stops a story. What they explain stays in the draft, and goes to the editor with the finding when it is sent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casestudies.joinin.journey import Journey
from casestudies.joinin.prose import is_formatted, text_from_answer
from casestudies.joinin.steps import BY_KEY, STORY, Step, steps_of
from casestudies.safeguarding import Found, Kind, question
from casestudies.safeguarding.scanning import (
    DOCUMENT,
    Place,
    mark_of,
    person_places,
    picture_place,
    places_in,
)
from foundation.publishing.prose import clean_text

#: How the names of the boxes for explanations begin.
BOXES = "explain-"
MOST_EXPLAINED = 1000
#: The names of the fields that hold words in one language: title_cy, how_en-3, alt_cy-token.
_IN_LANGUAGE = re.compile(r"(?P<stem>\w+)_(?P<language>cy|en)(?P<rest>-.+)?")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with the place it is about and what was said to it so far."""

    place: Place
    step: Step
    anchor: str
    explanation: str = ""

    @property
    def mark(self) -> str:
        return mark_of(self.place.key)

    @property
    def words(self) -> str:
        return question(self.place.found.kind, self.place.found.quote)

    @property
    def where(self) -> str | Promise:
        """The page it stands on."""
        return self.step.name

    @property
    def change_address(self) -> str:
        """The page and the field; saving there comes straight back."""
        return f"{self.step.address()}?change=personal#{self.anchor}"


def questions_about(journey: Journey) -> list[Question]:
    """Everything that is asked about a draft as it was typed, each once, in the order of the form. One query."""
    explained = journey.remembered.get("explained", {})
    found = {one.place.key: one for one in reversed(list(_all(journey)))}
    return [Question(one.place, one.step, one.anchor, explained.get(one.mark, "")) for one in reversed(found.values())]


def _all(journey: Journey) -> Iterator[Question]:
    for step in steps_of(journey):
        if step.key == "people":
            yield from _people(journey, step)
        elif step.key == "documents":
            yield from _documents(journey, step)
        elif step.key in STORY:
            yield from _words(journey, step)
            if step.key == "pictures":
                yield from _pictures(journey, step)


def _words(journey: Journey, step: Step) -> Iterator[Question]:
    """What stands in the boxes of a page, in the languages that the story is written in."""
    for name, value in sorted(journey.typed(step.key).items()):
        found = _IN_LANGUAGE.fullmatch(name)
        field, language = (f"{found['stem']}{found['rest'] or ''}", found["language"]) if found else (name, "")
        left_out = language and step.in_story_languages and language not in journey.languages
        if not isinstance(value, str) or left_out or name.startswith("people-"):
            continue
        field = "typed_references" if field == "typed" else field
        text = text_from_answer(value) if is_formatted(value) else clean_text(value)
        for place in places_in(field, language, text):
            yield Question(place, step, f"id_{name}")


def _people(journey: Journey, step: Step) -> Iterator[Question]:
    typed = journey.typed("people")
    for name, value in sorted(typed.items()):
        if name.startswith("role-") and isinstance(value, str):
            number = name.removeprefix("role-")
            for place in person_places(str(typed.get(f"name-{number}", "")), clean_text(value).strip()):
                yield Question(place, step, f"id_{name}")


def _documents(journey: Journey, step: Step) -> Iterator[Question]:
    """They were read when they came in."""
    for row in journey.case.findings.filter(field__startswith=DOCUMENT):
        found = Found(Kind(row.kind), row.start, row.end, row.quote, row.before, row.after)
        yield Question(Place(row.field, row.language, found), step, BY_KEY["documents"].key)


def _pictures(journey: Journey, step: Step) -> Iterator[Question]:
    permitted = journey.typed("permissions").get("agreed", {}).get("pictures", {}).get("pictures", [])
    for row in journey.pictures:
        token = row.picture.token
        shows = journey.typed("pictures").get(f"people-{token}")
        if not shows:
            yield Question(picture_place(token, Kind.UNMARKED), step, f"id_people-{token}_0")
        elif shows == "yes" and token not in permitted:
            yield Question(picture_place(token, Kind.PICTURE), step, f"id_people-{token}_0")


# --- answering ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as its page shows it: with what is in the box now, and what is wrong with that."""

    question: Question
    typed: str
    seen: str
    error: str = ""

    @property
    def box(self) -> str:
        return f"{BOXES}{self.question.mark}"


def answers_to(questions: list[Question], post: QueryDict | None = None) -> list[Answered]:
    """The boxes: as they were left, or as they came in. What somebody else wrote meanwhile is said, never replaced."""
    return [_answer(one, post) for one in questions]


def _answer(one: Question, post: QueryDict | None) -> Answered:
    stored, box = one.explanation, f"{BOXES}{one.mark}"
    if post is None or box not in post:
        return Answered(one, stored, stored)
    typed, seen = (clean_text(post.get(name, "")).strip() for name in (box, f"seen-{one.mark}"))
    if len(typed) > MOST_EXPLAINED:
        words = _("Shorten your explanation to %(limit)s characters or fewer: it has %(count)s now")
        return Answered(one, typed, seen, words % {"limit": MOST_EXPLAINED, "count": len(typed)})
    if stored not in (seen, typed):
        words = _("Somebody else has written: “%(text)s”. Keep what you want of both in the box.")
        return Answered(one, typed, stored, words % {"text": stored})
    return Answered(one, typed, stored)


def keep_answers(journey: Journey, answers: list[Answered], post: QueryDict) -> None:
    """Store what was explained: inside `changing`. What is about words that have gone meanwhile waits for them to come back."""
    asked = {one.question.mark: one.typed for one in answers}
    gone = {
        name.removeprefix(BOXES)[:40]: clean_text(str(text)).strip()[:MOST_EXPLAINED]
        for name, text in post.items()
        if name.startswith(BOXES)
    }
    kept = {**journey.remembered.get("explained", {}), **gone, **asked}
    journey.remember(explained={mark: words for mark, words in kept.items() if words})
    journey.keep()


def unanswered(questions: list[Question]) -> int:
    return sum(not one.explanation for one in questions)
