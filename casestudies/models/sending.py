"""What was typed, and what was sent."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy
from foundation.record.models import AppendOnly


class Draft(models.Model):
    """What a contributor has typed so far, as typed: the answers to each page of Join In, judged or not."""

    case_study = models.OneToOneField(CaseStudy, on_delete=models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # the pages whose answers were sent and found wanting
    is_complete = models.BooleanField(default=False)
    touched_at = models.DateTimeField(default=timezone.now)
    warned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.case_study)


class Snapshot(models.Model):
    """The story as a contributor sent it, at one submission. Never the contributor; never changed."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(_("sent"))
    story = models.JSONField(_("story"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case_study", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.case_study} #{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)
