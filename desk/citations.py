"""The citation check over all texts, for those who may see them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from foundation.bilingual.languages import Language
from foundation.people.admin import signed_in
from references.checking.kinds import Kind, Level
from references.checking.overview import Checkup, check_all, count_open
from references.checking.panel import Line, act, edition_address, lines_of, may_settle
from references.checking.registry import checked_kinds

#: What the page can show: what waits for a decision, information, what was excused, and all of it.
STATES = ("open", "information", "excused", "all")


@dataclass(frozen=True, slots=True)
class Section:
    """One text with the findings that were asked for."""

    checkup: Checkup
    lines: list[Line]
    address: str
    name: str
    settles: list[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, and how many findings it would show."""

    value: str
    label: str | Promise
    count: int
    is_chosen: bool


def visible(request: HttpRequest) -> list[Checkup]:
    """The check of every text whose words the person may read."""
    return [checkup for checkup in check_all() if may_see(request, checkup.edition)]


def may_see(request: HttpRequest, edition: Any) -> bool:
    options = edition._meta
    return request.user.has_perm(f"{options.app_label}.view_{options.model_name}")


def may_see_any(request: HttpRequest) -> bool:
    models = [kind.model._meta for kind in checked_kinds()]
    return any(request.user.has_perm(f"{model.app_label}.view_{model.model_name}") for model in models)


def count_for(request: HttpRequest) -> int:
    """How many findings wait for a decision."""
    return count_open(visible(request))


def page(request: HttpRequest) -> HttpResponse:
    """The findings by text, with filters by text, kind, language and state."""
    if not may_see_any(request):
        raise PermissionDenied
    checkups = visible(request)
    asked = {name: request.GET.get(name, "") for name in ("state", "kind", "language", "text")}
    asked["state"] = asked["state"] if asked["state"] in STATES else "open"
    sections = [section for checkup in checkups if (section := _section(request, checkup, asked))]
    context = {
        "title": _("Citations and reference lists"),
        "sections": sections,
        "shown": sum(len(section.lines) for section in sections),
        "open": count_open(checkups),
        "filters": _filters(request, checkups, asked),
        **admin.site.each_context(request),
    }
    return TemplateResponse(request, "admin/desk/citations.html", context)


def _section(request: HttpRequest, checkup: Checkup, asked: dict[str, str]) -> Section | None:
    stale = asked["state"] in ("excused", "all") and bool(checkup.stale)
    lines = [line for line in lines_of(request, checkup) if _is_asked(line, checkup, asked)]
    if not lines and not (stale and _is_text(checkup, asked["text"])):
        return None
    edition = checkup.edition
    settles = [language for language in Language.values if may_settle(request, edition, language)]
    return Section(checkup, lines, edition_address(edition), name_of(edition), settles)


def name_of(edition: Any) -> str:
    """What an edition is called in a link: two models have editions with one number."""
    return f"{edition._meta.label_lower}:{edition.pk}"


def _is_text(checkup: Checkup, text: str) -> bool:
    return text in ("", name_of(checkup.edition))


def _is_asked(line: Line, checkup: Checkup, asked: dict[str, str]) -> bool:
    finding = line.shown.finding
    states = {
        "open": line.shown.is_open,
        "information": finding.level == Level.INFORMATION,
        "excused": line.shown.excuse is not None,
        "all": True,
    }
    return (
        states[asked["state"]]
        and asked["kind"] in ("", finding.kind.value)
        and asked["language"] in ("", finding.language)
        and _is_text(checkup, asked["text"])
    )


def _filters(
    request: HttpRequest, checkups: list[Checkup], asked: dict[str, str]
) -> list[tuple[str, str, list[Choice]]]:
    """Each filter: its parameter, its name, its values with the number of findings each would show."""
    states = {"open": _("open"), "information": _("information"), "excused": _("excused"), "all": _("all")}
    labels: list[tuple[str, str, dict[str, Any]]] = [
        ("state", _("State"), states),
        ("kind", _("Kind of finding"), {"": _("all"), **{kind.value: kind.label for kind in Kind}}),
        ("language", _("Language"), {"": _("all"), **{one.value: one.label for one in Language}}),
        ("text", _("Text"), {"": _("all"), **{name_of(each.edition): str(each.edition) for each in checkups}}),
    ]
    lines = [(line, checkup) for checkup in checkups for line in lines_of(request, checkup)]
    found = []
    for name, label, values in labels:
        counts: Counter[str] = Counter()
        for value in values:
            wanted = {**asked, name: value}
            counts[value] = sum(_is_asked(line, checkup, wanted) for line, checkup in lines)
        choices = [Choice(value, values[value], counts[value], value == asked[name]) for value in values]
        found.append((name, label, [one for one in choices if one.count or one.is_chosen or not one.value]))
    return found


def settle(request: HttpRequest) -> HttpResponse:
    """What a button on the page asks for; then back to the page as it was filtered."""
    signed_in(request)
    edition = _edition(request.POST.get("edition", ""))
    if edition is None or not may_see(request, edition):
        raise Http404
    act(request, edition, request.POST.get("_beside", ""))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = reverse("admin:citations")
    return HttpResponseRedirect(back)


def _edition(name: str) -> Any:
    """The edition of that name, if it is one that is checked."""
    model, _colon, key = name.partition(":")
    if not (key.isascii() and key.isdecimal() and len(key) < 18):
        return None
    kinds = {kind.model._meta.label_lower: kind for kind in checked_kinds()}
    return kinds[model].editions().filter(pk=int(key)).first() if model in kinds else None
