"""Writing what a file brought: into working editions, through the services that every other hand writes them with."""

from dataclasses import replace
from itertools import groupby
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from casestudies.models import CaseStudyEdition, ReadyReason
from casestudies.safeguarding.scanning import scan
from desk.xliff.judging import Line, Plan, Verdict, plan_import
from desk.xliff.texts import Thing
from foundation.bilingual.agreement import pair, texts
from foundation.bilingual.models import How
from foundation.bilingual.services import agree
from foundation.bilingual.xliff import File
from foundation.correspondence.models import Wording
from foundation.correspondence.wordings import save_wording
from foundation.people.admin import signed_in
from foundation.people.models import User
from foundation.publishing.models import Edition
from foundation.publishing.services import ChangedSince, NotWorking, keep_rows, save_words
from foundation.publishing.written import tell_written
from foundation.record.actors import Actor, Role
from foundation.record.services import write


@transaction.atomic
def carry_out(request: HttpRequest, file: File) -> Plan:
    """Look at every text of `file` again and write those that may be written; says what became of each.

    What somebody else stores at the same moment is refused for that thing, as stale, and the rest is kept.
    """
    plan = plan_import(request, file)
    done: dict[int, Line] = {}
    doing = [line for line in plan.lines if line.verdict == Verdict.NEW or line.agrees]
    doing.sort(key=lambda line: line.thing.key if line.thing else "")
    for _key, group in groupby(doing, key=lambda line: line.thing.key if line.thing else ""):
        lines = list(group)
        thing: Any = lines[0].thing
        try:
            with transaction.atomic():
                _write(request, thing, lines, plan.to)
        except (ChangedSince, NotWorking):
            done |= {
                id(line): replace(line, verdict=Verdict.STALE, reason="target-moved", agrees=False) for line in lines
            }
    return Plan(plan.to, [done.get(id(line), line) for line in plan.lines])


def _write(request: HttpRequest, thing: Thing, lines: list[Line], to: str) -> None:
    by = signed_in(request)
    new = [line for line in lines if line.verdict == Verdict.NEW]
    for line in new:
        setattr(_row_of(line), f"{line.unit.field}_{to}", line.text)
    if isinstance(thing.owner, Edition):
        _write_edition(request, thing, new, by)
    elif isinstance(thing.owner, Wording):
        if new:
            thing.owner.pk = save_wording(wording=thing.owner, version=thing.owner.version, by=by).pk
    elif new:
        _write_other(thing.owner, [f"{line.unit.field}_{to}" for line in new], by)
    for line in lines:
        if line.agrees:
            obj, field = _row_of(line), line.unit.field
            agree(obj=obj, field=field, seen=pair(*texts(obj, field)), how=How.FILE, by=by)


def _write_edition(request: HttpRequest, thing: Thing, new: list[Line], by: User) -> None:
    edition = thing.owner
    content = type(edition.content)._base_manager.select_for_update().get(pk=edition.content.pk)
    edition.content = content
    own: Any = admin.site.get_model_admin(type(edition))
    if not own.has_change_permission(request, edition):
        raise NotWorking  # closed since we looked
    if new:
        save_words(edition=edition, version=edition.version, by=by)
        for row in {id(row): row for line in new if (row := _row_of(line)) is not edition}.values():
            row.save()
        keep_rows(edition)
    else:
        tell_written(content)
    if isinstance(edition, CaseStudyEdition):
        scan(edition.content)
    actor = Actor(Role.EDITOR if thing.is_editor else Role.TRANSLATOR, by)
    write(actor=actor, kind=content.kind, subject=content.uuid, code="translation-import", to_state=edition.stage)


def _write_other(obj: Any, columns: list[str], by: User) -> None:
    """Words that are no edition: a reason with its version, or what a cover shows."""
    if isinstance(obj, ReadyReason):
        stored = ReadyReason.objects.filter(pk=obj.pk, version=obj.version)
        if not stored.update(version=obj.version + 1):
            raise ChangedSince(obj)
        obj.version, obj.updated_by = obj.version + 1, by
        columns = [*columns, "updated_by", "updated_at"]
    obj.save(update_fields=columns)


def _row_of(line: Line) -> Any:
    row: Any = line.row  # only texts that were found are written
    return row.obj
