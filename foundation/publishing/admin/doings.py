"""The buttons of a working edition beside "publish now": at a set time, not at that time after all, and giving up a correction."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from foundation.publishing.admin.planning import PlanForm
from foundation.publishing.models import Stage
from foundation.publishing.planned import clear_plan, plan
from foundation.publishing.services import ChangedSince, GateClosed, NotWorking, discard_working


def seen_edition(request: HttpRequest) -> int:
    """The version of the working edition on the page that was sent; -1, which none has, where it does not say."""
    seen = request.POST.get("seen_edition", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1


class PlanningDoings:
    """For `ContentAdmin`, which has the rest of what is used here."""

    actor: Any
    edition_of: Any
    tell_clash: Any

    def _working(self, content: Any) -> Any:
        working = self.edition_of(content, Stage.WORKING)
        if working is None:
            raise Http404
        return working

    def plan(self, request: HttpRequest, content: Any) -> bool:
        """Have the working edition published at the time that was typed."""
        form = PlanForm(request.POST)
        working = self._working(content)
        if not form.is_valid():
            request.plan_form = form  # type: ignore[attr-defined]
            messages.error(request, _("Something is missing. Nothing has been done yet."))
            return False
        moment = form.cleaned_data["publish_at"]
        try:
            plan(working=working, at=moment, actor=self.actor(request), version=seen_edition(request))
        except ChangedSince:
            self.tell_clash(request)
        except GateClosed:
            messages.error(request, _("It cannot be published yet: what stands in the way is listed below."))
        else:
            messages.success(request, _("It will be published at that time, in both languages at once."))
            return True
        return False

    def unplan(self, request: HttpRequest, content: Any) -> bool:
        try:
            clear_plan(
                working=self._working(content),
                actor=self.actor(request),
                code="plan-cleared",
                version=seen_edition(request),
            )
        except ChangedSince:
            self.tell_clash(request)
            return False
        messages.success(request, _("It will not be published by itself."))
        return True

    def discard(self, request: HttpRequest, content: Any) -> bool:
        """Give up the correction."""
        try:
            discard_working(working=self._working(content), actor=self.actor(request), version=seen_edition(request))
        except (ChangedSince, NotWorking):
            self.tell_clash(request)
            return False
        messages.success(request, _("The correction is given up. Readers see what they saw before."))
        return True
