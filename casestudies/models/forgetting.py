"""What was erased, so that it can be erased again where a backup brings it back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """One erasure: of which case study, of what, and when. Nothing of what was erased."""

    class What(models.TextChoices):
        """What was erased."""

        PEOPLE = "people", _("the people; the published text stays")
        WORDS = "words", _("the people and the words; its address says that it was withdrawn")
        ALL = "all", _("everything")

    subject = models.UUIDField(_("thing"), db_index=True)
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=["people", "words", "all"]), name="erasure_what_known")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_what_display()}"
