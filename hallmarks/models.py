"""The eight hallmarks, and the frameworks they connect to."""

from typing import ClassVar

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import current, words
from foundation.publishing.models import Content, Edition, Stage, required_when_live
from references.models import ListedReference, Work


class HallmarkQuerySet(models.QuerySet["Hallmark"]):
    """Hallmarks."""

    def published(self) -> "HallmarkQuerySet":
        """Hallmarks that readers see: those with a live edition."""
        return self.filter(editions__stage=Stage.LIVE)

    def for_listing(self) -> "HallmarkQuerySet":
        """With the live edition at hand as `live`. Two queries, however many."""
        live = HallmarkEdition.objects.filter(stage=Stage.LIVE)
        return self.prefetch_related(Prefetch("editions", queryset=live, to_attr="live_editions"))


class Hallmark(Content):
    """One of the eight."""

    kind = "hallmark"

    number = models.PositiveSmallIntegerField(_("number"), unique=True)

    objects = HallmarkQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("hallmark")
        verbose_name_plural = _("hallmarks")
        ordering = ["number"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(condition=Q(number__range=(1, 8)), name="hallmark_one_of_eight"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.slug.replace('-', ' ')}"

    def get_absolute_url(self) -> str:
        return reverse("hallmarks:hallmark", kwargs={"slug": self.slug})

    @property
    def live(self) -> "HallmarkEdition | None":
        """The live edition, prefetched by `for_listing`."""
        live_editions: list[HallmarkEdition] = self.__dict__["live_editions"]
        return live_editions[0] if live_editions else None


class HallmarkEditionQuerySet(models.QuerySet["HallmarkEdition"]):
    """Editions of hallmarks."""

    def published(self) -> "HallmarkEditionQuerySet":
        return self.filter(stage=Stage.LIVE)

    def in_order(self) -> "HallmarkEditionQuerySet":
        """By number, with identity and source publication. One query."""
        return self.select_related("content", "source").order_by("content__number")


class HallmarkEdition(Edition):
    """What a hallmark says, at one stage."""

    children = ("references", "connections")

    content = models.ForeignKey(Hallmark, on_delete=models.CASCADE, related_name="editions", verbose_name=_("hallmark"))
    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    lead_in = models.CharField(
        _("lead-in"), max_length=200, blank=True, default="", help_text=_("The words that the title completes.")
    )
    short_name = models.CharField(
        _("short name"), max_length=40, blank=True, default="", help_text=_("One to three words, for the wheel.")
    )
    summary = models.CharField(_("summary"), max_length=200, blank=True, default="")
    body = models.TextField(_("body"), blank=True, default="")
    source = models.ForeignKey(
        Work, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source publication")
    )

    title_cy: str | None
    title_en: str | None
    lead_in_cy: str | None
    lead_in_en: str | None
    short_name_cy: str | None
    short_name_en: str | None
    summary_cy: str | None
    summary_en: str | None
    body_cy: str | None
    body_en: str | None
    objects: ClassVar[HallmarkEditionQuerySet] = HallmarkEditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Edition.Meta):
        verbose_name = _("hallmark text")
        verbose_name_plural = _("hallmark texts")
        constraints = [
            *Edition.Meta.constraints,
            required_when_live("title", "lead_in", "short_name", "body", model="hallmarkedition"),
        ]

    def __str__(self) -> str:
        return words(self, "title") or str(self.content)

    def get_absolute_url(self) -> str:
        return self.content.get_absolute_url()


def choice_of(edition: HallmarkEdition) -> tuple[str, str, str]:
    """A hallmark as a choice of a filter: its number, its short name after it, and the language of the name."""
    number, language = edition.content.number, edition.language_shown(current())
    return str(number), f"{number} {words(edition, 'short_name', language)}", language


class HallmarkReferenceQuerySet(models.QuerySet["HallmarkReference"]):
    """Places of works in the lists of hallmarks."""

    def published(self) -> "HallmarkReferenceQuerySet":
        """In the lists that readers see, with hallmark and edition at hand."""
        return self.filter(edition__in=HallmarkEdition.objects.published()).select_related("edition__content")


class HallmarkReference(ListedReference):
    """A work in the list of a hallmark."""

    edition = models.ForeignKey(HallmarkEdition, on_delete=models.CASCADE, related_name="references")

    objects: ClassVar[HallmarkReferenceQuerySet] = HallmarkReferenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(ListedReference.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")


class NamedElsewhere(models.Model):
    """Something whose name is not ours: shown in the language in which its official name is known."""

    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    candidate_cy = models.CharField(
        _("unverified Welsh name"), max_length=200, blank=True, help_text=_("Never shown to readers.")
    )
    candidate_source = models.TextField(_("where the unverified name was seen"), blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True, default="")
    variants = models.JSONField(_("other wordings"), default=list, blank=True)

    name_cy: str | None
    name_en: str | None
    url_cy: str | None
    url_en: str | None

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.shown_name

    @property
    def name_language(self) -> str:
        """The language in which the name is shown to this reader."""
        language = current()
        return language if words(self, "name", language) else language.other

    @property
    def shown_name(self) -> str:
        return words(self, "name", self.name_language)

    @property
    def shown_url(self) -> str:
        return words(self, "url") or words(self, "url", current().other)

    @property
    def url_language(self) -> str:
        return current() if words(self, "url") else current().other


class Framework(NamedElsewhere):
    """A national framework that hallmarks connect to."""

    key = models.SlugField(_("key"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(name_cy__isnull=False) & ~Q(name_cy="")) | (Q(name_en__isnull=False) & ~Q(name_en="")),
                name="framework_has_a_name",
                violation_error_message=_("Write the name in one language at least."),
            )
        ]


class Strand(NamedElsewhere):
    """One dimension, standard or section of a framework."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="strands", verbose_name=_("framework")
    )
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("strand")
        verbose_name_plural = _("strands")
        ordering = ["framework", "number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="strand_number_once"),
            models.CheckConstraint(
                condition=(Q(name_cy__isnull=False) & ~Q(name_cy="")) | (Q(name_en__isnull=False) & ~Q(name_en="")),
                name="strand_has_a_name",
                violation_error_message=_("Write the name in one language at least."),
            ),
        ]


class Connection(models.Model):
    """A line under "Make the Connection": a framework, and usually one of its strands."""

    named_by = ("framework__key", "strand_id")

    edition = models.ForeignKey(HallmarkEdition, on_delete=models.CASCADE, related_name="connections")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+", verbose_name=_("framework"))
    strand = models.ForeignKey(
        Strand, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("strand")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    printed = models.CharField(_("as printed"), max_length=300, blank=True, default="")

    printed_cy: str | None
    printed_en: str | None

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "framework", "strand"], name="connection_strand_once"),
            models.UniqueConstraint(
                fields=["edition", "framework"], condition=Q(strand__isnull=True), name="connection_framework_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.strand or self.framework)
