"""The list of case studies is the queue: who waits, since when, and with whom. Of drafts it shows number, age and expiry."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casestudies.junk import in_words
from casestudies.models import CaseStudy, CaseStudyEdition, Tag
from casestudies.vocabulary import UNSENT, Status
from foundation.bilingual.languages import Language, current
from foundation.bilingual.words import format_date
from foundation.people.admin import key_of
from foundation.publishing.admin.contents import in_step
from foundation.publishing.admin.lists import ContentColumns, chosen_edition, shown_title
from foundation.publishing.admin.step import out_of_step
from foundation.publishing.gate import one_language_over
from hallmarks.models import Hallmark

CLOSED = (Status.PUBLISHED, Status.ARCHIVED, Status.WITHDRAWN, Status.DECLINED, Status.REMOVED)


#: What the filter by state shows beside the states themselves.
BESIDE: dict[str | None, Callable[[datetime], Any]] = {
    "late": lambda now: CaseStudy.objects.order_by().late(now),
    "answered": lambda now: CaseStudy.objects.order_by().answered(),
    "corrected": lambda now: CaseStudy.objects.order_by().being_corrected(),
    "expiring": lambda now: CaseStudy.objects.order_by().expiring(now),
    "to-confirm": lambda now: CaseStudy.objects.order_by().to_confirm(now),
    "out-of-step": lambda now: out_of_step(CaseStudy),
    "expired": lambda now: one_language_over(CaseStudyEdition, now),
}


class StateFilter(admin.SimpleListFilter):
    """In hand unless something else is asked for: what is neither a draft nor done."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        states = [(status.value, status.label) for status in Status if status not in (*UNSENT, Status.REMOVED)]
        if request.user.has_perm("casestudies.moderate_casestudy"):
            states.append(("late", _("late for the promised answer")))
            states.append(("answered", _("new answers to questions")))
            states.append(("corrected", _("published stories that are being corrected")))
            states.append(("unsent", _("drafts that are not sent yet")))
            states.append(("expiring", _("drafts that are about to expire")))
            states.append(("out-of-step", _("languages out of step")))
            states.append(("expired", _("overrides whose days are over")))
            states.append(("to-confirm", _("published stories nobody has confirmed for a year")))
        return [*states, ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        default, *others = super().choices(changelist)
        return [{**default, "display": _("in hand")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
        wanted = self.value()
        if wanted == "unsent":
            return queryset.filter(status__in=UNSENT)
        if wanted in BESIDE:
            return queryset.filter(pk__in=BESIDE[wanted](timezone.now()))
        if wanted in Status.values:
            return queryset.filter(status=wanted)
        return queryset if wanted == "all" else queryset.exclude(status__in=(*UNSENT, *CLOSED))


class ClaimFilter(admin.SimpleListFilter):
    """By who has it."""

    title = _("claimed by")
    parameter_name = "claimed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("mine", _("me")), ("nobody", _("nobody")), ("offered", _("offered to me first"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
        found = {
            "mine": Q(claimed_by=request.user.pk),
            "nobody": Q(claimed_by__isnull=True),
            "offered": Q(offered_to=request.user.pk),
        }
        return queryset.filter(found[wanted]) if (wanted := self.value()) in found else queryset


class FirstLanguageFilter(admin.SimpleListFilter):
    """By the language in which the story was first written. A draft's is nobody's business yet."""

    title = _("first written in")
    parameter_name = "first"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("cy", _("Welsh")), ("en", _("English")), ("both", _("both, or not known"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
        wanted = self.value()
        if wanted not in ("cy", "en", "both"):
            return queryset
        code = "" if wanted == "both" else wanted
        return queryset.exclude(status__in=UNSENT).filter(editions__first_language=code).distinct()


class HallmarkFilter(admin.SimpleListFilter):
    """By a hallmark that the story shows. A draft's are nobody's business yet."""

    title = _("hallmark")
    parameter_name = "hallmark"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(str(number), str(number)) for number in Hallmark.objects.values_list("number", flat=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
        wanted = self.value()
        if not wanted or not wanted.isdecimal() or len(wanted) > 2:
            return queryset
        shown = queryset.exclude(status__in=UNSENT)
        return shown.filter(editions__hallmarks__hallmark__number=int(wanted)).distinct()


class TagFilter(admin.SimpleListFilter):
    """By a tag that editors have put on it."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(str(tag.pk), str(tag)) for tag in Tag.objects.all().in_order()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CaseStudy]) -> QuerySet[CaseStudy]:
        wanted = key_of(self.value() or "")
        return queryset.filter(tags=wanted) if wanted else queryset


class QueueColumns(ContentColumns):
    """The columns of the queue."""

    @admin.display(description=_("title"))
    def title(self, case: CaseStudy) -> str:
        if case.status in UNSENT:
            return "–"
        edition = chosen_edition(case)
        return (shown_title(edition) if edition else "") or gettext("(no title yet)")

    @admin.display(description=_("state"), ordering="status")
    def state_badge(self, case: CaseStudy) -> str:
        status = Status(case.status)
        badge = format_html('<span class="badge state-{}">{}</span>', status.value, status.label)
        if status != Status.HELD:
            return badge
        return format_html('{} <span class="quiet">{}</span>', badge, " ".join(in_words(case.held_because)))

    @admin.display(description=_("waiting since"), ordering="status_since")
    def waiting(self, case: CaseStudy) -> str:
        days = (timezone.now() - case.status_since).days
        since = format_date(timezone.localtime(case.status_since).date(), current())
        age = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
        return format_html('{} <span class="quiet">{}</span>', since, age)

    @admin.display(description=_("expires"))
    def expires(self, case: CaseStudy) -> str:
        if case.status not in UNSENT:
            return ""
        return format_date(timezone.localtime(case.expires_at).date(), current())

    @admin.display(description=_("first written in"))
    def first_language(self, case: CaseStudy) -> str:
        edition = None if case.status in UNSENT else chosen_edition(case)
        return str(Language(edition.first_language).label) if edition and edition.first_language else ""

    @admin.display(description=_("languages in step"))
    def in_step(self, case: CaseStudy) -> str:
        edition = None if case.status in UNSENT else chosen_edition(case)
        if edition is None:
            return ""
        done, asked = in_step(edition)
        return gettext("%(done)d of %(asked)d texts") % {"done": done, "asked": asked}

    @admin.display(description=_("override"))
    def override(self, case: CaseStudy) -> str:
        return "" if case.status in UNSENT else super().override(case)

    @admin.display(description=_("tags"))
    def shown_tags(self, case: CaseStudy) -> str:
        return ", ".join(map(str, case.tags.all()))
