"""Two pages of the desk: the translators' queue, to be taken out as a file; and a file brought back, looked at, and written."""

import base64
import binascii
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from desk.xliff.carrying import carry_out
from desk.xliff.judging import Line, Plan, Verdict, plan_import
from desk.xliff.queue import Waiting, queue
from desk.xliff.texts import Thing, writable
from foundation.bilingual.languages import Language
from foundation.bilingual.xliff import MOST_BYTES, File, Refused, Version, read, write
from foundation.people.admin import choose_language
from foundation.publishing.difference import Kind, Piece, difference
from foundation.publishing.prose import text_from_prose

#: In which order a preview shows what becomes of texts.
ORDER = (Verdict.NEW, Verdict.STALE, Verdict.COPIED, Verdict.UNFIT, Verdict.UNKNOWN, Verdict.MISSING, Verdict.SAME)


def may_translate(request: HttpRequest) -> bool:
    """Whoever writes agreements: translators, editors, administrators."""
    return request.user.has_perm("bilingual.change_agreement")


class ExportForm(forms.Form):
    """What is to go out: chosen texts, or the whole queue."""

    to = forms.ChoiceField(label=_("Into"), choices=Language.choices)
    version = forms.ChoiceField(label=_("Version"), choices=Version.choices, initial=Version.V2)
    scope = forms.ChoiceField(
        label=_("Which of their texts"),
        choices=[("waiting", _("those that wait for translation")), ("all", _("all of them"))],
        initial="waiting",
    )


class UploadForm(forms.Form):
    """A file from a translator, judged by its size and by what it holds."""

    file = forms.FileField(
        label=_("File"), help_text=_("XLIFF 2 or 1.2, made from a file of this page; at most 10 MB.")
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Refused("too-big")
            data: bytes = file.read()
            self.read_file: File = read(data)
        except Refused as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from refused
        return data


# --- out ------------------------------------------------------------------------------------------------------------------


def export_file(things: list[Thing], to: Language, *, waiting: bool) -> File:
    """What a file of these things holds."""
    units = tuple(unit for thing in things for unit in thing.units(to, waiting=waiting))
    return File(Language(to).other.value, str(to), units)


def page(request: HttpRequest) -> HttpResponse:
    """GET shows what waits, in both directions or in one; POST makes the file of what was chosen, or of the whole queue."""
    if not may_translate(request):
        raise PermissionDenied
    if request.POST.get("_language") in Language.values:
        choose_language(request, request.POST["_language"])  # first: things are named in it
    asked = request.POST if request.method == "POST" else request.GET
    to = Language(asked["to"]) if asked.get("to") in Language.values else None
    things = writable(request)
    every = queue(request, things)
    lines = [line for line in every if line.is_into(to)]
    form = ExportForm(request.POST if request.method == "POST" else None, initial={"to": to})
    if request.method == "POST" and "_language" not in request.POST and form.is_valid():
        by_key, sent = {thing.key: thing for thing in things}, request.POST.getlist("text")
        keys = [line.key for line in lines if line.key and ("_all" in request.POST or line.key in sent)]
        chosen = [by_key[key] for key in keys]
        if chosen:
            into, waiting = Language(form.cleaned_data["to"]), form.cleaned_data["scope"] == "waiting"
            return _download(export_file(chosen, into, waiting=waiting), form.cleaned_data)
        messages.warning(request, gettext("Nothing is chosen, so there is no file."))
    return _page(
        request, "queue", title=gettext("The translators’ queue"), form=form, to=to, lines=lines, tabs=_tabs(every, to),
        chosen=request.POST.getlist("text"), switch_form="queue_form" if to else "",
        count=sum(line.texts for line in lines), words=sum(line.words for line in lines),
    )  # fmt: skip


def _tabs(lines: list[Waiting], chosen: Language | None) -> list[tuple[str, str, int, bool]]:
    """Each part of the queue: its address, its name, how many lines it has, and whether it is the one that is shown."""
    names = [
        (None, gettext("Everything")),
        (Language.CY, gettext("From English into Welsh")),
        (Language.EN, gettext("From Welsh into English")),
    ]
    return [(f"?to={to or ''}", name, sum(line.is_into(to) for line in lines), to == chosen) for to, name in names]


def _download(file: File, asked: dict[str, Any]) -> HttpResponse:
    made = HttpResponse(write(file, Version(asked["version"])), content_type="application/xliff+xml")
    made["Content-Disposition"] = f'attachment; filename="{file.source_language}-{file.target_language}.xlf"'
    made["Cache-Control"] = "private, no-store"
    return made


# --- in -------------------------------------------------------------------------------------------------------------------


def import_page(request: HttpRequest) -> HttpResponse:
    """GET asks for a file; POST with a file shows what it would do; POST with what was shown does it."""
    if not may_translate(request):
        raise PermissionDenied
    if request.method == "POST" and "data" in request.POST:
        return _decided(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview(request, form.cleaned_data["file"], plan_import(request, form.read_file))
    return _page(request, "import", title=gettext("Bring a translation file back"), form=form)


def _decided(request: HttpRequest) -> HttpResponse:
    try:
        data = base64.b64decode(request.POST["data"], validate=True)
        file = read(data)
    except (Refused, binascii.Error, ValueError):
        messages.error(request, gettext("The file did not come back whole. Choose it again."))
        return HttpResponseRedirect(reverse("admin:translation_files_import"))
    if request.POST.get("_language") in Language.values:
        choose_language(request, request.POST["_language"])
        return _preview(request, data, plan_import(request, file))
    done = carry_out(request, file)
    messages.success(request, _said(done))
    refused = [line for line in done.lines if line.verdict not in (Verdict.NEW, Verdict.SAME)]
    if not refused:
        return HttpResponseRedirect(reverse("admin:translation_files"))
    return _page(
        request, "import_done", title=gettext("What was not written"), groups=_groups(done, leave=(Verdict.NEW, Verdict.SAME)), to=done.to
    )  # fmt: skip


def _said(done: Plan) -> str:
    written, agreed = len(done.of(Verdict.NEW)), done.agreeing
    return " ".join([
        ngettext("%(count)d text was written.", "%(count)d texts were written.", written) % {"count": written},
        ngettext(
            "That both languages match was recorded for %(count)d text.",
            "That both languages match was recorded for %(count)d texts.",
            agreed,
        )
        % {"count": agreed},
    ])  # fmt: skip


def _preview(request: HttpRequest, data: bytes, plan: Plan) -> HttpResponse:
    return _page(
        request, "import_preview", title=gettext("What the file holds"), plan=plan, groups=_groups(plan), to=plan.to,
        data=base64.b64encode(data).decode(), switch_form="import_form",
    )  # fmt: skip


def _groups(plan: Plan, leave: tuple[Verdict, ...] = ()) -> list[tuple[Verdict, list[tuple[Line, list[Piece]]]]]:
    """The verdicts that were given, each with its lines and what each would make of the words that stand here now."""
    shown = ((verdict, plan.of(verdict)) for verdict in ORDER if verdict not in leave)
    return [(verdict, [(line, _difference(line, plan.to)) for line in lines]) for verdict, lines in shown if lines]


def _difference(line: Line, to: str) -> list[Piece]:
    if line.row is None or not line.text or line.verdict == Verdict.SAME:
        return []
    as_read = text_from_prose if line.unit.field in line.row.prose else str
    found = difference(as_read(line.before(to)), as_read(line.text))
    return found if any(piece.kind in (Kind.ADDED, Kind.REMOVED) for piece in found) else []


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    whole = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, f"admin/desk/xliff/{name}.html", whole)
