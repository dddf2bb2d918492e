"""The admin speaks two languages: its addresses are the same in both, so the switch is a button, and a form keeps its answers.

This room registers nothing: people are registered by the desk, which knows what a person may be holding.
"""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.forms.models import ModelMultipleChoiceField
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.bilingual.languages import Language
from foundation.bilingual.policies import policies_of
from foundation.people.models import User


def choose_language(request: HttpRequest, language: str) -> None:
    """Answer this request, and all later ones of a signed-in person, in `language`."""
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(language=language)
        request.user.language = language
    translation.activate(language)
    request.LANGUAGE_CODE = language


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that the admin has let in."""
    return cast(User, request.user)


def can_be_key(model: type[Model], sent: Any) -> bool:
    """Whether what was sent could be the key of a row at all; if not, a database would refuse the question."""
    try:
        model._meta.pk.clean(sent, None)
    except ValidationError:
        return False
    return True


def key_of(text: str) -> int:
    """The key of a row as a form names it; 0, which no row has, for what can be no key."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


class KnownChoice(AutocompleteSelect):
    """Django's would look up whatever was sent, and break on what can be no key while showing that it is wrong.

    Its script takes the placeholder for the name of the box, so that one says what the box is for.
    """

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": attrs.get("aria-label", "")}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        model = self.choices.queryset.model
        return super().optgroups(name, [one for one in value if can_be_key(model, one)], attr)


class KnownChoices(ModelMultipleChoiceField[Any]):
    """The same, where several may be chosen."""

    def clean(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else ():
            if self.queryset is not None and not can_be_key(self.queryset.model, one):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": one})
        return super().clean(value)


class ColumnLabels:
    """Names the two columns of a translated field in words: "entry as printed (Welsh)", and says what language is written there."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", KnownChoice(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        name, _line, language = str(db_field.name).rpartition("_")
        if language in Language.values and name in policies_of(db_field.model):
            label = _("%(field)s (Welsh)") if language == Language.CY else _("%(field)s (English)")
            kwargs["label"] = label % {"field": db_field.model._meta.get_field(name).verbose_name}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and language in Language.values:
            field.widget.attrs["lang"] = language
        return field


class BilingualAdmin(ColumnLabels, admin.ModelAdmin[Any]):
    """A `ModelAdmin` whose change form can be shown again as it was sent: in the other language, or beside a refusal.

    `_language` in the POST changes the language without judging what was typed; `_language_judged` (sent from a page that
    shows errors) shows the same errors in the other language. Neither saves anything.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST":
            self._switch(request)
            if is_only_shown(request) and not self._may_send(request, object_id):
                return HttpResponseRedirect(request.get_full_path())  # they only read: nothing was typed
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """By its key where the address names an empty field (`?_to_field=`), which Django would look for."""
        return super().get_object(request, object_id, from_field or None)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """What the filters of the list ask, and nothing else: Django would compare any column with anything.

        Nor with NUL, which PostgreSQL refuses to look for.
        """
        if "\0" in "".join(value):
            return False
        own = {getattr(each, "parameter_name", None) for each in self.list_filter}
        named = {each for each in self.list_filter if isinstance(each, str)}
        return lookup in own or (
            lookup.split("__")[0] in named and super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]
        )

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        """On the rows that were chosen; what can be the key of none chooses nothing."""
        chosen = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if can_be_key(self.model, key)]
        post = request.POST.copy()
        post.setlist(ACTION_CHECKBOX_NAME, chosen)
        request.POST = post  # type: ignore[assignment]
        return super().response_action(request, queryset, *args, **kwargs)

    def _may_send(self, request: HttpRequest, object_id: str | None) -> bool:
        if object_id is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, self.get_object(request, unquote(object_id)))

    def _switch(self, request: HttpRequest) -> None:
        for name in ("_language", "_language_judged"):
            wanted = request.POST.get(name)
            if wanted in Language.values:
                choose_language(request, str(wanted))
                show_only(request, judged=name == "_language_judged")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return _shown_form(form, is_judged(request)) if is_only_shown(request) else form

    def get_inline_formsets(
        self, request: HttpRequest, formsets: list[Any], inline_instances: list[Any], obj: Any = None
    ) -> Any:
        if is_only_shown(request) and not is_judged(request):
            for formset in formsets:
                _unjudge(formset)
        return super().get_inline_formsets(request, formsets, inline_instances, obj)


class ReadOnlyAdmin(BilingualAdmin):
    """Looked at, and written by nobody here: superusers neither."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def show_only(request: HttpRequest, *, judged: bool = False) -> None:
    """Have the change form of this POST shown as it was sent, and nothing saved."""
    request.shown_only = "judged" if judged else "unjudged"  # type: ignore[attr-defined]


def is_only_shown(request: HttpRequest) -> bool:
    return hasattr(request, "shown_only")


def is_judged(request: HttpRequest) -> bool:
    return getattr(request, "shown_only", "") == "judged"


def _shown_form(form: type[BaseForm], judged: bool) -> type[BaseForm]:
    def is_valid(self: Any) -> bool:
        bool(self.errors)  # judges, where judging is wanted
        return False

    def full_clean(self: Any) -> None:
        if judged:
            form.full_clean(self)
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    return type(form.__name__, (form,), {"is_valid": is_valid, "full_clean": full_clean})


def _unjudge(formset: BaseFormSet[Any]) -> None:
    formset._errors = [{} for _form in formset.forms]  # type: ignore[attr-defined]
    formset._non_form_errors = ErrorList()  # type: ignore[attr-defined]
    for form in formset.forms:
        form._errors = ErrorDict()
