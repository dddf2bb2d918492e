"""Writing editions: saving words, starting a correction, publishing, and changing addresses."""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import reversion
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F
from django.db.models.base import ModelState
from django.utils import timezone
from django.utils.text import slugify
from reversion.models import Revision

from foundation.bilingual.languages import current
from foundation.bilingual.policies import columns, policies_of
from foundation.bilingual.services import copy_agreements
from foundation.publishing.gate import Obstacle, obstacles
from foundation.publishing.models import Content, Edition, FormerSlug, Override, Provenance, Stage
from foundation.publishing.row_words import row_words
from foundation.publishing.written import tell_written
from foundation.record.actors import Actor
from foundation.record.redaction import register_words
from foundation.record.services import write

if TYPE_CHECKING:
    from foundation.people.models import User

E = TypeVar("E", bound=Edition)


class ChangedSince(Exception):
    """Somebody else changed this since it was opened. Carries what stands there now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__("this has changed since it was opened")
        self.current = current


class NotWorking(Exception):
    """Only the working edition is written."""


class AddressTaken(Exception):
    """Another content once stood at this address."""


class GateClosed(Exception):
    """The edition may not be published yet; `obstacles` say why."""

    def __init__(self, found: list[Obstacle]) -> None:
        super().__init__("; ".join(f"{item.field}: {item.code}" for item in found))
        self.obstacles = found


def register_versions(*models_: type[Edition]) -> None:
    """Have the words (and nothing else) of these editions kept as versions; called from an app's `ready()`."""
    for model in models_:
        reversion.register(model, fields=columns(model))


def register_words_of(model: type[Edition], *columns_: str, then: Callable[[Any], None] = lambda content: None) -> None:
    """Say that words stand in an edition, in `columns_` and its translated ones, and in the addresses made from them.

    After a redaction `then` is called with each content. Who has the words open is told that they have changed.
    """

    editions: Any = model

    def settle(keys: list[Any]) -> None:
        for content in {edition.content for edition in editions._base_manager.filter(pk__in=keys)}:
            tell_written(content)
            then(content)

    register_words(
        model, *policies_of(model), "override_reason", *columns_, also=lambda row: {"version": row["version"] + 1}, settle=settle
    )  # fmt: skip
    register_words(editions._meta.get_field("content").related_model, "slug_cy", "slug_en")


def keep_version(edition: Edition, by: "User | None") -> None:
    """Keep the words of `edition`, as they stand in memory, as a version."""
    with reversion.create_revision():
        reversion.add_to_revision(edition)
        about = {"kind": edition.content.kind, "subject": edition.content.uuid, "stage": edition.stage}
        reversion.add_meta(Provenance, **about, rows=row_words(edition))
        if by is not None:
            reversion.set_user(by)


def keep_rows(edition: Edition) -> None:
    """Keep the words of its rows with the version that was kept last: they are written after the words of the edition."""
    last = Provenance.objects.filter(subject=edition.content.uuid, stage=edition.stage).order_by("-pk").first()
    if last is not None:
        last.rows = row_words(edition)
        last.save(update_fields=["rows"])


@transaction.atomic
def save_words(*, edition: E, version: int, by: "User | None") -> E:
    """Store the working `edition` as it stands in memory, if nobody has stored it since `version`.

    `by`: the member of staff who writes; None for a contributor or a command. Raises `ChangedSince` (with the stored edition),
    or `NotWorking` where it is not, or not open to staff, and stores nothing then. Keeps the words as a version.
    """
    if edition.stage != Stage.WORKING:
        raise NotWorking
    edition.content = type(edition.content)._base_manager.select_for_update().get(pk=edition.content.pk)
    manager = type(edition)._base_manager
    if not manager.filter(pk=edition.pk, version=version, stage=Stage.WORKING).update(version=version + 1):
        raise ChangedSince(manager.get(pk=edition.pk))
    if by is not None and not edition.is_open:
        raise NotWorking
    edition.version = version + 1
    edition.updated_by = by
    edition.save()
    keep_version(edition, by)
    tell_written(edition.content)
    if edition.publish_at is not None:
        edition.refresh_from_db(fields=["publish_at", "publish_by", "version"])
    return edition


def store_state(edition: Edition, *columns_: str) -> None:
    """Store these columns of an edition, which are no words, and no other: the words may have been changed meanwhile.

    Its version goes up, so that a page that was opened before is not taken for one that was opened after.
    """
    edition.version = F("version") + 1
    edition.save(update_fields=[*columns_, "version"])
    edition.refresh_from_db(fields=["version"])


@transaction.atomic
def start_working(*, live: E, by: "User | None") -> E:
    """The working edition of the same content: the one there is, or a new one with the words, rows and agreements of `live`."""
    type(live.content)._base_manager.select_for_update().get(pk=live.content.pk)  # one of two who start at once waits
    existing = type(live)._base_manager.filter(content=live.content, stage=Stage.WORKING).first()
    if existing is not None:
        return existing
    working = type(live)(content=live.content, stage=Stage.WORKING, updated_by=by)
    for name in _copied_fields(type(live)):
        setattr(working, name, getattr(live, name))
    working.save()
    for child in live.children:
        _copy_rows(getattr(live, child).all(), working)
    copy_agreements(source=live, target=working)
    return working


_OWN = {"id", "content", "stage", "version", "updated_at", "updated_by", "live_since", "publish_at", "publish_by"}


def _copied_fields(model: type[Edition]) -> list[str]:
    """The concrete columns that a copy takes over; a translated field's base column follows from its two."""
    leave = _OWN | model.own | set(policies_of(model))
    return [field.attname for field in model._meta.concrete_fields if field.name not in leave]


def _copy_rows(rows: Iterable[Any], edition: Edition) -> None:
    for row in rows:
        copied = copy(row)
        copied.pk = None
        copied._state = ModelState()
        copied.edition = edition
        copied.save(force_insert=True)
        copy_agreements(source=row, target=copied)


@transaction.atomic
def put_live(
    *,
    working: E,
    actor: Actor,
    version: int | None = None,
    now: datetime | None = None,
    note_cy: str = "",
    note_en: str = "",
) -> E:
    """Replace the live edition by `working`, in both languages at once; the notes are for the log.

    `version` is that of the words the actor has seen. Raises `ChangedSince` when they have been changed since, `GateClosed`
    when something stands in the way, and changes nothing then.
    """
    now = now or timezone.now()
    content = type(working.content)._base_manager.select_for_update().get(pk=working.content.pk)
    working = type(working)._base_manager.select_for_update().get(pk=working.pk)
    if working.stage != Stage.WORKING:
        raise NotWorking
    if version is not None and working.version != version:
        raise ChangedSince(working)
    found = obstacles(working)
    if found:
        raise GateClosed(found)
    give_addresses(content=content, edition=working)
    before = type(working)._base_manager.filter(content=content, stage=Stage.LIVE).first()
    if before is not None:
        keep_version(before, actor.user)
        before.delete()
    working.stage = Stage.LIVE
    working.live_since, working.publish_at, working.publish_by = now, None, None
    working.save()
    keep_version(working, actor.user)
    tell_written(content)
    write(
        actor=actor, kind=content.kind, subject=content.uuid, code="go-live", at=now,
        note_cy=note_cy.strip(), note_en=note_en.strip(),
    )  # fmt: skip
    return working


@transaction.atomic
def discard_working(*, working: Edition, actor: Actor, version: int) -> None:
    """Give up a correction: the live edition stays as it is, and the words of the correction are kept as a version.

    Raises `ChangedSince` where it has been changed since the actor saw it, and `NotWorking` where nothing is live beside it.
    """
    editions: Any = type(working)._base_manager
    stored = editions.select_for_update().filter(pk=working.pk, stage=Stage.WORKING, version=version).first()
    if stored is None:
        raise ChangedSince(working)
    content = stored.content
    if not editions.filter(content=content, stage=Stage.LIVE).exists():
        raise NotWorking
    keep_version(stored, actor.user)
    stored.delete()
    tell_written(content)
    write(actor=actor, kind=content.kind, subject=content.uuid, code="correction-discarded")


OVERRIDE_COLUMNS = (
    "override",
    "override_reason",
    "override_by",
    "override_at",
    "only_language",
    "only_language_days",
)


@transaction.atomic
def set_override(
    *,
    edition: Edition,
    override: Override,
    actor: Actor,
    reason: str = "",
    only_language: str = "",
    days: int | None = None,
) -> None:
    """Record one of the two overrides on a working edition, or take it away. Who may is asked by the caller."""
    edition.override = override
    edition.override_reason = reason
    edition.override_by = actor.user if override else None
    edition.override_at = timezone.now() if override else None
    edition.only_language = only_language
    edition.only_language_days = days
    store_state(edition, *OVERRIDE_COLUMNS)
    content = edition.content
    code = f"override-{override or 'removed'}"
    in_welsh = current() == "cy"  # the language of the person who writes the reason
    write(
        actor=actor,
        kind=content.kind,
        subject=content.uuid,
        code=code,
        note_cy=reason if in_welsh else "",
        note_en="" if in_welsh else reason,
    )


@transaction.atomic
def set_slug(*, content: Content, language: str, slug: str) -> None:
    """Give `content` a new address in `language`; its former address redirects for ever. Saves `content`.

    Raises `AddressTaken` where another content of its kind once had the address: its readers are sent on to that one.
    """
    before = content.slug_in(language)
    if before == slug:
        return
    if former(type(content), language=language, slug=slug) not in (None, content.pk):
        raise AddressTaken(slug)
    content_type = ContentType.objects.get_for_model(content)
    if before:
        FormerSlug.objects.update_or_create(
            content_type=content_type,
            language=language,
            slug=before,
            defaults={"object_id": content.pk, "until": timezone.now()},
        )
    FormerSlug.objects.filter(content_type=content_type, object_id=content.pk, language=language, slug=slug).delete()
    setattr(content, f"slug_{language}", slug)
    content.save(update_fields=[f"slug_{language}"])


def give_addresses(*, content: Content, edition: Any) -> None:
    """Give `content`, which is about to be published, the addresses that it lacks, made from the titles of `edition`."""
    for language in ("cy", "en"):
        if not content.slug_in(language):
            title = getattr(edition, f"title_{language}") or edition.title_cy or edition.title_en or str(content)
            set_slug(
                content=content, language=language, slug=free_slug(content=content, language=language, title=title)
            )


def forget_versions(content: Content) -> None:
    """Delete every stored version of the words of something that is removed with its personal data."""
    Revision.objects.filter(provenance__subject=content.uuid).delete()


def free_slug(*, content: Content, language: str, title: str) -> str:
    """A slug made from `title` that no content of this kind has, or had."""
    stem = slugify(title)[:80].strip("-") or content.kind
    model = type(content)
    former = FormerSlug.objects.filter(content_type=ContentType.objects.get_for_model(model), language=language)
    taken = set(
        model._base_manager.exclude(pk=content.pk)
        .filter(**{f"slug_{language}__startswith": stem})
        .values_list(f"slug_{language}", flat=True)
    ) | set(former.exclude(object_id=content.pk).filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(model.reserved_slugs)
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def former(model: type[Content], *, language: str, slug: str) -> int | None:
    """The primary key of the content of this kind that once had `slug` in `language`, or None."""
    return former_slugs(model, language=language, slug=slug).values_list("object_id", flat=True).first()


def former_slugs(model: type[Content], *, language: str, slug: str) -> models.QuerySet[FormerSlug]:
    """That address as what once was: one row at most."""
    content_type = ContentType.objects.get_for_model(model)
    return FormerSlug.objects.filter(content_type=content_type, language=language, slug=slug)
