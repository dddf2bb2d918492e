"""The words, facts, pictures and references of a case study, at one stage."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy
from casestudies.models.documents import Document
from casestudies.models.people import CreditedPerson
from casestudies.vocabulary import Authority, Correction, Kind, Medium, Phase, Status
from foundation.bilingual.languages import current, words
from foundation.bilingual.models import Agreement
from foundation.files.models import Picture
from foundation.publishing.models import Edition, Stage, required_when_live
from hallmarks.models import Hallmark
from references.models import ListedReference

#: The sections of a story, in order: the five headings, and after the difference it made the evidence for it.
SECTIONS = ("about", "context", "activity", "impact", "evidence", "sharing")


class CaseStudyEditionQuerySet(models.QuerySet["CaseStudyEdition"]):
    """Editions of case studies."""

    def published(self) -> "CaseStudyEditionQuerySet":
        """The live editions of published case studies: what the public reads."""
        return self.filter(stage=Stage.LIVE, content__status=Status.PUBLISHED)

    def for_page(self, *, people: "models.QuerySet[CreditedPerson] | None" = None) -> "CaseStudyEditionQuerySet":
        """With all that its page shows; and, of those whom the story names, `people`, or who have been told. Seven queries."""
        if people is None:
            people = CreditedPerson.objects.shown()
        return self.select_related("content").prefetch_related(
            Prefetch("hallmarks", queryset=EditionHallmark.objects.published()),
            Prefetch("pictures", queryset=EditionPicture.objects.select_related("picture")),
            Prefetch("references", queryset=CaseStudyReference.objects.select_related("work")),
            "typed_references",
            Prefetch("content__credits", queryset=people, to_attr="people_shown"),
            Prefetch("content__documents", queryset=Document.objects.chosen().defer("text"), to_attr="documents_shown"),
        )

    def for_listing(self) -> "CaseStudyEditionQuerySet":
        """With what a line in a list shows: the featured in their order, then the newest. Two queries, however many lines."""
        return (
            self.select_related("content")
            .prefetch_related(Prefetch("hallmarks", queryset=EditionHallmark.objects.published()))
            .order_by(F("content__featured").asc(nulls_last=True), "-content__first_published_at", "-pk")
        )


class CaseStudyEdition(Edition):
    """The words, facts, pictures and references of a case study, at one stage."""

    children = ("hallmarks", "references", "typed_references", "pictures")
    own = frozenset({"correction", "agreed_hash"})
    #: What `casestudies.hiding` has taken out of this one in memory, by its name.
    hidden_parts: frozenset[str] = frozenset()

    content = models.ForeignKey(
        CaseStudy, on_delete=models.CASCADE, related_name="editions", verbose_name=_("case study")
    )
    title = models.CharField(_("title"), max_length=150, blank=True, default="")
    setting_name = models.CharField(_("name of the setting"), max_length=200, blank=True, default="")
    summary = models.TextField(_("summary"), max_length=400, blank=True, default="")
    about = models.TextField(_("about the setting"), blank=True, default="")
    context = models.TextField(_("context and background"), blank=True, default="")
    activity = models.TextField(_("what was done"), blank=True, default="")
    impact = models.TextField(_("what difference it made"), blank=True, default="")
    evidence = models.TextField(_("evidence of the difference"), blank=True, default="")
    sharing = models.TextField(_("how it was shared"), blank=True, default="")
    kind = models.CharField(_("kind of setting"), max_length=12, choices=Kind.choices, blank=True)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, blank=True)
    medium = models.CharField(_("language medium"), max_length=12, choices=Medium.choices, blank=True)
    authority = models.CharField(_("local authority"), max_length=24, choices=Authority.choices, blank=True)
    schools = models.TextField(
        _("schools"), blank=True, default="", help_text=_("Of a cluster or a federation: one school a line.")
    )
    #: Means something in the working edition of a published story: see `casestudies.corrections`.
    correction = models.CharField(
        _("state of the correction"),
        max_length=16,
        choices=Correction.choices,
        default=Correction.EDITING,
        editable=False,
    )
    agreed_hash = models.CharField(max_length=64, blank=True, editable=False)  # of the story that was agreed to

    title_cy: str | None
    title_en: str | None
    setting_name_cy: str | None
    setting_name_en: str | None
    summary_cy: str | None
    summary_en: str | None
    about_cy: str | None
    about_en: str | None
    context_cy: str | None
    context_en: str | None
    activity_cy: str | None
    activity_en: str | None
    impact_cy: str | None
    impact_en: str | None
    evidence_cy: str | None
    evidence_en: str | None
    sharing_cy: str | None
    sharing_en: str | None
    objects: ClassVar[CaseStudyEditionQuerySet] = CaseStudyEditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Edition.Meta):
        verbose_name = _("case study text")
        verbose_name_plural = _("case study texts")
        constraints = [
            *Edition.Meta.constraints,
            required_when_live(
                "title", "setting_name", "about", "context", "activity", "impact", model="casestudyedition"
            ),
            models.CheckConstraint(
                condition=Q(stage="working") | ~(Q(kind="") | Q(phase="") | Q(medium="") | Q(authority="")),
                name="casestudyedition_facts_when_live",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["", *Kind.values])
                & Q(phase__in=["", *Phase.values])
                & Q(medium__in=["", *Medium.values])
                & Q(authority__in=["", *Authority.values]),
                name="casestudyedition_facts_known",
            ),
            models.CheckConstraint(
                condition=Q(correction__in=Correction.values) & (~Q(correction="agreed") | ~Q(agreed_hash="")),
                name="casestudyedition_correction_known",
            ),
        ]

    def __str__(self) -> str:
        return words(self, "title") or words(self, "title", "cy") or words(self, "title", "en") or str(self.content)

    def get_absolute_url(self) -> str:
        return self.content.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """While the story is being edited; of a published one, while its correction is being written."""
        status = self.content.status
        is_correcting = status == Status.PUBLISHED and self.correction == Correction.EDITING
        return super().is_open and (status == Status.EDITING or is_correcting)

    @property
    def pictures_shown(self) -> list["EditionPicture"]:
        return [row for row in self.pictures.all() if row.picture.token not in self.hidden_parts]

    @property
    def typed_references_shown(self) -> list["TypedReference"]:
        return [] if "typed_references" in self.hidden_parts else list(self.typed_references.all())

    @property
    def hides_above(self) -> bool:
        """Whether something is hidden that has no heading of its own above the sections: that is said there."""
        missing_picture = len(self.pictures_shown) < len(self.pictures.all())
        return missing_picture or bool(self.hidden_parts & {"summary", "how"})

    @property
    def hides_below(self) -> bool:
        """The same of what follows the sections."""
        return bool(self.hidden_parts & {"typed_references", "documents", "credits"})

    @property
    def school_names(self) -> list[str]:
        """The schools of a cluster or a federation."""
        return [line.strip() for line in self.schools.splitlines() if line.strip()]


class EditionHallmarkQuerySet(models.QuerySet["EditionHallmark"]):
    """Places of hallmarks in case studies."""

    def published(self) -> "EditionHallmarkQuerySet":
        """Those of published hallmarks, with the hallmark and its short name (`shown_name`) at hand."""
        return (
            self.filter(hallmark__editions__stage=Stage.LIVE)
            .select_related("hallmark")
            .annotate(
                name_cy=F("hallmark__editions__short_name_cy"),
                name_en=F("hallmark__editions__short_name_en"),
                only_language=F("hallmark__editions__only_language"),
            )
        )


class EditionHallmark(models.Model):
    """A hallmark that a case study shows; the first is the main one."""

    named_by = ("hallmark__number",)

    edition = models.ForeignKey(CaseStudyEdition, on_delete=models.CASCADE, related_name="hallmarks")
    hallmark = models.ForeignKey(
        Hallmark, on_delete=models.PROTECT, related_name="case_studies", verbose_name=_("hallmark")
    )
    how = models.CharField(_("how it shows"), max_length=200, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    agreements = GenericRelation(Agreement)
    how_cy: str | None
    how_en: str | None
    objects: ClassVar[EditionHallmarkQuerySet] = EditionHallmarkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("hallmark shown")
        verbose_name_plural = _("hallmarks shown")
        ordering = ["position", "hallmark__number"]
        constraints = [models.UniqueConstraint(fields=["edition", "hallmark"], name="editionhallmark_once")]

    def __str__(self) -> str:
        return str(self.hallmark)

    @property
    def name_language(self) -> str:
        """The language in which this reader gets the hallmark's name: the one there is, where it is live in one only."""
        only_language: str = self.__dict__["only_language"]  # `published()` puts it there, and the names
        return only_language or current()

    @property
    def shown_name(self) -> str:
        return words(self, "name", self.name_language)

    @property
    def shown_how(self) -> str:
        """How it shows, in the language in which this reader gets the story."""
        return words(self, "how", self.edition.language_shown(current()))


class CaseStudyReference(ListedReference):
    """A work in the list of a case study."""

    edition = models.ForeignKey(CaseStudyEdition, on_delete=models.CASCADE, related_name="references")

    class Meta(ListedReference.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")


class TypedReference(models.Model):
    """A reference as a contributor typed it, which nobody has found in the bibliography yet.

    An editor names its work: then it is a `CaseStudyReference`. Until then the page prints it as it was typed.
    """

    edition = models.ForeignKey(CaseStudyEdition, on_delete=models.CASCADE, related_name="typed_references")
    text = models.CharField(_("as it was typed"), max_length=500)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("reference to be resolved")
        verbose_name_plural = _("references to be resolved")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="typedreference_says_something")]

    def __str__(self) -> str:
        return self.text


class EditionPicture(models.Model):
    """A picture in a case study, with what it shows in both languages."""

    named_by = ("picture__token",)

    edition = models.ForeignKey(CaseStudyEdition, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, related_name="case_studies", verbose_name=_("picture")
    )
    alt = models.CharField(_("what the picture shows"), max_length=300, blank=True, default="")
    shows_people = models.BooleanField(_("shows people"), null=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    agreements = GenericRelation(Agreement)
    alt_cy: str | None
    alt_en: str | None

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "picture"], name="editionpicture_once")]

    def __str__(self) -> str:
        return words(self, "alt") or str(self.picture)
