"""What readers report: the list, and one page for each with all that can be done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from casestudies.admin.moves import label_of_code
from casestudies.hiding import hide, parts_of, show_again
from casestudies.models import CaseStudy
from casestudies.services import actor_for
from foundation.bilingual.languages import Language
from foundation.bilingual.templatetags.bilingual import long_date
from foundation.people.admin import ReadOnlyAdmin, choose_language, signed_in
from foundation.people.presence import EVERY, item_of, note_open, others_at, sealed
from foundation.problems import services
from foundation.problems.models import Kind, Problem, State
from foundation.publishing.prose import clean_text
from foundation.record.admin import put_names
from foundation.record.export import Column, ExportAdmin
from foundation.record.models import Event

BADGES = {State.OPEN: "badge badge-warning", State.ANSWERED: "badge badge-in-step", State.CLOSED: "badge"}
MOST_WORDS = 5000


class StateFilter(admin.SimpleListFilter):
    """By how far a problem has come; late ones and junk by themselves."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            ("waiting", _("waits for an answer")), ("late", _("late")), ("answered", State.ANSWERED.label),
            ("closed", State.CLOSED.label), ("junk", _("looks like junk")),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: Any = queryset
        chosen: dict[str, Callable[[], QuerySet[Problem]]] = {
            "waiting": lambda: found.waiting(),
            "late": lambda: found.overdue(timezone.localdate()),
            "answered": lambda: found.filter(state=State.ANSWERED),
            "closed": lambda: found.closed(),
            "junk": lambda: found.filter(looks_like_junk=True).exclude(state=State.CLOSED),
        }
        return chosen[self.value() or ""]() if self.value() in chosen else queryset


class Refused(Exception):
    """What was asked cannot be done; the words say why."""


@admin.register(Problem)
class ProblemAdmin(ExportAdmin, ReadOnlyAdmin):
    """Nothing that a reader wrote is changed here: it is answered, noted upon, and closed."""

    list_display = ("reference", "kind", "where", "state_badge", "due", "came")
    list_filter = (StateFilter, "kind")
    search_fields = ("reference",)
    actions = ("export_csv", "export_json")
    list_per_page = 50
    show_full_result_count = False

    def export_columns(self, request: HttpRequest) -> list[Column]:
        return [
            Column("reference", _("reference number"), lambda row: row.reference),
            Column("kind", _("kind"), lambda row: row.get_kind_display(), lambda row: row.kind),
            Column("page", _("page"), lambda row: row.page),
            Column("where", _("title of the page"), lambda row: row.where),
            Column("text", _("what the reader says"), lambda row: row.text),
            Column("name", _("name"), lambda row: row.name),
            Column("email", _("email address"), lambda row: row.email),
            Column(
                "language",
                _("language of the answer"),
                lambda row: row.get_language_display(),
                lambda row: row.language,
            ),
            Column("junk", _("looks like junk"), lambda row: row.looks_like_junk),
            Column("state", _("state"), lambda row: row.get_state_display(), lambda row: row.state),
            Column("came", _("came in"), lambda row: row.came_at),
            Column("due", _("to be answered by"), lambda row: row.due_on),
            Column("answered", _("answered"), lambda row: row.answered_at),
            Column("closed", _("closed"), lambda row: row.closed_at),
        ]

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, problem: Problem) -> str:
        if problem.looks_like_junk:
            return format_html('<span class="badge">{}</span>', _("looks like junk"))
        return format_html('<span class="{}">{}</span>', BADGES[State(problem.state)], State(problem.state).label)

    @admin.display(description=gettext_lazy("to be answered by"), ordering="due_on")
    def due(self, problem: Problem) -> str:
        """Red when it is late."""
        day = long_date(problem.due_on)
        return format_html('<span class="badge badge-error">{}</span>', day) if problem.is_late else day

    @admin.display(description=gettext_lazy("came in"), ordering="came_at")
    def came(self, problem: Problem) -> str:
        return long_date(problem.came_at)

    # --- one problem ----------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        do = self.admin_site.admin_view(require_POST(self.do_view))
        return [path("<int:key>/do/", do, name="problems_problem_do"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        problem = self.get_object(request, object_id)
        if problem is None:
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.has_perm("problems.change_problem"):
            note_open(item_of(problem), by=signed_in(request))
        return self._page(request, problem)

    def _page(self, request: HttpRequest, problem: Problem, refused: str = "", seen: str = "") -> HttpResponse:
        """`refused`: why nothing was done; `seen`: what had been done when the page was made that is shown again."""
        case = _case_of(problem)
        log = list(Event.objects.about(problem.uuid).select_related("note"))
        put_names(log)
        may_change = request.user.has_perm("problems.change_problem")
        parts = parts_of(case) if case and may_change else []
        context = self.admin_site.each_context(request) | {
            "title": _("Problem %(reference)s") % {"reference": problem.reference},
            "opts": self.opts,
            "problem": problem,
            "state_badge": self.state_badge(problem),
            "due": self.due(problem),
            "case": case,
            # Hiding is for what concerns a person; what is hidden can be shown again from any problem about the page.
            "parts": [part for part in parts if part.is_hidden or problem.kind == Kind.PERSON],
            "notes": problem.notes.select_related("by"),
            "log": [(event, label_of_code(event.code)) for event in log],
            "may_change": may_change,
            "seen_problem": seen or _version(problem),
            "others": others_at(item_of(problem), but=signed_in(request)) if may_change else [],
            "open_item": sealed(item_of(problem)) if may_change else "",
            "ping_every": EVERY,
            "refused": refused,
            "typed": request.POST,
            "switch_form": "problem_form" if may_change else "",
        }
        return TemplateResponse(request, "admin/problems/problem.html", context, status=409 if refused else 200)

    def do_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """One button of the page."""
        if not request.user.has_perm("problems.change_problem"):
            raise PermissionDenied
        if request.POST.get("_language") in Language.values:
            choose_language(request, request.POST["_language"])
            return self._page(request, get_object_or_404(Problem, pk=key), seen=request.POST.get("seen_problem", ""))
        name, _colon, what = request.POST.get("_do", "").partition(":")
        if name not in DOINGS:
            raise Http404
        try:
            with transaction.atomic():
                problem = Problem.objects.select_for_update().filter(pk=key).first()
                if problem is None:
                    raise Http404
                _judge_seen(request, problem)
                said = DOINGS[name](request, problem, what)
        except Refused as refused:
            return self._page(request, Problem.objects.get(pk=key), str(refused))
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:problems_problem_change", args=[key]))


def _version(problem: Problem) -> str:
    """What has been done about a problem so far, as its page carries it."""
    events, notes = Event.objects.about(problem.uuid), problem.notes
    return f"{problem.state}-{events.count()}-{notes.count()}"


def _judge_seen(request: HttpRequest, problem: Problem) -> None:
    """Two people answer one reader once: the second sees first what the other did."""
    if request.POST.get("seen_problem") != _version(problem):
        raise Refused(_("This has changed since you opened it. What you wrote is still on the page."))


def _case_of(problem: Problem) -> CaseStudy | None:
    if problem.subject is None or problem.subject_kind != CaseStudy.kind:
        return None
    return CaseStudy.objects.filter(uuid=problem.subject).first()


def _written(request: HttpRequest, name: str) -> str:
    text = clean_text(request.POST.get(name, "")).strip()
    if len(text) > MOST_WORDS:
        raise Refused(_("Shorten what you write to %(limit)s characters or fewer.") % {"limit": MOST_WORDS})
    return text


def _answer(request: HttpRequest, problem: Problem, _what: str) -> str:
    cy, en = _written(request, "answer_cy"), _written(request, "answer_en")
    if not (cy or en):
        raise Refused(_("Write the answer, in Welsh, in English or in both."))
    if not problem.email or problem.state == State.CLOSED:
        raise Refused(_("This cannot be answered by mail."))
    services.answer(problem, actor=actor_for(signed_in(request)), note_cy=cy, note_en=en)
    if {"cy": cy, "en": en}[problem.language]:
        return _("The answer is on its way.")
    return _("The answer goes as soon as a translator has put it into the reader’s language.")


def _note(request: HttpRequest, problem: Problem, _what: str) -> str:
    text = _written(request, "note")
    if not text:
        raise Refused(_("Write the note."))
    services.add_note(problem, by=signed_in(request), text=text)
    return _("The note is saved.")


def _close(request: HttpRequest, problem: Problem, _what: str) -> str:
    """It is decided: so nothing stays hidden without anybody looking into it."""
    reason, case = _written(request, "reason"), _case_of(problem)
    if not reason:
        raise Refused(_("Say why it is closed."))
    if problem.state == State.CLOSED:
        raise Refused(_("It is closed already."))
    if case and any(part.is_hidden for part in parts_of(case)):
        raise Refused(
            _("Something of the page is still hidden. Correct the story or take the picture out, and show it again.")
        )
    user = signed_in(request)
    services.close(problem, actor=actor_for(user), by=user, reason=reason)
    return _("The problem is closed.")


def _reopen(request: HttpRequest, problem: Problem, _what: str) -> str:
    if problem.state == State.OPEN:
        raise Refused(_("It is open already."))
    services.reopen(problem, actor=actor_for(signed_in(request)))
    return _("The problem is open again.")


def _let_in(request: HttpRequest, problem: Problem, _what: str) -> str:
    if not problem.looks_like_junk:
        raise Refused(_("It is no junk already."))
    services.let_in(problem, actor=actor_for(signed_in(request)))
    return _("The problem waits for an answer like the others.")


def _hide(request: HttpRequest, problem: Problem, what: str) -> str:
    case = _case_of(problem)
    if problem.kind != Kind.PERSON or case is None or not hide(case, name=what, actor=actor_for(signed_in(request))):
        raise Refused(_("Readers do not see this any more."))
    return _("It is hidden from readers until you show it again.")


def _show(request: HttpRequest, problem: Problem, what: str) -> str:
    case = _case_of(problem)
    if case is None or not show_again(case, name=what, actor=actor_for(signed_in(request))):
        raise Refused(_("It was not hidden."))
    return _("Readers see it again.")


DOINGS: dict[str, Callable[[HttpRequest, Problem, str], str]] = {
    "answer": _answer, "note": _note, "close": _close, "reopen": _reopen, "let-in": _let_in, "hide": _hide, "show": _show,
}  # fmt: skip
