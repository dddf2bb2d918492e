"""What editors decide about findings: excuses, links, works added to a list. Each is logged, and each can be taken back."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from foundation.people.models import User
from foundation.publishing.models import Content, Edition
from foundation.publishing.services import save_words
from foundation.record.actors import Actor, Role
from foundation.record.services import write
from references.checking.counting import recount
from references.checking.findings import Finding
from references.checking.registry import kind_of
from references.citations.storing import link_citation
from references.models import CitationLink, Excuse, Work

REASON_LENGTH = 2000


def actor_of(user: User, *, is_editor: bool) -> Actor:
    return Actor(Role.EDITOR if is_editor else Role.TRANSLATOR, user)


@transaction.atomic
def excuse(*, edition: Edition, finding: Finding, reason: str, actor: Actor, language: str) -> Excuse:
    """Let `finding` stand. An earlier excuse of the same finding is replaced. `language`: of the reason, for the log.

    Raises `ValueError` without a reason.
    """
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise ValueError("an excuse needs a reason")
    kind, spoken, field, as_printed, work_key, occurrence = finding.identity
    made, _created = Excuse.objects.update_or_create(
        subject=edition.content.uuid,
        kind=kind,
        language=spoken,
        field=field,
        as_printed=as_printed,
        work_key=work_key,
        occurrence=occurrence,
        defaults={"reason": reason, "by": actor.user},
    )
    _record(edition, actor, code="citation-excused", **{f"note_{language}": reason})
    return made


@transaction.atomic
def take_back_excuse(*, edition: Edition, pk: int, actor: Actor) -> bool:
    """Have the finding stand open again. False where there is no such excuse of this text."""
    deleted, _by_model = Excuse.objects.filter(subject=edition.content.uuid, pk=pk).delete()
    if deleted:
        _record(edition, actor, code="citation-excuse-taken-back")
    return bool(deleted)


@transaction.atomic
def link(*, edition: Edition, finding: Finding, work: Work, actor: Actor) -> CitationLink:
    """Say which work a citation means. It holds for every edition of the text. Raises `ValueError` where none is meant."""
    if not finding.is_linkable:
        raise ValueError("this finding is not settled by a link")
    made = link_citation(
        content=edition.content,
        field=finding.field,
        language=finding.language,
        as_printed=finding.as_printed,
        occurrence=finding.occurrence,
        work=work,
        by=actor.user,
    )
    _record(edition, actor, code="citation-linked")
    return made


@transaction.atomic
def take_back_link(*, edition: Edition, pk: int, actor: Actor) -> bool:
    """Have the citation resolved by the rules again. False where there is no such link of this text."""
    deleted, _by_model = CitationLink.objects.of(edition.content).filter(pk=pk).delete()
    if deleted:
        _record(edition, actor, code="citation-link-taken-back")
    return bool(deleted)


@transaction.atomic
def add_to_list(*, edition: Edition, work: Work, actor: Actor) -> bool:
    """Put `work` at the end of the list of the working `edition`; False where it is there already.

    Raises `NotWorking` for another edition and `ChangedSince` when it was stored meanwhile.
    """
    rows: Any = getattr(edition, kind_of(edition).references)  # type: ignore[union-attr]
    if rows.filter(work=work).exists():
        return False
    save_words(edition=edition, version=edition.version, by=actor.user)
    last = rows.aggregate(last=Max("position"))["last"]
    rows.create(work=work, position=0 if last is None else last + 1)
    _log(edition, actor, code="citation-listed")  # counted anew as its words were saved
    return True


@transaction.atomic
def forget_decisions(content: Content) -> None:
    """Drop what was decided about a text that is deleted: reasons and citations are words about it, or of it."""
    Excuse.objects.forget(content.uuid)
    CitationLink.objects.of(content).delete()
    recount(content)


def _record(edition: Edition, actor: Actor, *, code: str, **note: str) -> None:
    """A line of the log; and what waits in the text is counted anew."""
    _log(edition, actor, code=code, **note)
    recount(edition.content)


def _log(edition: Edition, actor: Actor, *, code: str, **note: str) -> None:
    write(actor=actor, kind=edition.content.kind, subject=edition.content.uuid, code=code, **note)  # type: ignore[arg-type]
