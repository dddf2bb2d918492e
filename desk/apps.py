"""The app of this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The editors' admin."""

    name = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from desk.groups import put_in_force

        post_migrate.connect(put_in_force, sender=self, dispatch_uid="desk-groups")
