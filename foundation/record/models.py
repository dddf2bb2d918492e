"""The log: who did what, when, from which state to which. It only grows."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.record.actors import Role


class AppendOnly(Exception):
    """The log can be added to, and not changed."""


class EventQuerySet(models.QuerySet["Event"]):
    """Lines of the log."""

    def about(self, subject: Any) -> "EventQuerySet":
        """The lines on one thing, by its UUID, in the order in which they were written."""
        return self.filter(subject=subject).order_by("pk")

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class Event(models.Model):
    """One line of the log. It holds codes, times and keys: no words, no names, no foreign key."""

    at = models.DateTimeField(_("when"), db_index=True)
    role = models.CharField(_("as"), max_length=16, choices=Role.choices)
    actor = models.CharField(_("who"), max_length=40, blank=True, help_text=_("The key of a member of staff."))
    kind = models.CharField(_("kind of thing"), max_length=40)
    subject = models.UUIDField(_("thing"), db_index=True)
    code = models.CharField(_("what"), max_length=40)
    from_state = models.CharField(_("from"), max_length=24, blank=True)
    to_state = models.CharField(_("to"), max_length=24, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("log")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(role__in=Role.values), name="event_role_known")]

    def __str__(self) -> str:
        return f"{self.code}: {self.from_state} → {self.to_state}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class Note(models.Model):
    """What a person wrote about an event, kept apart from the log so that it can be redacted. In one language or both."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="note")
    text_cy = models.TextField(_("note in Welsh"), blank=True)
    text_en = models.TextField(_("note in English"), blank=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(condition=~models.Q(text_cy="", text_en=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return self.text_cy or self.text_en
