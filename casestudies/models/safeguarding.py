"""Where somebody could be recognised in a story, what its contributor says to that, and what an editor decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy
from casestudies.safeguarding.kinds import Kind, question


class Finding(models.Model):
    """A place in a story that may say too much about somebody. An editor clears or justifies each before publication.

    Most are found by the rules in `casestudies.safeguarding`; an editor may note one by hand. `field` is the text it stands
    in: a section, or the document or picture with this token.
    """

    class Verdict(models.TextChoices):
        OPEN = "open", _("open")
        CLEARED = "cleared", _("cleared")
        JUSTIFIED = "justified", _("justified")

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NOTED, editable=False)
    field = models.CharField(max_length=60, blank=True, editable=False)
    language = models.CharField(max_length=2, blank=True, editable=False)
    quote = models.CharField(_("words"), max_length=150, blank=True, editable=False)
    start = models.PositiveIntegerField(default=0, editable=False)
    end = models.PositiveIntegerField(default=0, editable=False)
    before = models.CharField(
        max_length=80, blank=True, editable=False
    )  # what stands around the words, to know them by
    after = models.CharField(max_length=80, blank=True, editable=False)
    explanation = models.TextField(_("what the contributor says to it"), blank=True, editable=False)
    what = models.CharField(_("what"), max_length=250, blank=True)  # in an editor's words
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
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="finding_kind_known"),
            models.CheckConstraint(condition=~Q(kind="noted") | ~Q(what=""), name="finding_noted_says_what"),
            models.CheckConstraint(condition=Q(kind="noted") | ~Q(field=""), name="finding_found_has_place"),
            models.UniqueConstraint(
                fields=["case_study", "kind", "field", "language", "quote"],
                condition=~Q(kind="noted"),
                name="finding_once",
            ),
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
        return self.what or question(self.kind, self.quote)

    @property
    def is_settled(self) -> bool:
        return self.verdict != self.Verdict.OPEN

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same finding again: the same words at the same text."""
        return self.kind, self.field, self.language, self.quote
