"""Taking a standing page from readers, and putting it back."""

from django.db import transaction
from django.utils import timezone

from foundation.publishing.models import Content, Stage
from foundation.publishing.planned import clear_plan
from foundation.publishing.services import ChangedSince
from foundation.publishing.successors import set_successor
from foundation.record.actors import Actor
from foundation.record.services import write
from pages.models import KEPT, Page, PageEdition


class NotPossible(Exception):
    """The page is needed, or is not in the state for this."""


def may_be_archived(page: Page) -> bool:
    """Whether readers see it, and neither other pages nor the law need it."""
    shown = page.archived_at is None and page.key not in KEPT
    return shown and any(edition.stage == Stage.LIVE for edition in page.editions.all())


@transaction.atomic
def archive(
    *,
    page: Page,
    actor: Actor,
    note_cy: str = "",
    note_en: str = "",
    leads_to: Content | None = None,
    seen: str | None = None,
) -> None:
    """No longer show a page: its addresses say so in both languages, or send readers on to `leads_to`.

    Nothing is published by itself behind the tombstone: a time that was set is cleared. `seen`: the `mark` of the page that
    the actor saw. Raises `NotPossible`, and `ChangedSince` where readers see something else by now.
    """
    stored = _locked(page, seen)
    if not may_be_archived(stored):
        raise NotPossible
    stored.archived_at = timezone.now()
    stored.save(update_fields=["archived_at"])
    set_successor(content=stored, successor=leads_to)
    for working in PageEdition.objects.filter(content=stored, stage=Stage.WORKING):
        clear_plan(working=working, actor=actor, code="plan-cleared")
    write(actor=actor, kind=stored.kind, subject=stored.uuid, code="archive", note_cy=note_cy, note_en=note_en)


@transaction.atomic
def put_back(*, page: Page, actor: Actor, seen: str | None = None) -> None:
    """Show it again, as it was. `seen`, and what is raised, as with `archive`."""
    stored = _locked(page, seen)
    if stored.archived_at is None:
        raise NotPossible
    stored.archived_at = None
    stored.save(update_fields=["archived_at"])
    set_successor(content=stored, successor=None)
    write(actor=actor, kind=stored.kind, subject=stored.uuid, code="put_back")


def _locked(page: Page, seen: str | None) -> Page:
    stored = Page.objects.select_for_update().get(pk=page.pk)
    if seen is not None and stored.mark != seen:
        raise ChangedSince(stored)
    return stored
