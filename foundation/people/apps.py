"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Who works here."""

    name = "foundation.people"
    verbose_name = _("People")
