"""The log, with words for its codes and names for its keys."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casestudies.admin.moves import label_of_code, label_of_state
from casestudies.models import CaseStudy
from casestudies.vocabulary import UNSENT
from foundation.people.admin import ReadOnlyAdmin
from foundation.people.models import User
from foundation.problems.models import Problem
from foundation.problems.services import KIND as PROBLEM
from foundation.record.admin import put_names
from foundation.record.models import Event, Redaction
from foundation.record.redaction import KIND as REDACTION
from foundation.signin.models import Invitation
from hallmarks.models import Hallmark
from pages.models import Page
from references.models import Work


class NamedChangeList(ChangeList):
    """Names for the keys of one page, all at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        put_names(self.result_list)


#: The kinds of thing that the log is about, in words.
KINDS = {model.kind: model._meta.verbose_name for model in (CaseStudy, Hallmark, Page)} | {
    "person": User._meta.verbose_name,
    "invitation": Invitation._meta.verbose_name,
    PROBLEM: Problem._meta.verbose_name,
    "work": Work._meta.verbose_name,
    REDACTION: Redaction._meta.verbose_name,
}


class KindFilter(admin.SimpleListFilter):
    """By the kind of thing."""

    title = _("kind of thing")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return list(KINDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        return queryset.filter(kind=wanted) if (wanted := self.value()) in KINDS else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Every line that was ever written."""

    list_display = ("at", "what", "kind_of_thing", "before", "after", "role", "who")
    list_filter = (KindFilter, "role")
    search_fields = ("subject",)
    fields = ("at", "what", "kind_of_thing", "subject", "before", "after", "role", "who")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-pk",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the notes, for those who may see them: but of a story that was not sent nobody reads a word."""
        is_unsent = obj is not None and CaseStudy.objects.filter(uuid=obj.subject, status__in=UNSENT).exists()
        may_read = request.user.has_perm("record.view_note") and not is_unsent
        return (*self.fields, "note_cy", "note_en") if may_read else self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).select_related("note")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedChangeList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        event = super().get_object(request, object_id, from_field)
        if event is not None:
            put_names([event])
        return event

    @admin.display(description=_("who"))
    def who(self, event: Any) -> str:
        return str(event.actor_name)

    @admin.display(description=_("kind of thing"), ordering="kind")
    def kind_of_thing(self, event: Event) -> str:
        return str(KINDS.get(event.kind, event.kind))

    @admin.display(description=_("note in Welsh"))
    def note_cy(self, event: Event) -> str:
        return note.text_cy if (note := getattr(event, "note", None)) else ""

    @admin.display(description=_("note in English"))
    def note_en(self, event: Event) -> str:
        return note.text_en if (note := getattr(event, "note", None)) else ""

    @admin.display(description=_("what"))
    def what(self, event: Event) -> str:
        return label_of_code(event.code)

    @admin.display(description=pgettext_lazy("state", "from"))
    def before(self, event: Event) -> str:
        return label_of_state(event.from_state)

    @admin.display(description=pgettext_lazy("state", "to"))
    def after(self, event: Event) -> str:
        return label_of_state(event.to_state)
