"""The people who work here: editors, translators, administrators. Contributors have no account."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import Language


class Digest(models.TextChoices):
    """How often somebody is told by mail what waits for them."""

    NEVER = "never", _("not at all")
    DAILY = "daily", _("every working day")
    WEEKLY = "weekly", _("every Monday")


class UserManager(BaseUserManager["User"]):
    """Users are found by their email address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff. Staff are deactivated, never deleted: the log names them by `key`."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.EN)
    is_staff = models.BooleanField(_("may use the admin"), default=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting: what this person did stays on record.")
    )
    digest = models.CharField(
        _("what waits for me, by mail"), max_length=6, choices=Digest.choices, default=Digest.WEEKLY
    )
    reminders = models.BooleanField(_("a reminder by mail when what I have taken on is late"), default=True)
    sessions_round = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Counting one further ends every session of this person.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once_whatever_its_case",
                violation_error_message=_("Somebody has this email address already."),
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="user_has_email"),
            models.CheckConstraint(condition=models.Q(language__in=Language.values), name="user_language_known"),
            models.CheckConstraint(condition=models.Q(digest__in=Digest.values), name="user_digest_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to be this person's: other after a new password, and after all sessions were ended."""
        return salted_hmac(
            "foundation.people.models.User.get_session_auth_hash",
            f"{self.password}\0{self.sessions_round}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class OpenPage(models.Model):
    """That somebody has a page of the admin open, to be said to the others; old after some minutes (`presence`)."""

    item = models.CharField(max_length=150)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("page that is open")
        verbose_name_plural = _("pages that are open")
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="openpage_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.user_id}"


class RateLimit(models.Model):
    """How often something was done from one place in one stretch of time. The place is kept as a keyed hash only."""

    key = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("rate limit")
        verbose_name_plural = _("rate limits")
        constraints = [models.UniqueConstraint(fields=["key", "until"], name="ratelimit_one_per_stretch")]

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%H:%M}"
