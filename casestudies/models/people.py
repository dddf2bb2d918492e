"""Who sends a case study, and the links that let them in."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy
from foundation.bilingual.languages import Language
from foundation.correspondence.models import Message

#: Of those who are named in a published story later: so long they can decline before anybody sees it.
DAYS_TO_DECLINE = 3


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


class Headteacher(models.Model):
    """Who is asked by mail to agree, where somebody else sends the story. Personal data, kept apart.

    What they agreed to is a `Permission`; here is whether they were asked, and whether they said no.
    """

    case_study = models.OneToOneField(CaseStudy, on_delete=models.CASCADE, related_name="headteacher")
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language they answered in"), max_length=2, choices=Language.choices, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    refused_at = models.DateTimeField(_("said no"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("headteacher")
        verbose_name_plural = _("headteachers")
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["", *Language.values]), name="headteacher_language_known"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(refused_at__isnull=True), name="headteacher_one_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CreditedPersonQuerySet(models.QuerySet["CreditedPerson"]):
    """People named in a story."""

    def shown(self) -> "CreditedPersonQuerySet":
        """Those whom the public page names: told, and not declined.

        Who is named only after the story was published has `DAYS_TO_DECLINE` days first, and a message that was refused or
        came back has told nobody.
        """
        before = Q(told_at__lte=F("case_study__first_published_at"))
        long_ago = Q(told_at__lte=timezone.now() - timedelta(days=DAYS_TO_DECLINE))
        undelivered = Message.objects.undelivered().filter(
            about=OuterRef("case_study__uuid"),
            kind="credit-told",
            recipient__iexact=OuterRef("email"),
            created_at__gte=OuterRef("told_at"),
        )
        return self.filter(before | long_ago | Q(case_study__first_published_at=None), ~Exists(undelivered)).filter(
            told_at__isnull=False, declined_at__isnull=True
        )

    def named(self) -> "CreditedPersonQuerySet":
        """Those whom it will name, whether they have been told yet or not: not who declined."""
        return self.filter(declined_at__isnull=True)

    def untold(self) -> "CreditedPersonQuerySet":
        """Those who are to be named and do not know it yet."""
        return self.filter(told_at__isnull=True, declined_at__isnull=True)


class CreditedPerson(models.Model):
    """Somebody whom the story names as having made it, and perhaps as whom other schools may ask. Personal data, kept apart.

    They are told by mail before publication and can decline; who declined is not shown.
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="credits")
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=150, blank=True)
    email = models.EmailField(_("email address"))
    is_contact = models.BooleanField(_("other schools may write to them"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    told_at = models.DateTimeField(_("told"), null=True, blank=True, editable=False)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True, editable=False)

    objects = CreditedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person credited")
        verbose_name_plural = _("people credited")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "case_study",
                name="creditedperson_once",
                violation_error_message=_("This person is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    """Links in mail."""

    def good(self, token: str, now: datetime) -> "AccessLinkQuerySet":
        """The link with this token, while it may be followed."""
        return self.filter(token_hash=hash_token(token), revoked_at__isnull=True, expires_at__gt=now)

    def standing(self) -> "AccessLinkQuerySet":
        """Those that nobody has revoked."""
        return self.filter(revoked_at__isnull=True)


class AccessLink(models.Model):
    """A link that lets a contributor in, a headteacher, or somebody who is credited. The address holds a random token; we keep
    its hash."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("confirm the address")
        OPEN = "open", _("open the story")
        WRITE = "write", _("write in the draft, for a colleague")
        HEADTEACHER = "headteacher", _("agree as the headteacher, or withdraw that")
        CREDIT = "credit", _("see how one is named, and decline")

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    email = models.EmailField()
    person = models.ForeignKey(CreditedPerson, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["confirm", "open", "write", "headteacher", "credit"]),
                name="accesslink_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(purpose="credit", person__isnull=False) | (~Q(purpose="credit") & Q(person__isnull=True)),
                name="accesslink_credit_names_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.made_at:%Y-%m-%d}"

    @classmethod
    def mint(cls, case_study: CaseStudy, purpose: str, email: str, person: CreditedPerson | None = None) -> str:
        """Store a new link and give its token, which is known to nobody else and kept nowhere."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(
            case_study=case_study,
            token_hash=hash_token(token),
            purpose=purpose,
            email=email,
            person=person,
            expires_at=timezone.now() + timedelta(days=settings.LINK_DAYS),
        )
        return token


class LinkRequest(models.Model):
    """Somebody asked for the links to the stories of an address. Answered by the worker within moments, and deleted then.

    The page that takes it in does the same whether the address is known or not, so that nobody learns which are.
    """

    email = models.EmailField()
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("request for links")
        verbose_name_plural = _("requests for links")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
