"""Two people at one form: nothing is locked, nothing is lost, and what only one of them changed is merged by itself.

Each page says what it was made from: a hash of what every box held. When it is sent and something else stands there by now,
nothing is saved: the page is shown again with what both wrote. A box that one of them changed holds that; of a box that both
changed the page shows both texts and the difference, and asks which is to stay. One press then saves, on what stands there now.
"""

from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from foundation.people.admin import BilingualAdmin, is_only_shown, show_only, signed_in
from foundation.people.presence import EVERY, Item, item_of, note_open, others_at, sealed
from foundation.publishing.admin.boxes import (
    MADE_FROM,
    Box,
    Page,
    Sent,
    read_marks,
    rows_sent,
    write_post,
    written_since,
)
from foundation.publishing.difference import Piece, difference

#: The choice under a box that both changed: `take:title_cy=theirs`; and the keys of the boxes that are still to be decided.
TAKE, UNDECIDED = "take:", "undecided"
#: Buttons that ask for something else than saving the form.
OTHER_BUTTONS = {"_do", "_beside", "_language", "_language_judged", "_preview", "_standard", "_restore"}


@dataclass(frozen=True, slots=True)
class Clash:
    """A box that both changed: what stands there now, what was typed, and the difference in words."""

    key: str
    label: str
    target: str
    language: str
    theirs: str
    mine: str
    pieces: list[Piece]


@dataclass(slots=True)
class Merged:
    """What came of one page that was sent after somebody else had saved."""

    clashes: list[Clash] = field(default_factory=list)
    taken_over: list[str] = field(default_factory=list)  # the boxes that only somebody else changed
    has_files: bool = False


class TogetherAdmin(BilingualAdmin):
    """An admin whose change form may be open at several people at once."""

    def names_belong_to(self, name: str) -> str:
        """Of fields that only mean something together, the name of the whole; else the name itself."""
        return name

    def item_of(self, obj: Any) -> Item:
        """What is open while the page of `obj` is: a content, whichever page of it somebody looks at."""
        return item_of(getattr(obj, "content", None) or obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or not object_id:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if not self._may_send(request, object_id):
            return self._kept(request, object_id) or super().changeform_view(
                request, object_id, form_url, extra_context
            )
        with transaction.atomic():  # what was compared stays as it is until it is written
            obj = self._locked(request, object_id)
            if is_only_shown(request) or OTHER_BUTTONS & set(request.POST):
                self._show_again(request, obj)
            else:
                self._reconcile(request, obj)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _kept(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """It may not be written any more, as when a proof was sent meanwhile: what was typed is shown, to be copied."""
        obj = self.get_object(request, object_id)
        if obj is None or MADE_FROM not in request.POST or not self.has_view_permission(request, obj):
            return None
        context = self.admin_site.each_context(request) | {
            "title": obj,
            "opts": self.opts,
            "kept": list(written_since(self.model, request.POST)),
            "address": request.path,
        }
        return TemplateResponse(request, "admin/includes/kept.html", context, status=409)

    def _locked(self, request: HttpRequest, object_id: str) -> Any:
        """In the order in which publishing and the moves lock: first the content, then its edition."""
        obj = self.get_object(request, object_id)
        for one in (getattr(obj, "content", None), obj):
            if isinstance(one, Model) and one.pk:
                type(one)._base_manager.select_for_update().filter(pk=one.pk).first()
        return self.get_object(request, object_id)

    def page_now(self, request: HttpRequest, obj: Any) -> Page:
        """The page as it would be opened now."""
        looking = copy(request)
        looking.method = "GET"
        fields = flatten_fieldsets(self.get_fieldsets(looking, obj))
        form = self.get_form(looking, obj, change=True, fields=fields)(instance=obj)
        formsets, _inlines = self._create_formsets(looking, obj, change=True)  # type: ignore[attr-defined]
        return self.page_of(form, formsets)

    def page_of(self, form: Any, formsets: Any) -> Page:
        """The boxes of a form and of its rows, which show what is stored."""
        return Page.of(form, formsets, self.names_belong_to)

    # --- what was sent --------------------------------------------------------------------------------------------------

    def _reconcile(self, request: HttpRequest, obj: Any) -> None:
        """Bring together what was sent and what stands there now; saved is it only where nobody was in between."""
        page, post = self.page_now(request, obj), request.POST
        now = {key: box.stored() for key, box in page.boxes.items()}
        sent = page.sent(post)
        for key in now.keys() & sent.keys():
            if post.get(TAKE + key) == "theirs":
                sent[key] = now[key]
        marks = read_marks(post.get(MADE_FROM, ""))
        stale = MADE_FROM in post and marks != read_marks(page.marks())
        if not (stale or self._other_version(page, post)):
            if any(name.startswith(TAKE) for name in post):
                request.POST = write_post(page, post, now | sent, {})  # type: ignore[assignment]
            return
        merged, values = _merge(page, now, sent, marks)
        lost = {formset.prefix: _lost_rows(page, formset, post, marks) for formset in page.formsets}
        merged.has_files = bool(request.FILES)
        self._put(request, page, write_post(page, post, values, lost), merged)
        show_only(request, judged=True)
        messages.error(
            request,
            _("This has changed since you opened it. Nothing is saved yet, and nothing that you typed is lost."),
        )

    def _other_version(self, page: Page, post: QueryDict) -> bool:
        """Whether the texts carry a version, and the page was made on another."""
        version = _version(page)
        return version is not None and post.get("seen_version") != version

    def _put(self, request: HttpRequest, page: Page, post: QueryDict, merged: Merged) -> None:
        post[MADE_FROM] = page.marks()
        version = _version(page)
        if version is not None:
            post["seen_version"] = version
        post.setlist(UNDECIDED, [clash.key for clash in merged.clashes])
        request.POST = post  # type: ignore[assignment]
        request.merged = merged  # type: ignore[attr-defined]

    def _show_again(self, request: HttpRequest, obj: Any) -> None:
        """What was still to be decided stays on a page that is shown again in the other language, or beside a refusal."""
        undecided, own = request.POST.getlist(UNDECIDED), "_beside" in request.POST and MADE_FROM in request.POST
        if not (undecided or own):
            return
        page = self.page_now(request, obj)
        if own and not self._other_version(page, request.POST):  # what a button beside the words changed is no clash
            post = request.POST.copy()
            post[MADE_FROM] = page.marks()
            request.POST = post  # type: ignore[assignment]
        sent = page.sent(request.POST)
        clashes = [
            clash_of(page.boxes[key], page.boxes[key].stored(), sent[key])
            for key in undecided
            if key in sent and key in page.boxes
        ]
        request.merged = Merged(clashes) if clashes else None  # type: ignore[attr-defined]

    # --- the page -------------------------------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj: Any = context.get("original")
        if obj is not None and self.has_change_permission(request, obj):
            item = self.item_of(obj)
            if request.method == "GET":
                note_open(item, by=signed_in(request))
            context |= {
                "made_from": request.POST.get(MADE_FROM, "") if request.method == "POST" else self._marks(context),
                "merged": getattr(request, "merged", None),
                "open_item": sealed(item),
                "ping_every": EVERY,
                "others": others_at(item, but=signed_in(request)),
                "changed_at": getattr(obj, "updated_at", None),
                "changed_by": getattr(obj, "updated_by", None),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _marks(self, context: dict[str, Any]) -> str:
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        return self.page_of(context["adminform"].form, formsets).marks()


def _version(page: Page) -> str | None:
    """The version of the texts, on a page that carries one."""
    form: Any = next((box.form for box in page.boxes.values()), None)
    return str(form.stored_version) if hasattr(form, "stored_version") else None


def _merge(
    page: Page, now: dict[str, Sent], sent: dict[str, Sent], marks: dict[str, str]
) -> tuple[Merged, dict[str, Sent]]:
    """Box by box: changed by one, it is theirs; changed by both, it stays as it was typed, and is to be decided."""
    merged, values = Merged(), dict(now)
    for key, box in page.boxes.items():
        if key not in sent:  # a row that somebody else has put in
            merged.taken_over.append(label_of(box))
            continue
        stored, typed = box.mark(now[key]), box.mark(sent[key])
        if typed in (stored, marks.get(key)):
            merged.taken_over += [label_of(box)] if typed != stored else []
            continue
        values[key] = sent[key]
        if stored != marks.get(key):
            merged.clashes.append(clash_of(box, now[key], sent[key]))
    _untick(page, values, now, sent)
    return merged, values


def _untick(page: Page, values: dict[str, Sent], now: dict[str, Sent], sent: dict[str, Sent]) -> None:
    """ "These two texts match" was said of two texts of which one is another now: it is to be said again."""
    for key in page.boxes:
        start, _agree, name = key.rpartition("agree_")
        sides = [f"{start}{name}_{language}" for language in ("cy", "en")]
        if _agree and any(
            side in sent and page.boxes[side].mark(values[side]) != page.boxes[side].mark(sent[side]) for side in sides
        ):
            values[key] = now[key]


def _lost_rows(page: Page, formset: Any, post: QueryDict, marks: dict[str, str]) -> list[str]:
    """The rows that somebody else took away, and in which something was written meanwhile: prefixes on the page."""
    stored = {box.row for box in page.boxes.values()}
    blank = formset.empty_form
    found = []
    for place, prefix in rows_sent(formset, post):
        if place in stored or f"{prefix}-DELETE" in post:
            continue
        boxes = [Box(name, blank, (name,), place) for name in blank.fields if f"{place[0]}/{place[1]}/{name}" in marks]
        if any(box.mark(box.sent(post, prefix)) != marks[f"{place[0]}/{place[1]}/{box.key}"] for box in boxes):
            found.append(prefix)
    return found


def clash_of(box: Box, now: Sent, sent: Sent) -> Clash:
    theirs, mine = box.words(now), box.words(sent)
    target = str(box.form[box.names[0]].id_for_label)
    return Clash(box.key, label_of(box), target, box.language, theirs, mine, difference(theirs, mine))


def label_of(box: Box) -> str:
    """What a box is called; of a row, with what the rows are and which it is."""
    label: str | Promise = box.label or box.field.label or box.names[0]
    if box.row is None:
        return capfirst(str(label))
    rows = box.form._meta.model._meta.verbose_name
    number = int(str(box.form.prefix).rpartition("-")[2]) + 1
    return capfirst(_("%(rows)s, row %(number)d: %(field)s") % {"rows": rows, "number": number, "field": label})
