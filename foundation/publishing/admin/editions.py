"""Writing the working edition: two columns, nobody's words lost, and agreement tied to what was seen."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from js_asset import Media

from foundation.bilingual.models import Agreement, How
from foundation.bilingual.policies import columns
from foundation.bilingual.services import TextHasMoved, agree
from foundation.people.admin import ColumnLabels, show_only
from foundation.people.models import User
from foundation.publishing.admin.forms import EditionForm, PairForm, prose_widget
from foundation.publishing.admin.rows import rows_of
from foundation.publishing.admin.since import agreements_of
from foundation.publishing.admin.together import TogetherAdmin
from foundation.publishing.beside import act_beside, shown_beside
from foundation.publishing.models import Edition
from foundation.publishing.services import ChangedSince, keep_rows, save_words
from foundation.publishing.written import tell_written


def is_editor_of(request: HttpRequest, edition_model: type[Model]) -> bool:
    """Whether the person may do more with texts of this kind than translate them: change the content they belong to."""
    content = edition_model._meta.get_field("content").related_model
    return request.user.has_perm(f"{content._meta.app_label}.change_{content._meta.model_name}")  # type: ignore[union-attr]


def languages_for(request: HttpRequest, edition: Edition) -> tuple[str, ...]:
    """The languages in which the person may write: a translator not in the one that the text was first written in."""
    if is_editor_of(request, type(edition)) or not edition.first_language:
        return ("cy", "en")
    return tuple(language for language in ("cy", "en") if language != edition.first_language)


def edition_address(edition: Edition) -> str:
    """Where an edition is written in the admin."""
    options = edition._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[edition.pk])


class EditionAdmin(TogetherAdmin):
    """The change form of an edition. Its list is the list of its contents, which leads here."""

    form = EditionForm
    change_form_template = "admin/publishing/edition.html"
    view_on_site = False
    #: The translated fields that hold HTML, and the other fields that editors fill in.
    prose: ClassVar[tuple[str, ...]] = ()
    facts: ClassVar[tuple[str, ...]] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}  # not on the index: an edition is reached from its content

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"admin:{self._content_name()}_changelist"))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The versions are those of the content, whatever edition they were of."""
        edition = self.get_object(request, object_id)
        if edition is None:
            raise Http404
        return HttpResponseRedirect(reverse(f"admin:{self._content_name()}_history", args=[edition.content_id]))

    def _content_name(self) -> str:
        content = self.model._meta.get_field("content").related_model
        return f"{content._meta.app_label}_{content._meta.model_name}"

    # --- the form -------------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": [*columns(self.model), *self.facts, "first_language"]})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            form.writable = languages_for(request, obj)
            form.writes_facts = is_editor_of(request, self.model)
            form.prose = self.prose
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in {f"{field}_{language}" for field in self.prose for language in ("cy", "en")}:
            kwargs["widget"] = prose_widget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    # --- saving ---------------------------------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and object_id and "_beside" in request.POST:
            edition = self.get_object(request, object_id)
            if edition is None:
                raise Http404
            act_beside(request, edition)
            show_only(request)  # what was typed meanwhile stays on the page
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ChangedSince, TextHasMoved):
            # Somebody stored it between our look and our write: looking again finds the clash, and shows it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: words, rows and agreements are stored together in `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        edition = form.instance
        by = request.user if isinstance(request.user, User) else None
        has_changed = form.changed_anything() or any(formset.has_changed() for formset in formsets)
        if has_changed:
            save_words(edition=edition, version=form.stored_version, by=by)
        else:
            tell_written(edition.content)  # that its two texts match
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)
        if has_changed:
            keep_rows(edition)
        for pair_form in [form, *_pair_forms(formsets)]:
            for field in pair_form.ticked():
                agree(obj=pair_form.instance, field=field, seen=pair_form.seen(field), how=How.SPEAKER, by=by)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Not in Django's log, which would keep words where nobody can redact them; the versions tell who wrote what."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("Your words are saved."))
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(self.content_address(obj))

    def content_address(self, edition: Any) -> str:
        return reverse(f"admin:{self._content_name()}_change", args=[edition.content_id])

    # --- the page -------------------------------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        edition: Any = context["original"]
        form = context["adminform"].form
        context |= {
            "rows": rows_of(edition, self.prose, form),
            "facts": [form[name] for name in (*self.facts, "first_language") if name in form.fields],
            "content": edition.content,
            "list_address": reverse(f"admin:{self._content_name()}_changelist"),
            "list_name": edition.content._meta.verbose_name_plural,
            "content_address": self.content_address(edition),
            "editable": self.has_change_permission(request, edition),
            "beside": shown_beside(request, edition),
            "title": edition.content,
            "media": Media.from_media(context["media"]).with_nonce(getattr(request, "csp_nonce", "")),
        }
        return super().render_change_form(request, context, *args, **kwargs)


class NamedRows(BaseInlineFormSet[Any, Any, Any]):
    """Rows in a table, each of whose fields says what it is and in which row: the head of a column names no field."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if isinstance(form, PairForm):
            form.show_changes(self.agreed.get(form.instance.pk, {}))
        for field in form.fields.values():
            label = capfirst(str(field.label or ""))
            if index is not None:
                label = _("%(field)s, row %(number)d") % {"field": label, "number": index + 1}
            widget = getattr(field.widget, "widget", field.widget)  # that of a relation is wrapped
            if "lang" in widget.attrs:  # an attribute of the box would be read in the language of what is written in it
                field.label = label
            else:
                widget.attrs["aria-label"] = label

    @cached_property
    def agreed(self) -> dict[Any, dict[str, Agreement]]:
        """What was last agreed of all the rows. One query."""
        return agreements_of(self.get_queryset())


class EditionInline(ColumnLabels, admin.TabularInline[Any, Any]):
    """Rows that belong to an edition, with explicit fields and no row offered empty unless asked for."""

    template = "admin/publishing/inline.html"
    formset = NamedRows
    extra = 0
    show_change_link = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only look is shown what is stored, and not what a form would ask beside it."""
        fields = super().get_fields(request, obj)
        around = self.admin_site.get_model_admin(self.parent_model)
        writes = self.has_change_permission(request, obj) or self.has_add_permission(request, obj)
        if obj is None or (writes and around.has_change_permission(request, obj)):
            return fields
        return [name for name in fields if name not in self.form.declared_fields]

    def get_formset(
        self, request: HttpRequest, obj: Any = None, **kwargs: Any
    ) -> type[BaseInlineFormSet[Any, Any, Any]]:
        formset = super().get_formset(request, obj, **kwargs)
        if issubclass(formset.form, PairForm) and obj is not None:
            formset.form.writable = languages_for(request, obj)
            formset.form.writes_facts = is_editor_of(request, type(obj))
        return formset


def _pair_forms(formsets: Any) -> list[PairForm]:
    return [
        form
        for formset in formsets
        for form in formset.forms
        if isinstance(form, PairForm) and form.instance.pk and not form.cleaned_data.get("DELETE")
    ]
