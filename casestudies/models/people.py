"""Who sends a case study, and the links that let them in."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy
from foundation.bilingual.languages import Language


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
