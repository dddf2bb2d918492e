"""Files that people sent: cleaned when they come in, private until what they belong to is published."""

import secrets
from datetime import datetime
from pathlib import PurePosixPath

from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """128 random bits for the address of a file."""
    return secrets.token_urlsafe(16)


def stored_as(instance: "Picture", filename: str) -> str:
    """Where a picture is kept: two levels of folders from its token, and nothing of the name it came with."""
    return f"{instance.token[:2]}/{instance.token}/{filename}"


class PictureQuerySet(models.QuerySet["Picture"]):
    """Pictures."""

    def unused(self, before: datetime) -> "PictureQuerySet":
        """Those that came in before a moment and that nothing shows any more."""
        return self.filter(added_at__lt=before).unshown()

    def unshown(self) -> "PictureQuerySet":
        """Those that nothing shows.

        A row shows a picture when it would not go with it: its foreign key protects the picture or is emptied.
        """
        kept = self
        for relation in self.model._meta.related_objects:
            if relation.on_delete is not models.CASCADE:
                kept = kept.filter(**{f"{relation.name}__isnull": True})
        return self.filter(pk__in=kept.values("pk"))


class Picture(models.Model):
    """An image, re-encoded on arrival (so without metadata), in two sizes."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    full = models.FileField(upload_to=stored_as, max_length=200, editable=False)
    small = models.FileField(upload_to=stored_as, max_length=200, editable=False)
    width = models.PositiveIntegerField(_("width (pixels)"), editable=False)
    height = models.PositiveIntegerField(_("height (pixels)"), editable=False)
    small_width = models.PositiveIntegerField(editable=False)
    media_type = models.CharField(max_length=20, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(media_type__in=["image/jpeg", "image/png", "image/webp"]),
                name="picture_media_type_known",
            ),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="picture_has_size"),
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"

    @property
    def sizes(self) -> dict[str, FieldFile]:
        """The stored files by the last part of their address."""
        return {PurePosixPath(stored.name or "").name: stored for stored in (self.full, self.small)}

    @property
    def full_address(self) -> str:
        return self._address(self.full)

    @property
    def small_address(self) -> str:
        return self._address(self.small)

    def _address(self, stored: FieldFile) -> str:
        return f"/files/{self.token}/{PurePosixPath(stored.name or '').name}"

    @property
    def srcset(self) -> str:
        return f"{self.small_address} {self.small_width}w, {self.full_address} {self.width}w"
