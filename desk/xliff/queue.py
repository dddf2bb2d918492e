"""The translators' queue: all that waits for their words, in both directions, what is needed most first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.messages import shown_messages
from desk.xliff.texts import Row, Thing
from foundation.bilingual.agreement import State, count_words
from foundation.bilingual.languages import Language
from foundation.correspondence.models import Message
from foundation.correspondence.models import State as MessageState


class Need(models.IntegerChoices):
    """Why something is in the queue, the most pressing first."""

    PERSON = 1, gettext_lazy("somebody waits for a message")
    PUBLICATION = 2, gettext_lazy("a publication waits")
    STEP = 3, gettext_lazy("out of step")
    CHECK = 4, gettext_lazy("not confirmed yet")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue. `to`: the language that is to be written, None where either may be; `key`: in a file, "" for none."""

    need: Need
    to: Language | None
    name: str
    language: str
    kind: str
    address: str
    texts: int
    words: int
    since: datetime | None
    planned: datetime | None = None
    is_late: bool = False
    key: str = ""

    @property
    def days(self) -> int | None:
        return None if self.since is None else max((timezone.now() - self.since).days, 0)

    @property
    def rank(self) -> tuple[Any, ...]:
        """By need; then what has a time set, the next first; then what has waited longest, and the longest text."""
        far = timezone.make_aware(datetime(9999, 1, 1))
        return self.need, self.planned or far, self.since or far, -self.words

    def is_into(self, to: Language | None) -> bool:
        return to is None or self.to in (to, None)


def queue(request: HttpRequest, things: list[Thing]) -> list[Waiting]:
    """What waits for this person. One query more than `things` took."""
    found = [*_messages(request), *(line for thing in things for line in _lines(thing))]
    return sorted(found, key=lambda line: line.rank)


def _messages(request: HttpRequest) -> Iterator[Waiting]:
    """What an editor has written to somebody outside in the other language than theirs."""
    if not request.user.has_perm("correspondence.change_message"):
        return
    for message in shown_messages(request).filter(state=MessageState.WAITING):
        notes = {Language.CY: message.note_cy, Language.EN: message.note_en}
        for to, note in notes.items():
            if to in message.languages and not note:
                yield _message(message, to, count_words(notes[to.other]))


def _message(message: Message, to: Language, words: int) -> Waiting:
    return Waiting(
        need=Need.PERSON,
        to=to,
        name=message.subject,
        language=message.language if message.language in Language.values else "",
        kind=_("message"),
        address=reverse("admin:correspondence_message_change", args=[message.pk]),
        texts=1,
        words=words,
        since=message.created_at,
        is_late=message.is_overdue,
    )


def _lines(thing: Thing) -> Iterator[Waiting]:
    """A line for each direction in which something waits; one for both where the same texts only wait to be looked at."""
    into = {to: [(row, field) for row in thing.rows for field in row.fields(to, waiting=True)] for to in Language}
    if into[Language.CY] == into[Language.EN]:
        if into[Language.CY]:
            words = max(thing.words(Language.CY), thing.words(Language.EN))
            yield _line(thing, None, into[Language.CY], words)
        return
    for to, fields in into.items():
        if fields:
            yield _line(thing, to, fields, thing.words(to))


def _line(thing: Thing, to: Language | None, fields: list[tuple[Row, str]], words: int) -> Waiting:
    return Waiting(
        need=_need(thing, fields),
        to=to,
        name=thing.name,
        language=thing.language,
        kind=thing.kind,
        address=thing.address,
        texts=len(fields),
        words=words,
        since=thing.since,
        planned=thing.planned,
        key=thing.key,
    )


def _need(thing: Thing, fields: list[tuple[Row, str]]) -> Need:
    if thing.holds_up:
        return Need.PUBLICATION
    states = {row.states[field].state for row, field in fields}
    return Need.CHECK if states == {State.UNCONFIRMED} else Need.STEP
