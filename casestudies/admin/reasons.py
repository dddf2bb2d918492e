"""The ready-made reasons: written by editors in both languages, offered for their move while the two say the same."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casestudies.models import ReadyReason
from casestudies.models.reasons import in_step, moves_with_reasons
from foundation.bilingual.languages import Language
from foundation.bilingual.models import How
from foundation.bilingual.services import TextHasMoved, agree
from foundation.people.admin import signed_in
from foundation.publishing.admin import EditionForm
from foundation.publishing.admin.rows import rows_of
from foundation.publishing.admin.together import TogetherAdmin
from foundation.publishing.services import ChangedSince


class ReadyReasonForm(EditionForm):
    """Both texts, in both languages, and the move that they are for."""

    move = forms.ChoiceField(label=_("For the move"), choices=moves_with_reasons)

    class Meta:
        model = ReadyReason
        fields = ("move", "position", "title_cy", "title_en", "text_cy", "text_en")
        widgets = {f"text_{language}": forms.Textarea(attrs={"rows": 6}) for language in Language.values}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for column in self.shown_columns():
            if not cleaned.get(column):
                self.add_error(column, forms.ValidationError(_("Write this text."), code="required"))
        return cleaned


@admin.register(ReadyReason)
class ReadyReasonAdmin(TogetherAdmin):
    """A list by move; each with its two languages beside each other."""

    form = ReadyReasonForm
    change_form_template = "admin/casestudies/reason.html"
    fields = ReadyReasonForm.Meta.fields
    list_display = ("title", "for_move", "position", "match")
    ordering = ("move", "position", "pk")
    actions = None

    @admin.display(description=_("for the move"), ordering="move")
    def for_move(self, reason: ReadyReason) -> str:
        return reason.move_label

    @admin.display(description=_("languages"))
    def match(self, reason: Any) -> str:
        if reason.is_in_step:
            return format_html('<span class="badge badge-in-step">{}</span>', gettext("in step: offered"))
        return format_html('<span class="badge badge-warning">{}</span>', gettext("not in step: not offered"))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With what is known of the agreement of all rows: one query."""
        found = super().get_changelist_instance(request)
        offered = {reason.pk for reason in in_step(found.result_list)}
        for reason in found.result_list:
            reason.is_in_step = reason.pk in offered
        return found

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReadyReason]:
        return super().get_queryset(request).select_related("updated_by")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.writes_facts = form.writes_all = request.user.has_perm("casestudies.moderate_casestudy")
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ChangedSince, TextHasMoved):
            # Somebody stored it between our look and our write: looking again finds the clash, and shows it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The words, and that they match where the person says so: from then on they are offered."""
        with transaction.atomic():
            version = form.stored_version
            if change and not ReadyReason.objects.filter(pk=obj.pk, version=version).update(version=version + 1):
                raise ChangedSince(obj)
            obj.version, obj.updated_by = version + 1, signed_in(request)
            obj.save()
            for field in form.ticked():
                agree(obj=obj, field=field, seen=form.seen(field), how=How.SPEAKER, by=signed_in(request))
        if not in_step([obj]):
            text = gettext("It is offered once somebody says that both languages match.")
            messages.warning(request, text)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The row and its agreements say who wrote what."""

    log_addition = log_change

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        reason = context.get("original") or ReadyReason()
        names = [name for name in ("move", "position") if name in form.fields]
        context |= {"rows": rows_of(reason, (), form), "boxes": [form[name] for name in names]}
        return super().render_change_form(request, context, *args, **kwargs)
