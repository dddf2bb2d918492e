"""The periodic jobs, to be looked at."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.clock.models import Job
from foundation.people.admin import ReadOnlyAdmin


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """When each job runs next, and how it went."""

    list_display = ("name", "next_at", "claimed_at", "done_at", "how_it_went")
    fields = ("name", "next_at", "claimed_at", "done_at", "error")
    ordering = ("name",)

    @admin.display(description=_("how it went"))
    def how_it_went(self, job: Job) -> str:
        if not job.error:
            return gettext("well")
        last_line = job.error.strip().rsplit("\n", 1)[-1]
        return format_html('<span class="badge badge-error">{}</span> {}', gettext("failing"), last_line)
