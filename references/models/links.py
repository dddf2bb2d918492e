"""The addresses that works are found at, and how they answered when they were last asked."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: So many failures in a row, over so long, are told to editors: a server may be away for an afternoon.
FAILURES_TOLD = 3
FAILING_FOR = timedelta(days=3)


class Verdict(models.TextChoices):
    """What a check says of an address."""

    UNCHECKED = "unchecked", _("not checked yet")
    WORKS = "works", pgettext_lazy("a link", "works")
    FAILS = "fails", pgettext_lazy("a link", "fails")
    UNCLEAR = "unclear", _("cannot be checked")


class Problem(models.TextChoices):
    """Why an address did not answer as it should."""

    NONE = "", _("none")
    STATUS = "status", _("the server answers with an error")
    HOSTILE = "hostile", _("the server answers people only, not programmes")
    BUSY = "busy", _("the server is busy")
    NAME = "name", _("there is no such host")
    CONNECTION = "connection", _("the server does not take the call")
    TIMEOUT = "timeout", _("the server takes too long")
    CERTIFICATE = "certificate", _("the certificate of the server is not valid")
    RESET = "reset", _("the server hangs up")
    GARBAGE = "garbage", _("the answer cannot be understood")
    REDIRECTS = "redirects", _("the address is passed on without end")
    PRIVATE = "private", _("the address leads into a private network")
    ADDRESS = "address", _("this is no address of the web")


class LinkQuerySet(models.QuerySet["Link"]):
    """Addresses."""

    def due(self, now: datetime) -> "LinkQuerySet":
        """Those to ask now: first what an editor asked for, then what has waited longest."""
        return self.filter(in_use=True, next_at__lte=now).order_by("-is_wanted", "next_at", "pk")

    def broken(self) -> "LinkQuerySet":
        """What editors are told of: failed again and again, and no person has said that it works all the same."""
        return self.filter(
            in_use=True,
            accepted_at__isnull=True,
            failures__gte=FAILURES_TOLD,
            failing_since__lte=F("checked_at") - FAILING_FOR,
        )


class Link(models.Model):
    """One address that published works name. Readers never see what is said of it here."""

    address = models.CharField(_("address"), max_length=600, unique=True)
    in_use = models.BooleanField(_("a published work names it"), default=True)
    verdict = models.CharField(_("last answer"), max_length=12, choices=Verdict.choices, default=Verdict.UNCHECKED)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem.choices, blank=True, default="")
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    worked_at = models.DateTimeField(_("last worked"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    next_at = models.DateTimeField(_("next check"), db_index=True)
    is_wanted = models.BooleanField(_("an editor asked for a check"), default=False)
    leads_to = models.CharField(_("leads to"), max_length=2000, blank=True, default="")
    etag = models.CharField(max_length=200, blank=True, default="", editable=False)
    last_modified = models.CharField(max_length=60, blank=True, default="", editable=False)
    accepted_at = models.DateTimeField(_("said to work on"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("said to work by"),
    )

    objects: ClassVar[LinkQuerySet] = LinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="link_verdict_known"),
            models.CheckConstraint(condition=Q(problem__in=Problem.values), name="link_problem_known"),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since__isnull=True) | Q(failures__gt=0, failing_since__isnull=False),
                name="link_fails_since",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="link_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.address


class LinkCheck(models.Model):
    """One check of an address. The newest are kept."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="checks", verbose_name=_("link"))
    at = models.DateTimeField(_("when"))
    verdict = models.CharField(_("answer"), max_length=12, choices=Verdict.choices)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem.choices, blank=True, default="")
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    seconds = models.FloatField(_("seconds"))

    class Meta:
        verbose_name = _("check of a link")
        verbose_name_plural = _("checks of links")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="linkcheck_verdict_known"),
            models.CheckConstraint(condition=Q(problem__in=Problem.values), name="linkcheck_problem_known"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.get_verdict_display()}"
