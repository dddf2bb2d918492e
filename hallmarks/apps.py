"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HallmarksConfig(AppConfig):
    """The eight hallmarks."""

    name = "hallmarks"
    verbose_name = _("Hallmarks")

    def ready(self) -> None:
        from foundation.publishing.services import register_versions
        from hallmarks.models import HallmarkEdition, HallmarkReference
        from references.citing import Citing, register_citing

        register_versions(HallmarkEdition)
        register_citing(
            Citing(
                label=_("Hallmarks"),
                references=lambda: HallmarkReference.objects.filter(
                    edition__in=HallmarkEdition.objects.published()
                ).select_related("edition__content"),
            )
        )
