"""The log only grows."""

import uuid
from collections.abc import Callable

import pytest
from django.db import transaction

from foundation.people.models import User
from foundation.record.actors import CLOCK, Actor, Role
from foundation.record.models import AppendOnly, Event, Note
from foundation.record.services import write

pytestmark = pytest.mark.django_db


def test_a_line_holds_codes_and_keys_and_its_note_stands_apart(editor: User) -> None:
    subject = uuid.uuid4()
    event = write(
        actor=Actor(Role.EDITOR, editor), kind="case-study", subject=subject, code="decline",
        from_state="in_review", to_state="declined", note_cy="Rheswm", note_en="A reason",
    )  # fmt: skip
    stored = Event.objects.get()
    assert (stored.role, stored.actor, stored.subject, stored.code) == ("editor", str(editor.key), subject, "decline")
    assert (stored.from_state, stored.to_state) == ("in_review", "declined")
    assert Note.objects.get(event=event).text_cy == "Rheswm"
    columns = {field.name for field in Event._meta.get_fields() if not field.auto_created or field.concrete}
    assert columns == {"id", "at", "role", "actor", "kind", "subject", "code", "from_state", "to_state"}


def test_no_line_is_changed_or_deleted() -> None:
    event = write(actor=CLOCK, kind="case-study", subject=uuid.uuid4(), code="expire")
    event.code = "publish"
    attempts: list[Callable[[], object]] = [
        event.save,
        event.delete,
        Event.objects.all().delete,
        Event.objects.filter(pk=event.pk).delete,
        lambda: Event.objects.all().update(code="publish"),
        lambda: Event.objects.bulk_update([event], ["code"]),
    ]
    for attempt in attempts:
        with pytest.raises(AppendOnly), transaction.atomic():
            attempt()
    assert list(Event.objects.values_list("code", flat=True)) == ["expire"]


def test_lines_about_one_thing_come_in_the_order_they_were_written() -> None:
    mine, other = uuid.uuid4(), uuid.uuid4()
    for code, subject in (("send", mine), ("send", other), ("confirm", mine)):
        write(actor=CLOCK, kind="case-study", subject=subject, code=code)
    assert [event.code for event in Event.objects.about(mine)] == ["send", "confirm"]


def test_an_administrator_also_acts_as_an_editor_and_not_the_other_way() -> None:
    assert Actor(Role.ADMINISTRATOR).acts_as(Role.EDITOR)
    assert not Actor(Role.EDITOR).acts_as(Role.ADMINISTRATOR)
    assert not Actor(Role.ADMINISTRATOR).acts_as(Role.CONTRIBUTOR)
