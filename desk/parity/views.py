"""The report as a page, for a period that is chosen, and as a file."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from desk.parity.period import Period, PeriodForm, reporting_year
from desk.parity.tables import tables
from foundation.record.export import csv_file


def page(request: HttpRequest) -> HttpResponse:
    """The report on the days that were asked for: if none were, on this reporting year."""
    form, period = _chosen(request)
    now = timezone.now()
    today = timezone.localdate(now)
    years = [(_("This reporting year"), reporting_year(today)), (_("The last one"), reporting_year(today, before=1))]
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": _("Welsh and English in figures"),
        "form": form,
        "period": period,
        "years": years,
        "tables": tables(period, now) if period else [],
    }
    return TemplateResponse(request, "admin/desk/parity.html", context)


def file(request: HttpRequest) -> HttpResponseBase:
    """A line a figure: the table, what the line is about, what is counted, and how many."""
    _form, period = _chosen(request)
    if period is None:
        return HttpResponseRedirect(f"{reverse('admin:parity')}?{request.GET.urlencode()}")
    days = [
        [_("Period"), pgettext("period", "From"), "", period.first],
        [_("Period"), pgettext("period", "To"), "", period.last],
    ]
    lines = [
        [table.title, line.label, head, value]
        for table in tables(period, timezone.now())
        for line in table.lines
        for head, value in zip(table.heads, line.values, strict=True)
    ]
    name = _("parity-report")
    return csv_file(
        f"{name}-{period.first}-{period.last}",
        [_("table"), _("line"), _("what is counted"), _("value")],
        [*days, *lines],
    )


def _chosen(request: HttpRequest) -> tuple[PeriodForm, Period | None]:
    if not request.user.has_perm("casestudies.moderate_casestudy"):
        raise PermissionDenied
    year = reporting_year(timezone.localdate())
    form = PeriodForm(request.GET if request.GET else {"from": str(year.first), "to": str(year.last)})
    return form, form.period if form.is_valid() else None
