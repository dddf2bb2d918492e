"""Words by which editors sort the case studies for themselves. Readers and contributors never see them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.alphabet import sort_key
from foundation.bilingual.languages import current


class TagQuerySet(models.QuerySet["Tag"]):
    """Tags."""

    def in_order(self) -> "list[Tag]":
        """In the order of the reader's alphabet."""
        return sorted(self, key=lambda tag: sort_key(str(tag), current()))


class Tag(models.Model):
    """One such word, in both languages."""

    name_cy = models.CharField(_("name in Welsh"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=models.Q(name_cy__gt="", name_en__gt=""), name="tag_filled")]

    def __str__(self) -> str:
        name: str = getattr(self, f"name_{current()}")
        return name
