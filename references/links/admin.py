"""The addresses of works in the admin: which answer, since when not, and what an editor says of them. Nothing is typed here."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import current
from foundation.bilingual.words import format_date, format_datetime
from foundation.people.admin import ReadOnlyAdmin, signed_in
from references.links.services import accept, want_check, works_at
from references.models import Link, LinkCheck, Problem, Verdict

BADGES = {Verdict.FAILS: "badge badge-warning", Verdict.UNCLEAR: "badge", Verdict.WORKS: "badge badge-in-step"}


class StateFilter(admin.SimpleListFilter):
    """By what is known of an address."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("broken", _("no longer work")), ("accepted", _("said to work by a person")), *Verdict.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Link]) -> QuerySet[Link]:
        wanted = self.value()
        if wanted == "broken":
            return queryset.filter(pk__in=Link.objects.broken())
        if wanted == "accepted":
            return queryset.filter(accepted_at__isnull=False)
        return queryset.filter(verdict=wanted) if wanted in Verdict.values else queryset


class LinkList(ChangeList):
    """With the works that name each address of one page, all at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        found = works_at(link.address for link in self.result_list)
        for link in self.result_list:
            link.works = found.get(link.address, [])


@admin.register(Link)
class LinkAdmin(ReadOnlyAdmin):
    """Read-only, but for the two things that an editor may say: ask again, and it works."""

    list_display = ("address_shown", "used_by", "verdict_badge", "what_is_wrong", "failing", "last_checked")
    list_display_links = ("verdict_badge",)
    list_filter = (StateFilter,)
    search_fields = ("address",)
    actions = ("check_again", "it_works")
    list_per_page = 50
    show_full_result_count = False
    list_select_related = ("accepted_by",)
    ordering = ("-failures", "address")
    fields = ("address_shown", "leads_to", "verdict_badge", "what_is_wrong", "failing", "last_worked", "last_checked",
              "next_check", "used_by", "history_shown")  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        return super().get_queryset(request).filter(in_use=True)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LinkList

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("references.change_link")

    # --- columns --------------------------------------------------------------------------------------------------------

    @admin.display(description=_("address"), ordering="address")
    def address_shown(self, link: Link) -> str:
        return format_html('<a href="{0}" rel="noreferrer external">{0}</a>', link.address)

    @admin.display(description=_("last answer"), ordering="verdict")
    def verdict_badge(self, link: Link) -> str:
        verdict = Verdict(link.verdict)
        return format_html('<span class="{}">{}</span>', BADGES.get(verdict, "badge"), verdict.label)

    @admin.display(description=_("problem"), ordering="problem")
    def what_is_wrong(self, link: Link) -> str:
        return _wrong(link)

    @admin.display(description=_("failing since"), ordering="failing_since")
    def failing(self, link: Link) -> str:
        if not link.failing_since:
            return ""
        if link.accepted_at and link.accepted_by:
            words = gettext("%(person)s said on %(date)s that it works.")
            return words % {"person": link.accepted_by.name, "date": _date(link.accepted_at)}
        times = ngettext("%(count)d failure", "%(count)d failures", link.failures) % {"count": link.failures}
        return format_html('{} <span class="quiet">{}</span>', _date(link.failing_since), times)

    @admin.display(description=_("last worked"), ordering="worked_at")
    def last_worked(self, link: Link) -> str:
        return _date(link.worked_at) if link.worked_at else gettext("never")

    @admin.display(description=_("last checked"), ordering="checked_at")
    def last_checked(self, link: Link) -> str:
        return _date(link.checked_at) if link.checked_at else gettext("never")

    @admin.display(description=_("next check"), ordering="next_at")
    def next_check(self, link: Link) -> str:
        return gettext("within a few minutes") if link.is_wanted else _date(link.next_at)

    @admin.display(description=_("works that use it"))
    def used_by(self, link: Any) -> str:
        works = link.works if hasattr(link, "works") else works_at([link.address]).get(link.address, [])
        rows = [(reverse("admin:references_work_change", args=[work.pk]), str(work)) for work in works]
        return format_html('<ul class="lines">{}</ul>', format_html_join("", '<li><a href="{}">{}</a></li>', rows))

    @admin.display(description=_("checks so far"))
    def history_shown(self, link: Link) -> str:
        rows = [
            (format_datetime(timezone.localtime(check.at), current()), Verdict(check.verdict).label, _wrong(check))
            for check in link.checks.all()
        ]
        if not rows:
            return gettext("none")
        heads = format_html_join(
            "", '<th scope="col">{}</th>', [(gettext("when"),), (gettext("answer"),), (gettext("problem"),)]
        )
        lines = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', rows)
        return format_html(
            '<div class="scroll"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>', heads, lines
        )

    # --- actions --------------------------------------------------------------------------------------------------------

    @admin.action(description=_("Check again now"), permissions=["settle"])
    def check_again(self, request: HttpRequest, queryset: QuerySet[Link]) -> None:
        count = want_check(queryset, timezone.now())
        text = ngettext(
            "%(count)d address will be checked within a few minutes.",
            "%(count)d addresses will be checked within a few minutes.",
            count,
        )
        messages.info(request, text % {"count": count})

    @admin.action(description=_("It works for me"), permissions=["settle"])
    def it_works(self, request: HttpRequest, queryset: QuerySet[Link]) -> None:
        count = accept(queryset, user=signed_in(request), now=timezone.now())
        text = ngettext(
            "%(count)d address is marked as working, until it answers something else.",
            "%(count)d addresses are marked as working, until they answer something else.",
            count,
        )
        messages.info(request, text % {"count": count})


def _date(moment: Any) -> str:
    return format_date(timezone.localtime(moment).date(), current())


def _wrong(checked: Link | LinkCheck) -> str:
    """Why an address did not answer as it should, in words, with the number of its answer."""
    if not checked.problem:
        return ""
    said = str(Problem(checked.problem).label)
    return f"{said} ({checked.status})" if checked.status else said
