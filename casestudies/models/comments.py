"""What editors ask or note about a passage of a story, and what its contributor answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy
from casestudies.models.editions import SECTIONS
from foundation.bilingual.languages import Language

#: The texts of a story that a comment can be about.
COMMENTED = ("title", "setting_name", "summary", *SECTIONS)


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments."""

    def to_send(self) -> "CommentQuerySet":
        """Questions for the contributor that have not gone to them yet."""
        return self.filter(is_internal=False, sent_at__isnull=True)

    def asked(self) -> "CommentQuerySet":
        """Questions that the contributor has been asked."""
        return self.filter(sent_at__isnull=False)


class Comment(models.Model):
    """A question about a passage: for the contributor, who sees it once it is sent, or a note among editors.

    `quote` is the passage as it was when the question was written; "" where it is about the whole text.
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="comments")
    field = models.CharField(_("text"), max_length=20)
    language = models.CharField(_("language of the text"), max_length=2, choices=Language.choices)
    quote = models.TextField(_("passage"), blank=True)
    text_cy = models.TextField(_("question in Welsh"), blank=True)
    text_en = models.TextField(_("question in English"), blank=True)
    is_internal = models.BooleanField(_("for editors only"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent to the contributor"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answer_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a passage")
        verbose_name_plural = _("questions about passages")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(field__in=COMMENTED), name="comment_field_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="comment_language_known"),
            models.CheckConstraint(condition=~Q(text_cy="", text_en=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(is_internal=False) | Q(sent_at__isnull=True), name="comment_internal_stays_here"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answer_language="")
                | (
                    ~Q(answer="")
                    & Q(answered_at__isnull=False, sent_at__isnull=False, answer_language__in=Language.values)
                ),
                name="comment_answered_once_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}_{self.language} {self.asked_at:%Y-%m-%d}"

    @property
    def column(self) -> str:
        """The column of an edition that it is about."""
        return f"{self.field}_{self.language}"

    def text_in(self, language: str) -> str:
        return self.text_cy if language == Language.CY else self.text_en
