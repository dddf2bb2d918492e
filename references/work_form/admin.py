"""What the admin of works does about their form: which of the two is shown, its rows, and its one way to be saved."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.models import How
from foundation.bilingual.services import agree
from foundation.people.admin import show_only, signed_in
from foundation.publishing.admin.boxes import Box, Page, Sent
from foundation.publishing.admin.since import agreements_of
from foundation.publishing.admin.together import TogetherAdmin
from references.models import Work
from references.services import save_work
from references.work_form import moving
from references.work_form.forms import BESIDE, ItemForm, WorkForm
from references.work_form.sections import ITEM_SECTIONS, is_of_item

#: What follows from the item: shown to those who only read.
DERIVED = ("type", "title", "title_language", "creators", "year", "doi", "isbn", "url")
UPLOADS = ("cover_upload", "remove_cover", "agree_cover_alt")
_NAME = "item-name-"


class NamesBox(Box):
    """The rows of names: one thing, however many rows there are."""

    def owns(self, name: str) -> bool:
        return name == moving.COUNT or name.startswith(_NAME)

    def stored(self) -> Sent:
        return {moving.COUNT: [str(len(self.form.rows))], **super().stored()}

    def words(self, sent: Sent) -> str:
        """A line for each name."""
        rows: dict[str, list[str]] = {}
        for name, values in sent.items():
            number, _dash, part = name.removeprefix(_NAME).partition("-")
            if name != moving.COUNT and part not in ("was", "role"):
                rows.setdefault(number, []).extend(filter(None, values))
        return "\n".join(" ".join(row) for row in rows.values() if row)


def shows_item(request: HttpRequest) -> bool:
    """Whether the address asks for the item as it is kept (`?item=`)."""
    return "item" in request.GET


class WorkFormAdmin(TogetherAdmin):
    """Adding and changing a work."""

    form = WorkForm
    fieldsets = (
        (
            _("The official Welsh edition"),
            {
                "fields": ("welsh_title", "welsh_url", "welsh_author"),
                "description": _("Kept beside the item: what readers of Welsh are given instead of it."),
            },
        ),
        (
            _("Cover"),
            {
                "fields": (
                    "cover_shown",
                    "cover_upload",
                    "remove_cover",
                    "cover_alt_cy",
                    "cover_alt_en",
                    "agree_cover_alt",
                )
            },
        ),
        (_("How sure we are"), {"fields": ("identity", "is_verified", "note", "cited_in")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = (*DERIVED, "cover_shown", "cited_in")
        return ("key", *shown) if obj else shown

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        beside: list[Any] = list(super().get_fieldsets(request, obj))
        if not self._writes(request, obj):
            return [(None, {"fields": ("key", "csl", *DERIVED)}), *map(_without_uploads, beside)]
        if shows_item(request):
            return [(_("The item as CSL-JSON"), {"fields": ("key", "csl")}), *beside]
        return [*ITEM_SECTIONS, *beside]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Without the fields over the item, which the form adds itself."""
        if shows_item(request):
            kwargs["form"] = ItemForm
        if "fields" in kwargs:
            kwargs["fields"] = [name for name in kwargs["fields"] if not is_of_item(name)]
        return super().get_form(request, obj, change=change, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and moving.BUTTON in request.POST:
            request.POST = moving.moved(request.POST)  # type: ignore[assignment]
            show_only(request)
        more = {"shows_item": shows_item(request)}
        return super().changeform_view(request, object_id, form_url, more | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        work = context.get("original")
        if work is not None:
            context["adminform"].form.show_changes(agreements_of([work]).get(work.pk, {}))
        return super().render_change_form(request, context, *args, **kwargs)

    def names_belong_to(self, name: str) -> str:
        return moving.COUNT if name.startswith(_NAME) else super().names_belong_to(name)

    def page_of(self, form: Any, formsets: Any) -> Page:
        page = super().page_of(form, formsets)
        names = page.boxes.get(moving.COUNT)
        if names is not None:
            page.boxes[moving.COUNT] = NamesBox(names.key, names.form, names.names, label=_("Who made it"))
        return page

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Of a work that readers can see."""
        if obj is None or not Work.objects.published().filter(pk=obj.pk).exists():
            return None
        address: str | None = super().get_view_on_site_url(obj)
        return address

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the service that derives the columns; what was not on the form stays as it was."""
        beside = {name: form.cleaned_data[name] for name in BESIDE}
        if form.new_cover is not None:
            beside["cover"] = form.new_cover
        elif form.cleaned_data["remove_cover"]:
            beside["cover"] = None
        with transaction.atomic():
            work = save_work(key=obj.key, csl=form.cleaned_data["csl"], **beside)
            for field in form.ticked():
                agree(obj=work, field=field, seen=form.seen(field), how=How.SPEAKER, by=signed_in(request))
        obj.pk = work.pk

    def _writes(self, request: HttpRequest, obj: Any) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)


def _without_uploads(section: tuple[Any, dict[str, Any]]) -> tuple[Any, dict[str, Any]]:
    name, options = section
    return name, {**options, "fields": [field for field in options["fields"] if field not in UPLOADS]}
