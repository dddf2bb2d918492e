"""What the clock does with case studies, at the right day, once, one story apart from the other."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casestudies.clock import publish_due, tend
from casestudies.corrections import send_correction, take_back_correction
from casestudies.models import CaseStudy, CaseStudyEdition, Contributor, Draft
from foundation.bilingual.models import How
from foundation.bilingual.services import agree_all
from foundation.correspondence.models import Message
from foundation.record.actors import CLOCK
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, EditionPictureFactory, editor
from tests.noon import NOON, at_noon

pytestmark = [pytest.mark.django_db, at_noon]


def again(case: CaseStudy) -> CaseStudy:
    return CaseStudy.objects.get(pk=case.pk)


def days_ago(number: int) -> datetime:
    return NOON - timedelta(days=number, minutes=1)


class TestPublishing:
    def due(self, **fields: Any) -> CaseStudy:
        return CaseStudyFactory.create(status="approved", publish_at=NOON - timedelta(minutes=1), **fields)

    def test_what_is_due_is_published_once(self) -> None:
        cases = [self.due() for _ in range(3)]
        later = CaseStudyFactory.create(status="approved", publish_at=NOON + timedelta(hours=1))
        publish_due(NOON)
        publish_due(NOON)
        assert [again(case).status for case in cases] == ["published"] * 3
        assert again(later).status == "approved"
        assert Event.objects.filter(code="publish", role="clock").count() == 3

    def test_a_story_that_may_not_loses_its_time_and_its_editor_is_told_why(self) -> None:
        case, sound = self.due(claimed_by=editor(email="claimed@example.org")), self.due()
        case.permissions.filter(kind="licence").delete()
        publish_due(NOON)
        publish_due(NOON)
        assert (again(case).status, again(case).publish_at, again(sound).status) == ("approved", None, "published")
        event = Event.objects.about(case.uuid).get(code="unschedule")
        assert event.note.text_en == "– The licence has not been given."
        assert event.note.text_cy
        message = Message.objects.get(kind="schedule-failed")
        assert (message.recipient, message.note_en) == ("claimed@example.org", event.note.text_en)

    def test_languages_out_of_step_keep_it_back(self) -> None:
        case = self.due()
        CaseStudyEdition.objects.filter(content=case).update(impact_cy="<p>Rhywbeth arall.</p>")
        EditionPictureFactory.create(edition=case.working, shows_people=True)
        publish_due(NOON)
        assert (again(case).status, again(case).publish_at) == ("approved", None)


class TestSilence:
    @pytest.mark.parametrize(
        ("status", "kind", "first", "second"),
        [("changes_requested", "reminder-changes", 21, 42), ("with_contributor", "reminder-proof", 10, 20)],
    )
    def test_two_reminders(self, status: str, kind: str, first: int, second: int) -> None:
        case = CaseStudyFactory.create(status=status)
        CaseStudy.objects.filter(pk=case.pk).update(status_since=NOON)
        for day, expected in [(first - 1, 0), (first, 1), (first, 1), (second - 1, 1), (second, 2), (second + 5, 2)]:
            tend(NOON + timedelta(days=day, minutes=1))
            assert Message.objects.filter(kind=kind).count() == expected
        assert again(case).reminders == 2
        assert Message.objects.filter(kind=kind).values_list("language", flat=True)[0] == "cy"

    def test_two_reminders_of_a_correction(self) -> None:
        case = CaseStudyFactory.create(status="published", correction=True)
        agree_all(obj=case.working, how=How.SPEAKER)
        sent = send_correction(case_id=case.pk, actor=CLOCK)

        def reminded(day: int) -> int:
            tend(timezone.now() + timedelta(days=day, minutes=1))
            return Message.objects.filter(kind="reminder-correction").count()

        assert [reminded(day) for day in (9, 10, 10, 19, 20, 25)] == [0, 1, 1, 1, 2, 2]
        assert again(case).status == "published"
        take_back_correction(case_id=case.pk, actor=CLOCK, version=sent.version)
        send_correction(case_id=case.pk, actor=CLOCK)
        assert [reminded(day) for day in (9, 10)] == [2, 3]  # it was sent anew: they are reminded anew

    def test_it_lapses_after_two_reminders_and_sixty_days(self) -> None:
        case = CaseStudyFactory.create(status="changes_requested")
        CaseStudy.objects.filter(pk=case.pk).update(status_since=days_ago(61), reminders=2, reminded_at=days_ago(19))
        tend(NOON)
        tend(NOON)
        assert again(case).status == "declined"
        assert Message.objects.filter(kind="lapsed").count() == 1

    def test_after_a_long_stop_nobody_loses_the_time_between(self) -> None:
        case = CaseStudyFactory.create(status="changes_requested")
        CaseStudy.objects.filter(pk=case.pk).update(status_since=days_ago(90))
        for _ in range(3):
            tend(NOON)
        assert (again(case).status, again(case).reminders) == ("changes_requested", 1)


class TestDrafts:
    def draft(self, touched: int, warned: int | None = None, status: str = "draft", **fields: Any) -> CaseStudy:
        case = CaseStudyFactory.create(status=status, **fields)
        warned_at = days_ago(warned) if warned is not None else None
        Draft.objects.filter(case_study=case).update(touched_at=days_ago(touched), warned_at=warned_at)
        return case

    def left(self) -> set[int]:
        return set(CaseStudy.objects.values_list("pk", flat=True))

    def test_without_an_address_it_goes_after_seven_days(self) -> None:
        old, blank = self.draft(7, contributor=False), self.draft(7, contributor__email="")
        young, known = self.draft(5, contributor=False), self.draft(7)
        tend(NOON)
        assert self.left() == {young.pk, known.pk}
        assert [event.code for event in Event.objects.about(old.uuid)] == ["expire"]
        assert not Contributor.objects.filter(case_study=blank).exists()

    @pytest.mark.parametrize("status", ["draft", "awaiting_confirmation"])
    def test_a_warning_comes_first_and_once(self, status: str) -> None:
        case = self.draft(47, status=status)
        self.draft(40, status=status)
        tend(NOON)
        tend(NOON)
        message = Message.objects.get(kind="draft-expiring")
        assert (message.recipient, message.language) == (case.contributor.email, "cy")

    def test_then_it_goes(self) -> None:
        gone, unwarned, warned_late = self.draft(61, warned=14), self.draft(61), self.draft(61, warned=2)
        tend(NOON)
        assert self.left() == {unwarned.pk, warned_late.pk}
        assert gone.pk not in self.left()
        assert list(Message.objects.filter(kind="draft-expiring").values_list("about", flat=True)) == [unwarned.uuid]
