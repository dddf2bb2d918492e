"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Standing pages."""

    name = "pages"
    verbose_name = _("Standing pages")

    def ready(self) -> None:
        from foundation.publishing.services import register_versions
        from pages.models import PageEdition

        register_versions(PageEdition)
