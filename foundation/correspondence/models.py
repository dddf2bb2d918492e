"""Every message: stored before it is sent. The row is the queue."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.clock.days import working_days_before
from foundation.correspondence.kinds import kinds
from foundation.record.models import Event

#: Between the languages of a subject.
SLASH = " / "
#: Working days within which the words that a message lacks are to be there.
WORDS_WITHIN = 2


class MessageLanguage(models.TextChoices):
    """The language of a message: the recipient's, or both where that is unknown."""

    CY = "cy", _("Welsh")
    EN = "en", _("English")
    BOTH = "both", _("both languages")


class State(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", _("waiting for words in the recipient’s language")
    QUEUED = "queued", _("to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not delivered")
    BOUNCED = "bounced", _("came back")
    CANCELLED = "cancelled", _("cancelled")


#: Those that reached nobody, and those that a mail server once took.
UNDELIVERED = (State.FAILED, State.BOUNCED)
ACCEPTED = (State.SENT, State.BOUNCED)


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def due(self, now: datetime) -> "MessageQuerySet":
        """To be sent, its time has come, and no worker holds it (a lease that has run out holds nothing)."""
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now), state=State.QUEUED, next_try__lte=now)

    def undelivered(self) -> "MessageQuerySet":
        """Refused by a mail server, at once or later."""
        return self.filter(state__in=UNDELIVERED)

    def lease(self, message_id: uuid.UUID, *, now: datetime, seconds: int) -> bool:
        """Take a due message for so many seconds, counting the attempt: True for exactly one of those who try."""
        return (
            self.due(now)
            .filter(pk=message_id)
            .update(lease_until=now + timedelta(seconds=seconds), attempts=models.F("attempts") + 1)
            == 1
        )


class Message(models.Model):
    """One email. The body is kept with its placeholders: links are made anew at each attempt, and never stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    about = models.UUIDField(_("about"), db_index=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    recipient = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=4, choices=MessageLanguage.choices)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("body"))
    note_cy = models.TextField(_("the editor’s words in Welsh"), blank=True)
    note_en = models.TextField(_("the editor’s words in English"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try = models.DateTimeField(_("next try"))
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("last answer of the mail server"), blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "next_try"], name="message_queue")]
        constraints = [
            models.UniqueConstraint(fields=["event", "kind", "recipient"], name="message_once_per_event"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(language__in=MessageLanguage.values), name="message_language_known"),
            models.CheckConstraint(
                condition=Q(state__in=ACCEPTED, sent_at__isnull=False)
                | (~Q(state__in=ACCEPTED) & Q(sent_at__isnull=True)),
                name="message_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_overdue(self) -> bool:
        """Whether its words are wanted for longer than its recipient may be made to wait."""
        return self.state == State.WAITING and self.created_at < working_days_before(timezone.now(), WORDS_WITHIN)

    @property
    def languages(self) -> tuple[str, ...]:
        return ("cy", "en") if self.language == MessageLanguage.BOTH else (self.language,)

    @property
    def subjects(self) -> list[tuple[str, str]]:
        """Each language that the subject speaks, with what it says in it. Where one was cut off, both together, in none."""
        texts = self.subject.split(SLASH)
        each, over = divmod(len(texts), len(self.languages))
        if over:
            return [("", self.subject)]
        halves = (SLASH.join(texts[start : start + each]) for start in range(0, len(texts), each))
        return list(zip(self.languages, halves, strict=True))

    @property
    def lacks_words(self) -> bool:
        """Whether the editor wrote something, and not in (each of) the recipient's language(s)."""
        notes = {"cy": self.note_cy, "en": self.note_en}
        return any(notes.values()) and not all(notes[language] for language in self.languages)


class Attempt(models.Model):
    """One attempt to send a message. Its line is there before the attempt is made, so that one cut short leaves a trace."""

    class Outcome(models.TextChoices):
        """What became of it."""

        BEGUN = "begun", _("begun; how it ended is not known")
        SENT = "sent", _("accepted by the mail server")
        PUT_OFF = "put-off", _("not accepted: to be tried again")
        REFUSED = "refused", _("refused")
        DELAYED = "delayed", _("delayed on its way")
        BOUNCED = "bounced", _("came back")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="history", verbose_name=_("message"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.BEGUN)
    answer = models.TextField(_("what the mail server said"), blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["begun", "sent", "put-off", "refused", "delayed", "bounced"]),
                name="attempt_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Wording(models.Model):
    """The words that editors have put in the place of the standard ones of a kind of message: there where they have.

    What goes out is the pair that was last agreed to say the same (`wordings.in_force`); these are the words being worked on.
    """

    kind = models.SlugField(_("kind"), max_length=40, unique=True, editable=False)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("paragraphs"), max_length=10_000)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )

    subject_cy: str | None
    subject_en: str | None
    body_cy: str | None
    body_en: str | None

    class Meta:
        verbose_name = _("wording of a message")
        verbose_name_plural = _("wordings of messages")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_cy__gt="", subject_en__gt="", body_cy__gt="", body_en__gt="")
                & Q(subject_cy__isnull=False, subject_en__isnull=False, body_cy__isnull=False, body_en__isnull=False),
                name="wording_filled",
            ),
        ]

    def __str__(self) -> str:
        return str(kinds().get(self.kind, self.kind))
