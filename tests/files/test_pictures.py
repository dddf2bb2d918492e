"""Pictures: decided by content, re-encoded, and seen by nobody until they are published."""

import io
import zlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.test import Client, RequestFactory
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from foundation.files import access
from foundation.files.models import Picture
from foundation.files.services import FULL_SIDE, SMALL_SIDE, add_picture, remove_picture, remove_unused
from tests.factories import EditionPictureFactory, WorkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def image(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def with_position() -> bytes:
    """A photograph that says where and when it was taken, and which way up the camera was held."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "PUPIL NAME IN DESCRIPTION"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (53.0, 13.0, 33.0)
    return image(exif=exif)


def add(data: bytes) -> Picture:
    return add_picture(io.BytesIO(data), size=len(data))


def kept(stored: FieldFile) -> bytes:
    with stored.open("rb") as opened:
        return bytes(opened.read())


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_is_kept_in_two_sizes(kind: str, media_type: str) -> None:
    picture = add(image(kind, size=(2400, 1200)))
    assert picture.media_type == media_type
    assert (picture.width, picture.height) == (FULL_SIDE, FULL_SIDE // 2)
    assert picture.small_width == SMALL_SIDE
    for stored, width in ((picture.full, FULL_SIDE), (picture.small, SMALL_SIDE)):
        assert Image.open(io.BytesIO(kept(stored))).size == (width, width // 2)


def test_nothing_but_the_pixels_is_kept() -> None:
    data = with_position() + b"<script>alert(1)</script>"
    assert b"PUPIL NAME" in data
    picture = add(data)
    for stored in (picture.full, picture.small):
        data = kept(stored)
        assert b"PUPIL NAME" not in data
        assert b"<script>" not in data
        opened = Image.open(io.BytesIO(data))
        assert not opened.getexif()
        assert opened.size == (40, 60)  # stood upright


def bomb() -> bytes:
    """A PNG that says it is 30,000 pixels square."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    header = (30_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "not-an-image"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "not-an-image"),
        (b"%PDF-1.7 pretending", "not-an-image"),
        (b"GIF89a" + bytes(40), "not-an-image"),
        (b"PK\x03\x04" + bytes(40), "not-an-image"),
        (image()[:400], "broken"),
        (image("PNG")[:70], "broken"),
        (bomb(), "too-many-pixels"),
    ],
)
def test_anything_else_is_refused_and_nothing_is_kept(data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add(data)
    assert refused.value.code == code
    assert not Picture.objects.exists()


def test_the_limit_of_size_is_a_setting(settings: Settings) -> None:
    settings.FILE_MAX_BYTES = 100
    with pytest.raises(ValidationError) as refused:
        add(image())
    assert refused.value.code == "too-big"


def test_a_picture_that_nobody_published_does_not_exist_for_readers() -> None:
    picture = add(image())
    for address in (picture.full_address, picture.small_address):
        assert Client().get(address).status_code == 404


def test_a_published_picture_is_served_with_safe_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, hidden = add(image()), add(image(size=(30, 30)))
    monkeypatch.setattr(
        access,
        "_uses",
        [access.Use(is_public=lambda picture: picture == shown, may_see=lambda request, picture: False)],
    )
    response = Client().get(shown.full_address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.getvalue() == kept(shown.full)
    assert Client().get(hidden.full_address).status_code == 404
    assert Client().get(f"/files/{shown.token}/other.jpg").status_code == 404
    assert Client().get(f"/files/{shown.token}/..%2f..%2fsite.sqlite3").status_code == 404
    assert Client().post(shown.full_address).status_code == 405


def test_caches_ask_each_time_and_a_withdrawn_picture_is_gone_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = add(image())
    public = [True]
    monkeypatch.setattr(
        access, "_uses", [access.Use(is_public=lambda _picture: public[0], may_see=lambda *_asked: False)]
    )
    first = Client().get(picture.full_address)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first["ETag"] == f'"{picture.sha256}-full.jpg"'
    assert first.getvalue() == kept(picture.full)
    again = Client().get(picture.full_address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert [again[name] for name in ("ETag", "Cache-Control")] == [first[name] for name in ("ETag", "Cache-Control")]
    small = Client().get(picture.small_address, headers={"If-None-Match": first["ETag"]})
    assert (small.status_code, small.getvalue()) == (200, kept(picture.small))
    public[0] = False
    gone = Client().get(picture.full_address, headers={"If-None-Match": first["ETag"]})
    assert (gone.status_code, gone.has_header("ETag")) == (404, False)


def test_who_may_see_it_before_gets_it_uncached(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = add(image())
    monkeypatch.setattr(access, "_uses", [access.Use(is_public=lambda _picture: False, may_see=lambda *_asked: True)])
    response = Client().get(picture.full_address, headers={"If-None-Match": f'"{picture.sha256}-full.jpg"'})
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert not response.has_header("ETag")
    assert response.getvalue() == kept(picture.full)
    assert access.may_see(RequestFactory().get("/"), picture)


@pytest.mark.django_db(transaction=True)
def test_removing_a_picture_removes_its_files() -> None:
    picture = add(image())
    storage, names = picture.full.storage, [picture.full.name, picture.small.name]
    remove_picture(picture)
    assert not Picture.objects.exists()
    assert [storage.exists(str(name)) for name in names] == [False, False]


def test_the_clock_removes_what_nothing_shows_any_more_and_nothing_else() -> None:
    shown = EditionPictureFactory.create().picture
    cover = WorkFactory.create(cover=add(image())).cover
    unused, young = add(image()), add(image())
    Picture.objects.exclude(pk=young.pk).update(added_at=timezone.now() - timedelta(days=2))
    remove_unused(timezone.now())
    assert set(Picture.objects.values_list("pk", flat=True)) == {shown.pk, cover.pk, young.pk}
    assert not Picture.objects.filter(pk=unused.pk).exists()
