"""Columns that lists of contents share. Each reads what `ContentAdmin.get_queryset` has at hand: no query a row."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import current, words
from foundation.publishing.admin.contents import in_step
from foundation.publishing.admin.step import out_of_step
from foundation.publishing.gate import one_language_over
from foundation.publishing.models import Override, Stage


def chosen_edition(content: Any) -> Any:
    """The working edition, or else the live one."""
    editions = {edition.stage: edition for edition in content.editions.all()}
    return editions.get(Stage.WORKING) or editions.get(Stage.LIVE)


def shown_title(edition: Any) -> str:
    """The title in the language of the page, or else in the other, which it then names to a screen reader."""
    language = current() if words(edition, "title") else current().other
    title = words(edition, "title", language)
    return format_html('<span lang="{}">{}</span>', language.value, title) if title else ""


class OverrideFilter(admin.SimpleListFilter):
    """The contents that are published in one language though the days for that are over."""

    title = _("override")
    parameter_name = "override"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("expired", _("overrides whose days are over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "expired":
            return queryset
        editions = queryset.model._meta.get_field("editions").related_model
        return queryset.filter(pk__in=one_language_over(editions, timezone.now()))


class StepFilter(admin.SimpleListFilter):
    """The contents that were out of step when they were last counted."""

    title = _("languages in step")
    parameter_name = "step"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("out", _("languages out of step"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=out_of_step(queryset.model)) if self.value() == "out" else queryset


class ContentColumns:
    """Title, editions, languages and overrides of a content, for `list_display`."""

    list_filter: ClassVar[Any] = (StepFilter, OverrideFilter)

    @admin.display(description=_("title"))
    def title(self, content: Any) -> str:
        edition = chosen_edition(content)
        return (shown_title(edition) if edition else "") or gettext("(no title yet)")

    @admin.display(description=_("editions"))
    def editions(self, content: Any) -> str:
        stages = {edition.stage for edition in content.editions.all()}
        if stages == {Stage.WORKING, Stage.LIVE}:
            return gettext("published, being corrected")
        return gettext("published") if Stage.LIVE in stages else gettext("being written")

    @admin.display(description=_("languages in step"))
    def in_step(self, content: Any) -> str:
        edition = chosen_edition(content)
        if edition is None:
            return ""
        done, asked = in_step(edition)
        return gettext("%(done)d of %(asked)d texts") % {"done": done, "asked": asked}

    @admin.display(description=_("override"))
    def override(self, content: Any) -> str:
        found = {edition.override for edition in content.editions.all()} - {Override.NONE}
        badges = [
            format_html('<span class="badge badge-warning">{}</span>', Override(each).label) for each in sorted(found)
        ]
        return format_html("{}" * len(badges), *badges) if badges else ""
