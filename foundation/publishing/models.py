"""Identity and words: what a published thing is, and the editions of what it says.

An app makes a pair of models: an identity (`Content`) and its `Edition`, with a foreign key named `content` and the reverse name
`editions`. At most one edition is *working* and one is *live*; the public reads only the live one.
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from reversion.models import Revision

from foundation.bilingual.languages import Language, current
from foundation.bilingual.models import Agreement


class Content(models.Model):
    """What stays the same while its words change: a UUID for the log, and an address in each language."""

    #: What the log calls a thing of this kind.
    kind: ClassVar[str]
    #: Slugs that belong to something else.
    reserved_slugs: ClassVar[tuple[str, ...]] = ()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug_cy = models.SlugField(_("address in Welsh"), max_length=100, blank=True)
    slug_en = models.SlugField(_("address in English"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=[f"slug_{language}"],
                condition=~Q(**{f"slug_{language}": ""}),
                name=f"%(class)s_slug_{language}_once",
            )
            for language in ("cy", "en")
        ]

    def slug_in(self, language: str) -> str:
        slug: str = getattr(self, f"slug_{language}")
        return slug

    @property
    def slug(self) -> str:
        return self.slug_in(current())


class Stage(models.TextChoices):
    """Which of the two editions."""

    WORKING = "working", _("working")
    LIVE = "live", _("live")


class Override(models.TextChoices):
    """What lets an edition through the gate though its languages are not in step."""

    NONE = "", _("none")
    UNCHECKED = "unchecked", _("not yet checked by a speaker")
    ONE_LANGUAGE = "one-language", _("one language only")


ONE_LANGUAGE_MOST_DAYS = 30


class Edition(models.Model):
    """The words and facts of a content, at one stage."""

    #: Related names of the rows that belong to an edition and are copied with it.
    children: ClassVar[tuple[str, ...]] = ()
    #: Columns that a correction does not take over from the live edition.
    own: ClassVar[frozenset[str]] = frozenset()
    content: Any

    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, default=Stage.WORKING, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    first_language = models.CharField(
        _("first written in"),
        max_length=2,
        blank=True,
        choices=Language.choices,
        help_text=_("Empty: in both, or neither yet."),
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    live_since = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True, editable=False)
    publish_by = models.ForeignKey(  # who set that time, and is told where it cannot be kept
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    override = models.CharField(_("override"), max_length=16, blank=True, choices=Override.choices, editable=False)
    override_reason = models.TextField(_("reason for the override"), blank=True, editable=False)
    override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    override_at = models.DateTimeField(null=True, blank=True, editable=False)
    only_language = models.CharField(max_length=2, blank=True, choices=Language.choices, editable=False)
    only_language_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    agreements = GenericRelation(Agreement)

    class Meta:
        abstract = True
        ordering = ["pk"]
        # "override": may publish it in one language only; the other override needs no more than the right to publish
        default_permissions = ("add", "change", "delete", "view", "override")
        indexes = [
            models.Index(
                fields=["override_at"], condition=Q(override="one-language"), name="%(class)s_one_language"
            ),  # few; the desk counts those whose days are over
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="%(class)s_planned"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["content"], condition=Q(stage="working"), name="%(class)s_one_working"),
            models.UniqueConstraint(fields=["content"], condition=Q(stage="live"), name="%(class)s_one_live"),
            models.CheckConstraint(condition=Q(stage__in=["working", "live"]), name="%(class)s_stage_known"),
            models.CheckConstraint(
                condition=Q(stage="working") | Q(live_since__isnull=False), name="%(class)s_live_since"
            ),
            models.CheckConstraint(
                condition=Q(stage="working") | Q(publish_at__isnull=True), name="%(class)s_planned_when_working"
            ),
            models.CheckConstraint(
                condition=Q(override="") | Q(override_at__isnull=False), name="%(class)s_override_recorded"
            ),
            models.CheckConstraint(
                condition=(
                    (~Q(override="one-language") & Q(only_language="", only_language_days__isnull=True))
                    | (
                        Q(override="one-language", only_language__in=["cy", "en"])
                        & Q(only_language_days__range=(1, ONE_LANGUAGE_MOST_DAYS))
                        & ~Q(override_reason="")
                    )
                ),
                name="%(class)s_one_language_bounded",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether staff may write it now."""
        return self.stage == Stage.WORKING

    def language_shown(self, language: str) -> str:
        """The language in which a reader of the `language` page gets the words of this edition."""
        return self.only_language or language


def required_when_live(*fields: str, model: str) -> models.CheckConstraint:
    """A live edition has every required field filled in the languages it is published in."""

    def filled(language: str) -> Q:
        here = Q()
        for field in fields:
            column = f"{field}_{language}"
            here &= Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})
        return here

    return models.CheckConstraint(
        condition=Q(stage="working")
        | (filled("cy") & filled("en"))
        | (Q(only_language="cy") & filled("cy"))
        | (Q(only_language="en") & filled("en")),
        name=f"{model}_filled_when_live",
        violation_error_message=_("A published text must be there in both languages."),
    )


class FormerSlug(models.Model):
    """A slug that a content once had: it redirects for ever, and nothing else may take it."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=2, choices=Language.choices)
    slug = models.SlugField(max_length=100)
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "language", "slug"], name="formerslug_once"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="formerslug_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"


class Successor(models.Model):
    """Where the readers of an archived content are sent: to another published one that an editor chose."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    to_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    to_id = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("successor of what is archived")
        verbose_name_plural = _("successors of what is archived")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="successor_once"),
            models.CheckConstraint(
                condition=~Q(content_type=models.F("to_type"), object_id=models.F("to_id")),
                name="successor_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id} → {self.to_type_id}/{self.to_id}"


class Provenance(models.Model):
    """Of which content a stored version holds the words: editions come and go, the content stays."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="provenance")
    kind = models.CharField(max_length=40)
    subject = models.UUIDField(db_index=True)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    rows = models.JSONField(default=dict)  # the words of the rows that belong to the edition: see `row_words`

    class Meta:
        verbose_name = _("origin of a version")
        verbose_name_plural = _("origins of versions")

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class WrittenFromFile(models.Model):
    """What a file last wrote into one thing, so that a later run tells its own words from those that people wrote since.

    `source` names the command, `kind` and `key` the thing, `language` the one that was written ("" for both).
    """

    source = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=2, blank=True, choices=Language.choices)
    file_hash = models.CharField(max_length=64)
    written_hash = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("file that was read in")
        verbose_name_plural = _("files that were read in")
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key", "language"], name="writtenfromfile_once"),
            models.CheckConstraint(
                condition=Q(language__in=["", *Language.values]), name="writtenfromfile_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.kind} {self.key}"
