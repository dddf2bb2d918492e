"""What the clock does with case studies: publish what is due, remind, let lapse, warn and expire.

Each case study has a transaction of its own, and every step leaves a mark that keeps it from being taken twice, so that the
jobs can be run again at any moment, by any worker.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from casestudies.corrections import waits_for_contributor
from casestudies.guards import ANSWER_DAYS
from casestudies.headteachers import ASKED_IN, REMINDED_AFTER, remind
from casestudies.messages import write_to_contributor, write_to_editor
from casestudies.models import CaseStudy, CaseStudyEdition, Draft, Headteacher
from casestudies.services import MoveRefused, Words, perform
from casestudies.vocabulary import UNSENT, Correction, Status
from foundation.bilingual.languages import speaking
from foundation.clock.jobs import each
from foundation.people.limits import forget_past
from foundation.people.presence import forget_closed
from foundation.publishing.gate import Obstacle
from foundation.publishing.models import Stage
from foundation.publishing.services import ChangedSince, GateClosed
from foundation.record.actors import CLOCK
from foundation.record.models import Event
from foundation.record.services import write

logger = logging.getLogger(__name__)
STORY = "case study"
#: Days of silence after which a contributor is reminded: after a request for changes, and after a proof.
REMINDERS = {Status.CHANGES_REQUESTED: (21, 42), Status.WITH_CONTRIBUTOR: (10, 20)}
KINDS = {Status.CHANGES_REQUESTED: "reminder-changes", Status.WITH_CONTRIBUTOR: "reminder-proof"}
#: Days before its end at which the contributor of a draft is warned; and the days they have at least, whatever was missed.
WARNING = 14
BETWEEN = timedelta(days=7)


def publish_due(now: datetime) -> None:
    """Publish what is due. What may not be published loses its time, and its editor is told why."""
    each(CaseStudy.objects.due(now).values_list("pk", flat=True), lambda pk: _publish(pk, now), what=STORY)


def tend(now: datetime) -> None:
    """Remind, let lapse, warn and expire; forget rate limits that are over."""
    silent = CaseStudy.objects.filter(status__in=REMINDERS, contributor__email__gt="")
    each(silent.values_list("pk", flat=True), lambda pk: _remind(pk, now), what=STORY)
    each(_unread_corrections(), lambda pk: _remind_of_correction(pk, now), what=STORY)
    each(_unanswered(), lambda pk: _remind_headteacher(pk, now), what=STORY)
    overdue = CaseStudy.objects.filter(
        status=Status.CHANGES_REQUESTED,
        status_since__lte=now - timedelta(days=ANSWER_DAYS),
        reminders__gte=2,
        reminded_at__lte=now - BETWEEN,
    )
    each(overdue.values_list("pk", flat=True), lambda pk: _move("lapse", pk, now), what=STORY)
    each(_to_warn(now).values_list("case_study_id", flat=True), lambda pk: _warn(pk, now), what=STORY)
    each(_expired(now), lambda pk: _move("expire", pk, now), what=STORY)
    forget_past(now)
    forget_closed(now)


def _move(move: str, pk: int, now: datetime) -> None:
    """Make a move of the clock's; somebody else may have been quicker, or a guard may say not yet."""
    try:
        perform(move, case_id=pk, actor=CLOCK, now=now)
    except (MoveRefused, CaseStudy.DoesNotExist) as refused:
        logger.info("case study %s: %s refused (%s)", pk, move, refused)


# --- publication ----------------------------------------------------------------------------------------------------------


def _publish(pk: int, now: datetime) -> None:
    try:
        perform("publish", case_id=pk, actor=CLOCK, now=now)
    except GateClosed as closed:
        _clear_time(pk, closed.obstacles, now)
    except MoveRefused as refused:
        if refused.code == "guard":
            _clear_time(pk, refused.obstacles, now)


def _clear_time(pk: int, obstacles: list[Obstacle], now: datetime) -> None:
    reasons = Words(cy=_listed(obstacles, "cy"), en=_listed(obstacles, "en"))
    case = CaseStudy.objects.select_related("claimed_by").get(pk=pk)
    try:
        case = perform("unschedule", case_id=pk, actor=CLOCK, version=case.version, reason=reasons, now=now)
    except (MoveRefused, ChangedSince):
        return
    write_to_editor(case=case, kind="schedule-failed", note_cy=reasons.cy, note_en=reasons.en)


def _listed(obstacles: list[Obstacle], language: str) -> str:
    """The reasons, each once, a line each."""
    with speaking(language):
        return "\n".join(dict.fromkeys(f"– {obstacle.message}" for obstacle in obstacles))


# --- silence --------------------------------------------------------------------------------------------------------------


def _remind(pk: int, now: datetime) -> None:
    case = CaseStudy.objects.select_related("contributor").select_for_update(of=("self",)).get(pk=pk)
    days = REMINDERS.get(Status(case.status), ())
    if case.reminders >= len(days) or case.status_since + timedelta(days=days[case.reminders]) > now:
        return
    if case.reminded_at is not None and case.reminded_at + BETWEEN > now:
        return
    CaseStudy.objects.filter(pk=pk).update(reminders=F("reminders") + 1, reminded_at=now)
    _write_reminder(case, KINDS[Status(case.status)], now)


def _write_reminder(case: CaseStudy, kind: str, now: datetime) -> None:
    state = case.status
    event = write(
        actor=CLOCK, kind=case.kind, subject=case.uuid, code="remind", from_state=state, to_state=state, at=now
    )
    write_to_contributor(case=case, kind=kind, event=event)


def _unread_corrections() -> QuerySet[CaseStudyEdition, int]:
    """The published stories whose contributors have a correction to read."""
    unread = CaseStudyEdition.objects.filter(stage=Stage.WORKING, correction=Correction.WITH_CONTRIBUTOR)
    reachable = unread.filter(content__status=Status.PUBLISHED, content__contributor__email__gt="")
    return reachable.values_list("content_id", flat=True)


def _remind_of_correction(pk: int, now: datetime) -> None:
    """As of a proof. When it was sent, and how often they were reminded of it, stands in the log."""
    case = CaseStudy.objects.select_related("contributor").select_for_update(of=("self",)).get(pk=pk)
    if not waits_for_contributor(case):
        return
    log = Event.objects.about(case.uuid).order_by("-pk")
    sent = log.filter(code="correction-sent").first()
    if sent is None:
        return
    reminded = list(log.filter(code="remind", pk__gt=sent.pk).values_list("at", flat=True))
    days = REMINDERS[Status.WITH_CONTRIBUTOR]
    if len(reminded) >= len(days) or sent.at + timedelta(days=days[len(reminded)]) > now:
        return
    if not reminded or reminded[0] + BETWEEN <= now:
        _write_reminder(case, "reminder-correction", now)


def _unanswered() -> QuerySet[CaseStudy, int]:
    """Stories whose headteachers were asked and have not answered, and may still be reminded."""
    waiting = Headteacher.objects.filter(
        case_study__status__in=ASKED_IN,
        asked_at__isnull=False,
        agreed_at__isnull=True,
        refused_at__isnull=True,
        reminders__lt=len(REMINDED_AFTER),
    )
    return CaseStudy.objects.filter(headteacher__in=waiting).values_list("pk", flat=True)


def _remind_headteacher(pk: int, now: datetime) -> None:
    """Once a week of silence at most, whatever was missed."""
    case = CaseStudy.objects.select_for_update(of=("self",)).get(pk=pk)
    if not _unanswered().filter(pk=pk).exists():
        return
    head = case.headteacher
    due = head.asked_at + timedelta(days=REMINDED_AFTER[head.reminders]) if head.asked_at else now
    if due <= now and (head.reminded_at is None or head.reminded_at + BETWEEN <= now):
        remind(case, now=now)


# --- drafts ---------------------------------------------------------------------------------------------------------------


def _to_warn(now: datetime) -> QuerySet[Draft]:
    """Drafts that end soon, whose contributors have an address and no warning yet."""
    soon = now - timedelta(days=settings.DRAFT_DAYS - WARNING)
    return Draft.objects.filter(
        case_study__status__in=UNSENT,
        case_study__contributor__email__gt="",
        warned_at__isnull=True,
        touched_at__lte=soon,
    )


def _warn(pk: int, now: datetime) -> None:
    case = CaseStudy.objects.select_related("contributor", "draft").select_for_update(of=("self",)).get(pk=pk)
    if not _to_warn(now).filter(case_study=case).update(warned_at=now):
        return
    write_to_contributor(case=case, kind="draft-expiring")


def _expired(now: datetime) -> list[int]:
    """Stories never sent that nobody has touched for so long. Who has an address has had a warning, and time after it."""
    without = Q(draft__touched_at__lte=now - timedelta(days=settings.DRAFT_DAYS_WITHOUT_ADDRESS)) & (
        Q(contributor__isnull=True) | Q(contributor__email="")
    )
    warned = Q(draft__touched_at__lte=now - timedelta(days=settings.DRAFT_DAYS), draft__warned_at__lte=now - BETWEEN)
    unsent = CaseStudy.objects.filter(status__in=UNSENT)
    return list(unsent.filter(without | (warned & Q(contributor__email__gt=""))).values_list("pk", flat=True))
