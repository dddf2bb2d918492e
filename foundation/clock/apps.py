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

        register("forget-old-tasks", every=timedelta(days=1), run=forget_old_tasks)
