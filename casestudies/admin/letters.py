"""What the contributor will get: the message of a move before it goes, with a box where the editor's words stand in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField, Form

from casestudies import guards
from casestudies.models import CaseStudy, Comment, Contributor
from casestudies.questions import NoCommonLanguage, composed
from casestudies.services import Words
from casestudies.workflow import Rule
from foundation.bilingual.languages import Language
from foundation.correspondence.rendering import Sheet, sheets
from foundation.correspondence.wordings import takes_note
from foundation.record.actors import Actor

#: The kind of the message with which questions go by themselves.
QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Letter:
    """One language of a message: its words, the box inside it, and the questions that go along."""

    sheet: Sheet
    box: BoundField | None
    questions: str

    @property
    def language(self) -> str:
        return self.sheet.language


def tells(rule: Rule, case: CaseStudy, *, new: bool = False) -> bool:
    """Whether the move writes to the contributor. `new`: it writes to one whose address is still to be given."""
    contributor = case.contributor_or_none
    return bool(rule.tells and (new or (contributor and contributor.email)))


def takes_words(rule: Rule, case: CaseStudy, actor: Actor) -> bool:
    """Whether the contributor gets what the editor writes with the move.

    Not where an editor says why they decide on a story of their own.
    """
    own = guards.is_own(case, actor) and not rule.reason
    return tells(rule, case) and takes_note(rule.tells) and not own


def letters_of(kind: str, case: CaseStudy, *, form: Form | None, asked: Iterable[Comment], new: bool) -> list[Letter]:
    """The message of this kind as it would go now, in each language in which it goes.

    `new`: to a contributor of whom the case study knows nothing yet.
    """
    reader: Any = Contributor() if new else case.contributor_or_none
    languages = [reader.language] if reader.language else Language.values
    questions = _numbered(asked)
    return [
        Letter(sheet, _box(form, sheet) if sheet.has_place else None, getattr(questions, sheet.language))
        for sheet in sheets(kind, languages, {"about": case, "reader": reader})
    ]


def _box(form: Form | None, sheet: Sheet) -> BoundField | None:
    name = f"reason_{sheet.language}"
    return form[name] if form is not None and name in form.fields else None


def _numbered(asked: Iterable[Comment]) -> Words:
    """The questions as they will stand in the message; none, where no language has all of them."""
    try:
        return composed(Words(), list(asked))
    except NoCommonLanguage:
        return Words()
