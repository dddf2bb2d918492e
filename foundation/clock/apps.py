"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClockConfig(AppConfig):
    """Work that is done by the clock."""

    name = "foundation.clock"
    verbose_name = _("Clock")
