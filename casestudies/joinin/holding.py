"""What we hold about a story and the person who sent it: for that person, as data, as a page to read, and with their files.

Of other people it has what the contributor told us about them, and nothing that they wrote or that editors noted for themselves.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casestudies.joinin.journey import ABOUT_THE_DRAFT, Journey
from casestudies.joinin.steps import BY_KEY
from casestudies.models import CaseStudy, EditionPicture
from casestudies.vocabulary import FACTS
from foundation.bilingual.languages import current
from foundation.bilingual.policies import columns
from foundation.bilingual.words import format_date
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import as_shown
from foundation.problems.models import Problem
from foundation.publishing.prose import text_from_prose
from foundation.record.models import Event

Value = Any
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of thing that we hold: its key as data, its heading, and each thing as (label, value) by its name."""

    key: str
    title: str
    rows: list[list[tuple[str, str, Value]]] = field(default_factory=list)

    @property
    def data(self) -> list[Row]:
        return [{name: value for name, _label, value in row} for row in self.rows]

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """To be read: labels and texts, without what is empty."""
        return [[(label, text) for _name, label, value in row if (text := readable(value))] for row in self.rows]


def held_about(case: CaseStudy) -> list[Held]:
    """Everything, in the order of the story's life."""
    contributor = case.contributor_or_none
    email = contributor.email if contributor else ""
    own = Message.objects.filter(about=case.uuid, recipient__iexact=email)
    facts = (
        "reference",
        "status",
        "created_at",
        "submitted_at",
        "first_published_at",
        "last_confirmed_at",
        "slug_cy",
        "slug_en",
    )
    return [
        Held("story", _("The story"), [_fields(case, *facts)]),
        Held("contributor", _("You"), _each([contributor], "name", "role", "email", "language", "address_confirmed_at")),
        Held("draft", _("What you typed into the form"), _draft(case)),
        Held("editions", _("The text as it is kept"), [_edition(one) for one in case.editions.all()]),
        Held("pictures", _("Your pictures"), _each(_pictures(case), "picture", "alt_cy", "alt_en", "shows_people")),
        Held("documents", _("Your documents"), _each(case.documents.all(), "name", "kind", "size", "uploaded_at", "text")),
        Held("snapshots", _("What you sent"), _each(case.snapshots.all(), "number", "made_at", "story")),
        Held(
            "people", _("People whom you named"),
            _each(case.credits.all(), "name", "role", "email", "is_contact", "told_at", "declined_at"),
        ),
        Held("headteacher", _("The headteacher"), _each([case.headteacher_or_none], "name", "email", "asked_at", "agreed_at", "refused_at")),
        Held(
            "permissions", _("What was agreed to"),
            _each(case.permissions.all(), "kind", "person", "text_version", "text_language", "text", "given_at", "withdrawn_at"),
        ),
        Held("explanations", _("What you explained"), _each(case.findings.exclude(explanation=""), "quote", "explanation")),
        Held(
            "questions", _("Questions to you, and your answers"),
            _each(case.comments.asked(), "field", "quote", "text_cy", "text_en", "sent_at", "answer", "answered_at"),
        ),
        Held("messages", _("Messages to you"), [_message(one) for one in own.order_by("created_at")]),
        Held("links", _("Links that were sent to you"), _each(case.links.filter(email__iexact=email), "purpose", "made_at", "expires_at", "used_at", "revoked_at")),
        Held("problems", _("What you told us about pages"), _each(Problem.objects.filter(email__iexact=email) if email else [], "reference", "kind", "where", "text", "name", "email", "came_at", "state")),
        Held("log", _("What was done, and when"), _each(Event.objects.about(case.uuid), "at", "code", "role", "from_state", "to_state")),
    ]  # fmt: skip


def readable(value: Value) -> str:
    """One value as somebody reads it: a day in words, a list a line each, text without its mark-up."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        moment = timezone.localtime(value)
        return f"{format_date(moment.date(), current())} {moment:%H:%M}"
    if isinstance(value, dict):
        return "\n".join(f"{name}: {text}" for name, one in value.items() if (text := readable(one)))
    if isinstance(value, list):
        return "\n".join(readable(one) for one in value)
    text = str(value)
    return text_from_prose(text) if text.lstrip().startswith("<") else text


def _each(things: Iterable[models.Model | None], *names: str) -> list[list[tuple[str, str, Value]]]:
    return [_fields(thing, *names) for thing in things if thing is not None]


def _fields(thing: models.Model, *names: str) -> list[tuple[str, str, Value]]:
    """(name, label, value) of these fields, in the language spoken; a choice in its words."""
    found = []
    for name in names:
        model_field: Any = thing._meta.get_field(name)
        found.append((name, capfirst(str(model_field.verbose_name)), _value(thing, model_field)))
    return found


def _value(thing: models.Model, model_field: Any) -> Value:
    value = getattr(thing, model_field.attname)
    if model_field.name == "picture":
        return thing.picture.token  # type: ignore[attr-defined]
    if model_field.choices:
        return str(getattr(thing, f"get_{model_field.name}_display")())
    return value


def _edition(edition: Any) -> list[tuple[str, str, Value]]:
    return [
        *_fields(edition, *columns(type(edition)), "stage", *FACTS, "schools"),
        ("hallmarks", _("Hallmarks"), [row.hallmark.number for row in edition.hallmarks.select_related("hallmark")]),
        ("references", _("References"), [str(row.work) for row in edition.references.select_related("work")]),
        ("typed_references", _("References as you typed them"), [row.text for row in edition.typed_references.all()]),
    ]


def _pictures(case: CaseStudy) -> list[EditionPicture]:
    return list(EditionPicture.objects.filter(edition__content=case).select_related("picture"))


def _draft(case: CaseStudy) -> list[list[tuple[str, str, Value]]]:
    """The answers, as they were typed, by their pages."""
    answers = Journey(case).draft.answers
    row = [(key, str(step.name), answers[key]) for key, step in BY_KEY.items() if answers.get(key)]
    beside = answers.get(ABOUT_THE_DRAFT, {}).get("beside")
    row += [("beside", _("What somebody else wrote at the same time"), beside)] if beside else []
    word = answers.get(ABOUT_THE_DRAFT, {}).get("word")
    row += [("word", _("Parts of a Word document that wait for their place"), word)] if word else []
    return [row] if row else []


def _message(message: Message) -> list[tuple[str, str, Value]]:
    """As it was read, but for its links: those are the person's own, and are kept nowhere."""
    shown = as_shown(message)
    return [
        *_fields(message, "recipient", "language", "created_at", "sent_at", "subject"),
        ("text", _("Text"), shown.text),
    ]


# --- the file -------------------------------------------------------------------------------------------------------------


def packed(case: CaseStudy, language: str) -> bytes:
    """One zip file: `held.json` for programs, `held.html` to be read, and the pictures and documents as we have them."""
    held = held_about(case)
    data = {one.key: one.data for one in held}
    page = render_to_string("joinin/held_file.html", {"case": case, "held": held, "page_language": language})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("held.json", json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        archive.writestr("held.html", page)
        for name, stored in _files(case):
            with stored.open("rb") as file:
                archive.writestr(name, file.read())
    return out.getvalue()


def _files(case: CaseStudy) -> Iterable[tuple[str, Any]]:
    pictures = {row.picture.token: row.picture for row in _pictures(case)}
    for number, (token, picture) in enumerate(pictures.items(), 1):
        ending = str(picture.full.name).rpartition(".")[2]
        yield f"pictures/{number}-{token}.{ending}", picture.full
    for number, document in enumerate(case.documents.all(), 1):
        yield f"documents/{number}-{document.token}.{document.kind}", document.file
