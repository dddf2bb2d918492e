"""Redaction: an administrator names passages, sees where they stand and how often, and has them replaced everywhere at once."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from casestudies.services import actor_for
from desk.log import NamedChangeList
from foundation.bilingual.languages import Language
from foundation.people.admin import ReadOnlyAdmin, choose_language, signed_in
from foundation.record.admin import put_names
from foundation.record.models import Redaction
from foundation.record.passages import FEWEST_LETTERS, MARK, Named, Passages
from foundation.record.redaction import Found, all_words, find_passages, redact

MOST_CHARACTERS = 2_000


class PassagesForm(forms.Form):
    """One passage a line."""

    passages = forms.CharField(
        label=_("Passages to be replaced, one a line"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "A name, an address, a sentence. Give each form that it has: with a mutation, first name alone, by email. Capitals, "
            "accents and mark-up make no difference; parts of words are left alone."
        ),
        error_messages={"required": _("Name at least one passage.")},
    )

    def clean_passages(self) -> Named:
        named = Passages.of(self.cleaned_data["passages"].splitlines())
        if named.too_short:
            raise ValidationError(
                _("A passage has at least %(fewest)s letters."), code="too-short", params={"fewest": FEWEST_LETTERS}
            )
        return named


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of row in which a passage was found."""

    label: str | Promise
    columns: str
    found: Found

    @property
    def all_go(self) -> bool:
        return self.found.going == self.found.rows


def _line(found: Found) -> Line:
    return Line(found.words.called, "" if found.words.label else ", ".join(_names(found)), found)


def _names(found: Found) -> list[str]:
    """The columns in words, a translated one once."""
    model = found.words.model
    there = {column.name for column in model._meta.concrete_fields}
    names = {name[:-3] if name[:-3] in there else name for name in found.columns}
    return sorted({capfirst(str(model._meta.get_field(name).verbose_name)) for name in names})  # type: ignore[union-attr]


@sensitive_post_parameters("passages")
def page(request: HttpRequest) -> HttpResponse:
    """POST shows where the passages stand; with `_redact`, and if nothing has come since, they are replaced."""
    if not request.user.has_perm("record.add_redaction"):
        raise PermissionDenied
    if request.POST.get("_language") in Language.values:
        choose_language(request, request.POST["_language"])
        return _page(request, PassagesForm(initial=request.POST.dict()))
    form = PassagesForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    named = form.cleaned_data["passages"]
    found = find_passages(named)
    seen = sum(each.times for each in found)
    if "_redact" not in request.POST or request.POST.get("seen") != str(seen):
        if "_redact" in request.POST:
            messages.warning(request, gettext("More or fewer were found than a moment ago. Look again, then decide."))
        return _page(request, form, lines=[_line(each) for each in found], seen=seen)
    redact(passages=named, actor=actor_for(signed_in(request)))
    messages.success(request, gettext("The passages are replaced everywhere. What they were is kept nowhere."))
    return HttpResponseRedirect(reverse("admin:record_redaction_changelist"))


def _page(request: HttpRequest, form: PassagesForm, **found: Any) -> HttpResponse:
    lines: list[Line] = found.pop("lines", [])
    context = {
        **admin.site.each_context(request),
        "title": gettext("Redaction"),
        "form": form,
        "mark": MARK,
        "switch_form": "redaction_form",
        "replaced": [line for line in lines if not line.found.words.stays],
        "staying": [line for line in lines if line.found.words.stays],
        **found,
    }
    response = TemplateResponse(request, "admin/desk/redaction.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@admin.register(Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    """What was redacted: when, by whom, in how many rows of which places. Never what."""

    list_display = ("at", "who", "passages", "rows")
    fields = ("at", "who", "passages", "where")
    ordering = ("-pk",)
    change_list_template = "admin/desk/redactions.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedChangeList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        redaction = super().get_object(request, object_id, from_field)
        if redaction is not None:
            put_names([redaction])
        return redaction

    @admin.display(description=_("who"))
    def who(self, redaction: Any) -> str:
        return str(redaction.actor_name or gettext("the clock"))

    @admin.display(description=_("passages"))
    def passages(self, redaction: Redaction) -> int:
        return len(redaction.marks)

    @admin.display(description=_("rows"))
    def rows(self, redaction: Redaction) -> int:
        return sum(redaction.places.values())

    @admin.display(description=_("where"))
    def where(self, redaction: Redaction) -> str:
        called = {words.model._meta.label: words.called for words in all_words()}
        names = ((capfirst(str(called.get(label, label))), rows) for label, rows in sorted(redaction.places.items()))
        return ", ".join(f"{name}: {rows}" for name, rows in names)
