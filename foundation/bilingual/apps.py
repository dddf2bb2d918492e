"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BilingualConfig(AppConfig):
    """Two languages as equals."""

    name = "foundation.bilingual"
    verbose_name = _("Languages")
