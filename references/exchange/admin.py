"""Importing works from a file, and merging two that are one, in the admin."""

import base64
import binascii
import hashlib
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import Language
from foundation.people.admin import KnownChoice, can_be_key, choose_language, signed_in
from foundation.record.actors import Actor, Role
from references.exchange.carrying import ChangedMeanwhile, carry_out
from references.exchange.formats import read
from references.exchange.known import Known
from references.exchange.merging import merge_works, naming_rows
from references.exchange.plan import Decision, ImportPlan, Outcome, Row, plan_import
from references.exchange.values import ReadRefused, canonical
from references.models import FormerKey, ListedReference, Work

MOST_BYTES = 3 * 1024 * 1024
MOST_WORKS = 1000


class UploadForm(forms.Form):
    """A file of works, judged by its size and by what it holds."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "RIS, BibTeX or CSL-JSON, as Zotero, Mendeley and EndNote export it; at most 3 MB and 1,000 works."
        ),
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 3 MB. Split it, or ask for the import command to be run.")
            )
        data: bytes = file.read()
        try:
            self.plan = planned(data)
        except ReadRefused as error:
            raise forms.ValidationError(str(error)) from error
        return data


def planned(data: bytes) -> ImportPlan:
    """What importing the file would do. Raises `ReadRefused`."""
    items = read(data)
    if len(items) > MOST_WORKS:
        raise ReadRefused(
            gettext("The file holds more than 1,000 works. Split it, or ask for the import command to be run.")
        )
    return plan_import(items)


def print_of(plan: ImportPlan) -> str:
    """By which a plan is known again: another one means that somebody changed the bibliography meanwhile."""
    rows = [
        [
            row.outcome.value,
            row.key,
            row.work.pk if row.work else None,
            [[one.field, one.before] for one in row.differences],
        ]
        for row in plan.rows
    ]
    return hashlib.sha256(canonical(rows).encode()).hexdigest()


def decisions_in(request: HttpRequest) -> dict[int, Decision]:
    """What was ticked and chosen on the preview."""
    found = {}
    for name, value in request.POST.items():
        number = name.removeprefix("row-")
        if name.startswith("row-") and number.isdecimal() and number.isascii() and value in Decision.values:
            found[int(number[:6])] = Decision(str(value))
    return found


class StaysForm(forms.Form):
    """Which of two works stays."""

    stays = forms.ModelChoiceField(queryset=Work.objects.none(), label=_("The work that stays"))

    def __init__(self, data: Any, *, gone: Work, site: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["stays"]
        field.queryset = Work.objects.exclude(pk=gone.pk)
        field.widget = KnownChoice(FormerKey._meta.get_field("work"), site, attrs={"aria-label": field.label})
        field.widget.choices = field.choices


class ExchangeAdmin:
    """What the admin of works adds: two pages, for those who may add and change works."""

    admin_site: Any
    has_add_permission: Any
    has_change_permission: Any
    get_object: Any
    media: Any

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_view), name="references_work_import"),
            path("<path:object_id>/merge/", wrap(self.merge_view), name="references_work_merge"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    # --- importing ------------------------------------------------------------------------------------------------------

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """GET asks for a file; POST with a file shows what it would do; POST with decisions does it."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        if request.method == "POST" and "data" in request.POST:
            return self._decided(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._preview(request, form.cleaned_data["file"], form.plan)
        return self._page(request, "import", title=_("Import works"), form=form)

    def _decided(self, request: HttpRequest) -> HttpResponse:
        try:
            data = base64.b64decode(request.POST["data"], validate=True)
            if request.POST.get("_language") in Language.values:
                choose_language(request, request.POST["_language"])  # first: the plan gives its reasons in words
                return self._preview(request, data, planned(data), decisions_in(request))
            with transaction.atomic():
                plan = planned(data)
                if request.POST.get("print") != print_of(plan):
                    raise ChangedMeanwhile
                done = carry_out(plan, decisions_in(request))
        except ChangedMeanwhile:
            messages.warning(
                request, _("Somebody changed the bibliography meanwhile. Nothing was imported: look again.")
            )
            return self._preview(request, data, planned(data), decisions_in(request))
        except (ReadRefused, binascii.Error) as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:references_work_import"))
        self._say(request, done)
        return HttpResponseRedirect(reverse("admin:references_work_changelist"))

    def _say(self, request: HttpRequest, done: list[tuple[Row, Decision]]) -> None:
        """How many, and links to them."""
        added = [row.work for row, decision in done if decision == Decision.ADD and row.work]
        written = [row.work for row, decision in done if decision == Decision.UPDATE and row.work]
        said = [
            ngettext("%(count)d work was added.", "%(count)d works were added.", len(added)) % {"count": len(added)},
            ngettext("%(count)d work was changed.", "%(count)d works were changed.", len(written))
            % {"count": len(written)},
        ]
        rows = [(reverse("admin:references_work_change", args=[work.pk]), str(work)) for work in [*added, *written]]
        links = format_html_join(", ", '<a href="{}">{}</a>', rows[:50])
        messages.success(request, format_html("{} {}", " ".join(said), links))

    def _preview(
        self, request: HttpRequest, data: bytes, plan: ImportPlan, decided: dict[int, Decision] | None = None
    ) -> HttpResponse:
        groups = [
            (
                outcome,
                [(row, decided.get(row.number, Decision.LEAVE) if decided is not None else row.usual) for row in rows],
            )
            for outcome in (Outcome.DOUBTFUL, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)
            if (rows := plan.of(outcome))
        ]
        return self._page(
            request, "import_preview", title=_("Import works: what the file holds"), groups=groups, counts=plan.counts,
            print=print_of(plan), data=base64.b64encode(data).decode(), switch_form="works_form",
        )  # fmt: skip

    # --- merging --------------------------------------------------------------------------------------------------------

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET asks which work stays, and shows what both are named by; POST makes them one."""
        gone = self.get_object(request, object_id) if can_be_key(Work, object_id) else None
        if not self.has_change_permission(request):
            raise PermissionDenied
        if gone is None:
            raise Http404
        form = StaysForm(
            request.POST if request.method == "POST" else request.GET or None, gone=gone, site=self.admin_site
        )
        stays = form.cleaned_data["stays"] if form.is_bound and form.is_valid() else None
        if request.method == "POST" and stays is not None:
            merge_works(gone=gone, stays=stays, actor=_actor(request))
            said = _("“%(gone)s” and “%(stays)s” are one work now. The address with “%(key)s” leads here.")
            messages.success(request, said % {"gone": gone, "stays": stays, "key": gone.key})
            return HttpResponseRedirect(reverse("admin:references_work_change", args=[stays.pk]))
        works = [(work, named_by(work)) for work in (gone, stays) if work is not None]
        alike = [work for work in Known().alike(gone.csl) if work.pk != gone.pk] if stays is None else []
        return self._page(
            request, "merge", title=_("This is the same work as …"), form=form, gone=gone, stays=stays, works=works,
            alike=alike, media=self.media + form.media,
        )  # fmt: skip

    def _page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "opts": Work._meta, **context}
        return TemplateResponse(request, f"admin/references/work/{name}.html", whole)


def _actor(request: HttpRequest) -> Actor:
    user = signed_in(request)
    return Actor(Role.ADMINISTRATOR if user.is_superuser else Role.EDITOR, user)


def named_by(work: Work) -> list[tuple[str, list[str]]]:
    """The texts whose lists hold a work, by kind of text, and how many other rows name it, by what they are."""
    found: list[tuple[str, list[str]]] = []
    for field, rows in naming_rows(work):
        model: Any = field.model
        if not rows:
            continue
        if issubclass(model, ListedReference):
            kind = model._meta.get_field("edition").related_model._meta.get_field("content").related_model
            lines = [f"{row.edition} ({row.edition.get_stage_display()})" for row in rows]
            said = gettext("reference lists (%(kind)s): %(count)d")
        else:
            kind, lines, said = model, [], "%(kind)s: %(count)d"
        found.append((said % {"kind": kind._meta.verbose_name_plural, "count": len(rows)}, lines))
    return found
