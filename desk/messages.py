"""Messages: what was written, whether it went, and the words that a translator adds. Of drafts nothing is shown."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from casestudies.models import CaseStudy
from casestudies.vocabulary import UNSENT, Status
from foundation.bilingual.languages import Language
from foundation.bilingual.templatetags.bilingual import long_date
from foundation.correspondence.kinds import kinds
from foundation.correspondence.models import Attempt, Message, State
from foundation.correspondence.rendering import as_shown
from foundation.correspondence.services import CANCELLABLE, REPEATABLE, add_words, cancel, send_again
from foundation.people.admin import ReadOnlyAdmin
from foundation.publishing.admin.together import TogetherAdmin
from foundation.publishing.prose import clean_text
from foundation.record.export import Column, ExportAdmin
from foundation.record.models import Event

TROUBLE = {
    State.WAITING: "badge badge-warning",
    State.FAILED: "badge badge-error",
    State.BOUNCED: "badge badge-error",
}
#: In the filter: refused at once, or later.
UNDELIVERED = "undelivered"
HISTORY_BADGES = {
    Attempt.Outcome.SENT: "badge badge-in-step",
    Attempt.Outcome.PUT_OFF: "badge badge-warning",
    Attempt.Outcome.DELAYED: "badge badge-warning",
    Attempt.Outcome.REFUSED: "badge badge-error",
    Attempt.Outcome.BOUNCED: "badge badge-error",
}


def shown_messages(request: HttpRequest) -> QuerySet[Message]:
    """Those the person may see: none to somebody who has not sent their story yet; to translators those that want words."""
    unsent = CaseStudy.objects.filter(uuid=OuterRef("about"), status__in=UNSENT)
    removed = Event.objects.filter(subject=OuterRef("about"), kind=CaseStudy.kind, to_state=Status.REMOVED)
    found = Message.objects.filter(~Exists(unsent), ~Exists(removed))
    if not request.user.has_perm("casestudies.moderate_casestudy"):
        found = found.filter(state=State.WAITING)
    return found


class StateFilter(admin.SimpleListFilter):
    """By how far a message has come."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(UNDELIVERED, _("not delivered, or came back")), *State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == UNDELIVERED:
            return queryset.undelivered()  # type: ignore[attr-defined,no-any-return]
        return queryset.filter(state=self.value()) if self.value() in State.values else queryset


class WordsForm(forms.ModelForm[Message]):
    """The missing language of what an editor wrote. The words that are there already stay."""

    class Meta:
        model = Message
        fields = ("note_cy", "note_en")
        widgets = {name: forms.Textarea(attrs={"rows": 8, "lang": name[-2:]}) for name in ("note_cy", "note_en")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in Language.values:
            name = f"note_{language}"
            if name in self.fields:
                self.fields[name].disabled = bool(getattr(self.instance, name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("note_cy", "note_en"):
            cleaned[name] = clean_text(cleaned.get(name) or "").strip()
        return cleaned


@admin.register(Message)
class MessageAdmin(ExportAdmin, TogetherAdmin, ReadOnlyAdmin):
    """Read-only, but for the words a waiting message lacks; with its history, and buttons to send it again or to cancel it."""

    form = WordsForm
    change_form_template = "admin/correspondence/message.html"
    list_display = (
        "subject",
        "kind_label",
        "recipient",
        "language",
        "state_badge",
        "attempts",
        "next_try",
        "sent_at",
        "error",
    )
    list_filter = (StateFilter, "language")
    search_fields = ("subject", "recipient")
    actions = ("send_again", "cancel", "export_csv", "export_json")
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return shown_messages(request).order_by("-created_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = request.user.has_perm("correspondence.change_message")
        return may and (obj is None or obj.state == State.WAITING)

    def _is_editor(self, request: HttpRequest) -> bool:
        return request.user.has_perm("casestudies.moderate_casestudy")

    def get_list_display(self, request: HttpRequest) -> Any:
        if self._is_editor(request):
            return self.list_display
        return ("subject", "kind_label", "language", "state_badge", "waiting_since")

    def get_search_fields(self, request: HttpRequest) -> Any:
        return self.search_fields if self._is_editor(request) else ("subject",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        words = ("subject", "kind_label", "language", "note_cy", "note_en")
        if not self._is_editor(request):
            return words
        return (*words, "recipient", "words", "state_badge", "created_at", "attempts", "next_try", "sent_at", "error")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in self.get_fields(request, obj) if name not in WordsForm.Meta.fields]

    def get_actions(self, request: HttpRequest) -> Any:
        return super().get_actions(request) if self._is_editor(request) else {}

    def save_model(self, request: HttpRequest, obj: Message, form: Any, change: bool) -> None:
        stored = Message.objects.select_for_update().get(pk=obj.pk)
        if stored.state == State.WAITING:
            add_words(message=stored, note_cy=stored.note_cy or obj.note_cy, note_en=stored.note_en or obj.note_en)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Not in Django's log, which would keep the subject after the message is redacted."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("The words are saved; the message goes once they are all there."))
        return self.response_post_save_change(request, obj)

    # --- columns --------------------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("kind"))
    def kind_label(self, message: Message) -> str:
        return str(kinds().get(message.kind, message.kind))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, message: Message) -> str:
        kind = TROUBLE.get(State(message.state), "badge")
        return format_html('<span class="{}">{}</span>', kind, State(message.state).label)

    @admin.display(description=gettext_lazy("body"))
    def words(self, message: Message) -> str:
        """As it goes, each language saying which it is."""
        parts = as_shown(message).parts
        return format_html_join("", '<div lang="{}">{}</div>', [(part.language, part.html) for part in parts])

    @admin.display(description=gettext_lazy("waiting since"), ordering="created_at")
    def waiting_since(self, message: Message) -> str:
        """Red where somebody outside has been waiting for our words for longer than they may."""
        day = long_date(message.created_at)
        return format_html('<span class="badge badge-error">{}</span>', day) if message.is_overdue else day

    # --- sending again, and cancelling ----------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        def button(name: str, view: Any) -> Any:
            protected = self.admin_site.admin_view(require_POST(view))
            return path(f"<uuid:key>/{name}/", protected, name=f"correspondence_message_{name}")

        return [button("again", self.again_view), button("cancel", self.cancel_view), *super().get_urls()]

    def _found(self, request: HttpRequest, key: Any) -> Message:
        """The message that an editor presses a button of."""
        if not self._is_editor(request) or not request.user.has_perm("correspondence.change_message"):
            raise PermissionDenied
        message = self.get_queryset(request).filter(pk=key).first()
        if message is None:
            raise Http404
        return message

    def again_view(self, request: HttpRequest, key: Any) -> HttpResponse:
        if send_again(self._found(request, key)):
            messages.success(request, _("The message will be sent again."))
        else:
            messages.error(request, _("This message is on its way already."))
        return HttpResponseRedirect(reverse("admin:correspondence_message_change", args=[key]))

    def cancel_view(self, request: HttpRequest, key: Any) -> HttpResponse:
        if cancel(self._found(request, key)):
            messages.success(request, _("The message is cancelled."))
        else:
            messages.error(request, _("It is too late to cancel this message: it has gone, or is going."))
        return HttpResponseRedirect(reverse("admin:correspondence_message_change", args=[key]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        message: Any = context["original"]
        if self._is_editor(request):
            context |= {
                "history": [(line, HISTORY_BADGES.get(line.outcome, "badge")) for line in message.history.all()],
                "may_repeat": message.state in REPEATABLE,
                "may_cancel": message.state in CANCELLABLE and message.lease_until is None,
                "case_study": CaseStudy.objects.filter(uuid=message.about).first(),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def export_columns(self, request: HttpRequest) -> list[Column]:
        return [
            Column("kind", _("kind"), lambda row: kinds().get(row.kind, row.kind), lambda row: row.kind),
            Column("subject", _("subject"), lambda row: row.subject),
            Column("recipient", _("to"), lambda row: row.recipient),
            Column("language", _("language"), lambda row: row.get_language_display(), lambda row: row.language),
            Column("state", _("state"), lambda row: row.get_state_display(), lambda row: row.state),
            Column("written", _("written"), lambda row: row.created_at),
            Column("sent", _("sent"), lambda row: row.sent_at),
            Column("attempts", _("attempts"), lambda row: row.attempts),
        ]

    # --- actions --------------------------------------------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        count = sum(send_again(message) for message in queryset)
        text = ngettext("%(count)d message will be sent again.", "%(count)d messages will be sent again.", count)
        messages.info(request, text % {"count": count})

    @admin.action(description=gettext_lazy("Cancel"))
    def cancel(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        count = sum(cancel(message) for message in queryset)
        text = ngettext("%(count)d message is cancelled.", "%(count)d messages are cancelled.", count)
        messages.info(request, text % {"count": count})
