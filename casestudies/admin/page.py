"""What the workbench shows of a case study, and to whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.admin.comments import comments_context, to_send
from casestudies.admin.documents import documents_context
from casestudies.admin.findings import shown_findings
from casestudies.admin.moves import label_of_code, label_of_state
from casestudies.admin.offers import kept, offered
from casestudies.admin.permissions import permissions_context
from casestudies.difference import changes
from casestudies.junk import in_words
from casestudies.models import CaseStudy, CaseStudyEdition, Snapshot
from casestudies.vocabulary import FACTS, UNSENT
from foundation.correspondence.kinds import kinds
from foundation.correspondence.models import UNDELIVERED, Message
from foundation.publishing.admin.rows import Row, Side
from foundation.publishing.difference import Piece, difference
from foundation.publishing.prose import text_from_prose
from foundation.record.actors import Role
from foundation.record.admin import put_names
from foundation.record.models import Event

#: In the address: how what was sent is compared with what will be published.
COMPARE = "compare"
WHOLE = "whole"
COMPARISONS = {
    WHOLE: _("Whole texts"),
    "inline": _("Changes marked in the text"),
    "side": _("Changes side by side"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One language of one text: as it was sent, and as it will be published."""

    language: str
    sent: str
    now: str
    pieces: list[Piece] = field(default_factory=list)  # word by word, where the words are compared

    @property
    def is_as_sent(self) -> bool:
        return self.sent == self.now


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about the setting, as it was sent and as it will be published."""

    label: str | Promise
    sent: str
    now: str


def workbench_context(
    request: HttpRequest,
    case: CaseStudy,
    *,
    edition: CaseStudyEdition | None,
    rows: Sequence[Row],
    overrides: bool,
    reasons: Collection[str] = (),
) -> dict[str, Any]:
    """Everything; or of a draft its number, its age and its expiry. `rows`: the texts of the edition.

    `overrides`: whether the page offers an override; `reasons`: the prefixes of the forms that ask for one, beside the moves.
    """
    moderates = request.user.has_perm("casestudies.moderate_casestudy")
    sees_comments = moderates and case.status not in UNSENT
    comments = list(case.comments.select_related("asked_by")) if sees_comments else []
    moves = offered(request, case, to_send(comments))
    log = log_of(request, case)
    context: dict[str, Any] = {
        "case_study": case,
        "is_draft": case.status in UNSENT,
        "moderates": moderates,
        "moves": moves,
        "kept": kept(request, moves, overrides=overrides, reasons=reasons),
        "log": log,
        "title": case.reference,
    }
    if case.status in UNSENT:
        return context
    snapshot = case.snapshots.last()
    context |= {"snapshot": snapshot, "sent": case.snapshots.count()}
    if edition is not None:
        how = chosen_comparison(request) if snapshot else WHOLE
        context |= _story(edition, snapshot, rows, how) | {"comparison": how, "comparisons": comparisons(request, how)}
    if moderates:
        context |= _for_editors(request, case)
        context |= comments_context(request, case, edition, comments, last_acted(log or ()))
    return context


def last_acted(log: Sequence[Any]) -> datetime | None:
    """When an editor last did something about a case study, by its log."""
    return max((event.at for event in log if event.role in (Role.EDITOR, Role.ADMINISTRATOR)), default=None)


def log_of(request: HttpRequest, case: CaseStudy) -> list[Any] | None:
    """The whole log of a case study in words, for those who may see the log, with its notes for those who may see notes.

    None for others. What was noted about a draft may tell what the draft says: nobody sees it here.
    """
    if not request.user.has_perm("record.view_event"):
        return None
    with_notes = case.status not in UNSENT and request.user.has_perm("record.view_note")
    events: list[Any] = list(Event.objects.about(case.uuid).select_related("note"))
    put_names(events)
    for event in events:
        event.written = getattr(event, "note", None) if with_notes else None
        event.what, event.before, event.after = (
            label_of_code(event.code),
            label_of_state(event.from_state),
            label_of_state(event.to_state),
        )
    return events


def _story(edition: CaseStudyEdition, snapshot: Snapshot | None, rows: Sequence[Row], how: str) -> dict[str, Any]:
    prefetch_related_objects([edition], "hallmarks__hallmark", "pictures__picture")
    story: dict[str, Any] = snapshot.story if snapshot else {}
    changed = changes(story, edition) if snapshot else []
    if how != WHOLE:  # what stands in the texts is marked there
        changed = [one for one in changed if one.label not in [row.label for row in rows]]
    return {
        "compared": [(row, [_compared(row, side, story, how) for side in row.sides]) for row in rows],
        "changed": changed,
        "facts": [_fact(edition, story, name) for name in (*FACTS, "schools")],
        "shown_hallmarks": edition.hallmarks.all(),
        "listed_references": edition.references.select_related("work"),
        "typed_references": edition.typed_references.all(),
        "shown_pictures": edition.pictures.all(),
    }


def _compared(row: Row, side: Side, story: dict[str, Any], how: str) -> Compared:
    sent = str(story.get(f"{row.field}_{side.language}") or "")
    if how == WHOLE or sent == side.text:
        return Compared(side.language, sent, side.text)
    read = text_from_prose if row.is_prose else str
    return Compared(side.language, sent, side.text, difference(read(sent), read(side.text), whole=True))


def chosen_comparison(request: HttpRequest) -> str:
    """How what was sent is compared with what will be published: named by the address, so that it stays chosen."""
    wanted = request.GET.get(COMPARE, "")
    return wanted if wanted in COMPARISONS else WHOLE


def comparisons(request: HttpRequest, chosen: str) -> list[tuple[str, str | Promise, bool]]:
    """Each way to compare: its address, its name, and whether it is the one that is chosen."""
    found: list[tuple[str, str | Promise, bool]] = []
    for how, label in COMPARISONS.items():
        query = request.GET.copy()
        query[COMPARE] = how
        found.append((f"?{query.urlencode()}#story-title", label, how == chosen))
    return found


def _fact(edition: CaseStudyEdition, story: dict[str, Any], name: str) -> Fact:
    field = edition._meta.get_field(name)
    labels = {value: str(label) for value, label in field.choices or ()}  # type: ignore[union-attr]
    sent, now = str(story.get(name) or ""), getattr(edition, name)
    return Fact(field.verbose_name, labels.get(sent, sent), labels.get(now, now))  # type: ignore[union-attr]


def _for_editors(request: HttpRequest, case: CaseStudy) -> dict[str, Any]:
    messages: list[Any] = list(Message.objects.filter(about=case.uuid).order_by("created_at"))
    for message in messages:
        message.kind_label = kinds().get(message.kind, message.kind)
    contributor = case.contributor_or_none
    address = contributor.email if contributor else ""
    return {
        "contributor": contributor,
        "address_refused": bool(address) and Message.objects.undelivered().filter(recipient__iexact=address).exists(),
        "undelivered": sum(message.state in UNDELIVERED for message in messages),
        **permissions_context(case),
        "findings": shown_findings(request, case),
        "held_because": in_words(case.held_because),
        **documents_context(request, case),
        "finding_what": request.POST.get("finding-what", ""),
        "messages_sent": messages,
    }
