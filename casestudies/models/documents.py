"""Documents that came with a story: evidence for editors, and the cleaned copy of one that an editor publishes."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy
from casestudies.vocabulary import Status
from foundation.bilingual.languages import Language, words
from foundation.bilingual.models import Agreement
from foundation.files.documents.kinds import Kind
from foundation.files.models import new_token


def evidence_at(document: "Document", filename: str) -> str:
    """Where a document is kept as it came: nothing of the name it came with."""
    return f"documents/{document.token[:2]}/{document.token}/evidence"


def copy_at(copy: "DocumentCopy", filename: str) -> str:
    """Where a cleaned copy is kept."""
    return f"documents/{copy.token[:2]}/{copy.token}/copy"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents that came with stories."""

    def chosen(self) -> "DocumentQuerySet":
        """Those of which an editor chose to publish a copy, with the copy at hand. Shown only while their story is."""
        return self.filter(copy__published_at__isnull=False).select_related("copy")


class Document(models.Model):
    """A PDF or Word file as it came, for the editors alone. Its text is what it says in any place, also the hidden ones."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="documents")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    name = models.CharField(_("name of the file"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(max_length=64, editable=False)
    text = models.TextField(_("what it says"), blank=True)  # with its comments, deleted words and properties
    file = models.FileField(upload_to=evidence_at, max_length=200, editable=False)
    uploaded_at = models.DateTimeField(_("came in"), auto_now_add=True)

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="document_kind_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def copy_or_none(self) -> "DocumentCopy | None":
        return getattr(self, "copy", None)

    @property
    def address(self) -> str:
        return f"/files/{self.token}/evidence"


class DocumentCopyQuerySet(models.QuerySet["DocumentCopy"]):
    """Cleaned copies."""

    def published(self) -> "DocumentCopyQuerySet":
        """Those that readers may have: chosen by an editor, of a story that is published."""
        return self.filter(published_at__isnull=False, document__case_study__in=CaseStudy.objects.published())


class DocumentCopy(models.Model):
    """A copy without metadata, comments, changes or macros, for the page of the story. Its address is new with each copy."""

    class Written(models.TextChoices):
        """In which language the document is written."""

        CY = "cy", _("Welsh")
        EN = "en", _("English")
        BOTH = "both", _("Welsh and English")

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="copy")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    file = models.FileField(upload_to=copy_at, max_length=200, editable=False)
    size = models.PositiveIntegerField(_("size (bytes)"))
    title = models.CharField(_("title of the document"), max_length=150, blank=True, default="")
    written_in = models.CharField(_("language of the document"), max_length=4, choices=Written.choices, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    agreements = GenericRelation(Agreement)
    title_cy: str | None
    title_en: str | None
    objects: ClassVar[DocumentCopyQuerySet] = DocumentCopyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("copy of a document")
        verbose_name_plural = _("copies of documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(written_in__in=["", *[one.value for one in Language], "both"]),
                name="documentcopy_language_known",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | (Q(title_cy__gt="") & Q(title_en__gt="") & Q(title_cy__isnull=False) & Q(title_en__isnull=False))
                & ~Q(written_in=""),
                name="documentcopy_published_is_named",
            ),
        ]

    def __str__(self) -> str:
        return words(self, "title") or str(self.document)

    @property
    def file_name(self) -> str:
        """What readers get it under: the number of the story, and nothing of the name it came with."""
        return f"{self.document.case_study.reference}.{self.document.kind}"

    @property
    def address(self) -> str:
        return f"/files/{self.token}/document"

    @property
    def is_public(self) -> bool:
        case = self.document.case_study
        return self.published_at is not None and case.status == Status.PUBLISHED and "documents" not in case.hidden


class DocumentCheck(models.Model):
    """What an editor looked at in a copy before it was published: who, and when."""

    class What(models.TextChoices):
        NAMES = "names", _("No child can be recognised, and nobody is named who did not agree to it")
        ACCESSIBLE = "accessible", _("It can be read with a screen reader: headings, reading order, text for pictures")
        LANGUAGE = "language", _("Its language is the one said here")

    copy = models.ForeignKey(DocumentCopy, on_delete=models.CASCADE, related_name="checks")
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("check of a document")
        verbose_name_plural = _("checks of documents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["names", "accessible", "language"]), name="documentcheck_what_known"
            ),
            models.UniqueConstraint(fields=["copy", "what"], name="documentcheck_once"),
        ]

    def __str__(self) -> str:
        return self.get_what_display()
