"""Case studies: identity and editions, and what is kept apart from them."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.vocabulary import CLAIMABLE, Authority, Kind, Medium, Origin, Phase, Status
from casestudies.workflow import Workflow
from foundation.bilingual.languages import Language, current, words
from foundation.bilingual.models import Agreement
from foundation.files.models import Picture
from foundation.publishing.models import Content, Edition, Stage, required_when_live
from foundation.record.models import AppendOnly
from hallmarks.models import Hallmark
from references.models import ListedReference

#: The five sections of a story, in order.
SECTIONS = ("about", "context", "activity", "impact", "sharing")
_REFERENCE_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"


def new_reference() -> str:
    """A reference number that can be read out over the telephone: no vowels, no 0 or 1."""
    return "LPL-" + "".join(secrets.choice(_REFERENCE_LETTERS) for _letter in range(6))


class CaseStudyQuerySet(models.QuerySet["CaseStudy"]):
    """Case studies."""

    def published(self) -> "CaseStudyQuerySet":
        return self.filter(status=Status.PUBLISHED, editions__stage=Stage.LIVE)

    def gone(self) -> "CaseStudyQuerySet":
        """Public once and not now: archived, withdrawn, or taken up again since."""
        return self.filter(first_published_at__isnull=False).exclude(status=Status.PUBLISHED)

    def due(self, now: datetime) -> "CaseStudyQuerySet":
        """Approved, and the time set for their publication has come."""
        return self.filter(status=Status.APPROVED, publish_at__lte=now)

    def in_queue(self) -> "CaseStudyQuerySet":
        """Waiting for an editor to claim them, the longest waiting first."""
        return self.filter(status=Status.SUBMITTED).order_by("submitted_at", "pk")


class CaseStudy(Workflow, Content):
    """A school's story: its identity, its status and who has claimed it. Its words are in its editions."""

    kind = "case-study"

    reference = models.CharField(
        _("reference number"), max_length=12, unique=True, default=new_reference, editable=False
    )
    origin = models.CharField(_("comes from"), max_length=12, choices=Origin.choices, default=Origin.CONTRIBUTOR)
    version = models.PositiveIntegerField(default=1, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="claimed",
        verbose_name=_("claimed by"),
    )
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="offered",
        verbose_name=_("offered first to"),
    )
    status_since = models.DateTimeField(_("in this state since"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    lapsed_at = models.DateTimeField(null=True, blank=True, editable=False)
    proof_hash = models.CharField(max_length=64, blank=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CaseStudyQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("moderate_casestudy", "Can moderate case studies"),
            ("administer_casestudy", "Can reopen and redact case studies"),
            ("translate_casestudy", "Can translate case studies"),
        ]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status if status != Status.REMOVED]),
                name="casestudy_status_known",  # a removed one is not there
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="casestudy_origin_known"),
            models.CheckConstraint(
                condition=~Q(status="in_review") | Q(claimed_by__isnull=False), name="casestudy_review_has_editor"
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True) | Q(status__in=[status.value for status in CLAIMABLE]),
                name="casestudy_claimed_while_moderated",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(status="approved"), name="casestudy_scheduled_when_approved"
            ),
            models.CheckConstraint(
                condition=~Q(status="published")
                | (Q(first_published_at__isnull=False) & ~Q(slug_cy="") & ~Q(slug_en="")),
                name="casestudy_published_has_address",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False)
                | Q(status__in=["draft", "awaiting_confirmation"])
                | ~Q(origin="contributor"),
                name="casestudy_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("casestudies:case_study", kwargs={"slug": self.slug})

    def _edition(self, stage: Stage) -> "CaseStudyEdition | None":
        return next((edition for edition in self.editions.all() if edition.stage == stage), None)

    @property
    def working(self) -> "CaseStudyEdition | None":
        return self._edition(Stage.WORKING)

    @property
    def live(self) -> "CaseStudyEdition | None":
        return self._edition(Stage.LIVE)

    @property
    def contributor_or_none(self) -> "Contributor | None":
        return getattr(self, "contributor", None)

    @property
    def draft_is_complete(self) -> bool:
        """Whether the draft's answers pass every question of the form (kept with the draft by `joinin.services`)."""
        draft = getattr(self, "draft", None)
        return bool(draft and draft.is_complete)

    @property
    def expires_at(self) -> datetime:
        """When this draft goes, if nobody touches it."""
        draft = getattr(self, "draft", None)
        contributor = self.contributor_or_none
        touched: datetime = draft.touched_at if draft else self.created_at
        has_address = bool(contributor and contributor.email)
        return touched + timedelta(days=settings.DRAFT_DAYS if has_address else settings.DRAFT_DAYS_WITHOUT_ADDRESS)

    @property
    def answer_by(self) -> date | None:
        """The day by which an editor owes an answer, so many working days after the story came in."""
        if self.submitted_at is None:
            return None
        day, left = timezone.localtime(self.submitted_at).date(), settings.ANSWER_WORKING_DAYS
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day

    @property
    def pictures_to_publish(self) -> Iterable["EditionPicture"]:
        """The pictures of the edition that a publication would show."""
        edition = self.working or self.live
        return edition.pictures.all() if edition else []


class CaseStudyEditionQuerySet(models.QuerySet["CaseStudyEdition"]):
    """Editions of case studies."""

    def published(self) -> "CaseStudyEditionQuerySet":
        """The live editions of published case studies: what the public reads."""
        return self.filter(stage=Stage.LIVE, content__status=Status.PUBLISHED)

    def for_page(self) -> "CaseStudyEditionQuerySet":
        """With all that its page shows. Four queries."""
        return self.select_related("content").prefetch_related(
            Prefetch("hallmarks", queryset=EditionHallmark.objects.published()),
            Prefetch("pictures", queryset=EditionPicture.objects.select_related("picture")),
            Prefetch("references", queryset=CaseStudyReference.objects.select_related("work")),
        )

    def for_listing(self) -> "CaseStudyEditionQuerySet":
        """With what a line in a list shows, the newest first. Two queries, however many lines."""
        return (
            self.select_related("content")
            .prefetch_related(Prefetch("hallmarks", queryset=EditionHallmark.objects.published()))
            .order_by("-content__first_published_at", "-pk")
        )


class CaseStudyEdition(Edition):
    """The words, facts, pictures and references of a case study, at one stage."""

    children = ("hallmarks", "references", "pictures")

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
    sharing = models.TextField(_("how it was shared"), blank=True, default="")
    kind = models.CharField(_("kind of setting"), max_length=12, choices=Kind.choices, blank=True)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, blank=True)
    medium = models.CharField(_("language medium"), max_length=12, choices=Medium.choices, blank=True)
    authority = models.CharField(_("local authority"), max_length=24, choices=Authority.choices, blank=True)

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
        ]

    def __str__(self) -> str:
        return words(self, "title") or words(self, "title", "cy") or words(self, "title", "en") or str(self.content)

    def get_absolute_url(self) -> str:
        return self.content.get_absolute_url()


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

    edition = models.ForeignKey(CaseStudyEdition, on_delete=models.CASCADE, related_name="hallmarks")
    hallmark = models.ForeignKey(
        Hallmark, on_delete=models.PROTECT, related_name="case_studies", verbose_name=_("hallmark")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = EditionHallmarkQuerySet.as_manager()

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


class CaseStudyReference(ListedReference):
    """A work in the list of a case study."""

    edition = models.ForeignKey(CaseStudyEdition, on_delete=models.CASCADE, related_name="references")

    class Meta(ListedReference.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")


class EditionPicture(models.Model):
    """A picture in a case study, with what it shows in both languages."""

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


class Contributor(models.Model):
    """Who sends a case study: personal data, kept apart so that it can be erased while the case study stays."""

    case_study = models.OneToOneField(CaseStudy, on_delete=models.CASCADE, related_name="contributor")
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=150, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language of correspondence"), max_length=2, choices=Language.choices, blank=True)
    address_confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["", *Language.values]), name="contributor_language_known"),
            models.CheckConstraint(
                condition=Q(address_confirmed_at__isnull=True) | ~Q(email=""), name="contributor_confirmed_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """What a contributor has typed so far, as typed: the answers to each page of Join In, judged or not."""

    case_study = models.OneToOneField(CaseStudy, on_delete=models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # the pages whose answers were sent and found wanting
    is_complete = models.BooleanField(default=False)
    touched_at = models.DateTimeField(default=timezone.now)
    warned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.case_study)


class Snapshot(models.Model):
    """The story as a contributor sent it, at one submission. Never the contributor; never changed."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(_("sent"))
    story = models.JSONField(_("story"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case_study", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.case_study} #{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)


class PermissionKind(models.TextChoices):
    """What is agreed to."""

    HEADTEACHER = "headteacher", _("the headteacher’s agreement")
    LICENCE = "licence", _("the licence")
    PICTURES = "pictures", _("a picture with people in it")
    PRIVACY = "privacy", _("the privacy notice")


class Permission(models.Model):
    """One agreement that was given: to which version of which text, in which language, by whom and when."""

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="permissions")
    kind = models.CharField(_("kind"), max_length=12, choices=PermissionKind.choices)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, null=True, blank=True, related_name="permissions")
    text_version = models.CharField(_("version of the text"), max_length=20)
    text_language = models.CharField(_("language of the text"), max_length=2, choices=Language.choices)
    text = models.TextField(_("text agreed to"))
    person = models.CharField(_("given by"), max_length=150)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PermissionKind.values), name="permission_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="pictures", picture__isnull=False) | (~Q(kind="pictures") & Q(picture__isnull=True)),
                name="permission_picture_named",
            ),
            models.UniqueConstraint(
                fields=["case_study", "kind"],
                condition=Q(withdrawn_at__isnull=True, picture__isnull=True),
                name="permission_stands_once",
            ),
            models.UniqueConstraint(
                fields=["case_study", "picture"],
                condition=Q(withdrawn_at__isnull=True, picture__isnull=False),
                name="permission_for_a_picture_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


class Finding(models.Model):
    """A place in a story where a child could be recognised. An editor clears or justifies each before publication."""

    class Verdict(models.TextChoices):
        OPEN = "open", _("open")
        CLEARED = "cleared", _("cleared")
        JUSTIFIED = "justified", _("justified")

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="findings")
    what = models.CharField(_("what"), max_length=250)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("safeguarding finding")
        verbose_name_plural = _("safeguarding findings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["open", "cleared", "justified"]), name="finding_verdict_known"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="justified") | ~Q(reason=""),
                name="finding_justified_says_why",
                violation_error_message=_("Say why this may stand."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="open") | Q(decided_by__isnull=False), name="finding_settled_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_settled(self) -> bool:
        return self.verdict != self.Verdict.OPEN


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    """Links in mail."""

    def good(self, token: str, now: datetime) -> "AccessLinkQuerySet":
        """The link with this token, while it may be followed."""
        return self.filter(token_hash=hash_token(token), revoked_at__isnull=True, expires_at__gt=now)


class AccessLink(models.Model):
    """A link that lets a contributor in. The address holds a random token; we keep its hash."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("confirm the address")
        OPEN = "open", _("open the story")

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    email = models.EmailField()
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=["confirm", "open"]), name="accesslink_purpose_known"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d}"

    @classmethod
    def mint(cls, case_study: CaseStudy, purpose: str, email: str) -> str:
        """Store a new link and give its token, which is known to nobody else and kept nowhere."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(
            case_study=case_study,
            token_hash=hash_token(token),
            purpose=purpose,
            email=email,
            expires_at=timezone.now() + timedelta(days=settings.LINK_DAYS),
        )
        return token
