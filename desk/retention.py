"""What will go when: how long things are kept, how many there are, and when the next ones go. And what was erased."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casestudies.models import Erasure
from foundation.clock.retention import periods
from foundation.people.admin import ReadOnlyAdmin


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """The list by which erasures are made again after a backup has been restored."""

    list_display = ("at", "subject", "what")
    list_filter = ("what",)
    search_fields = ("subject",)
    fields = ("at", "subject", "what")


def page(request: HttpRequest) -> TemplateResponse:
    """A line a period. A number is a link where staff may see the rows."""
    if not request.user.has_perm("casestudies.view_erasure"):
        raise PermissionDenied
    now = timezone.now()
    lines = [(period.forecast(now), _address(period.address, period.query)) for period in periods()]
    context = admin.site.each_context(request) | {"title": _("What will go when"), "lines": lines}
    return TemplateResponse(request, "admin/desk/retention.html", context)


def _address(name: str, query: str) -> str:
    return reverse(name) + (f"?{query}" if query else "") if name else ""
