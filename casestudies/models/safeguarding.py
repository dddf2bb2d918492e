"""Where a child could be recognised in a story, and what an editor decided about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy


class Finding(models.Model):
    """A place in a story where a child could be recognised. An editor clears or justifies each before publication."""

    class Verdict(models.TextChoices):
        OPEN = "open", _("open")
        CLEARED = "cleared", _("cleared")
        JUSTIFIED = "justified", _("justified")

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="findings")
    what = models.CharField(_("what"), max_length=250)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("safeguarding finding")
        verbose_name_plural = _("safeguarding findings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["open", "cleared", "justified"]), name="finding_verdict_known"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="justified") | ~Q(reason=""),
                name="finding_justified_says_why",
                violation_error_message=_("Say why this may stand."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="open") | Q(decided_by__isnull=False), name="finding_settled_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_settled(self) -> bool:
        return self.verdict != self.Verdict.OPEN
