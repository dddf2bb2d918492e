"""The workbench: what was sent beside what will be published, everything that belongs to it, and the moves."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from casestudies.admin.bulk import BulkActions
from casestudies.admin.comments import MIXED, do_with_comments, shows_all_questions
from casestudies.admin.corrections import BUTTONS, CorrectionDoings, correction_context, reasons_asked
from casestudies.admin.documents import do_with_document
from casestudies.admin.editions import PROSE
from casestudies.admin.findings import add_finding, settle_finding
from casestudies.admin.moves import MoveForm, form_of
from casestudies.admin.offers import put_words_in
from casestudies.admin.page import workbench_context
from casestudies.admin.people import CreditedPersonInline
from casestudies.admin.periods import AnsweredFilter, LanguageFilter, PublishedFilter, ReceivedFilter
from casestudies.admin.permissions import send_link
from casestudies.admin.queue import (
    ClaimFilter,
    FirstLanguageFilter,
    HallmarkFilter,
    QueueColumns,
    StateFilter,
    TagFilter,
)
from casestudies.credited import tell_people
from casestudies.models import CaseStudy, CaseStudyEdition, CreditedPerson
from casestudies.models.people import DAYS_TO_DECLINE
from casestudies.posters import poster_of
from casestudies.questions import NoCommonLanguage, request_changes
from casestudies.safeguarding.scanning import scan
from casestudies.services import MoveRefused, actor_for, perform, write_directly
from casestudies.vocabulary import UNSENT, Origin, Status
from casestudies.workflow import rules
from foundation.people.admin import signed_in
from foundation.publishing.admin import ContentAdmin, edition_address
from foundation.publishing.admin.contents import Doing, save_addresses
from foundation.publishing.admin.doings import seen_edition
from foundation.publishing.admin.forms import ContentForm
from foundation.publishing.models import Stage
from foundation.publishing.services import ChangedSince
from foundation.record.actors import Actor

#: What may be done in which states, beside the moves.
STATES_OF = {
    "correct": {Status.PUBLISHED},
    **{name: {Status.PUBLISHED} for name in ("publish", "plan", "unplan", "discard", "feature")},
    **{f"correction:{name}": {Status.PUBLISHED} for name in BUTTONS},
    "unchecked": {Status.EDITING, Status.PUBLISHED},
    "one-language": {Status.EDITING, Status.PUBLISHED},
    "no-override": {Status.EDITING, Status.PUBLISHED},
}
REFUSALS = {
    "not-allowed": gettext_lazy("You may not do this."),
    "wrong-state": gettext_lazy("This cannot be done from the state it is in now."),
    "reason-missing": gettext_lazy("Say why, in Welsh, in English or in both."),
    "guard": gettext_lazy("This cannot be done yet: something stands in the way."),
}


@admin.register(CaseStudy)
class CaseStudyAdmin(BulkActions, CorrectionDoings, QueueColumns, ContentAdmin):
    """The queue, and the workbench of each case study."""

    edition_model = CaseStudyEdition
    prose = PROSE
    form = ContentForm
    change_form_template = "admin/casestudies/workbench.html"
    change_list_template = "admin/casestudies/queue.html"
    fields = ("slug_cy", "slug_en")
    inlines = (CreditedPersonInline,)
    list_display = (
        "reference", "title", "state_badge", "waiting", "claimed_by", "first_language", "in_step", "override",
        "shown_tags", "expires",
    )  # fmt: skip
    list_filter = (
        StateFilter, ClaimFilter, LanguageFilter, FirstLanguageFilter, HallmarkFilter, TagFilter,
        ReceivedFilter, AnsweredFilter, PublishedFilter,
    )  # fmt: skip
    list_select_related = ("claimed_by", "contributor", "draft")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("status_since", "pk")
    search_fields = ("reference",)
    search_help_text = None
    actions = ("assign_chosen", "tag_chosen", "export_csv", "export_json")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseStudy]:
        found = super().get_queryset(request).prefetch_related("tags")
        return found if _moderates(request) else found.exclude(status__in=UNSENT)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """By reference, and by title: but a draft is not found by its words."""
        titles = Q()
        for word in search_term.split():
            titles &= Q(editions__title_cy__icontains=word) | Q(editions__title_en__icontains=word)
        if not search_term.split():
            return queryset, False
        return queryset.filter(Q(reference__icontains=search_term.strip()) | (titles & ~Q(status__in=UNSENT))), True

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Of a draft, nobody here sees who is credited."""
        return () if obj is not None and obj.status in UNSENT else self.inlines

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # one is written directly with a button of its own

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _moderates(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj and obj.status == Status.PUBLISHED else self.fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save_addresses(obj, form)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Not in Django's log: the log of the case study tells."""

    def actor(self, request: HttpRequest) -> Actor:
        return actor_for(signed_in(request))

    # --- writing one directly -------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.write_view))
        poster = self.admin_site.admin_view(require_safe(self.poster_view))
        return [
            path("write/", view, name="casestudies_casestudy_write"),
            path("<int:object_id>/poster/", poster, name="casestudies_casestudy_poster"),
            *super().get_urls(),
        ]

    def poster_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The poster of a published story."""
        case = self.get_object(request, str(object_id))
        poster = poster_of(case) if case is not None and self.has_view_or_change_permission(request, case) else None
        if poster is None:
            raise Http404
        return poster

    def write_view(self, request: HttpRequest) -> HttpResponse:
        """A story that the editors write: straight to its empty working edition."""
        if not (_moderates(request) and request.user.has_perm("casestudies.add_casestudy")):
            raise PermissionDenied
        case = write_directly(actor=self.actor(request), origin=Origin.EDITORS)
        return HttpResponseRedirect(edition_address(case.editions.get()))

    # --- doing ----------------------------------------------------------------------------------------------------------

    def find_doing(self, name: str) -> Doing | None:
        kind, _colon, rest = name.partition(":")
        if kind == "move" and rest in rules():
            return partial(self.move, name=rest)
        if kind == "ready":
            return partial(put_words_in, name=rest)
        if kind == "finding":
            return partial(self.finding, name=rest)
        if kind == "document":
            return partial(self.document, name=rest)
        if kind == "comment":
            return partial(self.comment, name=rest)
        if kind == "send-link":
            return partial(self.send_link, name=rest)
        return self.find_correcting(kind, rest) or super().find_doing(name)

    def may_do(self, request: HttpRequest, content: Any, name: str) -> bool:
        if not super().may_do(request, content, name):
            return False
        if content.status in UNSENT:
            return name in ("move:change_contributor", "ready:change_contributor")
        return True

    def is_open(self, content: Any, name: str) -> bool:
        return name not in STATES_OF or content.status in STATES_OF[name]

    def address_after(self, request: HttpRequest, content: Any) -> str:
        """The same page; how its texts are compared stands in the address, and stays."""
        address = super().address_after(request, content)
        return request.get_full_path() if address == request.path else address

    def move(self, request: HttpRequest, case: CaseStudy, *, name: str) -> bool:
        form = form_of(name, case, self.actor(request), request.POST)
        form.says_enough = name == "request_changes" and case.comments.to_send().exists()
        is_seen = name != "request_changes" or shows_all_questions(request, case)
        if request.POST.get("seen_case") != str(case.version) or not is_seen:
            messages.error(request, _("This has changed since you opened it. What you wrote is still on the page."))
        elif not form.is_valid():
            request.move_form = form  # type: ignore[attr-defined]
            messages.error(request, _("Something is missing. Nothing has been done yet."))
        else:
            return self._perform(request, case, name, form)
        return False

    def _perform(self, request: HttpRequest, case: CaseStudy, name: str, form: MoveForm) -> bool:
        make = request_changes if name == "request_changes" else partial(perform, name)
        try:
            make(
                case_id=case.pk, actor=self.actor(request), version=case.version, words=seen_edition(request),
                reason=form.reason, **form.given,
            )  # fmt: skip
        except NoCommonLanguage:
            messages.error(request, MIXED)
        except ChangedSince:
            messages.error(request, _("This has changed since you opened it. What you wrote is still on the page."))
        except MoveRefused as refused:
            found = " ".join(str(obstacle.message) for obstacle in refused.obstacles)
            messages.error(request, f"{REFUSALS.get(refused.code, refused.code)} {found}".strip())
        else:
            messages.success(request, _("Done: %(move)s.") % {"move": rules()[name].label})
            return True
        return False

    def finding(self, request: HttpRequest, case: CaseStudy, *, name: str) -> bool:
        if name == "add":
            return add_finding(request, case, self.actor(request))
        pk, _colon, verdict = name.partition(":")
        return settle_finding(request, case, self.actor(request), pk=pk, verdict=verdict)

    def comment(self, request: HttpRequest, case: CaseStudy, *, name: str) -> bool:
        return do_with_comments(request, case, self.actor(request), name=name)

    def document(self, request: HttpRequest, case: CaseStudy, *, name: str) -> bool:
        return do_with_document(request, case, self.actor(request), name=name)

    def send_link(self, request: HttpRequest, case: CaseStudy, *, name: str) -> bool:
        return send_link(request, case, self.actor(request), name=name)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Who is named now, or otherwise than they were told, is told at once where the story is that far."""
        super().save_related(request, form, formsets, change)
        scan(form.instance)
        case = CaseStudy.objects.get(pk=form.instance.pk)
        if tell_people(case, actor=self.actor(request)) and case.status == Status.PUBLISHED:
            text = _("Who was named anew has been told. Readers see the name in %(days)d days, unless they decline.")
            messages.info(request, text % {"days": DAYS_TO_DECLINE})

    def words_put_back(self, content: Any) -> None:
        """Looked at for names and private details, as whatever is written."""
        scan(content)

    # --- the page -------------------------------------------------------------------------------------------------------

    def page_context(self, request: HttpRequest, content: Any) -> dict[str, Any]:
        if content.status in UNSENT:
            return workbench_context(request, content, edition=None, rows=(), overrides=False)
        context = super().page_context(request, content)
        edition, rows = context["edition"], context["rows"]
        overrides = bool(context["working"] and context["may_set_override"])
        context |= correction_context(request, content)
        return context | workbench_context(
            request, content, edition=edition, rows=rows, overrides=overrides, reasons=reasons_asked(context)
        )

    def render_preview(self, request: HttpRequest, edition: Any, context: dict[str, Any]) -> HttpResponse:
        if edition.content.status in UNSENT:
            raise Http404
        people = _people_in_preview(request, edition)
        edition = CaseStudyEdition.objects.for_page(people=people).get(pk=edition.pk)
        return render(request, "casestudies/case_study.html", {**context, "edition": edition, "corrected": None})

    def edition_of(self, content: Any, stage: str, *, fresh: bool = False) -> Any:
        return None if content.status in UNSENT else super().edition_of(content, stage, fresh=fresh)


def _people_in_preview(request: HttpRequest, edition: CaseStudyEdition) -> QuerySet[CreditedPerson]:
    """Before publication, who is named may not have been told yet, and only those who moderate see who it will be."""
    if edition.stage == Stage.LIVE:
        return CreditedPerson.objects.shown()
    return CreditedPerson.objects.named() if _moderates(request) else CreditedPerson.objects.none()


def _moderates(request: HttpRequest) -> bool:
    return request.user.has_perm("casestudies.moderate_casestudy")
