"""A case study: its identity, its status, and who has claimed it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.vocabulary import ANSWERS, CLAIMABLE, GONE, OWED, RECEIVED, UNSENT, Origin, Status
from casestudies.workflow import Workflow
from foundation.clock.days import promised_since, working_day_after
from foundation.publishing.models import Content, Stage
from foundation.record.actors import Role
from foundation.record.models import Event
from foundation.record.numbers import spoken_reference

if TYPE_CHECKING:
    from casestudies.models.editions import CaseStudyEdition, EditionPicture
    from casestudies.models.people import Contributor, Headteacher


#: Days before its end at which a draft is counted as about to go.
EXPIRING_DAYS = 3


#: How many case studies are featured at a time.
FEATURED_MOST = 4


def new_reference() -> str:
    return spoken_reference("LPL")


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

    def to_confirm(self, now: datetime) -> "CaseStudyQuerySet":
        """Published, and for so many days nobody has published it anew or said that it is still true."""
        long_ago = now - timedelta(days=settings.STILL_TRUE_DAYS)
        confirmed = Q(last_confirmed_at__isnull=False, last_confirmed_at__gt=long_ago)
        live = Q(editions__stage=Stage.LIVE, editions__live_since__lte=long_ago)
        return self.filter(live, status=Status.PUBLISHED).exclude(confirmed)

    def being_corrected(self) -> "CaseStudyQuerySet":
        """Published, with a correction under way that readers do not see yet."""
        return self.filter(status=Status.PUBLISHED, editions__stage=Stage.WORKING)

    def late(self, now: datetime) -> "CaseStudyQuerySet":
        """Sent so many working days ago, and nobody has answered."""
        promised = promised_since(timezone.localdate(now), settings.ANSWER_WORKING_DAYS)
        return self.filter(status__in=OWED, submitted_at__lt=promised)

    def expiring(self, now: datetime) -> "CaseStudyQuerySet":
        """Drafts that go within so many days if nobody touches them."""

        def touched_by(days: int) -> datetime:
            return now - timedelta(days=days - EXPIRING_DAYS)

        address = Q(contributor__email__gt="")
        unwritten = Q(contributor__isnull=True) | Q(contributor__email="")
        return self.filter(
            (address & Q(draft__touched_at__lte=touched_by(settings.DRAFT_DAYS)))
            | (unwritten & Q(draft__touched_at__lte=touched_by(settings.DRAFT_DAYS_WITHOUT_ADDRESS))),
            status__in=UNSENT,
        )

    def answered(self) -> "CaseStudyQuerySet":
        """In hand, with answers to editors' questions since which no editor has made a move."""
        by_editors = (Role.EDITOR, Role.ADMINISTRATOR)
        later = Event.objects.filter(subject=OuterRef("case_study__uuid"), at__gt=OuterRef("answered_at"))
        comments = CaseStudy._meta.get_field("comments").related_model._default_manager
        new = comments.filter(~Exists(later.filter(role__in=by_editors)), answered_at__isnull=False)
        return self.filter(Exists(new.filter(case_study=OuterRef("pk"))), status__in=(Status.SUBMITTED, *CLAIMABLE))

    def with_first_times(self) -> models.QuerySet[Any]:
        """Annotated, from the log: `first_received_at`, and `first_answered_at` after that; or None."""
        log = Event.objects.filter(kind=CaseStudy.kind, subject=OuterRef("uuid")).order_by("pk").values("at")
        received = log.filter(from_state__in=UNSENT, to_state__in=RECEIVED)
        answers = log.filter(code__in=ANSWERS, at__gte=OuterRef("first_received_at"))
        dated = self.annotate(first_received_at=Subquery(received[:1]))
        return dated.annotate(first_answered_at=Subquery(answers[:1]))

    def with_language(self) -> models.QuerySet[Any]:
        """Annotated: the `language` in which the contributor is written to, or else that of the first words; or nothing."""
        editions = CaseStudy._meta.get_field("editions").related_model._default_manager
        words = editions.filter(content=OuterRef("pk")).order_by("pk").values("first_language")[:1]
        correspondence = NullIf("contributor__language", Value(""))
        return self.annotate(language=Coalesce(correspondence, Subquery(words), Value("")))

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
    tags = models.ManyToManyField("casestudies.Tag", blank=True, related_name="case_studies", verbose_name=_("tags"))
    status_since = models.DateTimeField(_("in this state since"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    held_because = models.CharField(max_length=60, blank=True, editable=False)  # in the words of `casestudies.junk`
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    lapsed_at = models.DateTimeField(null=True, blank=True, editable=False)
    proof_hash = models.CharField(max_length=64, blank=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True, editable=False)
    #: What readers do not see while somebody looks into what a person said: see `casestudies.hiding`.
    hidden = models.JSONField(_("hidden"), default=list, blank=True, editable=False)
    featured = models.PositiveSmallIntegerField(_("place among the featured"), null=True, blank=True, editable=False)
    asked_if_true_at = models.DateTimeField(_("asked whether it is still true"), null=True, blank=True, editable=False)

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
            models.UniqueConstraint(fields=["featured"], name="casestudy_featured_place_once"),
            models.CheckConstraint(
                condition=Q(featured__isnull=True) | Q(featured__range=(1, FEATURED_MOST), status="published"),
                name="casestudy_featured_when_published",
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
    def headteacher_or_none(self) -> "Headteacher | None":
        """The headteacher who is asked by mail, where somebody else sends the story."""
        return getattr(self, "headteacher", None)

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
        return working_day_after(timezone.localdate(self.submitted_at), settings.ANSWER_WORKING_DAYS)

    @property
    def pictures_to_publish(self) -> Iterable["EditionPicture"]:
        """The pictures that readers would see next: of what left them, as it was, whatever was begun beside it."""
        stages = (self.live, self.working) if self.status in GONE else (self.working, self.live)
        edition = stages[0] or stages[1]
        return edition.pictures.all() if edition else []
