"""The tags that editors sort case studies by."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casestudies.models import Tag
from foundation.publishing.admin.together import TogetherAdmin


@admin.register(Tag)
class TagAdmin(TogetherAdmin):
    """A word in two languages. It is put on stories, and taken off, in their list."""

    list_display = ("name_cy", "name_en", "stories")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request).annotate(story_count=Count("case_studies"))
        return found

    @admin.display(description=_("stories"), ordering="story_count")
    def stories(self, tag: Any) -> int:
        count: int = tag.story_count
        return count

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Not in Django's log, which would keep words where nobody can redact them."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The same."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """The same."""
