"""The bibliography: works, kept losslessly, and the place of a work in one text's list."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import current
from foundation.files.models import Picture
from references.citing import citing_querysets
from references.csl import doi_address
from references.styles import entry_in
from references.styles.dates import NO_DATE


class Identity(models.TextChoices):
    """How sure we are that this is the work that was meant."""

    STATED = "stated", _("stated in a list")
    INFERRED_STRONG = "inferred-strong", _("inferred, with good evidence")
    INFERRED_WEAK = "inferred-weak", _("inferred, with weak evidence")

    @classmethod
    def of(cls, said: Any) -> "Identity":
        """ "inferred-weak: …" or "stated on 001; inferred for …": the first word says what it is; nothing said is stated."""
        return next((one for one in cls if str(said or "").startswith(one.value)), cls.STATED)


class WorkQuerySet(models.QuerySet["Work"]):
    """Works of the bibliography."""

    def published(self) -> "WorkQuerySet":
        """Works in the list of at least one published text: a work that only a draft cites is not shown to readers."""
        listed = Q(pk__in=[])
        for rows in citing_querysets():
            listed |= Q(pk__in=rows.values("work"))
        return self.filter(listed)

    def in_order(self, language: str) -> "WorkQuerySet":
        """In the alphabetical order of a language, then by year."""
        return self.order_by(f"sort_{language}", "year", "key")


class Work(models.Model):
    """One item of the bibliography. `csl` is the truth; the columns below it are read from it by `services.save_work`."""

    key = models.SlugField(_("key"), max_length=100, unique=True, help_text=_("Stands in addresses and never changes."))
    csl = models.JSONField(_("CSL-JSON"))
    type = models.CharField(_("type"), max_length=40, editable=False)
    title = models.TextField(_("title"), editable=False)
    title_language = models.CharField(_("language of the title"), max_length=12, editable=False)
    creators = models.TextField(_("authors or editors"), editable=False)
    year = models.SmallIntegerField(_("year"), null=True, editable=False)
    doi = models.CharField("DOI", max_length=200, blank=True, db_index=True, editable=False)
    isbn = models.CharField("ISBN", max_length=40, blank=True, db_index=True, editable=False)
    url = models.URLField(_("address"), max_length=500, blank=True, editable=False)
    sort_cy = models.CharField(max_length=255, editable=False, db_index=True)
    sort_en = models.CharField(max_length=255, editable=False, db_index=True)
    letter_cy = models.CharField(max_length=2, editable=False)
    letter_en = models.CharField(max_length=2, editable=False)
    welsh_title = models.TextField(_("title of the official Welsh edition"), blank=True)
    welsh_url = models.URLField(_("address of the official Welsh edition"), max_length=500, blank=True)
    welsh_author = models.CharField(
        _("the body’s name in Welsh"), max_length=200, blank=True, help_text=_("For example Llywodraeth Cymru.")
    )
    cover = models.ForeignKey(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="covers", verbose_name=_("cover")
    )
    cover_alt = models.CharField(_("what the cover shows"), max_length=250, blank=True, default="")
    entry_cy = models.TextField(blank=True, default="", editable=False)
    entry_en = models.TextField(blank=True, default="", editable=False)
    entry_version = models.SmallIntegerField(default=0, editable=False)  # `styles.VERSION` that made them
    identity = models.CharField(_("identity"), max_length=20, choices=Identity.choices, default=Identity.STATED)
    is_verified = models.BooleanField(_("details checked against a source"), default=False)
    note = models.TextField(_("what is uncertain (editors only)"), blank=True)

    cover_alt_cy: str | None
    cover_alt_en: str | None
    objects: ClassVar[WorkQuerySet] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering = ["sort_en", "year", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(identity__in=Identity.values), name="work_identity_known"),
            models.CheckConstraint(condition=~Q(title=""), name="work_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.creators or self.title} ({self.year_shown})"

    def get_absolute_url(self) -> str:
        return reverse("references:work", kwargs={"key": self.key})

    @property
    def year_shown(self) -> str:
        return str(self.year) if self.year is not None else NO_DATE[current()]

    @property
    def official_title(self) -> str:
        """The title a reader of this language is given: the official Welsh one where there is one."""
        return self.welsh_title if current() == "cy" and self.welsh_title else self.title

    @property
    def official_language(self) -> str:
        return "cy" if current() == "cy" and self.welsh_title else self.title_language

    @property
    def address(self) -> str:
        """Where the work is to be found: the official Welsh edition, the DOI, or its address."""
        if current() == "cy" and self.welsh_url:
            return self.welsh_url
        return doi_address(self.doi) if self.doi else self.url

    @property
    def letter(self) -> str:
        return self.letter_cy if current() == "cy" else self.letter_en

    def entry(self, language: str) -> str:
        """The entry in a list of references, in the words of `language`: as stored, or made now where nothing is stored."""
        stored: str = getattr(self, f"entry_{language}") or entry_in(self, language)
        return stored

    def csl_value(self, name: str) -> str:
        value: Any = self.csl.get(name, "")
        return str(value)

    @property
    def container(self) -> str:
        return self.csl_value("container-title")

    @property
    def publisher(self) -> str:
        return ", ".join(part for part in (self.csl_value("publisher-place"), self.csl_value("publisher")) if part)


class ListedReference(models.Model):
    """The place of a work in the reference list of one text. Concrete in the apps whose texts have lists.

    `printed` keeps the entry as it was printed there (its heading line, then the rest): the citation check compares with it.
    """

    named_by = ("work__key",)

    edition: Any
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="+", verbose_name=_("work"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    printed = models.TextField(_("entry as printed"), blank=True, default="")

    printed_cy: str | None
    printed_en: str | None

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "work"], name="%(class)s_once_in_a_list"),
        ]

    def __str__(self) -> str:
        return str(self.work)
