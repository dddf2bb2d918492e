"""The pairs of texts that somebody has said are equivalent."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.agreement import Pair


class How(models.TextChoices):
    """How an agreement came about."""

    SPEAKER = "speaker", _("a speaker of both languages")
    FILE = "file", _("a translator’s file")
    CONTRIBUTOR = "contributor", _("the contributor")
    STARTER = "starter", _("the starter content")


class Agreement(models.Model):
    """The two texts of one field of one object that a person last said say the same thing."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    of = GenericForeignKey("content_type", "object_id")
    field = models.CharField(_("field"), max_length=60)
    text_cy = models.TextField(_("Welsh text"))
    text_en = models.TextField(_("English text"))
    hash_cy = models.CharField(max_length=64)
    hash_en = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))
    how = models.CharField(_("how"), max_length=12, choices=How.choices)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "field"], name="agreement_one_per_field"),
            models.CheckConstraint(condition=models.Q(how__in=How.values), name="agreement_how_known"),
            models.CheckConstraint(
                condition=~models.Q(hash_cy="") & ~models.Q(hash_en=""), name="agreement_of_two_texts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.get_how_display()})"

    @property
    def pair(self) -> Pair:
        return Pair(self.hash_cy, self.hash_en)
