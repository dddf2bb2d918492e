"""The few stories that stand first on the home page and in the lists, in an order that editors choose.

Only a published one is featured: a constraint says so, and the moves that take a story from readers take its place away.
"""

from collections.abc import Iterable

from django.db import transaction

from casestudies.models import CaseStudy
from casestudies.models.cases import FEATURED_MOST
from casestudies.services import MoveRefused
from casestudies.vocabulary import Status
from casestudies.workflow import rules
from foundation.record.actors import Actor
from foundation.record.services import write


class ListFull(Exception):
    """So many are featured already: one has to go first."""


class ListChanged(Exception):
    """Others are featured by now, or in another order, than the actor has seen."""


def featured() -> list[CaseStudy]:
    """The featured, in their order."""
    return list(CaseStudy.objects.filter(featured__isnull=False).order_by("featured"))


def mark(cases: Iterable[CaseStudy]) -> str:
    """What a page carries to say which featured, in which order, it shows."""
    return " ".join(str(case.pk) for case in cases)


@transaction.atomic
def feature(*, case_id: int, place: int | None, actor: Actor, seen: str | None = None) -> None:
    """Give a published story the place `place` (1 is first) among the featured, those behind it moving on; None: no place.

    `seen`: the `mark` of the featured that the actor saw. Raises `MoveRefused` where the story is not
    published or the actor may not decide on it, `ListChanged` and `ListFull`.
    """
    shown = list(CaseStudy.objects.select_for_update().filter(featured__isnull=False).order_by("featured"))
    case = CaseStudy.objects.select_for_update().get(pk=case_id)
    if case.status != Status.PUBLISHED:
        raise MoveRefused("wrong-state")
    if not rules()["publish"].may(case, actor):
        raise MoveRefused("not-allowed")
    if seen is not None and seen != mark(shown):
        raise ListChanged
    others = [one for one in shown if one.pk != case.pk]
    if place is None:
        if len(others) < len(shown):
            _number(others)
            write(actor=actor, kind=case.kind, subject=case.uuid, code="feature-ended")
        return
    if len(others) >= FEATURED_MOST:
        raise ListFull
    others.insert(place - 1, case)
    _number(others)
    write(actor=actor, kind=case.kind, subject=case.uuid, code="feature")


def _number(cases: list[CaseStudy]) -> None:
    """Two never have one place, not even for a moment: all are taken away first."""
    CaseStudy.objects.filter(featured__isnull=False).update(featured=None)
    for place, case in enumerate(cases, 1):
        CaseStudy.objects.filter(pk=case.pk).update(featured=place)
