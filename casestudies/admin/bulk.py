"""What editors do with several case studies at once: hand them to an editor, put tags on them, take them out as a file."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casestudies.admin.exports import columns_for
from casestudies.admin.moves import editors
from casestudies.models import CaseStudy, Tag
from casestudies.services import MoveRefused, actor_for, perform
from casestudies.vocabulary import UNSENT
from foundation.bilingual.languages import Language
from foundation.people.admin import choose_language, key_of, signed_in
from foundation.people.models import User
from foundation.publishing.services import ChangedSince
from foundation.record.export import Column, ExportAdmin

#: So many at a time: each is a move of its own, with its line in the log.
MOST = 200
NOBODY = "nobody"
#: Why a story was left as it is, by a code.
LEFT: dict[str, str | Promise] = {
    "changed": _("It has changed since you chose it."),
    "has-it": _("It is that way already."),
    "unsent": _("It has not been sent yet."),
    "wrong-state": _("This cannot be done from the state it is in now."),
    "not-allowed": _("You may not do this, or it is that editor’s own story."),
    "guard": _("Something stands in the way."),
}


class AssignForm(forms.Form):
    """To whom. Nobody has to be chosen too."""

    to = forms.ChoiceField(label=_("Editor"), error_messages={"required": _("Choose an editor, or nobody.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(user.pk), str(user)) for user in editors().order_by("pk")]
        self.fields["to"].choices = [("", "–"), (NOBODY, gettext("nobody")), *people]  # type: ignore[attr-defined]

    @property
    def editor(self) -> User | None:
        return editors().filter(pk=key_of(self.cleaned_data["to"])).first()


class TagForm(forms.Form):
    """Which tags go on, and which come off."""

    put_on = forms.MultipleChoiceField(label=_("Put on"), required=False, widget=forms.CheckboxSelectMultiple)
    take_off = forms.MultipleChoiceField(label=_("Take off"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(tag.pk), str(tag)) for tag in Tag.objects.all().in_order()]
        for name in ("put_on", "take_off"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        on, off = (set(cleaned.get(name) or ()) for name in ("put_on", "take_off"))
        if not self.errors and not on | off:
            raise forms.ValidationError(_("Choose a tag."), code="required")
        if on & off:
            raise forms.ValidationError(_("A tag can be put on or taken off, not both."), code="both")
        return cleaned


class BulkActions(ExportAdmin):
    """The actions of the list of case studies. Nothing chosen means nothing done."""

    admin_site: Any

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("casestudies.moderate_casestudy")

    def export_columns(self, request: HttpRequest) -> list[Column]:
        return columns_for(request)

    def export_rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.prefetch_related("tags", "editions__hallmarks__hallmark")

    @admin.action(description=_("Assign to an editor…"), permissions=["moderate"])
    def assign_chosen(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> HttpResponse | None:
        return self._ask(request, queryset, "assign_chosen", gettext("Assign to an editor"), AssignForm)

    @admin.action(description=_("Put tags on, or take them off…"), permissions=["moderate"])
    def tag_chosen(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> HttpResponse | None:
        return self._ask(request, queryset, "tag_chosen", gettext("Change the tags"), TagForm)

    def _ask(
        self, request: HttpRequest, queryset: QuerySet[CaseStudy], action: str, title: str, form_class: type[forms.Form]
    ) -> HttpResponse | None:
        """The page that asks what is to be done with the chosen rows; and, when it comes back, the doing of it."""
        if not self.has_moderate_permission(request):
            raise PermissionDenied
        cases = list(queryset.order_by("pk")[: MOST + 1])
        if len(cases) > MOST:
            messages.error(
                request, gettext("Choose at most %(most)d at a time. Nothing has been done.") % {"most": MOST}
            )
            return None
        switches = request.POST.get("_language") in Language.values
        if switches:
            choose_language(request, request.POST["_language"])
        form = form_class(request.POST if "apply" in request.POST else None)
        if "apply" in request.POST and not switches and form.is_valid():
            if isinstance(form, AssignForm):
                assign_all(request, cases, form)
            elif isinstance(form, TagForm):
                tag_all(request, cases, form)
            return None
        if switches:  # as it was sent, and not judged
            lists = {name: request.POST.getlist(name) for name in ("put_on", "take_off")}
            form = form_class(initial={**lists, "to": request.POST.get("to", "")})
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "form": form,
            "cases": cases,
            "seen": _seen(request) or [f"{case.pk}:{case.version}" for case in cases],
            "action": action,
            "chosen": ACTION_CHECKBOX_NAME,
            "switch_form": "bulk_form",
            "opts": CaseStudy._meta,
        }
        return TemplateResponse(request, "admin/casestudies/bulk.html", context)


def _seen(request: HttpRequest) -> list[str]:
    return request.POST.getlist("seen")


def _versions(request: HttpRequest) -> dict[int, int]:
    """The version of each story as it was when the page that asks was shown."""
    pairs = (one.partition(":") for one in _seen(request))
    return {key_of(pk): key_of(version) for pk, _colon, version in pairs}


def assign_all(request: HttpRequest, cases: Iterable[CaseStudy], form: AssignForm) -> None:
    """Each by the move of its own, with its guards; says how many were assigned, and which were not and why."""
    to, actor, versions = form.editor, actor_for(signed_in(request)), _versions(request)
    done, left = 0, defaultdict(list)
    for case in cases:
        if case.claimed_by_id == (to.pk if to else None):
            left["has-it"].append(case.reference)
            continue
        try:
            perform("assign", case_id=case.pk, actor=actor, version=versions.get(case.pk, -1), to=to)
            done += 1
        except ChangedSince:
            left["changed"].append(case.reference)
        except MoveRefused as refused:
            left[refused.code].append(case.reference)
    said = ngettext("%(count)d case study is assigned.", "%(count)d case studies are assigned.", done)
    _tell(request, said % {"count": done}, done, left)


def tag_all(request: HttpRequest, cases: Iterable[CaseStudy], form: TagForm) -> None:
    """Tags are for stories that have been sent: of a draft nothing is known."""
    on, off = ([key_of(pk) for pk in form.cleaned_data[name]] for name in ("put_on", "take_off"))
    done, left = 0, defaultdict(list)
    for case in cases:
        if case.status in UNSENT:
            left["unsent"].append(case.reference)
            continue
        case.tags.add(*on)
        case.tags.remove(*off)
        done += 1
    said = ngettext(
        "The tags of %(count)d case study are as you chose.",
        "The tags of %(count)d case studies are as you chose.",
        done,
    )
    _tell(request, said % {"count": done}, done, left)


def _tell(request: HttpRequest, said: str, done: int, left: dict[str, list[str]]) -> None:
    if done:
        messages.success(request, said)
    for code, references in left.items():
        text = gettext("Left as they are: %(references)s. %(reason)s") % {
            "references": ", ".join(references), "reason": LEFT.get(code, LEFT["guard"]),
        }  # fmt: skip
        messages.warning(request, text)
