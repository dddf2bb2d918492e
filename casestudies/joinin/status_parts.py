"""What the page of a story that was sent shows of the story itself: the editors' questions, and what they have changed."""

from collections.abc import Mapping
from typing import Any

from casestudies.difference import Changed, changes
from casestudies.joinin.answering import Asked, can_answer, questions_of
from casestudies.joinin.sending import story_of
from casestudies.joinin.states import EditorsWords
from casestudies.models import CaseStudy, CaseStudyEdition
from casestudies.questions import read_numbers
from casestudies.vocabulary import SHOWN, Status
from foundation.publishing.models import Stage

#: The states in which the text is the contributor's to read; while editors are writing it, it is half done.
SHOWS_CHANGES = (Status.CHANGES_REQUESTED, Status.WITH_CONTRIBUTOR, Status.APPROVED, Status.PUBLISHED)


def story_parts(
    case: CaseStudy,
    words: EditorsWords,
    *,
    typed: Mapping[int, str] | None = None,
    errors: Mapping[int, str] | None = None,
) -> dict[str, Any]:
    """For the template. About seven queries."""
    edition = _edition(case)
    questions = questions_of(case, edition, typed or {}, errors or {})
    may_answer = bool(questions) and can_answer(case)
    return {
        "questions": questions,
        "may_answer": may_answer,
        "switches": "stay" if may_answer else "",
        "summary": [(f"id_{one.box}", one.error) for one in questions if one.error],
        "changed": changed_since_sent(case, edition) if case.status in SHOWS_CHANGES else [],
        "editors_words": without_questions(words, questions),
    }


def _edition(case: CaseStudy) -> CaseStudyEdition | None:
    """What the public reads, of a published story; what is being worked on, of any other."""
    stage = Stage.LIVE if case.status in SHOWN else Stage.WORKING
    return CaseStudyEdition.objects.filter(content=case, stage=stage).first()


def changed_since_sent(case: CaseStudy, edition: CaseStudyEdition | None) -> list[Changed]:
    """What is no longer as the contributor last sent it. Nothing, where nothing was sent."""
    snapshot = case.snapshots.last()
    return changes(snapshot.story, edition) if snapshot and edition else []


def changed_in_proof(case: CaseStudy, edition: CaseStudyEdition) -> list[Changed]:
    """What a proof changes: of a correction, what readers see now; of any other, what the contributor last sent."""
    live = case.live if case.status == Status.PUBLISHED else None
    return changes(story_of(live), edition) if live else changed_since_sent(case, edition)


def without_questions(words: EditorsWords, questions: list[Asked]) -> EditorsWords:
    """The editor's words without the questions in them, which stand beside their passages."""
    batches: dict[Any, int] = {}
    for question in questions:
        batches[question.comment.sent_at] = batches.get(question.comment.sent_at, 0) + 1
    if not batches:
        return words
    last = batches[max(batches)]
    leads = [(language, read_numbers(text, last)[0]) for language, text in words.texts]
    return EditorsWords([(language, lead) for language, lead in leads if lead], words.being_translated)
