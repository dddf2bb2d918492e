"""The preview in both languages on one page, as on a phone and as on a desk."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from foundation.people.admin import BilingualAdmin as Base
else:
    Base = object

#: How wide the frames are, as the address names it.
WIDTHS = {"phone": _("As on a phone (360 pixels)"), "desk": _("As on a desk (full width)")}


def may_stand_in_frame(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let pages of our own show what `view` gives in a frame: other pages of ours may stand in none."""
    return xframe_options_sameorigin(csp_replace({"frame-ancestors": [SELF]})(view))


class PreviewFrames(Base):
    """The page that shows both previews; the previews themselves are the pages that readers will see."""

    if TYPE_CHECKING:

        def previews(self, content: Any) -> list[tuple[Any, str]]: ...

        def edition_of(self, content: Any, stage: str, *, fresh: bool = False) -> Any: ...

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_frames"
        frames: Callable[..., HttpResponseBase] = self.frames_view
        view = self.admin_site.admin_view(require_safe(csp_update({"frame-src": [SELF]})(frames)))
        return [path("<int:object_id>/preview/", view, name=name), *super().get_urls()]

    def frames_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Both languages in frames, side by side as on a phone or below each other as on a desk."""
        content = self.get_object(request, str(object_id))
        if content is None:
            raise Http404
        if not self.has_view_or_change_permission(request, content):
            raise PermissionDenied
        if not any(self.edition_of(content, stage) for stage in ("working", "live")):
            raise Http404
        chosen = request.GET.get("width", "")
        chosen = chosen if chosen in WIDTHS else "phone"
        context = self.admin_site.each_context(request) | {
            "title": content,
            "original": content,
            "opts": self.opts,
            "frames": self.previews(content),
            "width": chosen,
            "widths": [(f"?width={code}", label, code == chosen) for code, label in WIDTHS.items()],
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, "admin/publishing/frames.html", context)
