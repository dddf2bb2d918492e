"""The log: who did what, when, from which state to which. It only grows."""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.record.actors import Role


class AppendOnly(Exception):
    """The log can be added to, and not changed."""


class EventQuerySet(models.QuerySet["Event"]):
    """Lines of the log."""

    def about(self, subject: Any) -> "EventQuerySet":
        """The lines on one thing, by its UUID, in the order in which they were written."""
        return self.filter(subject=subject).order_by("pk")

    def arriving_at(self, state: str) -> "EventQuerySet":
        """The moves that led to `state` from another."""
        return self.filter(to_state=state).exclude(from_state=state)

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly  # and so do `bulk_update` and the asynchronous ones, which come here

    def _update(self, values: Any) -> NoReturn:
        raise AppendOnly  # where Django comes when it stores a row that is there: `save_base`, `loaddata`

    def delete(self) -> NoReturn:
        raise AppendOnly

    def _raw_delete(self, using: Any) -> NoReturn:
        raise AppendOnly  # where Django comes when rows go along with others

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list["Event"]:
        """New lines only: one that is there already is a mistake, not something to be written over or left out."""
        if args or kwargs.keys() - {"batch_size"}:
            raise AppendOnly
        return super().bulk_create(objs, **kwargs)


class Event(models.Model):
    """One line of the log. It holds codes, times and keys: no words, no names, no foreign key."""

    at = models.DateTimeField(_("when"), db_index=True)
    role = models.CharField(_("as"), max_length=16, choices=Role.choices)
    actor = models.CharField(_("who"), max_length=40, blank=True, help_text=_("The key of a member of staff."))
    kind = models.CharField(_("kind of thing"), max_length=40)
    subject = models.UUIDField(_("thing"), db_index=True)
    code = models.CharField(_("what"), max_length=40)
    from_state = models.CharField(pgettext_lazy("state", "from"), max_length=24, blank=True)
    to_state = models.CharField(pgettext_lazy("state", "to"), max_length=24, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("log")
        ordering = ["-pk"]
        base_manager_name = "objects"  # what Django itself asks for rows is the same query set, and refuses alike
        indexes = [models.Index(fields=["to_state", "subject"], name="event_to_state")]  # what has come to its end
        constraints = [models.CheckConstraint(condition=models.Q(role__in=Role.values), name="event_role_known")]

    def __str__(self) -> str:
        """Its moment, which is the same in both languages: the words for its code are the desk's."""
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M:%S}"

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


class Redaction(models.Model):
    """Passages that were replaced by a mark wherever they stood: that it was done and in how many rows of which places, never what.

    `marks` holds of each passage how many words it has and a keyed hash of them, so that the same can be done again to what
    a backup brings back (`foundation.record.redaction.redact_again`).
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=40, blank=True, help_text=_("The key of a member of staff."))
    marks = models.JSONField()
    places = models.JSONField(_("where"), default=dict)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["-pk"]
        default_permissions = ("add", "view")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
