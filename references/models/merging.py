"""What a work was called before it was merged into another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from references.models.works import Work


class FormerKey(models.Model):
    """The key of a work that turned out to be another one: its address leads there for ever, and no other work may take it.

    `csl` is the item as it was when the two were merged, so that nothing that stood in it is lost.
    """

    key = models.SlugField(_("former key"), max_length=100, unique=True)
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="former_keys", verbose_name=_("work"))
    csl = models.JSONField(_("item as it was"), default=dict)
    since = models.DateTimeField(_("merged"), auto_now_add=True)

    class Meta:
        verbose_name = _("former key")
        verbose_name_plural = _("former keys")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
