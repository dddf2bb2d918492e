"""What readers say is wrong with a page."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.bilingual.languages import Language
from foundation.clock.days import working_day_after
from foundation.record.numbers import spoken_reference


def new_reference() -> str:
    return spoken_reference("P")


class Kind(models.TextChoices):
    """What somebody wants to tell us."""

    ERROR = "error", _("Something is not right on the page")
    PERSON = "person", _("It is about me or my child")
    COMPLAINT = "complaint", _("I want to complain")


class State(models.TextChoices):
    """How far a problem has come."""

    OPEN = "open", pgettext_lazy("problem", "open")
    ANSWERED = "answered", pgettext_lazy("problem", "answered")
    CLOSED = "closed", pgettext_lazy("problem", "closed")


class ProblemQuerySet(models.QuerySet["Problem"]):
    """Problems that readers reported."""

    def waiting(self) -> "ProblemQuerySet":
        """Those that somebody here still owes an answer; what looks like junk waits by itself."""
        return self.filter(state=State.OPEN, looks_like_junk=False)

    def overdue(self, today: date) -> "ProblemQuerySet":
        return self.waiting().filter(due_on__lt=today)

    def closed(self) -> "ProblemQuerySet":
        return self.filter(state=State.CLOSED)


class Problem(models.Model):
    """What one reader said of one page, and what became of it. Personal data: it goes some time after it is closed.

    `page` is the address of the page and `subject` the key of what stands there, where we know them; `where` what the reader
    called it. `asked_as` is the form it came in with: sent twice, it is one.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference number"), max_length=12, unique=True, default=new_reference)
    asked_as = models.CharField(max_length=40, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    page = models.CharField(_("page"), max_length=300, blank=True)
    where = models.CharField(_("title of the page"), max_length=250, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True, editable=False)
    subject = models.UUIDField(null=True, blank=True, db_index=True, editable=False)
    text = models.TextField(_("what the reader says"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language of the answer"), max_length=2, choices=Language.choices)
    looks_like_junk = models.BooleanField(_("looks like junk"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    came_at = models.DateTimeField(_("came in"), default=timezone.now)
    due_on = models.DateField(_("to be answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="problem_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="problem_state_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="problem_language_known"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="problem_closed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False), name="problem_answered_has_time"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def due_for(cls, kind: str, came_at: datetime) -> date:
        """The day by which a problem of this kind is answered."""
        return working_day_after(timezone.localdate(came_at), settings.PROBLEM_WORKING_DAYS[kind])

    @property
    def is_late(self) -> bool:
        return self.state == State.OPEN and self.due_on < timezone.localdate()


class ProblemNote(models.Model):
    """What a member of staff writes down about a problem: for the others, or as the reason why it is closed."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    closes = models.BooleanField(_("reason for closing it"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("note on a problem")
        verbose_name_plural = _("notes on problems")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="problemnote_says_something")]

    def __str__(self) -> str:
        return self.text[:60]
