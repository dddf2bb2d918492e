"""The words of each kind of message: the standard ones to start from, placeholders checked, both languages in step, a preview."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from casestudies.messages import made_up
from casestudies.models import CaseStudy
from casestudies.vocabulary import UNSENT
from foundation.bilingual.agreement import State
from foundation.bilingual.models import How
from foundation.bilingual.policies import columns
from foundation.bilingual.services import TextHasMoved, agree, agreed_pairs, states_of
from foundation.correspondence.kinds import kinds, label_of_placeholder
from foundation.correspondence.models import Wording
from foundation.correspondence.rendering import Rendered, preview
from foundation.correspondence.wordings import (
    Problem,
    Text,
    allowed,
    back_to_standard,
    in_force,
    problems_of_body,
    problems_of_subject,
    required,
    save_wording,
    standard,
    wording_of,
)
from foundation.people.admin import ReadOnlyAdmin, show_only, signed_in
from foundation.publishing.admin import EditionForm
from foundation.publishing.admin.rows import Row, rows_of
from foundation.publishing.admin.together import TogetherAdmin
from foundation.publishing.services import ChangedSince

#: How many recent case studies a preview may be filled from.
RECENT = 10


def _in_step(row: Row) -> Row:
    """Standard words came as a pair: there is nothing to confirm."""
    return replace(row, state=replace(row.state, state=State.IN_STEP))


def braced(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


class WordingForm(EditionForm):
    """The subject and the paragraphs of a kind, in both languages."""

    class Meta:
        widgets = {f"body_{language}": forms.Textarea(attrs={"rows": 14}) for language in ("cy", "en")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for column in self.shown_columns():
            if not self.fields[column].disabled:
                self._judge(column, cleaned.get(column) or "")
        return cleaned

    def _judge(self, column: str, text: str) -> None:
        if not text:
            self.add_error(
                column, ValidationError(_("Write this, or go back to the standard wording."), code="required")
            )
            return
        judge = problems_of_subject if column.startswith("subject") else problems_of_body
        for problem in judge(self.instance.kind, text):
            self.add_error(column, self._said(problem))

    def _said(self, problem: Problem) -> ValidationError:
        texts = {
            "unknown": _("There is no placeholder %(names)s for this message. You may use: %(allowed)s."),
            "missing": _("This message needs %(names)s: put it back."),
            "in-subject": _("%(names)s can stand in the paragraphs only."),
        }
        may_use = braced(tuple(allowed(self.instance.kind)))
        params = {"names": braced(problem.names), "allowed": may_use}
        return ValidationError(texts[problem.code], code=problem.code, params=params)


@admin.register(Wording)
class WordingAdmin(TogetherAdmin, ReadOnlyAdmin):
    """A line a kind, whether its words are ours or the editors'; an object is found by its kind."""

    form = WordingForm
    change_form_template = "admin/correspondence/wording.html"
    fields = tuple(f"{field}_{language}" for field in ("subject", "body") for language in ("cy", "en"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("correspondence.change_wording")

    def _is_editor(self, request: HttpRequest) -> bool:
        return request.user.has_perm("casestudies.moderate_casestudy")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """By its kind; one whose words nobody has changed yet holds the standard ones."""
        if object_id.isdigit():
            return super().get_object(request, object_id)
        return wording_of(object_id) if object_id in kinds() else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.writes_all = self._is_editor(request)
        return form

    # --- all kinds ------------------------------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        stored = {wording.kind: wording for wording in Wording.objects.all()}
        agreed = agreed_pairs(stored.values())
        lines = [
            (code, label, self._states(stored[code], agreed) if code in stored else None)
            for code, label in sorted(kinds().items(), key=lambda kind: str(kind[1]))
        ]
        context = self.admin_site.each_context(request) | {
            "title": self.opts.verbose_name_plural,
            "lines": lines,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/correspondence/wordings.html", context)

    def _states(self, wording: Wording, agreed: dict[Any, Any]) -> list[Any]:
        """The states of the two texts that are not in step."""
        states = states_of(wording, agreed.get(wording.pk, {})).values()
        return [state.state for state in states if state.state != State.IN_STEP]

    # --- one kind -------------------------------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and "_standard" in request.POST:
            return self.to_standard(request, str(object_id))
        if request.method == "POST" and "_preview" in request.POST:
            show_only(request, judged=True)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ChangedSince, TextHasMoved):
            # Somebody stored it between our look and our write: looking again finds the clash, and shows it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def to_standard(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not request.user.has_perm("correspondence.delete_wording"):
            raise PermissionDenied
        wording = self.get_object(request, kind)
        if wording is None:
            raise Http404
        seen = request.POST.get("seen_version", "")
        try:
            if back_to_standard(wording.kind, version=int(seen) if seen.isdecimal() else -1):
                messages.success(request, _("The standard wording goes out again."))
        except ChangedSince:
            messages.error(request, _("This has changed since you opened it. Look at it again, then decide."))
        return HttpResponseRedirect(self._address(wording.kind))

    def _address(self, kind: str) -> str:
        return reverse("admin:correspondence_wording_change", args=[kind])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The words, and that they match where the person says so: then, and not before, they go out."""
        by = signed_in(request)
        stored = obj
        if form.words_changed():
            stored = save_wording(wording=obj, version=form.stored_version, by=by)
        elif obj.pk is None:
            return  # the standard words, as they were
        obj.pk = stored.pk
        for field in form.ticked():
            agree(obj=stored, field=field, seen=form.seen(field), how=How.SPEAKER, by=by)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing is related to words."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The row and its agreements say who wrote what."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        behind = [] if obj.pk is None else self._states(obj, agreed_pairs([obj]))
        if behind:
            text = _(
                "Saved. These words go out once somebody says that both languages match; until then, those before."
            )
            messages.warning(request, text)
        else:
            messages.success(request, _("Saved. These words go out from now on."))
        return HttpResponseRedirect(self._address(obj.kind))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        wording, form = context["original"], context["adminform"].form
        kind, stored_id = wording.kind, wording.pk
        needed = required(kind)
        typed = {column: form[column].value() or "" for column in columns(Wording)} if form.fields else {}
        choices, source = self._sources(request)
        context |= {
            "title": wording,
            "rows": [row if wording.pk else _in_step(row) for row in rows_of(wording, (), form)],
            "placeholders": [(name, label_of_placeholder(name), name in needed) for name in allowed(kind)],
            "standard": [(language, standard(kind, language)) for language in ("cy", "en")],
            "in_force": in_force(kind),
            "is_own": stored_id is not None,
            "may_go_back": stored_id is not None and request.user.has_perm("correspondence.delete_wording"),
            "editable": self.has_change_permission(request, wording),
            "previews": [self._preview(kind, language, typed, source) for language in ("cy", "en")],
            "sources": choices,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def _sources(self, request: HttpRequest) -> tuple[list[tuple[str, str, bool]], dict[str, Any]]:
        """What a preview can be filled from, and what was chosen: a recent case study, for those who see whose it is."""
        recent: list[CaseStudy] = []
        if self._is_editor(request):
            sent = CaseStudy.objects.exclude(status__in=UNSENT).select_related("contributor")
            recent = list(sent.order_by("-created_at", "-pk")[:RECENT])
        chosen = next((case for case in recent if case.reference == request.POST.get("preview_of")), None)
        choices = [("", _("a made-up story"), chosen is None)]
        choices += [(case.reference, case.reference, case is chosen) for case in recent]
        if chosen is None:
            return choices, made_up()
        return choices, {"about": chosen, "reader": chosen.contributor_or_none}

    def _preview(self, kind: str, language: str, typed: dict[str, str], context: dict[str, Any]) -> Rendered:
        words = Text(typed.get(f"subject_{language}", ""), typed.get(f"body_{language}", ""))
        return preview(kind, language, words, context)
