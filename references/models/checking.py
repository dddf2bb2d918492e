"""What editors have decided about findings of the citation check."""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import Language
from references.checking.kinds import Kind, State

PRINTED_LENGTH = 300


class ExcuseQuerySet(models.QuerySet["Excuse"]):
    """Excuses."""

    def forget(self, subject: UUID) -> None:
        """Drop those of a content that is erased: their reasons are words about it."""
        self.filter(subject=subject).delete()


class Excuse(models.Model):
    """A finding that may stand: which one, who says so, when and why.

    A finding is known by what is printed and where. When the text moves on, and nothing matches any more, the excuse is *stale*.
    """

    subject = models.UUIDField(_("text"), db_index=True, help_text=_("The key of a hallmark, a page or a case study."))
    kind = models.CharField(_("kind of finding"), max_length=40, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    field = models.CharField(_("field"), max_length=60, blank=True)
    as_printed = models.CharField(_("as printed"), max_length=PRINTED_LENGTH, blank=True)
    work_key = models.CharField(_("work"), max_length=100, blank=True)
    occurrence = models.PositiveIntegerField(_("which of several"), default=0)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now=True)

    objects: ClassVar[ExcuseQuerySet] = ExcuseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("excused finding")
        verbose_name_plural = _("excused findings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "language", "field", "as_printed", "work_key", "occurrence"],
                name="excuse_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="excuse_says_why"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="excuse_kind_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="excuse_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.as_printed or self.work_key}"

    @property
    def identity(self) -> tuple[str, str, str, str, str, int]:
        """What a finding is known by within one text; `Finding.identity` gives the same."""
        return (self.kind, self.language, self.field, self.as_printed, self.work_key, self.occurrence)


class FindingCount(models.Model):
    """How many findings of one kind, language and state the last check of a text counted; no row for none.

    Derived, so that the desk need not check every text to say how much waits: `references.checking.counting` writes it.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    kind = models.CharField(_("kind of finding"), max_length=40, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    count = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("count of findings")
        verbose_name_plural = _("counts of findings")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language", "kind", "state"], name="findingcount_once"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="findingcount_counts_something"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="findingcount_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="findingcount_state_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="findingcount_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language}, {self.get_state_display()}): {self.count}"
