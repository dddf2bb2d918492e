"""The texts that one member of staff may write now, and in which language: what goes out in a file, and what may come in.

Who may write what is asked of the admin of each kind of text, which says it for the forms too: working editions that are
open, in the languages of that person. The words of a document's copy are not here: they are written where it is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from casestudies.models import CaseStudy, ReadyReason
from foundation.bilingual.agreement import BEHIND, State, texts
from foundation.bilingual.languages import Language, current, words
from foundation.bilingual.policies import Policy, policies_of, translated_models
from foundation.bilingual.services import FieldState, agreed_pairs, states_of
from foundation.bilingual.xliff import Unit, stamp
from foundation.correspondence.models import Wording
from foundation.publishing.admin.editions import edition_address, is_editor_of, languages_for
from foundation.publishing.models import Edition, Stage
from references.models import Work

#: What a translator into a language has to do, by the state of the two texts.
WAITING = {
    Language.CY: {State.CY_MISSING, State.CY_STALE, State.BOTH_CHANGED, State.UNCONFIRMED},
    Language.EN: {State.EN_MISSING, State.EN_STALE, State.BOTH_CHANGED, State.UNCONFIRMED},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of words: an edition, something in it, or another thing with words. `languages`: field → what may be written."""

    obj: Any
    name: str
    states: dict[str, FieldState]
    languages: dict[str, tuple[str, ...]]
    prose: tuple[str, ...]

    @property
    def model(self) -> str:
        return str(self.obj._meta.label_lower)

    @property
    def key(self) -> str:
        """What it is called in a file. A working edition goes by its content, whose next one it may be when the file is back."""
        return str(self.obj.content.uuid if isinstance(self.obj, Edition) else self.obj.pk)

    def label(self, field: str) -> str:
        own = str(self.obj._meta.get_field(field).verbose_name)
        return f"{self.name}: {own}" if self.name else own

    def fields(self, to: Language, *, waiting: bool) -> list[str]:
        """The fields with a text to be translated into `to` by this person; with `waiting`, those that ask for it."""
        source = "en" if to == Language.CY else "cy"
        return [
            field
            for field, state in self.states.items()
            if state.policy != Policy.NOT_OURS
            and getattr(state.now, source)
            and to in self.languages[field]
            and (not waiting or self._waits(state, to))
        ]

    def _waits(self, state: FieldState, to: Language) -> bool:
        if state.policy == Policy.SHARED:
            return not getattr(state.now, to)
        return state.state in WAITING[to]

    def unit(self, field: str, to: Language) -> Unit:
        """One text as it goes out, with the name of its thing for whoever translates it."""
        cy, en = texts(self.obj, field)
        source, target = (en, cy) if to == Language.CY else (cy, en)
        return Unit(
            model=self.model,
            key=self.key,
            field=field,
            source=source,
            target=target,
            is_html=field in self.prose,
            source_stamp=stamp(source),
            target_stamp=stamp(target),
            is_done=bool(target) and self.states[field].state == State.IN_STEP,
            note=self.label(field),
        )


@dataclass(frozen=True, slots=True)
class Thing:
    """What is written and stored together: `owner`, and the rows whose words belong to it, its own first.

    `language` is that of the name ("" for one that is in the language of the page); `since`: when it began to wait, as far as
    is known; `holds_up`: readers see nothing of it until it is in step, or at the time that is set (`planned`).
    """

    owner: Any
    kind: str
    name: str
    address: str
    rows: list[Row]
    is_editor: bool
    language: str = ""
    since: datetime | None = None
    planned: datetime | None = None
    holds_up: bool = False

    @property
    def key(self) -> str:
        return f"{self.rows[0].model}:{self.rows[0].key}"

    def units(self, to: Language, *, waiting: bool) -> list[Unit]:
        return [row.unit(field, to) for row in self.rows for field in row.fields(to, waiting=waiting)]

    def words(self, to: Language) -> int:
        """How many words of the other language wait to be translated."""
        counts = (
            row.states[field].words_en if to == Language.CY else row.states[field].words_cy
            for row in self.rows
            for field in row.fields(to, waiting=True)
        )
        return sum(counts)

    def texts(self, to: Language) -> int:
        """How many texts wait to be translated."""
        return sum(len(row.fields(to, waiting=True)) for row in self.rows)


def writable(request: HttpRequest) -> list[Thing]:
    """Everything with words that the person may write now. As many queries whatever there is."""
    return [*_editions(request), *_wordings(request), *_works(request)]


def waiting_for(things: list[Thing], to: Language) -> list[Thing]:
    """Those with something to translate into `to`, by need: most words first."""
    return sorted((thing for thing in things if thing.texts(to)), key=lambda thing: -thing.words(to))


def _editions(request: HttpRequest) -> Iterator[Thing]:
    for model in translated_models():
        if not issubclass(model, Edition):
            continue
        own: Any = admin.site.get_model_admin(model)
        if not own.has_change_permission(request):
            continue
        found = own.get_queryset(request).filter(stage=Stage.WORKING).select_related("content").order_by("pk")
        editions = [edition for edition in found if own.has_change_permission(request, edition)]
        agreed, children = agreed_pairs(editions), _children(request, model, editions)
        is_editor = is_editor_of(request, model)
        rows: Any = model._base_manager
        live = rows.filter(stage=Stage.LIVE, content__in=[edition.content_id for edition in editions])
        published = set(live.values_list("content_id", flat=True))
        for edition in editions:
            languages = languages_for(request, edition)
            language = current() if words(edition, "title") else current().other
            yield Thing(
                owner=edition,
                kind=str(edition.content._meta.verbose_name),
                name=words(edition, "title", language) or str(edition.content),
                language=language if words(edition, "title", language) else "",
                address=edition_address(edition),
                rows=[
                    _row(edition, "", agreed, languages, own.prose),
                    *(_row(child, name, pairs, languages) for child, name, pairs in children.get(edition.pk, ())),
                ],
                is_editor=is_editor,
                since=_since(edition),
                planned=edition.publish_at,
                holds_up=edition.publish_at is not None or edition.content_id not in published,
            )


def _since(edition: Any) -> datetime:
    """A story not yet published has waited since it came to be edited; other words since they were last written."""
    content = edition.content
    is_new_story = isinstance(content, CaseStudy) and content.first_published_at is None
    moment: datetime = content.status_since if is_new_story else edition.updated_at
    return moment


def _children(request: HttpRequest, model: type[Edition], editions: list[Any]) -> dict[Any, list[Any]]:
    """The key of an edition → its rows that have words to translate, their names, and what was agreed of them."""
    found: dict[Any, list[Any]] = {}
    for name in model.children:
        related: Any = model._meta.get_field(name).related_model
        ours = any(policy != Policy.NOT_OURS for policy in policies_of(related).values())
        if not ours or not request.user.has_perm(f"{related._meta.app_label}.change_{related._meta.model_name}"):
            continue
        rows = list(related._base_manager.filter(edition__in=editions).order_by("position", "pk"))
        agreed = agreed_pairs(rows)
        for row in rows:
            said = _("%(thing)s, row %(number)d") % {"thing": related._meta.verbose_name, "number": row.position + 1}
            found.setdefault(row.edition_id, []).append((row, said, agreed))
    return found


def _row(obj: Any, name: str, agreed: dict[Any, Any], languages: tuple[str, ...], prose: tuple[str, ...] = ()) -> Row:
    """`languages`: those in which all of it may be written."""
    states = states_of(obj, agreed.get(obj.pk, {}))
    return Row(obj, name, states, dict.fromkeys(states, languages), prose)


def _wordings(request: HttpRequest) -> Iterator[Thing]:
    """The editors' words for messages, and their ready-made reasons. A translator writes what is behind."""
    is_editor = request.user.has_perm("casestudies.moderate_casestudy")
    kept: list[type[models.Model]] = [Wording, ReadyReason]
    for model in kept:
        options = model._meta
        may = request.user.has_perm(f"{options.app_label}.change_{options.model_name}")
        if not may or not admin.site.is_registered(model):
            continue
        found: list[Any] = list(model._base_manager.order_by("pk"))
        agreed = agreed_pairs(found)
        for obj in found:
            row = _row(obj, "", agreed, ("cy", "en"))
            if not is_editor:
                behind = {field: BEHIND.get(state.state, ()) for field, state in row.states.items()}
                row = replace(row, languages=behind)
            address = reverse(
                f"admin:{options.app_label}_{options.model_name}_change",
                args=[obj.kind if isinstance(obj, Wording) else obj.pk],
            )
            yield _single(obj, row, address, is_editor)


def _works(request: HttpRequest) -> Iterator[Thing]:
    """What the covers of works show."""
    if not request.user.has_perm("references.change_work"):
        return
    found = list(Work.objects.filter(cover__isnull=False).order_by("pk"))
    agreed = agreed_pairs(found)
    for work in found:
        address = reverse("admin:references_work_change", args=[work.pk])
        yield _single(work, _row(work, "", agreed, ("cy", "en")), address, True)


def _single(obj: models.Model, row: Row, address: str, is_editor: bool) -> Thing:
    since = getattr(obj, "updated_at", None)
    return Thing(obj, str(obj._meta.verbose_name), str(obj), address, [row], is_editor, since=since)
