"""Filters of the queue behind the figures of the desk: the month of each story's first times, and the language we write in."""

from datetime import date
from typing import Any, ClassVar

from babel.dates import format_date as babel_date
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy
from casestudies.vocabulary import UNSENT
from foundation.bilingual.languages import current
from foundation.clock.days import beginning_of, month_after, months_before

YEAR = "year"
#: What the address says for a story that is written about in no one language.
NO_LANGUAGE = "both"


def month_name(first: date) -> str:
    """`October 2026`, `Hydref 2026`."""
    return babel_date(first, "LLLL y", locale=current().value)


class PeriodFilter(admin.SimpleListFilter):
    """By when something happened first: in one of the last twelve months, or of so many months of them, or in all twelve."""

    moment: ClassVar[str]
    months: ClassVar[int] = 1

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """All twelve months; one of them, or some, where a figure of the desk leads to them: a list of all would be long."""
        first = self.firsts.get(self.value() or "")
        chosen = [(self.value(), month_name(first))] if first else []
        return [(YEAR, _("the last twelve months")), *chosen]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
        wanted, firsts = self.value() or "", self.firsts
        if wanted != YEAR and wanted not in firsts:
            return queryset
        first = firsts.get(wanted, min(firsts.values()))
        end = month_after(firsts.get(wanted, max(firsts.values())), self.months)
        between = {f"{self.moment}__gte": beginning_of(first), f"{self.moment}__lt": beginning_of(end)}
        return queryset.filter(pk__in=CaseStudy.objects.order_by().with_first_times().filter(**between).values("pk"))

    @cached_property
    def firsts(self) -> dict[str, date]:
        """The first days of its periods, as addresses name them."""
        return {f"{first:%Y-%m}": first for first in months_before(timezone.localdate())[:: self.months]}


class ReceivedFilter(PeriodFilter):
    title = _("received in")
    parameter_name = "received"
    moment = "first_received_at"


class AnsweredFilter(PeriodFilter):
    title = _("first answered in the three months from")
    parameter_name = "answered"
    moment = "first_answered_at"
    months = 3


class PublishedFilter(PeriodFilter):
    title = _("first published in")
    parameter_name = "published"
    moment = "first_published_at"


class LanguageFilter(admin.SimpleListFilter):
    """By the language in which we write to the contributor. A draft's is nobody's business yet."""

    title = _("we write in")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("cy", _("Welsh")), ("en", _("English")), (NO_LANGUAGE, _("both, or not known"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
        wanted = self.value()
        if wanted not in ("cy", "en", NO_LANGUAGE):
            return queryset
        code = "" if wanted == NO_LANGUAGE else wanted
        found = CaseStudy.objects.order_by().with_language().filter(language=code)
        return queryset.exclude(status__in=UNSENT).filter(pk__in=found.values("pk"))
