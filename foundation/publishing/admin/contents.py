"""The page of a hallmark, a standing page, a case study: its editions, how they stand, and what can be done with them."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.bilingual.agreement import State
from foundation.bilingual.languages import Language, speaking
from foundation.bilingual.policies import Policy
from foundation.bilingual.services import states_of
from foundation.people.admin import is_only_shown, show_only
from foundation.people.models import User
from foundation.publishing.admin.doings import PlanningDoings, seen_edition
from foundation.publishing.admin.editions import edition_address
from foundation.publishing.admin.forms import OverrideForm
from foundation.publishing.admin.frames import PreviewFrames, may_stand_in_frame
from foundation.publishing.admin.history import HistoryPages
from foundation.publishing.admin.planning import PlanForm
from foundation.publishing.admin.rows import rows_of, with_labels
from foundation.publishing.admin.together import TogetherAdmin
from foundation.publishing.beside import act_beside, shown_beside
from foundation.publishing.gate import obstacles, one_language_expired
from foundation.publishing.models import Edition, Override, Stage
from foundation.publishing.services import (
    ChangedSince,
    GateClosed,
    NotWorking,
    put_live,
    set_override,
    set_slug,
    start_working,
)
from foundation.record.actors import Actor, Role
from foundation.record.models import Note

Doing = Callable[[HttpRequest, Any], bool]


class ContentAdmin(PlanningDoings, HistoryPages, PreviewFrames, TogetherAdmin):
    """Lists contents with how they stand; on the page of one, publishing, correcting, the overrides and the preview.

    A button sends the page's one form with `_do`; what was typed stays on the page where the doing is refused.
    """

    change_form_template = "admin/publishing/content.html"
    view_on_site = False  # a live edition is linked from the page itself
    edition_model: ClassVar[type[Edition]]
    prose: ClassVar[tuple[str, ...]] = ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        editions = self.edition_model._base_manager.prefetch_related("agreements")
        return super().get_queryset(request).prefetch_related(Prefetch("editions", queryset=editions))

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(may_stand_in_frame(self.preview_view))
        return [path("<int:object_id>/preview/<str:language>/", view, name=f"{name}_preview"), *super().get_urls()]

    def actor(self, request: HttpRequest) -> Actor:
        """As what the person publishes and overrides."""
        user = request.user if isinstance(request.user, User) else None
        administers = request.user.has_perm(self._permission("override"))
        return Actor(Role.ADMINISTRATOR if administers else Role.EDITOR, user)

    def _permission(self, action: str) -> str:
        return f"{self.opts.app_label}.{action}_{self.edition_model._meta.model_name}"

    # --- doing ----------------------------------------------------------------------------------------------------------

    def find_doing(self, name: str) -> Doing | None:
        """What the button `name` asks for. It says whether it was done, and tells the person why not."""
        return {
            "publish": self.publish,
            "correct": self.correct,
            "plan": self.plan,
            "unplan": self.unplan,
            "discard": self.discard,
            "unchecked": self.override_unchecked,
            "one-language": self.override_one_language,
            "no-override": self.override_none,
        }.get(name)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and object_id and "_do" in request.POST:
            content = self.get_object(request, object_id)
            doing = self.find_doing(request.POST["_do"])
            if content is None or doing is None:
                raise Http404
            if not self.may_do(request, content, request.POST["_do"]):
                raise PermissionDenied
            if not self.is_open(content, request.POST["_do"]):
                self.tell_clash(request)
            elif doing(request, content):
                return HttpResponseRedirect(self.address_after(request, content))
            show_only(request)
        elif request.method == "POST" and object_id and "_beside" in request.POST:
            self.act_beside(request, self.get_object(request, object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def act_beside(self, request: HttpRequest, content: Any) -> None:
        """What a button beside the words asks for, about the edition that the page shows."""
        edition = content and (self.edition_of(content, Stage.WORKING) or self.edition_of(content, Stage.LIVE))
        if not edition:
            raise Http404
        act_beside(request, edition)
        show_only(request)

    def may_do(self, request: HttpRequest, content: Any, name: str) -> bool:
        """Whether the person may press the button `name`."""
        return self.has_change_permission(request, content)

    def is_open(self, content: Any, name: str) -> bool:
        """Whether the state that `content` is in now allows what the button `name` asks for."""
        return True

    def address_after(self, request: HttpRequest, content: Any) -> str:
        working = self.edition_of(content, Stage.WORKING, fresh=True)
        if request.POST["_do"] == "correct" and working is not None:
            return edition_address(working)
        return request.path

    def edition_of(self, content: Any, stage: str, *, fresh: bool = False) -> Any:
        editions = content.editions.model._base_manager.filter(content=content) if fresh else content.editions.all()
        return next((edition for edition in editions if edition.stage == stage), None)

    def publish(self, request: HttpRequest, content: Any) -> bool:
        working = self.edition_of(content, Stage.WORKING)
        try:
            if working is None:
                raise ChangedSince(content)
            put_live(working=working, actor=self.actor(request), version=seen_edition(request))
        except (ChangedSince, NotWorking, self.edition_model.DoesNotExist):
            self.tell_clash(request)
        except GateClosed:
            messages.error(request, _("It cannot be published yet: what stands in the way is listed below."))
        else:
            messages.success(request, _("It is published, in both languages at once."))
            return True
        return False

    def tell_clash(self, request: HttpRequest) -> None:
        """The page, shown again, says who changed it and when."""
        request.edition_clash = True  # type: ignore[attr-defined]
        messages.error(request, _("This has changed since you opened it. Look at it again, then decide."))

    def correct(self, request: HttpRequest, content: Any) -> bool:
        live = self.edition_of(content, Stage.LIVE)
        if live is None:
            raise Http404
        start_working(live=live, by=request.user if isinstance(request.user, User) else None)
        return True

    def override_unchecked(self, request: HttpRequest, content: Any) -> bool:
        return self._override(request, content, Override.UNCHECKED)

    def override_one_language(self, request: HttpRequest, content: Any) -> bool:
        if not request.user.has_perm(self._permission("override")):
            raise PermissionDenied
        return self._override(request, content, Override.ONE_LANGUAGE)

    def override_none(self, request: HttpRequest, content: Any) -> bool:
        return self._override(request, content, Override.NONE)

    def _override(self, request: HttpRequest, content: Any, override: Override) -> bool:
        one = override == Override.ONE_LANGUAGE
        form = OverrideForm(request.POST, one_language=one)
        working = self.edition_of(content, Stage.WORKING)
        if working is None:
            raise Http404
        if not form.is_valid():
            request.override_form = form  # type: ignore[attr-defined]
            messages.error(request, _("The override needs a reason, a language and a number of days."))
            return False
        reason = form.cleaned_data["override_reason"]
        only_language = form.cleaned_data["only_language"] if one else ""
        days = form.cleaned_data["only_language_days"] if one else None
        with transaction.atomic():
            seen = self._locked_as_seen(request, working)
            if seen is None:
                self.tell_clash(request)
                return False
            set_override(
                edition=seen,
                override=override,
                actor=self.actor(request),
                reason=reason,
                only_language=only_language,
                days=days,
            )
        messages.success(request, _("The override is recorded."))
        return True

    def _locked_as_seen(self, request: HttpRequest, working: Any) -> Any:
        """The working edition, held until it is written, if it is still the one on the page that was sent; else None."""
        editions = self.edition_model._base_manager.select_for_update()
        return editions.filter(pk=working.pk, stage=Stage.WORKING, version=seen_edition(request)).first()

    # --- the page -------------------------------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        content = context.get("original")
        if content is not None:
            context |= self.page_context(request, content)
        return super().render_change_form(request, context, *args, **kwargs)

    def page_context(self, request: HttpRequest, content: Any) -> dict[str, Any]:
        working, live = self.edition_of(content, Stage.WORKING), self.edition_of(content, Stage.LIVE)
        edition = working or live
        typed = request.POST.dict() if is_only_shown(request) else {}
        form = getattr(request, "override_form", None) or OverrideForm(initial=typed)
        return {
            "working": working,
            "live": live,
            "edition": edition,
            "edition_address": edition_address(edition) if edition else "",
            "rows": rows_of(edition, self.prose) if edition else [],
            "obstacles": with_labels(working, obstacles(working)) if working else [],
            "clash": getattr(request, "edition_clash", False),
            "override_form": form,
            "plan_form": getattr(request, "plan_form", None)
            or PlanForm(initial={"publish_at": typed.get("plan-publish_at")}),
            "may_publish": self.may_do(request, content, "publish") and self.is_open(content, "publish"),
            "reason_language": reason_language(working) if working else "",
            "may_change": self.has_change_permission(request, content),
            "may_correct": self.may_do(request, content, "correct") and self.is_open(content, "correct"),
            "may_set_override": self.may_do(request, content, "unchecked") and self.is_open(content, "unchecked"),
            "may_write": bool(edition) and self._may_write(request, edition),
            "may_override": request.user.has_perm(self._permission("override")),
            "override_expired": bool(live and one_language_expired(live, timezone.now())),
            "previews": self.previews(content) if edition else [],
            "beside": shown_beside(request, edition) if edition else [],
        }

    def _may_write(self, request: HttpRequest, edition: Edition) -> bool:
        edition_admin: Any = self.admin_site.get_model_admin(type(edition))
        return bool(edition_admin.has_change_permission(request, edition))

    # --- the preview ----------------------------------------------------------------------------------------------------

    def previews(self, content: Any) -> list[tuple[Language, str]]:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_preview"
        return [(language, reverse(name, args=[content.pk, language.value])) for language in Language]

    def preview_view(self, request: HttpRequest, object_id: int, language: str) -> HttpResponse:
        """The working edition (or the live one, where there is no other) as readers would see it. For staff, unindexed."""
        content = self.get_object(request, str(object_id))
        if content is None or language not in Language.values:
            raise Http404
        if not self.has_view_or_change_permission(request, content):
            raise PermissionDenied
        edition = self.edition_of(content, Stage.WORKING) or self.edition_of(content, Stage.LIVE)
        if edition is None:
            raise Http404
        with speaking(language):
            response = self.render_preview(request, edition, dict(self._preview_context(content, Language(language))))
            response["Content-Language"] = language
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
        return response

    def _preview_context(self, content: Any, language: Language) -> dict[str, Any]:
        addresses = dict(self.previews(content))
        return {
            "page_language": language,
            "other_language": language.other,
            "other_address": addresses[language.other],
            "alternates": [],
            "is_preview": True,
        }

    def render_preview(self, request: HttpRequest, edition: Any, context: dict[str, Any]) -> HttpResponse:
        """The public template with `edition` and `context`; each kind of content says which."""
        raise NotImplementedError


def reason_language(edition: Edition) -> str:
    """The language in which the reason for the override of `edition` was written, as the log keeps it; "" for none."""
    if not edition.override_reason:
        return ""
    written = Note.objects.filter(event__subject=edition.content.uuid, event__code=f"override-{edition.override}")
    note = written.order_by("-pk").first()
    return next(
        (code for code in Language.values if note and getattr(note, f"text_{code}") == edition.override_reason), ""
    )


def in_step(edition: Edition) -> tuple[int, int]:
    """Of an edition with its agreements at hand: how many of its texts are in step, and how many there are. No query."""
    agreed = {agreement.field: agreement.pair for agreement in edition.agreements.all()}
    asked = [
        state
        for state in states_of(edition, agreed).values()
        if state.policy in (Policy.REQUIRED, Policy.OPTIONAL) and state.state != State.EMPTY
    ]
    return sum(state.state == State.IN_STEP for state in asked), len(asked)


def save_addresses(content: Any, form: Any, *plain: str) -> None:
    """Store what the form of a content changed: its `plain` columns, and its addresses, whose former ones redirect."""
    stored = type(content)._base_manager.get(pk=content.pk)
    for language in Language.values:
        if f"slug_{language}" in form.changed_data:
            set_slug(content=stored, language=language, slug=form.cleaned_data[f"slug_{language}"])
    if plain:
        content.save(update_fields=plain)
