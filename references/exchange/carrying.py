"""Carrying out an import that was planned."""

from collections.abc import Mapping

from django.db import transaction

from references.exchange.items import staff_item
from references.exchange.plan import Decision, ImportPlan, Row, merged
from references.models import FormerKey, Work
from references.services import save_work


class ChangedMeanwhile(Exception):
    """Somebody changed the bibliography between the plan and carrying it out. Nothing was done."""


@transaction.atomic
def carry_out(plan: ImportPlan, decisions: Mapping[int, Decision] | None = None) -> list[tuple[Row, Decision]]:
    """Do with each row what was decided by its number, or else what is usual; all of it, or nothing.

    Says what was done with which row. A decision that a row does not offer leaves it out. Raises `ChangedMeanwhile`.
    """
    done: list[tuple[Row, Decision]] = []
    for row in plan.rows:
        decision = row.usual if decisions is None else decisions.get(row.number, Decision.LEAVE)
        if decision == Decision.LEAVE or decision not in row.choices:
            continue
        if decision == Decision.ADD:
            _add(row)
        else:
            _update(row)
        done.append((row, decision))
    return done


def _add(row: Row) -> None:
    if Work.objects.filter(key=row.key).exists() or FormerKey.objects.filter(key=row.key).exists():
        raise ChangedMeanwhile(row.key)
    row.work = save_work(key=row.key, csl=row.item)


def _update(row: Row) -> None:
    """Into the work as it is now, so that nothing written since the plan is lost."""
    now = Work.objects.select_for_update().filter(pk=row.work.pk).first() if row.work else None
    if now is None:
        raise ChangedMeanwhile(row.key)
    row.work = save_work(key=now.key, csl=merged(staff_item(now), row.item))
