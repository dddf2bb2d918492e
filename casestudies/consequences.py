"""What follows from a move of a case study: who is asked and told, what goes live, what ends, what is deleted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from casestudies.credited import tell_people
from casestudies.documents import files_of, take_back_all
from casestudies.headteachers import ask_who_was_not
from casestudies.messages import write_to_editor
from casestudies.models import CaseStudy, CaseStudyEdition, Erasure, Headteacher
from foundation.correspondence.services import forget_messages
from foundation.files.models import Picture
from foundation.files.services import delete_files, remove_if_unshown
from foundation.people.models import User
from foundation.publishing.models import Stage
from foundation.publishing.services import forget_versions, give_addresses, put_live, start_working
from foundation.publishing.successors import set_successor
from foundation.record.actors import Actor
from foundation.record.models import Note
from references.checking.services import forget_decisions


@dataclass(frozen=True, slots=True)
class Making:
    """A move being made. `holder`: the editor who had claimed the story before it."""

    case: CaseStudy
    actor: Actor
    now: datetime
    given: dict[str, Any] = field(default_factory=dict)
    holder: int | None = None


def nothing(making: Making) -> None: ...


def working_of(case: CaseStudy) -> CaseStudyEdition:
    return case.editions.get(stage=Stage.WORKING)


def _confirm_contributor(making: Making) -> None:
    contributor = making.case.contributor
    contributor.address_confirmed_at = making.now
    contributor.save(update_fields=["address_confirmed_at"])
    _ask_headteacher(making)


def _ask_headteacher(making: Making) -> None:
    ask_who_was_not(making.case, actor=making.actor, now=making.now)


def _tell_people(making: Making) -> None:
    tell_people(making.case, actor=making.actor, now=making.now)


def _forget_draft(making: Making) -> None:
    """Once accepted, the story is in its edition and its snapshot: what was typed into the form has done its work."""
    draft = getattr(making.case, "draft", None)
    if draft is not None:
        draft.delete()


def _give_addresses(making: Making) -> None:
    """A case study has its addresses before it is saved as published: a constraint asks for them."""
    give_addresses(content=making.case, edition=working_of(making.case))


def _put_live(making: Making) -> None:
    put_live(working=working_of(making.case), actor=making.actor, now=making.now)


def _end_permissions(making: Making) -> None:
    case = making.case
    case.permissions.withdraw(making.now)
    Headteacher.objects.filter(case_study=case).update(agreed_at=None, refused_at=None, asked_at=None)
    take_back_all(case)
    holder = User.objects.filter(pk=making.holder).first() if making.holder else None
    write_to_editor(case=case, kind="editor-story-withdrawn", editor=holder)


def _working_again(making: Making) -> None:
    """A story that comes back after it was published has only a live edition: it is taken up from there."""
    live = making.case.live
    if making.case.working is None and live is not None:
        start_working(live=live, by=None)
    _ask_headteacher(making)


def _send_readers_on(making: Making) -> None:
    set_successor(content=making.case, successor=making.given.get("leads_to"))


def _send_readers_nowhere(making: Making) -> None:
    set_successor(content=making.case, successor=None)


def _take_permission_away(making: Making) -> None:
    """The page says no more than that it is withdrawn."""
    _send_readers_nowhere(making)
    _end_permissions(making)


def remove(case: CaseStudy) -> None:
    """Delete a case study that was never let in, and all that was kept of it elsewhere. The log keeps its lines."""
    Erasure.objects.create(subject=case.uuid, what=Erasure.What.ALL, at=timezone.now())
    forget_messages(case.uuid)
    forget_notes(case)
    forget_versions(case)
    forget_decisions(case)
    pictures = list(Picture.objects.filter(case_studies__edition__content=case).distinct())
    documents = files_of(case.documents.select_related("copy"))
    case.delete()
    delete_files(documents)
    for picture in pictures:
        remove_if_unshown(picture)


def forget_notes(case: CaseStudy) -> None:
    """What people wrote in the log beside its lines, and what the admin kept of names in its own."""
    Note.objects.filter(event__subject=case.uuid).delete()
    LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(CaseStudy), object_id=str(case.pk)).delete()


BEFORE_SAVING: dict[str, Callable[[Making], None]] = {"publish": _give_addresses}
AFTER: dict[str, Callable[[Making], None]] = {
    "send": _ask_headteacher,
    "confirm": _confirm_contributor,
    "let_in": _ask_headteacher,
    "resubmit": _ask_headteacher,
    "send_proof": _tell_people,
    "agree": _tell_people,
    "approve_without_contributor": _tell_people,
    "accept": _forget_draft,
    "publish": _put_live,
    "withdraw": _end_permissions,
    "archive": _send_readers_on,
    "put_back": _send_readers_nowhere,
    "withdraw_permission": _take_permission_away,
    "come_back": _working_again,
}
