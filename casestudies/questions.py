"""Editors' questions about passages: asking them, sending them to the contributor, and the contributor's answers.

Questions go out in one message with what else the editor wrote, numbered. Where they are not there in the contributor's
language that message waits for a translator like everything that editors write; from its numbers the page on which the
contributor answers reads the translation of each.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casestudies.messages import write_to_contributor, write_to_editor
from casestudies.models import CaseStudy, CaseStudyEdition, Comment
from casestudies.services import MoveRefused, Words, perform
from casestudies.vocabulary import Status
from casestudies.workflow import WITHDRAWABLE
from foundation.bilingual.languages import Language, speaking
from foundation.record.actors import CONTRIBUTOR, Actor
from foundation.record.services import write

#: Questions go by themselves in these states; in review they go with the request for changes.
SENDABLE = (Status.EDITING, Status.WITH_CONTRIBUTOR, Status.APPROVED)
#: … and are answered in these.
ANSWERABLE = WITHDRAWABLE
#: The code in the log of questions sent without a move.
SENT = "questions-sent"
_NUMBERED = re.compile(r"^(\d+)\. .*\n?", re.MULTILINE)


class NoCommonLanguage(Exception):
    """What is to be sent is partly in Welsh only and partly in English only: no language has all of it."""


def about(comment: Comment, language: str) -> str:
    """What a question is about, in one line: the name of the text, and the passage."""
    with speaking(language):
        label = str(CaseStudyEdition._meta.get_field(comment.field).verbose_name).capitalize()  # type: ignore[union-attr]
    quote = " ".join(comment.quote.split())
    return f"{label}: “{quote}”" if quote else label


def composed(reason: Words, questions: Sequence[Comment]) -> Words:
    """The words of one message: what the editor wrote, then the questions with their numbers, in each language that has all.

    Raises `NoCommonLanguage` where none has.
    """
    found = {}
    for language in Language.values:
        lead = reason.cy if language == "cy" else reason.en
        texts = [question.text_in(language) for question in questions]
        complete = all(texts) and (bool(lead.strip()) or not reason)
        numbered = [
            f"{number}. {about(question, language)}\n{text}"
            for number, (question, text) in enumerate(zip(questions, texts, strict=True), 1)
        ]
        found[language] = "\n\n".join([*([lead.strip()] if lead.strip() else []), *numbered]) if complete else ""
    if questions and not any(found.values()):
        raise NoCommonLanguage
    return Words(**found) if questions else reason


def read_numbers(note: str, count: int) -> tuple[str, dict[int, str]]:
    """The words of a message taken apart again: what stands before the questions, and each of them by its number.

    Where its last numbers are not 1 to `count`, in order, all of it stands before them.
    """
    found = list(_NUMBERED.finditer(note))[-count:] if count else []
    if not found or [match[1] for match in found] != [str(number) for number in range(1, count + 1)]:
        return note, {}
    ends = [*(match.start() for match in found[1:]), len(note)]
    texts = {int(match[1]): note[match.end() : end].strip() for match, end in zip(found, ends, strict=True)}
    return note[: found[0].start()].strip(), {number: text for number, text in texts.items() if text}


@transaction.atomic
def request_changes(
    *, case_id: int, actor: Actor, version: int | None, reason: Words, words: int | None = None
) -> CaseStudy:
    """Ask for changes, and send the open questions with the message. Raises what `perform` raises, and `NoCommonLanguage`."""
    now = timezone.now()
    case = CaseStudy.objects.select_for_update().get(pk=case_id)
    questions = list(case.comments.to_send())
    moved = perform(
        "request_changes",
        case_id=case_id,
        actor=actor,
        version=version,
        words=words,
        reason=composed(reason, questions),
        now=now,
    )
    _mark_sent(case, questions, now)
    return moved


@transaction.atomic
def send_questions(*, case_id: int, actor: Actor) -> int:
    """Send the open questions while the story is being edited. How many; raises `MoveRefused` and `NoCommonLanguage`."""
    now = timezone.now()
    case = CaseStudy.objects.select_for_update().get(pk=case_id)
    if case.status not in SENDABLE:
        raise MoveRefused("wrong-state")
    questions = list(case.comments.to_send())
    words = composed(Words(), questions)
    if not questions:
        return 0
    event = write(
        actor=actor, kind=case.kind, subject=case.uuid, code=SENT, note_cy=words.cy, note_en=words.en, at=now
    )  # fmt: skip
    write_to_contributor(case=case, kind="questions", event=event, note_cy=words.cy, note_en=words.en)
    _mark_sent(case, questions, now)
    return len(questions)


def _mark_sent(case: CaseStudy, questions: Sequence[Comment], now: datetime) -> None:
    case.comments.filter(pk__in=[question.pk for question in questions]).update(sent_at=now)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the contributor answers to one question. `seen`: the mark of the answer that stood there when they wrote it."""

    text: str
    seen: str = ""


def mark_of(question: Comment) -> str:
    """What tells one answer to a question from the next; "" for none."""
    return question.answered_at.isoformat() if question.answered_at else ""


@transaction.atomic
def save_answers(*, case_id: int, answers: Mapping[int, Answer], language: str) -> tuple[set[int], set[int]]:
    """Keep what the contributor answered, by the keys of the questions, and tell the editor. What is as it was stays.

    Gives the questions that have their answer now, and those that somebody else has answered since: these are not
    replaced. Raises `MoveRefused` where the story is with nobody who could read it.
    """
    now = timezone.now()
    case = CaseStudy.objects.select_for_update().get(pk=case_id)
    if case.status not in ANSWERABLE:
        raise MoveRefused("wrong-state")
    asked = list(case.comments.asked().filter(pk__in=answers))
    new = [question for question in asked if answers[question.pk].text not in ("", question.answer)]
    clashes = {question.pk for question in new if answers[question.pk].seen != mark_of(question)}
    new = [question for question in new if question.pk not in clashes]
    for question in new:
        question.answer, question.answer_language, question.answered_at = answers[question.pk].text, language, now
        question.save(update_fields=["answer", "answer_language", "answered_at"])
    if new:
        note = "\n\n".join(f"{about(question, language)}\n{question.answer}" for question in new)
        event = write(actor=CONTRIBUTOR, kind=case.kind, subject=case.uuid, code="answer", at=now)
        words = Words(**{language: note})
        write_to_editor(case=case, kind="answer", event=event, note_cy=words.cy, note_en=words.en)
    return {question.pk for question in asked} - clashes, clashes
