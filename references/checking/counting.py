"""What the last check counted in each text, stored: the desk says how much waits without checking every text.

A text is counted anew when it, its list, a link or an excuse in it is written, when a work that it lists is, and by the clock.
Where findings are shown, the text is checked anew.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet

from references.checking.kinds import State
from references.checking.overview import Checkup, check_texts
from references.checking.registry import Checked, checked_kinds
from references.models import CitationLink, FindingCount, Work

#: So many texts are in memory at once.
BATCH = 100


def counts_of(kinds: Iterable[Checked]) -> QuerySet[FindingCount]:
    """What was counted in the texts of these kinds that staff may see now. One query, however many texts there are."""
    seen = Q(pk__in=())
    for kind in kinds:
        seen |= Q(content_type=kind.content_type, object_id__in=kind.editions().order_by().values("content"))
    return FindingCount.objects.filter(seen)


def recount(content: models.Model) -> None:
    """Count the findings of one text anew, once all that is being written with it is written."""
    for kind in checked_kinds():
        if kind.content_model is type(content):
            transaction.on_commit(partial(_count, kind, [content.pk]), robust=True)


def recount_citing(works: Iterable[Work]) -> None:
    """The same of every text that lists one of these works, or where an editor said that a citation means one."""
    keys = [work.pk for work in works]
    if keys:
        transaction.on_commit(partial(_count_citing, keys), robust=True)


def recount_all(now: datetime | None = None) -> None:
    """What the clock does: count every text, as what is written by other ways than ours is counted by nobody else."""
    for kind in checked_kinds():
        _count(kind, sorted(set(kind.editions().order_by().values_list("content", flat=True))))


def _count_citing(works: Sequence[int]) -> None:
    for kind in checked_kinds():
        links = CitationLink.objects.filter(content_type=kind.content_type, work__in=works)
        found = set(links.values_list("object_id", flat=True))
        if kind.references:
            rows: Any = kind.model._meta.get_field(kind.references).related_model
            found |= set(rows._base_manager.filter(work__in=works).values_list("edition__content", flat=True))
        _count(kind, sorted(found))


def _count(kind: Checked, keys: Sequence[int]) -> None:
    for start in range(0, len(keys), BATCH):
        _store(kind, keys[start : start + BATCH])


@transaction.atomic
def _store(kind: Checked, keys: Sequence[int]) -> None:
    """Put what is counted now in the place of what was counted before."""
    FindingCount.objects.filter(content_type=kind.content_type, object_id__in=keys).delete()
    rows = [
        FindingCount(
            content_type=kind.content_type,
            object_id=checkup.edition.content_id,
            language=language,
            kind=found,
            state=state,
            count=count,
        )
        for checkup in check_texts(kind, keys)
        for (language, found, state), count in _tally(checkup).items()
    ]
    FindingCount.objects.bulk_create(
        rows,
        update_conflicts=True,  # somebody else counts it at the same time
        unique_fields=["content_type", "object_id", "language", "kind", "state"],
        update_fields=["count"],
    )


def _tally(checkup: Checkup) -> Counter[tuple[str, str, str]]:
    found = Counter((one.finding.language, one.finding.kind.value, one.state.value) for one in checkup.shown)
    found.update((excuse.language, excuse.kind, State.STALE.value) for excuse in checkup.stale)
    return found
