"""What was agreed to, in which words, by whom and when."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.models.cases import CaseStudy
from foundation.bilingual.languages import Language
from foundation.files.models import Picture


class PermissionKind(models.TextChoices):
    """What is agreed to."""

    HEADTEACHER = "headteacher", _("the headteacher’s agreement")
    LICENCE = "licence", _("the licence")
    PICTURES = "pictures", _("a picture with people in it")
    PRIVACY = "privacy", _("the privacy notice")


class PermissionQuerySet(models.QuerySet["Permission"]):
    """Permissions."""

    def standing(self) -> "PermissionQuerySet":
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def withdraw(self, now: datetime) -> None:
        """End those that stand."""
        self.standing().update(withdrawn_at=now)


class Permission(models.Model):
    """One agreement that was given: to which version of which text, in which language, by whom and when.

    One for a picture outlives that picture: it says then that it was withdrawn.
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="permissions")
    kind = models.CharField(_("kind"), max_length=12, choices=PermissionKind.choices)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, null=True, blank=True, related_name="permissions")
    text_version = models.CharField(_("version of the text"), max_length=20)
    text_language = models.CharField(_("language of the text"), max_length=2, choices=Language.choices)
    text = models.TextField(_("text agreed to"))
    person = models.CharField(_("given by"), max_length=150)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = PermissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PermissionKind.values), name="permission_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="pictures", picture__isnull=False)
                | Q(kind="pictures", withdrawn_at__isnull=False)
                | (~Q(kind="pictures") & Q(picture__isnull=True)),
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
