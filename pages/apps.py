"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Standing pages."""

    name = "pages"
    verbose_name = _("Standing pages")

    def ready(self) -> None:
        from foundation.problems.pages import register_content
        from foundation.publishing.services import register_versions, register_words_of
        from foundation.publishing.successors import register_public
        from pages.models import Page, PageEdition

        register_versions(PageEdition)
        register_words_of(PageEdition)
        register_content("pages:page", PageEdition.objects.published)
        register_public(Page, "pages:page", PageEdition.objects.published)
