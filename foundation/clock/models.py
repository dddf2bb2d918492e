"""Periodic jobs: one row each, so that any number of workers do each job once. And what they count."""

from datetime import datetime, timedelta
from typing import Any

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


class Figure(models.Model):
    """What a job counted, kept for a page that cannot wait for the counting, with the time of it."""

    name = models.CharField(max_length=40, unique=True)
    counted_at = models.DateTimeField()
    value = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, name: str, value: Any, now: datetime) -> None:
        """Put `value` in the place of what was counted before."""
        cls.objects.update_or_create(name=name, defaults={"value": value, "counted_at": now})
