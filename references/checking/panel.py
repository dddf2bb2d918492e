"""The findings beside the text: what is shown, and what its buttons do."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.bilingual.languages import Language, current
from foundation.people.admin import signed_in
from foundation.publishing.admin import is_editor_of
from foundation.publishing.admin.editions import edition_address, languages_for
from foundation.publishing.admin.rows import label_of
from foundation.publishing.beside import Beside, Remark
from foundation.publishing.models import Edition, Stage
from foundation.publishing.prose import clean_text
from foundation.publishing.services import ChangedSince, NotWorking
from foundation.record.actors import Actor
from references.checking import services
from references.checking.findings import Finding
from references.checking.kinds import Kind
from references.checking.overview import Checkup, Shown, check_edition
from references.models import Work

PREFIX = "citation"
#: What is settled, or half settled, by putting the work that is cited into the list.
LISTABLE = (Kind.CITED_NOT_LISTED, Kind.REFERENCE_LIST_ABSENT)


@dataclass(frozen=True, slots=True)
class Line:
    """A finding, as this person may settle it, and what they have typed about it on a page that is shown again."""

    shown: Shown
    box: str  # the end of the names of its boxes
    field_label: str
    address: str
    may_settle: bool
    addable: tuple[Work, ...]
    linkable: tuple[Work, ...]
    reason: str = ""
    work: str = ""
    other: str = ""


def may_settle(request: HttpRequest, edition: Edition, language: str) -> bool:
    """Whether the person may decide about findings in this text: those who may write it, in the languages they may write.

    In what is published only editors may: a link that is said by hand is seen by readers.
    """
    options = edition._meta
    may_write = request.user.has_perm(f"{options.app_label}.change_{options.model_name}")
    is_theirs = edition.stage == Stage.WORKING or is_editor_of(request, type(edition))
    return may_write and is_theirs and language in languages_for(request, edition)


def may_list(request: HttpRequest, checkup: Checkup) -> bool:
    """Whether the person may put works into the list now."""
    return bool(checkup.kind.references) and (checkup.edition.is_open and is_editor_of(request, type(checkup.edition)))


def lines_of(request: HttpRequest, checkup: Checkup) -> list[Line]:
    """Each finding of `checkup` with what the person may do about it. No query."""
    edition, listed = checkup.edition, {work.pk for work in checkup.listed}
    settled, lists = settled_languages(request, edition), may_list(request, checkup)
    address = edition_address(edition)
    found = []
    for shown in checkup.shown:
        finding = shown.finding
        settles = finding.language in settled
        addable = finding.kind in LISTABLE and settles and lists
        found.append(
            Line(
                shown,
                box_of(edition, finding.mark),
                str(label_of(edition, finding.field)) if finding.field else "",
                address + anchor_of(finding, checkup),
                settles and finding.is_excusable,
                tuple(work for work in finding.works if addable and work.pk not in listed),
                works_to_link(finding, checkup) if settles and finding.is_linkable else (),
                *(typed(request, name, edition, finding.mark) for name in ("reason", "work", "other")),
            )
        )
    return found


def box_of(edition: Edition, mark: str) -> str:
    """The end of the names of the boxes about a finding: the editions of a page have findings with one mark."""
    return f"{edition._meta.model_name}-{edition.pk}-{mark}"


def typed(request: HttpRequest, name: str, edition: Edition, mark: str) -> str:
    """What was typed about a finding in one of its boxes: reason, work or other."""
    return request.POST.get(f"{name}-{box_of(edition, mark)}", "")


def anchor_of(finding: Finding, checkup: Checkup) -> str:
    if finding.field:
        return f"#pair-{finding.field}"
    return f"#{checkup.kind.references}-group" if checkup.kind.references else ""


def works_to_link(finding: Finding, checkup: Checkup) -> tuple[Work, ...]:
    """The works that may be meant, the likely ones first, then the rest of the list."""
    likely = {work.pk: work for work in finding.works}
    return (*likely.values(), *(work for work in checkup.listed if work.pk not in likely))


def context(request: HttpRequest, edition: Edition) -> dict[str, Any] | None:
    """What stands beside an edition; None where it is not checked."""
    checkup = check_edition(edition)
    if checkup is None:
        return None
    return {
        "checkup": checkup,
        "lines": lines_of(request, checkup),
        "remarks": remarks(checkup),
        "settles": settled_languages(request, edition),
    }


def settled_languages(request: HttpRequest, edition: Edition) -> list[str]:
    """The languages in which the person may decide about findings in this text."""
    return [language for language in Language.values if may_settle(request, edition, language)]


def remarks(checkup: Checkup) -> list[Remark]:
    """What is said at the gate: a warning, not a wall."""
    count = len(checkup.open)
    if not count:
        return []
    message = ngettext("%(count)d citation finding is open.", "%(count)d citation findings are open.", count)
    return [Remark(message % {"count": count}, f"{edition_address(checkup.edition)}#citations")]


# --- doing ----------------------------------------------------------------------------------------------------------------


def act(request: HttpRequest, edition: Edition, name: str) -> None:
    """Do what a button of the panel asks for: `citation:excuse:<mark>`, `citation:link:<mark>`, `citation:list:<mark>:<key>`,
    `citation:take-back:<excuse>` or `citation:unlink:<link>`.
    """
    prefix, _colon, rest = name.partition(":")
    if prefix != PREFIX:
        return
    checkup = check_edition(edition)
    doing, _colon, what = rest.partition(":")
    if checkup is None or doing not in _DOING:
        raise Http404
    _DOING[doing](request, checkup, what)


def _actor(request: HttpRequest, edition: Edition) -> Actor:
    return services.actor_of(signed_in(request), is_editor=is_editor_of(request, type(edition)))


def _found(request: HttpRequest, checkup: Checkup, mark: str) -> Finding | None:
    """The finding that the button stood beside, if it is still there; refuses those who may not settle it."""
    shown = checkup.find(mark)
    if shown is None:
        if not settled_languages(request, checkup.edition):
            raise PermissionDenied
        messages.warning(request, _("That finding is no longer there: the text has changed since you opened the page."))
        return None
    if not may_settle(request, checkup.edition, shown.finding.language):
        raise PermissionDenied
    return shown.finding


def _excuse(request: HttpRequest, checkup: Checkup, mark: str) -> None:
    finding = _found(request, checkup, mark)
    if finding is None:
        return
    reason = clean_text(typed(request, "reason", checkup.edition, mark)).strip()
    if not reason:
        messages.error(request, _("Say why the finding may stand."))
        return
    actor = _actor(request, checkup.edition)
    services.excuse(edition=checkup.edition, finding=finding, reason=reason, actor=actor, language=current())
    messages.success(request, _("The finding is excused."))


def _link(request: HttpRequest, checkup: Checkup, mark: str) -> None:
    finding = _found(request, checkup, mark)
    if finding is None:
        return
    key = typed(request, "other", checkup.edition, mark).strip() or typed(request, "work", checkup.edition, mark)
    work = Work.objects.filter(key=clean_text(key)[:100].replace("\x00", "")).first() if finding.is_linkable else None
    if work is None:
        messages.error(request, _("Choose the work that the citation means."))
        return
    services.link(edition=checkup.edition, finding=finding, work=work, actor=_actor(request, checkup.edition))
    messages.success(request, _("The citation is linked to the work that it means."))


def _list(request: HttpRequest, checkup: Checkup, what: str) -> None:
    mark, _colon, key = what.partition(":")
    finding = _found(request, checkup, mark)
    if finding is None:
        return
    work = next((work for work in finding.works if work.key == key and finding.kind in LISTABLE), None)
    if work is None:
        raise Http404
    if not may_list(request, checkup):
        raise PermissionDenied
    seen = str(checkup.edition.version)
    try:
        services.add_to_list(edition=checkup.edition, work=work, actor=_actor(request, checkup.edition))
    except (ChangedSince, NotWorking):
        messages.error(request, _("This has changed since you opened it. Look at it again, then decide."))
        return
    _keep_typing(request, seen, str(checkup.edition.version))
    messages.success(request, _("The work is in the reference list."))


def _keep_typing(request: HttpRequest, before: str, after: str) -> None:
    """The page that is shown again knows of the entry: what was typed on it is no clash with that."""
    if request.POST.get("seen_version") == before:
        post = request.POST.copy()
        post["seen_version"] = after
        request.POST = post  # type: ignore[assignment]


def _take_back(request: HttpRequest, checkup: Checkup, what: str) -> None:
    excuse = next((one for one in checkup.excuses if str(one.pk) == what), None)
    _may_take_back(request, checkup, excuse)
    services.take_back_excuse(edition=checkup.edition, pk=excuse.pk, actor=_actor(request, checkup.edition))  # type: ignore[union-attr]
    messages.success(request, _("The excuse is taken back."))


def _unlink(request: HttpRequest, checkup: Checkup, what: str) -> None:
    link = next((one for one in checkup.links if str(one.pk) == what), None)
    _may_take_back(request, checkup, link)
    services.take_back_link(edition=checkup.edition, pk=link.pk, actor=_actor(request, checkup.edition))  # type: ignore[union-attr]
    messages.success(request, _("The link is taken back."))


def _may_take_back(request: HttpRequest, checkup: Checkup, decision: Any) -> None:
    if decision is None:
        raise Http404
    if not may_settle(request, checkup.edition, decision.language):
        raise PermissionDenied


_DOING = {"excuse": _excuse, "link": _link, "list": _list, "take-back": _take_back, "unlink": _unlink}

BESIDE = Beside(template="admin/references/findings.html", context=context, act=act)
