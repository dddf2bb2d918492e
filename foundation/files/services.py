"""Taking a picture in: decided by its content, re-encoded at once, so that nothing but the pixels is kept."""

import hashlib
import io
import warnings
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from foundation.files.models import Picture

#: What may come in, by content → what it is kept as, and the end of its name.
#: (MPO is what some telephones write into a .jpg: a JPEG with a second view behind it. HEIC is what others write.)
FORMATS = {
    "JPEG": ("JPEG", "jpg"),
    "PNG": ("PNG", "png"),
    "WEBP": ("WEBP", "webp"),
    "MPO": ("JPEG", "jpg"),
    "HEIF": ("JPEG", "jpg"),
}
OPENED_BY = ("JPEG", "PNG", "WEBP", "HEIF")
FULL_SIDE = 1920  # pixels of the longer side
SMALL_SIDE = 720


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """The pixels of an image in two sizes, and nothing else; not kept yet."""

    full: "_Encoded"
    small: "_Encoded"
    kept_as: str
    ending: str


def add_picture(upload: BinaryIO, *, size: int) -> Picture:
    """Clean and keep the image in `upload` (of `size` bytes). Raises as `clean_picture` does, and keeps nothing then."""
    return keep_picture(clean_picture(upload, size=size))


def clean_picture(upload: BinaryIO, *, size: int) -> CleanPicture:
    """Draw the image in `upload` anew. Takes its time, so do it before anything is locked.

    Raises `ValidationError` (codes: empty, too-big, not-an-image, too-many-pixels, broken).
    """
    image = _read(upload, size)
    kept_as, ending = FORMATS[image.format or ""]
    image = _upright(image)
    return CleanPicture(_encode(image, kept_as, FULL_SIDE), _encode(image, kept_as, SMALL_SIDE), kept_as, ending)


def keep_picture(clean: CleanPicture) -> Picture:
    """Store a cleaned image: its files, then its row."""
    picture = Picture(
        width=clean.full.width,
        height=clean.full.height,
        small_width=clean.small.width,
        media_type=Image.MIME[clean.kept_as],
        sha256=hashlib.sha256(clean.full.data).hexdigest(),
    )
    picture.full.save(f"full.{clean.ending}", ContentFile(clean.full.data), save=False)
    picture.small.save(f"small.{clean.ending}", ContentFile(clean.small.data), save=False)
    picture.save()
    return picture


def remove_picture(picture: Picture) -> None:
    """Delete the row now, and its two files once the transaction is through."""
    files = picture.full, picture.small
    picture.delete()
    delete_files(files)


def remove_if_unshown(picture: Picture) -> None:
    """Remove a picture that was taken out of something, unless something else still shows it."""
    if Picture.objects.unshown().filter(pk=picture.pk).exists():
        remove_picture(picture)


def delete_files(files: Iterable[FieldFile]) -> None:
    """Delete stored files once the transaction is through."""
    for stored in files:
        transaction.on_commit(partial(stored.storage.delete, str(stored.name)))


def remove_unused(now: datetime) -> None:
    """The clock's part: pictures that were taken out of everything a day ago or more leave the disk too."""
    for picture in Picture.objects.unused(now - timedelta(days=1)):
        with transaction.atomic():
            remove_picture(picture)


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held, in the colours that screens expect where the image says which it uses."""
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError):  # a broken profile: the colours stay as they are
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
    return image


class _Encoded:
    """The bytes of an image and its size in pixels."""

    __slots__ = ("data", "height", "width")

    def __init__(self, image: Image.Image, kept_as: str) -> None:
        out = io.BytesIO()
        image.save(out, kept_as, **({"quality": 84} if kept_as != "PNG" else {}))
        self.data = out.getvalue()
        self.width, self.height = image.size


def _encode(image: Image.Image, kept_as: str, side: int) -> _Encoded:
    """`image` at most `side` pixels long, drawn anew so that no metadata and no trailing bytes come along."""
    mode = "RGB" if kept_as == "JPEG" else ("RGBA" if image.has_transparency_data else "RGB")
    clean = Image.new(mode, image.size)
    clean.paste(image.convert(mode))
    clean.thumbnail((side, side), Image.Resampling.LANCZOS)
    return _Encoded(clean, kept_as)


def _read(upload: BinaryIO, size: int) -> Image.Image:
    if size == 0:
        raise ValidationError(_("The picture is an empty file. Choose another."), code="empty")
    if size > settings.FILE_MAX_BYTES:
        raise ValidationError(
            _("The picture is larger than %(limit)d MB. Choose a smaller one."),
            code="too-big",
            params={"limit": settings.FILE_MAX_BYTES // 1024 // 1024},
        )
    from pillow_heif import register_heif_opener  # loaded where a picture comes in: not every process needs it

    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=OPENED_BY)
            if image.width * image.height > settings.FILE_MAX_PIXELS:
                raise _too_many_pixels()
            image.load()
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("The picture must be a JPEG, PNG, WebP or HEIC file. Save it as one of these and choose it again."),
            code="not-an-image",
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:  # what Pillow raises for damaged files
        raise ValidationError(_("The picture is damaged and cannot be read. Choose another."), code="broken") from error
    return image


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has more than %(limit)d million pixels. Choose a smaller one."),
        code="too-many-pixels",
        params={"limit": settings.FILE_MAX_PIXELS // 1_000_000},
    )
