"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClockConfig(AppConfig):
    """Work that is done by the clock."""

    name = "foundation.clock"
    verbose_name = _("Clock")

    def ready(self) -> None:
        from datetime import timedelta

        from foundation.clock.jobs import forget_old_tasks, register
        from foundation.clock.retention import forget_what_is_over

        register("forget-old-tasks", every=timedelta(days=1), run=forget_old_tasks)
        register("forget-what-is-over", every=timedelta(days=1), run=forget_what_is_over, lease=timedelta(hours=1))
