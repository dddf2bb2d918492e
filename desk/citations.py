"""The citation check over all texts, for those who may see them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.bilingual.languages import Language
from foundation.people.admin import can_be_key, choose_language
from foundation.publishing.admin import edition_address
from references.checking.counting import counts_of
from references.checking.kinds import Kind, State
from references.checking.overview import Checkup, check_texts
from references.checking.panel import Line, act, lines_of, settled_languages
from references.checking.registry import Checked, checked_kinds

#: What the page can show: what waits for a decision, information, what was excused (what of it is stale too), and all of it.
STATES = {
    "open": {State.OPEN},
    "information": {State.INFORMATION},
    "excused": {State.EXCUSED, State.STALE},
    "all": set(State),
}
#: A page ends with the text that brings it to so many findings: each has three boxes, and a form can have 2,000 of them.
FINDINGS_A_PAGE = 200
#: What a button of the page is named by: this, and the edition that it is about.
PRESSED = "_beside:"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters ask for: "" for everything; `text` is the kind of text."""

    state: str
    kind: str
    language: str
    text: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        state = query.get("state", "")
        wanted = (query.get(name, "") for name in ("kind", "language", "text"))
        return cls(state if state in STATES else "open", *wanted)

    def fits(self, found: "Found") -> bool:
        return (
            found.state in STATES[self.state]
            and self.kind in ("", found.kind)
            and self.language in ("", found.language)
            and self.text in ("", found.text)
        )


@dataclass(frozen=True, slots=True)
class Found:
    """Findings that the filters do not tell apart: of one kind, language and state, in the text `key` of the kind `text`."""

    state: str
    kind: str
    language: str
    text: str
    key: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """One text with the findings that were asked for."""

    checkup: Checkup
    lines: list[Line]
    settles: list[str]

    @property
    def address(self) -> str:
        return edition_address(self.checkup.edition)

    @property
    def presses(self) -> str:
        """The name of its buttons. Two models have editions with one number."""
        edition = self.checkup.edition
        return f"{PRESSED}{edition._meta.label_lower}:{edition.pk}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, and how many findings it would show."""

    value: str
    label: str | Promise
    count: int
    is_chosen: bool


def may_see(request: HttpRequest, model: type[Any]) -> bool:
    options = model._meta
    return request.user.has_perm(f"{options.app_label}.view_{options.model_name}")


def visible(request: HttpRequest) -> dict[str, Checked]:
    """The kinds of text whose words the person may read, by the names that the filter gives them."""
    return {kind.model._meta.label_lower: kind for kind in checked_kinds() if may_see(request, kind.model)}


def count_for(request: HttpRequest) -> int:
    """How many findings wait for this person's decision, as counted when each text was last checked. One query."""
    return open_findings(visible(request).values())


def open_findings(kinds: Iterable[Checked]) -> int:
    """How many findings in texts of these kinds wait for a decision. One query."""
    waiting = counts_of(kinds).filter(state=State.OPEN)
    return waiting.aggregate(total=Sum("count"))["total"] or 0


def page(request: HttpRequest) -> HttpResponse:
    """The findings by text, with filters by kind of text, kind, language and state. POST: what a button asks for, or the
    page in the other language; then it is shown again, with what was typed about other findings.

    What was counted when each text was last checked says which texts are shown; those are checked anew.
    """
    kinds = visible(request)
    if not kinds:
        raise PermissionDenied
    if request.method == "POST":
        _press(request, kinds)
    asked, counted = Asked.of(request.GET), _counted(kinds)
    shown = Paginator(_pages([found for found in counted if asked.fits(found)]), 1).get_page(request.GET.get("page"))
    context = {
        "title": _("Citations and reference lists"),
        "page": shown,
        "sections": _sections(request, shown, kinds, asked),
        "open": sum(found.count for found in counted if found.state == State.OPEN),
        "filters": _filters(counted, kinds, asked),
        **admin.site.each_context(request),
    }
    return TemplateResponse(request, "admin/desk/citations.html", context)


def _press(request: HttpRequest, kinds: Mapping[str, Checked]) -> None:
    """Speak the language that the switch asks for, or do what a button about one of the texts asks for."""
    if request.POST.get("_language") in Language.values:
        choose_language(request, request.POST["_language"])
        return
    pressed = next((name for name in request.POST if name.startswith(PRESSED)), "")
    name, _colon, key = pressed.removeprefix(PRESSED).partition(":")
    kind = kinds.get(name)
    edition = kind.editions().filter(pk=key).first() if kind and can_be_key(kind.model, key) else None
    if edition is None:
        raise Http404
    act(request, edition, request.POST[pressed])


def _pages(counted: Iterable["Found"]) -> list[list[tuple[str, int]]]:
    """The texts, page by page."""
    pages: list[list[tuple[str, int]]] = []
    texts: Counter[tuple[str, int]] = Counter()
    for found in counted:
        texts[found.text, found.key] += found.count
    room = 0
    for text, count in texts.items():
        if room <= 0:
            pages.append([])
            room = FINDINGS_A_PAGE
        pages[-1].append(text)
        room -= count
    return pages


def _counted(kinds: Mapping[str, Checked]) -> list[Found]:
    """What was counted, kind of text by kind of text. One query."""
    names = {kind.content_type.pk: name for name, kind in kinds.items()}
    found = [
        Found(row.state, row.kind, row.language, names[row.content_type_id], row.object_id, row.count)
        for row in counts_of(kinds.values())
    ]
    order = list(kinds)
    return sorted(found, key=lambda one: (order.index(one.text), one.key))


def _sections(
    request: HttpRequest, shown: Page[list[tuple[str, int]]], kinds: Mapping[str, Checked], asked: Asked
) -> list[Section]:
    sections = []
    for text, kind in kinds.items():
        keys = [key for texts in shown for name, key in texts if name == text]
        for checkup in check_texts(kind, keys) if keys else ():
            lines = [line for line in lines_of(request, checkup) if asked.fits(_found(line, text))]
            if lines or (checkup.stale and State.STALE in STATES[asked.state]):
                sections.append(Section(checkup, lines, settled_languages(request, checkup.edition)))
    return sections


def _found(line: Line, text: str) -> Found:
    finding = line.shown.finding
    return Found(line.shown.state, finding.kind, finding.language, text)


def _filters(
    counted: Sequence[Found], kinds: Mapping[str, Checked], asked: Asked
) -> list[tuple[str, str, list[Choice]]]:
    """Each filter: its parameter, its name, its values with the number of findings each would show."""
    every = {"": _("all")}
    lists: list[tuple[str, str, Mapping[str, str | Promise]]] = [
        ("state", _("State"), {**{one.value: one.label for one in State if one.value in STATES}, "all": _("all")}),
        ("kind", _("Kind of finding"), {**every, **{kind.value: kind.label for kind in Kind}}),
        ("language", _("Language"), {**every, **{one.value: one.label for one in Language}}),
        ("text", _("Text"), {**every, **{name: kind.label for name, kind in kinds.items()}}),
    ]
    found = []
    for name, label, values in lists:
        chosen = getattr(asked, name)
        choices = [Choice(one, values[one], _how_many(counted, asked, name, one), one == chosen) for one in values]
        found.append((name, label, [one for one in choices if one.count or one.is_chosen or not one.value]))
    return found


def _how_many(counted: Sequence[Found], asked: Asked, name: str, value: str) -> int:
    wanted = replace(asked, **{name: value})
    return sum(found.count for found in counted if wanted.fits(found))
