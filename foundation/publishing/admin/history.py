"""The pages of the earlier words of a content: the list of versions, one beside another, and putting words back."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from foundation.bilingual.languages import Language
from foundation.people.admin import choose_language, key_of
from foundation.publishing.admin.editions import edition_address, languages_for
from foundation.publishing.history import Kept, Texts, compare, history, label_of, restore, texts_of
from foundation.publishing.models import Edition, Stage
from foundation.publishing.row_words import RowGone
from foundation.publishing.services import ChangedSince, NotWorking
from foundation.record.actors import Actor

VERSIONS_A_PAGE = 50


class HistoryPages:
    """In the place of Django's history, which knows rows and no words. Lives on the admin of a content."""

    admin_site: AdminSite
    opts: Any
    edition_model: ClassVar[type[Edition]]
    prose: ClassVar[tuple[str, ...]]
    get_object: Any
    has_view_or_change_permission: Any
    edition_of: Any
    actor: Any

    def words_put_back(self, content: Any) -> None:
        """What else follows when earlier words were put back; each kind of content says."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """`?version=`: what that version changed; with `&against=now`, beside the words as they stand, to put some of them back."""
        content = self.get_object(request, object_id)
        if content is None:
            raise Http404
        if not self.has_view_or_change_permission(request, content):
            raise PermissionDenied
        working, live = self.edition_of(content, Stage.WORKING), self.edition_of(content, Stage.LIVE)
        if working is None and live is None:
            raise Http404  # a draft, of which nobody here sees the words; or they are erased
        versions = history(content, self.edition_model)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "content": content,
            "title": _("History"),
            "versions": versions,
        }
        if "version" not in request.GET:
            return self._list(request, context, versions)
        kept = next((each for each in versions if each.key == key_of(request.GET["version"])), None)
        if kept is None:
            raise Http404
        if request.GET.get("against") == "now":
            return self._beside_now(request, context, kept, working, live)
        return self._change(request, context, kept)

    def _list(self, request: HttpRequest, context: dict[str, Any], versions: list[Kept]) -> HttpResponse:
        page = Paginator(versions, VERSIONS_A_PAGE).get_page(request.GET.get("page"))
        lines = [(kept, [self.name_of(column) for column in kept.changed]) for kept in page]
        return TemplateResponse(request, "admin/publishing/history.html", {**context, "page": page, "lines": lines})

    def _change(self, request: HttpRequest, context: dict[str, Any], kept: Kept) -> HttpResponse:
        before: Texts = kept.before.texts if kept.before else {}
        compared = compare(self.edition_model, before, kept.texts, self.prose)
        return TemplateResponse(
            request, "admin/publishing/version.html", {**context, "kept": kept, "compared": compared, "is_now": False}
        )

    def _beside_now(
        self, request: HttpRequest, context: dict[str, Any], kept: Kept, working: Any, live: Any
    ) -> HttpResponse:
        writable = self._writable(request, working)
        ticked = [column for column in request.POST.getlist("column") if column.endswith(writable)] if writable else []
        if request.POST.get("_language") in Language.values:
            choose_language(request, request.POST["_language"])
        elif "_restore" in request.POST and writable:
            known = kept.texts.keys() | texts_of(working).keys()
            done = self._put_back(request, kept, working, [column for column in ticked if column in known])
            if done:
                return HttpResponseRedirect(edition_address(working))
            working = self.edition_of(context["content"], Stage.WORKING, fresh=True) or working
        elif "_restore" in request.POST:
            raise PermissionDenied
        compared = compare(self.edition_model, kept.texts, texts_of(working or live), self.prose)
        context |= {"working": working, "writable": writable, "ticked": ticked, "kept": kept, "compared": compared}
        return TemplateResponse(request, "admin/publishing/version.html", {**context, "is_now": True})

    def _writable(self, request: HttpRequest, working: Any) -> tuple[str, ...]:
        """How the columns end that this person may write now."""
        edition_admin: Any = self.admin_site.get_model_admin(self.edition_model)
        if working is None or not edition_admin.has_change_permission(request, working):
            return ()
        return tuple(f"_{language}" for language in languages_for(request, working))

    def _put_back(self, request: HttpRequest, kept: Kept, working: Any, chosen: list[str]) -> bool:
        if not chosen:
            messages.warning(request, _("Nothing is chosen, so nothing was put back."))
            return False
        actor: Actor = self.actor(request)
        seen = key_of(request.POST.get("seen_version", ""))
        try:
            with transaction.atomic():
                saved = restore(edition=working, version=seen, texts=kept.texts, chosen=chosen, actor=actor)
                self.words_put_back(saved.content)
        except (ChangedSince, NotWorking):
            messages.error(request, _("This has changed since you opened it. Look at it again, then decide."))
            return False
        except RowGone:
            messages.error(request, _("What these words belong to is no longer there: put it in first."))
            return False
        names = ", ".join(self.name_of(column) for column in chosen)
        messages.success(request, _("Put back as they were, and saved: %(texts)s.") % {"texts": names})
        return True

    def name_of(self, column: str) -> str:
        """A column in words: "Title (Welsh)"."""
        field, _line, language = column.rpartition("_")
        label = _("%(field)s (Welsh)") if language == Language.CY else _("%(field)s (English)")
        return capfirst(label % {"field": label_of(self.edition_model, field)})
