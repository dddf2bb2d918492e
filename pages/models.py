"""Standing pages: about, contact, privacy and their like."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import words
from foundation.publishing.models import Content, Edition, Stage, required_when_live

#: First segments of addresses that belong to something else, in either language.
RESERVED = [
    "admin", "astudiaethau-achos", "case-studies", "chwilio", "cy", "cyfeiriadau", "en", "files", "hallmarks", "healthz",
    "join-in", "nodweddion", "references", "rhywbeth-o-i-le", "robots", "search", "sitemap", "something-wrong", "static",
    "ymunwch",
]  # fmt: skip


#: Pages that others lead to, or that the law asks for: they are corrected, never archived.
KEPT = ["accessibility", "contact", "cookies", "privacy"]


class PageQuerySet(models.QuerySet["Page"]):
    """Standing pages."""

    def published(self) -> "PageQuerySet":
        return self.filter(editions__stage=Stage.LIVE, archived_at__isnull=True)

    def gone(self) -> "PageQuerySet":
        """Public once, and archived."""
        return self.filter(editions__stage=Stage.LIVE, archived_at__isnull=False)


class Page(Content):
    """A standing page, found by its slug straight below the language."""

    kind = "page"
    reserved_slugs = tuple(RESERVED)

    key = models.SlugField(_("key"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("place in the footer"), default=0)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
        ordering = ["order", "key"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(slug_cy__in=RESERVED) & ~Q(slug_en__in=RESERVED),
                name="page_slug_not_reserved",
                violation_error_message=_("This address belongs to another part of the site. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True) | ~Q(key__in=KEPT), name="page_needed_not_archived"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("pages:page", kwargs={"slug": self.slug})

    @property
    def mark(self) -> str:
        """What a page of the admin carries to say what readers saw when it was opened: which words, or since when none."""
        live = next((edition for edition in self.editions.all() if edition.stage == Stage.LIVE), None)
        return f"{live and live.pk} {live and live.version} {self.archived_at and self.archived_at.isoformat()}"

    def clean(self) -> None:
        for language in ("cy", "en"):
            if self.slug_in(language) in RESERVED:
                raise ValidationError(
                    {f"slug_{language}": _("This address belongs to another part of the site. Choose another.")},
                    code="reserved",
                )


class PageEditionQuerySet(models.QuerySet["PageEdition"]):
    """Editions of standing pages."""

    def published(self) -> "PageEditionQuerySet":
        return self.filter(stage=Stage.LIVE, content__archived_at__isnull=True)


class PageEdition(Edition):
    """What a standing page says, at one stage."""

    content = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="editions", verbose_name=_("standing page")
    )
    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    body = models.TextField(_("body"), blank=True, default="")

    title_cy: str | None
    title_en: str | None
    body_cy: str | None
    body_en: str | None
    objects: ClassVar[PageEditionQuerySet] = PageEditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Edition.Meta):
        verbose_name = _("text of a standing page")
        verbose_name_plural = _("texts of standing pages")
        constraints = [*Edition.Meta.constraints, required_when_live("title", "body", model="pageedition")]

    def __str__(self) -> str:
        return words(self, "title") or str(self.content)

    def get_absolute_url(self) -> str:
        return self.content.get_absolute_url()
