"""Periodic jobs: one row each, so that any number of workers do each job once."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    """The jobs of the clock."""

    def due(self, now: datetime) -> "JobQuerySet":
        return self.filter(next_at__lte=now)

    def claim(self, job: "Job", *, now: datetime, lease: timedelta) -> bool:
        """Take `job` for `lease`: True for exactly one of those who try."""
        return self.filter(pk=job.pk, next_at=job.next_at).update(next_at=now + lease, claimed_at=now) == 1


class Job(models.Model):
    """When a periodic job runs next, and how it went. A claimed job's next time is the end of its lease, until it is done."""

    name = models.CharField(_("job"), max_length=80, unique=True)
    next_at = models.DateTimeField(_("next"))
    claimed_at = models.DateTimeField(_("last started"), null=True, blank=True)
    done_at = models.DateTimeField(_("last done"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        ordering = ["next_at"]

    def __str__(self) -> str:
        return self.name
