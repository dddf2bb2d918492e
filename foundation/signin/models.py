"""Invitations: the way in for somebody who has no account yet."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import Language


def days_from_now() -> datetime:
    """When an invitation that is written now runs out."""
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


def hash_token(token: str) -> str:
    """What is kept of a token: long and random, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def waiting(self) -> "InvitationQuerySet":
        """Those that nobody has accepted or revoked, also where their time is over."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def open(self, now: datetime) -> "InvitationQuerySet":
        """Those that can be accepted."""
        return self.waiting().filter(expires_at__gt=now)

    def by_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(links__token_hash=hash_token(token))


class Invitation(models.Model):
    """Somebody is asked to work here. The links to it are random, and only their hashes are kept."""

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open", _("waits for an answer")
        OVER = "over", _("has run out")
        ACCEPTED = "accepted", _("accepted")
        REVOKED = "revoked", _("revoked")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.EN)
    groups = models.ManyToManyField(Group, verbose_name=_("groups"), related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("invited"), auto_now_add=True)
    expires_at = models.DateTimeField(_("runs out"), default=days_from_now, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_once_per_address",
            ),
            models.CheckConstraint(condition=~Q(email=""), name="invitation_has_email"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="invitation_language_known"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> State:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.OPEN if self.expires_at > timezone.now() else self.State.OVER

    def mint(self) -> str:
        """Store a new link and give its token, which is known to nobody else and kept nowhere."""
        token = secrets.token_urlsafe(32)
        InvitationLink.objects.create(invitation=self, token_hash=hash_token(token))
        return token


class InvitationLink(models.Model):
    """One link to an invitation: each attempt to send the message makes one, and all are good while the invitation is."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("link to an invitation")
        verbose_name_plural = _("links to invitations")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
