"""How works are cited: the names they go by in a text, and the links that editors made themselves."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import Language
from references.models.works import Work


class Form(models.TextChoices):
    """Which of the forms of a work's authors a name is."""

    FULL = "full", _("every author")
    ET_AL = "et-al", _("the first author and “et al.”")
    ABBREVIATION = "abbreviation", _("an abbreviation")
    WELSH = "welsh", _("the Welsh name of a body")
    TITLE = "title", _("the title of a work without authors")
    STATED = "stated", _("as the item says that it is cited")


class WorkName(models.Model):
    """One way in which a text may cite a work: its authors and year, normalised. Derived; written by `save_work`."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="names", verbose_name=_("work"))
    key = models.CharField(_("authors and year"), max_length=200, db_index=True)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices)

    class Meta:
        verbose_name = _("name of a work")
        verbose_name_plural = _("names of works")
        constraints = [
            models.UniqueConstraint(fields=["work", "key"], name="workname_once"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="workname_form_known"),
        ]

    def __str__(self) -> str:
        return self.key


class CitationLinkQuerySet(models.QuerySet["CitationLink"]):
    """Links of citations."""

    def of(self, *contents: models.Model) -> "CitationLinkQuerySet":
        """Those in these contents, which are of one kind."""
        content_type = ContentType.objects.get_for_model(contents[0])
        return self.filter(content_type=content_type, object_id__in=[content.pk for content in contents])


class CitationLink(models.Model):
    """What an editor said that one citation of a text means.

    It belongs to the content and not to one of its editions, so that it holds before and after publication alike.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    of = GenericForeignKey("content_type", "object_id")
    field = models.CharField(_("field"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    as_printed = models.CharField(_("citation as printed"), max_length=400)
    occurrence = models.PositiveSmallIntegerField(
        _("occurrence"),
        default=1,
        help_text=_("1 for the first citation with these words in the field, 2 for the next."),
    )
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="citation_links", verbose_name=_("work"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), auto_now=True)

    objects: ClassVar[CitationLinkQuerySet] = CitationLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("link of a citation")
        verbose_name_plural = _("links of citations")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "language", "as_printed", "occurrence"],
                name="citationlink_once",
            ),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="citationlink_language_known"),
            models.CheckConstraint(condition=Q(occurrence__gte=1), name="citationlink_occurrence_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.as_printed} → {self.work}"
