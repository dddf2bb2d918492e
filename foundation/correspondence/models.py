"""Every message: stored before it is sent. The row is the queue."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.record.models import Event


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
    CANCELLED = "cancelled", _("cancelled")


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def due(self, now: datetime) -> "MessageQuerySet":
        """To be sent, its time has come, and no worker holds it (a lease that has run out holds nothing)."""
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now), state=State.QUEUED, next_try__lte=now)

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
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def languages(self) -> tuple[str, ...]:
        return ("cy", "en") if self.language == MessageLanguage.BOTH else (self.language,)

    @property
    def lacks_words(self) -> bool:
        """Whether the editor wrote something, and not in (each of) the recipient's language(s)."""
        notes = {"cy": self.note_cy, "en": self.note_en}
        return any(notes.values()) and not all(notes[language] for language in self.languages)
