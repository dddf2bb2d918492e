"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """The log."""

    name = "foundation.record"
    verbose_name = _("Log")
