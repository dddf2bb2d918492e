"""Carrying out an import that was planned."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from references.exchange.items import staff_item
from references.exchange.known import taken_keys
from references.exchange.plan import Decision, ImportPlan, Row, merged
from references.models import Work
from references.services import put_item, store_works


class ChangedMeanwhile(Exception):
    """Somebody changed the bibliography between the plan and carrying it out. Nothing was done."""


@transaction.atomic
def carry_out(plan: ImportPlan, decisions: Mapping[int, Decision] | None = None) -> list[tuple[Row, Decision]]:
    """Do with each row what was decided by its number, or else what is usual; all of it, or nothing.

    Says what was done with which row. A decision that a row does not offer leaves it out. Raises `ChangedMeanwhile`.
    """
    decided = [
        (row, row.usual if decisions is None else decisions.get(row.number, Decision.LEAVE)) for row in plan.rows
    ]
    done: list[tuple[Row, Decision]] = [
        (row, one) for row, one in decided if one != Decision.LEAVE and one in row.choices
    ]
    taken = taken_keys()
    known = [row.work.pk for row, one in done if one == Decision.UPDATE and row.work]
    now = {work.pk: work for work in Work.objects.select_for_update().filter(pk__in=known)}
    for row, one in done:
        if one == Decision.ADD:
            _add(row, taken)
        else:
            _update(row, now)
    try:
        with transaction.atomic():
            store_works(list({id(row.work): row.work for row, _one in done if row.work}.values()))
    except IntegrityError as error:
        raise ChangedMeanwhile from error
    return done


def _add(row: Row, taken: set[str]) -> None:
    if row.key in taken:
        raise ChangedMeanwhile(row.key)
    row.work = Work(key=row.key)
    put_item(row.work, row.item)


def _update(row: Row, now: Mapping[int, Work]) -> None:
    """Into the work as it is now, so that nothing written since the plan is lost."""
    work = now.get(row.work.pk) if row.work else None
    if work is None:
        raise ChangedMeanwhile(row.key)
    put_item(work, merged(staff_item(work), row.item))
    row.work = work
