"""Is it still true? A year after a story was published, published anew or confirmed, its contributor is asked.

Nothing is ever taken from the public by this. A story that nobody confirms stays, and the desk counts it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casestudies.messages import write_to_contributor, write_to_editor
from casestudies.models import CaseStudy
from casestudies.services import MoveRefused, Words
from casestudies.vocabulary import Status
from foundation.clock.jobs import each
from foundation.publishing.services import ChangedSince
from foundation.record.actors import CLOCK, CONTRIBUTOR
from foundation.record.services import write


def ask_whether_true(now: datetime) -> None:
    """Write to the contributors of stories that nobody has confirmed for a year; once a year, if they do not answer."""
    long_ago = now - timedelta(days=settings.STILL_TRUE_DAYS)
    due = CaseStudy.objects.to_confirm(now).filter(
        Q(asked_if_true_at__isnull=True) | Q(asked_if_true_at__lte=long_ago), contributor__email__gt=""
    )
    each(due.values_list("pk", flat=True), lambda pk: _ask(pk, now, long_ago), what="case study")


def _ask(pk: int, now: datetime, long_ago: datetime) -> None:
    unasked = Q(asked_if_true_at__isnull=True) | Q(asked_if_true_at__lte=long_ago)
    if not CaseStudy.objects.filter(unasked, pk=pk, status=Status.PUBLISHED).update(asked_if_true_at=now):
        return
    case = CaseStudy.objects.select_related("contributor").get(pk=pk)
    event = write(actor=CLOCK, kind=case.kind, subject=case.uuid, code="ask-if-true", at=now)
    write_to_contributor(case=case, kind="still-true", event=event)


@transaction.atomic
def confirm(*, case_id: int, version: int) -> None:
    """The contributor says that the story is still true. Raises `MoveRefused` and `ChangedSince`."""
    case = _published(case_id, version)
    CaseStudy.objects.filter(pk=case.pk).update(last_confirmed_at=timezone.now())
    write(actor=CONTRIBUTOR, kind=case.kind, subject=case.uuid, code="confirm-true")


@transaction.atomic
def has_changed(*, case_id: int, version: int, what: Words) -> None:
    """The contributor says what is no longer so: it is noted, and the editors get a message and start a correction."""
    case = _published(case_id, version)
    event = write(
        actor=CONTRIBUTOR, kind=case.kind, subject=case.uuid, code="has-changed", note_cy=what.cy, note_en=what.en
    )
    write_to_editor(case=case, kind="has-changed", event=event, note_cy=what.cy, note_en=what.en)


def _published(case_id: int, version: int) -> CaseStudy:
    case = CaseStudy.objects.select_for_update().get(pk=case_id)
    if case.version != version:
        raise ChangedSince(case)
    if case.status != Status.PUBLISHED:
        raise MoveRefused("wrong-state")
    return case
