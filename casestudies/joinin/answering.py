"""The editors' questions on the contributor's page: each beside its passage, with a box for the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from casestudies.joinin.forms import storable
from casestudies.joinin.states import EditorsWords, in_languages, wanted_languages
from casestudies.models import CaseStudy, CaseStudyEdition, Comment
from casestudies.passages import Passage, passage
from casestudies.questions import ANSWERABLE, SENT, Answer, mark_of, read_numbers
from foundation.bilingual.languages import Language
from foundation.people.admin import key_of
from foundation.publishing.prose import clean_text
from foundation.record.models import Event

#: The signs that an answer may have. What is longer is kept in the page and refused.
MOST_ANSWER = 5000


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as its contributor reads it."""

    number: int
    comment: Comment
    passage: Passage
    words: EditorsWords
    typed: str
    error: str = ""

    @property
    def box(self) -> str:
        return f"answer-{self.comment.pk}"

    @property
    def mark(self) -> str:
        return mark_of(self.comment)

    @property
    def is_another(self) -> bool:
        """Whether an answer is saved, and another is in the box."""
        return self.comment.answer not in ("", self.typed)

    @property
    def label(self) -> str:
        return str(CaseStudyEdition._meta.get_field(self.comment.field).verbose_name)  # type: ignore[union-attr]


def questions_of(
    case: CaseStudy, edition: CaseStudyEdition | None, typed: Mapping[int, str], errors: Mapping[int, str]
) -> list[Asked]:
    """All that was asked about a story, in order, with what is typed or was answered. Two queries at most."""
    comments = list(case.comments.asked())
    wanted = wanted_languages(case)
    translated = _translations(case, comments, wanted)
    found = []
    for number, comment in enumerate(comments, 1):
        texts = {one: comment.text_in(one) or translated.get((comment.pk, one), "") for one in Language.values}
        found.append(
            Asked(
                number,
                comment,
                passage(comment, edition),
                in_languages(texts, wanted),
                typed.get(comment.pk, comment.answer),
                errors.get(comment.pk, ""),
            )
        )
    return found


def _translations(case: CaseStudy, comments: list[Comment], wanted: list[str]) -> dict[tuple[int, str], str]:
    """What translators have written since, by question and language: it stands in the message that the questions went in."""
    if all(comment.text_in(language) for comment in comments for language in wanted):
        return {}
    sent = Event.objects.about(case.uuid).filter(code__in=["request_changes", SENT]).prefetch_related("messages")
    notes = {event.at: message for event in sent for message in event.messages.all()}
    found: dict[tuple[int, str], str] = {}
    for moment in {comment.sent_at for comment in comments if comment.sent_at in notes}:
        together = [comment for comment in comments if comment.sent_at == moment]
        for language in Language.values:
            _lead, texts = read_numbers(getattr(notes[moment], f"note_{language}"), len(together))
            found |= {(together[number - 1].pk, language): text for number, text in texts.items()}
    return found


def can_answer(case: CaseStudy) -> bool:
    return case.status in ANSWERABLE


def typed_answers(request: HttpRequest) -> dict[int, str]:
    """What is in the boxes, as typed, by the keys of the questions."""
    boxes = {name.removeprefix("answer-"): name for name in request.POST if name.startswith("answer-")}
    return {key: storable(request.POST[name]) for text, name in boxes.items() if (key := key_of(text))}


def judged(request: HttpRequest, case: CaseStudy) -> tuple[dict[int, Answer], dict[int, str]]:
    """The answers to save, after the button that was pressed, and what is wrong with them."""
    pressed = request.POST.get("save", request.POST.get("judged", ""))
    numbers = {pk: number for number, pk in enumerate(case.comments.asked().values_list("pk", flat=True), 1)}
    typed = {pk: clean_text(text).strip() for pk, text in typed_answers(request).items() if pk in numbers}
    key = key_of(pressed)
    chosen = {key} & set(numbers) if key else set(numbers)
    errors = {}
    for pk in sorted(chosen & set(typed)):
        if len(typed[pk]) > MOST_ANSWER:
            words = _("Shorten your answer to question %(number)d to %(limit)d characters or fewer")
            errors[pk] = words % {"number": numbers[pk], "limit": MOST_ANSWER}
        elif not typed[pk] and (len(chosen) == 1 or not any(typed.values())):
            errors[pk] = _("Write your answer to question %(number)d") % {"number": numbers[pk]}
    seen = {pk: request.POST.get(f"seen-{pk}", "") for pk in typed}
    return {pk: Answer(typed[pk], seen[pk]) for pk in chosen & set(typed) if typed[pk]}, errors
